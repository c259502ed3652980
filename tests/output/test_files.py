"""Files: written whole, in turns, on what was read, owner and mode kept or the change noted."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bclm_cli import locks, output
from bclm_cli.errors import CannotError
from bclm_cli.output import files, reading, rewrite_file, turn, write_file
from support.program import Real

pytestmark = pytest.mark.slow

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is reported on stderr."""
    lines: list[str] = []
    monkeypatch.setattr(output, "say", lines.append)
    return lines


# ---- owner, mode, links


def test_a_private_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("old\n")
    path.chmod(0o600)
    modes = set()

    def watched() -> Iterator[str]:
        modes.update(stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir())
        yield "new\n"

    assert write_file(path, watched())
    assert modes == {0o600}
    assert (stat.S_IMODE(path.stat().st_mode), path.read_text()) == (0o600, "new\n")


def test_a_new_file_has_the_mode_of_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_file(tmp_path / "new.txt", ["x\n"])
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640


@needs_root
def test_the_owner_is_kept(tmp_path: Path, said: list[str]) -> None:
    path = tmp_path / "theirs.txt"
    path.write_text("old\n")
    os.chown(path, 65534, 65533)
    path.chmod(0o664)
    write_file(path, ["new\n"])
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (65534, 65533, 0o664)
    assert said == []


def test_an_owner_that_cannot_be_kept_is_reported(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "theirs.txt"
    path.write_text("old\n")

    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    status = path.stat()
    theirs = os.stat_result((*status[:3], 1, status.st_uid + 7, status.st_gid, *status[6:10]))
    monkeypatch.setattr(os, "chown", refused)
    draft = tmp_path / "draft"
    draft.touch()
    assert files._keep(draft, theirs) == [
        f"has another owner now: {status.st_uid + 7} could not be kept",
    ]


def test_another_name_of_the_file_is_reported(tmp_path: Path, said: list[str]) -> None:
    path, other = tmp_path / "refs.bib", tmp_path / "other.bib"
    path.write_text("old\n")
    other.hardlink_to(path)
    write_file(path, ["new\n"])
    assert (path.read_text(), other.read_text()) == ("new\n", "old\n")
    assert said == [
        f"{path} is a file of its own now; 1 more of its names (hard links) keep what it was"
    ]


def test_nothing_is_told_of_a_file_that_stays_as_it_is(tmp_path: Path, said: list[str]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("same\n")
    (tmp_path / "other.bib").hardlink_to(path)
    assert write_file(path, ["same\n"]) is False
    assert (path.stat().st_nlink, said) == (2, [])


def test_a_read_only_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text("mine\n")
    path.chmod(0o444)
    assert not write_file(path, ["mine\n"])
    with pytest.raises(CannotError, match=r"refs\.bib: it is read-only") as refused:
        write_file(path, ["yours\n"])
    assert refused.value.hint == f"chmod u+w {path}"
    with pytest.raises(CannotError, match="read-only"):
        rewrite_file(path, b"mine\n", b"yours\n")
    assert (path.read_text(), list(tmp_path.iterdir())) == ("mine\n", [path])


# ---- what was read is what is replaced


@pytest.mark.parametrize("now", ["mine too\n", "", None])
def test_a_file_that_was_changed_meanwhile_is_not_written(tmp_path: Path, now: str | None) -> None:
    path = tmp_path / "references.yaml"
    if now is not None:
        path.write_text(now)
    with pytest.raises(CannotError) as error:
        rewrite_file(path, "as read\n", "mine\n")
    assert str(error.value) == (
        f"{path} was changed by another program meanwhile; nothing was written"
    )
    assert (path.read_text() if path.exists() else None) == now
    assert [one.name for one in tmp_path.iterdir()] == ([path.name] if now is not None else [])


def test_a_file_that_has_appeared_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "references.yaml"
    path.write_text("theirs\n")
    with pytest.raises(CannotError, match="changed by another program"):
        rewrite_file(path, None, "mine\n")
    assert path.read_text() == "theirs\n"


@pytest.mark.parametrize("before", ["as read\r\n", None])
def test_a_file_that_is_as_it_was_read_is_written(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "references.yaml"
    if before is not None:
        path.write_bytes(before.encode())
    assert rewrite_file(path, before, "mine\n") is True
    assert path.read_text() == "mine\n"


# ---- turns


def test_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_text("0")

    def add() -> None:
        for _ in range(10):
            with turn(path):
                before = path.read_text()
                time.sleep(0.001)
                rewrite_file(path, before, str(int(before) + 1))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text() == "40"
    assert [one.name for one in tmp_path.iterdir()] == ["count"]


def test_a_turn_ends_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "references.yaml"
    with holding(path):
        pass
    started = time.monotonic()
    with turn(path):
        assert time.monotonic() - started < 1


def test_a_writer_that_never_ends_is_told_and_then_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 1.5)
    path = tmp_path / "references.yaml"
    with holding(path), pytest.raises(CannotError) as error, turn(path):
        raise AssertionError("somebody else holds it")
    assert str(error.value) == f"another bclm has been writing in {tmp_path} for 1.5 seconds"
    assert said == [f"waiting for another bclm, which writes in {tmp_path}"]


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Another process that has its turn, and is killed at the end."""
    script = (
        "import sys, time, pathlib; from bclm_cli.output import turn\n"
        "with turn(pathlib.Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(locks.__file__).parents[1])},
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.kill()


# ---- special files, signals


def test_a_pipe_that_nobody_writes_to_is_reported(
    real: Real, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tmp_path / "new.bib"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [*real.command, "add", str(pipe)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=real.environment(),
    )
    assert process.stderr
    assert process.stderr.readline() == (
        f"bclm: waiting for a program that writes to the pipe {pipe}\n"
    )
    pipe.write_text("@misc{new2020, title = {New}}\n")
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out == "references:\n  - id: new2020\n    type: document\n    title: New\n"


def test_nothing_is_told_of_a_pipe_that_is_written_to(tmp_path: Path, said: list[str]) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=("text",))
    writer.start()
    with reading([pipe]), pipe.open() as stream:
        assert stream.read() == "text"
    writer.join()
    time.sleep(1.1)
    assert said == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_told_to_end_leaves_the_folder_as_it_was(
    real: Real, tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "out.bib"
    out.write_text("old\n")
    script = (  # a run of the program that stops in the middle of its answer
        "import sys, time; from bclm_cli.formats.bibtex import writer_bibtex\n"
        "def dump(*_):\n    yield 'half'; time.sleep(60)\n"
        "writer_bibtex.dump = dump; sys.argv = ['bclm', 'export', '-o', sys.argv[1]]\n"
        "from bclm_cli.__main__ import run; run()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=real.environment(),
    )
    while not list(tmp_path.glob(".*.draft")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(number)
    assert process.communicate(timeout=30) == (b"", b"")
    assert process.returncode == 130
    assert {one.name: one.read_text() for one in tmp_path.iterdir()} == {"out.bib": "old\n"}
