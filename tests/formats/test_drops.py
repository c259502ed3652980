"""No format drops a variable without declaring it, and none declares one that it keeps."""

from __future__ import annotations

import pytest

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from bclm_cli.model.variables import DATE_VARIABLES, NAME_VARIABLES, TEXT_VARIABLES

VARIABLES = (*TEXT_VARIABLES, *NAME_VARIABLES, *DATE_VARIABLES, "custom")
TYPES = (
    "article-journal", "article-magazine", "article", "book", "chapter", "dataset", "document",
    "paper-conference", "report", "software", "thesis", "webpage",
)  # fmt: skip


def mark(variable: str) -> str:
    """Letters that no format escapes, and a digit, which a number needs."""
    return "qq" + variable.replace("-", "").replace("_", "") + "7zz"


def everything(type_: str) -> Reference:
    """A reference with a value of its own in every variable."""
    years = {variable: 3001 + number for number, variable in enumerate(DATE_VARIABLES)}
    text = {variable: mark(variable) for variable in TEXT_VARIABLES}
    text |= {"URL": f"https://example.org/{mark('URL')}", "language": "tlh"}
    return Reference(
        "key",
        type_,
        text,
        {variable: (Name(family=mark(variable), given="G."),) for variable in NAME_VARIABLES},
        {variable: Date((year,)) for variable, year in years.items()},
        {"mine": mark("custom")},
    )


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("name", registry.writer_names())
def test_declared_drops_are_the_real_ones(name: str, type_: str) -> None:
    reference = everything(type_)
    signs = {variable: mark(variable) for variable in VARIABLES}
    signs |= {variable: str(date.year) for variable, date in reference.dates.items()}
    signs["language"] = "tlh"
    text = "".join(registry.writer(name).dump([reference], Options()))
    dropped = {variable for variable, sign in signs.items() if sign not in text}
    assert dropped == set(registry.writer(name).DROPS)


@pytest.mark.parametrize("name", registry.writer_names())
def test_without_leaves_out_what_it_names_and_nothing_else(name: str) -> None:
    reference = everything("article-journal")
    whole = "".join(registry.writer(name).dump([reference], Options()))
    without = registry.check_without(name, ["abstract", "VOLUME", "translator"])
    got = "".join(registry.writer(name).dump([reference], Options(without=without)))
    gone = {v for v in VARIABLES if mark(v) in whole and mark(v) not in got}
    kept = {"volume", "translator", "abstract"} - set(registry.writer(name).DROPS)
    assert gone == kept
