"""Which keys are kept, which are made, and which are free."""

from __future__ import annotations

import pytest

from bclm_cli.library.catalog import Keys
from bclm_cli.library.keys import is_citable, is_usable, make_key
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference


def paper(key: str = "") -> Reference:
    """A paper of 2012 whose key is `key`."""
    authors = {"author": (Name("Müller-Ångström", "Ann"),)}
    return Reference(key, "book", {"title": "T"}, authors, {"issued": Date((2012,))}, {})


@pytest.mark.parametrize(
    ("names", "issued", "title", "key"),
    [
        ((Name("Müller", "Ann"),), Date((2012,)), "T", "muller2012"),
        ((Name("Rijn", "A", "", "van de"),), Date((2012, 3)), "T", "rijn2012"),
        ((Name("Smith Jones", "A"),), Date((2012,)), "T", "smithjones2012"),
        ((Name("Łącki"),), Date((1999,)), "T", "lacki1999"),
        ((Name("O’Neill"),), Date((2012,)), "T", "oneill2012"),
        ((Name("Weiß"),), Date((2012,)), "T", "weiss2012"),
        ((Name(literal="World Example Organization"),), Date((2012,)), "T",
         "worldexampleorganization2012"),
        ((Name(given="Specimena"),), Date(), "T", "specimenand"),
        ((), Date((2012,)), "The <i>liver</i> of it", "liver2012"),
        ((Name("例"),), Date((2012,)), "架空", "anonymous2012"),
        ((Name("Примеров"),), Date((2012,)), "Other words", "other2012"),
        ((), Date(literal="in press"), "", "anonymousnd"),
    ],
)  # fmt: skip
def test_make_key(names: tuple[Name, ...], issued: Date, title: str, key: str) -> None:
    authors = {"author": names} if names else {}
    reference = Reference("", "book", {"title": title}, authors, {"issued": issued}, {})
    assert make_key(reference) == key


@pytest.mark.parametrize(
    ("key", "usable", "citable"),
    [
        ("Own:Key_2012+x.y/z-1", True, True),
        ("müller2012", True, True),
        ("url:https://example.org/pdf?id=Sk-oDY", True, True),
        ("DBLP:conf/x/Y12", True, True),
        ("12345", True, True),
        ("https://doi.org/10.1000/x", False, True),
        ("http://zotero.org/users/1/items/ABC", False, False),
        ("a{b", False, True),
        ("has space", False, False),
        ("", False, False),
        ("x" * 201, False, False),
    ],
)
def test_a_key_that_a_tool_takes_is_kept(key: str, usable: bool, citable: bool) -> None:
    assert (is_usable(key), is_citable(key)) == (usable, citable)
    assert Keys().free(paper(key)) == (key if usable else "mullerangstrom2012")


def test_a_key_that_is_taken_gets_a_letter() -> None:
    keys = Keys([paper("muller2012"), paper("Muller2012A")])
    assert keys.free(paper("muller2012")) == "muller2012b"
    for letter in "bcdefghijklmnopqrstuvwxyz":
        keys.take(paper(f"muller2012{letter}"))
    assert keys.free(paper("muller2012")) == "muller2012aa"


def test_a_key_that_differs_in_capitals_is_kept() -> None:
    keys = Keys([paper("muller2012")])
    assert keys.free(paper("Muller2012")) == "Muller2012"
    assert keys.other_spelling("Muller2012") == "muller2012"
    assert keys.other_spelling("muller2012") is None


def test_an_earlier_key_is_taken_too() -> None:
    keys = Keys([paper("new2012")._replace(custom={"aliases": ["old2012"]})])
    assert keys.free(paper("old2012")) == "old2012a"
