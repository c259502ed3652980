"""Sessions in golden/*.txt: what bclm answers, word by word, on small frozen data.

A session is what a person would see: a command behind `$ `, what it prints, then `--- stderr` and
`--- exit N` where there is any. stdout is a terminal of 80 columns (`COLUMNS=50 bclm …`: of 50),
with `| cat` a pipe. `printf 'a\\n' | bclm …` feeds stdin, `cat FILE` shows a file. Colors are off
but after `NO_COLOR= `, and escape characters shown as \\e. `make golden` writes the answers again;
the diff is for reading. Each command is a test of its own.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from bclm_cli import __version__, styles
from support.program import SMALL, Program

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("BCLM_UPDATE") == "1"


class Session:
    """A file of commands with their answers, run in order in a folder of its own.

    A command may read what an earlier one wrote, so that all before it are run first, once.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        before, *pieces = re.split(r"(?m)^\$ ", path.read_text(encoding="utf-8"))
        assert before == "", f"{path.name} does not begin with a command"
        parts = [piece.partition("\n") for piece in pieces]
        self.commands = [command for command, _, _ in parts]
        self.recorded = [answer.removesuffix("\n") for _, _, answer in parts[:-1]]
        self.recorded.append(parts[-1][2])
        self.folder: Path | None = None
        self.answers: list[str] = []

    def answered(self, index: int, program: Program) -> str:
        """What the command of this index answers today."""
        while len(self.answers) <= index:
            self.answers.append(answer(self.commands[len(self.answers)], program))
        return self.answers[index]

    def write(self, program: Program) -> None:
        """Record the answers of today."""
        self.answered(len(self.commands) - 1, program)
        both = zip(self.commands, self.answers, strict=True)
        self.path.write_text("\n".join(f"$ {line}\n{said}" for line, said in both), "utf-8")


SESSIONS = [Session(path) for path in sorted(GOLDEN.glob("*.txt"))]
CASES = [
    pytest.param(session, index, id=f"{session.path.stem}: {command}")
    for session in SESSIONS
    for index, command in enumerate(session.commands)
]


@pytest.mark.parametrize(("session", "index"), CASES)
def test_command(
    session: Session,
    index: int,
    small: Program,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.folder = session.folder or tmp_path_factory.mktemp(session.path.stem)
    monkeypatch.chdir(session.folder)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(styles, "_package", lambda: None)  # which not everybody has
    if not UPDATE:
        assert session.answered(index, small) == session.recorded[index]
    elif index == 0:  # one case writes the whole file, so that two never do at once
        session.write(small)


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
