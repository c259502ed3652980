"""Hayagriva YAML, the bibliographies of Typst; read by the strict road of our own data."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import islice
from typing import Any

from bclm_cli import identifiers
from bclm_cli.errors import DataError
from bclm_cli.formats import dates, values
from bclm_cli.formats.draft import Draft, entry_or_problems
from bclm_cli.formats.hayagriva.parts import Work, is_more, people, phrase, verbatim
from bclm_cli.formats.interface import Problem, Results, passed_over
from bclm_cli.load import parse
from bclm_cli.model.dates import Date

HELP = "Hayagriva (.yml), the bibliographies of Typst"
SUFFIXES = (".yml", ".yaml", ".hayagriva")

# What an entry is in CSL, by its type and that of the parent it appeared in ("" is any other).
_TYPES = {
    "article": {
        "": "article", "periodical": "article-journal", "newspaper": "article-newspaper",
        "proceedings": "paper-conference", "conference": "paper-conference",
        "blog": "post-weblog", "anthology": "chapter", "book": "chapter",
    },
    "web": {"": "webpage", "blog": "post-weblog"},
    "chapter": {"": "chapter"}, "anthos": {"": "chapter"}, "entry": {"": "entry"},
    "book": {"": "book"}, "anthology": {"": "collection"}, "proceedings": {"": "book"},
    "reference": {"": "book"}, "report": {"": "report"}, "thesis": {"": "thesis"},
    "manuscript": {"": "manuscript"}, "patent": {"": "patent"}, "case": {"": "legal_case"},
    "legislation": {"": "legislation"}, "newspaper": {"": "periodical"},
    "periodical": {"": "periodical"}, "repository": {"": "software"}, "post": {"": "post"},
    "tweet": {"": "post"}, "thread": {"": "post"}, "blog": {"": "webpage"},
    "video": {"": "motion_picture"}, "scene": {"": "motion_picture"}, "audio": {"": "song"},
    "artwork": {"": "graphic"}, "exhibition": {"": "event"}, "conference": {"": "event"},
    "performance": {"": "performance"},
}  # fmt: skip
_PARENTS = {
    "article": "periodical", "chapter": "book", "entry": "reference", "anthos": "anthology",
    "web": "web", "scene": "video", "artwork": "exhibition", "legislation": "anthology",
    "post": "post", "tweet": "tweet", "video": "video", "audio": "audio",
}  # fmt: skip
"""The type that a parent has where it says none."""
_IN_ANTHOLOGIES = frozenset({"article", "chapter", "anthos", "entry", "legislation"})
"""Entries that an anthology holds; to others it is the series."""
_SERIAL = {
    "doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "isbn": "ISBN", "issn": "ISSN",
    "serial": "number", "version": "version", "printing": "printing-number",
    "chapter": "chapter-number",
}  # fmt: skip
_PLAIN = {
    "genre": "genre", "abstract": "abstract", "archive": "archive",
    "archive-location": "archive_location", "call-number": "call-number",
    "page-total": "number-of-pages", "runtime": "dimensions",
}  # fmt: skip
_OF_CONTAINER = {"volume": "volume", "volume-total": "number-of-volumes", "issue": "issue"}
"""What belongs to the journal or book, and stands in the entry where it is one."""
_ROLES = {
    "translator": "translator", "compiler": "compiler", "composer": "composer",
    "collaborator": "contributor", "illustrator": "illustrator", "narrator": "narrator",
    "organizer": "organizer", "castmember": "performer", "producer": "producer",
    "executiveproducer": "executive-producer", "writer": "script-writer", "director": "director",
}  # fmt: skip
_FIELDS = frozenset(
    ("type", "title", "author", "editor", "date", "parent", "publisher", "url", "serial-number")
)
_NOTHING = Work({})
_OPENING = re.compile(r"(?:\"[^\"]+\"|'[^']+'|[^\s#\-\"'{\[%][^#]*):\s*(?:#.*|\{\s*([a-z-]+):.*)?")
_WITHIN = re.compile(r"[ \t]+([a-z-]+):(?:\s|$)")


def looks_like(head: str) -> bool:
    """Whether a text that begins so may be Hayagriva: a name, and a field of an entry below it."""
    opened = False
    for line in head.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "---")):
            continue
        within = _WITHIN.match(line) if opened else None
        if within:
            return within[1] in _FIELDS
        opening = _OPENING.fullmatch(line)
        if opening is None or line.startswith("references:"):
            return False
        if opening[1]:
            return opening[1] in _FIELDS
        opened = True
    return False


def read(text: str) -> Results:
    """The entries of the map; YAML that is broken ends the reading."""
    unknown_fields: Counter[str] = Counter()
    try:
        for item in parse.fields(text.encode(), "-"):
            name = str(item.path[0])[:60]
            if not isinstance(item.value, dict):
                yield Problem(item.line, f"{name}: not an entry, which is a map of fields")
                continue
            work = Work(item.value)
            yield from entry_or_problems(item.line, name, partial(_draft, str(item.path[0]), work))
            unknown_fields.update(work.untouched())
    except DataError as error:
        yield Problem(error.line or 1, f"{error.what}; nothing after this line is read")
    yield from passed_over(unknown_fields)


def _draft(key: str, work: Work) -> Draft:
    kind = work.kind or "misc"
    parents = list(work.parents(_PARENTS.get(kind, "misc")))
    roles = {_role(kind, parent): parent for parent in reversed(parents)}
    container = roles.get("container", _NOTHING)
    types = _TYPES.get(kind, {})
    near = types.get(container.kind) or (types.get("conference") if "event" in roles else "")
    draft = Draft(key, near or types.get("", "document"))
    _own(draft, work, container)
    if "container" in roles:
        _of_container(draft, container)
    if "series" in roles:
        _series(draft, roles["series"])
    for above in islice(container.parents("anthology"), 1):
        (_event if above.kind == "conference" else _series)(draft, above)
    if "event" in roles:
        _event(draft, roles["event"])
    if "original" in roles:
        _original(draft, roles["original"])
    return draft


def _role(kind: str, parent: Work) -> str:
    if parent.kind == "conference":
        return "event"
    if parent.kind == "original":
        return "original"
    if parent.kind == "anthology" and kind not in _IN_ANTHOLOGIES:
        return "series"
    return "container"


def _own(draft: Draft, work: Work, container: Work) -> None:
    """What an entry says of itself."""
    draft.put("title", work.phrase("title"))
    draft.put("title-short", work.short("title"))
    if draft.type == "chapter" or (work.get("volume") and container.get("volume")):
        draft.put("chapter-number", phrase(work.get("volume")))
    _people(draft, work, "author", "author")
    for affiliated in work.many("affiliated"):
        _affiliated(draft, affiliated)
    _issued(draft, work)
    draft.pages(work.plain("page-range"))
    _numbers(draft, work, _SERIAL)
    for field, variable in _PLAIN.items():
        draft.put(variable, work.plain(field))
    draft.put("language", work.plain("language"))
    url = work.get("url")
    draft.link(verbatim(url))
    draft.date("accessed", _date(url.get("date") if isinstance(url, dict) else None))
    _note(draft, work.plain("note"))
    _volume(draft, work)
    organization = work.plain("organization")
    if draft.type in ("thesis", "report") and "publisher" not in draft.text:
        draft.put("publisher", organization)
    else:
        draft.put("authority", organization)


def _volume(draft: Draft, work: Work) -> None:
    """What may stand in the entry as well as in its journal or book."""
    if "chapter-number" not in draft.text or draft.type not in ("chapter", "entry"):
        for field, variable in _OF_CONTAINER.items():
            draft.put(variable, work.plain(field))
    draft.put("edition", values.edition(work.plain("edition")))
    _people(draft, work, "editor", "editor")
    publisher, place = _publisher(work)
    draft.put("publisher", publisher)
    draft.put("publisher-place", place or work.plain("location"))


def _publisher(work: Work) -> tuple[str, str]:
    """The name of the publisher and its place."""
    publisher = work.get("publisher")
    if isinstance(publisher, dict) and ("name" in publisher or "location" in publisher):
        return phrase(publisher.get("name")), phrase(publisher.get("location"))
    return phrase(publisher), ""


def _of_container(draft: Draft, container: Work) -> None:
    draft.put("container-title", container.phrase("title", marked=False))
    draft.put("container-title-short", container.short("title", marked=False))
    _people(draft, container, "author", "container-author")
    for field, variable in _OF_CONTAINER.items():
        draft.put(variable, container.plain(field))
    _volume(draft, container)
    _numbers(draft, container, {"isbn": "ISBN", "issn": "ISSN"})
    _issued(draft, container)
    draft.link(verbatim(container.get("url")) if "URL" not in draft.text else "")


def _series(draft: Draft, series: Work) -> None:
    draft.put("collection-title", series.phrase("title"))
    draft.put("collection-number", series.plain("volume"))
    _people(draft, series, "editor", "collection-editor")
    _numbers(draft, series, {"issn": "ISSN"})


def _event(draft: Draft, event: Work) -> None:
    draft.put("event-title", event.phrase("title"))
    draft.put("event-place", event.plain("location"))
    draft.date("event-date", _date(event.get("date")))


def _original(draft: Draft, original: Work) -> None:
    draft.put("original-title", original.phrase("title"))
    _people(draft, original, "author", "original-author")
    draft.date("original-date", _date(original.get("date")))
    publisher, place = _publisher(original)
    draft.put("original-publisher", publisher)
    draft.put("original-publisher-place", place)


def _people(draft: Draft, work: Work, field: str, variable: str) -> None:
    if variable in draft.names:
        return
    for person in people(work.get(field)):
        if is_more(person):
            draft.custom["incomplete-authors"] = "true"
        else:
            draft.person(variable, person)


def _affiliated(draft: Draft, affiliated: Any) -> None:
    if isinstance(affiliated, dict):
        role = str(affiliated.get("role")).lower().replace("-", "")
        for person in people(affiliated.get("names")):
            draft.person(_ROLES.get(role, "contributor"), person)


def _numbers(draft: Draft, work: Work, wanted: dict[str, str]) -> None:
    """Serial numbers, which older files have as fields of their own; one alone has no kind."""
    serial = work.get("serial-number")
    numbers = serial if isinstance(serial, dict) else {"serial": serial}
    for name, variable in wanted.items():
        if name not in numbers and name not in work.fields:
            continue
        value = verbatim(numbers.get(name)) or verbatim(work.get(name))
        if variable in identifiers.OF_PAPERS:
            draft.identifier(variable, value)
        elif variable in ("ISBN", "ISSN") and identifiers.serial(value)[0] == variable:
            draft.put(variable, identifiers.serial(value)[1])  # the first of several
        else:
            draft.put(variable, value)
    arxiv = phrase(numbers.get("arxiv")) if "serial" in wanted else ""
    if arxiv:
        draft.put("archive", "arXiv")
        draft.put("archive_location", arxiv.removeprefix("arXiv:"))


def _issued(draft: Draft, work: Work) -> None:
    draft.date("issued", _date(work.get("date")))


def _date(value: Any) -> Date:
    return Date.from_csl(value) if isinstance(value, str) else Date()


def _note(draft: Draft, note: str) -> None:
    """The note without what our own export puts there, for want of a field: ranges, seasons,
    visits without an address."""
    rest = []
    issued = draft.dates.get("issued", Date())
    for part in note.split("; ", 8) if note else ():
        whole = Date.from_csl(part)
        if whole.end and whole.start == issued.start:
            draft.dates["issued"] = whole
        elif part in dates.SEASONS and issued.start:
            draft.dates["issued"] = issued._replace(season=dates.SEASONS[part])
        elif part.startswith("accessed ") and Date.from_csl(part[9:]).start:
            draft.date("accessed", Date.from_csl(part[9:]))
        else:
            rest.append(part)
    draft.put("note", "; ".join(rest))
