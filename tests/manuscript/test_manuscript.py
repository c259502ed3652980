"""Manuscripts as files: formats, included files, order, and what is wrong with real ones."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bclm_cli.errors import DataError, UsageError
from bclm_cli.manuscript import (
    ALL,
    Citation,
    Remark,
    Scan,
    formats,
    held_keys,
    scan,
)
from bclm_cli.manuscript.walk import PLACES
from support.tools import needs


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def test_citations_have_their_places() -> None:
    paper = write("paper.tex", "\n\\cite{b} über \\cite{a,\n  b}\n")
    assert scan([paper]).citations == (
        Citation("b", "paper.tex", 2, 7),
        Citation("a", "paper.tex", 2, 21),
        Citation("b", "paper.tex", 3, 3),
    )
    assert scan([paper]).keys == ("b", "a")


def test_included_files_are_read_at_their_place() -> None:
    write("paper.tex", "\\cite{a}\n\\include{parts/one}\\input{parts/two.tex}\n\\cite{e}")
    write("parts/one.tex", "\\cite{b}\\input{parts/deep}\\cite{d}")
    write("parts/deep.tex", "\\cite{c}")
    write("parts/two.tex", "\\cite{a}")
    assert [(one.key, one.path) for one in scan(["paper.tex"]).citations] == [
        ("a", "paper.tex"),
        ("b", "parts/one.tex"),
        ("c", "parts/deep.tex"),
        ("d", "parts/one.tex"),
        ("a", "parts/two.tex"),
        ("e", "paper.tex"),
    ]


def test_a_path_starts_where_the_format_says() -> None:
    write("doc/paper.tex", "\\input{parts/one}")
    write("doc/parts/one.tex", "\\input{x}")
    write("doc/x.tex", "\\cite{root}")
    write("doc/parts/x.tex", "\\cite{beside}")
    write("doc/paper.typ", '#include "parts/one.typ"')
    write("doc/parts/one.typ", '#include "x.typ"')
    write("doc/x.typ", "@root")
    write("doc/parts/x.typ", "@beside")
    assert scan(["doc/paper.tex"]).keys == ("root",)
    assert scan(["doc/paper.typ"]).keys == ("beside",)


def test_a_loop_is_read_once_and_told() -> None:
    write("a.tex", "\\cite{a}\n\\input{b}\n\\cite{c}")
    write("b.tex", "\\cite{b} \\input{a.tex} \\input{b}")
    found = scan(["a.tex"])
    assert found.keys == ("a", "b", "c")
    assert found.remarks == (
        Remark("warning", "a.tex includes itself; it is read once", "b.tex", 1, 16),
        Remark("warning", "b includes itself; it is read once", "b.tex", 1, 30),
    )


def test_a_missing_part_is_reported() -> None:
    write("paper.qmd", "@a\n\n{{< include gone.qmd >}}\n")
    what = "gone.qmd is not found; the keys that it cites are missing here"
    assert scan(["paper.qmd"]) == Scan(
        (Citation("a", "paper.qmd", 1, 1),), (Remark("warning", what, "paper.qmd", 3, 13),)
    )


def test_many_inclusions_of_one_file_are_no_work() -> None:
    for level in range(30):
        write(f"p{level}.tex", f"\\cite{{k{level}}}" + f"\\input{{p{level + 1}}}" * 30)
    write("p30.tex", "\\cite{end}")
    assert scan(["p0.tex"]).keys == (*(f"k{level}" for level in range(30)), "end")


def test_labels_of_any_file_are_no_citations() -> None:
    write("paper.typ", '@fig:a @real\n#include "part.typ"')
    write("part.typ", "#figure[x] <fig:a>")
    assert scan(["paper.typ"]).keys == ("real",)


@needs("python:typst")
def test_of_an_imported_file_the_definitions_count(tmp_path: Path) -> None:
    import typst

    paper = write("paper.typ", '#import "part.typ": *\n#x #f(1) @d\n#bibliography("x.bib")')
    write(
        "part.typ",
        '@no #[#let y = [@no]] #if true [@no]\n#let x = [@a]\n#import "deep.typ": g'
        '\n#include "gone.typ"\n#let f(x) = { include "in.typ"; [#g @c] }\n@no',
    )
    write("deep.typ", "#let g = [x @b]\n@no")
    write("in.typ", "@e #let z = [x]")
    write("gone.typ", "@no")
    write("x.bib", "".join(f"@misc{{{key}, title={{T}}}}\n" for key in ("no", *"abcde")))
    cited = {one["key"] for one in json.loads(typst.query(paper, "cite"))}
    assert cited == {f"<{key}>" for key in "abcde"}
    assert scan([paper]).keys == ("a", "b", "e", "c", "d")


def test_what_is_imported_is_still_included() -> None:
    write("paper.typ", '#import "part.typ": x\n#include "part.typ"\n#import "part.typ": x')
    write("part.typ", "#let x = [@a]\n@b")
    assert scan(["paper.typ"]).keys == ("a", "b")


def test_several_manuscripts_and_everything() -> None:
    write("a.md", "@a")
    write("b.aux", "\\citation{b,a}\n\\citation{*}\n\\@input{c.aux}\n")
    write("c.aux", "\\abx@aux@cite{0}{c}\n\\abx@aux@cite{d}\n\\abx@aux@nociteall\n\\citation{")
    assert scan(["a.md", "b.aux", "a.md"]).keys == ("a", "b", ALL, "c", "d")


BCF = """<?xml version="1.0" encoding="UTF-8"?>
<bcf:controlfile version="3.9" xmlns:bcf="https://sourceforge.net/projects/biblatex">
  <bcf:section number="0">
    <bcf:citekey order="1" intorder="1">a&amp;b</bcf:citekey>
    <bcf:citekey order="2" type="set" members="ü,c">set1</bcf:citekey>
    <bcf:citekey order="3" nocite="1">*</bcf:citekey>
  </bcf:section>
  <bcf:sortitem order="1">author</bcf:sortitem>
</bcf:controlfile>
"""


def test_control_file_of_biber() -> None:
    write("paper.bcf", BCF)
    assert scan(["paper.bcf"]).keys == ("a&b", "ü", "c", "*")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (BCF[:300], "paper.bcf:6:5: this is no whole .bcf: unclosed token"),
        (
            BCF.replace("<bcf:c", '<!DOCTYPE x [<!ENTITY a "aa">]>\n<bcf:c', 1),
            "paper.bcf:2:13: a .bcf has no DOCTYPE; this one is not read any further",
        ),
    ],
)
def test_control_file_that_is_none(text: str, error: str) -> None:
    write("paper.bcf", text)
    with pytest.raises(DataError) as raised:
        scan(["paper.bcf"]).refuse_broken()
    assert str(raised.value) == error


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("paper.tex", "a\n \\cite{x", "paper.tex:2:7: \\cite{ is never closed"),
        ("paper.tex", "\\citep[x\n\n{a}", "paper.tex:1:7: \\citep[ is never closed"),
        ("paper.md", b"\x00\x01", "paper.md: is a binary file, not text"),
        ("gone.tex", None, "gone.tex: cannot read: No such file or directory"),
        ("folder.tex/x", "", "folder.tex: cannot read: Is a directory"),
        ("lab", None, "lab: no such file or folder"),
    ],
)
def test_what_cannot_be_read(name: str, text: str | bytes | None, error: str) -> None:
    if text is not None:
        write(name, text)
    with pytest.raises(DataError) as raised:
        scan([name.split("/")[0]]).refuse_broken()
    assert str(raised.value) == error


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "paper.docx",
            "paper.docx: cannot find citations in a .docx file",
            "Zotero's field codes stand in it, not keys: export with -f ris or -f csljson, import"
            " that into Zotero, and cite from there; or name the .md that pandoc made it from",
        ),
        (
            "refs.bib",
            "refs.bib: cannot find citations in a .bib file",
            "that is a bibliography: name the manuscript, and this file with --data",
        ),
        (
            "paper",
            "paper: a file without a suffix does not tell its format",
            "readable are .bcf, .tex, .ltx, .latex, .rnw, .lhs, .md, .qmd, .rmd, .markdown, .aux,"
            " .typ; or name its format with --used-in-format bcf|tex|md|aux|typ",
        ),
        ("/", "/ is a folder", "name the manuscript in it"),
        (
            "-",
            "(stdin): no suffix tells its format",
            "name it with --used-in-format bcf|tex|md|aux|typ",
        ),
    ],
)
def test_formats_that_nobody_reads(name: str, message: str, hint: str) -> None:
    write("paper", "")
    with pytest.raises(UsageError) as raised:
        scan([name])
    assert (str(raised.value), raised.value.hint) == (message, hint)


def test_format_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO("é \\cite{a}".encode("latin-1")))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert scan(["-"], "latex").citations == (Citation("a", "(stdin)", 1, 9),)
    write("paper.txt", "@a")
    assert [scan(["paper.txt"], name).keys for name in ("markdown", "qmd", ".typ")] == [("a",)] * 3
    with pytest.raises(UsageError) as raised:
        scan(["paper.txt"], "word")
    assert str(raised.value) == "no manuscript format 'word'"


@pytest.mark.parametrize(
    "data",
    [
        "ü \\cite{a}".encode("latin-1"),
        "\ufeffü \\cite{a}".encode(),
        "ü \\cite{a}".encode("utf-16"),
        "% ü \\cite{no}\rü \\cite{a}\r".encode(),
        "% ü \\cite{no}\r\nü \\cite{a}\r\n".encode(),
    ],
)
def test_encodings_and_line_ends(data: bytes) -> None:
    write("paper.tex", data)
    assert scan(["paper.tex"]).keys == ("a",)


def test_a_device_is_not_followed() -> None:
    os.mkfifo("pipe.tex")
    write("paper.tex", "\\input{pipe}\\input{/dev/zero}\\cite{a}")
    found = scan(["paper.tex"])
    assert found.keys == ("a",)
    assert [remark.what.split()[0] for remark in found.remarks] == ["pipe", "/dev/zero"]


def test_places_of_one_key_are_bounded() -> None:
    write("paper.tex", "\\cite{a}\\cite{b}" * (PLACES + 10))
    assert len(scan(["paper.tex"]).citations) == 2 * PLACES


def test_other_bibliographies() -> None:
    write(
        "x.bib",
        "@article{a, title={x}}\n@Book ( b,\n  ids = {c, d},\n}\n"
        '@string{no = "x"}\n@comment{no}\n@misc{e}',
    )
    write("x.json", '[{"id": "a"}, {"id": 7}, {}]')
    write("y.json", '{"references": [{"id": "a"}]}')
    write("x.yaml", 'references:\n  - id: a\n    title: x\n  - type: book\n    id: "b"\n')
    write("y.yml", "a:\n    type: Article\n    title: x\nb-c:\n    type: Book\n")
    assert [held_keys(name) for name in ("x.bib", "x.json", "y.json", "x.yaml", "y.yml")] == [
        {"a", "b", "c", "d", "e"},
        {"a", "7"},
        {"a"},
        {"a", "b"},
        {"a", "b-c"},
    ]
    with pytest.raises(DataError, match=r"^bad\.json: not valid JSON"):
        held_keys(write("bad.json", "[" * 100_000))
    with pytest.raises(UsageError, match="no bibliography by its suffix"):
        held_keys("paper.tex")


@pytest.mark.parametrize("text", ["null", "5", '"a"', "{}", '{"references": 5}', '{"items": {}}'])
def test_a_bibliography_that_is_no_list(text: str) -> None:
    with pytest.raises(DataError) as raised:
        held_keys(write("x.json", text))
    what = "holds no list of references; begin it with [ and end it with ]"
    assert str(raised.value) == f"x.json: {what}"


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 500_000,
        "ids\n" * 100_000,
        "ids = {" * 100_000,
        "@a" + "\n" * 500_000,
        "@a{" * 100_000,
    ],
)
def test_a_hostile_bibliography_takes_no_time(text: str) -> None:
    """Work grows with the text: with its square this would go on for hours."""
    assert held_keys(write("x.bib", text + "@misc{a, ids={b}}")) >= {"a"}


HOSTILE = {
    "latex": (
        r"\def\a#1{", r"\newcommand{\a}[1]{\cite{#1}", r"\newcommand{\a}{\citep", r"\if0 ",
        r"\iffalse\newif", r"\endinput\fi ", r"\newenvironment{q}[1]{\cite{#1}}{}\begin{q}",
        r"\def\a#1{\cite{#1}\a{x#1}\a{#1#1}}\a{", r"\newcommand{\a}[2]{\cite{#1}\cite{p#2}}\a{x}{",
    ),
    "markdown": (
        "<pre> <style> ", "]{a=\"", "{.a ", "{a=b}", "> \n", "---\na: |\n", "---\n 'a\" ",
        "@{-", " #",
    ),
    "typst": (
        "#if ", "#if ([", "#if x [a] else ", "#context ", "#if x + ", "#if /*", "#f(attribution: ",
        "#cite.a", "#import \"x\"", "gloss", "#let gloss = (", "#let gloss = (\"", "#gloss((\"\\",
        "(\"\\\"", "let ", "\\\"", "label", "#f(label", "#f(label-",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_no_time(name: str) -> None:
    """Work grows with the text, not with its square, which would be minutes here."""
    for piece in HOSTILE[name]:
        for text in (
            piece * 20_000,
            piece + " " * 200_000,
            piece + "x" * 200_000,
            piece + '\\"' * 200_000,
        ):
            form = formats()[name]
            for _ in form.Reader(form.SUFFIXES[0]).mentions(text):
                pass


ALPHABET = "@\\[]{}()<>$#`~%\"'/*:;,.-_ \n\ta1&!|=^?ü"
PIECES = st.sampled_from(
    [*ALPHABET, "\\cite", "\\verb|", "\\begin{verbatim}", "\\iffalse", "\\fi", "#cite(", "#let ",
     "```", "<!--", "](", "---\n", "    ", "\n\n", "{{< include x >}}", "\\input{x}", "https://"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=80).map("".join), st.sampled_from(sorted(formats())))
def test_any_text_is_read_to_its_end(text: str, name: str) -> None:
    form = formats()[name]
    for mention in form.Reader(form.SUFFIXES[0]).mentions(text):
        assert 0 <= mention.offset <= len(text)
        if mention.kind == "key" and name != "bcf":
            assert mention.text.split()[0].strip("{}") in text[mention.offset :]
