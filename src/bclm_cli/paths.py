"""Where things lie: the data that comes with the program, and the cache."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bclm_cli.errors import CannotError

DATA_FILES = ("references.yaml", "references.json", "steps.yaml")
"""What a data folder may hold; each is optional in an overlay."""
BIBLIOGRAPHIES = (
    ".bib", ".bibtex", ".biblatex", ".ris", ".nbib", ".medline", ".enw", ".endnote", ".refer",
    ".json", ".csljson", ".jsonl", ".ndjson", ".yaml", ".yml", ".cslyaml", ".hayagriva", ".csv",
    ".tsv",
)  # fmt: skip
"""How bibliographies end: what the readers of `formats` name, which a look-up need not import."""


def data() -> Path:
    """The folder of the shipped YAML."""
    return _shipped()


def overlays(named: list[Path]) -> list[Path]:
    """The folders and bibliographies of --data, or else those that BCLM_DATA names."""
    in_environment = os.environ.get("BCLM_DATA", "").split(os.pathsep)
    return named or [Path(path) for path in in_environment if path]


def search_synonyms() -> Path:
    """The shipped table of words that a search takes for each other."""
    return _shipped() / "search-synonyms.json"


def styles() -> Path:
    """The folder of the shipped citation styles."""
    return _shipped() / "styles"


def locales() -> Path:
    """The folder of the shipped CSL locales."""
    return _shipped() / "locales"


def cache() -> Path | None:
    """`$XDG_CACHE_HOME/bclm`, by default under ~/.cache; None for a user without a home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):  # noqa: PTH117  (the specification: a relative path is ignored)
        return Path(base, "bclm")
    if sys.platform == "win32" and (base := os.environ.get("LOCALAPPDATA", "")):
        return Path(base, "bclm", "Cache")
    home = os.environ.get("HOME") or os.environ.get("USERPROFILE")
    return Path(home, ".cache", "bclm") if home else None


def spelled(path: Path) -> str:
    """The path in letters that UTF-8 has, whatever the locale made of its bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _shipped() -> Path:
    """The data in the installed package, else in the checkout.

    Python also runs a wheel as it is (`PYTHONPATH=….whl`); its data is then unpacked once.
    """
    package = Path(__file__).parent
    for folder in (package / "data", package.parents[1] / "data"):
        if folder.is_dir():
            return folder
    return _unpacked(package)


def _unpacked(package: Path) -> Path:
    """The data of the zip archive in which the package lies, in the cache, else for this run."""
    archive = package.parent
    if not archive.is_file():
        raise CannotError("the data that belongs to the program is missing", "install bclm again")
    kept = cache()
    if kept:
        try:
            return _unpack(archive, kept)
        except OSError:  # no room, no permission
            pass
    import atexit
    from tempfile import TemporaryDirectory

    folder = TemporaryDirectory(prefix="bclm-")
    atexit.register(folder.cleanup)
    return _unpack(archive, Path(folder.name))


def _unpack(archive: Path, base: Path) -> Path:
    """Unpack under a temporary name, then rename: nobody sees half of it."""
    from contextlib import suppress
    from tempfile import TemporaryDirectory
    from zipfile import ZipFile
    from zlib import crc32

    status = archive.stat()
    made_from = f"{archive.absolute()} {status.st_size} {status.st_mtime_ns}"
    folder = base / f"data-{crc32(made_from.encode('utf-8', 'surrogateescape')):08x}"
    if folder.is_dir():
        return folder
    base.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=base) as draft, ZipFile(archive) as zipped:
        inside = f"{Path(__file__).parent.name}/data/"
        zipped.extractall(draft, (name for name in zipped.namelist() if name.startswith(inside)))
        with suppress(OSError):  # another run was first
            Path(draft, inside).rename(folder)
    return folder
