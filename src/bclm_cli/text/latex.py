"""Text as LaTeX that pdflatex sets, BibTeX cannot trip over, and readers turn back into the text.

Two alphabets: `ascii_` for classic BibTeX, whose styles cut names and change case byte by byte,
and `unicode_` for biber, where only that stands as a command which pdflatex does not know raw.
docs/bibtex.md shows the rules with examples.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from bclm_cli.text.control_chars import BIDI, INVISIBLE, codes

_BREAK = "\ufdd0"  # a noncharacter, so no text has it: becomes {}, which keeps two signs apart

# fmt: off
_SPECIAL = {
    "\\": r"{\textbackslash}", "{": r"$\lbrace$", "}": r"$\rbrace$", "$": r"\$", "&": r"\&",
    "%": r"\%", "#": r"\#", "_": r"\_", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    "<": "$<$", ">": "$>$", "|": "$|$", _BREAK: "{}",
}
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau",
    "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϑ": "vartheta",
    "ϕ": "phi", "ϖ": "varpi", "ϱ": "varrho", "ϵ": "epsilon", "Γ": "Gamma", "Δ": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega", "∆": "Delta",
}
_LATIN_LOOKING = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧο", "ABEZHIKMNOPTXo", strict=True))
_SYMBOLS = frozenset((*_GREEK, *_LATIN_LOOKING))
_MATH = {
    "−": "-", "±": r"\pm", "∓": r"\mp", "×": r"\times", "÷": r"\div", "∗": r"\ast", "≥": r"\geq",
    "≤": r"\leq", "⩾": r"\geq", "⩽": r"\leq", "≫": r"\gg", "≪": r"\ll", "≈": r"\approx",
    "∼": r"\sim", "≃": r"\simeq", "≅": r"\cong", "≠": r"\neq", "≡": r"\equiv", "∝": r"\propto",
    "∞": r"\infty", "→": r"\rightarrow", "←": r"\leftarrow", "↔": r"\leftrightarrow",
    "↑": r"\uparrow", "↓": r"\downarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow",
    "⇐": r"\Leftarrow", "⇌": r"\rightleftharpoons", "⊃": r"\supset", "⊇": r"\supseteq",
    "∋": r"\ni", "≺": r"\prec", "≻": r"\succ",
    "′": "'", "″": "''", "∂": r"\partial", "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod",
    "∫": r"\int", "∈": r"\in", "∪": r"\cup", "∩": r"\cap", "⊂": r"\subset", "∀": r"\forall",
    "∃": r"\exists", "∅": r"\emptyset", "∧": r"\wedge", "∨": r"\vee",
    "∘": r"\circ", "∙": r"\bullet", "⋅": r"\cdot", "⋆": r"\star", "⟨": r"\langle",
    "⊕": r"\oplus", "⊗": r"\otimes", "⊆": r"\subseteq",
    "∉": r"\notin", "∠": r"\angle",
    "⟩": r"\rangle", "∥": r"\parallel", "⊥": r"\perp", "ℓ": r"\ell", "†": r"\dagger",
}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁼⁽⁾ⁿⁱ", "0123456789+=()ni", strict=True)) | {"⁻": "$-$"}
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₌₍₎", "0123456789+=()", strict=True)) | {"₋": "$-$"}
_WORDS_RAISED = {"™": "TM", "℠": "SM"}  # pandoc passes over \texttrademark without a word
_SPACES = {
    "\u00a0": "~", "\u2009": r"\,", "\u202f": r"\,", "\u200a": r"\,", "\u2006": r"\,",
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2007\u2008\u205f\u3000", " "),
}
# no glyph, and pdflatex stops at them: soft hyphen, joiners of width zero, direction marks
_INVISIBLE = dict.fromkeys(map(chr, codes(f"{INVISIBLE}{BIDI}\u2028\u2029")), "")
_PUNCTUATION = {
    "“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---", "‐": "-", "‑": "-",
    "―": "---", "‒": "--", "ʼ": "'", "ʹ": "'", "ˈ": "'", "⁄": "/", "‣": "{\\textbullet}",
}
_COMMANDS = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l",
    "Ł": "L", "ı": "i", "ȷ": "j", "å": "aa", "Å": "AA", "þ": "th", "Þ": "TH", "ð": "dh",
    "Ð": "DH", "đ": "dj", "Đ": "DJ", "ŋ": "ng", "Ŋ": "NG", "°": "textdegree", "…": "ldots",
    "½": "textonehalf", "¼": "textonequarter", "¾": "textthreequarters", "«": "guillemotleft",
    "»": "guillemotright", "‹": "guilsinglleft", "›": "guilsinglright", "„": "quotedblbase",
    "©": "textcopyright", "®": "textregistered", "•": "textbullet",
    "€": "texteuro", "£": "pounds", "¥": "textyen", "¢": "textcent", "§": "S", "¶": "P",
    "‡": "ddag", "‰": "textperthousand", "ª": "textordfeminine", "º": "textordmasculine",
    "¡": "textexclamdown", "¿": "textquestiondown", "ẞ": "SS", "¬": "textlnot", "Ω": "textohm",
    "¤": "textcurrency",
    "¦": "textbrokenbar", "·": "textperiodcentered", "‚": "quotesinglbase", "♪": "textmusicalnote",
    "℗": "textcircledP", "←": "textleftarrow",
}
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0304": "=",
    "\u0307": ".", "\u0306": "u", "\u030c": "v", "\u030b": "H", "\u030a": "r", "\u0327": "c",
    "\u0328": "k", "\u0323": "d", "\u0331": "b",
    "\u0326": "c",  # ș: pandoc passes over \textcommabelow{s} without a word, see _COMMA_BELOW
}
_COMMA_BELOW = "\u0326"
_NEAREST = {
    "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ĳ": "ij", "Ĳ": "IJ", "ŀ": "l", "Ŀ": "L", "ŉ": "'n",
    "ſ": "s", "ƒ": "f", "ɨ": "i", "ƀ": "b", "ƶ": "z", "Ƶ": "Z", "ĸ": "k", "Ə": "E", "ə": "e",
    "Ǆ": "D{\\v{Z}}", "ǅ": "D{\\v{z}}", "ǆ": "d{\\v{z}}", "Ǉ": "LJ", "ǈ": "Lj", "ǉ": "lj",
    "Ǌ": "NJ", "ǋ": "Nj", "ǌ": "nj", "Ǳ": "DZ", "ǲ": "Dz", "ǳ": "dz",
}
"""Latin letters that Unicode has no simpler letter for, and TeX no command in OT1 or T1."""
# fmt: on

_ACCENT_OR_GREEK = re.compile("[\u0300-\u036f\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_LETTERS = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+")
# Two signs that TeX would set as one: -- is a dash, '' and `` are quotation marks, ?` is ¿.
_LIGATURE = re.compile(r"[-‐‑–—](?=[-‐‑–—])|['’](?=['’”])|[`‘](?=[`‘“])|[?!](?=[`‘“])|,(?=,)")
_WORK = re.compile(r"[\\{}$&%#_~^<>|`]|--|''|,,|[^\x20-\x7e]")  # most texts have none of it
_GREEK_RUN = re.compile(r"(?:\$\\(?:[A-Za-z]*[a-z]|mathrm\{.\})\$){2,}")
_RAISED_RUN = re.compile(r"(?:\\textsuperscript\{(?:.|\$-\$)\}){2,}")
_LOWERED_RUN = re.compile(r"(?:\\textsubscript\{(?:.|\$-\$)\}){2,}")
_TOUCHING_MATH = re.compile(r"(?<!\\)\$\$")
_OPERATORS = frozenset(value[1:] for value in _MATH.values() if value.startswith("\\"))


class _Alphabet(dict[int, str]):
    """A table for str.translate that learns each character when it first meets it."""

    def __init__(self, spell: Callable[[str], str]) -> None:
        self._spell = spell
        # control characters and lone surrogates are gone already (see `control_chars`)
        super().__init__({ord(sign): value for sign, value in _SPECIAL.items()})

    def __missing__(self, code: int) -> str:
        found = self[code] = self._spell(chr(code))
        return found


def ascii_(text: str) -> str:
    """Clean text for classic BibTeX: a Latin letter loses an accent that has no command, a letter
    of another script (Cyrillic, Han) stays itself."""
    return _encode(text, _ASCII)


def unicode_(text: str) -> str:
    """Clean text for pdflatex and biber: letters as they are, Greek and signs as commands."""
    return _encode(text, _UNICODE)


def _encode(text: str, alphabet: _Alphabet) -> str:
    if not _WORK.search(text):
        return text
    if text.isascii():
        return _spell(text, alphabet)
    if not _ACCENT_OR_GREEK.search(text):
        return _spell(text, alphabet)
    parts: list[str] = []
    at = 0
    combined = _combined()
    for found in sorted((*combined.finditer(text), *_words_of_greek(text)), key=re.Match.start):
        parts.append(_spell(text[at : found.start()], alphabet))
        parts.append(_stack(found) if found.re is combined else found[0])
        at = found.end()
    return "".join((*parts, _spell(text[at:], alphabet)))


# Three patterns that take a millisecond to compile, and few texts need.
@cache
def _combined() -> re.Pattern[str]:
    """Accents that Unicode has no letter for, after the letter that carries them."""
    return re.compile(f"([A-Za-z\u00c0-\u024f\u1e00-\u1eff])([{''.join(_ACCENTS)}]+)")


@cache
def _greek_phrase() -> re.Pattern[str]:
    return re.compile(rf"{_GREEK_LETTERS.pattern}(?:[ ,.'’-]+{_GREEK_LETTERS.pattern})*")


@cache
def _compatible_signs() -> re.Pattern[str]:
    return re.compile(
        "[\u2000-\u2031\u2038-\u2056\u2058-\u218f\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
    )


def _words_of_greek(text: str) -> Iterator[re.Match[str]]:
    """The runs of letters that are language, which formulas would tear, and no symbols (β, γδ)."""
    for phrase in _greek_phrase().finditer(text):
        runs = list(_GREEK_LETTERS.finditer(text, *phrase.span()))
        if any(len(run[0]) > 3 or not _SYMBOLS.issuperset(run[0]) for run in runs):
            yield from runs


def _spell(text: str, alphabet: _Alphabet) -> str:
    if _LIGATURE.search(text):
        text = _LIGATURE.sub(rf"\g<0>{_BREAK}", text)
    text = text.translate(alphabet)
    if "$$" in text:
        text = _GREEK_RUN.sub(_join_greek, text)
        text = _TOUCHING_MATH.sub("${}$", text)
    if r"}\textsu" in text:
        text = _RAISED_RUN.sub(lambda run: run[0].replace(r"}\textsuperscript{", ""), text)
        text = _LOWERED_RUN.sub(lambda run: run[0].replace(r"}\textsubscript{", ""), text)
    return text


def _join_greek(run: re.Match[str]) -> str:
    """`$\\gamma$$\\delta$` as one formula; operators would take their spacing along."""
    formulas = run[0][1:-1].split("$$")
    if any(formula[1:] in _OPERATORS for formula in formulas):
        return run[0]
    return f"${''.join(formulas)}$"


def _spell_sign(sign: str) -> str | None:
    if sign in _GREEK:
        return f"$\\{_GREEK[sign]}$"
    if sign in _LATIN_LOOKING:
        return f"$\\mathrm{{{_LATIN_LOOKING[sign]}}}$"
    if sign in _MATH:
        return f"${_MATH[sign]}$"
    if sign in _RAISED:
        return f"\\textsuperscript{{{_RAISED[sign]}}}"
    if sign in _LOWERED:
        return f"\\textsubscript{{{_LOWERED[sign]}}}"
    if sign in _SPACES:
        return _SPACES[sign]
    return _INVISIBLE.get(sign)


def _spell_ascii(sign: str) -> str:
    if sign < "\x7f":
        return sign
    found = _spell_sign(sign)
    if found is not None:
        return found
    if sign in _PUNCTUATION:
        return _PUNCTUATION[sign]
    if sign in _WORDS_RAISED:
        return f"\\textsuperscript{{{_WORDS_RAISED[sign]}}}"
    if sign in _COMMANDS:
        return f"{{\\{_COMMANDS[sign]}}}"
    return _accented(sign) or _nearest(sign) or _compatible(sign)


def _compatible(sign: str) -> str:
    """What Unicode says a sign is the same as: fi for the ligature, °C for the one sign; nothing of
    an accent alone, and of a letter or sign that has no such thing itself."""
    if "\u0300" <= sign <= "\u036f":
        return ""
    same = unicodedata.normalize("NFKC", sign) if _compatible_signs().match(sign) else sign
    return sign if same == sign else _encode(same, _ASCII)


def _spell_unicode(sign: str) -> str:
    if sign < "\x7f":
        return sign
    found = _spell_sign(sign)
    return sign if found is None else found


def _accented(sign: str) -> str | None:
    """`{\\"u}` for ü, `{\\v{r}}` for ř, `{\\'{\\^e}}` for ế; None where TeX has no such accent."""
    parts = unicodedata.decomposition(sign)
    if not parts or parts.startswith("<"):
        return None
    base, *rest = (chr(int(part, 16)) for part in parts.split())
    if len(rest) != 1 or rest[0] not in _ACCENTS:
        return None
    if base.isascii():
        return _command(_ACCENTS[rest[0]], base)
    inner = _accented(base)
    return inner and _command(_ACCENTS[rest[0]], inner[1:-1])


def _nearest(sign: str) -> str | None:
    """`{\\^o}` for ổ, o for ơ: a Latin letter without the accents that TeX has only in other
    encodings, at which pdflatex stops. None for any other sign."""
    if sign in _NEAREST:
        return _NEAREST[sign]
    base, *accents = list(unicodedata.normalize("NFD", sign))
    if not accents or not (base.isascii() or base in _COMMANDS) or not base.isalpha():
        return None
    spelled = base if base.isascii() else f"\\{_COMMANDS[base]}"
    for accent in accents:
        if accent in _ACCENTS:
            spelled = _command(_ACCENTS[accent], spelled)[1:-1]
    return spelled if spelled == base else f"{{{spelled}}}"


@cache
def loses_accent(sign: str) -> bool:
    """Whether `ascii_` writes a letter without some accent, with another, or another letter."""
    if sign in _NEAREST:
        return len(_NEAREST[sign]) == 1  # ĳ is ij
    marks = unicodedata.normalize("NFD", sign)[1:]
    if _COMMA_BELOW in marks:
        return True  # it becomes a cedilla
    return any(mark not in _ACCENTS for mark in marks) and _nearest(sign) is not None


def _stack(combined: re.Match[str]) -> str:
    base = combined[1] if combined[1].isascii() else _spell_ascii(combined[1])
    base = base[1:-1] if base[:1] == "{" else base
    for accent in combined[2]:
        base = _command(_ACCENTS[accent], base)[1:-1]
    return f"{{{base}}}"


def _command(accent: str, base: str) -> str:
    if accent.isalpha() or len(base) > 1:
        return f"{{\\{accent}{{{base}}}}}"
    return f"{{\\{accent}{base}}}"


_ASCII = _Alphabet(_spell_ascii)
_UNICODE = _Alphabet(_spell_unicode)
