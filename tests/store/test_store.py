"""The store: damage, places where nothing can be written, and folders with odd names."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bclm_cli import store
from bclm_cli.errors import DataError
from bclm_cli.query import FIELDS, Library
from bclm_cli.store import cache
from support.program import SMALL, Program


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty cache."""
    return tmp_path / "cache"


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, home: Path) -> Program:
    """bclm on the small data with an empty cache."""
    return Program(monkeypatch, home, SMALL)


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A copy of the small data that a test may change."""
    return Path(shutil.copytree(SMALL, tmp_path / "lab"))


def stores(home: Path) -> list[Path]:
    return sorted((home / "bclm").glob("*.sqlite"))


def leftovers(home: Path) -> list[str]:
    """What lies in the cache beside stores and locks."""
    names = (path.name for path in (home / "bclm").iterdir())
    return [name for name in names if not name.endswith((".sqlite", ".copy", ".lock"))]


def everything(library: Library) -> list[object]:
    """All that a library can be asked for."""
    lists = [list(library.rows(list_)) for list_ in FIELDS]
    return [*lists, list(library.references()), list(library.search("exa1")), library.terms()]


# ---- made and kept


def test_in_memory_is_the_same(fresh: Program, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk = everything(Library())
    assert stores(home)
    monkeypatch.setattr(cache, "path_for", lambda layers: None)
    assert everything(Library()) == on_disk


def test_broken_data_leaves_the_old_store_alone(fresh: Program, lab: Path, home: Path) -> None:
    ask = ("steps", "1", "--fields", "name", "--only-data", "--data", str(lab))
    path = lab / "steps.yaml"
    whole = path.read_text()
    assert fresh(*ask).out == "Departure\n"
    path.write_text(whole.replace("name: Departure\n", "nmae: Departure\n"))
    broken = fresh(*ask)
    assert (broken.code, broken.out) == (3, "")
    assert "steps.yaml:7:5: unknown field 'nmae'" in broken.err
    assert fresh(*ask) == broken
    assert leftovers(home) == []
    path.write_text(whole)
    assert fresh(*ask).out == "Departure\n"


# ---- damaged


def foreign() -> bytes:
    with closing(sqlite3.connect(":memory:")) as other:
        other.executescript(
            "CREATE TABLE file (x); INSERT INTO file VALUES (1); CREATE TABLE step (y)"
        )
        return other.serialize()


DAMAGE = {
    "empty": lambda whole: b"",
    "one byte": lambda whole: b"S",
    "text": lambda whole: b"SQLite format 3, or so they say\n" * 100,
    "random": lambda whole: random.Random(1).randbytes(len(whole)),
    "random with the right head": lambda whole: whole[:100] + random.Random(2).randbytes(50_000),
    "half": lambda whole: whole[: len(whole) // 2],
    "a byte short": lambda whole: whole[:-1],
    "a byte long": lambda whole: whole + b"\0",
    "a page of zeros": lambda whole: whole[:8192] + bytes(4096) + whole[12288:],
    "zeros": lambda whole: bytes(len(whole)),
    "another database": lambda whole: foreign(),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_store_is_made_anew_in_silence(fresh: Program, home: Path, kind: str) -> None:
    right = fresh("claims", "--json")
    [path] = stores(home)
    whole = path.read_bytes()
    path.write_bytes(DAMAGE[kind](whole))
    assert fresh("claims", "--json") == right
    assert path.read_bytes()[:60] == whole[:60]
    assert leftovers(home) == []


def test_a_folder_in_the_place_of_the_store(fresh: Program, home: Path) -> None:
    right = fresh("claims")
    [path] = stores(home)
    path.unlink()
    path.mkdir()
    (path / "mine").touch()
    assert fresh("claims") == right
    assert (path / "mine").exists()


def test_no_flipped_bit_goes_unseen(fresh: Program, home: Path) -> None:
    right = everything(Library())
    [path] = stores(home)
    whole = path.read_bytes()
    dice = random.Random(3)
    for _ in range(100):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        path.write_bytes(damaged)
        assert everything(Library()) == right


def test_what_is_taken_over_from_a_damaged_store_is_read_again(
    fresh: Program, lab: Path, home: Path
) -> None:
    right = everything(Library([lab], shipped=False))
    [path] = stores(home)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b'"family":"Adams"', b'"family:"Adams" '))
    os.utime(lab / "steps.yaml")
    assert everything(Library([lab], shipped=False)) == right


# ---- nowhere to write


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    folder = tmp_path / "cwd"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("place", ["/proc", "/dev/null", "FILE", "FILE/below", "LINK"])
def test_without_a_writable_cache_the_answer_is_the_same(
    small: Program, nowhere: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "FILE").touch()
    (tmp_path / "LINK").symlink_to(tmp_path / "LINK")
    right = small("claims")
    found = small("claims", env={"XDG_CACHE_HOME": str(tmp_path / place)})
    assert found == right
    assert list(nowhere.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_cache(small: Program, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert small("claims", env={"XDG_CACHE_HOME": str(locked)}) == small("claims")


def test_a_relative_cache_folder_is_none(small: Program, nowhere: Path, tmp_path: Path) -> None:
    env = {"XDG_CACHE_HOME": "cache", "HOME": str(tmp_path / "home")}
    assert small("claims", env=env) == small("claims")
    assert list(nowhere.iterdir()) == []
    assert len(stores(tmp_path / "home/.cache")) == 1


@pytest.mark.parametrize("name", ["with space", "a?b#c%20d", "ü", "a\nb", "-x", "a'b\"c", "*"])
def test_folders_with_odd_names(small: Program, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    shutil.copytree(SMALL, folder / "lab")
    ask = ("claims", "--only-data", "--data", str(folder / "lab"))
    env = {"XDG_CACHE_HOME": str(folder)}
    assert small(*ask, env=env) == small("claims")
    assert small(*ask, env=env) == small("claims")
    assert len(stores(folder)) == 1


# ---- the layers


def test_a_store_knows_the_folders_however_they_are_spelled(
    fresh: Program, lab: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lab)
    ask = ("refs", "nobody", "--fields", "source", "--only-data", "--data")
    assert {fresh(*ask, name).out for name in (str(lab), ".", "../lab", "./")} == {f"{lab}\n"}
    assert len(stores(home)) == 1


@pytest.mark.parametrize(
    ("folders", "what"),
    [
        (["no-such"], "no-such: no such folder or bibliography"),
        (["pipe"], "pipe: not a regular file; save it as one first"),
        (
            ["empty"],
            "empty: the folder holds none of references.yaml, references.json, steps.yaml, nor a"
            " bibliography; `bclm add --init DIR` makes one",
        ),
    ],
)
def test_folders_that_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folders: list[str], what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    Path("empty").mkdir()
    with pytest.raises(DataError, match=what):
        store.layers([Path(folder) for folder in folders])


@pytest.mark.skipif(sys.platform == "win32", reason="names there are text")
def test_a_folder_whose_name_is_no_text(small: Program, tmp_path: Path) -> None:
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe")
    shutil.copytree(SMALL, folder)
    data = ("--only-data", "--data", folder)
    assert small("claims", *data) == small("claims")
    assert small("refs", "nobody", "--fields", "source", *data).out == f"{tmp_path}/\\xff\\xfe\n"
