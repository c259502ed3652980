"""Files with the faults that people really have: each gives the YAML and the problems beside it.

`BCLM_UPDATE=1 pytest tests/test_import_files.py` writes the expectations again; read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.csl import yaml_blocks
from bclm_cli.formats.interface import Entry
from support.paths import DATA

FOLDER = DATA / "import"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_gives_what_is_written_beside_it(path: Path) -> None:
    answer = answer_to(path)
    expected = path.with_name(f"{path.name}.expected")
    if os.environ.get("BCLM_UPDATE"):
        expected.write_text(answer, encoding="utf-8")
    assert answer == expected.read_text(encoding="utf-8")


def test_every_format_has_three_files() -> None:
    chosen = [registry.detect(path.name, path.read_text("latin-1")) for path in FILES]
    assert {name: min(chosen.count(name), 3) for name in registry.reader_names()} == dict.fromkeys(
        registry.reader_names(), 3
    )


def answer_to(path: Path) -> str:
    """Blocks and problems in the order in which they come, each with its line."""
    lines = []
    for found in registry.read(path.read_bytes(), path.name):
        if isinstance(found, Entry):
            lines.append(f"line {found.line}:\n{yaml_blocks.block(found.reference)}")
        else:
            loss = "left out" if found.left_out else "note"
            lines.append(f"line {found.line}: {loss}: {found.what}\n")
    return "".join(lines)
