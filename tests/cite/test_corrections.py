"""Each correction of citeproc-py: the fault is there upstream, and comes back without it.

`upstream` is what the library prints as it is. Where one of those tests fails after an update of
the library, the fault may be gone and with it the correction.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any, NamedTuple

import pytest

from bclm_cli.cite.corrections import CORRECTIONS
from bclm_cli.cite.engine import Engine
from bclm_cli.cite.items import CitedItem
from bclm_cli.cite.marks import spans
from bclm_cli.cite.styles import Source
from bclm_cli.cite.writers import html
from bclm_cli.model.records import Reference


class Case(NamedTuple):
    """A layout and an item; what we print and what citeproc-py prints."""

    correction: str
    fault: str
    layout: str
    item: dict[str, Any]
    ours: str
    upstream: str
    before: str = ""
    attributes: str = ""


ANN = {"family": "Example", "given": "Ann Bea"}
EDITOR = [{"family": "Editor", "given": "Edda"}]

CASES = (
    Case(
        "fonts", "italic text is no text any more: the case of a macro with italics fails",
        '<text macro="m" text-case="title"/>', {"title": "alpha beta", "publisher": "gamma"},
        "<i>Alpha Beta</i> Gamma", "AttributeError",
        before='<macro name="m"><text variable="title" font-style="italic"/>'
        '<text variable="publisher" prefix=" "/></macro>',
    ),
    Case(
        "affixes", "a full stop is doubled where a tag stands between the two",
        '<text variable="title" font-style="italic" suffix="."/>',
        {"title": "Ann et al."}, "<i>Ann et al.</i>", "<i>Ann et al.</i>.",
    ),
    Case(
        "affixes", "a question mark does not take the place of the full stop",
        '<text variable="title" suffix="."/>',
        {"title": "Is it cancer?"}, "Is it cancer?", "Is it cancer?.",
    ),
    Case(
        "children", "the same between the parts of a branch",
        '<choose><if type="article"/><else><text variable="title"/><text variable="publisher"/>'
        "</else></choose>",
        {"title": "Is it cancer?", "publisher": ". Sons"},
        "Is it cancer? Sons", "Is it cancer?. Sons",
    ),
    Case(
        "text-case", "title case sees spaces only",
        '<text variable="title" text-case="title"/>',
        {"title": "single-cell maps of cell-cell contacts"},
        "Single-Cell Maps of Cell-Cell Contacts", "Single-cell Maps of Cell-cell Contacts",
    ),
    Case(
        "text-case", "the first letter is raised in a word with a capital within",
        '<text variable="publisher" text-case="capitalize-first"/>', {"publisher": "bioRxiv"},
        "bioRxiv", "BioRxiv",
    ),
    Case(
        "text-case", "a label does not get title case",
        '<names variable="editor"><name/><label form="short" prefix=" (" suffix=")"'
        ' text-case="title"/></names>',
        {"editor": EDITOR}, "Edda Editor (Ed.)", "Edda Editor (ed.)",
    ),
    Case(
        "quotes", "a comma or full stop stays outside of American quotation marks",
        '<group delimiter=". "><text variable="title" quotes="true"/><text variable="publisher"/>'
        "</group>",
        {"title": "Title", "publisher": "Sons"}, "“Title.” Sons", "“Title”. Sons",
    ),
    Case(
        "quotes", "a quotation within the title keeps its outer marks",
        '<text variable="title" quotes="true"/>', {"title": 'The "good" cells'},
        "“The ‘good’ cells”", '“The "good" cells”',
    ),
    Case(
        "text", "the end of a range of pages that was shortened stays short",
        '<text variable="page"/>', {"page": "105-9"}, "105–109", "105–9",
        attributes='page-range-format="expanded"',
    ),
    Case(
        "group", "a group is kept for the words in it, though its variable is empty",
        '<group delimiter=" "><text term="in"/><choose><if type="book">'
        '<text variable="publisher"/><text value="press"/></if></choose></group>'
        '<text variable="title"/>',
        {"title": "Title"}, "Title", "in pressTitle",
    ),
    Case(
        "conditions", "a list of issues is not numeric",
        '<choose><if is-numeric="issue"><text value="numbers "/></if></choose>'
        '<text variable="issue"/>',
        {"issue": "1-2"}, "numbers 1-2", "1-2",
    ),
    Case(
        "label", "a label stands without its variable",
        '<label variable="volume" form="short"/><text variable="title"/>',
        {"title": "Title"}, "Title", "vol.Title",
    ),
    Case(
        "number", "a variable with a hyphen is not found",
        '<number variable="number-of-volumes" suffix=" volumes"/><text variable="title"/>',
        {"title": "Title", "number-of-volumes": "3"}, "3 volumesTitle", "Title",
    ),
    Case(
        "names", 'initialize="false" is not read',
        '<names variable="author"><name initialize="false" initialize-with=". "/></names>',
        {"author": [ANN]}, "Ann Bea Example", "A. B. Example",
    ),
    Case(
        "names", "letters that are initials already are cut to the first",
        '<names variable="author"><name initialize-with=""/></names>',
        {"author": [{"family": "Example", "given": "Ph.-Ch. A"}]}, "Ph-ChA Example", "P-CA Example",
    ),
    Case(
        "names", "a comma before et al. that the style asks for is not set",
        '<names variable="author"><name et-al-min="2" et-al-use-first="1" name-as-sort-order="all"'
        ' delimiter-precedes-et-al="after-inverted-name"/></names>',
        {"author": [ANN, ANN, ANN]}, "Example, Ann Bea, et al.", "Example, Ann Bea et al.",
    ),
    Case(
        "names", "a particle within the family name is not known, and sorts with the name",
        '<names variable="author"><name name-as-sort-order="all"/></names>',
        {"author": [{"family": "van der Proef", "given": "Piet"}]},
        "Proef, Piet van der", "van der Proef, Piet",
    ),
    Case(
        "names", "names that stand in for others are shown again in their own place",
        '<names variable="author"><name/><substitute><names variable="editor"/></substitute>'
        '</names><text variable="title" prefix=". "/>'
        '<names variable="editor" prefix=", edited by "><name/></names>',
        {"title": "Title", "editor": EDITOR},
        "Edda Editor. Title", "Edda Editor. Title, edited by Edda Editor",
    ),
    Case(
        "names", "so is a number, which keeps its label where it stands in for names",
        '<names variable="author"><name/><substitute><text macro="edition"/></substitute></names>'
        '<text variable="title" prefix=". "/><text variable="edition" prefix=", "/>',
        {"title": "Title", "edition": "2"}, "2nd ed. Title", "2nd ed. Title, 2",
        before='<macro name="edition"><group delimiter=" "><number variable="edition"'
        ' form="ordinal"/><label variable="edition" form="short"/></group></macro>',
    ),
    Case(
        "date", "the parts of a localized date run together",
        '<date variable="issued" form="text"/>', {"issued": {"date-parts": [[2012, 8]]}},
        "2012 Aug", "2012Aug",
        before='<locale xml:lang="en"><date form="text" delimiter=" "><date-part name="year"/>'
        '<date-part name="month" form="short" strip-periods="true"/></date></locale>',
    ),
    Case(
        "date", "what one date changes of the locale's parts is changed for the next",
        '<date variable="issued" form="text"><date-part name="month" form="short"/></date>'
        '<date variable="accessed" form="text" prefix="; "/>',
        {"issued": {"date-parts": [[2012, 8]]}, "accessed": {"date-parts": [[2013, 9]]}},
        "Aug. 2012; September 2013", "Aug. 2012; Sept. 2013",
    ),
)  # fmt: skip


def style(case: Case) -> bytes:
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" '
        f"{case.attributes}><info><title>x</title><id>x</id></info>{case.before}"
        f'<citation><layout><text variable="title"/></layout></citation>'
        f"<bibliography><layout>{case.layout}</layout></bibliography></style>"
    ).encode()


def item(case: Case) -> dict[str, Any]:
    return {"id": "k", "type": "book", "language": "en", **case.item}


def ours(case: Case, without: tuple[str, ...] = ()) -> str:
    engine = Engine(Source("test", style(case)), without)
    cited = CitedItem(Reference.from_csl(item(case)), 1)
    return html(spans(engine.entry(cited).body, engine.words.quotes, lambda kind, text: ""))


def upstream(case: Case) -> str:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does not know the variables of CSL 1.0.2
        library = CitationStylesBibliography(
            CitationStylesStyle(BytesIO(style(case)), validate=False),
            CiteProcJSON([item(case)]),
            formatter.html,
        )
        library.register(Citation([CitationItem("k")]))
        try:
            return str(library.bibliography()[0])
        except Exception as error:
            return type(error).__name__


def name_of(case: Case) -> str:
    return f"{case.correction}: {case.fault}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_we_print_it_right(case: Case) -> None:
    assert ours(case) == case.ours


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_library_has_the_fault(case: Case) -> None:
    assert upstream(case) == case.upstream


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_without_the_correction_it_is_wrong(case: Case) -> None:
    try:
        printed = ours(case, without=(case.correction,))
    except Exception:  # the library's own method asks for more than our items answer
        return
    assert printed != case.ours


def test_each_correction_has_a_case() -> None:
    assert {case.correction for case in CASES} == {one.name for one in CORRECTIONS}
