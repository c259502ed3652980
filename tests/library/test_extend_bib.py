"""An author's .bib gets more entries and fields, and every other byte stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.errors import CannotError, DataError
from bclm_cli.library import extend_bib, in_place
from bclm_cli.library.edit_bib import Text
from bclm_cli.library.extend_bib import Placed
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference

TERMS = frozenset({"CXCR4"})
OLD = "% my papers, with care\n\n@article{one2001,\n    title   = {One},\n}\n"
ADDED = """\
@book{two2002,
  author = {Example, Ann},
  title = {Two},
  year = {2002}
}
"""


def book(key: str = "two2002", **custom: object) -> Reference:
    """A book to add."""
    names = {"author": (Name("Example", "Ann"),)}
    return Reference(key, "book", {"title": "Two"}, names, {"issued": Date((2002,))}, custom)


def placed(path: Path) -> dict[str, Placed]:
    """The papers that are read in a file, with their lines."""
    return {
        one.record.id: Placed(one.line, one.record)
        for one in in_place.read(path)
        if isinstance(one.record, Reference)
    }


def test_entries_are_added_at_the_end() -> None:
    assert extend_bib.with_changes(None, [book()], {}, TERMS) == ADDED
    file = Text(OLD, "utf-8")
    assert extend_bib.with_changes(file, [book()], {}, TERMS) == f"{OLD}\n{ADDED}"
    bare = Text(OLD.rstrip().replace("\n", "\r\n"), "utf-8")
    assert extend_bib.with_changes(bare, [book()], {}, TERMS) == (
        f"{OLD}\n{ADDED}".replace("\n", "\r\n")
    )


def test_the_dialect_is_that_of_the_file() -> None:
    file = Text("@article{a, journaltitle={J}, date={2001}}\n", "utf-8")
    added = extend_bib.with_changes(file, [book("ü2002")], {}, TERMS)
    assert "@book{ü2002," in added
    assert "  date = {2002}\n}" in added
    latin = extend_bib.with_changes(Text(file.text, "latin-1"), [book()], {}, TERMS)
    assert latin.endswith(ADDED)


def test_a_key_that_no_bib_can_hold_is_refused() -> None:
    with pytest.raises(DataError, match="BibTeX cannot hold this key"):
        extend_bib.with_changes(None, [book("a,b")], {}, TERMS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "@book{two2002,\n\ttitle = {Two}\n}\n",
            "@book{two2002,\n\ttitle = {Two},\n\tauthor = {Example, Ann},\n\tyear = {2002},"
            "\n\tids = {old},\n}\n",
        ),
        (
            "@book{two2002, title = {Two}, }",
            "@book{two2002, title = {Two}, author = {Example, Ann}, year = {2002}, ids = {old}, }",
        ),
        (
            "@book{two2002, title={Two}, date={2002}, author={E}, ids={first}}",
            "@book{two2002, title={Two}, date={2002}, author={E}, ids={first, old}}",
        ),
    ],
)
def test_fields_and_aliases_are_filled_in(old: str, new: str) -> None:
    filled = {"two2002": book(aliases=["old"] if "first" not in old else ["first", "old"])}
    assert extend_bib.with_changes(Text(old, "utf-8"), [], filled, TERMS) == new
    assert extend_bib.with_changes(Text(new, "utf-8"), [], filled, TERMS) == new


def test_what_cannot_be_found_is_not_filled() -> None:
    with pytest.raises(CannotError, match="an entry to be filled is not whole"):
        extend_bib.with_changes(
            Text("@book{two2002, title={", "utf-8"), [], {"two2002": book()}, TERMS
        )


def test_the_first_of_two_entries_with_one_key_is_filled() -> None:
    old = "@book{two2002, title = {Two}}\n@book{two2002, title = {Another}}\n"
    new = extend_bib.with_changes(Text(old, "utf-8"), [], {"two2002": book()}, TERMS)
    assert new == old.replace("{Two}}", "{Two}, author = {Example, Ann}, year = {2002},}")
    old = old.replace("{Two}}", "{Two}")
    with pytest.raises(CannotError, match="two2002: an entry to be filled is not whole"):
        extend_bib.with_changes(Text(old, "utf-8"), [], {"two2002": book()}, TERMS)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_entry_that_is_read_is_filled(tmp_path: Path, newline: str) -> None:
    """The reader passes over one without a field."""
    old = newline.join(("@book{two2002,", "}", "@book{two2002, title={Two}}", ""))
    path = tmp_path / "refs.bib"
    path.write_bytes(old.encode())
    own = placed(path)
    new = extend_bib.with_changes(Text(old, "utf-8"), [], {"two2002": book()}, TERMS, own)
    assert new == old.replace("{Two}", "{Two}, author = {Example, Ann}, year = {2002},")


@pytest.mark.parametrize(
    ("ids", "more"),
    [("{}", "{old}"), ("{ one,\n}", "{ one,\nold}"), ('"one"', '"one, old"'),
     ("one", "one # {, old}"), ('one # ",two"', 'one # ",two" # {, old}')],
)  # fmt: skip
def test_an_alias_goes_to_those_that_are_there(ids: str, more: str) -> None:
    old = f"@book{{two2002, title = {{Two}}, ids = {ids}}}"
    new = extend_bib.with_changes(Text(old, "utf-8"), [], {"two2002": book(aliases=["old"])}, TERMS)
    expected = f"@book{{two2002, title = {{Two}}, ids = {more}, author = {{Example, Ann}},"
    assert new == f"{expected} date = {{2002}},}}"


def test_what_an_entry_says_in_other_fields_is_not_added(tmp_path: Path) -> None:
    """The number in `issue`, the address in `howpublished`, all that the parent has."""
    old = (
        "@incollection{part, crossref = {whole}, author = {Example, Ann}, title = {On parts},"
        " howpublished = {\\url{https://example.org/a}}, issue = {5}}\n"
        "@book{whole, booktitle = {The whole}, editor = {Example, Bo}, publisher = {P},"
        " year = {2002}}\n"
    )
    path = tmp_path / "refs.bib"
    path.write_text(old, encoding="utf-8")
    own = placed(path)
    part = own["part"].paper
    filled = {"part": part._replace(text={**part.text, "language": "fr"})}
    new = extend_bib.with_changes(Text(old, "utf-8"), [], filled, TERMS, own)
    assert new == old.replace("{5}", "{5}, language = {fr},")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("@article{a, title={A}}\n@article{b, title={open\n", 2),
        ("@article{a, title={A}\n", 1),
        ("@article{a, title={A}}\n", None),
        ("@article{a, title={A}\n  year=2001 author={B}}\n", None),
        ("@article{a, abstract={x\n@foo{b}}}\n", None),
        ("% a comment\n", None),
    ],
)
def test_an_entry_that_would_take_in_what_is_added(text: str, line: int | None) -> None:
    assert extend_bib.open_at_end(text) == line
