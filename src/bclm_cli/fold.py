"""Text folded for comparing: case, accents, Greek, hyphens and CSL's marks make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# fmt: off
_GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon",
    "phi", "chi", "psi", "omega",
)
_LETTERS = {chr(ord("α") + index): name for index, name in enumerate(_GREEK)} | {
    "ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", "ø": "o", "ł": "l", "đ": "d",
    "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
}
# fmt: on
_TABLE = str.maketrans(_LETTERS)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_MARK = re.compile(r"</?[a-z]+(?: [^<>]{0,80})?>")
_GAP = re.compile(r"[\W_]+")
_JOINTS = "-‐‑–/."
_COMPOUND = re.compile(rf"\w+(?:[{_JOINTS}]\w+)+")
_PLURALS = (("tases", "tasis"), ("yses", "ysis"), ("noses", "nosis"), ("theses", "thesis"),
            ("ies", "y"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))  # fmt: skip


def fold(text: str) -> str:
    """Lower-case ASCII words with one space between: "TGF-β1" gives "tgf beta1"."""
    if "<" in text:
        text = _MARK.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(filter(_stands_alone, text)).casefold().translate(_TABLE)
    return _GAP.sub(" ", text).strip().lower()


def squash(text: str) -> str:
    """`fold` without the spaces, so that "TGF-β", "tgf beta" and "TGFbeta" are equal."""
    return fold(text).replace(" ", "")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A folded word without its plural ending: "neutrophils" and "metastases" find the one."""
    if len(word) > 4 and word.isalpha():
        for plural, singular in _PLURALS:
            if word.endswith(plural):
                return word.removesuffix(plural) + singular
    return word


def words(text: str) -> list[str]:
    """The stemmed words of a text, in order."""
    return [stem(word) for word in fold(text).split()]


def index_words(text: str) -> str:
    """What a search index keeps: each word, each compound ("IL-8") in one piece as well, and
    German umlauts both ways ("Müller" is found as muller and mueller)."""
    found = words(text)
    if not text.isascii():
        spelled = text.translate(_UMLAUTS)
        if spelled != text:
            found += words(spelled)
    if any(joint in text for joint in _JOINTS):
        found += (squash(compound) for compound in _COMPOUND.findall(text))
    return " ".join(found)


def _stands_alone(character: str) -> bool:
    return not unicodedata.combining(character)
