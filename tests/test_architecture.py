"""The walls of the house: who may import whom, how long a file may be, what every command has."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from re import _parser as sre_parse  # type: ignore[attr-defined]
from typing import Any

import bclm_cli
from bclm_cli import cli

SOURCE = Path(bclm_cli.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))

ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "errors": set(),
    "suggest": {"errors"},
    "paths": {"errors"},
    "identifiers": set(),
    "text": set(),
    "model": set(),
    "load": {"errors", "model"},
    "store": {
        "__version__", "errors", "identifiers", "load", "model", "paths", "suggest", "text",
    },
    "query": {"errors", "identifiers", "model", "store", "suggest", "text"},
    "output": {"errors", "text"},
    "views": {"model", "text"},
    "render": {"identifiers", "model", "output", "views"},
    "formats": {"errors", "identifiers", "load", "model", "suggest", "text"},
    "library": {"errors", "formats", "identifiers", "load", "model", "text"},
    "online": {
        "__version__", "errors", "formats", "identifiers", "model", "paths", "suggest", "text",
    },
    "cite": {"errors", "identifiers", "model", "paths", "suggest", "text"},
    "graph": {"identifiers", "model", "text", "views"},
    "manuscript": {"errors", "suggest"},
    "checks": {
        "errors", "identifiers", "load", "manuscript", "model", "paths", "query", "store",
        "suggest", "text", "views",
    },
    "options": {
        "errors", "formats", "manuscript", "model", "output", "paths", "query", "render", "suggest",
    },
    "listing": {"errors", "model", "options", "output", "query", "render", "suggest", "views"},
    "home": {"listing", "options", "query"},
    "help_topics": {"errors", "formats", "graph", "model"},
    "commands": {
        "__version__", "checks", "cite", "errors", "formats", "graph", "help_topics", "identifiers",
        "library",
        "listing", "load", "manuscript", "model", "options", "output", "query", "render",
        "suggest", "views",
    },
    "cli": {
        "__version__", "commands", "errors", "home", "options", "output", "query", "suggest",
    },
}  # fmt: skip
"""For each room what it may import beside itself; nothing is said of a room that is not there."""

LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
"""What is longer than 300 lines, or 50 of a body, with the reason."""

EVERYWHERE = {"__init__", "utils", "helpers", "common", "core", "misc", "base"}


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom("bclm_cli", names):
                yield from (f"bclm_cli.{alias.name}" for alias in names)
            case ast.ImportFrom(str(module)):
                yield module


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with the lines of its body, a docstring left out."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and node.body[1:] else node.body
            assert node.end_lineno
            yield node.name, node.end_lineno - body[0].lineno + 1


def test_a_room_knows_only_the_rooms_below_it() -> None:
    climbing = {}
    for path in FILES:
        used = {part.split(".")[1] for part in imported(path) if part.startswith("bclm_cli.")}
        if above := used - ALLOWED[room(path)] - {room(path)}:
            climbing[name(path)] = above
    assert climbing == {}


def test_the_table_names_the_rooms_that_there_are() -> None:
    assert {room(path) for path in FILES} == set(ALLOWED)


def test_nothing_goes_in_a_circle() -> None:
    waiting = dict(ALLOWED)
    while ready := [own for own, below in waiting.items() if not below & set(waiting)]:
        for own in ready:
            del waiting[own]
    assert waiting == {}


def test_one_room_has_rich() -> None:
    having = {name(path) for path in FILES for part in imported(path) if part.startswith("rich")}
    assert having == {"render/terminal.py"}


def test_nobody_prints() -> None:
    calls = [
        (name(path), node.func)
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    ]
    assert [at for at, call in calls if isinstance(call, ast.Name) and call.id == "print"] == []


def test_files_and_functions_are_short() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {path for path, lines in lengths.items() if lines > 300} == set(LONG_FILES)
    bodies = {f"{name(path)}:{one}": lines for path in FILES for one, lines in functions(path)}
    assert {function for function, lines in bodies.items() if lines > 50} == set(LONG_FUNCTIONS)


def test_a_module_says_in_one_sentence_what_it_does() -> None:
    said = {name(path): ast.get_docstring(tree(path)) or "" for path in FILES}
    assert [path for path, text in said.items() if not text.split("\n\n")[0].endswith(".")] == []


def test_no_module_is_a_drawer_for_everything() -> None:
    names = {part.removesuffix(".py") for path in FILES for part in path.relative_to(SOURCE).parts}
    assert names & EVERYWHERE == {"__init__"}


def test_every_command_has_a_place_examples_and_a_docstring() -> None:
    from importlib import import_module

    folder = SOURCE / "commands"
    listed = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert set(cli.command_names()) == listed
    orders = []
    for command in cli.command_names():
        module = import_module(f"bclm_cli.commands.{command}")
        assert module.command.__doc__
        assert 1 <= len(module.EXAMPLES) <= 5
        assert all(example.startswith(f"bclm {command}") for example in module.EXAMPLES)
        orders.append(module.ORDER)
    assert orders == sorted(set(orders))


def test_contributors_find_every_room() -> None:
    """The table in CONTRIBUTING.md is made of the first sentences of the rooms."""
    rows = ["| room | what it is | imports |", "|---|---|---|"]
    for own, allowed in ALLOWED.items():
        if not own.startswith("__"):
            imports = ", ".join(sorted(part for part in allowed if not part.startswith("__")))
            rows.append(f"| `{own}` | {sentence(own)} | {imports} |")
    page = SOURCE.parents[1] / "CONTRIBUTING.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition("<!-- rooms -->\n")
    _, _, after = rest.partition("<!-- end of rooms -->")
    wanted = "\n".join((f"{before}<!-- rooms -->", *rows, f"<!-- end of rooms -->{after}"))
    if os.environ.get("BCLM_UPDATE") == "1":
        page.write_text(wanted, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == wanted


def sentence(own: str) -> str:
    if own == "commands":  # whose docstring is the program's help
        return "One command a file: parse, ask, show."
    module = import_module(f"bclm_cli.{own}")
    found = re.match(r".*?[.](?=\s|$)", " ".join((module.__doc__ or "").split()))
    assert found
    return found[0]


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every regular expression that a module holds."""
    for path in FILES:
        parts = path.relative_to(SOURCE).with_suffix("").parts
        module = import_module(".".join(("bclm_cli", *parts)).removesuffix(".__init__"))
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{module.__name__}.{name}", value


def loose_repeats(items: Any) -> Iterator[Any]:
    """What a possessive quantifier repeats without an atomic group around it."""
    for kind, value in items:
        if kind is sre_parse.POSSESSIVE_REPEAT:
            [*body] = value[2]
            if len(body) != 1 or body[0][0] not in (*ONE_SIGN, sre_parse.ATOMIC_GROUP):
                yield body
        for part in value if isinstance(value, tuple | list) else [value]:
            if isinstance(part, sre_parse.SubPattern):
                yield from loose_repeats(part)
            elif isinstance(part, list) and part and isinstance(part[0], sre_parse.SubPattern):
                for branch in part:
                    yield from loose_repeats(branch)


ONE_SIGN = (
    sre_parse.LITERAL, sre_parse.NOT_LITERAL, sre_parse.IN, sre_parse.ANY, sre_parse.CATEGORY,
)  # fmt: skip


def test_possessive_groups_are_atomic() -> None:
    """Python before 3.11.5 (Debian 12 has 3.11.2) goes on from where a repetition broke off midway
    (cpython issue 106052): `(?:a|[.](?=a))*+` takes the full stop of "a. ". `(?>…)*+` it knows."""
    assert {name for name, pattern in patterns() for _ in loose_repeats(parsed(pattern))} == set()
    assert list(loose_repeats(sre_parse.parse("a(?:b|c(?=d))*+")))


def parsed(pattern: re.Pattern[str]) -> Any:
    return sre_parse.parse(pattern.pattern, pattern.flags)
