"""Random damage to the cache: 300 questions at each size, 300 right answers, in silence."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bclm_cli.query import Library, Selection

QUESTIONS: dict[str, Callable[[Library], object]] = {
    "refs": lambda library: list(library.rows("refs")),
    "by year": lambda library: list(library.rows("refs", fields=["key", "year"], sort=["-year"])),
    "records": lambda library: list(library.references()),
    "claims": lambda library: list(library.rows("claims")),
    "steps": lambda library: list(library.rows("steps")),
    "factors": lambda library: list(library.rows("factors")),
    "search": lambda library: list(library.search("bado")),
    "author": lambda library: list(library.rows("refs", Selection(author=(first(library),)))),
    "one": lambda library: library.reference_keys(["10.5555/lab.000150"]),
    "none": lambda library: library.near_keys("lab00015"),
}
OFTEN = ("refs", "records", "claims", "search", "by year")
FLIPS = 300


def first(library: Library) -> str:
    """An author who is there at every size."""
    return library.paper("lab000001").author[0].family


def asked(lab: Path, name: str) -> str:
    """An answer, put through a hash: there are thousands."""
    return hashlib.sha256(repr(QUESTIONS[name](Library([lab]))).encode()).hexdigest()


def damaged(whole: bytes, dice: random.Random) -> tuple[int, bytes]:
    """Where a file is damaged, and what stands there then: mostly a bit, now and then a page."""
    kind = dice.choice(("bit", "bit", "bit", "bit", "zeros", "noise", "other page"))
    if kind == "bit":
        at = dice.randrange(len(whole))
        return at, bytes([whole[at] ^ 1 << dice.randrange(8)])
    pages = len(whole) // 4096
    at = dice.randrange(pages) * 4096
    if kind == "zeros":
        return at, bytes(4096)
    if kind == "noise":
        return at, dice.randbytes(512)
    other = dice.randrange(pages) * 4096
    return at, whole[other : other + 4096]


@pytest.mark.parametrize("lab", [200, 20_000], indirect=True)
def test_no_damage_changes_an_answer(
    lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    right = {name: asked(lab, name) for name in QUESTIONS}
    files = sorted(path for path in (tmp_path / "bclm").iterdir() if path.suffix != ".lock")
    whole = {path: path.read_bytes() for path in files}
    dice = random.Random(20)
    wrong = []
    for number in range(FLIPS):
        path = dice.choice(files)
        at, there = damaged(whole[path], dice)
        _write(path, at, there)
        name = dice.choice((*OFTEN, *OFTEN, *QUESTIONS))
        try:
            if asked(lab, name) != right[name]:
                wrong.append((number, name, at, "another answer"))
        except Exception as error:  # an exit code that is not 0
            wrong.append((number, name, at, repr(error)))
        _write(path, at, whole[path][at : at + len(there)])
    assert wrong == []
    assert capfd.readouterr().err == ""


def _write(path: Path, at: int, there: bytes) -> None:
    with path.open("r+b") as stream:
        stream.seek(at)
        stream.write(there)
