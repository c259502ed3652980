"""LaTeX to Unicode and back: commands of TeX itself, small capitals, fractions, addresses."""

from __future__ import annotations

import pytest

from bclm_cli.formats.bibtex.latex.decode import decode
from bclm_cli.text.latex import ascii_, loses_accent, unicode_

XII = '<span style="font-variant:small-caps;">xii</span>'


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\url{~x} and~y", "~x and\u00a0y"),
        (r"see \url{http://a.b/~c_d--e%20f#g}", "see http://a.b/~c_d--e%20f#g"),
        (r"\path{a_b}--c", "a_b–c"),
        (r"\nolinkurl{a.b/~c}", "a.b/~c"),
        (r"\frac{1}{2}", "1/2"),
        (r"$\frac12$ and $\tfrac{3}{4}$", "1/2 and 3/4"),
        (r"\nicefrac{1}{2}", "1/2"),
        (r"$\frac{a+b}{c}$", "(a+b)/c"),
        (r"The \TeX book, \LaTeX{} and {\BibTeX}", "The TeXbook, LaTeX and BibTeX"),
        (r"\LaTeXe", "LaTeX2ε"),
        (r"{\copyright} 2014 \pounds 5 \S 3 \P 4", "© 2014 £5 §3 ¶4"),
        (r"\ddag{} \lq a\rq{} \slash b", "‡ ‘a’ /b"),
        ("A `word', ``two `in' two'', (`x')", "A ‘word’, “two ‘in’ two”, (‘x’)"),
        ("`code` and ``a `code` more''", "`code` and “a `code` more”"),
        ("`it's all' end's", "‘it's all’ end's"),
        ("D`Angelo's `{E}-cadherin'", "D`Angelo's ‘E-cadherin’"),
        (r"$a`b'$ \url{a`b'} Ca'foscari n'", "a`b′ a`b' Ca'foscari n'"),
        (r"A\hskip 1em plus 0.5em minus 0.4em\relax B", "A B"),
        (r"{\small A} {\Large B}", "A B"),
        (r"\t{oo} \textcommabelow{s} $\vec{x}$", "o͡o ș x⃗"),
        (r"\texorpdfstring{$\alpha$}{alpha} cells", "alpha cells"),
        (r"\textsc{xii}", XII),
        (r"the {\sc xii} century", f"the {XII} century"),
        (r"the {\scshape xii} century", f"the {XII} century"),
        (r"\SI{5}{\micro m}", "5 µm"),
        (r"Name\textsuperscript{TM}", "Name™"),
    ],
)
def test_commands_of_tex(latex: str, text: str) -> None:
    unknown: set[str] = set()
    assert (decode(latex, unknown), unknown) == (text, set())


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Otý\u0301n", r"Ot{\'{\'y}}n"),
        ("y\u0301\u0301", r"{\'{\'y}}"),
        ("q\u0303", r"{\~q}"),
        ("\u0301x", "x"),
        ("x\u0348", "x"),
        ("Name™ ©", r"Name\textsuperscript{TM} {\textcopyright}"),
        ("€5 £5 §3 ¶4", r"{\texteuro}5 {\pounds}5 {\S}3 {\P}4"),
        ("ﬁ ℃ ⅓", r"fi {\textdegree}C 1/3"),
        ("¿ ¡ ‰ ‡", r"{\textquestiondown} {\textexclamdown} {\textperthousand} {\ddag}"),
        ("１２Ａ", "12A"),
        ("Bảo Phương ổ ứ", r"Bao Phuong {\^o} {\'u}"),
        ("Ștefan s\u0326", r"{\c{S}}tefan {\c{s}}"),
        ("Ǿ ħ ĳ ǆ", r"{\'{\O}} h ij d{\v{z}}"),
        ("a ⇌ b", r"a $\rightleftharpoons$ b"),
    ],
)
def test_bibtex_is_ascii(text: str, latex: str) -> None:
    assert ascii_(text) == latex
    assert latex.isascii()


def test_letters_without_a_command_stay() -> None:
    assert ascii_("漢字 Ж й") == "漢字 Ж й"
    assert unicode_("™ x\u0348") == "™ x\u0348"


def test_letters_that_lose_an_accent() -> None:
    text = "Bảo Phương Nguyễn ổ Ștefan Ǿ ħ ĳ ǆ Müller Łódź 漢 й β x"
    assert [sign for sign in text if loses_accent(sign)] == ["ả", "ư", "ơ", "ổ", "Ș", "ħ"]
