"""Where the tests, their files and the project lie."""

from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
DATA = TESTS / "data"
SHIPPED = ROOT / "data"
