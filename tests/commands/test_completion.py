"""Completion in the real shells: candidates from the data, with a gist where a shell shows one."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bclm_cli import cli
from support.tools import load_script, needs

pytestmark = pytest.mark.slow


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
        ("bclm refs LAB00001", [f"lab00001{last}" for last in range(10)]),
        ("bclm export lab00001", [f"lab00001{last}" for last in range(10)]),
        ("bclm graph MAR", ["margination"]),
        ("bclm factors tgfb", ["TGFB1"]),
        ("bclm factors her2", ["ERBB2"]),
        ("bclm factors CTC", [r"CTC\ cluster"]),
        ("bclm factors 'CTC", ["CTC cluster"]),
        ('bclm factors "ctc', ["CTC cluster"]),
        (r"bclm factors CTC\ c", [r"CTC\ cluster"]),
        ("bclm claims --system mo", [r"mouse\ model"]),
        ("bclm claims --site lu", ["lung"]),
        ("bclm claims --cancer COLO", ["colorectal"]),
        ("bclm claims --effect n", [r"no\ effect"]),
        ("bclm export -f bi", ["biblatex", "bibtex"]),
        ("bclm export --journal a", ["abbrev"]),
        ("bclm graph -f m", ["mermaid"]),
        ("bclm graph --theme p", ["print"]),
        ("bclm cite -f H", ["html", "help"]),
        ("bclm check -f js", ["json", "jsonl"]),
        ("bclm info -f j", ["json"]),
        ("bclm add --from csl", ["csljson", "cslyaml"]),
        ("bclm refs --fields ye", ["year"]),
        ("bclm refs --fields key,p", ["key,pmid", "key,pmcid", "key,page"]),
        ("bclm refs --sort year,-k", ["year,-key", "year,-kind"]),
        ("bclm tree --sort st", ["step", "statement"]),
        ("bclm search --fields t", ["type", "text"]),
        ("bclm search --so", ["--sort"]),
        ("bclm help cl", ["claims"]),
    ],
)
def test_bash(shell: dict[str, str], line: str, expected: list[str]) -> None:
    script = (
        'source "$HOME/bclm.bash"; COMP_WORDS=("$@"); '
        "COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _bclm_completion bclm; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    words = re.split(r"(?<!\\) ", line)
    done = subprocess.run(
        ["bash", "-c", script, "bash", *words],
        env=shell, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout.strip("\n").splitlines(), done.stderr) == (expected, "")


BASH = ("bash", "--norc", "--noprofile", "-i")
ZSH = ("zsh", "-f", "-i")
SET_UP = {
    BASH: "PS1='ready> '; bind 'set enable-bracketed-paste off'; source $HOME/bclm.bash",
    ZSH: "PS1='ready> '; autoload -U compinit; compinit -u -D; source $HOME/bclm.zsh",
}


TYPED = {
    "factors CTC": "CTC cluster",
    "factors ctc": "CTC cluster",
    "factors 'CTC": "CTC cluster",
    'factors "CTC': "CTC cluster",
    r"factors CTC\ c": "CTC cluster",
    "factors tgfb": "TGFB1",
    "factors her2": "ERBB2",
    "factors --factor CTC": "CTC cluster",
}


@pytest.mark.parametrize(
    "program", [pytest.param(BASH, marks=needs("bash")), pytest.param(ZSH, marks=needs("zsh"))]
)
def test_a_completed_line_works(shell: dict[str, str], program: tuple[str, ...]) -> None:
    """A person types each line, the tabulator and the rest, and runs what stands there."""
    with person(shell, program) as keys:
        for line, name in TYPED.items():
            os.write(keys, f"bclm {line}\t".encode())
            read_until(keys, name[1:].split()[-1])
            os.write(keys, b" --fields name | sed 's/.*/<&>/'\n")
            read_until(keys, f"<{name}>")


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
    with person(shell, ZSH) as keys:
        os.write(keys, b"bclm refs lab00029\t\t")
        shown = read_until(keys, "lab000299", more=0.5)
    assert all(f"lab00029{last}" in shown for last in range(10))
    assert shown.count("et al.") >= 9


@contextmanager
def person(shell: dict[str, str], program: tuple[str, ...]) -> Iterator[int]:
    """What a person types into an interactive shell that completes bclm, and sees of it."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        program, stdin=theirs, stdout=theirs, stderr=theirs, env=shell, start_new_session=True
    )
    os.close(theirs)
    try:
        os.write(ours, f"{SET_UP[program]}; echo be''gun\n".encode())
        read_until(ours, "begun")
        yield ours
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def read_until(terminal: int, sign: str, *, more: float = 0) -> str:
    """What the terminal shows up to a sign and for some seconds more; at most a minute."""
    shown = ""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if sign in shown and not select.select([terminal], [], [], more)[0]:
            return shown
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536).decode(errors="replace")
    raise AssertionError(f"no {sign!r} in {shown!r}")
