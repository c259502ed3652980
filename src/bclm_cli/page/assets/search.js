// Search in what the program's own index holds, in the order of its ranking (SQLite's bm25).

const WEIGHTS = [10, 3, 1]; // of the columns name, text, more
const [K1, B] = [1.2, 0.75];
const LONGEST = 4; // words of a phrase that has synonyms
let index = null;

async function unpacked(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (c) =>
    c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

async function loadIndex() {
  if (index) return index;
  const { synonyms, records: packed } = await unpacked("index");
  const records = packed.map(([row, address, ...rest]) => ({
    row, address, type: address.split("/")[0], names: rest.slice(3),
    columns: rest.slice(0, 3).map((column) => ` ${column} `),
    length: rest.slice(0, 3).join(" ").split(" ").filter(Boolean).length,
  }));
  const mean = records.reduce((sum, record) => sum + record.length, 0) / records.length;
  index = { records, mean, synonyms: new Map(Object.entries(synonyms)) };
  return index;
}

const keyOf = (text) => words(text).join(" ");

// What a piece of a question may also be called.
function others(piece) {
  const own = keyOf(piece);
  return (index.synonyms.get(own) ?? []).filter((one) => keyOf(one) !== own);
}

// The chunks of a question; those that together have synonyms as one piece.
function pieces(text) {
  const chunks = text.split(/\s+/u).filter(Boolean);
  const found = [];
  for (let at = 0; at < chunks.length;) {
    let size = Math.min(LONGEST, chunks.length - at);
    while (size > 1 && !index.synonyms.has(keyOf(chunks.slice(at, at + size).join(" ")))) size -= 1;
    found.push(chunks.slice(at, at + size).join(" "));
    at += size;
  }
  return found;
}

// A chunk as phrases of which one must be there: "IL-8" is "il 8" or "il8".
function forms(chunk) {
  const found = words(chunk);
  if (!found.length) return [];
  const last = found.at(-1);
  const end = /^\p{L}+$/u.test(last) && last.length > 2 ? "" : " ";
  const phrase = ` ${found.join(" ")}${end}`;
  return found.length > 1 ? [phrase, ` ${compact(chunk)} `] : [phrase];
}

// A piece as alternatives; in each, every chunk must be there in one of its forms.
function alternatives(piece) {
  const itself = piece.split(" ").map(forms).filter((chunk) => chunk.length);
  if (!itself.length) return [];
  return [itself, ...others(piece).map((other) => [forms(other.replaceAll(" ", "-"))])];
}

function occurrences(column, phrase) {
  let count = 0;
  for (let at = column.indexOf(phrase); at >= 0; at = column.indexOf(phrase, at + 1)) count += 1;
  return count;
}

// For a phrase: the records that hold it, with how often, weighted by the column.
function hits(phrase) {
  const found = new Map();
  index.records.forEach((record, number) => {
    const often = record.columns.reduce(
      (sum, column, place) => sum + WEIGHTS[place] * occurrences(column, phrase), 0);
    if (often) found.set(number, often);
  });
  return found;
}

// How often each record that an alternative matches holds each of its phrases.
function matched(chunks) {
  const found = chunks.map((phrases) => phrases.map(hits));
  const holding = found.map((phrases) => new Set(phrases.flatMap((one) => [...one.keys()])));
  const [first, ...rest] = holding;
  const records = new Set([...first].filter((number) => rest.every((one) => one.has(number))));
  return { phrases: found.flat(), records };
}

function rankOf(number, asked) {
  const total = index.records.length;
  const { length } = index.records[number];
  let rank = 0;
  for (const { phrases, records } of asked.flat()) {
    if (!records.has(number)) continue;
    for (const found of phrases) {
      const often = found.get(number) ?? 0;
      const rarity = Math.max(Math.log((total - found.size + 0.5) / (found.size + 0.5)), 1e-6);
      rank += rarity * ((often * (K1 + 1)) / (often + K1 * (1 - B + B * length / index.mean)));
    }
  }
  return rank;
}

// The addresses of what holds all the words, best first; a factor of just that name leads, and the
// papers of an identifier stand alone.
function search(text) {
  const lower = text.trim().toLowerCase();
  const called = (fits) => index.records.filter((record) => record.type === "paper" &&
    record.names.some((name) => fits(name.toLowerCase()))).map((record) => record.address);
  const identified = [called((name) => lower === name),
    called((name) => name.length > 6 && lower.endsWith(name))].find((found) => found.length);
  if (identified) return identified;
  const asked = pieces(text).map(alternatives).filter((piece) => piece.length)
    .map((piece) => piece.map(matched));
  if (!asked.length) return [];
  const [first, ...rest] = asked.map((piece) =>
    new Set(piece.flatMap(({ records }) => [...records])));
  const spellings = [compact(text), words(text).join("")];
  const nameOf = ({ type, names }) => {
    const place = names.findIndex((one) => spellings.includes(one));
    return type !== "factor" || place < 0 ? 2 : Math.min(place, 1);
  };
  return [...first].filter((number) => rest.every((one) => one.has(number)))
    .map((number) => ({ ...index.records[number], rank: rankOf(number, asked) }))
    .sort((a, b) => nameOf(a) - nameOf(b) || b.rank - a.rank || a.row - b.row)
    .map(({ address }) => address);
}
