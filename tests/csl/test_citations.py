"""In-text citations, written out: ranges, letters, common names, no author, no date, bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.model.records import Reference
from bclm_cli.styles import OWN
from support import cite
from support.awkward import awkward


def paper(key: str, year: int, *authors: str, title: str = "") -> Reference:
    """A paper by people whose names are "Family, Given"."""
    names = [dict(zip(("family", "given"), a.split(", "), strict=False)) for a in authors]
    item = {
        "id": key, "type": "article-journal", "title": title or f"On {key}",
        "container-title": "Journal", "author": names, "issued": {"date-parts": [[year]]},
    }  # fmt: skip
    return Reference.from_csl(item)


def cited(references: list[Reference], style: str, *clusters: str, fmt: str = "text") -> list[str]:
    return cite.in_text(references, [cluster.split() for cluster in clusters], style, fmt)


NUMBERED = [paper(f"p{n}", 2000 + n, f"Example{n}, Ann") for n in range(1, 13)]
CLUSTERS = ("p1", "p1 p2", "p3 p2 p1", "p1 p2 p3 p7", "p9 p1 p3 p5 p7 p11", "p1 p2 p4 p5 p6 p8")


@pytest.mark.parametrize(
    ("style", "forms"),
    [
        ("vancouver", ["(1)", "(1,2)", "(1–3)", "(1–3,7)", "(1,3,5,7,9,11)", "(1,2,4–6,8)"]),
        ("biomed-central",
         ["[1]", "[1, 2]", "[1–3]", "[1–3, 7]", "[1, 3, 5, 7, 9, 11]", "[1, 2, 4–6, 8]"]),
        ("ama", ["¹", "^(1,2)", "^(1–3)", "^(1–3,7)", "^(1,3,5,7,9,11)", "^(1,2,4–6,8)"]),
        ("nature", ["¹", "^(1,2)", "^(1–3)", "^(1–3,7)", "^(1,3,5,7,9,11)", "^(1,2,4–6,8)"]),
    ],
)  # fmt: skip
def test_numbers(style: str, forms: list[str]) -> None:
    assert cited(NUMBERED, style, *CLUSTERS) == forms


def test_raised_numbers_in_each_format() -> None:
    clusters = ("p1 p2 p3 p7",)
    assert cited(NUMBERED, "nature", *clusters, fmt="html") == ["<sup>1–3,7</sup>"]
    assert cited(NUMBERED, "nature", *clusters, fmt="md") == ["<sup>1–3,7</sup>"]
    assert cited(NUMBERED, "nature", *clusters, fmt="ansi") == ["^(1–3,7)"]


def test_numbers_follow_the_order_of_the_references() -> None:
    assert cited(NUMBERED[::-1], "vancouver", "p1", "p12", "p12 p11 p10") == [
        "(12)",
        "(1)",
        "(1–3)",
    ]


AUTHORS = [
    paper("solo1", 2001, "Solo, Sue"),
    paper("solo2a", 2002, "Solo, Sue", title="Alpha"),
    paper("solo2b", 2002, "Solo, Sue", title="Beta"),
    paper("solo2c", 2002, "Solo, Sue", title="Gamma"),
    paper("two", 2003, "One, Ann", "Two, Bea"),
    paper("three", 2004, "One, Ann", "Two, Bea", "Three, Cid"),
    paper("body", 2005, "Made-Up Consortium"),
]


@pytest.mark.parametrize(
    ("style", "forms"),
    [
        ("apa", ["(Solo, 2001)", "(Solo, 2001, 2002a)", "(Solo, 2002a, 2002b, 2002c)",
                 "(One & Two, 2003; Solo, 2001)", "(One et al., 2004)",
                 "(Made-Up Consortium, 2005; One et al., 2004; One & Two, 2003; "
                 "Solo, 2001, 2002a, 2002b)"]),
        ("chicago-author-date",
                ["(Solo 2001)", "(Solo 2001, 2002a)", "(Solo 2002a, 2002b, 2002c)",
                 "(Solo 2001; One and Two 2003)", "(One et al. 2004)",
                 "(Solo 2001, 2002a, 2002b; One and Two 2003; One et al. 2004; "
                 "Made-Up Consortium 2005)"]),
    ],
)  # fmt: skip
def test_authors_and_years(style: str, forms: list[str]) -> None:
    clusters = ("solo1", "solo1 solo2a", "solo2a solo2b solo2c", "solo1 two", "three",
                "solo1 solo2a two solo2b three body")  # fmt: skip
    assert cited(AUTHORS, style, *clusters) == forms


def test_letters_depend_on_what_else_is_cited() -> None:
    assert cited(AUTHORS[:2], "apa", "solo2a") == ["(Solo, 2002)"]
    assert cited(AUTHORS[:3], "apa", "solo2a") == ["(Solo, 2002a)"]
    (*_, entry) = cite.bibliography(AUTHORS[:3], "apa")
    assert entry.text == "Solo, S. (2002b). Beta. Journal."


def test_names_tell_works_apart() -> None:
    namesakes = [paper("a", 2010, "Same, Ann"), paper("b", 2011, "Same, Bea")]
    assert cited(namesakes, "apa", "a", "b") == ["(A. Same, 2010)", "(B. Same, 2011)"]
    initials = [paper("a", 2010, "Same, Ann"), paper("b", 2011, "Same, Ada")]
    assert cited(initials, "apa", "a", "b") == ["(Same, 2010)", "(Same, 2011)"]
    assert cited(initials, "chicago-author-date", "a b") == ["(Ann Same 2010; Ada Same 2011)"]
    crowds = [
        paper("a", 2012, "First, Ann", "Second, Bea", "Third, Cid", "Fourth, Dan"),
        paper("b", 2012, "First, Ann", "Other, Ed", "Third, Cid", "Fourth, Dan"),
    ]
    assert cited(crowds, "apa", "a b") == [
        "(First, Second, et al., 2012; First, Other, et al., 2012)"
    ]


def test_more_than_twenty_six_letters() -> None:
    many = [paper(f"p{n:02}", 2000, "Solo, Sue", title=f"{n:02}") for n in range(28)]
    assert cited(many, "chicago-author-date", "p00", "p25", "p26 p27") == [
        "(Solo 2000a)", "(Solo 2000z)", "(Solo 2000aa, 2000ab)",
    ]  # fmt: skip


AWKWARD = {
    "anonymous2011": ("(“An Editorial That Nobody Signed,” 2011)",
                      "(“An Editorial That Nobody Signed” 2011)"),
    "undated": ("(Undated, n.d.)", "(Undated, n.d.)"),
    "inpress": ("(Inpress, in press)", "(Inpress in press)"),
    "partial2008": ("(Partial et al., 2008)", "(Partial et al. 2008)"),
    "editor2009": ("(Editor & van Redactor, 2009)", "(Editor and van Redactor 2009)"),
    "report2006": ("(Office of Examples, 2006)", "(Office of Examples 2006)"),
    "range2013": ("(Range, 2012–2013)", "(Range 2012–2013)"),
    "madeup2019": ("(Made-Up Consortium for Examples and Tests, Inc. & Friends et al., 2019)",
                   "(Made-Up Consortium for Examples and Tests, Inc. & Friends et al. 2019)"),
}  # fmt: skip


@pytest.mark.parametrize("key", AWKWARD)
def test_no_author_no_date_and_bodies(key: str) -> None:
    forms = [cited(list(awkward()), style, key)[0] for style in ("apa", "chicago-author-date")]
    assert tuple(forms) == AWKWARD[key]


@pytest.mark.parametrize("style", OWN)
def test_every_style_cites_every_awkward_reference(style: str) -> None:
    forms = cited(list(awkward()), style, *(reference.id for reference in awkward()))
    assert [form for form in forms if not form.strip("()[]^")] == []


def test_works_of_one_year_in_the_styles_that_say_the_year_once(tmp_path: Path) -> None:
    from test_styles import HEAD

    xml = HEAD + (
        '<citation collapse="{}" disambiguate-add-year-suffix="true"{}>'
        '<layout prefix="(" suffix=")" delimiter="; "><group delimiter=" ">'
        '<names variable="author"><name form="short"/></names>'
        '<date variable="issued"><date-part name="year"/></date></group></layout></citation>'
        '<bibliography><layout><text variable="title"/></layout></bibliography></style>'
    )
    forms = {
        ("year-suffix", ' year-suffix-delimiter=","'): "(Solo 2001; 2002a,b,c)",
        ("year-suffix", ""): "(Solo 2001; 2002a; b; c)",
        ("year-suffix-ranged", ""): "(Solo 2001; 2002a–c)",
        ("year", ' after-collapse-delimiter=" / "'): "(Solo 2001, 2002a, 2002b, 2002c)",
    }
    for (collapse, more), form in forms.items():
        path = tmp_path / "style.csl"
        path.write_text(xml.format(collapse, more), encoding="utf-8")
        assert cited(AUTHORS, str(path), "solo1 solo2a solo2b solo2c") == [form]
