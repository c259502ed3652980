"""Runs bclm: in this process with streams of our own, or as a program in a pipe or a terminal."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from bclm_cli import cli, paths
from support.paths import DATA

SMALL = DATA / "small"
"""Frozen, made-up data: three steps, eight factors, six papers."""
TALL = 10_000
"""Lines of a terminal on which no pager is needed."""


class Result(NamedTuple):
    """What one run left behind."""

    code: int
    out: str
    err: str


class Program:
    """bclm on some data: `program("steps", "3")` runs it in a pipe, `columns=` on a terminal."""

    def __init__(self, patch: pytest.MonkeyPatch, cache: Path, shipped: Path) -> None:
        self.patch = patch
        for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "BCLM_DATA", "COLUMNS"):
            patch.delenv(name, raising=False)
        patch.setenv("XDG_CACHE_HOME", str(cache))
        patch.setenv("TERM", "xterm-256color")
        patch.setenv("LINES", str(TALL))
        patch.setenv("LANG", "C.UTF-8")
        patch.setattr(paths, "data", lambda: shipped)

    def __call__(
        self,
        *arguments: str,
        columns: int | None = None,
        stdin: str | bytes | None = None,
        env: dict[str, str] | None = None,
    ) -> Result:
        """Run it; `columns` makes stdout a terminal so wide, `stdin` fills a pipe."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        source = io.TextIOWrapper(_Bytes(given or b"", terminal=given is None), encoding="utf-8")
        out = io.TextIOWrapper(_Bytes(terminal=columns is not None), encoding="utf-8", newline="\n")
        err = io.TextIOWrapper(_Bytes(), encoding="utf-8", newline="\n")
        with self.patch.context() as patch:
            patch.setattr(sys, "stdin", source)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            if columns is not None:
                patch.setenv("COLUMNS", str(columns))
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            code = cli.main(list(arguments))
        return Result(code, _text(out), _text(err))


class _Bytes(io.BytesIO):
    """Bytes in memory that may claim to be a terminal."""

    def __init__(self, start: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(start)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class Real:
    """The real program in a process of its own, on the shipped data."""

    command = (sys.executable, "-m", "bclm_cli")

    def __init__(self, cache: Path) -> None:
        self.cache = cache

    def environment(self, **more: str | None) -> dict[str, str]:
        """This process's without what would change the answer; None takes a variable out."""
        unset = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "BCLM_DATA")
        kept = {name: value for name, value in os.environ.items() if name not in unset}
        source = str(Path(cli.__file__).parents[1])
        kept |= {"XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": source, "LANG": "C.UTF-8"}
        kept["TERM"] = "xterm-256color"
        return {k: v for k, v in (kept | more).items() if v is not None}

    def pipe(
        self, *arguments: str, stdin: str | bytes = b"", env: Mapping[str, str | None] = {}
    ) -> Result:
        """Run it between two pipes."""
        done = subprocess.run(
            [*self.command, *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=self.environment(**env),
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def shell(self, line: str, env: Mapping[str, str | None] = {}) -> Result:
        """Run a line of bash in which `bclm` is the program; the code is that of the first."""
        script = f'bclm() {{ {" ".join(self.command)} "$@"; }}; {line}; exit ${{PIPESTATUS[0]}}'
        done = subprocess.run(
            ["bash", "-c", script], capture_output=True, env=self.environment(**env), check=False
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def terminal(
        self,
        *arguments: str,
        columns: int = 80,
        lines: int = TALL,
        env: Mapping[str, str | None] = {},
        typed: str = "",
    ) -> Result:
        """Run it in a pseudo-terminal of this size, where stdout and stderr are one; what is
        `typed` waits at the keyboard from the start."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        process = subprocess.Popen(
            [*self.command, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=self.environment(**env),
            start_new_session=True,
        )
        os.close(theirs)
        shown = b""
        try:
            os.write(ours, typed.encode())
            while block := os.read(ours, 65536):
                shown += block
        except OSError:  # Linux says so when the other end is closed
            pass
        finally:
            os.close(ours)
        return Result(process.wait(), shown.decode().replace("\r\n", "\n"), "")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, _Bytes)
    return written.getvalue().decode()
