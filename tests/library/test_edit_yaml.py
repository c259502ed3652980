"""A lab's references.yaml is added to and filled without touching another byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.errors import CannotError, DataError, UsageError
from bclm_cli.library import edit_yaml
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference

PATH = Path("lab/references.yaml")
NEW = Reference(
    "example2020",
    "article-journal",
    {"title": "New", "volume": "7", "DOI": "10.1000/new"},
    {"author": (Name("Example", "Ann"),)},
    {"issued": Date((2020,))},
    {},
)
BLOCK = """\
  - id: example2020
    type: article-journal
    title: New
    author:
      - {family: Example, given: Ann}
    issued: "2020"
    volume: "7"
    DOI: 10.1000/new
"""
OLD = """\
# a lab's papers
references:
  # the first
  - id: old2010
    type: article-journal   # a comment
    title: Old
    author:
      - family: Sample
    volume: '1'

  # the second
  - id: older2000
    type: book
    title: >-
      Older and
      folded
    custom: {shelf: "3"}
"""


def test_a_file_that_is_not_there_begins_with_the_head() -> None:
    assert edit_yaml.with_added(None, [NEW], PATH) == "references:\n" + BLOCK


def test_nothing_to_add_changes_nothing() -> None:
    assert edit_yaml.with_added(OLD, [], PATH) == OLD


def test_blocks_are_added_after_what_is_there() -> None:
    assert edit_yaml.with_added(OLD, [NEW], PATH) == OLD + "\n" + BLOCK


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("references: []\n", "references:\n" + BLOCK),
        ("references:\n", "references:\n" + BLOCK),
        ("references: [ ] # none yet\n", "references:  # none yet\n" + BLOCK),
        (
            "references: []\n\n# - id: commented out\n",
            "references:\n" + BLOCK + "\n# - id: commented out\n",
        ),
        (
            "references:\n- id: a\n  type: book\n  title: A\n",
            "references:\n- id: a\n  type: book\n  title: A\n\n"
            + "".join(line[2:] + "\n" for line in BLOCK.splitlines()),
        ),
        (
            "references:\n  - id: a\n    type: book\n    title: A\n\n# about citing\nnocite: x\n",
            "references:\n  - id: a\n    type: book\n    title: A\n\n"
            + BLOCK
            + "\n# about citing\nnocite: x\n",
        ),
        (
            "references:\n  - id: a\n    type: book\n    title: no line end",
            "references:\n  - id: a\n    type: book\n    title: no line end\n\n" + BLOCK,
        ),
        (
            "---\nreferences:\n  - id: a\n    type: book\n    title: A\n...\n",
            "---\nreferences:\n  - id: a\n    type: book\n    title: A\n\n" + BLOCK + "...\n",
        ),
        (
            "references:\r\n  - id: a\r\n    type: book\r\n    title: A\r\n",
            "references:\r\n  - id: a\r\n    type: book\r\n    title: A\r\n\r\n"
            + BLOCK.replace("\n", "\r\n"),
        ),
        (  # an editor has left one line end of Windows
            "references:\n  - id: a\r\n    type: book\n    title: A\n",
            "references:\n  - id: a\r\n    type: book\n    title: A\n\n" + BLOCK,
        ),
        (
            "references: []\ntitle: x\n",
            "references:\n" + BLOCK + "title: x\n",
        ),
    ],
)
def test_forms_of_a_list(old: str, new: str) -> None:
    assert edit_yaml.with_added(old, [NEW], PATH) == new


def test_a_list_in_brackets_is_refused() -> None:
    with pytest.raises(CannotError, match="not written as blocks"):
        edit_yaml.with_added("references: [{id: a, type: book, title: A}]\n", [NEW], PATH)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("references:\n  - type: book\n", "lab/references.yaml:2:5: id is missing"),
        ("title: x\n", "lab/references.yaml:1: there is no `references:` in it"),
        ("references: &a\n", "anchors"),
    ],
)
def test_a_file_that_does_not_load_is_not_touched(text: str, what: str) -> None:
    with pytest.raises(DataError, match=what):
        edit_yaml.with_added(text, [NEW], PATH)


def test_missing_fields_are_filled_in_our_order_and_nothing_else_moves() -> None:
    filled = Reference(
        "old2010",
        "article-journal",
        {"title": "Old", "volume": "1", "DOI": "10.1000/old", "container-title": "J", "issue": "4"},
        {"author": (Name("Sample"),)},
        {"issued": Date((2010, 5))},
        {},
    )
    book = Reference("older2000", "book", {"title": "Older and folded", "publisher": "P"}, {}, {},
                     {"shelf": "3"})  # fmt: skip
    assert (
        edit_yaml.with_filled(OLD, {"old2010": filled, "older2000": book}, PATH)
        == """\
# a lab's papers
references:
  # the first
  - id: old2010
    type: article-journal   # a comment
    title: Old
    author:
      - family: Sample
    container-title: J
    issued: "2010-05"
    volume: '1'
    issue: "4"
    DOI: 10.1000/old

  # the second
  - id: older2000
    type: book
    title: >-
      Older and
      folded
    publisher: P
    custom: {shelf: "3"}
"""
    )


@pytest.mark.parametrize(
    ("custom", "after"),
    [
        ("", '    custom:\n      incomplete-authors: "true"\n'),
        ("    custom: {}\n", '    custom: {incomplete-authors: "true"}\n'),
        ("    custom: {kind: review}\n",
         '    custom: {incomplete-authors: "true", kind: review}\n'),
        ("    custom:\n       kind: review # kept\n",
         '    custom:\n       incomplete-authors: "true"\n       kind: review # kept\n'),
    ],
)  # fmt: skip
def test_authors_that_are_not_all_are_filled_as_such(custom: str, after: str) -> None:
    text = (
        f"references:\n  - id: a\n    type: book\n    title: A\n{custom}  - id: b\n    title: B\n"
    )
    (old, _) = edit_yaml.references(text, PATH)
    new = old._replace(
        names={"author": (Name("Example", "Ann"),)},
        custom={**old.custom, "incomplete-authors": "true"},
    )
    authors = "    author:\n      - {family: Example, given: Ann}\n"
    filled = edit_yaml.with_filled(text, {"a": new}, PATH)
    if custom:
        assert filled == text.replace(custom, authors + after)
    else:
        assert filled == text.replace("title: A\n", f"title: A\n{authors}{after}")


@pytest.mark.parametrize(
    ("custom", "aliases", "after"),
    [
        ("", ["x"], "    custom:\n      aliases: [x]\n"),
        ("", ["x]y", "x,y"], "    custom:\n      aliases: [\"x]y\", \"x,y\"]\n"),
        ("    custom: {}\n", ["x", "2012"], '    custom: {aliases: [x, "2012"]}\n'),
        ("    custom:\n      kind: review\n", ["x"],
         "    custom:\n      aliases: [x]\n      kind: review\n"),
        ("    custom:\n      aliases: [ y ] # kept\n", ["y", "x"],
         "    custom:\n      aliases: [ y, x] # kept\n"),
        ("    custom:\n      aliases:\n        - y # kept\n      kind: review\n", ["y", "x"],
         "    custom:\n      aliases:\n        - y # kept\n        - x\n      kind: review\n"),
    ],
)  # fmt: skip
def test_aliases_are_added_to_those_that_are_there(
    custom: str, aliases: list[str], after: str
) -> None:
    text = f"references:\n  - id: a\n    title: A\n{custom}  - id: b\n    title: B\n"
    (old, _) = edit_yaml.references(text, PATH)
    new = old._replace(custom={**old.custom, "aliases": aliases})
    filled = edit_yaml.with_filled(text, {"a": new}, PATH)
    assert filled == text.replace(f"title: A\n{custom}", f"title: A\n{after}")


def test_a_paper_in_braces_is_not_filled() -> None:
    text = "references:\n  - {id: a, type: book, title: A}\n"
    filled = Reference("a", "book", {"title": "A", "DOI": "10.1000/a"}, {}, {}, {})
    with pytest.raises(CannotError, match=r"lab/references.yaml:2: references are not written"):
        edit_yaml.with_filled(text, {"a": filled}, PATH)


def test_the_target_is_in_the_folder(tmp_path: Path) -> None:
    assert edit_yaml.target(tmp_path) == tmp_path.resolve() / "references.yaml"


def test_a_link_inside_the_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("references: []\n")
    (tmp_path / "references.yaml").symlink_to("real.yaml")
    assert edit_yaml.target(tmp_path) == tmp_path.resolve() / "references.yaml"


@pytest.mark.parametrize("there", [True, False])
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, there: bool) -> None:
    lab, outside = tmp_path / "lab", tmp_path / "outside.yaml"
    lab.mkdir()
    if there:
        outside.write_text("references: []\n")
    (lab / "references.yaml").symlink_to(outside)
    with pytest.raises(CannotError, match="leads out of the folder"):
        edit_yaml.target(lab)


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "references.yaml").mkdir()
    with pytest.raises(CannotError, match="is no file"):
        edit_yaml.target(tmp_path)


def test_a_circle_of_links_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "references.yaml").symlink_to(tmp_path / "references.yaml")
    with pytest.raises(DataError, match="cannot read"):
        edit_yaml.current(edit_yaml.target(tmp_path))


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder") as caught:
        edit_yaml.target(tmp_path / "lab")
    assert caught.value.hint == f"bclm add --init {tmp_path / 'lab'} makes one"
