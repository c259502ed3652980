"""Text that breaks careless writers: no record breaks, none gains a field, nothing is run."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from unicodedata import category

import pytest
import yaml

from bclm_cli.errors import DataError
from bclm_cli.formats import registry
from bclm_cli.formats.interface import Entry, Options
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference

pytestmark = pytest.mark.slow

NASTY = (
    "a\nER  - \n\nTY  - BOOK\nAU  - Evil, E.\n",
    "a\r\nPMID- 666\r\n\r\nPMID- 667",
    "a\u2028TI  - x\u2029y\x85z\x0bTY  - JOUR",
    "}\n}\n@article{evil, author = {Evil, E}}",
    "{{{", "}}}", "\\", "\\}", "a\\", '"', '""",x,"', "'", "=1+1", "@SUM(A1)", "+1", "-1",
    "a\tb\x00c\x1b[31md\x7f\x9f", "\ud800 half", "\ufeffmark \ufdd0", "# no comment", "- item",
    "&anchor *alias !!tag", "%directive", "key: value", "---", "...", "NO", "null", "~", "1.10",
    "`code` *b* _i_ [l](u) <b>", "<i>open", "close</i>", "<i><b>x</i></b>", "$\\write18{rm}$",
    "\\input{/etc/passwd}", "^^M", "a" * 5000, "", " ", "\u202eevil",
)  # fmt: skip


def nasty(text: str) -> Reference:
    """A paper that says the same everywhere, and one fact that must survive."""
    every = ("title", "container-title", "container-title-short", "volume", "issue", "page",
             "DOI", "URL", "PMID", "note", "abstract", "keyword", "genre", "language",
             "publisher", "number", "edition")  # fmt: skip
    return Reference(
        "nasty",
        "article-journal",
        dict.fromkeys(every, text) | {"ISSN": "0000-0000", "container-title-short": "Short"},
        {"author": (Name(family=text, given=text), Name(literal=text), Name(family="Last"))},
        {"issued": Date((2001,), literal=text), "accessed": Date(literal=text)},
        {"any": text},
    )


PLAIN = nasty("plain")


def written(name: str, reference: Reference) -> str:
    chunks = registry.writer(name).dump([PLAIN._replace(id="first"), reference], Options())
    text = "".join(chunks)
    text.encode("utf-8")
    return text


@pytest.mark.parametrize("text", NASTY)
def test_bibtex_keeps_its_entries(text: str) -> None:
    import bibtexparser

    for name in ("bibtex", "biblatex"):
        library = bibtexparser.parse_string(written(name, nasty(text)))
        first, second = library.entries
        assert (library.failed_blocks, second.key) == ([], "nasty")
        names = {field.key for field in first.fields} | {
            "eid"
        }  # of a number that looks like a page
        assert {field.key for field in second.fields} <= names
        assert [field.value for field in second.fields if field.key == "issn"] == ["0000-0000"]
        assert all(balanced(str(field.value)) for field in second.fields)


def balanced(value: str) -> bool:
    """Braces as BibTeX counts them, which knows no backslash."""
    depth = 0
    for sign in value:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize(("name", "tag"), [("ris", r"[A-Z][A-Z0-9]  - "), ("nbib", r"[A-Z ]{4}- ")])
def test_ris_and_nbib_keep_their_records(name: str, tag: str, text: str) -> None:
    lines = written(name, nasty(text)).split("\n")
    usual = {line[:6] for line in written(name, PLAIN).split("\n")}
    # a line is a tag that a record without mischief has, or goes on with the line before
    assert all(re.match(f"{tag}|$| {{6}}", line) for line in lines)
    assert {line[:6] for line in lines} <= usual | {" " * 6}
    assert not any(category(sign) == "Cc" for line in lines for sign in line)
    assert lines.count("") == 3


@pytest.mark.parametrize("text", NASTY)
def test_json_yaml_and_csv_keep_their_items(text: str) -> None:
    items = json.loads(written("csljson", nasty(text)))
    assert [item["ISSN"] for item in items] == ["0000-0000", "0000-0000"]
    references = yaml.safe_load(written("cslyaml", nasty(text)))["references"]
    assert [reference["ISSN"] for reference in references] == ["0000-0000", "0000-0000"]
    assert {type(value) for value in references[1].values()} <= {str, list, dict}
    entries = yaml.safe_load(written("hayagriva", nasty(text)))
    assert [entry["serial-number"]["issn"] for entry in entries.values()] == ["0000-0000"] * 2
    rows = list(csv.DictReader(io.StringIO(written("csv", nasty(text)).removeprefix("\ufeff"))))
    assert [row["ISSN"] for row in rows] == ["0000-0000", "0000-0000"]
    assert not any(str(cell).startswith(("=", "+", "-", "@")) for cell in rows[1].values())


BREAKING = ["a b", "a,b", "a{b", "a}b", "a%b", "a#b", "a\\b", "a~b"]


@pytest.mark.parametrize(
    ("name", "key"),
    [("bibtex", key) for key in BREAKING]
    + [("biblatex", key) for key in [*BREAKING, "a=b", 'a"b', "a'b", "a(b", "a)b"]],
)
def test_a_key_that_would_break_is_refused_with_the_way_out(name: str, key: str) -> None:
    with pytest.raises(DataError, match="export -f csljson, which holds it, or give") as caught:
        "".join(registry.writer(name).dump([PLAIN._replace(id=key)], Options()))
    assert str(caught.value).startswith(f"{key}: Bib")
    with pytest.raises(DataError, match=re.escape(f"cannot hold this key because of {key[1]!r}")):
        registry.check_keys(name, [key])


@pytest.mark.parametrize(
    "key",
    ["doi:10.1/a-b_c.d+e", "Müller2001", "a&b", "a'b", 'a"b', "a=b", "a(b)", "a<b>", "a^b|c",
     "url:https://example.org/pdf?id=Sk-oDY", "=a", "a="],
)  # fmt: skip
def test_other_keys_stay_as_they_are_and_are_read_again(key: str) -> None:
    text = "".join(registry.writer("bibtex").dump([PLAIN._replace(id=key)], Options()))
    assert f"{{{key},\n" in text
    found = list(registry.read(text.encode(), "refs.bib"))
    assert [one.reference.id for one in found if isinstance(one, Entry)] == [key]


def test_keys_that_not_every_program_takes_are_noted() -> None:
    case = (
        "keys Smith2001 and smith2001 differ in capitals alone: bibtex prints the first for both;"
        " biber, pandoc and Typst tell them apart"
    )
    first = (
        "pdflatex with bibtex finds no key that begins as Ångström2001 does, outside ASCII;"
        " lualatex does, and biber with -f biblatex"
    )
    pandoc = "pandoc reads no .bib with {} in a key ({}); -f csljson is for pandoc and Quarto"
    assert registry.check_keys("bibtex", ["Smith2001", "jones2000", "smith2001"]) == [case]
    assert registry.check_keys("bibtex", ["hernán2024", "a=b", "Ångström2001"]) == [first]
    assert registry.check_keys("bibtex", ["a<b", "a>b"]) == [pandoc.format("'<'", "a<b")]
    assert registry.check_keys("biblatex", ["Smith2001", "smith2001", "Ångström2001"]) == []
    assert registry.check_keys("biblatex", ["a–b"]) == [pandoc.format("'–'", "a–b")]
    assert registry.check_keys("ris", ["any key, at all"]) == []


@pytest.mark.parametrize("name", registry.writer_names())
def test_hostile_length_and_depth_take_no_time(name: str) -> None:
    """Work grows with the text, not with its square: a second would be a thousand times too long,
    which would be minutes here."""
    texts = (
        "<i>" * 5_000 + "x" + "</b>" * 5_000, "A-" * 9_000 + "HER2-" * 4_000,
        "<i>HER2</i>-x " * 3_000, "e\u0301\u0302x\u0301" * 5_000, "{" * 20_000, "$" * 20_000,
        "''" * 10_000, "1-" * 10_000, "a " * 10_000,
    )  # fmt: skip
    for text in texts:
        reference = PLAIN._replace(text={"title": text, "page": text, "DOI": text, "URL": text})
        assert "".join(registry.writer(name).dump([reference], Options(terms=frozenset(("A-B",)))))


def test_a_line_end_in_a_name_makes_no_second_one() -> None:
    people = (Name(family="Alpha, Ann\nEvil", given="Eve"), Name(family="Beta", given="Bo"))
    text = "".join(
        registry.writer("bibtex").dump([PLAIN._replace(names={"author": people})], Options())
    )
    assert "  author = {{Alpha, Ann Evil}, Eve and Beta, Bo},\n" in text


def test_names_that_look_like_lists_stay_single(tmp_path: Path) -> None:
    from pybtex.database import parse_string

    people = (
        Name(family="and", given="and"), Name(family="others", given="X"),
        Name(family="A and B", given="C and D"), Name(family="x, y", given="z"),
        Name(literal="This and that, and others"), Name(family="ibn Sina", given="Abu"),
    )  # fmt: skip
    text = "".join(
        registry.writer("bibtex").dump([PLAIN._replace(names={"author": people})], Options())
    )
    entry = parse_string(text, "bibtex").entries["nasty"]
    assert [" ".join(person.last_names) for person in entry.persons["author"]] == [
        "{and}", "{others}", "{A and B}", "{x, y}", "{This and that, and others}", "{ibn Sina}",
    ]  # fmt: skip
