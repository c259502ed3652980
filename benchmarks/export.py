"""Times BibTeX export of a made-up library against pandoc and citation-js, all in one run.

`python benchmarks/export.py [N]` (10,000 by default) takes turns and prints medians of whole
processes. pandoc is pypandoc-binary's; citation-js is looked for in BCLM_NODE_MODULES, the folder
where `npm install citation-js` put it, and left out if that is not set.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import library

ROUNDS = 3


def commands(folder: Path) -> dict[str, list[str]]:
    """What is timed, by name; each writes the same papers as BibTeX to stdout."""
    import pypandoc

    items = str(folder / "references.json")
    found = {
        "bclm export": [
            sys.executable, "-m", "bclm_cli", "export",
            "-f", "bibtex", "--only-data", "--data", str(folder),
        ],
        "pandoc": [pypandoc.get_pandoc_path(), "-f", "csljson", "-t", "bibtex", items],
    }  # fmt: skip
    modules = os.environ.get("BCLM_NODE_MODULES")
    if modules:
        program = str(Path(modules) / "citation-js/bin/cmd.js")
        found["citation-js"] = ["node", program, "-i", items, "-f", "string", "-s", "bibtex"]
    return found


def seconds(command: list[str], folder: Path) -> float:
    """One whole process, its output thrown away."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    count = parser.parse_args().count
    with TemporaryDirectory() as name:
        folder = Path(name)
        items = [
            item | {"issued": {"date-parts": [[int(item["issued"])]]}}
            for item in library.references(count)
        ]
        (folder / "references.json").write_text(json.dumps(items))
        timed = commands(folder)
        seconds(timed["bclm export"], folder)  # which fills the cache
        times: dict[str, list[float]] = {name: [] for name in timed}
        for _ in range(ROUNDS):
            for name, command in timed.items():
                times[name].append(seconds(command, folder))
    ours = statistics.median(times["bclm export"])
    print(f"| {count:,} references to BibTeX | median s | times bclm |")
    print("| --- | ---: | ---: |")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"| {name} | {median:.2f} | {median / ours:.1f} |")


if __name__ == "__main__":
    main()
