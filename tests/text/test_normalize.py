"""Folding: spellings that mean the same become the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bclm_cli.text.normalize import american, compact, index_words, normalize, stem, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("TGF-β1", "tgf beta1"),
        ("TGF‑β", "tgf beta"),
        ("α5β1", "alpha5beta1"),
        ("Müller", "muller"),
        ("Verástegui", "verastegui"),
        ("Øst-Łódź", "ost lodz"),
        ("Straße", "strasse"),
        ("CD44<sup>+</sup>", "cd44"),
        ("<i>in vivo</i>", "in vivo"),
        ('<span class="nocase">DUM</span>', "dum"),
        ("10⁶ H₂O", "106 h2o"),
        ("IL-1β/IL_8", "il 1beta il 8"),
        ("  a\t\nb  ", "a b"),
        ("ﬁbronectin", "fibronectin"),
        ("5 < 6 > 4", "5 6 4"),
        ("", ""),
        ("…", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert normalize(text) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        ("TGF-β", "tgf beta", "TGFbeta", "Tgf_Beta", "TGFβ"),
        ("SDF-1", "sdf1", "SDF 1"),
        ("E-cadherin", "e cadherin", "ECADHERIN"),
    ],
)
def test_compact_makes_spellings_equal(spellings: tuple[str, ...]) -> None:
    assert len(set(map(compact, spellings))) == 1


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("neutrophils", "neutrophil"),
        ("metastases", "metastasis"),
        ("analyses", "analysis"),
        ("bodies", "body"),
        ("metastasis", "metastasis"),
        ("virus", "virus"),
        ("stress", "stress"),
        ("ros", "ros"),
        ("cxcl12s", "cxcl12s"),
    ],
)
def test_stem(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_an_index_keeps_compounds_and_both_spellings_of_umlauts() -> None:
    found = index_words("IL-8 of Müller").split()
    assert {"il", "8", "il8", "muller", "mueller"} <= set(found)


@given(st.text())
def test_folding_is_plain_and_stays(text: str) -> None:
    once = normalize(text)
    assert once == " ".join(once.split())
    assert once == once.lower()
    assert normalize(once) == once
    spelled = american(once)
    assert compact(text) == spelled.replace(" ", "")
    assert words(once) == [stem(word) for word in spelled.split()]
