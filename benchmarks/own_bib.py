#!/usr/bin/env python3
"""Measure a bibliography in place: `python benchmarks/own_bib.py [N]`.

The first run on a made-up .bib of N entries (10,000 by default), with and without abstracts, and a
look-up after it, beside the floor F of run.py: on a busy machine the ratios are what counts. bclm
must be installed in the Python that runs this.
"""

from __future__ import annotations

import random
import sys
import sysconfig
import tempfile
from pathlib import Path

from measure import Job, environment, medians, peak
from run import FLOOR

import library

WORDS_OF_AN_ABSTRACT = 150
RUNS = 9


def write(path: Path, count: int, *, abstracts: bool) -> None:
    """A .bib of the references of `library`, as Zotero would write them."""
    chance = random.Random(3)
    with path.open("w", encoding="utf-8") as stream:
        for item in library.references(count):
            fields = {
                "title": f"{{{{{item['title']}}}}}",
                "author": " and ".join(f"{n['family']}, {n['given']}" for n in item["author"]),
                "journal": item["container-title"],
                "year": item["issued"],
                "volume": item["volume"],
                "number": item["issue"],
                "pages": item["page"].replace("-", "--"),
                "doi": item["DOI"],
                "file": f":files/{item['id']}.pdf:application/pdf",
            }
            if abstracts:
                words = (chance.choice(library.SYLLABLES) * 2 for _ in range(WORDS_OF_AN_ABSTRACT))
                fields["abstract"] = " ".join(words)
            lines = "".join(f"\t{name} = {{{value}}},\n" for name, value in fields.items())
            stream.write(f"@article{{{item['id']},\n{lines}}}\n\n")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    bclm = str(Path(sysconfig.get_path("scripts")) / "bclm")
    with tempfile.TemporaryDirectory(prefix="bclm-own-bib-") as folder:
        env = environment(Path(folder) / "cache")
        floor = Path(folder) / "floor.py"
        floor.write_text(FLOOR)
        peak([bclm, "refs", "muller2001"], env)  # the shipped data is built once
        jobs = [Job("floor", [sys.executable, str(floor)])]
        least = min(peak(jobs[0].command, env)[0] for _ in range(RUNS))
        jobs.append(Job("shipped data", [bclm, "refs", "muller2001"]))
        for abstracts in (False, True):
            path = Path(folder) / f"{'with' if abstracts else 'no'}-abstracts.bib"
            write(path, count, abstracts=abstracts)
            look_up = [bclm, "refs", "lab000007", "--data", str(path)]
            seconds, megabytes = peak(look_up, env)
            size = path.stat().st_size / 1e6
            print(
                f"{path.stem}: {size:.1f} MB, first run {seconds:.2f} s of the processor,"
                f" {seconds / least:.0f} F, {megabytes:.0f} MB of memory"
            )
            jobs.append(Job(path.stem, look_up))
        taken = medians(jobs, RUNS, 60, env)
        for name, time in taken.items():
            if time and taken["floor"]:
                print(f"{name}: {time * 1000:.0f} ms, {time / taken['floor']:.2f} F")


if __name__ == "__main__":
    main()
