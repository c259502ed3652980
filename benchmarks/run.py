#!/usr/bin/env python3
"""Measure bclm beside its peers on generated libraries, and write docs/performance.md.

    pip install . pypandoc-binary && python benchmarks/run.py --write

bclm must be installed (not editable) in the Python that runs this. Peers are measured where they
are found: pandoc (as a program or in pypandoc-binary), citation-js (--citation-js FILE), papis and
cobib (--papis FILE, --cobib FILE), grep and sqlite3. Numbers to compare are ratios of one run.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import startup
from measure import Job, environment, exponent, medians, peak
from plot import svg

import library

HERE = Path(__file__).parent
FLOOR = """\
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def hello(name: str = "x") -> None:
    print("hello", name)
app()
"""
LOAD = """\
import gc, sys, yaml
gc.disable()
trees = [yaml.load(open(path, "rb"), yaml.CSafeLoader) for path in sys.argv[1:]]
"""
KEY, NUMBER = "lab000007", 7
FIVE = ("muller2001", "aceto2014", "hoshino2015", "tabaries2011", "costasilva2015")


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="bclm-benchmark-") as folder:
        bench = Bench(given, Path(folder))
        text, plot = bench.report()
    if given.write:
        docs = HERE.parent / "docs"
        notes = (HERE / "notes.md").read_text(encoding="utf-8")
        (docs / "performance.md").write_text(text + notes, encoding="utf-8")
        (docs / "performance.svg").write_text(plot, encoding="utf-8")
    else:
        print(text)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="100,1000,10000", help="numbers of references")
    parser.add_argument("--runs", type=int, default=9, help="rounds of which the median is taken")
    parser.add_argument(
        "--box", type=float, default=120, help="seconds after which one is given up"
    )
    parser.add_argument("--bclm", metavar="FILE", help="the program bclm, if it is another")
    parser.add_argument("--citation-js", metavar="FILE", help="the program of @citation-js/cli")
    parser.add_argument("--papis", metavar="FILE", help="the program of papis")
    parser.add_argument("--cobib", metavar="FILE", help="the program of cobib")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md and .svg")
    return parser.parse_args()


class Bench:
    def __init__(self, given: argparse.Namespace, folder: Path) -> None:
        self.given, self.folder = given, folder
        self.sizes = [int(size) for size in given.sizes.split(",")]
        self.env = environment(folder / "cache")
        self.bclm = given.bclm or str(Path(sysconfig.get_path("scripts")) / "bclm")
        self.pandoc = pandoc()
        (folder / "floor.py").write_text(FLOOR)
        (folder / "load.py").write_text(LOAD)
        self.floor = Job("floor", [sys.executable, str(folder / "floor.py")])
        self.stages = startup.stages([self.bclm], 21 if given.runs > 1 else 1, self.env)
        self.builds: list[tuple[int, float, float, float, float]] = []
        for size in self.sizes:
            self.prepare(size)

    def lab(self, size: int) -> Path:
        return self.folder / f"lab{size}"

    def prepare(self, size: int) -> None:
        """Generate a library, load it once with PyYAML, build its store once."""
        lab = self.lab(size)
        library.write(lab, size)
        files = [str(lab / name) for name in ("references.yaml", "steps.yaml")]
        loaded = peak([sys.executable, str(self.folder / "load.py"), *files], self.env)
        built = peak([self.bclm, "refs", KEY, "--data", str(lab)], self.env)
        self.builds.append((size, *loaded, *built))
        items = list(library.references(size))
        (lab / "library.json").write_text(json.dumps([json_item(item) for item in items]))
        with sqlite3.connect(lab / "plain.sqlite") as store:
            store.execute("CREATE TABLE item (key TEXT PRIMARY KEY, csl TEXT)")
            store.executemany(
                "INSERT INTO item VALUES (?, ?)", ((i["id"], json.dumps(i)) for i in items)
            )
        store.close()
        for item in items if self.given.papis else ():
            document = lab / "papis" / item["id"]
            document.mkdir(parents=True)
            names = [f"{n['family']}, {n['given']}" for n in item["author"]]
            plain = {"ref": item["id"], "title": item["title"], "author": " and ".join(names)}
            plain |= {"doi": item["DOI"], "year": item["issued"], "type": "article"}
            (document / "info.yaml").write_text("".join(f"{k}: {v}\n" for k, v in plain.items()))
        if self.given.cobib:
            (lab / "cobib.py").write_text(
                "from cobib.config import config\n"
                f"config.database.file = {str(lab / 'cobib.yaml')!r}\n"
                f"config.logging.logfile = {str(lab / 'cobib.log')!r}\n"
                f"config.logging.version = None\nconfig.database.git = False\n"
            )
            (lab / "cobib.yaml").write_text("".join(map(cobib_entry, items)))

    def start(self) -> dict[str, float | None]:
        """The shipped data, as ratios to the floor."""
        lines = {
            "bclm --version": ["--version"],
            "bclm --help": ["--help"],
            "bclm steps": ["steps"],
            "bclm refs muller2001": ["refs", "muller2001"],
            "bclm factors CXCR4": ["factors", "CXCR4"],
            "bclm search neutrophil": ["search", "neutrophil"],
            "bclm export muller2001": ["export", "muller2001"],
            "bclm steps -f text (as on a terminal)": ["steps", "-f", "text"],
            "bclm cite of 5 papers": ["cite", *FIVE],
        }
        jobs = [Job(name, [self.bclm, *line]) for name, line in lines.items()]
        found = medians([self.floor, *jobs], self.given.runs, self.given.box, self.env)
        floor = found.pop("floor") or 1
        return {name: taken / floor if taken else None for name, taken in found.items()}

    def jobs(self, size: int) -> Iterator[Job]:
        lab = self.lab(size)
        data = ["--data", str(lab)]
        yield Job("bclm refs KEY", [self.bclm, "refs", KEY, *data])
        yield Job("bclm refs DOI", [self.bclm, "refs", f"10.5555/lab.{NUMBER:06}", *data])
        yield Job("bclm search WORD", [self.bclm, "search", KEY, *data])
        yield Job("bclm factors NAME", [self.bclm, "factors", "LAB7", *data])
        yield Job("bclm refs, first line", [self.bclm, "refs", *data], head=True)
        yield Job("bclm claims, first line", [self.bclm, "claims", *data], head=True)
        sort = [self.bclm, "refs", "--sort", "-year", *data]
        yield Job("bclm refs --sort -year, first line", sort, head=True)
        line = "_BCLM_COMPLETE=complete_zsh _TYPER_COMPLETE_ARGS='bclm refs lab0000'"
        script = f"{line} BCLM_DATA='{lab}' exec '{self.bclm}'"
        yield Job("completion of a key", ["sh", "-c", script])
        yield Job("bclm refs, an unknown key", [self.bclm, "refs", "lab00007", *data], code=1)
        yield Job("bclm export, first line", [self.bclm, "export", *data], head=True)
        yield Job("bclm export, BibTeX", [self.bclm, "export", "-f", "bibtex", *data])
        if self.pandoc:
            line = [self.pandoc, "-f", "csljson", "-t", "bibtex", str(lab / "library.json")]
            yield Job("pandoc, BibTeX", line)
        if self.given.citation_js:
            line = [self.given.citation_js, "-i", str(lab / "library.json"), "-f", "string"]
            yield Job("citation-js, BibTeX", [*line, "-s", "bibtex"])
        if self.given.papis:
            line = [self.given.papis, "-l", str(lab / "papis"), "list", "--all", f"ref:{KEY}"]
            yield Job("papis, one key", line)
        if self.given.cobib:
            line = [self.given.cobib, "-c", str(lab / "cobib.py"), "show", KEY]
            yield Job("cobib, one key", line)
        if grep := shutil.which("rg") or shutil.which("grep"):
            line = [grep, "-m", "1", f"id: {KEY}", str(lab / "references.yaml")]
            yield Job(f"{Path(grep).name}, one key", line)
        if program := shutil.which("sqlite3"):
            sql = f"SELECT csl FROM item WHERE key = '{KEY}'"
            yield Job("sqlite3, one key", [program, str(lab / "plain.sqlite"), sql])

    def report(self) -> tuple[str, str]:
        start = self.start()
        grown: dict[str, list[float | None]] = {}
        floors = []
        for size in self.sizes:
            jobs = [self.floor, *self.jobs(size)]
            found = medians(jobs, self.given.runs, self.given.box, self.env)
            floors.append(found.pop("floor") or 1)
            for name, taken in found.items():
                grown.setdefault(name, []).append(taken)
        ratios = {
            name: [t / floor if t else None for t, floor in zip(row, floors, strict=True)]
            for name, row in grown.items()
        }
        text = page(self, start, ratios, {n: exponent(self.sizes, r) for n, r in grown.items()})
        shown = ("bclm refs KEY", "bclm search WORD", "bclm export, BibTeX", "pandoc, BibTeX",
                 "citation-js, BibTeX", "papis, one key", "cobib, one key")  # fmt: skip
        curves = {name: ratios[name] for name in shown if name in ratios}
        return text, svg(
            "What a command takes, in F, by the size of the library", self.sizes, curves
        )


def page(
    bench: Bench,
    start: dict[str, float | None],
    ratios: dict[str, list[float | None]],
    slopes: dict[str, float | None],
) -> str:
    given = bench.given
    command = f"python benchmarks/run.py --sizes {given.sizes} --runs {given.runs} --write"
    return "\n".join(
        [
            "# How fast it is\n",
            f"Made by `{command}`: whole processes, interleaved, the median of {given.runs}"
            " rounds after one that warms the caches (fewer of what takes over a minute in all)."
            " Compare ratios only; seconds depend on the machine. **F** is the floor: a program of"
            " ten lines with the same Python and Typer that prints one line.\n",
            "## The shipped data\n",
            table(("command", "F"), [(name, number(taken)) for name, taken in start.items()]),
            "## Where the time of `bclm steps` goes\n",
            "In a pipe, on the shipped data, with a warm cache: milliseconds of the stages, each in"
            " fresh processes, medians of 21. The line before the last is what is left of the whole"
            " command.\n",
            table(("stage", "ms"), [(name, f"{taken:.1f}") for name, taken in bench.stages]),
            "## A growing library\n",
            "Generated papers with two claims on each, in F; the last column is the slope of time"
            " over size, both as logarithms (0: flat, 1: linear). A dash stands for a run that"
            f" failed or was given up after {given.box:g} seconds.\n",
            table(
                ("command", *(f"{size:,}" for size in bench.sizes), "slope"),
                [(name, *map(number, row), number(slopes[name])) for name, row in ratios.items()],
            ),
            "![Time over the size of the library](performance.svg)\n",
            "## The first run on a library\n",
            "Building the store of the YAML, beside `yaml.load` with PyYAML's C loader of the same"
            " files with the garbage collector off (on, it takes more than twice as long).\n",
            table(
                ("references", "time ÷ yaml.load", "memory ÷ yaml.load", "peak MB of bclm"),
                [
                    (f"{size:,}", number(work / loading), number(most / loaded), f"{most:.0f}")
                    for size, loading, loaded, work, most in bench.builds
                ],
            ),
            "## Versions\n",
            table(("what", "version"), list(versions(bench))),
        ]
    )


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---", *["---:"] * (len(head) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def versions(bench: Bench) -> Iterator[tuple[str, str]]:
    yield "Python", platform.python_version()
    yield "SQLite in Python", sqlite3.sqlite_version
    for package in ("typer", "PyYAML", "rich"):
        yield package, importlib.metadata.version(package)
    programs = {
        "bclm": bench.bclm, "pandoc": bench.pandoc,
        "papis": bench.given.papis, "cobib": bench.given.cobib,
        "citation-js": bench.given.citation_js, "sqlite3": shutil.which("sqlite3"),
    }  # fmt: skip
    for name, program in programs.items():
        if program:
            said = subprocess.run(
                [program, "--version"], capture_output=True, text=True, check=False
            ).stdout
            number = re.search(r"\d+(?:\.\d+)+", said)
            yield name, number[0] if number else "?"


def pandoc() -> str | None:
    try:
        import pypandoc
    except ImportError:
        return shutil.which("pandoc")
    return str(pypandoc.get_pandoc_path())


def json_item(item: dict[str, object]) -> dict[str, object]:
    """An item as other programs want it: the date in object form, nothing of our own."""
    kept = {name: value for name, value in item.items() if name != "custom"}
    return kept | {"issued": {"date-parts": [[int(str(item["issued"]))]]}}


def cobib_entry(item: dict[str, str]) -> str:
    fields = {"title": item["title"], "doi": item["DOI"], "journal": item["container-title"]}
    lines = "".join(f"  {name}: {value}\n" for name, value in fields.items())
    return f"---\n{item['id']}:\n  ENTRYTYPE: article\n{lines}  year: {item['issued']}\n...\n"


if __name__ == "__main__":
    main()
