"""Completion in the real shells: candidates from the data, with a gist where a shell shows one."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bclm_cli import cli
from tools import load_script, needs


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `bclm` is a program on the PATH, with 300 generated papers."""
    top = tmp_path_factory.mktemp("shell")
    load_script("benchmarks/library.py").write(top / "lab", 300)
    source = Path(cli.__file__).parents[1]
    program = top / "bin" / "bclm"
    program.parent.mkdir()
    command = f"exec '{sys.executable}' -m bclm_cli"
    program.write_text(f"#!/bin/sh\nPYTHONPATH='{source}' {command} \"$@\"\n")
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    environment = kept | {
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "HOME": str(top),
        "XDG_CACHE_HOME": str(top / "cache"),
        "BCLM_DATA": str(top / "lab"),
        "TERM": "xterm",
        "LANG": "C.UTF-8",
    }
    for name in ("bash", "zsh", "fish"):
        run = subprocess.run(
            ["bclm"], env=environment | {"_BCLM_COMPLETE": f"source_{name}"}, capture_output=True
        )
        (top / f"bclm.{name}").write_bytes(run.stdout)
    return environment


@needs("bash")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("bclm refs lab00001", [f"lab00001{last}" for last in range(10)]),
        ("bclm factors CXCR", ["CXCR2", "CXCR4"]),
        ("bclm steps --step mar", ["margination"]),
        ("bclm steps --effect sup", ["suppresses"]),
        ("bclm refs -f js", ["json", "jsonl"]),
        ("bclm sea", ["search"]),
        ("bclm refs nosuchkey", []),
    ],
)
def test_bash(shell: dict[str, str], line: str, expected: list[str]) -> None:
    script = (
        'source "$HOME/bclm.bash"; read -ra COMP_WORDS <<< "$1"; '
        "COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _bclm_completion bclm; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script, "bash", line], env=shell, capture_output=True, text=True, check=False
    )
    assert (done.stdout.split(), done.stderr) == (expected, "")


@needs("fish")
def test_fish(shell: dict[str, str]) -> None:
    script = "source $HOME/bclm.fish; complete -C 'bclm refs lab00029'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script],
        env=shell, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = dict(line.split("\t") for line in done.stdout.splitlines())
    assert list(found) == [f"lab00029{last}" for last in range(10)]
    assert all("et al." in gist for gist in found.values())  # its authors, year and title


@needs("zsh")
def test_zsh(shell: dict[str, str]) -> None:
    """A zsh that a person types into, as the script that Typer writes asks for."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["zsh", "-f", "-i"], stdin=theirs, stdout=theirs, stderr=theirs, env=shell,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    try:
        begin = "PS1='ready> '; autoload -U compinit; compinit -u -D; source $HOME/bclm.zsh\n"
        os.write(ours, begin.encode())
        read_until(ours, "ready> ")
        os.write(ours, b"echo be''gun\n")
        read_until(ours, "begun")
        os.write(ours, b"bclm refs lab00029\t\t")
        shown = read_until(ours, "lab000299")
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert all(f"lab00029{last}" in shown for last in range(10))
    assert shown.count("et al.") >= 9


def read_until(terminal: int, sign: str) -> str:
    """What the terminal shows up to a sign and half a second more; at most a minute."""
    shown = ""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.5)
        if ready:
            shown += os.read(terminal, 65536).decode(errors="replace")
        elif sign in shown:
            return shown
    raise AssertionError(f"no {sign!r} in {shown!r}")
