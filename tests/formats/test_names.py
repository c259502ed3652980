"""Names as databases and people write them: one person each, and what is doubtful as it stands."""

from __future__ import annotations

import pytest

from bclm_cli.formats.names import are_given_first, person, persons, simple, vancouver
from bclm_cli.model.records import Name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Foe C", Name("Foe", "C")),
        ("Özdemir Ö", Name("Özdemir", "Ö")),
        ("O\u0308zdemir O\u0308", Name("Özdemir", "Ö")),
        ("Şahin ŞÇ", Name("Şahin", "ŞÇ")),
        ("Иванов ИИ", Name("Иванов", "ИИ")),
        ("Nguyen TTTH", Name("Nguyen", "TTTH")),
        ("Smith JA 3rd", Name("Smith", "JA", suffix="3rd")),
        ("Smith J Jr.", Name("Smith", "J", suffix="Jr")),
        ("Ivanov II", Name("Ivanov", "II")),
        ("LI X", Name("LI", "X")),
        ("VAN DER BERG J", Name("VAN DER BERG", "J")),
        ("Dupont J-P", Name("Dupont", "J-P")),
        ("Foe C. D.", Name("Foe", "C. D.")),
        ("O'Neil R", Name("O'Neil", "R")),
        ("de Souza Á", Name("Souza", "Á", non_dropping_particle="de")),
        ("US EPA", None), ("Study Group ABC", None), ("Foe Jane", None), ("A. Foe", None),
        ("Foe ABCDEF", None), ("Foe 3D", None), ("Li X; Wang Y", None), ("Foe A, Bar B", None),
    ],
)  # fmt: skip
def test_family_and_initials(text: str, name: Name | None) -> None:
    assert vancouver(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Doe, Jane", Name("Doe", "Jane")),
        ("J. Foord", Name("Foord", "J.")),
        ("A. B. van der Baxter", Name("Baxter", "A. B.", non_dropping_particle="van der")),
        ("Yu. A. Petrov", Name("Petrov", "Yu. A.")),
        ("Á. Núñez", Name("Núñez", "Á.")),
        ("U.S. Congress", Name(literal="U.S. Congress")),
        ("J. Study Group", Name(literal="J. Study Group")),
        (", R Core Team", Name(literal="R Core Team")),
        ("R Core Team, ", Name(literal="R Core Team")),
        (", R Core Team,", Name(literal="R Core Team")),
        ("Smith Jr., John", Name("Smith", "John", suffix="Jr.")),
        ("Smith, John Jr", Name("Smith", "John", suffix="Jr")),
        ("Smith, J. 3rd", Name("Smith", "J.", suffix="3rd")),
        ("Smith, J., Jr.", Name("Smith", "J.", suffix="Jr.")),
        ("Roe, Robert a", Name("Roe", "Robert A")),
        ("Roe, R. a.", Name("Roe", "R. A.")),
        ("Roe, R.a.", Name("Roe", "R.A.")),
        ("Roe, a", Name("Roe", "A")),
        ("Roe, Robert b c", Name("Roe", "Robert B C")),
        ("Roe, r b", Name("Roe", "R B")),
        ("Roe, r bc", Name("Roe", "r bc")),
        ("Roe, Bc é a", Name("Roe", "Bc é A")),
        ("Roe, Robert b c d", Name("Roe", "Robert B C D")),
        ("Gasset, José Ortega y", Name("Gasset", "José Ortega y")),
        ("Ortega y Gasset, José", Name("Ortega y Gasset", "José")),
        ("Rijn, Jan van", Name("Rijn", "Jan van")),
        ("Plato", Name("Plato")),
        ("Jane Doe", Name(literal="Jane Doe")),
    ],
)
def test_name_as_databases_write_it(text: str, name: Name) -> None:
    assert person(text) == name
    assert simple(text) in (None, name)


def test_a_name_of_many_letters_takes_no_time() -> None:
    """Work grows with the text, not with its square, which would be an hour here."""
    letters = "a " * 300_000
    assert person(f"Roe, {letters}Xx b") == Name("Roe", f"{letters}Xx B")
    assert person(f"Roe, {letters}b") == Name("Roe", f"{letters.upper()}B")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("García Á, Foe C.", [Name("García", "Á"), Name("Foe", "C")]),
        ("Foe C, Smith J Jr.", [Name("Foe", "C"), Name("Smith", "J", suffix="Jr")]),
        ("Smith JA 3rd, Foe C", [Name("Smith", "JA", suffix="3rd"), Name("Foe", "C")]),
        ("LI X, WANG Y", [Name("LI", "X"), Name("WANG", "Y")]),
        ("A. Foo, B. Bar", [Name("Foo", "A."), Name("Bar", "B.")]),
        ("A. Foo, B. Bar, C. Baz", [Name("Foo", "A."), Name("Bar", "B."), Name("Baz", "C.")]),
        ("Merle, J., C.", [Name("Merle", "J. C.")]),
        ("Foo, A., Bar, B. C.", [Name("Foo", "A."), Name("Bar", "B. C.")]),
        ("Foo, A, Bar, BC", [Name("Foo", "A"), Name("Bar", "BC")]),
        ("M. Regan, M.", [Name("M. Regan", "M.")]),
        ("Smith III, John D", [Name("Smith", "John D", suffix="III")]),
        ("García Márquez, Gabriel", [Name("García Márquez", "Gabriel")]),
        ("Doe, , Jane", [Name("Doe", "Jane")]),
    ],
)
def test_names_that_are_sure(text: str, names: list[Name]) -> None:
    warnings: list[str] = []
    assert (persons(text, warnings), warnings) == (names, [])


@pytest.mark.parametrize(
    ("text", "names", "doubt"),
    [
        ("Ann Moran, Bo T. Butler, Cy van der Creevey",
         [Name("Moran", "Ann"), Name("Butler", "Bo T."),
          Name("Creevey", "Cy", non_dropping_particle="van der")],
         "'Ann Moran, Bo T. Butler, Cy van der Creevey' is taken for 3 names"),
        ("Foe C, Bar D, Example Group, Özdemir Ö",
         [Name("Foe", "C"), Name("Bar", "D"), Name(literal="Example Group"),
          Name("Özdemir", "Ö")],
         "'Example Group' is taken for a name as it stands"),
        ("Department of Examples, Example University",
         [Name(literal="Department of Examples, Example University")],
         "'Department of Examples, Example University' may be several names; it is kept as one"),
        ("Genome Centers, Santa Example, the Beta Institute",
         [Name(literal="Genome Centers, Santa Example, the Beta Institute")],
         "'Genome Centers, Santa Example, the Beta Institute' may be several names; it is kept "
         "as one"),
    ],
)  # fmt: skip
def test_names_in_doubt_are_kept_and_told(text: str, names: list[Name], doubt: str) -> None:
    warnings: list[str] = []
    assert (persons(text, warnings), warnings) == (names, [doubt])


@pytest.mark.parametrize(
    ("names", "answer"),
    [
        (["Jane Doe", "Bo van der Roe"], True),
        (["Jane Doe", "World Health Organization", "Plato"], True),
        (["Jane Doe", "Roe, Bo"], False),
        (["Jane Doe", "Roe B"], False),
        (["World Health Organization"], False),
        (["J. Doe"], False),
        (["Jane Doe", "jane doe"], False),
        ([], False),
    ],
)
def test_whether_a_file_writes_given_names_first(names: list[str], answer: bool) -> None:
    assert are_given_first(names) is answer
