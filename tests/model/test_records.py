"""The records keep what they are given, and say it again as CSL."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bclm_cli.model import dates, variables
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.text import markup
from support import csl_schema
from support.awkward import awkward, items

TEXT = st.text(min_size=1, max_size=8)
START = st.one_of(
    st.tuples(st.integers(-999, 9999)),
    st.tuples(st.integers(-999, 9999), st.integers(1, 12)),
    st.tuples(st.integers(-999, 9999), st.integers(1, 12), st.integers(1, 28)),
)
END = START.filter(lambda end: end != (0,))
DATES = st.one_of(
    st.just(Date()),
    START.map(Date),
    st.tuples(START, END).map(lambda range: Date(*range)),
)
FULL_DATES = st.builds(
    lambda date, season, circa, literal: date._replace(season=season, circa=circa, literal=literal),
    DATES,
    st.sampled_from(["", "1", "2", "3", "4", "fall"]),
    st.booleans(),
    st.just("") | TEXT,
)
PARTS = st.just("") | TEXT
NAMES = st.builds(Name, *[PARTS] * len(Name._fields)).filter(any)
REFERENCES = st.builds(
    Reference,
    TEXT,
    st.sampled_from(variables.CSL_TYPES),
    st.dictionaries(st.sampled_from(variables.TEXT_VARIABLES), TEXT, max_size=5),
    st.dictionaries(
        st.sampled_from(variables.NAME_VARIABLES),
        st.lists(NAMES, min_size=1, max_size=3).map(tuple),
        max_size=3,
    ),
    st.dictionaries(st.sampled_from(variables.DATE_VARIABLES), FULL_DATES, max_size=3),
    st.dictionaries(TEXT, TEXT | st.lists(TEXT, max_size=2), max_size=2),
    TEXT,
)


@settings(deadline=None)
@given(REFERENCES)
def test_a_reference_comes_back_from_its_csl_item(reference: Reference) -> None:
    assert Reference.from_csl(reference.to_csl(), reference.source) == reference


@settings(deadline=None)
@given(FULL_DATES)
def test_a_date_comes_back_from_its_csl_object(date: Date) -> None:
    assert Date.from_csl(date.to_csl()) == date


@settings(deadline=None)
@given(DATES)
def test_a_plain_date_comes_back_from_its_text(date: Date) -> None:
    assert Date.from_csl(str(date)) == date


@settings(deadline=None)
@given(st.text(max_size=20) | st.from_regex(r"[\d~?/%.-]{0,24}", fullmatch=True))
def test_any_text_is_a_date_or_kept_as_one(text: str) -> None:
    date = Date.from_csl(text)
    assert bool(date.start) != bool(date.literal) or text.strip() == ""


@pytest.mark.parametrize(
    "value", [None, True, 1.5, [], [[2012]], [1, 2, 3], {2012}, {"date-parts": 1}]
)
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="write"):
        Date.from_csl(value)


def test_a_number_is_a_year() -> None:
    assert Date.from_csl(2012) == Date((2012,))
    assert Date.from_csl({"date-parts": [[2012, 8]], "season": 1}) == Date((2012, 8), season="1")


@pytest.mark.parametrize(
    ("date", "text", "year"),
    [
        (Date(), "", None),
        (Date((2012,)), "2012", 2012),
        (Date((2012, 8)), "2012-08", 2012),
        (Date((2012, 8, 5)), "2012-08-05", 2012),
        (Date((2012, 8), (2013,)), "2012-08/2013", 2012),
        (Date((79,)), "0079", 79),
        (Date((-44, 3, 15)), "-0044-03-15", -44),
        (Date(literal="in press"), "in press", None),
    ],
)
def test_a_date_as_text(date: Date, text: str, year: int | None) -> None:
    assert (str(date), date.year) == (text, year)


@pytest.mark.parametrize(
    ("date", "csl"),
    [
        (Date(), {}),
        (Date((2012, 8), (2013,)), {"date-parts": [[2012, 8], [2013]]}),
        (
            Date((2012,), season="2", circa=True),
            {"date-parts": [[2012]], "season": "2", "circa": True},
        ),
        (Date(literal="in press"), {"literal": "in press"}),
    ],
)
def test_a_date_as_csl(date: Date, csl: dict[str, object]) -> None:
    assert date.to_csl() == csl


def test_a_reference_as_csl() -> None:
    reference = Reference(
        "x",
        "book",
        {"title": "T", "volume": "1.10"},
        {"author": (Name("Rijn", "Ann", non_dropping_particle="van de"), Name(literal="Group"))},
        {"issued": Date((2012,))},
        {"kind": "review", "aliases": ("y",)},
        "lab",
    )
    assert reference.to_csl() == {
        "id": "x",
        "type": "book",
        "author": [
            {"family": "Rijn", "given": "Ann", "non-dropping-particle": "van de"},
            {"literal": "Group"},
        ],
        "title": "T",
        "volume": "1.10",
        "issued": {"date-parts": [[2012]]},
        "custom": {"kind": "review", "aliases": ("y",)},
    }
    assert "custom" not in reference._replace(custom={}).to_csl()


def test_what_a_reference_tells_of_itself() -> None:
    bare = Reference("x", "book", {}, {}, {}, {})
    reported = (bare.title, bare.author, bare.issued, bare.year, bare.kind, bare.incomplete_authors)
    assert reported == ("", (), Date(), None, "", False)
    assert (bare.get("volume"), bare.aliases) == ("", ())
    custom = {"kind": "review", "incomplete-authors": "true", "aliases": ["y"]}
    full = Reference(
        "x", "book", {"title": "T"}, {"author": (Name("E"),)}, {"issued": Date((2012,))}, custom
    )
    reported = (full.title, full.author, full.issued, full.year, full.kind, full.incomplete_authors)
    assert reported == ("T", (Name("E"),), Date((2012,)), 2012, "review", True)
    assert (full.get("title"), full.aliases) == ("T", ("y",))
    assert not full._replace(custom={"incomplete-authors": "false"}).incomplete_authors


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (Name("Rijn", "Ann", non_dropping_particle="van de"), "van de Rijn"),
        (Name("Beethoven", "L.", dropping_particle="von"), "Beethoven"),
        (Name(literal="Example Group"), "Example Group"),
        (Name(given="Ann"), "Ann"),
    ],
)
def test_the_name_that_a_list_shows(name: Name, shown: str) -> None:
    assert name.sort_family == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no < mark", "no < mark"),
        ("<i>In vivo</i> 10<sup>−6</sup> H<sub>2</sub>O", "In vivo 10⁻⁶ H₂O"),
        ("10<sup>n</sup> H<sub>a</sub> 10<sup><i>6</i></sup>", "10ⁿ Hₐ 10⁶"),
        ("CD44<sup>hi</sup>", "CD44hi"),
        ('<span class="nocase">mTOR</span> <sc>ce</sc>', "mTOR ce"),
        ("a <i>b, c</b> <d and e>", "a <i>b, c</b> <d and e>"),
        (f"<sup>{'1' * 41}</sup>", "1" * 41),
    ],
)
def test_text_without_its_marks(text: str, shown: str) -> None:
    assert markup.plain(text) == shown


def test_every_awkward_reference_comes_back() -> None:
    assert [
        Reference.from_csl(reference.to_csl(), reference.source) for reference in awkward()
    ] == [*awkward()]
    assert [reference.id for reference in awkward()] == [item["id"] for item in items()]


def test_the_types_are_those_of_csl() -> None:
    assert set(variables.CSL_TYPES) == set(csl_schema.TYPES.split())


def test_the_variables_are_those_of_csl() -> None:
    """The schema for data has two older names more; that for styles has three more variables."""
    ours = (*variables.TEXT_VARIABLES, *variables.NAME_VARIABLES, *variables.DATE_VARIABLES)
    names = (csl_schema.NAMES, csl_schema.DATES, csl_schema.STRINGS, csl_schema.NUMBERS)
    listed = {name for words in names for name in words.split()}
    assert set(ours) - listed == {
        "editor-translator", "license", "part-number", "printing-number", "supplement-number",
    }  # fmt: skip
    assert listed - set(ours) == {"journalAbbreviation", "shortTitle"}
    assert len(ours) == len(variables.VARIABLES)


def test_dates_read_the_fields_that_they_name() -> None:
    for field in dates.FIELDS:
        value = {"date-parts": [[2012]], "month": "8", "day": "15"}.get(field, "2012")
        assert Date.from_csl({"year": "2012", field: value}).year == 2012


def test_numbers_of_a_date_are_read_by_their_kind() -> None:
    """Though equal to Python, True is no month, and 8.0 none either."""
    assert Date.from_csl({"date-parts": [[2012, 1]]}).start == (2012, 1)
    for month in (True, 1.0):
        with pytest.raises(ValueError, match="is no year, month or day"):
            Date.from_csl({"date-parts": [[2012, month]]})
    with pytest.raises(ValueError, match="is no day of the calendar"):
        Date.from_csl({"date-parts": [[2021, 2, 30]]})


@pytest.mark.parametrize(
    ("families", "others", "author"),
    [
        ("Roe", False, "Roe"),
        ("Roe", True, "Roe et al."),
        ("Roe Poe", False, "Roe and Poe"),
        ("Roe Poe", True, "Roe et al."),
        ("Roe Poe Doe", False, "Roe et al."),
        ("", True, ""),
    ],
)
def test_who_wrote_it_as_a_text_says_it(families: str, others: bool, author: str) -> None:
    names = {"author": tuple(map(Name, families.split()))}
    custom = {"incomplete-authors": "true"} if others else {}
    assert Reference("a", "book", {}, names, {}, custom).short_author == author
