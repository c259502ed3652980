"""A bibliography is settled before the data is read, and notes what may be missing from it."""

from __future__ import annotations

import pytest

from bclm_cli.bibliography import Bibliography
from bclm_cli.errors import UsageError
from bclm_cli.output import say
from bclm_cli.query import Library, Selection, UsedIn
from support.program import Program


def test_the_papers_in_the_order_of_the_selection(small: Program) -> None:
    written = Bibliography("ris", journal="full", without=["AU,DO", "abstract"])
    selection = Selection(keys=("example2012a", "adams2001"))
    chunks = "".join(written.chunks(Library(), selection, say))
    ids = [line.removeprefix("ID  - ") for line in chunks.splitlines() if line[:2] == "ID"]
    assert ids == ["example2012a", "adams2001"]
    assert "AU  - " not in chunks


@pytest.mark.parametrize(
    ("format", "without", "message"),
    [
        ("bibtx", [], "no format 'bibtx'; did you mean bibtex"),
        ("bibtex", ["pags"], "no bibtex field 'pags'; did you mean pages"),
    ],
)
def test_wrong_settings_are_refused_at_once(format: str, without: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Bibliography(format, journal="full", without=without)


def test_what_a_manuscript_cites_in_vain_is_noted(
    small: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    used_in = UsedIn((("nobody1999", "paper.tex:3:7"),), everything=False, lenient=True)
    written = Bibliography("bibtex", journal="full", without=())
    assert list(written.chunks(Library(), Selection(used_in=used_in), say)) == []
    assert capsys.readouterr().err == (
        "bclm: paper.tex:3:7: no paper 'nobody1999'; did you mean nobody?\nbclm: no papers match\n"
    )
