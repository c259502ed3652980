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
