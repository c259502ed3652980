"""Citations in Markdown: as this reads them, and as pandoc itself does."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from bclm_cli.manuscript.readers.markdown import Reader
from support.tools import needs

# Each text with the keys that pandoc finds in it, in the order of the text.
AS_PANDOC = [
    ("[@a]", ["a"]),
    ("[@a; @b, p. 3]", ["a", "b"]),
    ("[see @a, pp. 33-35; also -@b, chap. 1]", ["a", "b"]),
    ("@a says [p. 3] and @b[p. 3]", ["a", "b"]),
    ("[-@a] -@b", ["a", "b"]),
    ("@{a} [@{b.c,d}; @{https://example.org/x?y=1}]", ["a", "b.c,d", "https://example.org/x?y=1"]),
    ("@{a b}", []),
    (
        "x @a. @b: @c.d @e:f @g--h @i's @j_ @k/l @m//n @o-.",
        ["a", "b", "c.d", "e:f", "g", "i", "j_", "k/l", "m//n", "o"],
    ),
    ("@Ünal2001 @42x @_x", ["Ünal2001", "42x", "_x"]),
    ("*@a* **@b** _@c ~~@d~~ (@e) \"@f\" '@g' \u201c@h\u201d", list("abcdefgh")),
    ("someone@example.org, x.@no x@no, é@no, 1@no, x_@a, x-@b, )@c", ["a", "b", "c"]),
    (r"\@no \\@a", ["a"]),
    ("`@no` ``x ` @no`` `unclosed @a", ["a"]),
    ("` @a\n\n`@b", ["a", "b"]),
    ("`` `@no` `` `x`@a", ["a"]),
    ("<someone@no.org> <https://example.org/@no> [t](https://example.org/@no) [@a](x)", ["a"]),
    ('[t](x "@no") ![@a](x.png) [t](<a @no>)', ["a"]),
    ("[t]: https://example.org/@no\n\n[t] @a", ["a"]),
    ('[t]: https://example.org/x "@no"\n\n[t] @a', ["a"]),
    ("[@a]: says", ["a"]),
    ('<span title="@no">@a</span> <br/> @b', ["a", "b"]),
    ("<!-- @a", ["a"]),
    ("```\n@a", ["a"]),
    ("@{a}@b", ["a", "b"]),
    ("p <a and [@a] > 3", ["a"]),
    ("<!-- @no --> @a <!--\n\n@no\n\n--> @b", ["a", "b"]),
    ("$@no$ $x @no y$ $5 and [@a] costs $6, $$\n@no\n$$ @b", ["a", "b"]),
    ("text\n\n    code @no\n\n@a", ["a"]),
    ("text\n    still @a", ["a"]),
    ("text\n\n\tcode @no\n\tmore @no\n\n    more @no\n\n@a", ["a"]),
    ("- @a\n\n    @b\n\n        @no\n\n@c", ["a", "b", "c"]),
    ("1. @a\n\n    @b\n\n- @c\n    - @d\n\n        @e", list("abcde")),
    ("x[^1]\n\n[^1]: @a\n\n    @b\n\n        @no\n\n@c", ["a", "b", "c"]),
    ("x^[@a] y", ["a"]),
    ("```\n@no\n```\n@a\n\n~~~ {.r}\n@no\n```\n@no\n~~~~\n@b", ["a", "b"]),
    ("````\n```\n@no\n````\n@a", ["a"]),
    ("- x\n\n  ```\n  @no\n  ```\n\n  @a", ["a"]),
    ("> @a\n>\n> ```\n> @no\n> ```\n", ["a"]),
    ("(@good) Example\n(@bad) Other\n\nSee (@good), @bad and @a.", ["a"]),
    ("# Head @a {#x}\n\n| x | @b |\n|---|----|\n| @c | y |\n\n: Caption @d", list("abcd")),
    ("Term\n\n:   Definition @a\n\n::: {.x}\n@b\n:::", ["a", "b"]),
    ("---\ntitle: On @a\nnocite: |\n  @b, @c\n---\n\n@d", list("abcd")),
    (
        "<style>\n@media print { }\n</style>\n@a <script\n src='@no'>@no\n\n@no</script>@b",
        ["a", "b"],
    ),
    ("x <PRE class='y'>@no\n\n@no</PRE> @a `<pre>` @b </pre>\n\n<pre>@c", ["a", "b", "c"]),
    ("> <textarea>\n> @no\n> </textarea>\n\n<code>@a</code>", ["a"]),
    ('[@a]{.c data-x="@no"} `x`{.r x="@no"} [@b](c){ #d e=@no }', ["a", "b"]),
    ('::: {.note title="@no"}\n@a\n:::\n\n# @b {.c x="@no"}\n\n@c {x="@no"}\n===', ["a", "b", "c"]),
    ('x {.c y="@a"} z {@b}\n\n{x="@c"}', ["a", "b", "c"]),
    ("> @a\n>\n>     @no\n>\n> @b\n>     @c\n\n>     @no\n@d", ["a", "b", "c", "d"]),
    (
        "- x\n\n  > @a\n  >\n  >     @no\n\n    @b\n\n> - @c\n>\n>     @d\n>\n>       @no",
        list("abcd"),
    ),
    ("---\ntitle: x # @no\n# @no\na: ['@a', # @no\n b]\nc: \"@b # @c\"\n---\n", ["a", "b", "c"]),
    (
        "---\na:\n- | # @no\n  # @a\n\n  @b\n- x # @no\nc: it's # @no\nd: x#@c\n---\n",
        ["a", "b", "c"],
    ),
    ("---\nnocite: '@*'\n...\n\n@a **@b**", ["*", "a", "b"]),
]


def cited(text: str, suffix: str = ".md") -> list[str]:
    """The keys, without the labels that the text defines."""
    found = list(Reader(suffix).mentions(text))
    labels = {mention.text for mention in found if mention.kind == "label"}
    return [one.text for one in found if one.kind == "key" and one.text not in labels]


@pytest.mark.parametrize(("text", "keys"), AS_PANDOC)
def test_keys(text: str, keys: list[str]) -> None:
    assert cited(text) == keys


@needs("python:pypandoc")
def test_pandoc_finds_the_same() -> None:
    import pypandoc

    for text, keys in AS_PANDOC:
        document = json.loads(pypandoc.convert_text(text, "json", "markdown"))
        found = [key for part in ("meta", "blocks") for key in _citations(document[part])]
        assert sorted(found) == sorted(keys), text


@pytest.mark.parametrize(
    ("text", "suffix", "keys"),
    [
        ("See @fig-a, @tbl-b and @sec-c: @a", ".qmd", ["a"]),
        ("See @fig-a: @a", ".md", ["fig-a", "a"]),
        ("@Fig-a and @Sec-b: @A", ".qmd", ["A"]),
        ("@Fig:a and @Sec:b: @A", ".md", ["A"]),
        ("![x](y.png){#fig-a .c}\n\n@Fig-a and @fig-a: @a", ".md", ["a"]),
        ("\\begin{tabular}{|@{.}l@{ }r|@{\\quad}}\n@{a.}", ".md", ["a."]),
        ("![x](y.png){#fig-a}\n\nSee @fig-a: @a", ".md", ["a"]),
        (
            "```{r}\n#| label: fig-a\n#| fig-cap: From @a\nno(@no)\n```\n@fig-a @b",
            ".md",
            ["a", "b"],
        ),
        ("See @fig:a, @tbl:b: @a", ".md", ["a"]),
        (r"See \@ref(fig:a) @a", ".rmd", ["a"]),
        (r"\citep[see][p. 3]{a,b} \cite{c}, `\cite{no}`", ".rmd", ["a", "b", "c"]),
        ("```{=latex}\n\\cite{a} % \\cite{no}\n@no\n```\n@b", ".qmd", ["a", "b"]),
        ("https://example.org/@no and https://example.org @a", ".md", ["a"]),
        ("\ufeff---\r\nnocite: '@*'\r\n---\r\n\r\n@a\r\n", ".md", ["*", "a"]),
        ("---\nnocite: '@a'\n", ".md", ["a"]),
    ],
)
def test_beyond_pandoc(text: str, suffix: str, keys: list[str]) -> None:
    assert cited(text, suffix) == keys


@pytest.mark.parametrize(
    ("text", "included"),
    [
        ("{{< include _part.qmd >}}", ["_part.qmd"]),
        ("{{< include /all/_part.qmd >}}", ["all/_part.qmd"]),
        ("```{r, child='a.Rmd'}\n```", ["a.Rmd"]),
        ('```{r child = c("a.Rmd", "b.Rmd"), echo=FALSE}\n```', ["a.Rmd", "b.Rmd"]),
        ("```r\nchild = 'a.Rmd'\n```", []),
        ("`{{< include no.qmd >}}`", []),
    ],
)
def test_included_files(text: str, included: list[str]) -> None:
    found = [one.text for one in Reader(".qmd").mentions(text) if one.kind == "include"]
    assert found == included


def _citations(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("t") == "Cite":
            yield from (citation["citationId"] for citation in node["c"][0])
        for value in node.values():
            yield from _citations(value)
    elif isinstance(node, list):
        for value in node:
            yield from _citations(value)
