"""Questions to the store: names to records, selections to rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis.strategies import from_regex

from bclm_cli import store
from bclm_cli.errors import CannotError, NotFoundError, UsageError
from bclm_cli.formats import registry
from bclm_cli.query import EVERYTHING, FIELDS, Library, Selection, UsedIn
from support.program import SMALL, Program


@pytest.fixture(scope="module")
def library() -> Library:
    """The small data alone."""
    return Library([SMALL], shipped=False)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("1", "departure"),
        ("i", "departure"),
        ("III", "arrival"),
        ("departure", "departure"),
        ("Departure-Lounge", "departure-lounge"),
        ("departure-", "departure-lounge"),
        (" a ", "arrival"),
        ("context", "context"),
    ],
)
def test_steps_by_name(library: Library, name: str, id_: str) -> None:
    assert library.step(name) == id_


@pytest.mark.parametrize("name", ["colonization", "colonisation", "Colonis"])
def test_steps_in_british_spelling(shipped: Program, name: str) -> None:
    assert Library().step(name) == "colonization"


def test_keys_that_a_format_may_refuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    odd = ["müller", "one,two", "Twin2001", "twin2001", "a~b", "a'b", "(a)"]
    plain = ["plain", "10.1000/x-y", "a:b_c+d", "twin2001a", "A"]
    keys = "".join(f"  - id: {key!r}\n    type: book\n" for key in [*odd, *plain])
    (tmp_path / "references.yaml").write_text(f"references:\n{keys}", encoding="utf-8")
    lab = Library([tmp_path], shipped=False)
    assert lab.odd_keys() == sorted(odd)
    assert lab.odd_keys(Selection(keys=("plain", "twin2001", "one,two"))) == ["one,two", "twin2001"]


@given(from_regex(r"[A-Za-z0-9_:.+/-]{1,20}", fullmatch=True))
def test_every_format_takes_the_other_keys(key: str) -> None:
    for name in registry.writer_names():
        registry.check_keys(name, [key])


def test_names_of_steps_that_could_be_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An id wins over what else it may mean."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    step = "  - {{id: {}, name: A, summary: B., from: c, to: d}}\n"
    steps = "".join(step.format(id_) for id_ in ("v", "contextual", "i"))
    (tmp_path / "steps.yaml").write_text(f"steps:\n{steps}")
    lab = Library([tmp_path], shipped=False)
    assert [lab.step(name) for name in ("v", "3", "i", "ii", "1", "context", "contextu")] == [
        "v", "i", "i", "contextual", "v", "context", "contextual",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (["Müller"], ["alpha2001"]),
        (["Muell*"], ["alpha2001"]),
        (["Müller Anna"], ["alpha2001"]),
        (["Anna Müller"], ["alpha2001"]),
        (["Müller A"], ["alpha2001"]),
        (["Rijn MA"], ["gamma2003"]),
        (["Li"], ["beta2002"]),
        (["Li*"], ["alpha2001", "beta2002"]),
        (["Davie*"], ["beta2002"]),
        (["Davies"], ["beta2002"]),
        (["van de Rijn"], ["beta2002"]),
        (["Müller", "Rijn"], ["alpha2001", "beta2002", "gamma2003"]),
    ],
)
def test_papers_by_author(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], keys: list[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "references.yaml").write_text(
        "references:\n"
        "  - {id: alpha2001, type: book, author: [{family: Müller, given: Anna}, {family: Lin}]}\n"
        "  - {id: beta2002, type: book, author: [{family: Li, given: Bo}, {family: Rijn,"
        " given: M., non-dropping-particle: van de}, {family: Davies, given: Anna}]}\n"
        "  - {id: gamma2003, type: book, author: [{family: Rijn, given: Mia Ann}]}\n",
        encoding="utf-8",
    )
    lab = Library([tmp_path], shipped=False)
    found = lab.rows("refs", Selection(author=tuple(names)), ("key",))
    assert [key for (key,) in found] == keys
    for nobody in ("muell", "Li Anna", "A Li"):  # Anna is another author
        with pytest.raises(NotFoundError, match=f"no author '{nobody}'"):
            lab.rows("refs", Selection(author=(*names, nobody)))


def test_a_doi_is_found_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "references.yaml").write_text(
        "references:\n  - {id: a2001, type: book, DOI: 'https://doi.org/10.1000/Xy(z)'}\n"
    )
    lab = Library([tmp_path], shipped=False)
    for name in ("10.1000/xy(z)", "https://dx.doi.org/10.1000/XY(Z)", "doi: 10.1000/Xy%28z%29"):
        assert lab.reference_keys([name]) == {name: "a2001"}


def test_claims_are_sorted_by_the_order_of_steps(library: Library) -> None:
    def steps(sort: str) -> list[object]:
        rows = library.rows("claims", fields=("step",), sort=(sort,))
        return [step for step, _ in groupby(row[0] for row in rows)]

    assert steps("step") == ["departure", "departure-lounge", "arrival", "context"]
    assert steps("-step") == ["arrival", "departure-lounge", "departure", "context"]


def test_numbers_are_sorted_as_numbers(library: Library) -> None:
    volumes = [row[0] for row in library.rows("refs", fields=("volume",), sort=("volume",))]
    known = [int(str(volume)) for volume in volumes if volume is not None]
    assert known == sorted(known)
    assert len(known) > 2


@pytest.mark.parametrize("name", ["", "0", "4", "vi", "dep", "xyz", "-1", "%"])
def test_steps_that_are_none(library: Library, name: str) -> None:
    with pytest.raises(NotFoundError):
        library.step(name)


@pytest.mark.parametrize(
    "name",
    [
        "adams2001", "adams2000", "10.5555/made.up.2001", "10.5555/MADE.UP.2001",
        "doi:10.5555/made.up.2001", "DOI: 10.5555/made.up.2001",
        "https://doi.org/10.5555/made.up.2001", "http://dx.doi.org/10.5555/made.up.2001",
        "doi.org/10.5555%2Fmade.up.2001", "99000001", "PMID:99000001", "pmid: 99000001",
        "https://pubmed.ncbi.nlm.nih.gov/99000001/", "PMC9900001", "pmcid:PMC9900001",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC9900001/",
    ],
)  # fmt: skip
def test_papers_by_name(library: Library, name: str) -> None:
    assert library.reference_keys([name, name]) == {name: "adams2001"}


def test_all_unknown_papers_are_named_at_once(library: Library) -> None:
    with pytest.raises(NotFoundError) as raised:
        library.reference_keys(["adams2002", "nobody", "xyzzy"])
    assert str(raised.value) == "no paper 'adams2002'; did you mean adams2001?\nno paper 'xyzzy'"


@pytest.mark.parametrize("list_", FIELDS)
def test_every_field_can_be_asked_for_and_sorted_by(library: Library, list_: str) -> None:
    everything = list(library.rows(list_))
    for index, field in enumerate(FIELDS[list_]):
        assert sorted(library.rows(list_, fields=[field]), key=str) == sorted(
            ((row[index],) for row in everything), key=str
        )
        upwards = list(library.rows(list_, fields=[field], sort=[field]))
        downwards = list(library.rows(list_, fields=[field], sort=[f"-{field}"]))
        assert sorted(upwards, key=str) == sorted(downwards, key=str)
        present = [row for row in upwards if row[0] is not None]
        assert upwards[: len(present)] == present
        assert [row for row in downwards if row[0] is not None] == downwards[: len(present)]


def test_different_flags_and_the_same_flag_twice(library: Library) -> None:
    def count(**flags: tuple[str, ...]) -> int:
        return len(list(library.rows("claims", Selection(**flags))))

    assert count() == 10
    assert count(step=("1",)) == 5
    assert count(step=("1", "2")) == 6
    assert count(step=("1",), factor=("EXA1",)) == 3
    assert count(step=("1",), factor=("EXA1",), effect=("promotes", "suppresses")) == 2
    assert count(kind=("gene",), site=("liver",)) == 3
    assert count(cancer=("breast", "melanoma")) == 6
    assert count(system=("mouse model", "in vitro")) == 4
    assert count(author=("adams", "grün")) == 6
    assert count(year=("2001", "2012..2015")) == 6
    assert count(match=("mock leave",)) == 2
    assert count(match=("lounge", "stay")) == 2


def test_counts_are_those_of_the_selected_claims(library: Library) -> None:
    selected = Selection(factor=("EXA1",))
    fields = ("id", "factors", "claims", "references")
    assert list(library.rows("steps", selected, fields)) == [
        ("departure", 1, 3, 2),
        ("arrival", 1, 1, 1),
    ]


@pytest.mark.parametrize(
    "selection", [EVERYTHING, Selection(factor=("EXA1",)), Selection(match=("mock leave",))]
)
def test_claims_by_id_are_those_of_the_list(library: Library, selection: Selection) -> None:
    claims = list(library.claims(selection))
    ids = library.claim_ids(selection)
    found = library.claims_by_id(ids)
    assert claims
    assert [found[id_] for id_ in ids] == claims
    assert library.claims_by_id(ids[1:2]) == {ids[1]: claims[1]}
    assert library.claims_by_id([]) == {}


@pytest.mark.parametrize("year", ["", "20", "2001-2003", "2001..x", "..", "2001.2002", "٢٠٠١"])
def test_years_that_are_none(library: Library, year: str) -> None:
    with pytest.raises(UsageError):
        list(library.rows("claims", Selection(year=(year,))))


@pytest.mark.parametrize(
    "hostile", ["'", '"', "'; DROP TABLE claim; --", "%", "_", "\0", "x" * 5000, ")" * 50, "a OR b"]
)
def test_no_value_reaches_the_sql(library: Library, hostile: str) -> None:
    for flag in ("step", "factor", "kind", "effect", "system", "site", "cancer", "year"):
        with pytest.raises((NotFoundError, UsageError)):
            list(library.rows("claims", Selection(**{flag: (hostile,)})))
    with pytest.raises(NotFoundError):
        library.reference_keys([hostile])
    assert len(list(library.rows("claims"))) == 10


def test_the_last_layer_says_what_the_model_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    first, last = (tmp_path_factory.mktemp(name) for name in ("first", "last"))
    for folder, title in ((first, "Zebra"), (last, "Aardvark")):
        (folder / "steps.yaml").write_text(f"title: {title}\n")
    assert Library([first, last], shipped=False).title() == "Aardvark"
    assert store.SHIPPED == "shipped"


def test_a_fault_of_the_disk_in_the_middle_of_a_list_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that is whole cannot be put right: the run ends, and says why."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rows = Library([SMALL], shipped=False).rows("refs", fields=["key"])
    monkeypatch.setattr(store.Store, "execute", full)
    assert next(rows) == ("adams2001",)
    rows = Library([SMALL], shipped=False).rows("refs", fields=["key"])
    assert next(rows) == ("adams2001",)
    with pytest.raises(CannotError, match="the cache gives no answer: no room"):
        list(rows)


def full(self: store.Store, sql: str, values: Any = ()) -> Iterator[Any]:
    """The first row, and then the disk is full."""
    for number, row in enumerate(self.copies[0].execute(sql, values)):
        if "FROM reference" in sql and number == 1:
            raise sqlite3.OperationalError("no room")
        yield row


@pytest.mark.parametrize("name", ["PMID:11242036", "pubmed 11242036", "11242036"])
def test_a_pmid_that_no_record_has(library: Library, name: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        library.reference_keys([name])
    assert raised.value.hint == "`bclm add PMID:11242036` fetches it from PubMed and Crossref"


def test_identifiers_that_no_record_has_can_be_fetched(library: Library) -> None:
    with pytest.raises(NotFoundError) as raised:
        library.reference_keys(["https://doi.org/10.1000/(x)", "nobody", "PMC1"])
    assert raised.value.hint == "`bclm add '10.1000/(x)' PMC1` fetches it from PubMed and Crossref"


def test_a_key_is_guessed_from_an_identifier(library: Library) -> None:
    for name in ("10.5555/made.up.2001", "doi:10.5555/Made.up.2001", "pmid:99000001", "PMC9900001"):
        assert library.near_keys(name) == ["adams2001"]


@pytest.mark.parametrize(
    ("cited", "key"),
    [
        ("doi:10.5555/made.up.2001", "adams2001"),
        ("DOI:10.5555/MADE.UP.2001", "adams2001"),
        ("pmid:99000001", "adams2001"),
        ("url:https://doi.org/10.5555/origin.2015", "origin2015"),
        ("url:https://pubmed.ncbi.nlm.nih.gov/99000002/", "origin2015"),
    ],
)
def test_a_key_of_manubot_is_an_identifier(library: Library, cited: str, key: str) -> None:
    used_in = UsedIn(places=((cited, "paper.md:1:1"),))
    assert {name: paper.id for name, paper in library.cited([cited]).items()} == {cited: key}
    papers = library.references(Selection(used_in=used_in), as_cited=True)
    assert [paper.id for paper in papers] == [cited]


@pytest.mark.parametrize(
    "cited", ["10.5555/made.up.2001", "99000001", "pmid:1", "doi:10.5555/none", "eq:99000001"]
)
def test_what_is_no_key_of_a_manuscript(library: Library, cited: str) -> None:
    assert library.cited([cited]) == {}
