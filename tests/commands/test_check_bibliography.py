"""`bclm check main.tex` with the bibliography that it names, `check refs.bib`, and --fix."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bclm_cli.checks import bibliography, fixes
from support.program import Program

REFS = """\
% kept as it is
@article{one2001, author={Example, Ann and others}, title={EXA1 in cells}, journal={J Examples},
  year=2001, volume=1, pages={11-19}, doi={https://doi.org/10.1000/one}, x-own={kept}}
@article{two2002, author={Example, Bo}, title={Two}, journal={J Examples}, year=2002, volume=2,
  pages={1}, doi={10.1000/two}}
@book{three2003, author={Roe, R}, title={Three}, publisher={P}, year=2003}
"""
TEX = """\
\\cite{one2001,three2003}
\\cite{nowhere} \\cite{nowhere}
\\bibliography{refs}
"""
FIXED = (
    REFS.replace("EXA1 in", "{EXA1} in").replace("11-19", "11--19").replace("https://doi.org/", "")
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("refs.bib").write_text(REFS)
    Path("main.tex").write_text(TEX)


def test_the_bibliography_that_a_manuscript_names_is_used(small: Program) -> None:
    assert small("check", "main.tex", "--level", "note", "--ignore", "can-be-fixed") == (
        1,
        "main.tex:1:7: one2001: only 1 of its authors is known, so styles print et al."
        " [note: and-others]\n"
        "main.tex:2:7: nowhere: no such paper (also at 2:22); --also FILE names another"
        " bibliography [error: unknown-key]\n"
        "refs.bib:1:1: fields that are not taken: x-own (1) [note: field]\n"
        "refs.bib:4:1: two2002: is not cited [note: unused]\n",
        "bclm: also checked: refs.bib\nbclm: 1 error, 3 notes\n",
    )
    Path("main.tex").write_text(TEX.replace("nowhere", "two2002"))
    assert small("check", "main.tex", "--ignore", "can-be-fixed")[:2] == (0, "")


def test_a_bibliography_that_is_named_and_asked_for_is_read_once(
    small: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, files = bibliography.read, []

    def counted(file: Path, terms: frozenset[str]) -> bibliography.Reading:
        files.append(file)
        return read(file, terms)

    monkeypatch.setattr(bibliography, "read", counted)
    result = small("check", "main.tex", "refs.bib", "--ignore", "can-be-fixed", "--level", "note")
    assert result == (
        1,
        "refs.bib:1:1: fields that are not taken: x-own (1) [note: field]\n"
        "refs.bib:2:1: one2001.author: only 1 of its authors is known, so styles print et al."
        " [note: incomplete-authors]\n"
        "refs.bib:6:1: three2003: has no ISBN [note: incomplete]\n"
        "main.tex:1:7: one2001: only 1 of its authors is known, so styles print et al."
        " [note: and-others]\n"
        "main.tex:2:7: nowhere: no such paper (also at 2:22); --also FILE names another"
        " bibliography [error: unknown-key]\n"
        "refs.bib:4:1: two2002: is not cited [note: unused]\n",
        "bclm: 1 error, 5 notes\n",
    )
    assert files == [Path("refs.bib")]


BROKEN = """\
@book{one2001, author={Roe, R}, title={Open, publisher={P}, year=2001}

@book{adams2001, author={Roe, R}, title={Open,

"""


def test_a_key_whose_entry_is_broken_is_there(small: Program) -> None:
    """Also where other data has a paper of that key, which LaTeX does not see."""
    Path("refs.bib").write_text(BROKEN + REFS[REFS.index("@book") :])
    Path("main.tex").write_text("\\cite{three2003,one2001,adams2001}\n\\bibliography{refs}")
    assert small("check", "main.tex")[:2] == (
        1,
        "main.tex:1:17: one2001: its entry in refs.bib:1 cannot be read [error: unknown-key]\n"
        "main.tex:1:25: adams2001: its entry in refs.bib:3 cannot be read [error: unknown-key]\n"
        "refs.bib:1:1: one2001: the value of title is not closed [error: entry]\n"
        "refs.bib:3:1: adams2001: the value of title is not closed [error: entry]\n",
    )
    listed = json.loads(small("check", "refs.bib", "--json").out)
    assert [one["id"] for one in listed] == ["one2001", "adams2001", *([""] * (len(listed) - 2))]


def test_a_bibliography_that_is_named_twice_is_checked_once(small: Program) -> None:
    Path("main.tex").write_text("\\cite{one2001,three2003}\n\\bibliography{refs}")
    alone = small("check", "refs.bib", "--level", "note")
    both = small("check", "main.tex", "./refs.bib", "--level", "note")
    cited, unused = both.out.removeprefix(alone.out).splitlines()
    assert cited.startswith("main.tex:1:7: one2001: only 1 of its authors is known")
    assert unused == "refs.bib:4:1: two2002: is not cited [note: unused]"
    assert "also checked" not in both.err
    for paths in (("refs.bib", "."), (".", "refs.bib"), ("refs.bib", "./refs.bib")):
        assert len(small("check", *paths, "--level", "note").out.splitlines()) == len(
            alone.out.splitlines()
        )


def test_a_paper_of_the_data_that_the_bibliography_lacks(small: Program) -> None:
    Path("main.tex").write_text("\\cite{one2001,adams2001}\n\\bibliography{refs}")
    found = small("check", "main.tex", "--ignore", "weak-basis,can-be-fixed")
    assert found == (
        0,
        "main.tex:1:15: adams2001: in the data, but not in refs.bib; `bclm add KEY --write"
        " refs.bib` adds the entry [warning: not-in-bibliography]\n",
        "bclm: also checked: refs.bib\nbclm: 1 warning, 4 notes (--level note lists the notes)\n",
    )
    Path("main.tex").write_text("\\cite{one2001,adams2001}\n\\bibliography{refs,later}")
    assert small("check", "main.tex", "--ignore", "weak-basis,can-be-fixed").out == ""


def test_what_a_manuscript_cites_in_markdown_and_typst(small: Program) -> None:
    Path("a.md").write_text("---\nbibliography: refs.bib\n---\n@one2001 @nowhere\n")
    Path("a.typ").write_text('@one2001 @nowhere\n#bibliography("refs.bib")\n')
    for name in ("a.md", "a.typ"):
        result = small("check", name, "--level", "error")
        assert result.out.count("\n") == 1
        assert ": nowhere: no such paper; --also FILE" in result.out


def test_the_first_of_two_bibliographies_wins(small: Program) -> None:
    Path("more.bib").write_text("@book{one2001, author={Roe, R}, title={Another}, publisher={P}}")
    Path("main.tex").write_text("\\cite{one2001}\\bibliography{refs,more}")
    found = small("check", "main.tex", "--ignore", "needed,can-be-fixed").out
    assert found == (
        "more.bib:1:1: one2001: the key stands in refs.bib:2 too; that entry is taken"
        " [error: same-key]\n"
    )


def test_a_bibliography_alone(small: Program) -> None:
    result = small(
        "check", "refs.bib", "--level", "note", "--ignore", "field,incomplete,can-be-fixed"
    )
    assert result == (
        0,
        "refs.bib:2:1: one2001.author: only 1 of its authors is known, so styles print"
        " et al. [note: incomplete-authors]\n",
        "bclm: 1 note\n",
    )
    assert small("check", "--data", "refs.bib", "--only-data").code == 0
    Path("lab").mkdir()
    Path("refs.bib").rename("lab/own.bib")
    found = small("check", "lab", "--ignore", "can-be-fixed").err
    assert found == "bclm: 3 notes (--level note lists the notes)\n"


def test_what_fix_would_put_right_is_said_where_it_stands(small: Program) -> None:
    """Also where a manuscript names the file: `&` stops pdflatex, styles lower EXA1."""
    Path("refs.bib").write_text(
        "@article{a1, title = {EXA1 & more},\n"
        "  pages = {1-9}, journal = {J}, year = 2001,\n"
        "  author = {Roe, Ann}, doi = {https://doi.org/10.1000/x}}\n"
        "@book{b1, title={B}, author={Roe, Ann}, year=2001, url={https://doi.org/10.1000/y}}\n"
    )
    Path("main.tex").write_text("\\cite{a1}\\bibliography{refs}")
    rows = [
        "refs.bib:1:23: characters that LaTeX cannot set, or takes for commands"
        " [warning: can-be-fixed]",
        "refs.bib:2:12: the pages have no LaTeX dash [note: can-be-fixed]",
        "refs.bib:3:31: the DOI is written as a URL, with a label or in braces"
        " [warning: can-be-fixed]",
        "refs.bib:4:57: the DOI stands in url, and there is no doi [note: can-be-fixed]",
    ]
    for command in (("refs.bib",), ("main.tex",)):
        result = small("check", *command, "--level", "note", "-v")
        assert [line for line in result.out.splitlines() if "can-be-fixed" in line] == rows
        assert "`bclm check refs.bib --fix` shows how to write it" in result.err
    fixed = small("check", "refs.bib", "--fix", "--write")
    assert (fixed.code, fixed.err.splitlines()[0]) == (0, "bclm: put 4 values right in refs.bib")
    assert "can-be-fixed" not in small("check", "main.tex", "--level", "note").out


def test_claims_of_a_folder_may_rest_on_its_bibliography(small: Program) -> None:
    Path("steps.yaml").write_text(
        "steps:\n  - id: arrival\n    claims:\n      EXA1:\n        - effect: promotes\n"
        "          statement: It is so.\n          reference: one2001\n          system: [review]\n"
    )
    assert small("check", ".").code == 0


def test_many_findings_of_a_kind_are_one_line(small: Program) -> None:
    entry = "@book{{b{0}, author={{Roe, R}}, title={{Book {0}}}, year=2003}}\n"
    Path("refs.bib").write_text("".join(map(entry.format, range(64))))
    folded = small("check", "refs.bib").out
    assert folded == (
        "refs.bib:1:1: 64 times: has no publisher, which a reference to it needs"
        " (b0, b1, b2, b3, b4, b5, b6, b7 and 56 more) [warning: needed]\n"
    )
    assert small("check", "refs.bib", "--verbose").out.count("\n") == 64
    assert len(json.loads(small("check", "refs.bib", "-f", "json").out)) == 64


def test_advice_stands_once_at_the_end(small: Program) -> None:
    text = REFS.replace("10.1000/two", "10.1000/one").replace("pages={1}", "pages={}")
    Path("refs.bib").write_text(text.replace("doi={https://doi.org/10.1000/one}", ""))
    Path("main.tex").write_text("\\cite{one2001,two2002}\\bibliography{refs}")
    Path("refs.bib").write_text(REFS.replace("doi", "no").replace("pages", "nope"))
    result = small("check", "main.tex", "--ignore", "field")
    assert result.out.count("its record has no DOI [warning: no-doi]") == 2
    assert result.err.splitlines()[1] == (
        "bclm: no-doi, no-pages: add what a record lacks in a bibliography or data folder of your"
        " own"
    )


def test_a_bibliography_is_mended_after_a_diff(small: Program) -> None:
    result = small("check", "refs.bib", "--fix")
    assert (result.code, result.err) == (
        1, "bclm: nothing is written yet\nhint: --write writes it\n",
    )  # fmt: skip
    assert [line for line in result.out.splitlines() if line[:1] in "+-"][2:] == [
        *(f"-{line}" for line in REFS.splitlines()[1:3]),
        *(f"+{line}" for line in FIXED.splitlines()[1:3]),
    ]
    assert Path("refs.bib").read_text() == REFS
    written = small("check", "refs.bib", "--fix", "--write")
    assert (written.code, written.err.splitlines()[0]) == (
        0,
        "bclm: put 3 values right in refs.bib",
    )
    assert Path("refs.bib").read_text() == FIXED
    again = small("check", "refs.bib", "--fix", "--write")
    assert again.err.splitlines()[0] == (
        "bclm: nothing here can be fixed safely without looking at the paper"
    )


def test_a_read_only_file_is_not_mended(small: Program) -> None:
    Path("refs.bib").chmod(0o444)
    result = small("check", "refs.bib", "--fix", "--write")
    assert (result.code, result.err) == (
        4, "bclm: cannot write refs.bib: it is read-only\nhint: chmod u+w refs.bib\n",
    )  # fmt: skip
    assert Path("refs.bib").read_text() == REFS


def test_a_file_that_changes_meanwhile_is_not_mended(
    small: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(edit: fixes.Edit) -> list[str]:
        edit.path.write_text(REFS + "% one more line\n")
        return []

    monkeypatch.setattr(fixes, "difference", changed)
    result = small("check", "refs.bib", "--fix", "--write")
    assert (result.code, result.err.splitlines()[0]) == (
        4, "bclm: refs.bib was changed by another program meanwhile; nothing was written",
    )  # fmt: skip
    assert Path("refs.bib").read_text() == REFS + "% one more line\n"


def test_other_formats_are_checked_and_not_mended(small: Program) -> None:
    Path("refs.ris").write_text(
        "TY  - JOUR\nID  - a\nTI  - A\nDO  - https://doi.org/10.1000/a\nER  -\n"
    )
    result = small("check", "refs.ris", "--fix")
    assert result.err.splitlines()[0] == (
        "bclm: nothing here can be fixed safely without looking at the paper"
    )


@pytest.mark.parametrize("words", [["gone.bib"], ["gone.bib", "--fix"]])
def test_a_bibliography_that_is_not_there(small: Program, words: list[str]) -> None:
    result = small("check", *words)
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("bclm: gone.bib: cannot read: ")


NO_DOI = """\
@article{mine, title={The first}, author={Roe, R}, year=2001, journal={J}, volume=1, pages={1}}
@article{alike, title={The second}, author={Poe, P}, year=2002, journal={J}}
@article{other, title={The third}, author={Poe, P}, year=2002, journal={J}, volume=1, pages={1}}
"""
IN_DATA = """\
@article{one, title={The First}, author={Roe, R}, year=2001, journal={J}, volume=1, pages={1},
  doi={10.1000/one}}
@article{two, title={The second}, author={Poe, P}, year=2002, journal={J}, volume=1, pages={2},
  doi={10.1000/two}}
@article{three, title={The third}, author={Poe, P}, year=2003, journal={J}, volume=1, pages={3},
  doi={10.1000/three}}
"""


def test_the_doi_that_the_data_has_of_a_paper_is_named(small: Program) -> None:
    Path("refs.bib").write_text(NO_DOI)
    Path("data.bib").write_text(IN_DATA)
    Path("main.tex").write_text("\\cite{mine,alike,other}\\bibliography{refs}")
    ran = small("check", "main.tex", "--data", "data.bib", "--ignore", "no-pages", "-f", "tsv")
    told = [line.split("\t") for line in ran.out.splitlines()]
    assert [(row[1], *row[5:]) for row in told[1:]] == [
        ("no-doi", "mine", "", "its record has no DOI; one in the data has 10.1000/one",
         "`bclm add --update --write refs.bib` fills it in"),
        ("no-doi", "alike", "", "its record has no DOI; two in the data has 10.1000/two",
         "add it to your record, if it is the same paper"),
        ("no-doi", "other", "", "its record has no DOI",
         "add what a record lacks in a bibliography or data folder of your own"),
    ]  # fmt: skip
    ran = small("check", "refs.bib", "--data", "data.bib", "--level", "note")
    assert ran.out.splitlines() == [
        "refs.bib:1:1: mine: has no DOI; one in the data has 10.1000/one;"
        " `bclm add --update --write refs.bib` fills it in [note: incomplete]",
        "refs.bib:2:1: alike: has no volume, page or DOI; two in the data has 10.1000/two;"
        " add it to your record, if it is the same paper [note: incomplete]",
        "refs.bib:3:1: other: has no DOI [note: incomplete]",
    ]
    small("add", "--update", "--write", "refs.bib", "--data", "data.bib")
    assert Path("refs.bib").read_text().count("10.1000/") == 1
