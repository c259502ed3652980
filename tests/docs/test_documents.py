"""Every `console` block of the documents, run as a person would and compared with its text.

Each command runs in bash on a terminal of 80 columns, so `bclm` alone shows its text and a pipe
gets TSV. `…` on a line of its own stands for lines left out. `make golden` writes the blocks again.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.paths import ROOT
from support.tools import needs

pytestmark = pytest.mark.slow

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)
OMITTED = "…"
TOOLS = ("jq", "fish", "zsh", "dot", "pdflatex", "bibtex", "biber", "sqlite3")


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(path, id=path.name, marks=needs("bash", *_tools))
        for path in DOCUMENTS
        for _tools in [[t for t in TOOLS if re.search(rf"[$|] .*\b{t} ", path.read_text())]]
    ],
)
def test_the_examples_show_what_happens(document: Path, tmp_path: Path) -> None:
    text = document.read_text(encoding="utf-8")
    shell = Shell(tmp_path)
    shown = BLOCK.sub(lambda block: f"```console\n{shell.block(block[1])}```", text)
    if os.environ.get("BCLM_UPDATE"):
        document.write_text(shown, encoding="utf-8")
    else:
        assert shown == text


class Shell:
    """Runs the commands of a document, one after the other, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "work"
        if (ROOT / "examples").is_dir():
            shutil.copytree(ROOT / "examples", self.folder)
        self.folder.mkdir(exist_ok=True)
        programs = folder / "bin"
        programs.mkdir()
        program = programs / "bclm"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bclm_cli "$@"\n')
        program.chmod(0o755)
        kept = ("LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "SOURCE_DATE_EPOCH")
        self.environment = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "HOME": str(folder),
            "TERM": "xterm",
            "NO_COLOR": "1",
            "BCLM_PAGER": "",
            "COLUMNS": "80",
        }

        # a slow machine would show the reading of the data, which a reader has behind them
        subprocess.run([program, "steps"], env=self.environment, capture_output=True, check=True)

    def block(self, text: str) -> str:
        """The block with each command followed by what it shows now."""
        shown = ""
        for command, old in _commands(text):
            shown += command + _as_before(self.run(command), old)
        return shown

    def run(self, command: str) -> list[str]:
        import pty

        line = re.sub(r"^[$>] ", "", command, flags=re.M)
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            ["bash", "-c", line],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
        ) as process:
            os.close(theirs)
            raw = b"".join(_read(ours))
            os.close(ours)
            process.wait()
        return raw.decode().replace("\r\n", "\n").splitlines()


def _read(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # Linux says so when the other end is closed
            return
        if not piece:
            return
        yield piece


def _commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command (its `> ` lines too) with the lines below it."""
    for part in re.split(r"^(?=\$ )", text, flags=re.M):
        if part:
            lines = part.splitlines()
            length = next((n for n, li in enumerate(lines) if n and not li.startswith("> ")), None)
            length = len(lines) if length is None else length
            yield "".join(f"{line}\n" for line in lines[:length]), lines[length:]


def _as_before(now: list[str], old: list[str]) -> str:
    """What the command shows, cut where it was cut."""
    if OMITTED in old:
        at = old.index(OMITTED)
        after = len(old) - at - 1
        if len(now) > at + after:
            now = [*now[:at], OMITTED, *now[len(now) - after :]]
    return "".join(f"{line}\n" for line in now)
