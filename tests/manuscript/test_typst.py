"""Citations in Typst: as this reads them, and as Typst itself does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bclm_cli.manuscript.readers.typst import Reader
from support.tools import needs

# Each text with the keys that Typst finds in it.
AS_TYPST = [
    ("@a and @b[p. 3], @c's", ["a", "b", "c"]),
    ('#cite(<a>) #cite(<b>, form: "prose") #cite(\n  <c>)', ["a", "b", "c"]),
    ('#cite(label("d/e")) #ref(<a>)', ["d/e", "a"]),
    ("@a. @b: @f.g. @h-i, (@c)", ["a", "b", "f.g", "h-i", "c"]),
    ("*@a* _see @b _ \"@c\" '@ü'", ["a", "b", "c", "ü"]),
    ("é@a 1@b -@c", ["a", "b", "c"]),
    (r"\@no \\@a", ["a"]),
    ("@a // @no\n@b", ["a", "b"]),
    ("/* @no /* @no */ @no */ @a", ["a"]),
    ("`@no` ```typ @no `@no` ``` ``@a``", ["a"]),
    ("https://example.org/@no http://example.org/(@no)/[@no] @a", ["a"]),
    ("https://example.org/@no`@no` @a", ["a"]),
    ("[@a] [[@b]", ["a", "b"]),
    ("#let x = 1\n#x{@a} #x@b", ["a", "b"]),
    ('#text(fill: red)[@a] #[@b] #emph([@c "@h-i"])', ["a", "b", "c", "h-i"]),
    ('#let s = "@no"\n#s @a', ["a"]),
    ("#let f(x) = [#x @a]\n#f[x]", ["a"]),
    ('#if 1 == 2 [x] else [@a]; "@b"', ["a", "b"]),
    ('#link("https://example.org/@no")[@a] #"@no // @no" @b', ["a", "b"]),
    ('#(1, "@no").at(0) #"x".replace("x", "@no").len() @a', ["a"]),
    ("#{ let x = [@a]; x; cite(<b>) }", ["a", "b"]),
    ('$x_1 "@no" #text[@a] \\$ y$ @b', ["a", "b"]),
    ("= Head <sec:x>\n\nSee @sec:x. #figure(caption: [From @a])[x] <fig> @fig", ["a"]),
    ("// `\n@a\n`// x` @b", ["a", "b"]),
    ('#set text(lang: "de") // @no\n#show "x": it => [#it]\n@a', ["a"]),
    ("#if true [hello] as @a said. #if true [x]else[y] @b *#if true [x]* @c", ["a", "b", "c"]),
    ("#if 1 > 2 { [x] } else if not (1 == 2) [@a] else { } @b\n#if false {}\n@c", ["a", "b", "c"]),
    ("#if [x] == [y] [no] else [@a]. #if cite == ref {} @b", ["a", "b"]),
    ("#for x in (1, 2) [n] and @a #for (k, v) in (x: 1) {[@b]} @c", ["a", "b", "c"]),
    ('#while false [x] @a "#if true [@b]" @c', ["a", "b", "c"]),
    ("On page #context here().page() we cite @a. #context [@b] @c", ["a", "b", "c"]),
    ("#context { [@a] } @b #context if true [@c] else [x] @d", ["a", "b", "c", "d"]),
    ("#context text.lang + [@a] #if 1 /* @no */ + 2 == 3 /* @no */ [@b] // @no", ["a", "b"]),
    ("$ #if true [x] y $ @a $ #context cite(<b>) #[@c] $ @d", ["a", "b", "c", "d"]),
    ("#if true [\n@a\n] else [\n]\n#[#if true [x]] @b", ["a", "b"]),
    ('#quote(attribution: <a>)[x] #quote(attribution: label("d/e"))[x] @b', ["a", "d/e", "b"]),
    ("#show cite: it => it\n#show selector(cite): it => it\n#context query(cite).len()\n@a", ["a"]),
]


def cited(text: str) -> list[str]:
    """The keys, without the labels that the text defines."""
    found = list(Reader().mentions(text))
    labels = {mention.text for mention in found if mention.kind == "label"}
    return [one.text for one in found if one.kind == "key" and one.text not in labels]


@pytest.mark.parametrize(("text", "keys"), AS_TYPST)
def test_keys(text: str, keys: list[str]) -> None:
    assert cited(text) == keys


@needs("python:typst")
def test_typst_finds_the_same(tmp_path: Path) -> None:
    import typst

    keys = sorted({key for _, keys in AS_TYPST for key in keys})
    entries = (f"@misc{{{key}, title = {{{key}}}, author = {{Example, A.}}}}" for key in keys)
    (tmp_path / "x.bib").write_text("\n".join(entries))
    for text, keys in AS_TYPST:
        paper = tmp_path / "paper.typ"
        paper.write_text(f'#set heading(numbering: "1")\n{text}\n#bibliography("x.bib")\n')
        found = json.loads(typst.query(str(paper), "cite", field="key"))
        assert [_plain(label) for label in found] == keys, text


def _plain(label: str) -> str:
    return label.strip("<>").removeprefix('label("').removesuffix('")')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('#include "a.typ"', [("include", "a.typ")]),
        ('#include "/all/a.typ"', [("include", "all/a.typ")]),
        ('#import "a.typ": *', [("import", "a.typ")]),
        ('#import "@preview/a:0.1.0": *', []),
        ('#{ include "a.typ" }', [("include", "a.typ")]),
        ('include "no.typ"', []),
        ('#bibliography("x.bib", full: true)', [("bibliography", "x.bib"), ("key", "*")]),
        (
            '#bibliography(("x.bib", "y.yml"), title: [X @a], full: true)',
            [("bibliography", "x.bib\ny.yml"), ("key", "a"), ("key", "*")],
        ),
        ("#outline(full: true)", []),
        (
            "#cite(key) #set cite(style: x) #ref(x)",
            [("unclear", "cite(…) of a computed label, so its key is not known")],
        ),
        *(
            (text, [("unclear", "cite is handed on here, so the keys that it gets are not known")])
            for text in (
                "#let c = cite\n#c(<a>)",
                "#(<a>, <b>).map(cite).join()",
                '#cite.with(form: "prose")(<a>)',
                "#if true { (cite)(<a>) }",
            )
        ),
        ("#let my-cite = 1\n#f(cite: 1, x.cite)", []),
        ("#show cite: it => it\n#show selector(cite): it => it\n#query(cite).len()", []),
        ("#if x.func() == cite { }", []),
        ("mail@example.org", [("key", "example.org")]),
        ("#let x = [ @a", [("key", "a")]),
        ("/* @no", []),
        ("```@no", []),
    ],
)
def test_other_findings(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.text) for one in Reader().mentions(text)] == found
