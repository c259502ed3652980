// Reads a JSON list of .cyjs texts on stdin and writes what a headless cytoscape.js holds of each.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const cytoscape = require(join(process.env.BCLM_NODE_MODULES, "cytoscape"));

const found = JSON.parse(readFileSync(0, "utf8")).map((text) => {
  const cy = cytoscape({ headless: true, elements: JSON.parse(text).elements });
  return {
    nodes: cy.nodes().map((node) => node.data("name")),
    edges: cy.edges().map((edge) => [
      edge.source().data("name"),
      edge.target().data("name"),
      edge.data("interaction"),
    ]),
    conflicting: cy.edges("[?conflicting]").length,
    direct: cy.edges("[direct > 0]").map((edge) => edge.source().data("name")),
    genes: cy.nodes('[kind = "gene"]').length,
  };
});
console.log(JSON.stringify(found));
