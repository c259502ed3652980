"""Rich text as text, HTML, Markdown and for a terminal, as others read it."""

from __future__ import annotations

import html as html_text
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bclm_cli import styles
from bclm_cli.csl import reference_list, rich_text, span_tree
from bclm_cli.csl.writers import latex, markdown, rtf, writer
from support import pandoc
from support.papers import read_references
from support.paths import SHIPPED
from support.tools import needs

AMERICAN = rich_text.Quotes(("“", "”"), ("‘", "’"), True)
MARKED = rich_text.wrap("doi", "10.0000/<a>")


def written(text: str, fmt: str) -> str:
    address = {"doi": "https://doi.org/10.0000/<a>"}
    tree = span_tree.tree(text, AMERICAN, lambda kind, value: address[kind])
    return writer(fmt)(tree)


@pytest.mark.parametrize(
    ("source", "text", "html", "md"),
    [
        ("<i>in vivo</i> a<sup>+</sup>", "in vivo a⁺", "<i>in vivo</i> a<sup>+</sup>",
         "*in vivo* a<sup>+</sup>"),
        ("Gr1<sup>mid</sup> H<sub>2</sub>O", "Gr1^(mid) H₂O", "Gr1<sup>mid</sup> H<sub>2</sub>O",
         "Gr1<sup>mid</sup> H<sub>2</sub>O"),
        ("<b>bold <i>both</i></b>", "bold both", "<b>bold <i>both</i></b>",
         "<b>bold </b>***both***"),
        ("<i>a <i>b</i> c</i>", "a b c",
         '<i>a <span style="font-style:normal;">b</span> c</i>',
         '<i>a </i><span style="font-style:normal;">b</span><i> c</i>'),
        ('say "a \'b\' c" and 5\' end', "say “a ‘b’ c” and 5’ end", "say “a ‘b’ c” and 5’ end",
         "say “a ‘b’ c” and 5’ end"),
        ("rats' livers, it's", "rats’ livers, it’s", "rats’ livers, it’s", "rats’ livers, it’s"),
        ("<i>open, a < b > c & d", "<i>open, a < b > c & d",
         "&lt;i&gt;open, a &lt; b &gt; c &amp; d", r"\<i\>open, a \< b \> c & d"),
        ("*a* _b_ [c](d) `e` &amp;", "*a* _b_ [c](d) `e` &amp;",
         "*a* _b_ [c](d) `e` &amp;amp;", r"\*a\* \_b\_ \[c\](d) \`e\` \&amp;"),
        ('<span class="nocase">mTOR</span> <sc>Small</sc>', "mTOR SMALL",
         'mTOR <span style="font-variant:small-caps;">Small</span>',
         'mTOR <span style="font-variant:small-caps;">Small</span>'),
        ("a\x00b\x1b[31m\u202f \t\n c\ue105", "ab[31m\u202f c", "ab[31m\u202f c",
         "ab\\[31m\u202f c"),
        ("(<i>x</i>)<i>(y)</i>z", "(x)(y)z", "(<i>x</i>)<i>(y)</i>z", "(*x*)<i>(y)</i>z"),
    ],
)  # fmt: skip
def test_marks_in_each_format(source: str, text: str, html: str, md: str) -> None:
    marked = rich_text.read(source)
    assert [written(marked, fmt) for fmt in ("text", "html", "md")] == [text, html, md]


ADDRESS = 'http://a.example/%#{ "\\'
DISPLAYED = (
    "a",
    span_tree.Span("block", ("b",)),
    span_tree.Span("left-margin", ("1.",)),
    span_tree.Span("right-inline", ("c",)),
    span_tree.Span("indent", ("d",)),
    span_tree.Span("link", ('e"',), ADDRESS),
    span_tree.Span("raised", ("¹²",)),
)


@pytest.mark.parametrize(
    ("fmt", "expected"),
    [
        ("text", 'a b 1. c d e"¹²'),
        (
            "html",
            'a<div class="csl-block">b</div><div class="csl-left-margin">1.</div>'
            '<div class="csl-right-inline">c</div><div class="csl-indent">d</div>'
            '<a href="http://a.example/%#{ &quot;\\">e"</a><sup>12</sup>',
        ),
        ("md", 'a b 1. c d [e\\"](http://a.example/%#{%20"%5C)¹²'),
        (
            "latex",
            "a\\\\\nb 1. c \\\\\nd "
            '\\href{http://a.example/\\%\\#\\%7B\\%20"\\%5C}{e"}\\textsuperscript{12}',
        ),
        ("typst", 'a \\\nb 1. c  \\\nd #link("http://a.example/%#{ \\"\\\\")[e\\"]¹²'),
        (
            "rtf",
            "a\\line b 1. c \\line d {\\field"
            '{\\*\\fldinst HYPERLINK "http://a.example/%#\\{ %22\\\\"}{\\fldrslt e"}}'
            "\\u185 ?\\u178 ?",
        ),
    ],
)
def test_display_and_links_in_each_format(fmt: str, expected: str) -> None:
    """Blocks begin a line where the format can; what stands in a margin is kept apart."""
    assert writer(fmt)(DISPLAYED) == expected


def test_rtf_writes_codes_as_signed_numbers_of_16_bits() -> None:
    """Rich Text Format Specification 1.9.1, "Unicode RTF"."""
    assert writer("rtf")(("é語𝛼",)) == "\\u233 ?\\u-30050 ?\\u-10187 ?\\u-8452 ?"


HARD = (
    "@home and a@b, (@x) -@y", "a -- b --- c ---- d", "one... two.... three …",
    "*a* _b_ `c` ~d~ ^e^ $f$ |g| # h", "[a](b) ![c](d) [^1] {e} <f> &amp; \\ g",
    "5\" and 6' by 7\"", "http://a.example/b_c--d",
)  # fmt: skip
STARTS = (
    "2020. A title", "3) b", "(4) c", "a. d", "iv. e", "B) f", "- g", "+ h", "% i", ": j", "3M Co.",
    "1999.", "I. K", "---", "# l", "> m",
)  # fmt: skip


@needs("python:pypandoc")
def test_commonmark_and_pandoc_read_the_same_markdown() -> None:
    lines = [written(rich_text.read(line), "md") for line in HARD]
    lines += [
        markdown.paragraph(written(rich_text.read(line), "md"), numbered=False) for line in STARTS
    ]
    text = "\n\n".join(lines)
    expected = [f"<p>{rich_text.read(line)}</p>" for line in (*HARD, *STARTS)]
    for html in (pandoc.run(text, "-t", "html", "--wrap=none"), MarkdownIt().render(text)):
        found = [html_text.unescape(line) for line in html.strip().split("\n")]
        assert found == expected


def test_a_number_of_the_list_stays_one_and_the_next_is_text() -> None:
    assert markdown.paragraph("1. 2020. A title", numbered=True) == r"1. 2020\. A title"
    assert markdown.paragraph("1. 2020. A title", numbered=False) == r"1\. 2020. A title"
    assert markdown.paragraph("3M Company. 2020", numbered=True) == "3M Company. 2020"


def test_italics_and_links_on_a_terminal() -> None:
    marked = rich_text.wrap("italic", "Cell") + " " + rich_text.wrap("bold", "4") + ": " + MARKED
    assert written(marked, "ansi") == "\x1b[3mCell\x1b[23m \x1b[1m4\x1b[22m: 10.0000/<a>"
    assert written(marked, "terminal") == (
        "\x1b[3mCell\x1b[23m \x1b[1m4\x1b[22m: "
        "\x1b]8;;https://doi.org/10.0000/<a>\x1b\\10.0000/<a>\x1b]8;;\x1b\\"
    )


def test_a_link_takes_in_the_prefix_that_is_a_part_of_it() -> None:
    assert written(f"at https://doi.org/{MARKED}.", "html") == (
        'at <a href="https://doi.org/10.0000/&lt;a&gt;">https://doi.org/10.0000/&lt;a&gt;</a>.'
    )
    assert written(f"doi:{MARKED}", "md") == (
        r"doi:[10.0000/\<a\>](https://doi.org/10.0000/%3Ca%3E)"
    )


@given(st.text("ab <i>/bsup\"'“”‘’sn\n*&_", max_size=60))
def test_nothing_is_lost_or_left_open(source: str) -> None:
    marked = rich_text.read(source)
    html = written(marked, "html")
    assert html.count("<i>") == html.count("</i>")
    assert max(written(marked, "text") or "a") < "\ue100"


AWKWARD = (
    "a & b % c $ d # e _ f { g } h ~ i ^ j \\ k",
    "<i>in <b>vivo</b></i> a<sup>+</sup> b<sub>2</sub>",
    "β-catenin – “quoted” — 5′ ≥ 3 µm", "<sc>Small</sc> @home [x] *y* `z` -- ... <b>",
    "?`!` `` '' ; « x » ?",
    "1. a", "= b", "- c", "+ d", "/ e", "// f", "https://a.example/b_c",
)  # fmt: skip
PLAIN = [written(rich_text.read(line), "text") for line in AWKWARD]


def seen(text: str) -> str:
    """What a reader sees: raised and lowered letters on the line, spaces as one, µ as μ."""
    table = str.maketrans("⁺₂\xa0µ", "+2 μ", "^()")
    return " ".join(text.translate(table).replace("SMALL", "Small").split())


@needs("python:pypandoc")
@pytest.mark.parametrize("fmt", ["latex", "rtf"])
def test_pandoc_reads_the_same_from_latex_and_rtf(fmt: str) -> None:
    lines = [written(rich_text.read(line), fmt) for line in AWKWARD]
    if fmt == "rtf":
        source = rtf.DOCUMENT_HEAD + "".join(map(rtf.paragraph_of, lines)) + rtf.DOCUMENT_TAIL
    else:
        source = "\n\n".join(lines)
    found = pandoc.run(source, "-f", fmt, "-t", "plain", "--wrap=none").strip().split("\n\n")
    assert [seen(line) for line in found] == [seen(line) for line in PLAIN]


@needs("python:typst", "python:pypdf")
def test_typst_sets_the_same(tmp_path: Path) -> None:
    import typst
    from pypdf import PdfReader

    lines = [written(rich_text.read(line), "typst") for line in AWKWARD]
    source = tmp_path / "list.typ"
    source.write_text("#set page(width: 40cm)\n" + "\n\n".join(lines), encoding="utf-8")
    typst.compile(str(source), output=str(tmp_path / "list.pdf"))
    found = "".join(PdfReader(tmp_path / "list.pdf").pages[0].extract_text().split())
    assert seen(found) == "".join(seen(line) for line in PLAIN).replace(" ", "")


@needs("pdflatex")
def test_latex_sets_the_awkward(tmp_path: Path) -> None:
    lines = (written(rich_text.read(line), "latex") for line in AWKWARD)
    _set(tmp_path, "".join(map(latex.paragraph_of, lines)))


@pytest.mark.slow
@needs("pdflatex")
def test_latex_sets_every_shipped_paper(tmp_path: Path) -> None:
    references = read_references(SHIPPED / "references.yaml")
    made = reference_list.processor(references, styles.find("vancouver"), styles.load_locale)
    entries = reference_list.lines(made, "latex")
    _set(tmp_path, "".join(latex.paragraph_of(entry.text) for entry in entries))


def _set(folder: Path, items: str) -> None:
    (folder / "list.tex").write_text(
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{hyperref}\\begin{document}"
        f"{latex.HEAD}{items}{latex.TAIL}\\end{{document}}\n",
        encoding="utf-8",
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "list.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-1500:].decode(errors="replace")
