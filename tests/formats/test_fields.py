"""What single fields become in each format, written down."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry, Options
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Reference
from bclm_cli.text.latex import ascii_, unicode_
from support.tools import needs


def written(name: str, **fields: Any) -> str:
    """A paper with a title and these fields; a field's name is CSL's, with _ for its hyphen."""
    csl = {"id": "key", "type": "article-journal", "title": "On examples"}
    csl |= {field.replace("__", "-"): value for field, value in fields.items()}
    return "".join(registry.writer(name).dump([Reference.from_csl(csl)], Options()))


@pytest.mark.parametrize(
    ("stored", "latex"),
    [
        ("β", r"$\beta$"),
        ("γδ T cells", r"$\gamma\delta$ T cells"),
        ("α-β-γ", r"$\alpha$-$\beta$-$\gamma$"),
        ("5 µm ∆", r"5 $\mu$m $\Delta$"),
        ("Παπαδόπουλος", "Παπαδόπουλος"),
        ("γῆ & β", r"γῆ \& $\beta$"),
        ("Ο καρκίνος και το ήπαρ: β1", r"Ο καρκίνος και το ήπαρ: $\beta$1"),
        ("αβγδ", "αβγδ"),
        ("of Κως", "of $\\mathrm{K}\\omega\\varsigma$"),
    ],
)
def test_greek_words_stay_and_greek_symbols_are_formulas(stored: str, latex: str) -> None:
    assert ascii_(stored) == unicode_(stored) == latex


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bibtex", "@article{key,\n  title = {On examples},\n  year = {in press},\n}\n\n"),
        ("biblatex", "@article{key,\n  title = {On examples},\n  pubstate = {in press},\n}\n\n"),
        (
            "hayagriva",
            "key:\n  type: article\n  title: On examples\n  note: in press\n",
        ),
    ],
)
def test_a_status_that_is_the_date_too_is_said_once(name: str, text: str) -> None:
    assert written(name, issued="in press", status="in press") == text


ARXIV = {"archive": "arXiv", "archive_location": "2001.00001"}


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        (ARXIV, ["  eprint = {2001.00001},", "  eprinttype = {arXiv},"]),
        (ARXIV | {"PMID": "123"}, ["  eprint = {123},", "  eprinttype = {pubmed},"]),
        ({"archive": "arXiv"}, []),
    ],
)
def test_biblatex_has_one_place_for_an_eprint(fields: dict[str, str], lines: list[str]) -> None:
    first, title, *rest = written("biblatex", **fields).splitlines()
    assert [first, title, *rest] == [
        "@article{key,", "  title = {On examples},", *lines, "}", ""
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("issued", "lines"),
    [
        ("2012-07/2012-08", ["  year = {2012},", '  month = jul # "--" # aug,']),
        ("2012-07-30/2012-08-02", ["  year = {2012},", '  month = jul # "--" # aug,']),
        ("2012-07-03/2012-07-05", ["  year = {2012},", "  month = jul,"]),
        ("2012-12/2013-01", ["  year = {2012--2013},"]),
    ],
)
def test_bibtex_writes_both_months_of_a_range(issued: str, lines: list[str]) -> None:
    whole = ["@article{key,", "  title = {On examples},", *lines, "}", ""]
    assert written("bibtex", issued=issued).splitlines() == whole


@needs("bibtex")
def test_real_bibtex_prints_both_months(tmp_path: Path) -> None:
    fields = {"author": [{"family": "Example", "given": "Ann"}], "container__title": "J"}
    text = written("bibtex", issued="2012-07/2012-08", **fields)
    (tmp_path / "refs.bib").write_text(text)
    (tmp_path / "a.aux").write_text("\\citation{*}\n\\bibstyle{plain}\n\\bibdata{refs}\n")
    subprocess.run(("bibtex", "a"), cwd=tmp_path, check=True, capture_output=True)
    assert "{\\em J}, July--August 2012." in (tmp_path / "a.bbl").read_text()


def test_hayagriva_notes_a_visit_without_an_address() -> None:
    assert written("hayagriva", accessed="2020-01-02") == (
        "key:\n  type: article\n  title: On examples\n  note: accessed 2020-01-02\n"
    )


@pytest.mark.parametrize(
    ("person", "full", "short"),
    [
        (
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            "King, Martin Luther Jr",
            "King ML Jr",
        ),
        ({"given": "Cher"}, "Cher", "Cher"),
        ({"family": "Rijn", "given": "Ann", "non-dropping-particle": "van de"},
         "van de Rijn, Ann", "van de Rijn A"),
    ],
)  # fmt: skip
def test_a_name_in_medline(person: dict[str, str], full: str, short: str) -> None:
    text = written("nbib", author=[person], editor=[person])
    assert text.splitlines() == [
        "TI  - On examples.", f"FAU - {full}", f"AU  - {short}", f"FED - {full}", f"ED  - {short}",
        "PT  - Journal Article", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("genre", "lines"),
    [
        ("", ["@phdthesis{key,", "  type = {Thesis},"]),
        ("PhD thesis", ["@phdthesis{key,", "  type = {PhD thesis},"]),
        ("Habilitation", ["@phdthesis{key,", "  type = {Habilitation},"]),
    ],
)
def test_a_thesis_is_of_the_kind_that_is_known(genre: str, lines: list[str]) -> None:
    """Styles print "PhD thesis" for a @phdthesis without a `type`."""
    text = written("bibtex", type="thesis", **({"genre": genre} if genre else {}))
    assert [line for line in text.split("\n") if line[:1] == "@" or " type " in line] == lines
    (entry,) = registry.reader("bibtex").read(text)
    assert isinstance(entry, Entry)
    assert entry.reference.get("genre") == genre


@pytest.mark.parametrize(
    ("stored", "latex"),
    [
        ("1", "First"), ("10", "Tenth"), ("11", "11th"), ("12", "12th"), ("13", "13th"),
        ("20", "20th"), ("21", "21st"), ("22", "22nd"), ("23", "23rd"), ("101", "101st"),
        ("111", "111th"), ("112", "112th"), ("2nd", "2nd"), ("0", "0"), ("revised", "revised"),
    ],
)  # fmt: skip
def test_editions_are_ordinals_in_bibtex(stored: str, latex: str) -> None:
    assert f"  edition = {{{latex}}},\n" in written("bibtex", type="book", edition=stored)


@pytest.mark.parametrize(
    ("journal", "fields"),
    [
        (
            "full",
            "  journaltitle = {Journal of Made-up Results},\n  shortjournal = {J. Made-up Res.},\n",
        ),
        ("abbrev", "  journaltitle = {J. Made-up Res.},\n"),
    ],
)
def test_the_journal_of_biblatex(journal: Any, fields: str) -> None:
    paper = Reference.from_csl({
        "id": "key", "type": "article-journal", "title": "On examples",
        "container-title": "Journal of Made-up Results",
        "container-title-short": "J Made-up Res",
    })  # fmt: skip
    text = "".join(registry.writer("biblatex").dump([paper], Options(journal=journal)))
    assert text == f"@article{{key,\n  title = {{On examples}},\n{fields}}}\n\n"


def test_a_preprint_needs_number_and_server_to_be_an_eprint() -> None:
    fields = {"type": "article", "number": "2001.00001"}
    assert "eprint = " not in written("biblatex", **fields)
    assert "eprint = {2001.00001}" in written("biblatex", **fields, publisher="bioRxiv")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("bibtex", "  pages = {e00313-19},\n"),
        ("biblatex", "  eid = {e00313-19},\n"),
        ("ris", "SP  - e00313-19\n"),
        ("nbib", "PG  - e00313-19\n"),
    ],
)
def test_an_article_number_that_ends_in_its_year_is_no_range(name: str, line: str) -> None:
    text = {"title": "T", "page": "e00313-19", "number": "e00313-19"}
    paper = Reference("a", "article-journal", text, {}, {"issued": Date((2019,))}, {})
    assert line in "".join(registry.writer(name).dump([paper], Options()))
