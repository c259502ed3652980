"""The LaTeX commands that bear on citations, by what their arguments mean.

Gathered from LaTeX, cite, natbib, biblatex (with its natbib and mcite modes), csquotes, apacite,
harvard, jurabib, revtex, achemso, abntex2cite and bibentry. A capital first letter (`\\Citet`)
means the same.
"""

from __future__ import annotations


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


CITE = _words(
    # LaTeX, cite, natbib
    "cite nocite citen citet citep citealt citealp citealps citenum citeauthor citefullauthor "
    "citeyear citeyearpar citetalias citepalias onlinecite citeonline bibentry "
    # biblatex
    "parencite footcite footcitetext textcite smartcite supercite autocite citetitle citedate "
    "citeurl fullcite footfullcite notecite pnotecite fnotecite citename citelist citefield "
    "mcite mparencite mfootcite mfootcitetext mtextcite msupercite mautocite "
    # apacite, harvard, jurabib
    "citeA citeNP citeauthorNP citeyearNP fullciteA fullciteNP shortcite shortciteA shortciteNP "
    "fullciteauthor fullciteauthorA shortciteauthor shortciteauthorA maskcite maskciteA "
    "citeasnoun citeaffixed possessivecite citeauthort citeauthorp citefullauthort "
    "citefullauthorp shortcitet shortcitep shortcitealt shortcitealp shortciteauthort "
    "shortciteauthorp footcitet footcitep footcitealt footcitealp footciteauthor footciteyear "
    "citetitleonly footcitetitleonly "
    # csquotes
    "textcquote blockcquote begin{displaycquote}"
)
"""Stars and optional arguments, then one group of keys."""

CITES = _words("cites parencites footcites footcitetexts textcites smartcites supercites autocites")
"""The same over and over: `\\cites[pre][post]{a}[pre][post]{b}`, after `(pre)(post)` for all."""

_VOLCITE = _words("volcite pvolcite fvolcite ftvolcite svolcite tvolcite avolcite")
VOLCITES = frozenset(name + "s" for name in _VOLCITE)
"""A volume stands in a group before the keys: `\\volcite[pre]{2}[page]{key}`."""

GROUP_CITE = _VOLCITE | _words(
    "foreigntextcquote hyphentextcquote foreignblockcquote hyphenblockcquote hybridblockcquote "
    "begin{foreigndisplaycquote} begin{hyphendisplaycquote}"
)
"""Likewise once, with a volume or, in csquotes, with a language."""

INPUT = _words("input include subfile subfileinclude InputIfFileExists includestandalone")
IMPORT = _words("import subimport inputfrom subinputfrom includefrom subincludefrom")
"""Folder and file in two groups, from the package import."""

BIBLIOGRAPHY = _words("bibliography addbibresource addglobalbib addsectionbib")
"""Their group names files of references."""

RAW_ARGUMENT = _words("url path nolinkurl href")
"""A percent sign in their first group begins no comment."""


VERBATIM_ENVIRONMENTS = _words(
    "verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim VerbatimOut lstlisting "
    "minted comment filecontents filecontents*"
)
VERBATIM_DEFINITIONS = _words(
    "DefineVerbatimEnvironment lstnewenvironment newverbatim newtcblisting excludecomment"
)
"""Their first group names a new environment of that kind."""

DEFINITIONS = _words(
    "newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd "
    "NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand "
    "def gdef edef xdef let "
    "newenvironment renewenvironment NewDocumentEnvironment RenewDocumentEnvironment "
    "ProvideDocumentEnvironment DeclareDocumentEnvironment"
)
CITE_DEFINITIONS = _words("DeclareCiteCommand")
CITES_DEFINITIONS = _words("DeclareMultiCiteCommand")

STYLES = {
    "documentclass": ".cls",
    "LoadClass": ".cls",
    "usepackage": ".sty",
    "RequirePackage": ".sty",
}
"""How files end that define commands; those beside the manuscript are its own."""

PICTURES = (
    ".pdf_tex", ".eps_tex", ".svg_tex", ".ps_tex", ".pdf_t", ".pstex_t", ".pdftex_t", ".pgf",
    ".eepic", ".pdf", ".png", ".jpg", ".svg", ".eps",
)  # fmt: skip
"""How files end in which programs have drawn something."""

DISTRIBUTION_FILES = _words("glyphtounicode")
"""What manuscripts take from TeX itself; it cites nothing."""
