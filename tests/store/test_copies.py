"""The two copies of a store: what one of them says wrongly is noticed where it is read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bclm_cli import paths
from bclm_cli.errors import CannotError
from bclm_cli.query import Library
from bclm_cli.store import build, copies
from bclm_cli.store.copies import DamagedError, Store

PAPERS = 300


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with papers enough for many pages, and a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "lab"
    folder.mkdir()
    papers = (
        f"  - {{id: lab{n:03}, type: book, title: Radiofrequency {n} {'made up ' * 50}}}\n"
        for n in range(PAPERS)
    )
    (folder / "references.yaml").write_text("references:\n" + "".join(papers))
    return folder


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each time that a store was made from the data."""
    made: list[str] = []
    fill = build.fill

    def noting(*arguments: object) -> None:
        made.append("built")
        fill(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "fill", noting)
    return made


def titles(lab: Path) -> list[tuple[object, ...]]:
    return list(Library([lab], shipped=False).rows("refs", fields=["key", "title"]))


def both(lab: Path) -> tuple[Path, Path]:
    [path] = (lab.parent / "cache" / "bclm").glob("*.sqlite")
    return path, path.with_suffix(copies.SECOND)


def flipped(path: Path, text: bytes, of: int = 0) -> None:
    """Change the first letter of a text that stands in the file, where it stands for the n-th
    time."""
    whole = bytearray(path.read_bytes())
    at = -1
    for _ in range(of + 1):
        at = whole.index(text, at + 1)
    whole[at] ^= 1
    path.write_bytes(whole)


def page_of(path: Path, text: bytes, becomes: Callable[[bytes], bytes]) -> None:
    """Change the pages in which a text stands."""
    whole = path.read_bytes()
    pages = [whole[at : at + 4096] for at in range(0, len(whole), 4096)]
    assert any(text in page for page in pages)
    path.write_bytes(b"".join(becomes(page) if text in page else page for page in pages))


def test_both_copies_are_equal(lab: Path) -> None:
    titles(lab)
    first, second = both(lab)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    "damage",
    [
        lambda path: flipped(path, b"Radiofrequency 200 "),
        lambda path: flipped(path, b"Radiofrequency 200 ", 1),
        lambda path: page_of(path, b"Radiofrequency 200 ", lambda page: b"\xff" * 4096),
        lambda path: page_of(path, b"Radiofrequency 200 ", lambda page: b"\0" * 4096),
        lambda path: path.write_bytes(path.read_bytes()[:-20_000]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database" * 1000),
        lambda path: path.unlink(),
    ],
    ids=["text", "its record", "page", "zeros", "cut", "empty", "foreign", "gone"],
)
def test_a_damaged_copy_is_put_right_by_the_other(
    lab: Path, builds: list[str], which: int, damage: Callable[[Path], object]
) -> None:
    before = titles(lab)
    files = both(lab)
    whole = files[0].read_bytes()
    damage(files[which])
    assert titles(lab) == before
    list(Library([lab], shipped=False).references())  # which reads what the titles do not
    assert [file.read_bytes() for file in files] == [whole, whole]
    assert builds == ["built"]


def test_a_list_goes_on_where_the_damage_was_met(lab: Path) -> None:
    """The rows before have been shown; each comes once."""
    before = titles(lab)
    page_of(both(lab)[0], b"Radiofrequency 200 ", lambda page: b"\xff" * 4096)
    rows = Library([lab], shipped=False).rows("refs", fields=["key", "title"])
    assert [next(rows) for _ in range(100)] == before[:100]
    assert list(rows) == before[100:]


def test_two_damaged_copies_are_built_anew(lab: Path, builds: list[str]) -> None:
    before = titles(lab)
    first, second = both(lab)
    flipped(first, b"Radiofrequency 100 ")
    flipped(second, b"Radiofrequency 200 ")
    assert titles(lab) == before
    list(Library([lab], shipped=False).references())  # which reads what the titles do not
    assert first.read_bytes() == second.read_bytes()
    assert builds == ["built", "built"]


def test_copies_of_two_builds_are_no_store(lab: Path, builds: list[str]) -> None:
    """A builder that was killed between its two renames leaves them."""
    titles(lab)
    second = both(lab)[1]
    old = second.read_bytes()
    with (lab / "references.yaml").open("a") as stream:
        stream.write("  - {id: more, type: book, title: One more}\n")
    after = titles(lab)
    second.write_bytes(old)
    assert titles(lab) == after
    assert both(lab)[0].read_bytes() == second.read_bytes()
    assert len(builds) >= 3


def test_a_damaged_copy_that_cannot_be_put_right_changes_no_answer(
    lab: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = titles(lab)
    flipped(both(lab)[0], b"Radiofrequency 200 ")

    def full(path: Path, to: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "_copy", full)
    assert titles(lab) == before


def test_what_is_kept_of_an_old_store_is_read_from_both(lab: Path) -> None:
    (lab / "steps.yaml").write_text("context:\n")
    before = titles(lab)
    flipped(both(lab)[0], b"Radiofrequency 200 ")
    flipped(both(lab)[0], b"Radiofrequency 100 ", 1)
    (lab / "steps.yaml").write_text("context: {}\n")
    assert titles(lab) == before


def test_data_that_changed_before_a_list_could_go_on_is_told(lab: Path) -> None:
    titles(lab)
    page_of(both(lab)[0], b"Radiofrequency 200 ", lambda page: b"\xff" * 4096)
    rows = Library([lab], shipped=False).rows("refs", fields=["key", "title"])
    next(rows)
    (lab / "references.yaml").write_text("references: []\n")
    with pytest.raises(CannotError, match="the data changed while it was read"):
        list(rows)


def test_the_database_that_is_handed_out_is_whole(lab: Path) -> None:
    library = Library([lab], shipped=False)
    before = b"".join(library.database())
    flipped(both(lab)[0], b"Radiofrequency 200 ")
    assert b"".join(library.database()) == before


def test_rows_in_which_the_copies_differ_are_not_handed_out() -> None:
    one, other = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    for copy, values in ((one, "(1), (2), (3)"), (other, "(1), (2)")):
        copy.execute("CREATE TABLE row (id)")
        copy.execute(f"INSERT INTO row VALUES {values}")
    store = Store(one, other)
    rows = store.execute("SELECT id FROM row ORDER BY id")
    assert [next(rows), next(rows)] == [(1,), (2,)]
    with pytest.raises(DamagedError):
        next(rows)
    store.close()


def test_the_shipped_data_is_not_read_for_a_checksum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start looks at no more of a store than it asks for."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    Library()

    def summed(stream: object) -> bytes:
        raise AssertionError("the whole file is read")

    monkeypatch.setattr(copies, "_sum", summed)
    assert paths.data().is_dir()
    assert Library().step("1") == "intravasation"
