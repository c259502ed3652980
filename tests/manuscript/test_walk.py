"""Whole manuscripts of several files: what they cite, and what only looks like a citation."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.manuscript import scan


def written(folder: Path, files: dict[str, str]) -> str:
    """The files, and the path of the first."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(folder / next(iter(files)))


CHAPTERS = {"one.tex": r"\cite{a}", "parts/two.tex": r"\cite{b}", "two.tex": r"\cite{b}"}


@pytest.mark.parametrize(
    ("main", "keys"),
    [
        (r"\newcommand{\chapterfile}[1]{\include{#1}} \chapterfile{one}", ["a"]),
        (r"\newcommand*\inchapter[1]{\input{parts/#1.tex}} \inchapter{two}", ["b"]),
        (r"\def\part#1{\input{#1}} \part{one} \part{two}", ["a", "b"]),
        (r"\newcommand{\sub}[2][x]{\subfile{parts/#2}} \sub[y]{two}", ["b"]),
        (r"\newcommand{\both}[2]{\input{#1}\input{parts/#2}} \both{one}{two}", ["a", "b"]),
        (r"\NewDocumentCommand{\ch}{m}{\include{#1}} \ch{one}", ["a"]),
        (r"\newcommand{\in}[2]{\import{#1/}{#2}} \in{parts}{two}", ["b"]),
        (r"\let\read\input \read{one}", ["a"]),
        (r"\newcommand{\inner}[1]{\input{#1}}\newcommand{\outer}[1]{\inner{parts/#1}}\outer{two}",
         ["b"]),
    ],
)  # fmt: skip
def test_macros_that_include(main: str, keys: list[str], tmp_path: Path) -> None:
    found = scan([written(tmp_path, {"main.tex": main, **CHAPTERS})])
    assert (list(found.keys), found.remarks) == (keys, ())


@pytest.mark.parametrize(
    "main",
    [
        r"\documentclass{thesis} \chapterfile{one}",
        r"\documentclass[a4paper]{thesis}\chapterfile{one}",
        r"\usepackage{amsmath, own} \chapterfile{one}",
        r"\RequirePackage{own} \chapterfile{one}",
        r"\usepackage{styles/own} \chapterfile{one}",
    ],
)
def test_macros_of_local_classes_and_packages(main: str, tmp_path: Path) -> None:
    style = r"\newcommand{\chapterfile}[1]{\include{#1}} \newcommand{\odd}{\cite{\undefined}}"
    files = {"main.tex": main, "thesis.cls": style, "own.sty": style, "styles/own.sty": style}
    found = scan([written(tmp_path, {**files, **CHAPTERS})])
    assert (found.keys, found.remarks) == (("a",), ())


@pytest.mark.parametrize("file", ["plot.pgf", "fig.pdf_tex", "fig.pstex_t", "fig.pdf"])
def test_pictures_cite_nothing(file: str, tmp_path: Path) -> None:
    main = rf"\cite{{a}} \input{{{file}}}"
    found = scan([written(tmp_path, {"main.tex": main, file: r"\cite{no}"})])
    assert (found.keys, found.remarks) == (("a",), ())
    assert scan([written(tmp_path, {"main.tex": main})]).remarks == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("main.tex", "Text.\n\\bibliography{refs}"),
        ("main.tex", "\\addbibresource{refs.bib}\nText."),
        ("main.md", "---\nbibliography: refs.bib\n---\nText.\n"),
        ("main.typ", "Text.\n#bibliography(\"refs.bib\")"),
    ],
)  # fmt: skip
def test_a_bibliography_that_nothing_cites_is_a_warning(
    name: str, text: str, tmp_path: Path
) -> None:
    found = scan([written(tmp_path, {name: text, "refs.bib": ""})])
    (remark,) = found.remarks
    assert (found.keys, remark.level) == ((), "warning")
    assert remark.what == "no citation is found, though a bibliography is named here"


def test_a_text_without_bibliography_may_cite_nothing(tmp_path: Path) -> None:
    assert scan([written(tmp_path, {"main.tex": "Text."})]).remarks == ()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('#subpar.grid(figure(image("a.png")), <fig:a>, label: <fig:b>) @fig:a @fig:b @doe',
         ["doe"]),
        ('#example("name", label: <thm>)[Text.] @thm @doe', ["doe"]),
        ('#bench(label_str: "tab") @tab @doe', ["doe"]),
        ('#box([x], label("tab")) @tab @doe', ["doe"]),
        ("#link(<sec>)[there] @sec @doe", ["doe"]),
        ("#cite(<doe>) and #quote(attribution: <roe>)[x]", ["doe", "roe"]),
        ("#let c(k) = cite(k)\n#c(<doe>) @doe", ["doe"]),
    ],
)  # fmt: skip
def test_labels_of_typst(text: str, keys: list[str], tmp_path: Path) -> None:
    assert list(scan([written(tmp_path, {"main.typ": text})]).keys) == keys


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ('#let entries = ((key: "ctc", short: "CTC"), (key: "emt", short: "EMT", long: "x"))', {}),
        ('#let entries = (ctc: (short: "CTC"), "emt": (short: "EMT", long: "x"))', {}),
        ('#show: init-glossary.with((emt: "EMT", ctc: (short: "CTC", doe2019: "x")))', {}),
        ('#let myGlossary = ("ctc": "CTC", emt: [EMT])\n#show: init-glossary.with(myGlossary)', {}),
        ('#my-Abbreviations.with((ctc: [a 3.5" disk],\n "emt": "a \\"b\\""))', {}),
        ('#init-acronyms(("ctc": ("Cell",), emt: ("x", "y"),))', {}),
        ('#init-glossary(yaml("terms.yml"))',
         {"terms.yml": "ctc:\n  short: CTC\nemt:\n  long: x\n"}),
        ('#register-glossary(yaml("terms.yml"))',
         {"terms.yml": "- key: ctc\n  short: CTC\n- key: emt\n  short: EMT\n"}),
        ('#init-glossary(json("terms.json"))',
         {"terms.json": '{\n  "ctc": {"short": "CTC"},\n  "emt": {"short": "EMT"}\n}\n'}),
        ('#init-glossary(toml("terms.toml"))',
         {"terms.toml": '[ctc]\nshort = "CTC"\n[emt]\nshort = "EMT"\n'}),
    ],
)  # fmt: skip
def test_terms_of_a_glossary(text: str, files: dict[str, str], tmp_path: Path) -> None:
    main = f"{text}\n@ctc and @emt:pl and @doe2019 and @emtx."
    assert scan([written(tmp_path, {"main.typ": main, **files})]).keys == ("doe2019", "emtx")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("---\ncrossref:\n  custom:\n    - kind: float\n      key: suppfig\n---\n"
         "See @suppfig-1, @suppfigure-1 and @doe.", ["suppfigure-1", "doe"]),
        ("---\ncrossref:\n  fig-title: Abb.\n  custom:\n    - key: dia\n      kind: float\n"
         "    - key: vid\n---\n@dia-one @vid-two @doe", ["doe"]),
        ("---\ncrossref:\n  custom:\n    - {kind: float, key: dia}\n"
         "    - {key: 'vid', kind: float}\n---\n@dia-one @Vid-two @doe", ["doe"]),
        ("---\ncrossref:\n  custom: [{kind: float, key: dia}]\n---\n@dia-one @doe", ["doe"]),
        ("See @suppfig-1 and @doe.\n\n![C](a.png){#suppfig-1}\n", ["doe"]),
        ("See @mybox and @doe.\n\n::: {#mybox .note}\nText\n:::\n", ["doe"]),
    ],
)  # fmt: skip
def test_labels_of_quarto(text: str, keys: list[str], tmp_path: Path) -> None:
    assert list(scan([written(tmp_path, {"main.qmd": text})]).keys) == keys


def test_kinds_of_cross_references_that_the_project_declares(tmp_path: Path) -> None:
    project = "project:\n  type: book\ncrossref:\n  custom:\n    - kind: float\n      key: mov\n"
    text = "@mov-1 @Mov-2 @movie-1 @doe"
    chapter = written(tmp_path, {"parts/a.qmd": text, "_quarto.yml": project})
    assert scan([chapter]).keys == ("movie-1", "doe")
