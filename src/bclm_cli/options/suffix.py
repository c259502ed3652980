"""The form that the suffix of `-o FILE` asks for."""

from collections.abc import Collection, Mapping
from pathlib import Path

from bclm_cli.errors import UsageError
from bclm_cli.suggest import quoted

TEXT = {".txt": "text", ".text": "text"}


def form(file: Path | None, suffixes: Mapping[str, str], formats: Collection[str]) -> str | None:
    """What `suffixes` says of the file's; None without a file, or for a name that has no suffix.

    Any other suffix promises a file that would not be written: UsageError, which says what to do.
    """
    suffix = file.suffix.lower() if file else ""
    if not suffix or suffix in suffixes:
        return suffixes.get(suffix)
    if suffix in _bibliographies():
        hint = f"`bclm export -o {file}` writes a bibliography"
    else:
        hint = f"name one with -f: {', '.join(formats)}"
    raise UsageError(f"no format of this answer has the suffix {quoted(suffix)}", hint)


def _bibliographies() -> set[str]:
    """Suffixes that only bibliographies have."""
    from bclm_cli import render
    from bclm_cli.formats import registry

    return {
        registry.writer(name).SUFFIX for name in registry.writer_names()
    } - render.SUFFIXES.keys()
