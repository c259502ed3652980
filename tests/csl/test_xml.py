"""XML of styles and locales: exact limits, and the place of a fault."""

from __future__ import annotations

import pytest

from bclm_cli.csl import xml
from bclm_cli.errors import DataError

# three elements, three deep
NESTED = b'<a xmlns="http://purl.org/net/xbiblio/csl">\n <b>\n  <c/></b></a>'


def fault(text: bytes) -> str:
    with pytest.raises(DataError) as caught:
        xml.parse(text, "my.csl")
    return str(caught.value)


def test_what_is_at_a_limit_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_BYTES", len(NESTED))
    monkeypatch.setattr(xml, "MAX_DEPTH", 3)
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 3)
    [b] = xml.parse(NESTED, "my.csl").children
    assert [(child.tag, child.line) for child in b.children] == [("c", 3)]


@pytest.mark.parametrize(
    ("limit", "value", "said"),
    [
        ("MAX_BYTES", len(NESTED) - 1, "my.csl: too large for a style"),
        ("MAX_DEPTH", 2, "my.csl:3:3: nested more than 2 deep"),
        ("MAX_ELEMENTS", 2, "my.csl:3:3: more than 2 elements"),
    ],
)
def test_what_passes_a_limit_is_refused_with_its_place(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, said: str
) -> None:
    monkeypatch.setattr(xml, limit, value)
    assert fault(NESTED).startswith(said)


def test_the_place_of_what_is_no_xml() -> None:
    assert fault(b"<a>\n  </b>") == "my.csl:2:5: no XML: mismatched tag"
