"""Which papers a manuscript cites: the keys in a .tex, .aux, .bcf, .md, .qmd, .Rmd or .typ file.

A format is one file of `readers/` with SUFFIXES, HELP, INCLUDED (how the name of an included file
becomes a path), FROM_ROOT (whether that path starts at the manuscript's folder), PROJECT_FILE (YAML
in its folder or above that may name bibliographies) and a Reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple, cast

from bclm_cli.errors import DataError, UsageError
from bclm_cli.manuscript import readers
from bclm_cli.manuscript.bibliography import held_keys
from bclm_cli.manuscript.mention import ALL
from bclm_cli.manuscript.walk import Bibliography, Citation, Format, Remark, Walk
from bclm_cli.suggest import STDIN, quoted

__all__ = ["ALL", "Bibliography", "Citation", "Remark", "Scan", "formats",
           "held_keys", "scan"]  # fmt: skip

_NOT_TEXT = {
    ".docx": "Zotero's field codes stand in it, not keys: export with -f ris or -f csljson, import "
    "that into Zotero, and cite from there; or name the .md that pandoc made it from",
    ".doc": "save it as text, or export with -f ris and cite through Zotero",
    ".odt": "name the .md that pandoc made it from, or cite through Zotero (-f ris)",
    ".rtf": "name the .md that pandoc made it from, or cite through Zotero (-f ris)",
    ".pdf": "name the source that it was made from",
    ".bib": "that is a bibliography: name the manuscript, and this file with --data",
    ".bbl": "that is BibTeX's output: name the .tex or the .aux",
    ".log": "name the .tex or the .aux",
}


class Scan(NamedTuple):
    """All that was found, in reading order with included files at their place."""

    citations: tuple[Citation, ...]
    remarks: tuple[Remark, ...]
    bibliographies: tuple[Bibliography, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Each key once, in the order of its first citation."""
        return tuple(dict.fromkeys(citation.key for citation in self.citations))

    def refuse_broken(self) -> None:
        """Raise DataError at the first place where a key is surely hidden."""
        for remark in self.remarks:
            if remark.level == "error":
                raise DataError(
                    remark.what, path=remark.path, line=remark.line, column=remark.column
                )


def formats() -> dict[str, Format]:
    """The formats by name, found by listing this folder."""
    return {
        module.name: cast(Format, import_module(f"{readers.__name__}.{module.name}"))
        for module in iter_modules(readers.__path__)
    }


def scan(paths: Iterable[str], fmt: str | None = None) -> Scan:
    """Read manuscripts and every file that they include.

    `fmt` is a format's name or a suffix; without it each file's own suffix decides. The path "-"
    reads stdin and needs `fmt`. Each file is read once, however often it is included, and
    at most PLACES places of a key are kept.

    Raises UsageError for a format that nobody can read, DataError for a file that cannot be read.
    """
    walk = Walk()
    for path in paths:
        suffix, form = _format_of(path, fmt)
        walk.manuscript(path, form, form.Reader(suffix))
    citations = walk.cited()
    return Scan(citations, tuple(walk.remarks), tuple(walk.bibliographies.values()))


def _format_of(path: str, fmt: str | None) -> tuple[str, Format]:
    known = formats()
    choices = "|".join(form.SUFFIXES[0][1:] for form in known.values())
    if path == "-" and fmt is None:
        raise UsageError(
            f"{STDIN}: no suffix tells its format",
            hint=f"name it with --used-in-format {choices}",
        )
    wanted = (fmt or Path(path).suffix).lower()
    suffix = "." + wanted.removeprefix(".")
    for name, form in known.items():
        if wanted == name or suffix in form.SUFFIXES:
            return suffix, form
    if fmt is not None:
        raise UsageError(f"no manuscript format {quoted(fmt)}", hint=f"there are {choices}")
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder", hint="name the manuscript in it")
    if suffix == "." and not Path(path).exists():
        raise DataError("no such file or folder", path=path)
    readable = ", ".join(suffix for form in known.values() for suffix in form.SUFFIXES)
    raise UsageError(
        f"{path}: cannot find citations in a {suffix} file"
        if suffix != "."
        else f"{path}: a file without a suffix does not tell its format",
        hint=_NOT_TEXT.get(suffix)
        or f"readable are {readable}; or name its format with --used-in-format {choices}",
    )
