"""Any Unicode title, name or DOI comes back from BibTeX as it was, by two foreign readers.

What TeX itself takes for the same sign (quotation marks, spaces, raised signs and
`\\textsuperscript`) is the same here; docs/bibtex.md lists it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from unicodedata import category, normalize

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bclm_cli.formats import registry
from bclm_cli.formats.interface import Options
from bclm_cli.model.records import Name, Reference
from bclm_cli.text.control_chars import one_line
from bclm_cli.text.latex import ascii_
from support import facts
from support.reading_bib import UNREAD_IN_BIBTEX, pandoc_reader, read_bibtexparser, read_pybtex
from support.tools import needs

pytestmark = pytest.mark.slow

# One process of pandoc reads all texts of an example, so an example has many.
# Without shrinking, which would ask pandoc a thousand times where something is wrong.
PHASES = (Phase.explicit, Phase.generate)
MANY = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=PHASES,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Z", "Cc", "Mn")), max_size=30)
TEXTS = st.lists(TEXT, min_size=60, max_size=60)

READERS = [
    pytest.param(pandoc_reader("bibtex"), True, id="pandoc", marks=needs("python:pypandoc")),
    pytest.param(read_bibtexparser, False, id="bibtexparser", marks=needs("python:bibtexparser")),
]
Read = Callable[[str], dict[str, facts.Facts]]


def back(read: Read, references: Iterable[Reference], variable: str) -> list[str]:
    """One variable of all references, written as BibTeX and read again."""
    text = "".join(registry.writer("bibtex").dump(references, Options()))
    return [found.get(variable, "") for found in read(text).values()]


def titled(titles: Iterable[str]) -> list[Reference]:
    return [
        Reference(f"k{number}", "article-journal", {"title": title}, {}, {}, {})
        for number, title in enumerate(titles)
    ]


def same(text: str) -> str:
    """Text without what no reader keeps apart: case, spaces, what TeX confounds, what Unicode says
    is the same (the ligature fi), and accents for which TeX has no command."""
    text = "".join(map(held, text))
    text = "".join(map(held, normalize("NFKC", facts.bare(one_line(text)))))
    text = re.sub(r"[\u0300-\u036f]", "", text)
    return re.sub(r"\s", "", text.translate(ONE_SIGN)).casefold()


def held(sign: str) -> str:
    """What BibTeX can hold of a Latin letter (docs/bibtex.md): ô for ổ, h for ħ, ş for ș."""
    base, *accents = list(normalize("NFD", sign)) if sign else [""]
    if sign in WITHOUT_STROKE or not ((accents and base.isascii()) or base in "øØæÆ"):
        return WITHOUT_STROKE.get(sign, sign)
    kept = (accent for accent in accents if accent in ACCENTS_OF_TEX)
    return normalize("NFC", base + "".join(kept).replace("\u0326", "\u0327"))


ACCENTS_OF_TEX = "".join(map(chr, (
    0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x30A, 0x30B, 0x30C, 0x323, 0x326,
    0x327, 0x328, 0x331,
)))  # fmt: skip
WITHOUT_STROKE = dict(zip("ħĦŧŦŀĿſƒɨƀƶƵĸƏə", "hHtTlLsfibzZkEe", strict=True))
ONE_SIGN = str.maketrans({"⁄": "/", "ʼ": "'", "ʹ": "'", "ˈ": "'", "―": "—", "‒": "–", "‣": "•"})


def without_unread(text: str, *, is_pandoc: bool) -> str:
    """Without the letters and signs whose commands pandoc 3.9 or bibtexparser does not know."""
    unread = UNREAD_IN_BIBTEX if is_pandoc else dict.fromkeys("£§¶ẞ·\u0387‡‰℗", "")
    return text.translate(str.maketrans(unread))


@pytest.mark.parametrize(("read", "is_pandoc"), READERS)
def test_every_letter_and_sign_comes_back(read: Read, is_pandoc: bool) -> None:
    """All that Unicode has up to the scripts of Asia, between two letters."""
    signs = [sign for sign in map(chr, range(0x20, 0x3000)) if category(sign)[0] in "LNPSZM"]
    signs = [sign for sign in signs if without_unread(sign, is_pandoc=is_pandoc)]
    titles = [
        " ".join(f"a{sign}b" for sign in signs[start : start + 20])
        for start in range(0, len(signs), 20)
    ]
    assert [same(got) for got in back(read, titled(titles), "title")] == list(map(same, titles))


@pytest.mark.parametrize(("read", "is_pandoc"), READERS)
@MANY
@given(titles=TEXTS)
def test_any_title_comes_back(read: Read, is_pandoc: bool, titles: list[str]) -> None:
    titles = [without_unread(title, is_pandoc=is_pandoc) for title in titles]
    assert [same(got) for got in back(read, titled(titles), "title")] == list(map(same, titles))


# bibtexparser splits a list of names wrongly at a word that is only `\\%`, so pybtex it is.
@pytest.mark.parametrize(
    ("read", "is_pandoc"),
    [READERS[0], pytest.param(read_pybtex, False, id="pybtex", marks=needs("python:pybtex"))],
)
@MANY
@given(families=TEXTS, givens=TEXTS)
def test_any_name_comes_back(
    read: Read, is_pandoc: bool, families: list[str], givens: list[str]
) -> None:
    people = [
        tuple(_readable(part, is_pandoc=is_pandoc) for part in pair)
        for pair in zip(families, givens, strict=True)
    ]
    references = [
        Reference(f"k{number}", "article-journal", {}, {
            "author": (Name(family=family, given=given_), Name(literal=f"{given_} & {family}")),
        }, {}, {})
        for number, (family, given_) in enumerate(people)
    ]  # fmt: skip
    wanted = [
        same(f"{', '.join(filter(None, map(one_line, pair)))} & {pair[1]} & {pair[0]}").lstrip("&")
        for pair in people
    ]
    got = [same(authors).lstrip("&") for authors in back(read, references, "author")]
    assert got == wanted


def _readable(part: str, *, is_pandoc: bool) -> str:
    """Without what has no place in a name: a reader of names takes no formula and no comma."""
    part = re.sub(r"[\u0300-\u036f]", "", part)  # an accent alone
    part = without_unread(one_line(part).replace(",", "").replace("&", ""), is_pandoc=is_pandoc)
    return "".join(sign for sign in part if "$" not in ascii_(sign) or not is_pandoc)


@pytest.mark.parametrize(("read", "is_pandoc"), READERS)
@MANY
@given(dois=TEXTS)
def test_any_doi_comes_back(read: Read, is_pandoc: bool, dois: list[str]) -> None:
    references = [
        Reference(f"k{number}", "article-journal", {"DOI": f"10.1/{doi}x"}, {}, {}, {})
        for number, doi in enumerate(dois)
    ]
    encoded = [re.sub(r"[{}\\\s]", _percent, one_line(f"10.1/{doi}x")) for doi in dois]
    assert back(read, references, "DOI") == encoded


def _percent(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode())
