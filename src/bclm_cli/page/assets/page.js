// The page as a whole: addresses to views, the search field, references to copy, light and dark.

const LISTS = ["cascade", "claims", "factors", "papers"];
const VIEWS = { step: stepView, factor: factorView, paper: paperView, claim: claimView };
const TYPING = 60; // milliseconds after a key before the search runs
let filters = {};
let shown = "";

document.documentElement.classList.add("script");
document.addEventListener("DOMContentLoaded", start);

function start() {
  addEventListener("hashchange", () => show(true));
  byId("main").addEventListener("focusout", () => byId("main").classList.remove("reached"));
  form().addEventListener("input", () => goTo(path(), chosenFilters()));
  form().addEventListener("reset", () => goTo(path(), {}));
  form().addEventListener("submit", (event) => event.preventDefault());
  byId("filters-fold").open = innerWidth >= 800;
  searchField();
  themeButton();
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    byId("main").focus();
  });
  show(false);
}

// ---- addresses

function path() {
  return inOneSpelling(location.hash.slice(1).split("?")[0]) || "cascade";
}

// The address in the one spelling that ids have, however a browser or a person spells it.
function inOneSpelling(text) {
  return text.split("/").map((part) => encodeURIComponent(readable(part))).join("/");
}

function readable(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a % that stands for itself
  }
}

function goTo(address, chosen) {
  const query = new URLSearchParams(chosen).toString();
  history.replaceState(null, "", `#${address}${query ? `?${query}` : ""}`);
  show(false);
}

async function show(moved) {
  const address = path();
  filters = filtersFrom(new URLSearchParams(location.hash.split("?")[1] ?? ""));
  showFilters(filters);
  const parts = await partsOf(address);
  if (address !== path()) return; // somebody went on meanwhile
  const view = made("div");
  view.append(...parts);
  applyFilters(view, filters);
  const claims = view.querySelectorAll(".claim").length;
  shorten([...view.children]);
  byId("view").replaceChildren(...view.childNodes);
  const [kind] = address.split("/");
  byId("filters").hidden = kind === "cascade" || kind === "claim";
  document.body.dataset.view = kind;
  byId("status").textContent = statusOf(kind, claims);
  markPlace(kind, address);
  if (moved && address !== shown) {
    scrollTo(0, 0);
    if (document.activeElement !== byId("query")) byId("main").focus({ preventScroll: true });
  }
  byId("view").querySelector(".meant")?.scrollIntoView({ block: "center" });
  shown = address;
  document.body.dataset.at = location.hash;
}

async function partsOf(address) {
  const [kind, ...rest] = address.split("/");
  if (kind === "search") return found(readable(rest.join("/")));
  if (address === "conflicts") return conflictsView();
  if (LISTS.includes(address)) return listView(kind);
  const original = byId(address);
  if (original?.closest("#document") && Object.hasOwn(VIEWS, kind)) {
    return original.matches(".group") ? groupView(address) : VIEWS[kind](address);
  }
  const name = readable(rest.join("/"));
  return kind === "factor" && name ? otherSpelling(name) : missing(readable(address));
}

function listView(kind) {
  const section = copy(byId(kind));
  if (kind === "factors") section.querySelectorAll("article").forEach((card) => card.remove());
  return [section];
}

// A factor asked for by a synonym, as the program takes it.
async function otherSpelling(name) {
  await loadIndex();
  const wanted = [compact(name), words(name).join("")];
  const record = index.records.find((one) =>
    one.type === "factor" && one.names.some((spelled) => wanted.includes(spelled)));
  return record ? factorView(record.address) : missing(name);
}

function missing(name) {
  const note = made("p", "empty", `Nothing here is called “${name}”.`);
  return [heading("Not found"), note];
}

async function found(text) {
  try {
    await loadIndex();
  } catch {
    return [heading("Search"), made("p", "empty", "This browser is too old to search the page.")];
  }
  const addresses = search(text);
  const title = heading(`Search: ${text}`);
  if (!addresses.length) return [title, made("p", "empty", "Nothing holds all of these words.")];
  const also = pieces(text).flatMap(others);
  const note = made("p", "dim", `Also looked for: ${also.join(", ")}`);
  return [title, ...(also.length ? [note] : []), ...searchView(addresses)];
}

function statusOf(kind, claims) {
  if (kind === "cascade") return "";
  const view = byId("view");
  const count = (selector) => view.querySelectorAll(selector).length;
  const numbers = new Map([
    ["search", [count(".found > li"), "result"]], ["papers", [count("article.paper"), "paper"]],
    ["factors", [count("tr[data-factor]"), "factor"]],
  ]);
  const [number, what] = numbers.get(kind) ?? [claims, "claim"];
  const more = view.querySelector("button.more") ? `${MANY} and more` : number.toLocaleString("en");
  const left = Object.keys(filters).length ? " left by the filters" : "";
  return `${more} ${what}${number === 1 ? "" : "s"}${left}`;
}

function markPlace(kind, address) {
  for (const one of document.querySelectorAll("nav a")) {
    const here = one.hash === `#${kind}` || (kind === "step" && one.hash === "#claims")
      || (kind === "claim" && one.hash === "#claims") || one.hash === `#${kind}s`;
    if (here) one.setAttribute("aria-current", one.hash === `#${address}` ? "page" : "true");
    else one.removeAttribute("aria-current");
  }
  const title = byId("view").querySelector("h2")?.textContent.trim();
  const whole = document.querySelector("h1").textContent;
  document.title = title && kind !== "cascade" ? `${title} · ${whole}` : whole;
}

// ---- search field

function searchField() {
  const field = byId("query");
  let waiting = 0;
  const run = () => {
    const text = field.value.trim();
    if (text) goTo(`search/${encodeURIComponent(text)}`, filters);
    else if (path().startsWith("search/")) goTo("cascade", {});
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(run, TYPING);
  });
  field.addEventListener("focus", () => loadIndex().catch(() => {}), { once: true });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      byId("view").querySelector(".found a")?.focus();
    }
  });
  byId("search").addEventListener("submit", (event) => {
    event.preventDefault();
    byId("view").querySelector(".found a")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.select();
      field.focus();
    }
  });
}

// ---- references to copy

function citationBox(key) {
  const box = made("section", "cite");
  const label = made("label", "", "Cite as ");
  const choice = made("select");
  label.append(choice);
  const text = made("div", "cited");
  const button = made("button", "", "Copy");
  button.type = "button";
  const told = made("span", "told");
  told.setAttribute("role", "status");
  const bar = made("p", "tools");
  bar.append(label, button, " ", told);
  box.append(bar, text);
  fillCitations(key, choice, text).catch(() => {
    box.replaceChildren(copy(inDocument(`article${about("paper", key)} .reference`)[0]));
  });
  button.addEventListener("click", async () => {
    told.textContent = await copied(text) ? "Copied." : "Selected: press Ctrl+C or ⌘C.";
  });
  return box;
}

async function fillCitations(key, choice, text) {
  const styles = await unpacked("styles");
  const number = Math.floor(inDocument("article.paper")
    .findIndex((paper) => paper.dataset.paper === key) / 100);
  const forms = (await unpacked(`references-${number}`))[key];
  const original = inDocument(`article${about("paper", key)} .reference`)[0];
  for (const [name, title] of Object.entries(styles)) choice.append(new Option(title, name));
  const write = () => {
    const form = forms[choice.value];
    const plain = choice.value === "bibtex" || choice.value === "ris";
    if (plain) text.replaceChildren(made("pre", "", form));
    else if (form) text.replaceChildren(...rich(form));
    else text.replaceChildren(copy(original)); // in the style that the document has it in
  };
  choice.addEventListener("change", write);
  write();
}

// The few tags of a reference as elements; whatever else there is stays text.
function rich(html) {
  const root = made("p");
  const open = [root];
  for (const part of html.split(/(<[^>]*>)/)) {
    const tag = /^<(i|b|u|em|sup|sub|a|span)(?: (href|class)="([^"]*)")?>$/.exec(part);
    if (tag) {
      const element = made(tag[1]);
      const value = plainText(tag[3] ?? "");
      if (tag[2] === "href" && /^https?:/.test(value)) element.href = value;
      if (tag[2] === "class") element.className = value;
      open.at(-1).append(element);
      open.push(element);
    } else if (/^<\/[a-z]+>$/.test(part) && open.length > 1) {
      open.pop();
    } else {
      open.at(-1).append(plainText(part));
    }
  }
  return [root];
}

function plainText(html) {
  const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };
  return html.replace(/&(?:lt|gt|quot|#x27|amp);/g, (sign) => signs[sign]);
}

async function copied(element) {
  const text = element.innerText.trim();
  try {
    await navigator.clipboard.writeText(`${text}\n`);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}

// ---- light and dark

function themeButton() {
  const root = document.documentElement;
  const button = byId("theme");
  const dark = () => (root.dataset.theme
    ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const label = () => { button.textContent = dark() ? "Light" : "Dark"; };
  try {
    const kept = localStorage.getItem("bclm-theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch { /* a browser may keep nothing for a file */ }
  label();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    label();
    try {
      localStorage.setItem("bclm-theme", root.dataset.theme);
    } catch { /* then it holds until the page is closed */ }
  });
}
