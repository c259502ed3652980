"""Full and read-only disks, /dev/full, closed streams."""

from __future__ import annotations

import os
import resource
import subprocess
from pathlib import Path

import pytest

from support.faults import assert_honest, run, small_disk
from support.program import Real, Result

ASK = ("refs", "--fields", "key,title")
COMMANDS = (
    ("steps",),
    ("refs", "muller2001", "-f", "text"),
    ("claims", "--json"),
    ("export", "muller2001"),
    ("cite", "muller2001"),
    ("search", "neutrophil"),
    ("graph", "-f", "svg"),
    ("check", "-f", "json"),
    ("info",),
    ("--help",),
    ("--version",),
)
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")


@needs_root
@pytest.mark.parametrize("size", ["64k", "256k", "1m", "2m", "3m"])
def test_a_cache_on_a_full_disk(real: Real, tmp_path: Path, size: str) -> None:
    right = run(real, *ASK)
    with small_disk(tmp_path / "disk", size) as disk:
        for _ in range(2):
            found = run(real, *ASK, env={"XDG_CACHE_HOME": str(disk)})
            assert (found.code, found.out) == (right.code, right.out)
            assert_honest(found, right)
        assert not list((disk / "bclm").glob(".*"))


@needs_root
def test_an_answer_that_finds_no_room(real: Real, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64k") as disk:
        path = disk / "refs.bib"
        path.write_text("old\n")
        found = run(real, "export", "-o", str(path))
        assert found == (4, "", f"bclm: cannot write {path}: No space left on device\n")
        assert {one.name: one.read_text() for one in disk.iterdir()} == {"refs.bib": "old\n"}


@needs_root
def test_a_library_that_finds_no_room_for_one_more(real: Real, tmp_path: Path) -> None:
    (tmp_path / "new.bib").write_text("@book{new2020, title = {A new one}, year = 2020}\n")
    with small_disk(tmp_path / "disk", "64k") as disk:
        path = disk / "references.yaml"
        one = "  - {id: old2000, type: book, title: An old one}\n"
        path.write_text("references:\n" + one + "#\n" * 20_000)
        before = path.read_text()
        found = run(real, "add", str(tmp_path / "new.bib"), "--write", str(disk))
        assert found == (4, "", f"bclm: cannot write {path}: No space left on device\n")
        assert {one.name: one.read_text() for one in disk.iterdir()} == {path.name: before}


@pytest.mark.parametrize("size", [0, 4096, 65_536, 500_000])
def test_a_quota(real: Real, tmp_path: Path, size: int) -> None:
    """As a full disk, for those who are not root."""
    right = run(real, *ASK)

    def quota() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    found = run(real, *ASK, env={"XDG_CACHE_HOME": str(tmp_path / "cache")}, limit=quota)
    assert (found.code, found.out) == (right.code, right.out)
    path = tmp_path / "refs.bib"
    path.write_text("old\n")
    if size < 65_537:
        found = run(real, "export", "-o", str(path), limit=quota)
        assert found == (4, "", f"bclm: cannot write {path}: File too large\n")
        assert path.read_text() == "old\n"
    left = [one.name for one in tmp_path.iterdir()]
    assert sorted(left) == ["cache", "refs.bib"]


@needs_root
def test_a_read_only_disk(real: Real, tmp_path: Path) -> None:
    (tmp_path / "new.bib").write_text("@book{new2020, title = {A new one}, year = 2020}\n")
    right = run(real, *ASK)
    with small_disk(tmp_path / "disk", "8m") as disk:
        (disk / "references.yaml").write_text("references: []\n")
        (disk / "refs.txt").write_text("old\n")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        found = run(real, *ASK, env={"XDG_CACHE_HOME": str(disk)})
        assert (found.code, found.out) == (right.code, right.out)
        why = "Read-only file system\n"
        found = run(real, "export", "-f", "bibtex", "-o", str(disk / "refs.txt"))
        assert found == (4, "", f"bclm: cannot write {disk}/refs.txt: {why}")
        found = run(real, "add", str(tmp_path / "new.bib"), "--write", str(disk))
        assert found == (4, "", f"bclm: cannot write {disk}/references.yaml: {why}")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_full_stdout(real: Real, command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        found = run(real, *command, stdout=full.fileno())
    why = "bclm: cannot write to stdout: No space left on device\n"
    assert (found.code, found.err) == (4, why)


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)], ids=str)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_closed_streams(real: Real, command: tuple[str, ...], closed: tuple[int, ...]) -> None:
    right = run(real, *command) if 1 not in closed else Result(4, "", "")

    def close() -> None:
        for number in closed:
            os.close(number)

    found = run(real, *command, limit=close)
    if 1 in closed:
        assert (found.code, found.out) == (4, "")
        if 2 not in closed:
            assert found.err == "bclm: cannot write to stdout: it is closed\n"
    else:
        expected = right if 2 not in closed else Result(right.code, right.out, "")
        assert found == expected
