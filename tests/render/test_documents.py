"""Cards and lists for documents: whole answers, and the programs that documents are made with."""

from __future__ import annotations

import subprocess
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from bclm_cli import render
from bclm_cli.views import Card, Node, Reading, Section, Sides, Span
from support.program import Program
from support.tools import needs

NASTY = "a|b *c* _d_ <e> & 5% #1 $x_i$ {f} ~ ^ \\ [g](h) β\x1b[31m"
CARD = Card(
    (Span("CXCR4", "title"), Span("  gene", "dim")),
    (("DOI", (Span("10.1000/a_b", "doi"),)), ("note", (Span(NASTY),))),
    (
        Section(
            (Span("3 Margination", "step"), Span("  1 promotes, 1 suppresses", "dim")),
            (
                Sides(
                    (Node((Span("promotes", "promotes"), Span("  One.")), (), Span("+")),),
                    (Node((Span("Two."),), (Node((Span("below", "weak"),)),), Span("−")),),
                ),
                Node((Span("1. not a list"),)),
            ),
        ),
    ),
)
TABLE = Reading(
    ("name", "claims"),
    [((Span("CXCR4", "factor"),), (Span("12"),)), ((Span(NASTY),), (Span(""),))],
)


def document(view: Reading | Card, format_: str) -> str:
    return "".join(render.document(view if isinstance(view, Reading) else [view], format_))


def test_a_card_as_markdown() -> None:
    assert document(CARD, "md") == (
        "### CXCR4 (gene)\n"
        "\n"
        "- DOI: [10.1000/a\\_b](<https://doi.org/10.1000/a_b>)\n"
        "- note: a\\|b \\*c\\* \\_d\\_ \\<e\\> & 5% \\#1 "
        "\\$x\\_i\\$ {f} \\~ \\^ \\\\ \\[g\\](h) β\n"
        "\n"
        "#### 3 Margination (1 promotes, 1 suppresses)\n"
        "\n"
        "- \\+ *promotes* One.\n"
        "- − Two.\n"
        "  - *below*\n"
        "- 1\\. not a list\n"
    )


def test_a_card_as_html() -> None:
    assert document(CARD, "html") == (
        "<h3>CXCR4 (gene)</h3>\n"
        "<dl>\n"
        '<dt>DOI</dt><dd><a href="https://doi.org/10.1000/a_b">10.1000/a_b</a></dd>\n'
        "<dt>note</dt><dd>a|b *c* _d_ &lt;e&gt; &amp; 5% #1 $x_i$ {f} ~ ^ \\ [g](h) β␛[31m</dd>\n"
        "</dl>\n"
        "<h4>3 Margination (1 promotes, 1 suppresses)</h4>\n"
        "<ul>\n"
        "<li>+ <em>promotes</em>  One.</li>\n"
        "<li>− Two.\n"
        "<ul>\n"
        "<li><em>below</em></li>\n"
        "</ul>\n"
        "</li>\n"
        "<li>1. not a list</li>\n"
        "</ul>\n"
    )


def test_a_card_as_latex() -> None:
    assert document(CARD, "latex") == (
        "% needs \\usepackage{booktabs,longtable} and \\usepackage{hyperref} for links\n"
        "\\subsection*{CXCR4 (gene)}\n"
        "\\begin{description}\n"
        "  \\item[DOI] \\href{https://doi.org/10.1000/a_b}{10.1000/a\\_b}\n"
        "  \\item[note] a$|$b *c* \\_d\\_ $<$e$>$ \\& 5\\% \\#1 \\$x\\_i\\$ "
        "$\\lbrace$f$\\rbrace$ {\\textasciitilde} {\\textasciicircum} {\\textbackslash} "
        "[g](h) $\\beta$\n"
        "\\end{description}\n"
        "\\paragraph{3 Margination (1 promotes, 1 suppresses)}\n"
        "\\begin{itemize}\n"
        "  \\item {}+ \\emph{promotes} One.\n"
        "  \\item {}$-$ Two.\n"
        "  \\begin{itemize}\n"
        "    \\item {}\\emph{below}\n"
        "  \\end{itemize}\n"
        "  \\item {}1. not a list\n"
        "\\end{itemize}\n"
    )


def test_tables() -> None:
    assert document(TABLE, "md").splitlines()[:3] == [
        "| name | claims |",
        "| --- | ---: |",
        "| **CXCR4** | 12 |",
    ]
    assert document(TABLE, "html").splitlines()[5] == (
        '<tr><td><strong>CXCR4</strong></td><td align="right">12</td></tr>'
    )
    assert "\\textbf{CXCR4} & 12 \\\\\n" in document(TABLE, "latex")


ANSWERS = ("steps", "steps 3", "factors", "factors ICAM1 neutrophil", "claims", "refs",
           "refs muller2001 kang2016", "tree", "search liver")  # fmt: skip


TAGS = {"table", "thead", "tbody", "tr", "th", "td", "h3", "h4", "dl", "dt", "dd", "ul", "li", "a",
        "strong", "em"}  # fmt: skip


class _Tags(HTMLParser):
    """Checks that tags nest, and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("command", ANSWERS)
def test_html_nests(shipped: Program, command: str) -> None:
    tags = _Tags()
    tags.feed(shipped(*command.split(), "-f", "html").out)
    assert tags.open == []
    assert tags.seen <= TAGS


@needs("pdflatex")
def test_pdflatex_takes_every_answer(shipped: Program, tmp_path: Path) -> None:
    body = [shipped(*command.split(), "-f", "latex").out for command in ANSWERS]
    (tmp_path / "all.tex").write_text(
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{textcomp}"
        "\\usepackage{booktabs,longtable}\\usepackage{hyperref}\\begin{document}\n"
        + "\\clearpage\n".join(body)
        + "\\end{document}\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode("latin-1")[-2000:]


@needs("python:pypandoc")
def test_pandoc_reads_the_markdown_as_it_was_meant(shipped: Program, tmp_path: Path) -> None:
    """docs/output.md's road to Word: `bclm claims -f md | pandoc -o table.docx`."""
    import pypandoc

    text = document(TABLE, "md")
    plain = pypandoc.convert_text(text, "plain", "markdown", ["--wrap=none"])
    assert "a|b *c* _d_ <e> & 5% #1 $x_i$ {f} ~ ^ \\ [g](h) β" in plain
    table = shipped("claims", "--step", "3", "-f", "md", "--fields", "factor,effect,statement").out
    word = tmp_path / "table.docx"
    pypandoc.convert_text(table, "docx", "markdown", outputfile=str(word))
    with ZipFile(word) as file:
        xml = file.read("word/document.xml").decode()
    assert xml.count("<w:tr>") == table.count("\n") - 1


def test_a_name_gives_the_card_and_a_list_a_table(small: Program) -> None:
    assert small("factors", "-f", "md").out.startswith("| name |")
    assert small("claims", "-f", "md").out.startswith("| step |")
    assert small("steps", "1", "-f", "html").out.startswith("<h3>")
    assert small("steps", "-f", "tsv").out.startswith("number\t")
