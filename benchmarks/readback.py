"""The table of docs/formats.md: what each foreign program reads back of each export.

`python benchmarks/readback.py` takes the shipped references; tests/formats/test_readback.py holds
the same comparison, with the awkward references beside them.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def main() -> None:
    from bclm_cli.formats import registry
    from bclm_cli.formats.interface import Options
    from support import facts
    from support.consumers import CONSUMERS
    from support.papers import read_references

    references = read_references(ROOT / "data/references.yaml")
    print("| format | read by | entries | fields equal | fields lost | fields changed |")
    print("| --- | --- | ---: | ---: | --- | ---: |")
    for consumer in sorted(CONSUMERS, key=lambda one: (one.format, one.name)):
        if not find_spec(consumer.needs.removeprefix("python:")):
            continue
        chunks = registry.writer(consumer.format).dump(references, Options())
        got = consumer.read("".join(chunks))
        wanted = {reference.id: consumer.expected(reference) for reference in references}
        if isinstance(got, list):
            got = dict(zip(wanted, got, strict=True))
        outcome = facts.compare(wanted, got)
        lost = ", ".join(f"{name} ({len(keys)})" for name, keys in sorted(outcome.lost.items()))
        print(
            f"| {consumer.format} | {consumer.name} | {len(got)} | {outcome.equal} | "
            f"{lost or 'none'} | {len(outcome.wrong) + len(outcome.gained)} |"
        )


if __name__ == "__main__":
    main()
