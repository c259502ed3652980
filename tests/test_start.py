"""What a start loads: start-up is what a terminal user feels at every call."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.program import Real

Loaded = Callable[..., set[str]]
NEVER = {
    "httpx", "rich", "yaml", "lxml", "pydantic", "citeproc", "bibtexparser", "rispy", "difflib",
    "subprocess", "dataclasses", "importlib.metadata", "asyncio", "urllib.parse", "datetime",
    "http", "email", "hashlib", "tempfile", "logging", "decimal", "csv", "unittest",
}  # fmt: skip
"""What costs more than it gives to a lookup in a pipe; Typer itself loads some of it."""

LOOKUPS = [
    ["steps"],
    ["steps", "3"],
    ["factors", "neutrophil"],
    ["factors", "TGF-β"],
    ["refs", "muller2001"],
    ["claims", "--factor", "CXCR4"],
    ["search", "neutrophil"],
    ["export", "muller2001"],
    ["steps", "--json"],
]

SCRIPT = """
import json, sys
from bclm_cli.cli import main
assert main(sys.argv[1:]) == 0
sys.stdout.flush()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""

COLLECTED = """
import gc, json, sys
from bclm_cli import __main__, cli

def main():
    print(json.dumps([gc.get_freeze_count(), len(gc.get_objects()), gc.isenabled()]))
    sys.stdout.flush()
    return 0

cli.main = main
__main__.run()
"""


TYPER = """
import json, sys, typer
app = typer.Typer(rich_markup_mode=None)
app.command()(lambda: None)
app([], standalone_mode=False)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def modules(real: Real, script: str, *arguments: str) -> set[str]:
    """The modules that a script leaves loaded."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        env=real.environment(),
        check=True,
        text=True,
    )
    return set(json.loads(done.stderr))


@pytest.fixture(scope="module")
def loaded(cache: Path) -> Loaded:
    """The modules that a command leaves loaded and an empty Typer program does not."""
    real = Real(cache)
    assert real.pipe("steps").code == 0  # the cache is made
    of_typer = modules(real, TYPER)
    return lambda *arguments: modules(real, SCRIPT, *arguments) - of_typer


@pytest.mark.parametrize("arguments", LOOKUPS, ids=" ".join)
def test_a_lookup_in_a_pipe_loads_nothing_heavy(loaded: Loaded, arguments: list[str]) -> None:
    assert loaded(*arguments) & NEVER == set()


def test_a_lookup_beside_a_bibliography_loads_no_reader(loaded: Loaded, tmp_path: Path) -> None:
    own = tmp_path / "refs.bib"
    own.write_text("@book{mine, title={Mine}}")
    look_up = ("refs", "mine", "--data", str(own))
    loaded(*look_up)  # the bibliography is read once
    found = loaded(*look_up)
    assert found & NEVER == set()
    assert [
        name for name in found if name.startswith(("bclm_cli.formats", "bclm_cli.library"))
    ] == []


def test_a_lookup_loads_its_own_command_alone(loaded: Loaded) -> None:
    found = {name for name in loaded("steps") if name.startswith("bclm_cli.")}
    packages = {name.split(".")[1] for name in found}
    commands = {name for name in found if name.startswith("bclm_cli.commands.")}
    assert packages == {
        "cli", "commands", "errors", "evidence", "listing", "locks", "model", "options",
        "output", "paths", "query", "render", "store", "suggest", "text", "views",
    }  # fmt: skip
    assert {name.split(".")[2] for name in commands} == {"steps"}
    assert {"bclm_cli.store.build", "bclm_cli.views.cards", "bclm_cli.views.lists"} & found == (
        set()
    )


def test_the_help_of_all_commands_loads_what_none_of_them_needs_to_explain_itself(
    loaded: Loaded,
) -> None:
    packages = {".".join(name.split(".")[:3]) for name in loaded("--help")}
    assert {name for name in packages if name.startswith("bclm_cli.formats.")} <= {
        "bclm_cli.formats.interface", "bclm_cli.formats.registry"
    }  # fmt: skip
    assert {name.split(".")[1] for name in packages if name.startswith("bclm_cli.")}.isdisjoint(
        {"library", "load", "online", "manuscript", "csl", "browse"}
    )


def test_garbage_is_not_looked_for_in_what_was_imported(real: Real) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COLLECTED],
        capture_output=True,
        env=real.environment(),
        check=True,
        text=True,
    )
    imported, watched, enabled = json.loads(done.stdout)
    assert enabled
    assert imported > 100 * watched


def test_the_test_would_see_it(loaded: Loaded) -> None:
    assert {"rich", "bclm_cli.views.cards"} <= loaded("steps", "3", "-f", "text")
    assert "yaml" in loaded("steps", "--refresh")
