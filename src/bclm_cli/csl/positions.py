"""Where a work was cited before (CSL 1.0.2, "Choose", `position`): first, subsequent, ibid."""

from __future__ import annotations

from collections.abc import Sequence

from bclm_cli.csl.context import Citation, Cite

_NEAR = "5"


def with_positions(citations: Sequence[Citation], near: str = "") -> list[Citation]:
    """The citations in the order of the text, each cite with its `position`; see "Position"."""
    distance = int(near or _NEAR)
    first_notes: dict[str, int] = {}
    last_notes: dict[str, int] = {}
    found: list[Citation] = []
    before: dict[bool, Citation] = {}  # the citation before, in the text and in the notes
    for citation in citations:
        last = before.get(citation.note > 0)
        previous_of_first = _before(citation, before.get(citation.note > 0))
        cites: list[Cite] = []
        for cite in citation.cites:
            previous = cites[-1] if cites else previous_of_first
            if cite.id in last_notes:
                near_note = 0 < citation.note <= last_notes[cite.id] + distance
                cite = cite._replace(
                    position=_position(cite, previous),
                    near_note=near_note,
                    first_note=first_notes[cite.id],
                )
            cites.append(cite)
            first_notes.setdefault(cite.id, citation.note)
            last_notes[cite.id] = citation.note
        placed = citation._replace(cites=tuple(cites))
        found.append(placed)
        if last is not None and last.note == citation.note > 0:  # one note of several citations
            placed = placed._replace(cites=(*last.cites, *placed.cites))
        before[citation.note > 0] = placed
    return found


def _before(citation: Citation, last: Citation | None) -> Cite | None:
    """The cite that an "ibid." at the beginning of a citation would speak of.

    It is the last one of the same note; of the note before the only one, if there are no others.
    """
    if last is None:
        return None
    same_note = last.note == citation.note > 0
    return last.cites[-1] if same_note or len(last.cites) == 1 else None


def _position(cite: Cite, previous: Cite | None) -> str:
    """`subsequent`, `ibid` or `ibid-with-locator` for a work that was cited before."""
    if previous is None or previous.id != cite.id:
        return "subsequent"
    here, there = (cite.label, cite.locator), (previous.label, previous.locator)
    if not cite.locator:
        return "subsequent" if previous.locator else "ibid"
    return "ibid" if here == there else "ibid-with-locator"
