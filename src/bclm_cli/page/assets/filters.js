// Which claims a view shows: what the fields of the form ask for, kept in the address.

const FIELDS = ["step", "effect", "directness", "level", "site", "cancer", "from", "to"];
const form = () => document.getElementById("filters");

function filtersFrom(parameters) {
  return Object.fromEntries(
    FIELDS.map((field) => [field, parameters.get(field) ?? ""]).filter(([, value]) => value));
}

function showFilters(filters) {
  for (const field of form().elements) {
    if (field.name) field.value = filters[field.name] ?? "";
  }
  const set = Object.keys(filters).length;
  document.getElementById("filters-set").textContent = set ? `(${set} set)` : "";
}

function chosenFilters() {
  return Object.fromEntries([...new FormData(form())].filter(([, value]) => value));
}

function inYears(year, { from, to }) {
  return (!from && !to) || (year && year >= (from || 0) && year <= (to || Infinity));
}

function matches(claim, filters) {
  const { step } = claim.closest(".group").dataset;
  return Object.entries(filters).every(([field, value]) => {
    if (field === "from" || field === "to") return inYears(Number(claim.dataset.year), filters);
    if (field === "step") return step === value;
    return (claim.dataset[field] ?? "").split("|").includes(value);
  });
}

// Take what the filters leave out from a view, and say how much of a group is left.
function applyFilters(view, filters) {
  if (!Object.keys(filters).length) return;
  for (const group of view.querySelectorAll(".group")) {
    const claims = [...group.querySelectorAll(".claim")];
    const left = claims.filter((claim) => matches(claim, filters));
    if (!left.length) {
      group.remove();
    } else if (left.length < claims.length) {
      claims.filter((claim) => !left.includes(claim)).forEach((claim) => claim.remove());
      group.querySelectorAll(".side, .sides").forEach((part) => {
        if (!part.querySelector(".claim")) part.remove();
      });
      group.querySelector(".verdict").append(made("span", "shown", `; ${left.length} shown`));
    }
  }
  for (const step of view.querySelectorAll("article.step")) {
    if (!step.querySelector(".group")) step.remove();
  }
  const kept = keptClaims(filters);
  for (const row of view.querySelectorAll("tr[data-factor]")) filterRow(row, kept);
  for (const paper of view.querySelectorAll("article.paper")) {
    if (!keepsPaper(paper, kept, filters)) paper.remove();
  }
  for (const hit of view.querySelectorAll(".found > li")) {
    const original = document.getElementById(hit.dataset.at);
    const stays = {
      claim: () => matches(original, filters),
      paper: () => keepsPaper(original, kept, filters),
      factor: () => kept.factors.has(original.dataset.factor),
      step: () => kept.steps.has(original.id),
    };
    if (!stays[hit.dataset.at.split("/")[0]]()) hit.remove();
  }
}

// A paper stays for its claims; where only years are asked for, for its own.
function keepsPaper(paper, kept, filters) {
  const onlyYears = Object.keys(filters).every((field) => field === "from" || field === "to");
  return onlyYears
    ? inYears(Number(paper.dataset.year), filters) : kept.papers.has(paper.dataset.paper);
}

// The claims that are left: of each group, and what they speak of.
function keptClaims(filters) {
  const groups = new Map();
  const [papers, factors, steps] = [new Set(), new Set(), new Set()];
  for (const claim of document.querySelectorAll("#claims .claim")) {
    if (!matches(claim, filters)) continue;
    const group = claim.closest(".group");
    groups.set(group.id, [...(groups.get(group.id) ?? []), claim]);
    papers.add(claim.dataset.paper);
    factors.add(group.dataset.factor);
    steps.add(group.closest("article").id);
  }
  return { groups, papers, factors, steps };
}

// A row of the table of factors counts what is left, or goes.
function filterRow(row, { groups }) {
  const papers = new Set();
  for (const cell of row.querySelectorAll("td a")) {
    const claims = groups.get(cell.dataset.leads) ?? [];
    claims.forEach((claim) => papers.add(claim.dataset.paper));
    const chips = cell.querySelector(".chips");
    const said = chips.getAttribute("aria-label").split(", ");
    [...chips.children].forEach((chip, place) => {
      const number = claims.filter((claim) => claim.querySelector(`.sign.${chip.className}`)).length;
      chip.textContent = chip.textContent[0] + number;
      said[place] = number ? said[place].replace(/^\d+/, number) : "";
      if (!number) chip.remove();
    });
    chips.setAttribute("aria-label", said.filter(Boolean).join(", "));
    if (!claims.length) cell.remove();
  }
  row.querySelector(".count").textContent = papers.size;
  if (!papers.size) row.remove();
}
