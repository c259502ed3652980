"""Sessions in golden/*.txt: what bclm answers, word by word, on small frozen data.

A session is what a person would see: a command behind `$ `, what it prints, then `--- stderr` and
`--- exit N` where there is any. stdout is a terminal of 80 columns (`COLUMNS=50 bclm …`: of 50),
with `| cat` a pipe. `printf 'a\\n' | bclm …` feeds stdin, `cat FILE` shows a file. Colors are off
but after `NO_COLOR= `, and escape characters shown as \\e. `make golden` writes the answers again;
the diff is for reading.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from bclm_cli import __version__
from bclm_cli.cite import styles
from support.program import SMALL, Program

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("BCLM_UPDATE") == "1"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_session(
    path: Path, small: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    recorded = path.read_text(encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(styles, "_package", lambda: None)  # which not everybody has
    answered = "\n".join(answers(recorded, small))
    if UPDATE:
        path.write_text(answered, encoding="utf-8")
    else:
        assert answered == recorded


def answers(session: str, program: Program) -> Iterator[str]:
    """Each command of the session with its answer of today."""
    for line in session.splitlines():
        if line.startswith("$ "):
            yield f"{line}\n{answer(line[2:], program)}"


def answer(line: str, program: Program) -> str:
    """stdout, stderr and exit code of one line, as a session shows them."""
    *before, command = _stages(line)
    if command == ["cat"] and before:
        *before, command = before
        piped = True
    else:
        piped = False
    if command[0] == "cat":
        return Path(command[1]).read_text(encoding="utf-8")
    environment: dict[str, str] = {}
    while "=" in command[0]:
        name, _, value = command.pop(0).partition("=")
        environment[name] = value
    assert command.pop(0) == "bclm"
    stdin = before[0][1].replace("\\n", "\n") if before else None
    columns = None if piped else int(environment.pop("COLUMNS", "80"))
    result = program(*command, columns=columns, stdin=stdin, env=environment)
    parts = [result.out]
    if result.err:
        parts.append(f"--- stderr\n{result.err}")
    if result.code:
        parts.append(f"--- exit {result.code}\n")
    return _steady("".join(parts))


def _stages(line: str) -> list[list[str]]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|")
    lexer.whitespace_split = True
    stages: list[list[str]] = [[]]
    for word in lexer:
        if word == "|":
            stages.append([])
        else:
            stages[-1].append(word)
    return stages


def _steady(text: str) -> str:
    """The answer without what differs from one machine or release to the next."""
    text = text.replace(str(SMALL), "/DATA").replace(__version__, "VERSION")
    text = re.sub(r"/\S*/(bclm/VERSION-)\d+-[0-9a-f]{8}", r"/CACHE/\1HASH", text)
    text = re.sub(r"\x1b\]8;id=\d+;", "\x1b]8;id=ID;", text)
    return text.replace("\x1b", "\\e")
