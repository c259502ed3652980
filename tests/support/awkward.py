"""The awkward references of tests/data/awkward, read without the project's own loader."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from bclm_cli.model.records import Reference
from support.paths import DATA

PATH = DATA / "awkward/references.yaml"


@cache
def awkward() -> tuple[Reference, ...]:
    """Every awkward reference, in the order of the file."""
    return tuple(Reference.from_csl(item, str(PATH)) for item in items())


def items() -> list[dict[str, Any]]:
    """The CSL items as they stand in the file; safe, because each scalar is a string there."""
    with PATH.open(encoding="utf-8") as file:
        found: list[dict[str, Any]] = yaml.safe_load(file)["references"]
    return found
