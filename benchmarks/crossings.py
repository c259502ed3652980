"""How far one command reaches: modules, functions, and calls from one package into another.

`python benchmarks/crossings.py` prints a table for five commands, each in a process of its own on a
warm cache; `--source DIR` looks at the program in another checkout. A call counts as a crossing if
the nearest function of bclm above it belongs to another package (`query`, `store`, `cli` …).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("steps",),
    ("export", "muller2001"),
    ("add", "x.bib", "--write", "lab"),
    ("cite", "muller2001"),
    ("check", "paper.tex"),
)
BIB = """@article{new2020,
  author = {Doe, Jane and Roe, Richard},
  title = {A made-up paper on {CXCR4} in the liver},
  journal = {Journal of Invented Results},
  year = {2020}, volume = {12}, pages = {1--5}, doi = {10.5555/new2020}
}
"""
TEX = r"""\documentclass{article}
\begin{document}
One claim \cite{muller2001}, another \cite[p.~3]{tabaries2012}.
\end{document}
"""


class Tracer:
    """Counts what is called while it is the profile function of this thread."""

    def __init__(self, source: Path) -> None:
        self.source = f"{source}{os.sep}"
        self.packages: dict[CodeType, str] = {}
        self.functions: set[CodeType] = set()
        self.crossings = 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or not (package := self.package(frame.f_code)):
            return
        if not frame.f_code.co_name.startswith("<"):  # the body of a module, a comprehension
            self.functions.add(frame.f_code)
        above = frame.f_back
        while above and not self.package(above.f_code):
            above = above.f_back
        self.crossings += bool(above) and self.package(above.f_code) != package

    def package(self, code: CodeType) -> str:
        """The first folder, or file, below the source that a function stands in; "" for others."""
        if code not in self.packages:
            inside = code.co_filename.startswith(self.source)
            part = Path(code.co_filename[len(self.source) :]).parts[0] if inside else ""
            self.packages[code] = part.removesuffix(".py")
        return self.packages[code]


def traced(source: Path, arguments: Sequence[str]) -> dict[str, int]:
    """What one command line of the program below `source` reaches, run in this process."""
    sys.path.insert(0, str(source))
    from bclm_cli.cli import main

    tracer = Tracer(source / "bclm_cli")
    sys.setprofile(tracer)
    try:
        main(list(arguments))
    finally:
        sys.setprofile(None)
    files = {code.co_filename for code in tracer.functions}
    return {
        "loaded": sum(name.split(".")[0] == "bclm_cli" for name in sys.modules),
        "called": len(files),
        "functions": len(tracer.functions),
        "crossings": tracer.crossings,
    }


def measured(source: Path, commands: Sequence[Sequence[str]]) -> list[dict[str, int]]:
    """The same for several command lines, each in a new process and a new folder."""
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        env = {**os.environ, "XDG_CACHE_HOME": cache, "NO_COLOR": "1"}
        for command in commands:
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "x.bib").write_text(BIB)
                (Path(folder) / "paper.tex").write_text(TEX)
                for line in (["steps"], ["add", "--init", "lab"], command):  # the last one counts
                    answer = Path(folder) / "answer.json"
                    subprocess.run(
                        [sys.executable, __file__, "--source", source, "--into", answer, *line],
                        cwd=folder,
                        env=env,
                        capture_output=True,
                        check=True,
                    )
                rows.append(json.loads(answer.read_text()))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=ROOT / "src", help="folder of bclm_cli")
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    source = given.source.resolve()
    if given.into:
        given.into.write_text(json.dumps(traced(source, given.command)))
        return
    print("| command | modules loaded | modules called | functions | crossings |")
    print("| --- | ---: | ---: | ---: | ---: |")
    commands = [given.command] if given.command else COMMANDS
    for command, row in zip(commands, measured(source, commands), strict=True):
        print(f"| `{' '.join(command)}` | {' | '.join(map(str, row.values()))} |")


if __name__ == "__main__":
    main()
