"""With the sockets shut: no command asks the network unless it is told to."""

from __future__ import annotations

import shlex
import shutil
import socket
from importlib import import_module
from pathlib import Path

import pytest

from bclm_cli import cli
from bclm_cli.identifiers import parse
from support.paths import DATA
from support.program import SMALL, Program

pytestmark = pytest.mark.slow

MORE = (
    ["add", "lab/references.yaml", "--update", "--write", "lab"],
    ["add", "zotero.bib", "--write", "lab", "--update"],
    ["check", "--strict"],
    ["check", "lab"],
    ["refs", "10.1038/35065016"],
    ["refs", "PMID:11242036"],
    ["search", "10.1038/35065016"],
    ["info"],
    ["--help"],
    ["--version"],
    [],
)


class _Shut(BaseException):
    """Somebody asked for the network; nothing catches it by chance."""


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which every use of a socket ends the test."""

    def refuse(*arguments: object, **more: object) -> object:
        raise _Shut(arguments)

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BCLM_OFFLINE", "")
    (tmp_path / "paper.tex").write_text(r"\cite{muller2001, tabaries2011}" + "\n")
    (tmp_path / "paper.qmd").write_text("Seen before [@muller2001; @tabaries2011].\n")
    (tmp_path / "mine.bib").write_text("@misc{mine2020, title = {Mine}}\n")
    shutil.copy(DATA / "import/zotero.bib", tmp_path)
    shutil.copytree(SMALL, tmp_path / "lab")
    return tmp_path


def examples() -> list[list[str]]:
    """The examples of all commands, but of `browse`, which needs a terminal; it imports nothing
    that could ask (tests/test_architecture.py)."""
    found = []
    for command in cli.command_names():
        for example in import_module(f"bclm_cli.commands.{command}").EXAMPLES:
            words = shlex.split(example)[1:]
            found.append(words[: words.index(">")] if ">" in words else words)
    return [words for words in found if words[0] != "browse"]


def asks(words: list[str]) -> bool:
    """Whether a command line says that the services are to be asked."""
    command, *rest = words
    return command == "new" or "--online" in rest or (command == "add" and any(map(parse, rest)))


ASKING = [words for words in examples() if asks(words)]
SILENT = [words for words in examples() if not asks(words)]


@pytest.mark.parametrize("arguments", [*SILENT, *MORE], ids=" ".join)
def test_nobody_asks_the_network_unasked(
    shipped: Program, desk: Path, shut: None, arguments: list[str]
) -> None:
    (desk / "mine").mkdir(exist_ok="--init" not in arguments)
    if "--init" in arguments:
        (desk / "mine").rmdir()
    assert shipped(*arguments).code in (0, 1), arguments


@pytest.mark.parametrize("arguments", ASKING, ids=" ".join)
def test_the_test_would_see_it(
    shipped: Program, desk: Path, shut: None, arguments: list[str]
) -> None:
    (desk / "mine").mkdir()
    gaps = "references:\n  - {id: gaps, type: article-journal, title: Gaps, DOI: 10.1000/x}\n"
    (desk / "mine/references.yaml").write_text(gaps)
    with pytest.raises(_Shut):  # with a cache of its own, where no answer is kept
        shipped(*arguments, env={"XDG_CACHE_HOME": str(desk / "cache")})


def test_httpx_is_loaded_for_the_network_alone() -> None:
    source = Path(cli.__file__).parent
    using = {path.relative_to(source).parts[0] for path in source.rglob("*.py")
             if "import httpx" in path.read_text(encoding="utf-8")}  # fmt: skip
    assert using == {"online"}
