"""A generated manuscript against `grep -o`: `python benchmarks/manuscript.py [MEGABYTES]`.

200 pages of 3,000 characters with 5,000 citations of the shipped papers, or a .tex of that many
megabytes in the same density. Prints medians in one run and their ratios.
"""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from bclm_cli.manuscript import scan

ROOT = Path(__file__).parents[1]
PAGES, CITATIONS, PAGE = 200, 5_000, 3_000
WORDS = "examples are made of words that mean nothing and \\emph{some} have commands $x^2$ in them"


def manuscript(pages: int, seed: int = 1) -> str:
    """LaTeX with natbib's commands, options, several keys, comments and a listing a page."""
    chance = random.Random(seed)
    keys = re.findall(r"^  - id: (\S+)$", (ROOT / "data/references.yaml").read_text(), re.MULTILINE)
    text = ["\\documentclass{article}\\usepackage{natbib}\\begin{document}\n"]
    for _ in range(pages):
        text.append("\\section{Examples} % a comment with \\cite{nothing}\n")
        for _ in range(CITATIONS // PAGES):
            chosen = ",".join(chance.sample(keys, chance.choice((1, 1, 1, 2, 3))))
            option = chance.choice(("", "", "[p.~3]", "[see][]"))
            text.append(f"{WORDS} \\citep{option}{{{chosen}}}.\n")
        text.append("\\begin{verbatim}\n\\cite{nothing}\n\\end{verbatim}\n")
        text.append(f"{WORDS}.\n" * (max(0, PAGE - 25 * (len(WORDS) + 26)) // len(WORDS)) + "\n")
    return "".join(text) + "\\end{document}\n"


def timed(work: Callable[[], object], runs: int) -> float:
    """Median seconds of several runs."""
    took = []
    for _ in range(runs):
        start = perf_counter()
        work()
        took.append(perf_counter() - start)
    return median(took)


def main() -> None:
    pages = round(float(sys.argv[1]) * 1e6 / PAGE) if len(sys.argv) > 1 else PAGES
    runs = 9 if pages <= 10 * PAGES else 3
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "paper.tex"
        paper.write_text(manuscript(pages))
        size = paper.stat().st_size
        pattern = r"\\cite[a-z]*\(\[[^]]*\]\)*{[^}]*}"
        grep = ["grep", "-o", pattern, str(paper)]
        program = [sys.executable, "-m", "bclm_cli"]
        export = [*program, "export", "--used-in", str(paper), "-o", str(Path(folder) / "x.bib")]
        bytewise = {**os.environ, "LC_ALL": "C"}  # else grep decodes UTF-8, ten times slower
        found = timed(lambda: subprocess.run(grep, capture_output=True, env=bytewise), runs)
        alone = timed(lambda: scan([str(paper)]), runs)
        nothing = timed(lambda: subprocess.run([*program, "--version"], capture_output=True), runs)
        whole = timed(lambda: subprocess.run(export, check=True, capture_output=True), runs)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
        print(f"{size / 1e6:.2f} MB, {len(scan([str(paper)]).citations)} places kept")
        print(f"grep -o            {found * 1e3:8.1f} ms   1.00")
        print(f"scan, in process   {alone * 1e3:8.1f} ms   {alone / found:.2f}")
        print(f"bclm --version     {nothing * 1e3:8.1f} ms   {nothing / found:.2f}")
        print(f"bclm export        {whole * 1e3:8.1f} ms   {whole / found:.2f}  ({peak} MB)")


if __name__ == "__main__":
    main()
