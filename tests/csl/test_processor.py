"""The processor on small styles: what the specification says of citations, notes and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bclm_cli.csl.context import Citation, Cite
from bclm_cli.csl.processor import Processor
from bclm_cli.csl.rich_text import strip
from bclm_cli.csl.style import Style, read_style
from bclm_cli.csl.writers import writer
from bclm_cli.errors import DataError
from bclm_cli.styles import load_locale

Item = Mapping[str, Any]


def book(key: str, year: int | None = None, *authors: str, **more: Any) -> Item:
    """A book by people whose names are "Family, Given"."""
    names = [dict(zip(("family", "given"), a.split(", "), strict=False)) for a in authors]
    issued = {"issued": {"date-parts": [[year]]}} if year else {}
    return {"id": key, "type": "book", "author": names, "title": f"On {key}", **issued, **more}


ANN, BEN = "Example, Ann", "Sample, Ben"
BOOKS = [book("a", 2001, ANN), book("b", 2002, BEN), book("c", 2003, ANN, BEN)]
NAMES = '<names variable="author"><name form="short" and="text"/></names>'
YEAR = '<date variable="issued"><date-part name="year"/></date>'
LOCATOR = (
    '<group delimiter=" "><label variable="locator" form="short"/>'
    '<text variable="locator"/></group>'
)


def style(citation: str, bibliography: str = "", kind: str = "in-text", root: str = "") -> Style:
    """A style of a whole `cs:citation` and `cs:bibliography`."""
    xml = (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" class="{kind}" version="1.0" {root}>'
        f"<info><title>Test</title><id>test</id></info>{citation}{bibliography}</style>"
    )
    found = read_style(xml.encode(), "test.csl")
    assert isinstance(found, Style)
    return found


def author_date(attributes: str = "", kind: str = "in-text", bibliography: str = "") -> Style:
    return style(
        f'<citation {attributes}><layout prefix="(" suffix=")" delimiter="; ">'
        f'<group delimiter=", "><group delimiter=" ">{NAMES}{YEAR}</group>{LOCATOR}</group>'
        "</layout></citation>",
        bibliography,
        kind,
    )


def cited(made: Style, items: Sequence[Item], *citations: Citation | Cite | str) -> list[str]:
    """Each citation as text; a cite or a key is a citation of its own."""
    processor = Processor(made, load_locale, items)
    whole = [
        one
        if isinstance(one, Citation)
        else Citation((one if isinstance(one, Cite) else Cite(one),))
        for one in citations
    ]
    return [writer("text")(processor.tree(text)) for text in processor.citations(whole)]


def listed(made: Style, items: Sequence[Item], fmt: str = "text", language: str = "") -> list[str]:
    processor = Processor(made, load_locale, items, language)
    return [
        writer(fmt)(processor.tree(entry.margin + entry.body)) for entry in processor.bibliography()
    ]


def bibliography(layout: str, attributes: str = "") -> Style:
    return style(
        '<citation><layout><text variable="title"/></layout></citation>',
        f"<bibliography {attributes}><layout>{layout}</layout></bibliography>",
    )


# ---- citations


def test_locators_prefixes_suffixes_and_the_author_in_the_sentence() -> None:
    made = author_date()
    assert cited(
        made,
        BOOKS,
        Cite("a", locator="33-35"),
        Cite("a", locator="3", label="chapter"),
        Cite("a", locator="3, 5", label="figure"),
        Cite("a", prefix="see ", suffix=", and others"),
        Cite("a", mode="suppress-author"),
        Citation((Cite("a", locator="3"), Cite("b")), author_in_text=True),
        Cite("a", mode="author-only"),
    ) == [
        "(Example 2001, pp. 33–35)",
        "(Example 2001, chap. 3)",
        "(Example 2001, figs. 3, 5)",
        "(see Example 2001, and others)",
        "(2001)",
        "Example (2001, p. 3; Sample 2002)",
        "Example",
    ]


NOTES = style(
    '<citation><layout suffix="." delimiter="; "><choose>'
    '<if position="ibid-with-locator"><group delimiter=", "><text term="ibid"/>'
    f"{LOCATOR}</group></if>"
    '<else-if position="ibid"><text term="ibid"/></else-if>'
    '<else-if position="near-note"><text value="near"/></else-if>'
    f'<else-if position="subsequent"><group delimiter=" ">{NAMES}'
    '<text variable="first-reference-note-number" prefix="(n. " suffix=")"/></group></else-if>'
    f'<else><group delimiter=", ">{NAMES}<text variable="title"/></group></else>'
    "</choose></layout></citation>",
    kind="note",
)


def test_positions_of_notes() -> None:
    both = Citation((Cite("a"), Cite("b")))
    assert cited(
        NOTES, BOOKS, "a", "a", Cite("a", locator="3"), Cite("a", locator="3"), "a", both, "a",
        Cite("a", prefix="For it all ended there. "), "c", "c", "c", "c", "c", "c", "a",
    ) == [
        "Example, On a.", "Ibid.", "Ibid., p. 3.", "Ibid.", "near.", "Ibid.; Sample, On b.",
        "near.", "For it all ended there. Ibid.", "Example and Sample, On c.",
        *["Ibid."] * 5, "Example (n. 1).",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ("", "(Example 2001; Example 2003a; Sample 2002; Example 2003b; Example 2003c)"),
        ('cite-group-delimiter=", "',
         "(Example 2001, Example 2003a, Example 2003b, Example 2003c; Sample 2002)"),
        ('collapse="year"', "(Example 2001, 2003a, 2003b, 2003c; Sample 2002)"),
        ('collapse="year-suffix"', "(Example 2001; 2003a; b; c; Sample 2002)"),
        ('collapse="year-suffix" year-suffix-delimiter=","',
         "(Example 2001; 2003a,b,c; Sample 2002)"),
        ('collapse="year-suffix-ranged"', "(Example 2001; 2003a–c; Sample 2002)"),
        ('collapse="year" after-collapse-delimiter=" / "',
         "(Example 2001, 2003a, 2003b, 2003c / Sample 2002)"),
    ],
)  # fmt: skip
def test_cites_of_the_same_names(attributes: str, text: str) -> None:
    items = [
        book("a", 2001, ANN), book("b", 2003, ANN), book("c", 2002, BEN), book("d", 2003, ANN),
        book("e", 2003, ANN),
    ]  # fmt: skip
    made = author_date(f'disambiguate-add-year-suffix="true" {attributes}')
    assert cited(made, items, Citation(tuple(map(Cite, "abcde")))) == [text]


def test_names_through_substitute_collapse_too() -> None:
    made = style(
        '<citation collapse="year"><layout delimiter="; "><group delimiter=" ">'
        '<names variable="composer"><name form="short"/><substitute><names variable="author"/>'
        f"</substitute></names>{YEAR}</group></layout></citation>"
    )
    items = [book("a", 2010, ANN), book("b", 2011, ANN)]
    assert cited(made, items, Citation((Cite("a"), Cite("b")))) == ["Example 2010, 2011"]


def test_a_locator_ends_what_collapses() -> None:
    made = author_date('collapse="year" after-collapse-delimiter="; "')
    cites = (Cite("a", locator="3"), Cite("d"), Cite("b"))
    items = [*BOOKS, book("d", 2004, ANN)]
    assert cited(made, items, Citation(cites)) == ["(Example 2001, p. 3; 2004; Sample 2002)"]


@pytest.mark.parametrize(
    ("attributes", "texts"),
    [
        ("", ["(Example 2001)", "(Example 2001)", "(Example 2001)"]),
        ('disambiguate-add-year-suffix="true"',
         ["(Example 2001a)", "(Example 2001b)", "(Example 2001c)"]),
        ('disambiguate-add-givenname="true"',
         ["(Ann Example 2001)", "(Bea Example 2001)", "(Ann Example 2001)"]),
        ('disambiguate-add-givenname="true" disambiguate-add-year-suffix="true"',
         ["(Ann Example 2001a)", "(Bea Example 2001)", "(Ann Example 2001b)"]),
    ],
)  # fmt: skip
def test_what_reads_the_same_is_told_apart(attributes: str, texts: list[str]) -> None:
    items = [book("a", 2001, ANN), book("b", 2001, "Example, Bea"), book("c", 2001, ANN)]
    assert cited(author_date(attributes), items, "a", "b", "c") == texts


def test_letters_tell_later_short_forms_apart_too() -> None:
    made = style(
        '<citation et-al-min="4" et-al-use-first="4" et-al-subsequent-min="2" '
        'et-al-subsequent-use-first="1" disambiguate-add-year-suffix="true">'
        f'<layout><group delimiter=" ">{NAMES}{YEAR}</group></layout></citation>'
    )
    items = [book("a", 2001, ANN, BEN), book("b", 2001, ANN, "Third, Cy")]
    assert cited(made, items, "a", "b", "a", "b") == [
        "Example and Sample 2001a", "Example and Third 2001b", "Example et al. 2001a",
        "Example et al. 2001b",
    ]  # fmt: skip


def test_labels_of_names_and_year() -> None:
    made = style(
        '<citation><layout prefix="[" suffix="]"><text variable="citation-label"/></layout>'
        "</citation>"
    )
    items = [*BOOKS, book("d", 1999, ANN, BEN, "Third, Cy", "Fourth, Di")]
    assert cited(made, items, "a", "c", "d") == ["[Exam01]", "[ExSa03]", "[ESTF99]"]


# ---- lists


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        ("complete-all", ["A. Example, B. Sample", "—", "A. Example, C. Third"]),
        ("complete-each", ["A. Example, B. Sample", "—, —", "A. Example, C. Third"]),
        ("partial-each", ["A. Example, B. Sample", "—, —", "—, C. Third"]),
        ("partial-first", ["A. Example, B. Sample", "—, B. Sample", "—, C. Third"]),
    ],
)
def test_a_dash_for_the_authors_of_the_entry_above(rule: str, lines: list[str]) -> None:
    made = bibliography(
        '<names variable="author"><name initialize-with=". "/></names>',
        f'subsequent-author-substitute="—" subsequent-author-substitute-rule="{rule}"',
    )
    items = [book("a", 1, ANN, BEN), book("b", 2, ANN, BEN), book("c", 3, ANN, "Third, Cy")]
    assert listed(made, items) == lines


def test_blocks_and_margins() -> None:
    made = bibliography(
        '<text variable="citation-number" suffix="."/><text variable="title"/>'
        '<text variable="note" display="block"/>',
        'second-field-align="flush"',
    )
    items = [book("a", 2001, ANN, note="A good one.")]
    assert listed(made, items, "html") == [
        '1.On a<div class="csl-block">A good one.</div>',
    ]
    assert listed(made, items) == ["1.On a A good one."]


def test_what_the_layout_begins_with_stands_in_the_margin() -> None:
    made = style(
        '<citation><layout><text variable="title"/></layout></citation>',
        '<bibliography second-field-align="flush"><layout prefix="[" suffix=".">'
        '<text variable="citation-number" suffix="]"/><text variable="title"/>'
        "</layout></bibliography>",
    )
    processor = Processor(made, load_locale, [book("a")])
    entries = list(processor.bibliography())
    assert [(strip(entry.margin), strip(entry.body)) for entry in entries] == [("[1]", "On a.")]


def test_fonts_of_a_style_add_up_and_those_of_a_text_turn() -> None:
    made = bibliography(
        '<group font-variant="small-caps" font-style="italic">'
        '<text variable="title" font-variant="small-caps" font-style="italic"/></group>'
    )
    item = book("a", title="An <i>in</i> <sc>x</sc>")
    assert listed(made, [item], "html") == [
        '<span style="font-variant:small-caps;"><i>An <span style="font-style:normal;">in</span> '
        '<span style="font-variant:normal;">x</span></i></span>'
    ]


def test_a_block_is_parted_from_the_rest_but_for_a_comma_or_full_stop() -> None:
    made = bibliography(
        '<text variable="title" display="block"/><text value=", by the"/>'
        '<text variable="publisher" display="block"/><text value=", now" display="indent"/>'
        '<text value=". End"/>'
    )
    assert listed(made, [book("a", publisher="Press")]) == ["On a, by the Press, now. End"]


def test_an_entry_is_one_line_of_text_however_the_style_lays_it_out() -> None:
    """A style writes tabs and line ends as "&#9;", or XML makes spaces of them."""
    made = bibliography(
        '<text variable="title" suffix="&#9;"/><text variable="note" suffix="&#13;&#10;"/>'
        '<text variable="publisher" display="block"/><text value=". End"/>'
    )
    items = [book("a", 2001, ANN, note="Good", publisher="Press")]
    assert listed(made, items) == ["On a Good Press. End"]
    assert listed(made, items, "html") == ['On a\tGood\r\n<div class="csl-block">Press</div>. End']


def test_no_control_character_of_a_style_is_printed() -> None:
    made = bibliography(
        '<group delimiter="&#x9b;31m"><text variable="title" suffix="&#x9b;"/>'
        '<text variable="note"/></group>'
    )
    assert listed(made, [book("a", note="Good")]) == ["On a31mGood"]


def test_french_spaces_do_not_break() -> None:
    """In whatever language; guillemets that point inwards keep their spaces."""
    names = '<names variable="author"><name delimiter=" ; " and="symbol"/></names>'
    year = '<date variable="issued"><date-part name="year"/></date>'
    made = style(
        f'<citation collapse="year"><layout delimiter=" ; ">{names}{year}</layout></citation>',
        f'<bibliography><layout suffix=" !">{names} <text variable="title" prefix=" ; "/>'
        "</layout></bibliography>",
    )
    item = book("a", 2001, "Un", "Deux", "Trois", title="Où ? Et « quoi » : die »Zelle« und «da»")
    assert listed(made, [item]) == [
        "Un_; Deux_; & Trois_; Où_? Et «_quoi_» : die »Zelle« und “da”_!".replace("_", "\u202f")
    ]
    both = Citation((Cite("a"), Cite("b")))
    assert cited(made, [book("a", 2001, ANN), book("b", 2002, BEN)], both) == [
        "Ann Example2001\u202f; Ben Sample2002"
    ]


def test_blocks_structure_lists_and_no_citations() -> None:
    made = style(
        f'<citation><layout suffix=".">{NAMES}<text variable="title" display="block" prefix=" "/>'
        "</layout></citation>"
    )
    assert cited(made, BOOKS[:1], "a") == ["Example On a."]


def test_dates_with_seasons_and_open_ends() -> None:
    made = bibliography('<date variable="issued" form="text"/>')
    dates: list[Any] = [
        {"date-parts": [[2001]], "season": 2}, {"date-parts": [[2001, 22]]},
        {"date-parts": [[2001], [0]]}, {"date-parts": [[2001, 3], [2001, 5]]},
        {"date-parts": [[2001, 12, 30], [2002, 1, 2]]}, {"date-parts": [[-44, 3, 15]]},
        {"raw": "2001-02-03"}, {"literal": "long ago"}, "2001-05/2002-06",
    ]  # fmt: skip
    items = [book(str(at), issued=date) for at, date in enumerate(dates)]
    assert listed(made, items) == [
        "Summer 2001", "Summer 2001", "2001–", "March–May 2001",
        "December 30, 2001–January 2, 2002",
        "March 15, 44 BC", "February 3, 2001", "long ago", "May 2001–June 2002",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("", "Ann Example and Ben Sample, May 2001, 2nd edition, “On a”"),
        ("de-DE", "Ann Example und Ben Sample, Mai 2001, 2. Auflage, „On a“"),
        ("fr-FR", "Ann Example et Ben Sample, mai 2001, 2ᵉ édition, « On a »"),
        ("es-ES", "Ann Example y Ben Sample, mayo de 2001, 2.ª edición, «On a»"),
    ],
)
def test_any_language_of_csl(language: str, line: str) -> None:
    made = bibliography(
        '<group delimiter=", "><names variable="author"><name and="text"/></names>'
        '<date variable="issued" form="text"/><group delimiter=" ">'
        '<number variable="edition" form="ordinal"/><text term="edition"/></group>'
        '<text variable="title" quotes="true"/></group>'
    )
    item = book("a", None, ANN, BEN, issued={"date-parts": [[2001, 5]]}, edition="2")
    assert [
        line.replace("\xa0", " ").replace("\u202f", " ")
        for line in listed(made, [item], language=language)
    ] == [line]


def test_a_roman_number_has_the_capitals_of_every_language() -> None:
    made = bibliography(
        '<number variable="volume" form="roman" text-case="uppercase"/>'
        '<text variable="title" text-case="uppercase" prefix=" "/>'
    )
    item = book("a", title="iki", volume="7", language="tr")
    assert listed(made, [item], language="tr-TR") == ["VII İKİ"]


def test_terms_of_the_style_for_a_dialect_and_for_a_form() -> None:
    """The main dialect's stand for other dialects; a short form is not replaced by a long one."""
    terms = (
        '<term name="et-al">and more</term><term name="issue">Part</term>'
        '<term name="volume" form="short">V</term>'
    )
    made = style(
        '<citation><layout delimiter=", "><text term="et-al"/><text term="issue" form="short"/>'
        '<text term="volume" form="short"/><text term="issue"/></layout></citation>'
        f'<locale xml:lang="en-US"><terms>{terms}</terms></locale>',
        root='default-locale="en-GB"',
    )
    assert cited(made, BOOKS[:1], "a") == ["and moreno.VPart"]


def test_variables_in_a_note() -> None:
    made = bibliography('<text variable="PMID"/>')
    assert listed(made, [book("a", 1, note="PMID: 123"), book("b", 1, note="{:PMID: 456}")]) == [
        "123", "456",
    ]  # fmt: skip


def test_what_a_style_prints_nothing_of() -> None:
    made = bibliography('<text variable="publisher"/>')
    assert listed(made, BOOKS[:1]) == []
    numbered = bibliography(
        '<group><text variable="citation-number"/><text variable="publisher"/></group>'
    )
    assert listed(numbered, BOOKS[:1]) == ["1"]
    assert cited(
        style("<citation><layout><text variable='publisher'/></layout></citation>"), BOOKS, "a"
    ) == ["[CSL STYLE ERROR: reference with no printed form.]"]


# ---- what is odd


def test_odd_items() -> None:
    made = author_date()
    many = book("many", 2001, *(f"Author{n}, A" for n in range(10_000)))
    odd = [
        many, {"id": "nothing"}, {"id": "types", "author": "Ann", "issued": 7, "title": ["x"]},
        book("markup", 2001, "<i></i>, <b></b>"), book("deep", 2001, "<i>" * 500 + "Deep, D"),
        {"id": "dates", "type": "book", "author": [], "issued": {"date-parts": [["x"], []]}},
        book("open", 2001, "<i>Open, Ann"),
    ]  # fmt: skip
    texts = cited(made, odd, *(str(item["id"]) for item in odd))
    assert texts[0].startswith("(Author0, Author1, Author2")
    assert texts[0].endswith("and Author9999 2001)")
    assert texts[1] == "[CSL STYLE ERROR: reference with no printed form.]"
    assert texts[3] == "(2001)"
    assert texts[6] == "(<i>Open 2001)"


def test_a_locator_without_a_number() -> None:
    assert cited(author_date(), BOOKS, Cite("a", locator="passim"), Cite("a", locator=" ")) == [
        "(Example 2001, p. passim)", "(Example 2001)",
    ]  # fmt: skip


def test_a_style_that_multiplies_itself_is_stopped() -> None:
    macros = "".join(
        f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>'
        for n in range(40)
    )
    made = style(
        f'{macros}<macro name="m40"><text variable="title"/></macro>'
        '<citation><layout><text macro="m0"/></layout></citation>'
    )
    with pytest.raises(DataError, match="the style takes too many steps for one entry"):
        cited(made, BOOKS, "a")
