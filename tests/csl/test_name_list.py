"""Lists of names: "and", "et al.", more people than are named."""

from __future__ import annotations

from bclm_cli.csl import name_list
from bclm_cli.csl.person import Person


def test_more_authors_than_anybody_names() -> None:
    people = (Person("One", "Ann"), Person("Two", "Bea"))
    options = name_list.NameOptions(and_="text", et_al_min=4, et_al_use_first=1)
    listed = name_list.NameList(people, more=True)
    assert name_list.render(listed, options, name_list.NameParts(), "and", "et al.") == (
        "Ann One, Bea Two, et al."
    )
    many = name_list.NameList((*people, *people), more=True)
    assert (
        name_list.render(many, options, name_list.NameParts(), "and", "et al.") == "Ann One et al."
    )
    last = options._replace(et_al_use_last=True)
    assert name_list.render(many, last, name_list.NameParts(), "and", "et al.") == "Ann One et al."


def test_an_ellipsis_stands_for_names_that_are_left_out() -> None:
    """ "Only possible when the original name list has at least two more names" (et-al-use-last)."""
    options = name_list.NameOptions(et_al_min=3, et_al_use_first=2, et_al_use_last=True)
    people = [Person(family, "Ann") for family in ("One", "Two", "Three", "Four")]

    def shown(count: int) -> str:
        listed = name_list.NameList(people[:count])
        return name_list.render(listed, options, name_list.NameParts(), "", "et al.")

    hinted = name_list.NameList(people, hints={(people[-1], False): name_list.GIVEN})
    assert (
        name_list.render(
            hinted, options._replace(initialize_with=". "), name_list.NameParts(), "", "et al."
        )
        == "A. One, A. Two, … Ann Four"
    )
    assert shown(3) == "Ann One, Ann Two, et al."
    assert shown(4) == "Ann One, Ann Two, … Ann Four"


def test_no_name_at_all_where_the_style_shows_none_of_several() -> None:
    options = name_list.NameOptions(et_al_min=2, et_al_use_first=0)
    people = (Person("One", "Ann"), Person("Two", "Bea"))
    parts = name_list.NameParts()
    shown = [
        name_list.render(name_list.NameList(people[:count]), options, parts, "and", "et al.")
        for count in (1, 2)
    ]
    assert shown == ["Ann One", ""]
