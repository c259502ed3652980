"""Text folded for comparing: case, accents, Greek, hyphens, CSL's marks, British and American
spelling and the plural make no difference."""

from __future__ import annotations

import re
import unicodedata

# fmt: off
_GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon",
    "phi", "chi", "psi", "omega",
)
LATIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
}
"""Letters that Unicode does not take apart into a plain one and its accent."""
LETTERS = {
    **{chr(ord("α") + index): name for index, name in enumerate(_GREEK)},
    "ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", **LATIN,
}
"""Every letter that is written as others, and how."""
_TABLE = str.maketrans(LETTERS)
# fmt: on
_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_MARK = re.compile(r"</?[a-z]+(?: [^<>]{0,80})?>")
_GAP = re.compile(r"[\W_]+")
_JOINTS = "-‐‑–/."
_COMPOUND = re.compile(rf"(?<!\w)\w++(?:[{_JOINTS}]\w++)+")
_ACRONYM_ENDS = re.compile(r"[A-Z0-9]s\b")
_ACRONYMS = re.compile(r"\b([A-Z]{2}[A-Z0-9]*)s\b")
BRITISH = (
    ("tumour", "tumor"), ("haem", "hem"), ("oestr", "estr"), ("oedem", "edem"),
    ("leucocyt", "leukocyt"), ("isation", "ization"), ("colonis", "coloniz"), ("fibre", "fiber"),
    ("behaviour", "behavior"), ("centre", "center"), ("aetiolog", "etiolog"), ("foetal", "fetal"),
    ("paediatr", "pediatr"), ("signalling", "signaling"), ("labelling", "labeling"),
    ("modelling", "modeling"),
)  # fmt: skip
"""Pieces of words in British spelling, each with the American one."""
PLURALS = (("tases", "tasis"), ("yses", "ysis"), ("noses", "nosis"), ("theses", "thesis"),
            ("ies", "y"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))  # fmt: skip
"""Endings of plurals, each with that of the singular; the first that fits is taken."""


def normalize(text: str) -> str:
    """Lower-case ASCII words with one space between: "TGF-β1" gives "tgf beta1"."""
    if "<" in text:
        text = _MARK.sub("", text)
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    text = unicodedata.normalize("NFKD", text)
    text = "".join([letter for letter in text if not unicodedata.combining(letter)])
    return " ".join(_GAP.sub(" ", text.casefold().translate(_TABLE)).lower().split())


def compact(text: str) -> str:
    """Folded text without spaces, so that "TGF-β", "tgf beta" and "TGFbeta" are equal, and
    "tumour" and "tumor"."""
    return american(normalize(text)).replace(" ", "")


def stem(word: str) -> str:
    """A folded word without its plural ending: "neutrophils" and "metastases" find the one."""
    if word.endswith("s") and len(word) > 4 and word.isalpha():
        for plural, singular in PLURALS:
            if word.endswith(plural):
                return word.removesuffix(plural) + singular
    return word


def words(text: str) -> list[str]:
    """The words of a text in order, each without its plural ending: "CTCs" gives "ctc"."""
    if _ACRONYM_ENDS.search(text):
        text = _ACRONYMS.sub(r"\1", text)
    return [stem(word) if word[-1] == "s" else word for word in american(normalize(text)).split()]


def american(folded: str) -> str:
    """A folded text in American spelling: "colonisation" and "tumour" as the data has them."""
    for british, american in BRITISH:
        if british in folded:
            folded = folded.replace(british, american)
    return folded


def name_words(text: str) -> str:
    """The words of a name, which has no plural; German umlauts both ways."""
    if text.isascii():
        return normalize(text)
    spelled = text.translate(_UMLAUTS)
    return normalize(f"{text} {spelled}" if spelled != text else text)


def index_words(text: str) -> str:
    """What a search index keeps: each word, each compound ("IL-8") in one piece as well, and
    German umlauts both ways ("Müller" is found as muller and mueller)."""
    found = words(text)
    if not text.isascii():
        spelled = text.translate(_UMLAUTS)
        if spelled != text:
            found += words(spelled)
    # A compound has a joint inside; a word that is one but for its last letter is soon recognized.
    joined = [
        part
        for part in text.split()
        if not part.isalnum() and len(part) > 2 and not part[:-1].isalnum()
    ]
    if joined:
        found += (compact(compound) for compound in _COMPOUND.findall(" ".join(joined)))
    return " ".join(found)
