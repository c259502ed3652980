"""The format of an answer: by -f, else by the suffix of `-o FILE`, else the usual one."""

from collections.abc import Collection, Mapping
from pathlib import Path

from bclm_cli.errors import UsageError
from bclm_cli.suggest import one_of, quoted

TEXT = {".txt": "text", ".text": "text"}


def chosen(
    named: str | None,
    file: Path | None,
    suffixes: Mapping[str, str],
    formats: Collection[str],
    *,
    default: str,
) -> str:
    """The format that `named` (of -f) or a file's suffix asks for; the longest suffix decides.

    `default` is meant without both, and by a file without a suffix, such as /dev/stdout. Raises
    UsageError for any other suffix, which promises a file that would not be written, and for a
    format that is none of `formats`.
    """
    if named is not None or file is None:
        return one_of("format", named or default, formats)
    fitting = [suffix for suffix in suffixes if file.name.lower().endswith(suffix)]
    if fitting:
        return suffixes[max(fitting, key=len)]
    if not file.suffix:
        return default
    if file.suffix.lower() in _bibliographies().difference(suffixes):
        hint = f"`bclm export -o {file}` writes a bibliography"
    else:
        hint = f"name one with -f: {', '.join(formats)}"
    raise UsageError(f"no format of this answer has the suffix {quoted(file.suffix)}", hint)


def _bibliographies() -> set[str]:
    """Suffixes that only bibliographies have."""
    from bclm_cli import render
    from bclm_cli.formats import registry

    return registry.suffixes().keys() - render.SUFFIXES.keys()
