"""Hostile data files cost neither time nor memory: the loader as a whole, under limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bclm_cli import load
from bclm_cli.model import variables

pytestmark = pytest.mark.slow

SOURCES = str(Path(load.__file__).parents[1])

Z = "z" * 57
CUSTOM = "if it is no CSL variable, move it under custom"

HOSTILE = {
    # file, an expression for its ten or so megabytes, what is said of it ("read" for nothing)
    "JSON: deep lists": (
        "references.json",
        "'[' * 5_000_000",
        "references.json:1:2: nested deeper than 20 levels; flatten it",
    ),
    "JSON: deep maps": (
        "references.json",
        "'[' + '{\"a\":' * 2_000_000",
        "references.json:1:2: nested deeper than 20 levels; flatten it",
    ),
    "JSON: many empty records": (
        "references.json",
        "'[' + '{},' * 3_000_000",
        "references.json:1:2: id is missing; write `id:`",
    ),
    "JSON: many fields": (
        "references.json",
        "'[{\"id\":\"x\"' + ''.join(f',\"z{n}\":1' for n in range(200_000)) + '}]'",
        f"references.json:1:12: unknown field 'z0'; {CUSTOM}",
    ),
    "JSON: a field twice, late": (
        "references.json",
        "'[{' + ''.join(f'\"z{n}\":1,' for n in range(200_000)) + '\"z1\":2}]'",
        "references.json:1:2: 'z1' stands twice in one map; keep one of the two",
    ),
    "JSON: a huge number": (
        "references.json",
        "'[{\"id\":\"x\",\"volume\":' + '9' * 5_000_000 + '}]'",
        "read",
    ),
    "JSON: a huge number as a year": (
        "references.json",
        '\'[{"id":"x","issued":{"date-parts":[[\' + \'9\' * 5_000_000 + \']]}}]\'',
        f"references.json:1:21: issued: '{'9' * 60}' is no year, month or day; write whole numbers",
    ),
    "JSON: blanks": (
        "references.json",
        "' ' * 5_000_000",
        "references.json:1:5000001: the file is empty; begin with [ and end with ]",
    ),
    "JSON: many items in one line": (
        "references.json",
        "'[' + '{\"id\":\"x\"},' * 150_000 + '{}]'",
        "references.json:1:1650002: id is missing; write `id:`",
    ),
    "JSON: open quotes": (
        "references.json",
        "'[\"' + 'x' * 5_000_000",
        "references.json:1:2: not valid JSON: Unterminated string starting at;"
        " look at the commas and quotes before it",
    ),
    "a long key of a paper": (
        "references.yaml",
        "'references: [id: ' + 'z' * 5_000_000 + ']'",
        "read",
    ),
    "a long key of a paper, with a space": (
        "references.yaml",
        "'references: [id: ' + 'z' * 5_000_000 + ' z]'",
        f"references.yaml:1:18: id cannot be '{Z}...';"
        " write a key, without spaces or control characters",
    ),
    "a long type": (
        "references.yaml",
        "'references: [{id: x, type: ' + 'z' * 5_000_000 + '}]'",
        f"references.yaml:1:28: type cannot be '{Z}...'; "
        f"allowed are {', '.join(variables.CSL_TYPES)}",
    ),
    "a long field": (
        "references.yaml",
        "'references: [{id: x, ? ' + 'z' * 5_000_000 + ' : y}]'",
        f"references.yaml:1:24: unknown field '{Z}...'; {CUSTOM}",
    ),
    "a long date": (
        "references.yaml",
        "'references: [{id: x, issued: ' + '2012/' * 2_000_000 + '}]'",
        "read",
    ),
    "a long date of blanks": (
        "references.yaml",
        "'references: [{id: x, issued: \"2' + ' ' * 5_000_000 + '2\"}]'",
        "read",
    ),
    "many names": (
        "references.yaml",
        "'references: [{id: x, author: [' + '{family: E},' * 200_000 + ']}]'",
        "references.yaml:1:600016: one record holds more than 100000 values;"
        " split it, or leave it out",
    ),
    "many records, each broken": (
        "references.yaml",
        "'references:\\n' + '- {id: x, titel: T}\\n' * 200_000",
        f"references.yaml:2:11: unknown field 'titel'; did you mean title? {CUSTOM}",
    ),
    "a long name of a factor": (
        "steps.yaml",
        "'context: {? ' + 'z' * 5_000_000 + ' : x}'",
        f"steps.yaml:1:5000016: '{Z}...' must be a list, not text ('x'); write [x]",
    ),
    "many factors without claims": (
        "steps.yaml",
        "'context: {' + ''.join(f'z{n}: [], ' for n in range(200_000)) + '}'",
        "steps.yaml:1:1188897: one record holds more than 100000 values; split it, or leave it out",
    ),
    "many steps": (
        "steps.yaml",
        "'steps:\\n' + '- {id: x}\\n' * 100_000",
        "read",
    ),
}

LIMITED = f"""
import resource, sys
from pathlib import Path
sys.path.insert(0, {SOURCES!r})
from bclm_cli import load
from bclm_cli.model import variables
from bclm_cli.errors import DataError
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
path = Path(sys.argv[1])
path.write_text(eval(sys.argv[2]))
try:
    for got in load.read(path):
        pass
    print("read")
except DataError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cost_neither_time_nor_memory(tmp_path: Path, name: str) -> None:
    """700 MB of address space and 60 s of computing: far more than it needs."""
    file, text, said = HOSTILE[name]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, file, text],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"{said}\n", "")
