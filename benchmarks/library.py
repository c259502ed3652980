"""A made-up library of any size, the same for the same seed: `python benchmarks/library.py N DIR`.

Names and words are syllables drawn by chance, so that nobody takes them for facts; lengths and
field frequencies are those of the shipped data (9 authors a paper, 13 words a title).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvwz" for vowel in "aeiou"]
STEPS = ("intravasation", "circulation", "margination", "extravasation", "colonization")
EFFECTS = ("promotes", "promotes", "suppresses", "required", "marks", "no effect")
FACTORS = 200


def references(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """CSL items `lab000001` and on, every value a string but dates and names."""
    chance = random.Random(seed)
    families = [_word(chance, 2, 4).title() for _ in range(5000)]
    journals = [" ".join(_word(chance, 2, 4).title() for _ in range(3)) for _ in range(300)]
    for number in range(1, count + 1):
        journal = chance.choice(journals)
        first = chance.randint(1, 9000)
        yield {
            "id": f"lab{number:06d}",
            "type": "article-journal",
            "title": " ".join(_word(chance, 1, 4) for _ in range(13)).capitalize(),
            "author": [
                {"family": chance.choice(families), "given": f"{_word(chance, 2, 3).title()} X."}
                for _ in range(chance.randint(3, 15))
            ],
            "container-title": journal,
            "container-title-short": " ".join(word[:4] for word in journal.split()),
            "issued": str(chance.randint(1980, 2026)),
            "volume": str(chance.randint(1, 400)),
            "issue": str(chance.randint(1, 24)),
            "page": f"{first}-{first + 12}",
            "DOI": f"10.5555/lab.{number:06d}",
            "PMID": str(90_000_000 + number),
            "custom": {"kind": "research"},
        }


def write(folder: Path, count: int, seed: int = 1, *, as_json: bool = False) -> None:
    """A data folder with `count` papers and two claims on each."""
    folder.mkdir(parents=True, exist_ok=True)
    items = references(count, seed)
    if as_json:
        text = "[\n" + ",\n".join(json.dumps(item) for item in items) + "\n]\n"
        (folder / "references.json").write_text(text)
    else:
        with (folder / "references.yaml").open("w") as stream:
            stream.write("references:\n")
            stream.writelines(_block(item) for item in items)
    _write_steps(folder / "steps.yaml", count, random.Random(seed + 1))


def _write_steps(path: Path, count: int, chance: random.Random) -> None:
    names = [f"LAB{number}" for number in range(FACTORS)]
    claims: dict[str, dict[str, list[str]]] = {step: {} for step in STEPS}
    for number in range(1, count + 1):
        for _ in range(2):
            of_step = claims[chance.choice(STEPS)]
            statement = " ".join(_word(chance, 1, 4) for _ in range(16)).capitalize()
            of_step.setdefault(chance.choice(names), []).append(
                f"        - effect: {chance.choice(EFFECTS)}\n"
                f"          statement: {statement}.\n"
                f"          reference: lab{number:06d}\n"
                f"          system: [mouse model]\n          site: liver\n"
                f"          cancer: [breast]\n"
            )
    with path.open("w") as stream:
        stream.write("factors:\n")
        stream.writelines(f"  - name: {name}\n    kind: gene\n" for name in names)
        stream.write("steps:\n")
        for step, factors in claims.items():
            stream.write(f"  - id: {step}\n    claims:\n")
            for name, blocks in factors.items():
                stream.write(f"      {name}:\n{''.join(blocks)}")


def _block(item: dict[str, Any]) -> str:
    lines = []
    for field, value in item.items():
        if field == "author":
            lines.append("    author:")
            lines += [f"      - {{family: {n['family']}, given: {n['given']}}}" for n in value]
        elif field == "custom":
            lines += ["    custom:", *(f"      {k}: {v}" for k, v in value.items())]
        else:
            quoted = f'"{value}"' if value[0].isdigit() and field != "DOI" else value
            lines.append(f"    {field}: {quoted}")
    return "  - " + "\n".join(lines).lstrip() + "\n"


def _word(chance: random.Random, fewest: int, most: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(fewest, most)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="references.json instead of the YAML")
    given = parser.parse_args()
    write(given.folder, given.count, as_json=given.json)
