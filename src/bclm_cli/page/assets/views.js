// What stands behind each address: made of copies of the document's own parts.

const MANY = 300; // entries of a list that are shown at once

function made(tag, classes, text = "") {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  element.textContent = text;
  return element;
}

function link(address, text, classes) {
  const element = made("a", classes, text);
  element.href = `#${address}`;
  return element;
}

// A copy whose ids are kept aside, so that no id stands twice.
function copy(element) {
  const twin = element.cloneNode(true);
  for (const one of [twin, ...twin.querySelectorAll("[id]")]) {
    if (one.id) one.dataset.at = one.id;
    one.removeAttribute("id");
  }
  for (const claim of twin.matches(".claim") ? [twin] : twin.querySelectorAll(".claim")) {
    const self = link(claim.dataset.at, "#", "self");
    self.setAttribute("aria-label", "Link to this claim");
    claim.querySelector("p:last-child").append(self);
  }
  for (const cell of twin.querySelectorAll("td a")) cell.dataset.leads = cell.hash.slice(1);
  return twin;
}

const byId = (id) => document.getElementById(id);
const inDocument = (selector) => [...document.querySelectorAll(`#document ${selector}`)];
const about = (attribute, value) => `[data-${attribute}="${CSS.escape(value)}"]`;

function heading(text) {
  return made("h2", "", text);
}

// Groups of claims under the heading of their step.
function bySteps(groups) {
  const parts = [];
  let last = null;
  for (const group of groups) {
    const step = group.closest("article");
    if (step !== last) {
      const article = made("article", "step");
      const title = made("h3");
      title.append(link(step.id, stepName(step)));
      article.append(title);
      parts.push(article);
      last = step;
    }
    parts.at(-1).append(copy(group));
  }
  return parts;
}

function factorView(id) {
  const card = copy(byId(id));
  card.querySelector(".where")?.remove();
  raise(card);
  const { factor, members } = byId(id).dataset;
  const names = [factor, ...(members?.split("|") ?? [])];
  const steps = bySteps(inDocument(".group").filter((group) =>
    names.includes(group.dataset.factor)));
  for (const group of steps.flatMap((step) => [...step.querySelectorAll(".group")])) {
    if (group.dataset.factor === factor) group.querySelector("h4").remove(); // the view has it
  }
  return [card, ...steps];
}

function paperView(id) {
  const original = byId(id);
  const card = copy(original);
  card.querySelector(".where")?.remove();
  card.querySelector("h3 a").replaceWith(...card.querySelector("h3 a").childNodes);
  raise(card);
  card.querySelector(".reference")?.remove();
  card.append(citationBox(original.dataset.paper));
  const groups = inDocument(`.claim${about("paper", original.dataset.paper)}`)
    .map((claim) => claim.closest(".group"));
  const claims = bySteps([...new Set(groups)]);
  for (const claim of claims.flatMap((part) => [...part.querySelectorAll(".claim")])) {
    if (claim.dataset.paper !== original.dataset.paper) claim.remove();
  }
  for (const part of claims.flatMap((one) => [...one.querySelectorAll(".side, .verdict")])) {
    if (!part.querySelector(".claim")) part.remove(); // counts are of all papers
  }
  return [card, ...claims];
}

function stepView(id) {
  const card = copy(byId(id));
  raise(card);
  const onward = made("nav", "onward");
  onward.setAttribute("aria-label", "Other steps");
  const steps = inDocument("article.step");
  const here = steps.findIndex((step) => step.id === id);
  for (const [place, sign] of [[here - 1, "← "], [here + 1, "→ "]]) {
    if (steps[place]) onward.append(link(steps[place].id, sign + stepName(steps[place])));
  }
  return [card, onward];
}

function stepName(step) {
  const title = step.querySelector("h3");
  return (title.firstElementChild ?? title).textContent;
}

function groupView(id) {
  const [step] = bySteps([byId(id)]);
  raise(step);
  return [step];
}

function claimView(id) {
  const [step] = groupView(byId(id).closest(".group").id);
  step.querySelector(`[data-at="${CSS.escape(id)}"]`).classList.add("meant");
  return [step];
}

function conflictsView() {
  const groups = inDocument('.group[data-verdict="conflicting"]');
  const lede = made("p", "lede", groups.length
    ? "Where papers disagree about one factor in one step: on which side they stand, how direct."
    : "No papers disagree about one factor in one step.");
  return [heading("Conflicts"), lede, ...bySteps(groups)];
}

function searchView(addresses) {
  const list = made("ol", "found");
  for (const address of addresses) {
    const original = byId(address);
    if (!original) continue;
    const item = made("li");
    item.dataset.at = address;
    item.append(...resultOf(address, original));
    list.append(item);
  }
  return [list];
}

function resultOf(address, original) {
  const [type] = address.split("/");
  const kind = made("span", "kind", type);
  if (type === "claim") {
    const group = original.closest(".group");
    const claim = copy(original);
    const where = made("p", "where");
    where.append(kind, " ", link(`factor/${encodeURIComponent(group.dataset.factor)}`,
      group.dataset.factor, "factor"), " in ",
    link(group.id, stepName(group.closest("article"))));
    const list = made("ul", "nodes");
    list.append(claim);
    return [where, list];
  }
  const title = made("p", "where");
  const name = original.querySelector("h3 .title, h3 a")?.textContent ?? address;
  title.append(kind, " ", link(address, name, "hit"));
  const more = original.querySelector(".by, .facts");
  return more ? [title, type === "paper" ? copy(more) : firstFact(more)] : [title];
}

function firstFact(facts) {
  return made("p", "dim", facts.querySelector("dd").textContent);
}

// The headings of what is the whole view go one level up.
function raise(part) {
  for (const [lower, upper] of [["h3", "h2"], ["h4", "h3"], ["h5", "h4"]]) {
    for (const old of part.querySelectorAll(lower)) {
      const title = made(upper);
      title.append(...old.childNodes);
      old.replaceWith(title);
    }
  }
}

// A long list begins with its first entries.
function shorten(parts) {
  for (const list of parts.flatMap((part) => [part, ...part.querySelectorAll("*")])) {
    const entries = [...list.children].filter((one) =>
      one.matches("article.paper, tr[data-factor], .group, .found > li"));
    if (entries.length <= MANY) continue;
    const rest = entries.slice(MANY);
    rest.forEach((one) => one.remove());
    const button = made("button", "more", `Show all ${entries.length.toLocaleString("en")}`);
    button.type = "button";
    button.addEventListener("click", () => {
      button.remove();
      list.append(...rest);
      rest[0].querySelector("a")?.focus();
    });
    (list.matches("tbody") ? list.closest("div") : list).append(button);
  }
}
