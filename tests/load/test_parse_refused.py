"""What is wrong or hostile in a YAML text is refused in one line: place, fault, way out."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bclm_cli.errors import DataError
from bclm_cli.load import parse

SOURCES = str(Path(parse.__file__).parents[1])


def refusal(text: str | bytes) -> str:
    with pytest.raises(DataError) as caught:
        list(parse.items(text.encode() if isinstance(text, str) else text, "f.yaml"))
    return str(caught.value)


@pytest.fixture(params=["C", "pure"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: a platform without libyaml has the pure one only."""
    if request.param == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return str(request.param)


REFUSED = {
    "duplicate key": (
        "a: b\nc: d\na: e\n",
        "f.yaml:3:1: 'a' stands twice in one map; keep one of the two",
    ),
    "duplicate key, quoted": (
        "a: b\n'a': e\n",
        "f.yaml:2:1: 'a' stands twice in one map; keep one of the two",
    ),
    "duplicate key in a flow map": (
        "a: [{b: c, b: c}]\n",
        "f.yaml:1:12: 'b' stands twice in one map; keep one of the two",
    ),
    "duplicate key, long and with a control character": (
        f'"\\e{"x" * 100}": a\n"\\e{"x" * 100}": a\n',
        f"f.yaml:2:1: '\\x1b{'x' * 56}...' stands twice in one map; keep one of the two",
    ),
    "anchor": (
        "a: &b c\n",
        "f.yaml:1:4: anchors (&name) are not allowed; write the values out",
    ),
    "anchor of a map": (
        "a:\n  - &b {c: d}\n",
        "f.yaml:2:5: anchors (&name) are not allowed; write the values out",
    ),
    "anchor of a key": (
        "&b a: c\n",
        "f.yaml:1:1: anchors (&name) are not allowed; write the values out",
    ),
    "alias": (
        "a: *b\n",
        "f.yaml:1:4: aliases (*name) are not allowed; write the values out",
    ),
    "alias as a key": (
        "*b : c\n",
        "f.yaml:1:1: aliases (*name) are not allowed; write the values out",
    ),
    "merge key": (
        "a:\n  <<: {b: c}\n",
        "f.yaml:2:3: merge keys (<<) are not allowed; write the values out",
    ),
    "nested merge keys": (
        "a: {" + "<<: {" * 1000,
        "f.yaml:1:5: merge keys (<<) are not allowed; write the values out",
    ),
    "alias bomb": (
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30)),
        "f.yaml:1:4: anchors (&name) are not allowed; write the values out",
    ),
    "self-reference": (
        "&a [*a]\n",
        "f.yaml:1:1: anchors (&name) are not allowed; write the values out",
    ),
    "tag": (
        "a: !!str b\n",
        "f.yaml:1:4: tags ('tag:yaml.org,2002:str') are not allowed; every value is plain text",
    ),
    "local tag": (
        "a: !b {c: d}\n",
        "f.yaml:1:4: tags ('!b') are not allowed; every value is plain text",
    ),
    "bare tag": (
        "a: ! b\n",
        "f.yaml:1:4: tags ('!') are not allowed; every value is plain text",
    ),
    "python tag": (
        "!!python/object/apply:os.system ['true']\n",
        "f.yaml:1:1: tags ('tag:yaml.org,2002:python/object/apply:os.system') are not allowed;"
        " every value is plain text",
    ),
    "python tag on a key": (
        "!!python/name:os.system a: b\n",
        "f.yaml:1:1: tags ('tag:yaml.org,2002:python/name:os.system') are not allowed;"
        " every value is plain text",
    ),
    "tag with an escape sequence": (
        "a: !%1b%5b31m b\n",
        "f.yaml:1:4: tags ('!\\x1b[31m') are not allowed; every value is plain text",
    ),
    "list as a key": (
        "? [a]\n: b\n",
        "f.yaml:1:3: a list or map cannot be a key; write `name: value`",
    ),
    "no key": (
        "a: b\n?\n: c\n",
        "f.yaml:2:2: a key is missing before the colon; write `name: value`",
    ),
    "null as a key": (
        "a:\n  ~: b\n",
        "f.yaml:2:3: a key is missing before the colon; write `name: value`",
    ),
    "too deep": (
        "a: " + "[" * 20 + "]" * 20 + "\n",
        "f.yaml:1:23: nested deeper than 20 levels; flatten it",
    ),
    "second document": (
        "a: b\n---\nc: d\n",
        "f.yaml:2:1: a second document begins (---); keep one",
    ),
    "second document behind an empty one": (
        "---\na: b\n---\n---\nc: d\n",
        "f.yaml:4:1: a second document begins (---); keep one",
    ),
    "text below pandoc's metadata": (
        "---\na: b\n---\n\nOnce upon a time\n",
        "f.yaml:3:1: a second document begins (---); keep one",
    ),
    "surrogate": (
        'a: "\\ud800"\n',
        {
            "C": "f.yaml:1:7: not valid YAML: found invalid Unicode character escape code;"
            " in double quotes write \\\\ for a backslash",
            "pure": "f.yaml:1:4: half a character (a lone surrogate); remove it",
        },
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_stand_in_the_data(loader: str, name: str) -> None:
    text, message = REFUSED[name]
    assert refusal(text) == (message if isinstance(message, str) else message[loader])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [" + "[]," * 100 + "]\n", "1:302"),
        ("a: [" + "{}," * 100 + "]\n", "1:302"),
        ("a: [" + "b," * 100 + "]\n", "1:203"),
        ("references: [{id: x}, {" + "".join(f"b{n}: c, " for n in range(100)) + "}]\n", "1:811"),
        ("context: {" + "".join(f"b{n}: [], " for n in range(100)) + "}\n", "1:897"),
    ],
)
def test_too_many_values(
    loader: str, monkeypatch: pytest.MonkeyPatch, text: str, place: str
) -> None:
    monkeypatch.setattr(parse, "MAX_NODES", 100)
    what = "one record holds more than 100 values; split it, or leave it out"
    assert refusal(text) == f"f.yaml:{place}: {what}"


def test_many_records_are_not_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MAX_NODES", 10)
    items = list(parse.items(b"references:\n" + b"- {a: b, c: d}\n" * 100, "f.yaml"))
    assert len(items) == 101


BROKEN = {
    "colon in a title": (
        "title: Metastasis: a review\n",
        "f.yaml:1:18: not valid YAML: mapping values are not allowed in this context;"
        " quote text that holds a colon and a space",
    ),
    "tab": (
        "a:\n\t- b\n",
        "f.yaml:2:1: not valid YAML: found character that cannot start any token;"
        " indent with spaces, and quote text that begins with @, ` or %",
    ),
    "at sign": (
        "a: @b\n",
        "f.yaml:1:4: not valid YAML: found character that cannot start any token;"
        " indent with spaces, and quote text that begins with @, ` or %",
    ),
    "star": (
        "a: *b* c\n",
        "f.yaml:1:6: not valid YAML: did not find expected alphabetic or numeric character;"
        " quote text that begins with * or &",
    ),
    "open quotes": (
        'a: b\nc: "d\ne: f\n',
        "f.yaml:2:4: not valid YAML: found unexpected end of stream; close the quotes",
    ),
    "open bracket": (
        "a: [b\nc: d\n",
        "f.yaml:2:2: not valid YAML: did not find expected ',' or ']';"
        " close the bracket, and quote text that holds : , [ ] { or }",
    ),
    "backslash": (
        'a: "\\mu"\n',
        "f.yaml:1:5: not valid YAML: found unknown escape character;"
        " in double quotes write \\\\ for a backslash",
    ),
    "indentation": (
        "a:\n  - b\n - c\n",
        "f.yaml:3:2: not valid YAML: did not find expected key;"
        " look at the indentation and the quotes",
    ),
    "truncated": (
        "references:\n  - id: a\n    ti",
        "f.yaml:3:5: not valid YAML: could not find expected ':';"
        " write `name: value`, and quote text of several lines",
    ),
    "tag that is no text": (
        "a: !%ed%a0%80 b\n",
        "f.yaml: tags are not allowed; every value is plain text",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_yaml_names_the_place_and_the_way_out(name: str) -> None:
    text, message = BROKEN[name]
    assert refusal(text) == message


@pytest.mark.parametrize("name", [name for name in BROKEN if name != "tag that is no text"])
def test_the_pure_parser_says_the_same_in_its_own_words(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader")
    text, message = BROKEN[name]
    place, _, rest = message.partition(": ")
    found_place, _, found = refusal(text).partition(": ")
    assert (found_place.split(":")[:2], found.rpartition("; ")[2]) == (
        place.split(":")[:2],
        rest.rpartition("; ")[2],
    )


NO_TEXT = {
    "NUL": (
        "é: é\né: a\0b\n".encode(),
        "f.yaml:2:5: a control character (U+0000); remove it, or save the file as UTF-8",
    ),
    "escape": (
        b"\xef\xbb\xbfa: \x1b[31m\n",
        "f.yaml:1:4: a control character (U+001B); remove it, or save the file as UTF-8",
    ),
    "binary": (
        b"PK\x03\x04\x14\x00\x06\x00",
        "f.yaml:1:3: a control character (U+0003); remove it, or save the file as UTF-8",
    ),
    "Latin-1": (
        "a: b\n# ü\nc: Müller\n".encode("latin-1"),
        "f.yaml:2:3: not UTF-8 text; save the file as UTF-8",
    ),
    "cut within a character": (
        "a: ü".encode()[:-1],
        "f.yaml:1:4: not UTF-8 text; save the file as UTF-8",
    ),
    "UTF-16 without its mark": (
        "a: b\n".encode("utf-16-le"),
        "f.yaml:1:2: a control character (U+0000); remove it, or save the file as UTF-8",
    ),
    "UTF-16 with a control character": (
        "é: b\nc: \x01\n".encode("utf-16"),
        "f.yaml:2:4: a control character (U+0001); remove it, or save the file as UTF-8",
    ),
}


@pytest.mark.parametrize("name", NO_TEXT)
def test_bytes_that_are_no_text(loader: str, name: str) -> None:
    data, message = NO_TEXT[name]
    assert refusal(data) == message
    with pytest.raises(DataError) as caught:
        list(parse.items(io.BytesIO(data), "f.yaml"))
    assert str(caught.value) == message


def test_bytes_that_cannot_be_read_again_have_no_place() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with pytest.raises(DataError) as caught:
        list(parse.items(Pipe(b"a: \xff\n"), "-"))
    assert str(caught.value) == "-: not UTF-8 text; save the file as UTF-8"


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=60) | st.text("ab:-[]{}&*!<%@`'\"|>?#,~ \n\t\0", max_size=60))
def test_any_text_is_taken_or_refused_in_one_line(text: bytes | str) -> None:
    data = text.encode() if isinstance(text, str) else text
    said = ""
    try:
        list(parse.items(data, "f.yaml"))
    except DataError as error:
        said = str(error)
    assert said == "" or (said.startswith("f.yaml:") and len(said.splitlines()) == 1)


HOSTILE = {
    "deep flow lists": "b'a: ' + b'[' * 50_000_000",
    "deep flow maps": "b'a: ' + b'{b: ' * 11_000_000",
    "deep block lists": "b'a:\\n' + b'- ' * 5_000_000",
    "deep explicit keys": "b'? ' * 5_000_000",
    "many empty lists": "b'a: [' + b'[],' * 5_000_000",
    "many empty records": "b'references: [' + b'{},' * 200_000 + b']'",
    "a long line": "b'a: ' + b'x ' * 2_500_000",
    "a long key": "b'? ' + b'x' * 5_000_000 + b'\\n: a\\n? b'",
    "a long quoted line": "b'a: \"' + b'x' * 5_000_000 + b'\"'",
    "many lines": "b'a: \"' + b'\\n' * 5_000_000 + b'\"'",
    "a long tag": "b'!' * 5_000_000",
    "a long anchor": "b'&' + b'x' * 5_000_000 + b' a'",
    "merge keys": "b'a: {' + b'<<: {' * 5_000_000",
    "aliases": "b'a: &a [x]\\nb: [' + b'*a, ' * 1_000_000 + b']'",
}

LIMITED = f"""
import io, resource, sys
sys.path.insert(0, {SOURCES!r})
from bclm_cli.load import parse
from bclm_cli.errors import DataError
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
for text in sys.argv[1:]:
    try:
        for item in parse.items(io.BytesIO(eval(text)), "f.yaml"):
            pass
        print("read")
    except DataError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_hostile_text_costs_neither_time_nor_memory() -> None:
    """600 MB of address space, 60 s of computing for them all: far more than they need."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *HOSTILE.values()],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    # libyaml 0.2.6 refuses a thousand brackets before it hands out the first
    assert done.stdout.replace("f.yaml:1:1003: ", "f.yaml:1:23: ").splitlines() == [
        "f.yaml:1:23: nested deeper than 20 levels; flatten it",
        "f.yaml:1:80: nested deeper than 20 levels; flatten it",
        "f.yaml:2:39: nested deeper than 20 levels; flatten it",
        "f.yaml:1:3: a list or map cannot be a key; write `name: value`",
        "f.yaml:1:300002: one record holds more than 100000 values; split it, or leave it out",
        "read",
        "read",
        "read",
        "read",
        "read",
        f"f.yaml:1:1: tags ('tag:yaml.org,2002:{'!' * 39}...') are not allowed;"
        " every value is plain text",
        "f.yaml:1:1: anchors (&name) are not allowed; write the values out",
        "f.yaml:1:5: merge keys (<<) are not allowed; write the values out",
        "f.yaml:1:4: anchors (&name) are not allowed; write the values out",
    ]
