"""What citeproc-py 0.11 gets wrong, and the methods that put it right.

Nothing in the library is changed: `classes` derives a class from each of its element classes, and
the parser of a style is told to use those. Each correction names the upstream fault; the tests show
for each that the fault is there without it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from bclm_cli.cite import elements as e
from bclm_cli.cite import elements_dates as d
from bclm_cli.cite import elements_names as n


class Correction(NamedTuple):
    """`function` takes the place of `method` in the element classes that descend from `owner`."""

    name: str
    owner: str
    method: str
    function: Callable[..., Any]
    fault: str


CORRECTIONS = (
    Correction("fonts", "Formatted", "format", e.dress,
        "italics become HTML tags within the text, and every later rule takes them for text"),
    Correction("affixes", "Affixed", "wrap", e.wrap,
        "a sign before a closing tag is not seen (“et al.</i>.”), nor that of two signs one may "
        "have to go (“cancer?.”)"),
    Correction("children", "Parent", "render_children", e.render_children,
        "the same where the parts of a branch or macro meet"),
    Correction("text-case", "TextCased", "case", e.change_case,
        "words end at spaces only (“Single-cell”), the first letter of “bioRxiv” is raised, tags "
        "count as words, a label never gets title case (“(ed.)”), other quotation marks and spaces "
        "are lost"),
    Correction("quotes", "Quoted", "quote", e.quote,
        "punctuation-in-quote is read and not used; a quotation within a title keeps its marks"),
    Correction("text", "Text", "process", e.text,
        "the end of a range of pages keeps what it left out (“105–9”); years get no letters; a "
        "macro within a sort key forgets that it is one"),
    Correction("group", "Group", "process", e.group,
        "a group counts as filled if a branch within it shows words of the style alone"),
    Correction("conditions", "If", "render", e.branch,
        "disambiguate is not tested; is-numeric knows neither “1-2” nor “1, 2”; a variable that is "
        "there and empty counts as filled"),
    Correction("label", "Label", "process", e.label,
        "a label is shown for a variable that is not there, none for a form that falls back"),
    Correction("number", "Number", "process", e.number,
        "a variable with a hyphen (number-of-volumes) is never found"),
    Correction("names", "Names", "render", n.names,
        "initialize=\"false\" is not read, letters that are initials already (“Ph.”) are cut, "
        "particles within the family name are not known, names that cs:substitute used are shown "
        "again"),
    Correction("date", "Date", "render", d.date,
        "the delimiter of a localized date is taken from the style’s element (“2012Aug”), and a "
        "date part that one element changes is changed for all of them"),
)  # fmt: skip


def classes(without: Collection[str] = ()) -> dict[str, type]:
    """citeproc-py's element classes by tag, corrected but for the corrections in `without`."""
    from citeproc import model

    chosen = [
        (getattr(model, one.owner), one.method, one.function)
        for one in CORRECTIONS
        if one.name not in without
    ]
    found: dict[str, type] = {}
    for base in model.CitationStylesElement.__subclasses__():
        body = {method: function for owner, method, function in chosen if issubclass(base, owner)}
        found[base.__name__.replace("_", "-").lower()] = type(base.__name__, (base,), body)
    return found
