"""Which package imports which, how long a file may be, what every command has."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from re import _parser as sre_parse  # type: ignore[attr-defined]
from typing import Any, TypeVar

import bclm_cli
from bclm_cli import cli

T = TypeVar("T")
SOURCE = Path(bclm_cli.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))

ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "errors": set(),
    "suggest": {"errors"},
    "paths": {"errors"},
    "locks": set(),
    "gc_paused": set(),
    "identifiers": set(),
    "text": set(),
    "model": set(),
    "evidence": {"model"},
    "load": {"errors", "model"},
    "store": {
        "__init__", "errors", "evidence", "gc_paused", "identifiers", "library", "load", "locks",
        "model", "paths", "suggest", "text",
    },
    "query": {
        "errors", "evidence", "identifiers", "library", "model", "paths", "store", "suggest",
        "text",
    },
    "output": {"errors", "locks", "text"},
    "views": {"evidence", "model", "text"},
    "render": {"identifiers", "model", "output", "text", "views"},
    "formats": {"errors", "identifiers", "load", "model", "suggest", "text"},
    "online": {
        "__init__", "errors", "formats", "identifiers", "model", "paths", "suggest", "text",
    },
    "library": {
        "errors", "formats", "gc_paused", "identifiers", "load", "model", "online", "output",
        "suggest", "text",
    },
    "csl": {"errors", "model", "suggest", "text"},
    "styles": {"csl", "errors", "paths", "suggest"},
    "graph": {"errors", "evidence", "identifiers", "model", "text", "views"},
    "page": {
        "csl", "evidence", "formats", "graph", "identifiers", "model", "render", "styles", "text",
        "views",
    },
    "manuscript": {"errors", "output", "suggest"},
    "checks": {
        "errors", "gc_paused", "identifiers", "library", "load", "manuscript", "model", "online",
        "paths", "query", "store", "suggest", "text", "views",
    },
    "options": {
        "csl", "errors", "evidence", "formats", "manuscript", "model", "output", "paths", "query",
        "render", "styles", "suggest", "views",
    },
    "listing": {"errors", "model", "options", "output", "query", "render", "suggest", "views"},
    "overwrite": {"errors", "formats", "gc_paused", "library", "model", "query", "suggest"},
    "bibliography": {"formats", "model", "output", "overwrite", "query"},
    "cards": {"model", "query", "views"},
    "browse": {
        "bibliography", "cards", "csl", "errors", "formats", "identifiers", "model", "options",
        "output", "query", "render", "text", "views",
    },
    "home": {"listing", "options", "query"},
    "help_topics": {"errors", "evidence", "formats", "graph", "model", "views"},
    "commands": {
        "__init__", "bibliography", "browse", "cards", "checks", "csl", "errors", "formats",
        "gc_paused", "graph", "help_topics", "identifiers", "library", "listing", "load",
        "manuscript", "model", "online", "options", "output", "page", "query", "render", "styles",
        "suggest", "text", "views",
    },
    "cli": {
        "__init__", "commands", "errors", "home", "options", "output", "query", "suggest", "views",
    },
}  # fmt: skip
"""For each package, or module beside them, what it imports beside itself."""

LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
"""What is longer than 300 lines, or 50 of a body, with the reason."""

EVERYWHERE = {"__init__", "utils", "helpers", "common", "core", "misc", "base"}


def package(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


MODULES = {
    ".".join(("bclm_cli", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): path
    for path in FILES
}
"""The file of each module."""


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it: at the top, in a function, for types."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(str(module), names):
                members = [f"{module}.{alias.name}" for alias in names]
                modules = [member for member in members if member in MODULES]
                yield from modules
                if len(modules) < len(members):  # a name that the module itself holds
                    yield module


def graph() -> dict[Path, set[Path]]:
    """The files of the package that each file imports."""
    return {
        path: {MODULES[module] for module in imported(path) if module in MODULES} for path in FILES
    }


def circles(graph: Mapping[T, set[T]]) -> list[list[T]]:
    """The nodes that lead back to themselves, in groups that reach each other."""
    reached: dict[T, set[T]] = {}
    for start in graph:
        seen: set[T] = set()
        waiting = [*graph[start]]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += graph.get(node, ())
        reached[start] = seen
    groups = {
        frozenset(other for other in graph if other in reached[node] and node in reached[other])
        for node in graph
        if node in reached[node]
    }
    return [[*group] for group in groups]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with the lines of its body, a docstring left out."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and node.body[1:] else node.body
            assert node.end_lineno
            yield node.name, node.end_lineno - body[0].lineno + 1


def test_packages_import_what_is_drawn_and_nothing_else() -> None:
    """The table is what CONTRIBUTING.md draws: an import beside it fails, and so does an entry that
    no file needs any more."""
    used: dict[str, set[str]] = {package(path): set() for path in FILES}
    for path, targets in graph().items():
        used[package(path)] |= {package(target) for target in targets} - {package(path)}
    assert set(used) == set(ALLOWED)
    assert {own: found - ALLOWED[own] for own, found in used.items() if found - ALLOWED[own]} == {}
    assert {own: ALLOWED[own] - found for own, found in used.items() if ALLOWED[own] - found} == {}


def test_no_file_imports_itself_through_others() -> None:
    found = [sorted(map(name, circle)) for circle in circles(graph())]
    assert found == []


def test_packages_stand_in_one_order() -> None:
    assert circles(ALLOWED) == []


def test_circles_are_seen() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    [found] = circles({"a": {"b"}, "b": {"c"}, "c": {"b"}})
    assert sorted(found) == ["b", "c"]


def test_only_the_terminal_renderer_imports_rich() -> None:
    having = {name(path) for path in FILES for part in imported(path) if part.startswith("rich")}
    assert {path for path in having if not path.startswith("browse/")} == {"render/terminal.py"}


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


def test_contributing_lists_every_package() -> None:
    """The table in CONTRIBUTING.md is made of the first sentences of the packages."""
    rows = ["| package | what it is | imports |", "|---|---|---|"]
    for own, allowed in ALLOWED.items():
        if not own.startswith("__"):
            imports = ", ".join(sorted(part for part in allowed if not part.startswith("__")))
            rows.append(f"| `{own}` | {sentence(own)} | {imports} |")
    page = SOURCE.parents[1] / "CONTRIBUTING.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition("<!-- packages -->\n")
    _, _, after = rest.partition("<!-- end of packages -->")
    wanted = "\n".join((f"{before}<!-- packages -->", *rows, f"<!-- end of packages -->{after}"))
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
