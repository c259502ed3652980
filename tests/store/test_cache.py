"""The cache: what is unchanged is not read again, and nothing that goes wrong changes an answer."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bclm_cli import load, paths, store
from bclm_cli.errors import DataError
from bclm_cli.query import Library
from bclm_cli.store import build, cache
from support.program import SMALL, Real

Show = Callable[[], list[str]]


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lab's own folder over the small data, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(paths, "data", lambda: tmp_path / "shipped")
    shutil.copytree(SMALL, tmp_path / "shipped")
    folder = tmp_path / "lab"
    folder.mkdir()
    (folder / "references.yaml").write_text(PAPERS)
    (folder / "steps.yaml").write_text(CLAIMS)
    return folder


PAPERS = """\
references:
  - {id: lab1, type: article-journal, title: First made-up title, DOI: 10.5555/LAB.1}
  - {id: lab2, type: article-journal, title: Second made-up title, issued: "2024"}
"""
CLAIMS = """\
context:
  LAB1:
    - {effect: promotes, statement: A made-up claim., reference: lab1}
factors:
  - {name: LAB1, kind: gene, synonyms: [LAB-one]}
"""


UNCACHED = "bclm: cannot write the cache (disk I/O error); each run reads the data anew\n"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the data files that have been parsed, as folder/file."""
    names: list[str] = []
    read = load.read

    def noting(path: Path, *more: object) -> Iterator[load.Loaded]:
        names.append(f"{path.parent.name}/{path.name}")
        return read(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(load, "read", noting)
    return names


def content(lab: Path, **more: bool) -> list[str]:
    """All that the store of the lab's data holds, but for when its files were last changed."""
    connection = store.connect(store.layers([lab]), **more)
    connection.execute("PRAGMA query_only = OFF")
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
        )
    ]
    rows = [
        f"{table}: {row}"
        for table in tables
        for row in sorted(connection.execute(f"SELECT * FROM {table}"), key=str)
        if table != "file"
    ]
    rows += map(str, connection.execute("SELECT id, path, holds FROM file ORDER BY id"))
    hits = connection.execute("SELECT rowid FROM search WHERE search MATCH 'made' ORDER BY rank")
    rows += map(str, hits)
    connection.close()
    return rows


def keys(lab: Path) -> list[object]:
    return [row[0] for row in Library([lab]).rows("refs", fields=["key"])]


def test_an_unchanged_library_is_read_once(lab: Path, reads: list[str]) -> None:
    first = content(lab)
    assert reads == [
        "shipped/references.yaml", "shipped/steps.yaml", "lab/references.yaml", "lab/steps.yaml",
    ]  # fmt: skip
    assert content(lab) == first
    assert len(reads) == 4


def test_only_the_file_that_changed_is_read_again(lab: Path, reads: list[str]) -> None:
    content(lab)
    reads.clear()
    with (lab / "references.yaml").open("a") as stream:
        stream.write("  - {id: lab3, type: book, title: Third made-up title}\n")
    after = content(lab)
    assert reads == ["lab/references.yaml"]
    reads.clear()
    (lab.parent / "shipped" / "steps.yaml").touch()
    assert content(lab) == after
    assert reads == ["shipped/steps.yaml"]
    assert content(lab, refresh=True) == after  # the whole anew says what its parts said


def test_a_file_taken_away_and_put_back(lab: Path) -> None:
    before = keys(lab)
    (lab / "references.json").write_text('[{"id": "lab9", "type": "book", "title": "Made up"}]')
    assert keys(lab) == sorted([*map(str, before), "lab9"])
    (lab / "references.json").unlink()
    assert keys(lab) == before


@pytest.mark.parametrize("seconds", [-100_000, -1, 1, 100_000])
def test_a_clock_set_back_hides_no_change(lab: Path, seconds: int) -> None:
    path = lab / "references.yaml"
    before = path.stat().st_mtime
    assert "lab1" in keys(lab)
    path.write_text(PAPERS.replace("lab2", "lab7"))
    os.utime(path, (before + seconds, before + seconds))
    assert "lab7" in keys(lab)


def test_a_file_of_the_same_size_and_time_is_seen(lab: Path) -> None:
    path = lab / "references.yaml"
    status = path.stat()
    assert "lab2" in keys(lab)
    other = path.with_suffix(".new")
    other.write_text(PAPERS.replace("lab2", "lab7"))
    other.replace(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    assert "lab7" in keys(lab)


def test_refresh_reads_even_what_looks_unchanged(lab: Path, reads: list[str]) -> None:
    content(lab)
    reads.clear()
    content(lab, refresh=True)
    assert len(reads) == 4


class Editor:
    """Edits a file when it has just been read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done = False

    def __call__(self, name: str, done: int, total: int, records: int) -> None:
        if name == "claims" and not self.done:
            self.done = True
            self.path.write_text(PAPERS.replace("lab2", "lab7"))

    def waiting(self) -> None: ...

    def uncached(self, reason: str) -> None: ...


def test_an_edit_during_the_build_is_seen_by_the_next_run(lab: Path) -> None:
    editor = Editor(lab / "references.yaml")
    before = [row[0] for row in Library([lab], progress=editor).rows("refs", fields=["key"])]
    assert editor.done
    assert ("lab2" in before, "lab7" in before) == (True, False)
    after = keys(lab)
    assert ("lab2" in after, "lab7" in after) == (False, True)


def cached(lab: Path) -> Path:
    """The one store in the cache."""
    [path] = (lab.parent / "cache" / "bclm").glob("*.sqlite")
    return path


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:100],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: b"not a database at all" * 1000,
        lambda whole: whole[:100] + b"\0" * (len(whole) - 100),
        lambda whole: whole[:16] + bytes(reversed(whole[16:])),
    ],
    ids=["empty", "header", "half", "foreign", "zeros", "reversed"],
)
def test_a_damaged_store_is_built_anew(lab: Path, damage: Callable[[bytes], bytes]) -> None:
    before = content(lab)
    path = cached(lab)
    path.write_bytes(damage(path.read_bytes()))
    assert content(lab) == before
    assert cache.open_fresh(path, tuple(store._files(store.layers([lab]))))


def test_a_store_of_another_program_is_built_anew(lab: Path) -> None:
    before = content(lab)
    path = cached(lab)
    path.unlink()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE file (id, something)")
    assert content(lab) == before


def test_without_a_cache_folder_the_answer_is_the_same(
    lab: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(lab)
    (lab / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(lab / "file"))  # no folder can be made below a file
    assert content(lab) == before
    for name in ("XDG_CACHE_HOME", "HOME", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    assert content(lab) == before


class Told:
    """Keeps why a store was not kept."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def __call__(self, name: str, done: int, total: int, records: int) -> None: ...

    def waiting(self) -> None: ...

    def uncached(self, reason: str) -> None:
        self.reasons.append(reason)


def test_why_a_store_is_not_kept(lab: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reported, layers = Told(), store.layers([lab])
    monkeypatch.setattr(cache, "open_fresh", lambda path, files: None)
    store.connect(layers, progress=reported)
    (lab / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(lab / "file"))
    store.connect(layers, progress=reported)
    for name in ("XDG_CACHE_HOME", "HOME", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    store.connect(layers, progress=reported)
    assert reported.reasons == [
        "what was written cannot be read back", "Not a directory", "no home folder",
    ]  # fmt: skip


def test_on_a_full_disk_the_answer_is_the_same(lab: Path, real: Real) -> None:
    code, out, _ = real.pipe("refs", "--data", str(lab))

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    done = subprocess.run(
        [*real.command, "refs", "--data", str(lab)],
        capture_output=True,
        text=True,
        env=real.environment(XDG_CACHE_HOME=str(lab.parent / "cache")),
        preexec_fn=full,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, out)
    assert done.stderr in ("", UNCACHED)  # said only where reading takes more than a second
    assert [path.suffix for path in (lab.parent / "cache" / "bclm").iterdir()] == [".lock"]


def test_on_a_file_system_without_locks_the_answer_is_the_same(
    lab: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    before = content(lab)
    assert content(lab) == before
    assert cached(lab).exists()


class Waiting(Editor):
    """Lets the other builder finish after it was waited for."""

    def __init__(self, finish: Callable[[], None]) -> None:
        self.finish = finish
        self.times = 0

    def __call__(self, name: str, done: int, total: int, records: int) -> None:
        raise AssertionError("what another run has built is built again")

    def waiting(self) -> None:
        self.times += 1
        if self.times == 3:
            self.finish()


def test_a_second_builder_waits_and_takes_what_the_first_built(lab: Path) -> None:
    before = content(lab)
    path = cached(lab)
    hidden = path.rename(path.with_suffix(".built"))
    lock = path.with_suffix(".lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)

    def finish() -> None:
        hidden.rename(path)
        lock.close()

    progress = Waiting(finish)
    store.connect(store.layers([lab]), progress=progress).close()
    assert progress.times == 3
    assert content(lab) == before


def test_a_builder_that_never_ends_is_not_waited_for(
    lab: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(lab)
    path = cached(lab)
    path.unlink()
    monkeypatch.setattr(cache, "PATIENCE", 0.2)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert content(lab) == before


def test_many_first_runs_at_once(lab: Path, real: Real) -> None:
    environment = real.environment(XDG_CACHE_HOME=str(lab.parent / "cache"))
    command = [*real.command, "refs", "--data", str(lab), "--fields", "key"]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        for _ in range(4)
    ]
    answers = {run.communicate() for run in runs}
    assert len(answers) == 1
    assert answers.pop()[1] == b""
    assert len(list((lab.parent / "cache" / "bclm").glob("*.sqlite*"))) == 1
    assert list((lab.parent / "cache" / "bclm").glob(".*")) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_build_leaves_no_broken_store(
    lab: Path, real: Real, number: signal.Signals
) -> None:
    cache = lab.parent / "cache"
    folder = lab / "big"
    folder.mkdir()
    items = (f"  - {{id: big{n}, type: book, title: Made-up title {n}}}\n" for n in range(50_000))
    (folder / "references.yaml").write_text("references:\n" + "".join(items))
    process = subprocess.Popen(
        [*real.command, "refs", "--data", str(folder), "--limit", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=real.environment(XDG_CACHE_HOME=str(cache)),
    )
    while not list(cache.glob("bclm/.*")) and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(number)
    out, err = process.communicate()
    if number != signal.SIGKILL:
        # CPython ends by the signal itself if that came during an eval() (of a NamedTuple, say);
        # a shell calls both 130.
        assert process.returncode in (130, -signal.SIGINT)
        assert (out, err) == (b"", b"")
        assert [path.suffix for path in (cache / "bclm").iterdir()] == [".lock"]
    else:
        assert list((cache / "bclm").glob("*.sqlite")) == []
    (folder / "references.yaml").write_text(PAPERS)
    environment = {"XDG_CACHE_HOME": str(cache)}
    shown = real.pipe("refs", "lab1", "--data", str(folder), "--fields", "key", env=environment)
    assert shown == (0, "lab1\n", "")


def test_the_leavings_of_a_killed_builder_are_swept(lab: Path) -> None:
    content(lab)
    path = cached(lab)
    killed = path.with_name(f".{path.name}.0123456789ab.draft")
    earlier, young = (path.with_name(f".0.0.1-1-{name}.sqlite.1") for name in ("old", "young"))
    kept = path.with_name("0.0.1-1-kept.sqlite")
    for other, days in ((killed, 0), (earlier, 2), (young, 0.5), (kept, 20)):
        other.touch()
        os.utime(other, (time.time() - days * 86400,) * 2)
    (lab / "steps.yaml").touch()
    content(lab)
    left = [other.exists() for other in (killed, earlier, young, kept)]
    assert left == [False, False, True, True]


@pytest.mark.parametrize("suffix", [".sqlite", ".copy", ".lock"])
def test_a_pipe_in_the_place_of_a_file_hangs_no_run(lab: Path, suffix: str) -> None:
    before = content(lab)
    path = cached(lab).with_suffix(suffix)
    path.unlink()
    os.mkfifo(path)
    assert content(lab) == before
    (lab / "steps.yaml").touch()
    assert content(lab) == before


def test_a_record_too_long_for_the_store(lab: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "LONGEST", 1000)
    abstract = "word " * 300
    with (lab / "references.yaml").open("a") as stream:
        stream.write(f"  - {{id: long, type: book, title: Made up, abstract: {abstract}}}\n")
    with pytest.raises(DataError) as error:
        content(lab)
    assert str(error.value) == (
        f"{lab}/references.yaml:4:5: one record is over 1,000 bytes; split it"
    )
