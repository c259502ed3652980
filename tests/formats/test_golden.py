"""Every format's whole answer to the awkward references (BCLM_UPDATE=1 writes them again)."""

from __future__ import annotations

import os

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from support.awkward import awkward
from support.paths import DATA

GOLDEN = DATA / "export"
TERMS = frozenset(("TGF-β", "SDF-1", "CXCR4", "Kupffer cell"))


@pytest.mark.parametrize("name", registry.writer_names())
def test_whole_answer(name: str) -> None:
    format_ = registry.writer(name)
    got = "".join(format_.dump(awkward(), Options(terms=TERMS)))
    path = GOLDEN / f"awkward{format_.SUFFIX}"
    if os.environ.get("BCLM_UPDATE"):
        path.write_text(got, encoding="utf-8", newline="")
    assert got == path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", registry.writer_names())
def test_same_bytes_every_time_and_nothing_changed(name: str) -> None:
    before = repr(awkward())
    texts = {"".join(registry.writer(name).dump(awkward(), Options(terms=TERMS))) for _ in range(2)}
    assert (len(texts), repr(awkward())) == (1, before)


@pytest.mark.parametrize("name", registry.writer_names())
def test_a_format_streams(name: str) -> None:
    """The first piece comes before the last reference is asked for."""
    asked = 0

    def references():  # type: ignore[no-untyped-def]
        nonlocal asked
        for reference in awkward():
            asked += 1
            yield reference

    pieces = registry.writer(name).dump(references(), Options())
    next(pieces)
    next(pieces, None)
    assert asked <= 3
