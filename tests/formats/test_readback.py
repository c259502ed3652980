"""Every export is read back by programs that are not ours, and held against the model."""

from __future__ import annotations

from functools import cache

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.model.records import Reference
from support import facts
from support.awkward import awkward
from support.consumers import CONSUMERS
from support.papers import read_references
from support.paths import SHIPPED
from support.reading import Consumer
from support.tools import needs

pytestmark = pytest.mark.slow

SHIPPED_REFERENCES = SHIPPED / "references.yaml"


@cache
def references() -> tuple[Reference, ...]:
    return (*awkward(), *read_references(SHIPPED_REFERENCES))


@pytest.mark.parametrize(
    "consumer",
    [
        pytest.param(consumer, id=f"{consumer.format}-{consumer.name}", marks=needs(consumer.needs))
        for consumer in CONSUMERS
    ],
)
def test_every_field_comes_back(consumer: Consumer) -> None:
    wanted = {reference.id: consumer.expected(reference) for reference in references()}
    text = "".join(registry.writer(consumer.format).dump(references(), Options()))
    got = consumer.read(text)
    if isinstance(got, list):  # the format has no place for a key
        got = dict(zip(wanted, got, strict=True))
    outcome = facts.compare(wanted, got)
    assert got.keys() == wanted.keys()
    assert (outcome.wrong, outcome.gained) == ({}, {})
    assert outcome.lost.keys() == consumer.blind
