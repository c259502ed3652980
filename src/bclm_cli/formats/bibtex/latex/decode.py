"""LaTeX text to Unicode with CSL's marks; nothing is run."""

from __future__ import annotations

import re

from bclm_cli.formats.bibtex.latex import tables
from bclm_cli.formats.bibtex.latex.decoder import MAX_DEPTH, Decoder, composed
from bclm_cli.formats.interface import TooMuchError

# A letter and its accent in nearly all of their forms, whatever braces stand around them.
_ACCENTED = re.compile(
    r"(?<!\\)\\(?:([\"'`^~=.])\{?(\\[ij](?![A-Za-z])[ \t\n]*+|[A-Za-z])|([cvHkru])\{([A-Za-z])\})"
)
_BRACES = re.compile(r"\\.|([{}])", re.DOTALL)


def decode(latex: str, unknown: set[str] | None = None) -> str:
    """The text of a title: `<i> <b> <sup> <sub>`, and `nocase` spans where braces ask for them.

    Braces protect a word from styles that change capitals. CSL leaves words with a capital alone
    as it is, so only words in lower case (p53, β-catenin) need the span. Commands that no table
    knows stay as they are and are added to `unknown`.

    Raises TooMuchError for braces deeper than MAX_DEPTH.
    """
    if "{\\{}" in latex and latex.count("{\\{}") == latex.count("{\\}}"):
        # Mendeley escapes the braces by which its user protected a word.
        latex = latex.replace("{\\{}", "{").replace("{\\}}", "}")
    latex = _unwrapped(latex)
    if not _needs_decoding(latex):
        return _dashed(latex)
    return Decoder(latex, unknown if unknown is not None else set(), marks=True).run()


def decode_plain(latex: str, unknown: set[str] | None = None) -> str:
    """The text of a name or any other field without marks."""
    if not _needs_decoding(latex):
        return _dashed(latex)
    bare = _ACCENTED.sub(_accented, latex) if "\\" in latex else latex
    bare = bare.replace("{", "").replace("}", "")
    if not _needs_decoding(bare) and "--" not in bare:  # `-{}-` is no dash
        return bare
    return Decoder(latex, unknown if unknown is not None else set(), marks=False).run()


def _needs_decoding(text: str) -> bool:
    """Whether anything but dashes is to be decoded: half of the time that a pattern takes."""
    return (
        "\\" in text
        or "{" in text
        or "}" in text
        or "$" in text
        or "~" in text
        or "`" in text
        or "''" in text
    )


def _dashed(text: str) -> str:
    return text.replace("---", "—").replace("--", "–") if "--" in text else text


def _accented(match: re.Match[str]) -> str:
    """What the decoder makes of it, in a tenth of the time."""
    accent, base, letter, below = match.groups()
    return composed(tables.ACCENTS[accent or letter], (base or below).strip("\\ \t\n"))


def decode_verbatim(latex: str) -> str:
    """An identifier or URL: escapes are undone, dashes, tildes and quotes stay as they are."""
    if not ("\\" in latex or "{" in latex or "}" in latex or "$" in latex):
        return latex
    return Decoder(latex, set(), marks=False, verbatim=True).run()


def is_wrapped(latex: str) -> bool:
    """Whether one pair of braces holds the whole text."""
    if latex[:1] != "{" or latex[-1:] != "}":
        return False
    inner = latex[2:-2] if latex[:2] == "{{" and latex[-2:] == "}}" else latex[1:-1]
    if "{" not in inner and "}" not in inner and "\\" not in inner and len(latex) > 3:
        return True  # {{Nearly all titles of Zotero}}
    depth = 0
    for match in _BRACES.finditer(latex):
        brace = match.group(1)
        if brace:
            depth += 1 if brace == "{" else -1
            if depth == 0:
                return match.end() == len(latex)
            if depth > MAX_DEPTH:
                raise TooMuchError(f"braces are nested deeper than {MAX_DEPTH}")
    return False


def _unwrapped(latex: str) -> str:
    """Without the braces around the whole value, which many programs add to every title."""
    latex = latex.strip()
    while is_wrapped(latex):
        latex = latex[1:-1].strip()
    return latex
