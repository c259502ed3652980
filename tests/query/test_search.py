"""Search on the shipped data: what a person types leads to what they mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bclm_cli import paths
from bclm_cli.query import Hit, Library, Selection
from bclm_cli.text import normalize


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped data."""
    return Library()


def search(library: Library, text: str) -> list[Hit]:
    return list(library.search(text))


@pytest.mark.parametrize("text", ["tgf beta", "TGF-β", "TGFβ", "tgf-beta", "TGFbeta"])
def test_spellings_of_one_name_find_the_same(library: Library, text: str) -> None:
    hits = search(library, text)
    assert {hit.id for hit in hits[:2]} == {"TGFB1", "TGF-beta signaling"}
    assert hits[0].type == "factor"


def test_a_symbol_leads_to_its_factor(library: Library) -> None:
    for text in ("TGFB1", "tgfb1", "TgfB1"):
        first = search(library, text)[0]
        assert (first.type, first.id) == ("factor", "TGFB1")


@pytest.mark.parametrize("text", ["muller", "Müller", "mueller", "MULLER"])
def test_accents_and_umlauts_make_no_difference(library: Library, text: str) -> None:
    assert "muller2001" in {hit.id for hit in search(library, text) if hit.type == "paper"}


def test_every_factor_is_first_when_called_by_its_name(library: Library) -> None:
    lost = []
    for (name,) in library.rows("factors", fields=["name"]):
        first = next(library.search(str(name)), None)
        if first is None or (first.type, first.id) != ("factor", name):
            lost.append(name)
    assert lost == []


def test_every_paper_is_found_by_its_key_and_its_title(library: Library) -> None:
    lost = []
    for key, title in list(library.rows("refs", fields=["key", "title"])):
        if next(library.search(str(key))).id != key:
            lost.append(f"key {key}")
        if key not in {hit.id for hit in library.search(str(title))}:
            lost.append(f"title of {key}")
    assert lost == []


def test_plurals_find_singulars(library: Library) -> None:
    for many, one in (("neutrophils", "neutrophil"), ("liver metastases", "liver metastasis")):
        assert search(library, many) == search(library, one)


def test_the_beginning_of_a_word_is_enough(library: Library) -> None:
    assert "extravasation" in {hit.id for hit in search(library, "extravas")}


def test_all_words_must_occur(library: Library) -> None:
    both = {(hit.type, hit.text) for hit in search(library, "neutrophil liver")}
    assert both
    assert both < {(hit.type, hit.text) for hit in search(library, "neutrophil")}


def test_journals_and_years_are_searched(library: Library) -> None:
    hits = search(library, "Hepatology 2010")
    assert {hit.id for hit in hits} >= {"arteta2010"}


@pytest.mark.parametrize(
    "text", ["10.1186/s12967-015-0425-0", "https://doi.org/10.1186/S12967-015-0425-0", "PMC4440291"]
)
def test_an_identifier_leads_to_its_paper(library: Library, text: str) -> None:
    assert [hit.id for hit in search(library, text)] == ["ma2015"]


@pytest.mark.parametrize(("step", "keys"), [("4", ["muller2001"]), ("1", [])])
def test_a_selection_holds_for_an_identifier(library: Library, step: str, keys: list[str]) -> None:
    hits = library.search("10.1038/35065016", Selection(step=(step,)))
    assert [hit.id for hit in hits] == keys


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("metastsis", "metastasis"),
        ("Neutrphils liver", "neutrophil liver"),
        ("neutrophil zebrafish melatonin", ""),  # each of them occurs
        ("metastsis qwertyuiop", ""),
        ("!!! metastsis", "!!! metastasis"),
        ("xyz", ""),
        ("9876543", ""),
        ("", ""),
        ("\U0010ffff\U0010ffff\U0010ffff\U0010ffff", ""),
    ],
)
def test_a_word_that_occurs_nowhere_is_guessed(library: Library, text: str, guess: str) -> None:
    assert library.respelled(text) == guess


@pytest.mark.parametrize("text", ["", "!!!", "\"'", "*", "NEAR(a b)", "a AND", "(", "col:x", "\0"])
def test_no_text_breaks_the_query(library: Library, text: str) -> None:
    assert isinstance(search(library, text), list)


def test_a_selection_narrows_it(library: Library) -> None:
    wide = {(hit.type, hit.id) for hit in library.search("neutrophil")}
    narrow = {(h.type, h.id) for h in library.search("neutrophil", Selection(step=("3",)))}
    assert narrow
    assert narrow < wide


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dormancy", "dormant"),
        ("dormancies", "dormancy"),
        ("hepatic", "liver"),
        ("mammary carcinoma", "breast carcinoma"),
        ("TNBC", "triple-negative"),
        ("metastatic", "metastases"),
        ("metastasis of the liver", "hepatic the of metastatic"),
    ],
)
def test_forms_of_a_word_and_synonyms_find_the_same(library: Library, one: str, other: str) -> None:
    found = {(hit.type, hit.text) for hit in search(library, one)}
    assert found
    assert found == {(hit.type, hit.text) for hit in search(library, other)}


def test_an_abbreviation_finds_what_it_stands_for(library: Library) -> None:
    texts = [hit.text for hit in search(library, "LSEC")]
    assert any("sinusoidal endothelium" in text for text in texts)
    assert any("sinusoidal endothelial cells" in text for text in texts)
    assert library.also_searched("LSEC dormant IL-8") == [
        "liver sinusoidal endothelial cell",
        "sinusoidal endothelium",
        "sinusoidal endothelial cell",
        "dormancy",
        "dormancies",
    ]
    assert library.also_searched("CXCR4") == []


def test_words_of_a_phrase_with_synonyms_need_not_stand_together(library: Library) -> None:
    apart = {hit.text for hit in search(library, "negative triple")}
    assert apart <= {hit.text for hit in search(library, "triple negative")}


def test_each_group_of_synonyms_has_its_source_and_no_word_is_in_two() -> None:
    table = json.loads(paths.search_synonyms().read_text(encoding="utf-8"))
    assert [group for group in table["groups"] if not group["source"]] == []
    folded = [
        {" ".join(normalize.words(word)) for word in group["words"]} for group in table["groups"]
    ]
    assert len(set().union(*folded)) == sum(map(len, folded))


def test_notes_abstracts_and_keywords_of_a_lab_are_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "references.yaml").write_text(
        "references:\n"
        "- {id: one2001, type: book, note: ask zorblatt, abstract: Of quibbles.,"
        " keyword: flimflam}\n"
    )
    lab = Library([tmp_path], shipped=False)
    for word in ("zorblatt", "quibbles", "flimflam"):
        assert [hit.id for hit in lab.search(word)] == ["one2001"]
