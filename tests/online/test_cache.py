"""The cache of answers: ages, damage, and two processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bclm_cli.online import cache
from bclm_cli.online.cache import DAY, Cache


def test_what_was_put_is_there(tmp_path: Path) -> None:
    first = Cache(tmp_path / "deep" / "answers.sqlite")
    first.put({"a": {"title": "Läuse"}, "b": None})
    first.close()
    second = Cache(tmp_path / "deep" / "answers.sqlite")
    kept = second.get("a", DAY)
    assert kept
    assert kept.value == {"title": "Läuse"}
    assert time.time() - kept.fetched < 60
    assert second.get("b", DAY) == (None, kept.fetched)
    assert second.get("c", DAY) is None
    second.close()


def test_ages(answers: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    answers.put({"found": 1, "absent": None})
    answers.close()
    now = time.time()
    for days, found, absent in ((0.5, True, True), (2, True, False), (8, False, False)):
        monkeypatch.setattr(cache.time, "time", lambda days=days: now + days * DAY)
        assert (answers.get("found", 7 * DAY) is not None) is found
        assert (answers.get("absent", 7 * DAY) is not None) is absent
    monkeypatch.setattr(cache.time, "time", lambda: now - 2 * DAY)  # a clock that was set back
    assert answers.get("found", 7 * DAY) is None


def test_refreshed_is_asked_anew(answers: Cache) -> None:
    answers.put({"a": 1})
    assert answers.get("a", 0) is not None  # this run has asked
    answers.close()
    assert answers.get("a", 0) is None


def test_old_answers_are_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "answers.sqlite"
    old = Cache(path)
    old.put({"a": 1})
    now = time.time()
    monkeypatch.setattr(cache.time, "time", lambda: now + 61 * DAY)
    old.put({"b": 1})
    old.close()
    with closing(sqlite3.connect(path)) as other:
        rows = other.execute("SELECT key FROM answers").fetchall()
    assert rows == [("b",)]


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be looked at", b"\0" * 5000]
)
def test_a_damaged_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answers.sqlite"
    path.write_bytes(content)
    opened = Cache(path)
    opened.put({"a": 1})
    assert opened.get("a", DAY) is not None
    opened.close()


def test_damage_inside_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    opened = Cache(path)
    opened.put({f"key{n}": "x" * 50 + str(n) for n in range(2000)})
    opened.close()
    whole = bytearray(path.read_bytes())
    whole[4096:-4096] = b"\xff" * (len(whole) - 8192)
    path.write_bytes(whole)
    again = Cache(path)
    assert {again.get(f"key{n}", DAY) for n in range(0, 2000, 100)} == {None}
    again.put({"new": 1})
    assert again.get("new", DAY) is not None
    again.close()


@pytest.mark.parametrize("body", [b"", b"x", b"\x78\x9c\x03\x00", "text", None])
def test_a_damaged_row_is_no_answer(tmp_path: Path, body: object) -> None:
    path = tmp_path / "answers.sqlite"
    opened = Cache(path)
    opened.put({"a": {"x": 1}})
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE OR IGNORE answers SET body = ?", (body or b"\0",))
    assert opened.get("a", DAY) is None
    opened.close()


def test_a_packed_bomb_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Cache(tmp_path / "answers.sqlite")
    opened.put({"a": "0" * 100_000})
    monkeypatch.setattr(cache, "MAX_BODY", 1000)
    assert opened.get("a", DAY) is None
    opened.close()


def test_an_older_form_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Cache(tmp_path / "answers.sqlite")
    opened.put({"a": 1})
    opened.close()
    monkeypatch.setattr(cache, "FORM", cache.FORM + 1)
    again = Cache(tmp_path / "answers.sqlite")
    assert again.get("a", DAY) is None
    again.close()


@pytest.mark.parametrize("where", ["a file", "nowhere"])
def test_a_cache_that_cannot_be_is_no_fault(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("x")
    opened = Cache(tmp_path / "file" / "answers.sqlite" if where == "a file" else None)
    opened.put({"a": 1})
    assert opened.get("a", DAY) is None
    opened.close()


FILL = """
import sys
from pathlib import Path
from bclm_cli.online.cache import Cache
opened = Cache(Path(sys.argv[1]))
for number in range(50):
    opened.put({sys.argv[2] + str(number): number})
opened.close()
"""


def test_processes_share_the_file(tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    runs = [subprocess.Popen([sys.executable, "-c", FILL, path, name]) for name in "abc"]
    assert [run.wait() for run in runs] == [0, 0, 0]
    with closing(sqlite3.connect(path)) as other:
        rows = other.execute("SELECT count(*) FROM answers").fetchone()
    assert rows == (150,)
