"""Citations in the .aux file that LaTeX writes for BibTeX or, with biblatex, for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bclm_cli.manuscript.mention import ALL, Mention

HELP = "the .aux of a LaTeX run: what every macro came to in the end"
SUFFIXES = (".aux",)
INCLUDED = ("{}",)
FROM_ROOT = True
PROJECT_FILE = ""

_LINE = re.compile(
    r"^\\(?:citation\{(?P<keys>[^{}\n]*)\}"
    r"|abx@aux@cite(?:\{\d*\})?\{(?P<key>[^{}\n]*)\}"
    r"|(?P<all>abx@aux@nociteall)\b"
    r"|bibdata\{(?P<data>[^{}\n]*)\}"
    r"|@input\{(?P<file>[^{}\n]*)\})",
    re.MULTILINE,
)


class Reader:
    """Has nothing to remember."""

    def __init__(self, suffix: str = ".aux") -> None:
        pass

    def mentions(self, text: str) -> Iterator[Mention]:
        r"""Keys of `\citation` and `\abx@aux@cite`; the .aux of each `\include`."""
        for line in _LINE.finditer(text):
            if line["file"]:
                yield Mention("include", line["file"], line.start("file"))
            elif line["data"]:
                files = [
                    f"{name.strip().removesuffix('.bib')}.bib" for name in line["data"].split(",")
                ]
                yield Mention("bibliography", "\n".join(files), line.start("data"))
            elif line["all"]:
                yield Mention("key", ALL, line.start())
            else:
                group = "keys" if line["keys"] is not None else "key"
                yield from _keys(line[group], line.start(group))


def _keys(keys: str, start: int) -> Iterator[Mention]:
    for key in keys.split(","):
        if key.strip():
            yield Mention("key", key.strip(), start + len(key) - len(key.lstrip()))
        start += len(key) + 1
