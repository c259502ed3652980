"""Searches of PubMed made from the model."""

from __future__ import annotations

from bclm_cli.model.records import Factor, Step
from bclm_cli.online import terms


def test_names_become_phrases() -> None:
    factors = [
        Factor("TGF-β", "gene", full_name='a "quoted"  name', synonyms=("TGFB", "tgf beta", "X")),
        Factor("Other", "cell", synonyms=("other",)),
    ]
    assert terms.search([], factors) == (
        '(breast cancer AND liver metastasis) AND ("TGF-β"[tiab] OR "tgf beta"[tiab] OR'
        ' "Other"[tiab] OR "a quoted name"[tiab] OR "TGFB"[tiab])'
    )
    step = Step(1, "departure-lounge", "Departure", "", "", "")
    assert terms.search([step], []).endswith('AND ("Departure"[tiab] OR "departure lounge"[tiab])')


def test_a_long_list_of_names_loses_its_end() -> None:
    many = [
        Factor(f"name{number}", "gene", synonyms=(f"synonym{number}",)) for number in range(500)
    ]
    found = terms.search([], many)
    assert len(found) < terms.MAX_LENGTH + 100
    assert '"name0"[tiab]' in found
    assert "synonym" not in found
