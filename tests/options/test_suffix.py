"""The format of an answer: one rule for every command that writes one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.errors import UsageError
from bclm_cli.options.suffix import chosen
from support.program import Program

SUFFIXES = {".bib": "bibtex", ".ris": "ris", ".lab.bib": "lab"}


@pytest.mark.parametrize(
    ("named", "file", "format_"),
    [
        (None, None, "ris"),
        ("bibtex", None, "bibtex"),
        ("bibtex", "x.ris", "bibtex"),
        (None, "x.BIB", "bibtex"),
        (None, "x.lab.bib", "lab"),
        (None, "/dev/stdout", "ris"),
    ],
)
def test_flag_then_suffix_then_default(named: str | None, file: str | None, format_: str) -> None:
    path = Path(file) if file else None
    assert chosen(named, path, SUFFIXES, ("bibtex", "ris", "lab"), default="ris") == format_


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        ("steps", ".bib"), ("factors", ".svg"), ("check", ".bib"), ("info", ".csv"),
        ("graph", ".bib"), ("export", ".docx"), ("cite --step 1", ".ris"),
    ],
)  # fmt: skip
def test_every_command_refuses_a_file_that_it_would_not_write(
    small: Program, tmp_path: Path, command: str, suffix: str
) -> None:
    path = tmp_path / f"x{suffix}"
    result = small(*command.split(), "-o", str(path))
    assert (result.code, result.out) == (2, "")
    said = f"bclm: no format of this answer has the suffix '{suffix}'\nhint: "
    assert result.err.startswith(said)
    assert not path.exists()


def test_an_unknown_format() -> None:
    with pytest.raises(UsageError, match="no format 'bibtx'; did you mean bibtex"):
        chosen("bibtx", None, SUFFIXES, ("bibtex", "ris"), default="ris")
