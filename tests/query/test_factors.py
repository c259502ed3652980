"""From what people call a factor to the factor, and what is said of names that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bclm_cli.errors import NotFoundError
from bclm_cli.query import Library, Selection
from support.program import SMALL


@pytest.fixture(scope="module")
def library() -> Library:
    """The small data alone."""
    return Library([SMALL], shipped=False)


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The shipped data."""
    return Library()


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Made-up factors with names that could be mistaken for each other."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "steps.yaml").write_text(
        "factors:\n"
        "  - {name: widget α1β2, kind: complex}\n"
        "  - {name: widget α3β4, kind: complex}\n"
        "  - {name: GIZM, kind: gene, synonyms: [gizmotron, G-widget]}\n"
        "  - {name: COGG, kind: gene, synonyms: [β-gear,"
        " a wheel that has far too long a name to be shown]}\n"
        "  - {name: smooth gear motion, kind: process, synonyms: [2 gears]}\n"
        "  - {name: spokes, kind: gene, synonyms: [spokesin]}\n",
        encoding="utf-8",
    )
    return Library([tmp_path], shipped=False)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("DUMb", ("DUMB",)),
        ("EXa1", ("EXA1",)),
        ("EXA1", ("EXA1",)),
        ("exa-1", ("EXA1",)),
        ("EX α1", ("EXA1",)),
        ("exalpha1", ("EXA1",)),
        ("HGNC:0000001", ("EXA1",)),
        ("mock cells", ("mock cell",)),
        ("dummy", ("DUMB", "mock cell")),
        ("DUM-β", ("DUMB",)),
    ],
)
def test_factors_by_name(library: Library, name: str, found: tuple[str, ...]) -> None:
    assert library.factor_names([name]) == found


def test_a_name_as_it_is_written_wins_over_what_it_folds_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "steps.yaml").write_text(
        "factors:\n  - {name: CDX1, kind: gene}\n  - {name: CD-X1, kind: gene}\n"
    )
    lab = Library([tmp_path], shipped=False)
    assert lab.factor_names(["CDX1"]) == ("CDX1",)
    assert lab.factor_names(["CD-X1"]) == ("CD-X1",)
    assert lab.factor_names(["cdx1"]) == ("CD-X1", "CDX1")


def test_every_factor_and_synonym_of_the_shipped_data_leads_to_it() -> None:
    shipped = Library()
    for factor in shipped.factors():
        assert shipped.factor_names([factor.name]) == (factor.name,)
        for synonym in factor.synonyms:
            named = shipped.factor_names([synonym])
            assert factor.name in named or named[0].casefold() == synonym.casefold(), synonym


def test_a_factor_by_its_words_in_another_order(library: Library, lab: Library) -> None:
    assert library.factor_names(["niche mock"]) == ("mock niche",)
    assert lab.factor_names(["α3β4-widget"]) == ("widget α3β4",)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("gear", ["smooth gear motion"]),
        ("Gear motion", ["smooth gear motion"]),
        ("α3β4", ["widget α3β4"]),
        ("GIZM-COGG", ["GIZM", "COGG"]),
        ("β-gear/gizmotron", ["COGG", "GIZM"]),
        ("COGG and spokes", ["COGG", "spokes"]),
    ],
)
def test_a_part_of_one_name_and_a_pair_are_enough_and_said_once(
    tmp_path: Path, lab: Library, name: str, found: list[str]
) -> None:
    said: list[str] = []
    lab = Library([tmp_path], shipped=False, note=said.append)
    assert lab.factor_names([name]) == tuple(found)
    assert [one.name for one in lab.factors(Selection(factor=(name,)))] == found
    assert said == [f"'{name}' is taken as {' and '.join(found)}"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("widget", "'widget' may be any of widget α1β2, widget α3β4"),
        ("widgets", "'widgets' may be any of widget α1β2, widget α3β4"),
        ("smoo", "no factor 'smoo'; did you mean smooth gear motion?"),
        ("gyzmotron", "no factor 'gyzmotron'; did you mean GIZM (gizmotron)?"),
        # what may be another molecule is no slip
        ("K-widget", "no factor 'K-widget' in the data; related: GIZM (G-widget)"),
        ("GIZM2", "no factor 'GIZM2' in the data; related: GIZM"),
        ("GIZN", "no factor 'GIZN' in the data; related: GIZM"),
        ("spokesi", "no factor 'spokesi'; did you mean spokes?"),
        ("SPOK", "no factor 'SPOK' in the data; related: spokes"),
        ("wheel", "no factor 'wheel' in the data; related: COGG"),  # too long to be shown
        ("β2 widget", "no factor 'β2 widget' in the data"),
        ("g", "no factor 'g' in the data"),
        ("2", "no factor '2' in the data"),
        ("nothing", "no factor 'nothing' in the data"),
        ("", "no factor '' in the data"),
    ],
)
def test_what_is_said_of_names_that_are_none(lab: Library, name: str, told: str) -> None:
    with pytest.raises(NotFoundError) as error:
        lab.factor_names([name])
    assert str(error.value) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("P-selectin", "related: SELE (E-selectin)"),
        ("LSEC", "related: liver sinusoid, endothelial cell"),
        ("PD-L1", "related: PD-1 blockade, PDCD1 (PD-1)"),
        ("FOXP3", "related: regulatory T cell (FOXP3+ T cell)"),
        ("CXCL13", "related: CXCL16, CXCL12"),
        ("TNBC", "--subtype triple-negative selects claims"),
        ("4T1", "--model 4T1 selects claims"),
        ("in vitro", "--system 'in vitro' selects claims"),
    ],
)
def test_names_of_other_things_lead_nowhere(shipped: Library, name: str, told: str) -> None:
    with pytest.raises(NotFoundError) as error:
        shipped.factor_names([name])
    assert str(error.value) == f"no factor '{name}' in the data; {told}"


@pytest.mark.parametrize("name", ["integrn", "integrns", "intergin"])
def test_a_factor_is_guessed_once(shipped: Library, name: str) -> None:
    with pytest.raises(NotFoundError) as error:
        shipped.factor_names([name])
    assert str(error.value) == f"no factor '{name}'; did you mean integrin?"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Kupffer", ("Kupffer cell",)),
        ("NK", ("natural killer cell",)),
        ("stellate cell", ("hepatic stellate cell",)),
        ("αvβ3", ("integrin αvβ3",)),
        ("alphavbeta3", ("integrin αvβ3",)),
        ("TAM", ("macrophage",)),
        ("VCAM", ("VCAM1",)),
        ("exosomes", ("exosome",)),
        ("CXCL12-CXCR4", ("CXCL12", "CXCR4")),
    ],
)
def test_what_people_type_first(shipped: Library, name: str, found: tuple[str, ...]) -> None:
    assert shipped.factor_names([name]) == found


def test_a_family_stands_for_its_members(library: Library) -> None:
    assert library.narrower("mock family") == ("TSTG", "EXA1")
    assert library.relatives("EXA1") == ("mock family", "TSTG")
    assert library.members(["mock family", "DUMB"]) == ("TSTG", "EXA1", "DUMB")
    rows = library.rows("factors", Selection(factor=("mock family",)), ("name", "claims"))
    assert list(rows) == [("mock family", 0), ("TSTG", 1), ("EXA1", 4)]
    claims = library.rows("claims", Selection(factor=("mock family",)), ("factor", "effect"))
    assert list(claims) == [
        ("EXA1", "promotes"),
        ("EXA1", "suppresses"),
        ("EXA1", "no effect"),
        ("TSTG", "promotes"),
        ("EXA1", "suppresses"),
    ]


def test_factors_come_best_supported_first(library: Library) -> None:
    rows = list(library.rows("factors", fields=("name", "direct", "references")))
    assert rows == [
        ("DUMB", 1, 1),
        ("TSTG", 1, 1),
        ("EXA1", 0, 3),
        ("mock cell", 0, 1),
        ("mock niche", 0, 1),
        ("mock state", 0, 1),
        ("placebo", 0, 1),
        ("mock family", 0, 0),
        ("spare part", 0, 0),
    ]
    selected = Selection(factor=(), directness=("breast",))
    assert [name for (name,) in library.rows("factors", selected, ("name",))] == [
        "EXA1",
        "mock state",
    ]


def test_what_a_factor_binds_and_belongs_to(library: Library) -> None:
    rows = library.rows("factors", Selection(factor=("EXA1", "DUMB")), ("name", "broader", "binds"))
    assert list(rows) == [("EXA1", ("mock family",), ("TSTG",)), ("DUMB", (), ())]
