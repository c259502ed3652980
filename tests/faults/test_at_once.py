"""Many runs at the same time."""

from __future__ import annotations

import random
import time
from pathlib import Path

from support.faults import run, started
from support.papers import read_references
from support.program import Real

MANY = 16


def test_sixteen_first_runs_give_one_answer(alone: Real, lab: Path, tmp_path: Path) -> None:
    ask = ("refs", "--data", str(lab), "--fields", "key,title")
    right = run(alone, *ask, env={"XDG_CACHE_HOME": str(tmp_path / "other")})
    runs = [started(alone, *ask) for _ in range(MANY)]
    answers = {(*process.communicate(timeout=300), process.returncode) for process in runs}
    assert answers == {(right.out.encode(), b"", 0)}
    left = (tmp_path / "cache" / "bclm").iterdir()
    assert sorted(path.suffix for path in left) == [".copy", ".lock", ".sqlite"]


def test_of_sixteen_that_add_at_once_none_is_lost(alone: Real, tmp_path: Path) -> None:
    folder = tmp_path / "lab"
    folder.mkdir()
    for number in range(MANY):
        entry = f"@book{{k{number:02}, title = {{Made-up title {number}}}, year = 2000}}\n"
        (tmp_path / f"{number}.bib").write_text(entry)
    runs = [
        started(alone, "add", str(tmp_path / f"{number}.bib"), "--write", str(folder))
        for number in range(MANY)
    ]
    said = [process.communicate(timeout=300)[1].decode() for process in runs]
    assert [process.returncode for process in runs] == [0] * MANY
    assert all(lines.endswith(": 1 added, 0 filled\n") for lines in said)
    path = folder / "references.yaml"
    assert sorted(one.id for one in read_references(path)) == [f"k{n:02}" for n in range(MANY)]
    assert list(folder.iterdir()) == [path]


def test_edits_by_hand_meanwhile_are_never_lost(alone: Real, tmp_path: Path) -> None:
    """An editor saves once while each paper is added: every edit is there, and each paper whose
    run did not say that it was not written."""
    folder = tmp_path / "lab"
    folder.mkdir()
    path = folder / "references.yaml"
    path.write_text("references:\n")
    dice = random.Random(5)
    added = set()
    for number in range(MANY):
        entry = f"@book{{k{number}, title = {{Made-up title {number}}}, year = 2000}}\n"
        (tmp_path / "new.bib").write_text(entry)
        process = started(alone, "add", str(tmp_path / "new.bib"), "--write", str(folder))
        time.sleep(dice.uniform(0.05, 0.5))
        with path.open("a") as stream:
            stream.write(f"# edit {number}\n")
        _, err = process.communicate()
        if process.returncode == 0:
            added.add(f"k{number}")
        else:
            assert process.returncode == 4
            assert b"was changed by another program meanwhile; nothing was written" in err
    text = path.read_text()
    assert {one.id for one in read_references(path)} == added
    assert [f"# edit {number}\n" in text for number in range(MANY)] == [True] * MANY
