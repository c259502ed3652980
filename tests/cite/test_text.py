"""From text with marks to text, HTML, Markdown and a terminal; capitals, seams, pages, names."""

from __future__ import annotations

import html as html_text

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bclm_cli.cite import casing, marks, names, numbers, seams, sorting, writers
from bclm_cli.cite.people import Person, initials, person
from bclm_cli.model.records import Name
from support import pandoc
from support.tools import needs

AMERICAN = marks.Quotes(("“", "”"), ("‘", "’"), True)
MARKED = marks.wrap("doi", "10.0000/<a>")


def written(text: str, fmt: str) -> str:
    address = {"doi": "https://doi.org/10.0000/<a>"}
    spans = marks.spans(text, AMERICAN, lambda kind, value: address[kind])
    return writers.WRITERS[fmt](spans)


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
         '<i>a <span style="font-style: normal">b</span> c</i>',
         '<i>a </i><span style="font-style: normal">b</span><i> c</i>'),
        ('say "a \'b\' c" and 5\' end', "say “a ‘b’ c” and 5’ end", "say “a ‘b’ c” and 5’ end",
         "say “a ‘b’ c” and 5’ end"),
        ("rats' livers, it's", "rats’ livers, it’s", "rats’ livers, it’s", "rats’ livers, it’s"),
        ("<i>open, a < b > c & d", "<i>open, a < b > c & d",
         "&lt;i&gt;open, a &lt; b &gt; c &amp; d", r"\<i\>open, a \< b \> c & d"),
        ("*a* _b_ [c](d) `e` &amp;", "*a* _b_ [c](d) `e` &amp;",
         "*a* _b_ [c](d) `e` &amp;amp;", r"\*a\* \_b\_ \[c\](d) \`e\` \&amp;"),
        ('<span class="nocase">mTOR</span> <sc>Small</sc>', "mTOR SMALL",
         'mTOR <span style="font-variant: small-caps">Small</span>',
         'mTOR <span style="font-variant: small-caps">Small</span>'),
        ("a\x00b\x1b[31m\u202f \t\n c\ue105", "ab[31m\u202f c", "ab[31m\u202f c",
         "ab\\[31m\u202f c"),
        ("(<i>x</i>)<i>(y)</i>z", "(x)(y)z", "(<i>x</i>)<i>(y)</i>z", "(*x*)<i>(y)</i>z"),
    ],
)  # fmt: skip
def test_marks_in_each_format(source: str, text: str, html: str, md: str) -> None:
    marked = marks.read(source)
    assert [written(marked, fmt) for fmt in ("text", "html", "md")] == [text, html, md]


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
    lines = [written(marks.read(line), "md") for line in HARD]
    lines += [writers.paragraph(written(marks.read(line), "md"), numbered=False) for line in STARTS]
    text = "\n\n".join(lines)
    expected = [f"<p>{marks.read(line)}</p>" for line in (*HARD, *STARTS)]
    for html in (pandoc.run(text, "-t", "html", "--wrap=none"), MarkdownIt().render(text)):
        found = [html_text.unescape(line) for line in html.strip().split("\n")]
        assert found == expected


def test_a_number_of_the_list_stays_one_and_the_next_is_text() -> None:
    assert writers.paragraph("1. 2020. A title", numbered=True) == r"1. 2020\. A title"
    assert writers.paragraph("1. 2020. A title", numbered=False) == r"1\. 2020. A title"
    assert writers.paragraph("3M Company. 2020", numbered=True) == "3M Company. 2020"


def test_italics_and_links_on_a_terminal() -> None:
    marked = marks.wrap("italic", "Cell") + " " + marks.wrap("bold", "4") + ": " + MARKED
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
    marked = marks.read(source)
    html = written(marked, "html")
    assert html.count("<i>") == html.count("</i>")
    assert max(written(marked, "text") or "a") < "\ue100"


@given(st.lists(st.text("ab.,;:!? ", min_size=1, max_size=4), max_size=6))
def test_no_sign_is_doubled_where_parts_meet(parts: list[str]) -> None:
    joined = seams.join([marks.wrap("italic", part) for part in parts], ". ")
    assert marks.strip(joined) == marks.strip(seams.join(parts, ". "))


@pytest.mark.parametrize(
    ("left", "right", "met"),
    [("al.", ".", "al."), ("why?", ".", "why?"), ("why?", ",", "why?,"), ("a:", ".", "a:"),
     ("a ", " b", "a b"), ("a ", ".", "a."), ("a: ", ". b", "a: b"), ("", ".", "."),
     ("a,", "", "a,"), ("a.", "..", "a.")],
)  # fmt: skip
def test_two_parts_meet(left: str, right: str, met: str) -> None:
    assert seams.meet(left, right) == met
    assert marks.strip(seams.meet(marks.wrap("bold", left), marks.wrap("bold", right))) == met


def test_a_full_stop_gives_way_to_a_question_within_quotation_marks() -> None:
    asked = marks.wrap("quote", "Why?")
    assert seams.meet(asked, ". Cell") == f"{asked} Cell"
    told = marks.wrap("quote", "So")
    assert written(seams.punctuation_inside(f"{told}, {told}. b"), "text") == "“So,” “So.” b"


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("the role of CXCR4 and 2B in the e-mail age end", "The Role of CXCR4 and 2B in the "
         "e-Mail Age End"),
        ("β1 integrin and 5 μg: a study", "β1 Integrin and 5 μg: A Study"),
        ("is it? a question. the answer", "Is It? A Question. The Answer"),
        ('mRNA of <span class="nocase">drosophila</span> in a fly', "mRNA of drosophila in a Fly"),
        ("what is this for", "What Is This For"),
        ("a/b tests (see here)", "A/b Tests (See Here)"),
    ],
)  # fmt: skip
def test_title_case(title: str, cased: str) -> None:
    assert marks.strip(casing.change(marks.read(title), "title")) == cased


@pytest.mark.parametrize(
    ("case", "text"),
    [("sentence", "The role of CXCR4 in cells"), ("lowercase", "the role of cxcr4 in cells"),
     ("uppercase", "THE ROLE OF CXCR4 IN CELLS"), ("capitalize-all", "The Role Of CXCR4 In Cells"),
     ("capitalize-first", "The Role of CXCR4 in cells"), ("no such case", "the Role of CXCR4 in "
      "cells")],
)  # fmt: skip
def test_other_cases(case: str, text: str) -> None:
    assert casing.change("the Role of CXCR4 in cells", case) == text


@pytest.mark.parametrize(
    ("pages", "expanded", "minimal", "two", "chicago"),
    [
        ("105-9", "105–109", "105–9", "105–09", "105–9"),
        ("1110–1122", "1110–1122", "1110–22", "1110–22", "1110–22"),
        ("1496-1504", "1496–1504", "1496–504", "1496–504", "1496–1504"),
        ("100-104", "100–104", "100–4", "100–04", "100–104"),
        ("3-10", "3–10", "3–10", "3–10", "3–10"),
        ("S1-S12", "S1–S12", "S1–12", "S1–12", "S1–12"),
        ("e136215", "e136215", "e136215", "e136215", "e136215"),
        ("1-10, 15, 20-22", "1–10, 15, 20–22", "1–10, 15, 20–2", "1–10, 15, 20–22",
         "1–10, 15, 20–22"),
        ("3902-3915.e6", "3902–3915.e6", "3902–3915.e6", "3902–3915.e6", "3902–3915.e6"),
        ("10-2-3", "10-2-3", "10-2-3", "10-2-3", "10-2-3"),
        ("9-", "9–", "9–", "9–", "9–"),
    ],
)  # fmt: skip
def test_pages(pages: str, expanded: str, minimal: str, two: str, chicago: str) -> None:
    rules = ("expanded", "minimal", "minimal-two", "chicago")
    assert [numbers.pages(pages, rule, "–") for rule in rules] == [expanded, minimal, two, chicago]


def test_chicago_in_its_sixteenth_edition() -> None:
    assert numbers.pages("1496-1504", "chicago-16", "–") == "1496–504"


@pytest.mark.parametrize("value", ["1", "12S", "e136215", "1-2", "1, 3 & 5", "S1–S12"])
def test_numbers(value: str) -> None:
    assert numbers.is_numeric(value)


@pytest.mark.parametrize("value", ["", "II", "1/2", "1.10", "4+", "Suppl 2", "TR-06/1"])
def test_no_numbers(value: str) -> None:
    assert not numbers.is_numeric(value)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (Name("van de Rijn", "M."), Person("Rijn", "M.", kept="van de")),
        (Name("d’Exemple", "Jeanne"), Person("Exemple", "Jeanne", kept="d’")),
        (Name("De Campione", "Ugo"), Person("De Campione", "Ugo")),
        (Name("van", "Gus"), Person("van", "Gus")),
        (Name("Muestra", "María de la"), Person("Muestra", "María", "de la")),
        (Name("Sample", "Bob, Jr"), Person("Sample", "Bob", suffix="Jr")),
        (Name("Sample", "Bob,! Jr"), Person("Sample", "Bob", suffix="Jr", comma_suffix=True)),
        (Name(given="Cher"), Person(given="Cher")),
        (Name(literal="A  Body"), Person(body="A Body")),
        (Name("O'Sigil", "A"), Person("O’Sigil", "A")),
    ],
)  # fmt: skip
def test_people(name: Name, found: Person) -> None:
    assert person(name) == found


@pytest.mark.parametrize(
    ("given_", "dotted", "bare", "unhyphenated"),
    [
        ("Jean-Luc P", "J.-L. P.", "J-LP", "JLP"),
        ("Xiang H.-F.", "X. H.-F.", "XH-F", "XHF"),
        ("Ji-ping", "J.", "J", "J"),
        ("Chr. A", "Chr. A.", "ChrA", "ChrA"),
        ("A. de la B", "A. de la B.", "A de la B", "A de la B"),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_initials(given_: str, dotted: str, bare: str, unhyphenated: str) -> None:
    assert initials(given_, ". ", hyphen=True) == dotted
    assert initials(given_, "", hyphen=True) == bare
    assert initials(given_, "", hyphen=False) == unhyphenated


def test_more_authors_than_anybody_names() -> None:
    people = (Person("One", "Ann"), Person("Two", "Bea"))
    options = names.NameOptions(and_="text", et_al_min=4, et_al_use_first=1)
    listed = names.NameList(people, more=True)
    assert names.render(listed, options, names.NameParts(), "and", "et al.") == (
        "Ann One, Bea Two, et al."
    )
    many = names.NameList((*people, *people), more=True)
    assert names.render(many, options, names.NameParts(), "and", "et al.") == "Ann One et al."
    last = options._replace(et_al_use_last=True)
    assert names.render(many, last, names.NameParts(), "and", "et al.") == "Ann One et al."


def test_the_order_of_words() -> None:
    texts = [
        "Müller B",
        "Muller A",
        "Mueller",
        "Łącki",
        "Lacki",
        "lacki b",
        "O’Hara",
        "Ohara",
        "Øre",
    ]
    assert sorted(texts, key=sorting.collation) == [
        "Lacki", "Łącki", "lacki b", "Mueller", "Muller A", "Müller B", "O’Hara", "Ohara", "Øre",
    ]  # fmt: skip
