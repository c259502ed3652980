"""Values of a .bib, mended as they stand."""

from __future__ import annotations

import pytest

from bclm_cli.formats.bibtex import mend
from bclm_cli.formats.bibtex.capitals import dictionary

TERMS = dictionary(frozenset({"CXCR4", "ICAM-1", "E-cadherin", "Kupffer cell", "p53", "Integrin"}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://doi.org/10.1000/x", "10.1000/x"),
        ("doi: 10.1000/x.", "10.1000/x"),
        ("10.1000/x\\_1", "10.1000/x_1"),
        ("{10.1000/x}", "10.1000/x"),
        ("10.1000/x", "10.1000/x"),
        ("not a doi", "not a doi"),
        ("", ""),
    ],
)
def test_doi(old: str, new: str) -> None:
    assert mend.doi(old) == new


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://doi.org/10.1000/x", "10.1000/x"),
        ("http://dx.doi.org/10.1000/x\\_1 ", "10.1000/x_1"),
        ("https://doi.org/10.1000%2Fx", "10.1000/x"),
        ("doi.org/10/abc12", "10/abc12"),
        ("https://doi.org/10.1000/x?locatt=mode:legacy", ""),
        ("https://doi.org/10.1000/x#part", ""),
        ("https://doi.org/10.1000/x, https://example.org", ""),
        ("https://doi.org/", ""),
        ("https://doi.org/10.1000/x%7B", ""),
        ("https://example.org/doi/10.1000/x", ""),
        ("10.1000/x", ""),
        ("", ""),
    ],
)
def test_the_doi_that_an_address_is(address: str, found: str) -> None:
    assert mend.doi_of_address(address) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Muller A, Homey B, Soto H", "Muller, A and Homey, B and Soto, H"),
        ("Muller, A., Homey, B.", "Muller, A. and Homey, B."),
        ("van de Rijn M, Perou CM, et al.", "van de Rijn, M and Perou, CM and others"),
        ("A. Muller, B. Homey", "Muller, A. and Homey, B."),
        ("García López, J. C.", None),
        ("Smith J, Jr", None),
        ("Smith, Jr, John", None),
        ("Ann Roe, Bo Poe, Cy Doe", None),
        ("Foo, Ann, Bar, Bob", None),
        ("{Muller A, Homey B}", None),
        ("Roe, Ann and Poe, Bo", None),
        ("Example Group, Working Party", None),
    ],
)
def test_names_that_commas_divide(old: str, new: str | None) -> None:
    assert mend.divided(old) == (new or old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("11-19", "11--19"),
        ("11–19", "11--19"),
        ("11 -- 19", "11--19"),
        ("11---19", "11--19"),
        ("{11-19}", "{11--19}"),
        ("S11-S19", "S11--S19"),
        ("11--19", "11--19"),
        ("e00313-19", "e00313-19"),
        ("00313-19", "00313-19"),
        ("2020-01", "2020-01"),
        ("437-49", "437--49"),
        ("99-103", "99--103"),
        ("R12-S5", "R12-S5"),
        ("11-19, 25", "11-19, 25"),
        ("e123", "e123"),
        ("", ""),
    ],
)
def test_pages(old: str, new: str) -> None:
    assert mend.pages(old) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Loss of CXCR4 in cells", "Loss of {CXCR4} in cells"),
        ("ICAM-1, CXCR4: two", "{ICAM-1}, {CXCR4}: two"),
        ("E-cadherin.", "{E-cadherin}."),
        ("{CXCR4} and {{ICAM-1}}", "{CXCR4} and {{ICAM-1}}"),
        ("{Loss of CXCR4}", "{Loss of CXCR4}"),
        ("$CXCR4$ p53 Integrin CXCR5", "$CXCR4$ p53 Integrin CXCR5"),
        ("CXCR4/ICAM-1", "CXCR4/ICAM-1"),
        ("\\emph{CXCR4} \\{CXCR4\\}", "\\emph{CXCR4} \\{{CXCR4}\\}"),
        (r"\(CXCR4\) and \p53 and \CXCR4", r"\(CXCR4\) and \p53 and \CXCR4"),
    ],
)
def test_protected_names(old: str, new: str) -> None:
    assert mend.protected(old, TERMS) == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Cells & more", r"Cells \& more"),
        (r"Cells \& more 5\% a\_b \#1", r"Cells \& more 5\% a\_b \#1"),
        ("5% of a_b #1", r"5\% of a\_b \#1"),
        (r"10^6 cells, CD8$^+$, \^{o}", r"10{\textasciicircum}6 cells, CD8$^+$, \^{o}"),
        (r"A &amp; B&#946; {&lt;}3", r"A \& B$\beta$ {$<$}3"),
        (r"R&D; x &copy b \&amp;", r"R\&D; x \&copy b \&amp;"),
        ("TGF-β and α≥3", r"TGF-$\beta$ and $\alpha${}$\geq$3"),
        ("Müller–Ångström", "Müller–Ångström"),
        ("$a_b$ & c", r"$a_b$ \& c"),
        ("{IL_2 & α}", r"{IL\_2 \& $\alpha$}"),
        (r"\(a_b\) & \[c_d\] & e", r"\(a_b\) \& \[c_d\] \& e"),
        (r"\ensuremath{\alpha_{1}\beta_1} & c", r"\ensuremath{\alpha_{1}\beta_1} \& c"),
        (r"\emph{a & \ce{H_2O} & b}", r"\emph{a \& \ce{H_2O} \& b}"),
        (r"\doi{10.1000/a_b}, \ref {fig_1} & c", r"\doi{10.1000/a_b}, \ref {fig_1} \& c"),
        (r"\begin{math}a_b\end{math} & c", r"\begin{math}a_b\end{math} & c"),
        (r"\url{https://example.org/a_b?c&d}", r"\url{https://example.org/a_b?c&d}"),
        ("see www.example.org/a_b", "see www.example.org/a_b"),
    ],
)
def test_signs_that_stop_pdflatex(old: str, new: str) -> None:
    assert mend.settable(old) == new
