"""A bibliography read in place: what is loaded, and where what is odd stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.library import in_place


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_told_at_its_first_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(text)
    faults: list[in_place.Fault] = []
    assert list(in_place.read(path, report=faults.append)) == []
    assert faults == [in_place.Fault(1, "the file is empty", "odd")]


def test_entries_have_the_place_where_they_begin(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("% mine\n\n@book{a, title={A}}\n@book{b,\n title={B}}\n")
    found = list(in_place.read(path))
    assert [(one.record.id, one.line, one.column) for one in found] == [("a", 3, 1), ("b", 4, 1)]
