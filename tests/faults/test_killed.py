"""Runs that end at random moments: what they wrote is whole, and nothing of them stays."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from support.faults import run, started
from support.program import Real

SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
KILLS = 12


def end_some(real: Real, *arguments: str, seed: int, prepare: Callable[[], None]) -> None:
    """Start a run KILLS times, and end each at a random moment, when Python itself has started."""
    dice = random.Random(seed)
    begun = time.monotonic()
    process = started(real, *arguments)
    process.communicate()
    takes = time.monotonic() - begun
    ended = 0
    for _ in range(KILLS):
        prepare()
        process = started(real, *arguments)
        time.sleep(dice.uniform(takes / 4, takes))
        number = dice.choice(SIGNALS)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert b"Traceback" not in err
        if number != signal.SIGKILL:
            assert process.returncode in (0, 130, -number)
        ended += process.returncode != 0
    assert ended


def test_killed_builds_leave_no_store_that_answers_wrongly(
    alone: Real, lab: Path, tmp_path: Path
) -> None:
    ask = ("refs", "--data", str(lab), "--fields", "key,title")
    right = run(alone, *ask, env={"XDG_CACHE_HOME": str(tmp_path / "other")})
    cache = tmp_path / "cache" / "bclm"
    end_some(alone, *ask, seed=1, prepare=lambda: shutil.rmtree(cache, ignore_errors=True))
    end_some(alone, *ask, seed=2, prepare=lambda: forgotten(cache))
    assert run(alone, *ask) == right
    assert sorted(path.suffix for path in cache.iterdir()) == [".copy", ".lock", ".sqlite"]


def forgotten(cache: Path) -> None:
    """Take the finished store away, and leave what killed builders left."""
    for path in cache.glob("*.sqlite"):
        path.unlink()


def test_killed_exports_leave_the_old_file_or_the_new(
    alone: Real, lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "refs.bib"
    ask = ("export", "--data", str(lab), "-o", str(path))
    run(alone, *ask)
    new = path.read_text()
    before = new[: new.index("\n\n") + 1]  # an export of one paper

    def old() -> None:
        assert path.read_text() in (before, new)
        path.write_text(before)

    end_some(alone, *ask, seed=3, prepare=old)
    assert path.read_text() in (before, new)
    path.write_text(before)
    assert run(alone, *ask) == (0, "", "")
    assert {one.name: one.read_text() for one in folder.iterdir()} == {"refs.bib": new}


@pytest.mark.parametrize("lab", [1_000], indirect=True)
def test_killed_adds_leave_the_library_as_it_was_or_with_the_paper(
    alone: Real, lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    path = folder / "references.yaml"
    before = (lab / "references.yaml").read_text()
    (tmp_path / "new.bib").write_text("@book{new2020, title = {A new one}, year = 2020}\n")
    ask = ("add", str(tmp_path / "new.bib"), "--write", str(folder))
    path.write_text(before)
    run(alone, *ask)
    after = path.read_text()
    assert after.startswith(before)

    def old() -> None:
        assert path.read_text() in (before, after)
        path.write_text(before)

    end_some(alone, *ask, seed=4, prepare=old)
    path.write_text(before)
    assert run(alone, *ask).err.endswith(": 1 added, 0 filled\n")
    assert {one.name: one.read_text() for one in folder.iterdir()} == {path.name: after}
