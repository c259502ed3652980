"""Particles, suffixes and initials of a name."""

from __future__ import annotations

import pytest

from bclm_cli.csl.person import Person, initials, person


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ({"family": "van de Rijn", "given": "M."}, Person("Rijn", "M.", kept="van de")),
        ({"family": "d’Exemple", "given": "Jeanne"}, Person("Exemple", "Jeanne", kept="d’")),
        ({"family": "De Campione", "given": "Ugo"}, Person("De Campione", "Ugo")),
        ({"family": "van", "given": "Gus"}, Person("van", "Gus")),
        ({"family": "Muestra", "given": "María de la"}, Person("Muestra", "María", "de la")),
        ({"family": "Sample", "given": "Bob, Jr"}, Person("Sample", "Bob", suffix="Jr")),
        (
            {"family": "Sample", "given": "Bob,! Jr"},
            Person("Sample", "Bob", suffix="Jr", comma_suffix=True),
        ),
        ({"given": "Cher"}, Person(given="Cher")),
        ({"literal": "A  Body"}, Person(body="A Body")),
        ({"family": "O'Sigil", "given": "A"}, Person("O’Sigil", "A")),
    ],
)  # fmt: skip
def test_people(name: dict[str, str], found: Person) -> None:
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
