"""Every export is read back by programs that are not ours, and held against the model."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import facts
from awkward import awkward
from bclm_cli import export
from bclm_cli.export import Options
from bclm_cli.model import Reference
from consumers import CONSUMERS
from papers import read_references
from reading import Consumer
from tools import needs

SHIPPED = Path(__file__).parents[1] / "data/references.yaml"


@cache
def references() -> tuple[Reference, ...]:
    return (*awkward(), *read_references(SHIPPED))


@pytest.mark.parametrize(
    "consumer",
    [
        pytest.param(consumer, id=f"{consumer.format}-{consumer.name}", marks=needs(consumer.needs))
        for consumer in CONSUMERS
    ],
)
def test_every_field_comes_back(consumer: Consumer) -> None:
    wanted = {reference.id: consumer.expected(reference) for reference in references()}
    text = "".join(export.get(consumer.format).dump(references(), Options()))
    got = consumer.read(text)
    if isinstance(got, list):  # the format has no place for a key
        got = dict(zip(wanted, got, strict=True))
    outcome = facts.compare(wanted, got)
    assert got.keys() == wanted.keys()
    assert (outcome.wrong, outcome.gained) == ({}, {})
    assert outcome.lost.keys() == consumer.blind
