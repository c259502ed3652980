// Reads a JSON list of flowcharts on stdin and writes what Mermaid's own parser finds in each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = process.env.BCLM_NODE_MODULES;
const { JSDOM } = createRequire(join(modules, "none.js"))("jsdom");
globalThis.window = new JSDOM("").window; // Mermaid cleans labels with a browser's help
globalThis.document = window.document;
const path = join(modules, "mermaid/dist/mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(path));

// Entities wait in this form until a browser shows them.
const shown = (text) =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

const found = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const boxes = db.getSubGraphs();
  const ids = new Set(boxes.map((box) => box.id));
  const nodes = [...db.getVertices().values()].filter((node) => !ids.has(node.id));
  found.push({
    nodes: nodes.map((node) => [shown(node.text), node.classes]),
    boxes: boxes.map((box) => [shown(box.title), box.nodes.length]),
    edges: db.getEdges().map((edge) => [edge.start, edge.end]),
  });
}
console.log(JSON.stringify(found));
