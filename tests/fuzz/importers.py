"""Fuzz the importers with atheris: nothing but DataError may come out, and nothing unwritable.

Not part of the test run. `python tests/fuzz/importers.py [CORPUS] -max_total_time=600` fuzzes all
formats for ten minutes (libFuzzer's options all work); it needs `pip install atheris`. Whatever it
finds becomes a case in tests/formats/test_readers_hostile.py.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "src"))

with atheris.instrument_imports(include=["bclm_cli", "bibtexparser.middlewares.names"]):
    from bclm_cli.errors import DataError
    from bclm_cli.formats import registry
    from bclm_cli.formats.csl import yaml_blocks
    from bclm_cli.formats.interface import Problem
    from bclm_cli.library.catalog import Keys
    from bclm_cli.load import parse, validate

    FORMATS = registry.reader_names()
    for name in FORMATS:
        registry.reader(name)

SECONDS_PER_KB = 0.05
"""Far above what any input took; under the fuzzer's tracing everything is ten times slower."""


def check(data: bytes) -> None:
    """One input: its first byte chooses the format, or leaves the choice to the program."""
    if not data:
        return
    chosen = data[0] % (len(FORMATS) + 1)
    name = FORMATS[chosen] if chosen < len(FORMATS) else None
    begun = time.process_time()
    keys = Keys()
    written = 0
    try:
        for found in registry.read(data[1:], "fuzz", name):
            if isinstance(found, Problem):
                assert found.what.isprintable(), found
                assert found.line >= 1, found
                continue
            reference = found.reference._replace(id=keys.free(found.reference))
            keys.take(reference)
            block = yaml_blocks.block(reference)
            written += len(block)
            items = list(parse.items((yaml_blocks.HEAD + block).encode(), "-"))
            assert validate.reference(items[0].value) == reference, block
    except DataError:
        pass
    assert written < 100_000 + 40 * len(data), f"{len(data)} bytes became {written}"
    seconds = time.process_time() - begun
    assert seconds < 2 + SECONDS_PER_KB * len(data) / 1000, f"{seconds:.1f} s"


def main() -> None:
    """Run until the options say stop; the test files are the first corpus."""
    if not any(not argument.startswith("-") for argument in sys.argv[1:]):
        corpus = ROOT / "build/fuzz-corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        for path in (ROOT / "tests/data/import").rglob("*.*"):
            for number in range(len(FORMATS) + 1):
                (corpus / f"{number}-{path.name}").write_bytes(bytes([number]) + path.read_bytes())
        sys.argv.append(str(corpus))
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
