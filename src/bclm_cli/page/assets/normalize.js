// Text normalized for comparing, step by step as text/normalize.py does it, with its tables.

const GREEK_AND_LATIN = new Map(Object.entries(TABLES.letters));

function normalize(text) {
  return text
    .replace(/<\/?[a-z]+(?: [^<>]{0,80})?>/g, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toUpperCase().toLowerCase() // as Python's casefold: ß becomes ss
    .replace(/./gsu, (letter) => GREEK_AND_LATIN.get(letter) ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function american(text) {
  return TABLES.british.reduce((all, [british, word]) => all.replaceAll(british, word), text);
}

function compact(text) {
  return american(normalize(text)).replaceAll(" ", "");
}

function stem(word) {
  if (!word.endsWith("s") || word.length < 5 || !/^\p{L}+$/u.test(word)) return word;
  const [plural, singular] = TABLES.plurals.find(([ending]) => word.endsWith(ending));
  return word.slice(0, word.length - plural.length) + singular;
}

function words(text) {
  const singular = text.replace(/(?<![\p{L}\p{N}_])([A-Z]{2}[A-Z0-9]*)s(?![\p{L}\p{N}_])/gu, "$1");
  return american(normalize(singular)).split(" ").filter(Boolean).map(stem);
}
