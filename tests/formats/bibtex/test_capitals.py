"""Which words of a title are put in braces: docs/bibtex.md's examples, and its tables."""

from __future__ import annotations

import pytest

from bclm_cli.formats import journal
from bclm_cli.formats.bibtex import capitals, writer
from bclm_cli.text.latex import ascii_, unicode_

TERMS = capitals.dictionary(
    frozenset(("TGF-β", "SDF-1", "Notch", "Kupffer cell", "Arp2/3 complex", "neutrophil", "Twist"))
)


def title(text: str, *, english: bool = True) -> str:
    return writer.title(text, ascii_, TERMS, english=english)


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        # inner capitals, and digits beside letters
        ("HER2 and mRNA in MDA-MB-231 cells", "{HER2} and {mRNA} in {MDA-MB-231} cells"),
        ("CXCL12/CXCR4-mediated homing", "{CXCL12/CXCR4}-mediated homing"),
        ("p53 and β1 integrin of 4T1 cells", "{p53} and {$\\beta$1} integrin of {4T1} cells"),
        ("TGF-β-induced and TGF-β1", "{TGF-$\\beta$}-induced and {TGF-$\\beta$1}"),
        ("IL-6, IL-8 and PGE2", "{IL-6}, {IL-8} and {PGE2}"),
        # names: a capital that is not the title's first letter
        ("Role of Kupffer cells", "Role of {Kupffer} cells"),
        ("Kupffer cells: A new role", "{Kupffer} cells: {A} new role"),
        ("Is it so? Perhaps", "Is it so? {Perhaps}"),
        # a small word tells in a short title, unless Title Case leaves it small
        ("How Camillo Golgi became “the Golgi”", "How {Camillo} {Golgi} became ``the {Golgi}''"),
        ("Cancer in Australia: An overview, Cancer Series",
         "Cancer in {Australia}: {An} overview, {Cancer} {Series}"),
        ("Where Marie Curie first met Pierre", "Where {Marie} {Curie} first met {Pierre}"),
        ("Back from Japan with Marie Curie Grants", "Back from Japan with Marie Curie Grants"),
        # a small letter behind a colon, which pandoc would make a capital
        ("Loss of cells: review of ten years", "Loss of cells{: }review of ten years"),
        ("Is it so? perhaps", "Is it so{? }perhaps"),
        ("A ratio of 1:2 in cells: 3 studies", "A ratio of 1:2 in cells: 3 studies"),
        ("Role of HER2: a review", "Role of {HER2: }a review"),
        ("E-cadherin and E-selectin", "E-cadherin and {E}-selectin"),
        ("T cells and B cells", "T cells and {B} cells"),
        ("“Seed and soil” revisited", "``{Seed} and soil'' revisited"),
        # ordinary words, numbers and ordinals
        ("Cancer statistics, 2012", "Cancer statistics, 2012"),
        ("The 1990s and the 21st century", "The 1990s and the 21st century"),
        ("A 5-year study of 10 mice", "A 5-year study of 10 mice"),
        # the dictionary
        ("Notch and Twist", "{Notch} and {Twist}"),
        ("Twisting the Arp2/3 complex", "Twisting the {Arp2/3} complex"),
        # marks
        ('The <span class="nocase">de novo</span> road', "The {de novo} road"),
        ("<i>Escherichia coli</i> in <i>Mus musculus</i>",
         "\\emph{Escherichia coli} in \\emph{{Mus} musculus}"),
        ("<sup>18</sup>F-FDG uptake", "{{\\textsuperscript{18}F-FDG}} uptake"),
        ("CD44<sup>hi</sup>CD24<sup>−</sup> cells",
         "{CD44\\textsuperscript{hi}CD24}\\textsuperscript{$-$} cells"),
        ("x<sup>Hi-Z</sup> a", "{x\\textsuperscript{Hi-Z}} a"),
        # Title Case and capitals say nothing about single words
        ("Role of HER2 in Breast Cancer Metastasis", "Role of {HER2} in Breast Cancer Metastasis"),
        ("Role of Notch in Breast Cancer Metastasis",
         "Role of {Notch} in Breast Cancer Metastasis"),
        ("METASTASIS OF BREAST CANCER WITH HER2", "METASTASIS OF BREAST CANCER WITH {HER2}"),
        ("HER2", "{HER2}"),
        ("", ""),
    ],
)  # fmt: skip
def test_protection(stored: str, written: str) -> None:
    assert title(stored) == written


def test_capitals_of_another_language_are_kept() -> None:
    german = "Die Bildung von Metastasen beim Krebs der Maus"
    assert title(german, english=False) == (
        "Die {Bildung} von {Metastasen} beim {Krebs} der {Maus}"
    )


@pytest.mark.parametrize(
    ("text", "ascii_form", "unicode_form"),
    [
        ("Müller, Łącki, Příklad", r'M{\"u}ller, {\L}{\k{a}}cki, P{\v{r}}{\'i}klad', None),
        ("Mu\u0308ller", r'M{\"u}ller', None),
        ("ế x̱́", r"{\'{\^e}} {\'{\b{x}}}", "ế " + r"{\'{\b{x}}}"),
        ("αβ, γδ T, 5 µm", r"$\alpha\beta$, $\gamma\delta$ T, 5 $\mu$m", "same"),
        ("β − γ, β−γ, β±γ", r"$\beta$ $-$ $\gamma$, $\beta${}$-${}$\gamma$, "
         r"$\beta${}$\pm${}$\gamma$", "same"),
        ("≥ 5, 10⁻¹², H₂O", r"$\geq$ 5, 10\textsuperscript{$-$12}, H\textsubscript{2}O", "same"),
        ("10\u2009mg, 5\u00a0%", r"10\,mg, 5~\%", "same"),
        ("A & B_1 #2 $3 {4} ~5 ^6 \\7", r"A \& B\_1 \#2 \$3 $\lbrace$4$\rbrace$ "
         r"{\textasciitilde}5 {\textasciicircum}6 {\textbackslash}7", "same"),
        ("a < b > c | d", "a $<$ b $>$ c $|$ d", "same"),
        ("1–2 — -- ''x'' “y” ‘z’", "1--2 --- -{}- '{}'x'{}' ``y'' `z'",
         "1–2 — -{}- '{}'x'{}' “y” ‘z’"),
        ("5′ and 3″", "5$'$ and 3$''$", "same"),
        ("so\u00adft\u200b hyphen", "soft hyphen", "same"),
        ("Кириллица 漢字", "Кириллица 漢字", "same"),
    ],
)  # fmt: skip
def test_letters_and_signs(text: str, ascii_form: str, unicode_form: str | None) -> None:
    from bclm_cli.text.control_chars import one_line

    want = {"same": ascii_form, None: one_line(text)}.get(unicode_form, unicode_form)
    assert (ascii_(one_line(text)), unicode_(one_line(text))) == (ascii_form, want)


@pytest.mark.parametrize(
    ("short", "full", "dotted"),
    [
        ("J Clin Oncol", "Journal of Clinical Oncology", "J. Clin. Oncol."),
        ("Nature", "Nature", "Nature"),
        ("CA Cancer J Clin", "CA: A Cancer Journal for Clinicians", "CA Cancer J. Clin."),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences of the "
         "United States of America", "Proc. Natl. Acad. Sci. U. S. A."),
        ("Cancers (Basel)", "Cancers", "Cancers (Basel)"),
        ("J. Clin. Oncol.", "Journal of Clinical Oncology", "J. Clin. Oncol."),
        ("J Clin Oncol", "", "J Clin Oncol"),
    ],
)  # fmt: skip
def test_abbreviations_get_their_full_stops(short: str, full: str, dotted: str) -> None:
    assert journal.dotted(short, full) == dotted
