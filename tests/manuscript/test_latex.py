"""Citations in LaTeX: as this reads them, and as LaTeX itself does."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bclm_cli.manuscript import scan
from bclm_cli.manuscript.readers.latex import Reader as LatexReader
from bclm_cli.manuscript.walk import Reader
from support.tools import needs


def cited(text: str, reader: Reader | None = None) -> list[str]:
    """The keys, and what is reported in angle brackets."""
    return [
        mention.text if mention.kind == "key" else f"<{mention.kind}>"
        for mention in (reader or LatexReader()).mentions(text)
    ]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\cite{a}", ["a"]),
        (r"\cite{a,b , c}", ["a", "b", "c"]),
        (r"\cite{ a ,, b,}", ["a", "b"]),
        (r"\citep[see][p.~3]{a}", ["a"]),
        (r"\citep [see] [p. 3] {a}", ["a"]),
        (r"\citet*{a} \Citet{b} \citeyearpar{c}", ["a", "b", "c"]),
        (r"\cite[see {]} here]{a}", ["a"]),
        (r"\cite[\emph{x}, \S 3]{a}", ["a"]),
        (r"\parencite{a}\textcite{b}\autocite*[2]{c}\footcite{d}", ["a", "b", "c", "d"]),
        (r"\autocites(see)(etc.)[3]{a}[see][4]{b}{c,d} x", ["a", "b", "c", "d"]),
        (r"\volcite{2}[3]{a} \pvolcite[see]{IV}[5]{b}", ["a", "b"]),
        (r"\volcites(x)(y)[see]{1}[3]{a}{2}{b}", ["a", "b"]),
        (r"\citefield{a}{title} \citename{b}{author}", ["a", "b"]),
        (r"\cite<see>[p. 3]{a} \citeA{b} \citeNP{c}", ["a", "b", "c"]),
        (r"\citen{a} \citenum{b} \citeonline{c}", ["a", "b", "c"]),
        (r"\textcquote[see][3]{a}[.]{x \cite{b}} \textcquote*{c}{x}", ["a", "b", "c"]),
        (r"\blockcquote[3]{a}{x} \foreignblockcquote{french}[3]{b}{x}", ["a", "b"]),
        (r"\foreigntextcquote{french}[3]{a}{x} \hyphentextcquote*{french}{b}{x}", ["a", "b"]),
        (r"\hyphenblockcquote{a}{b}{x} \hybridblockcquote{french}[see][]{c}{x}", ["b", "c"]),
        (r"\begin{displaycquote}[see][3]{a}[.] x \cite{b} \end{displaycquote}", ["a", "b"]),
        (r"\begin{foreigndisplaycquote}{french}[3]{a} x \end{foreigndisplaycquote}", ["a"]),
        (r"\begin{hyphendisplaycquote}{french}{a} x \end{hyphendisplaycquote}", ["a"]),
        (r"\nocite{*}", ["*"]),
        (r"\nocite{a,*}", ["a", "*"]),
        (r"\citep[see \citealt[4]{b}][\cite{c}]{a} \cite{d}", ["a", "b", "c", "d"]),
        ("\\cite{a,% why\n  b}", ["a", "b"]),
        ("\\cite% why\n  [3]% not\n  {a}", ["a"]),
        ("\\cite{a,\n  b}", ["a", "b"]),
        (r"\citeauthor{müller:2001/x.y+z}", ["müller:2001/x.y+z"]),
    ],
)
def test_forms_of_citations(text: str, keys: list[str]) -> None:
    assert cited(text) == keys


@pytest.mark.parametrize(
    "text",
    [
        r"% \cite{no}",
        r"50\% % \cite{no}",
        r"\\% \cite{no}",
        "\\begin{verbatim}\n\\cite{no}\n\\end{verbatim}",
        "\\begin{verbatim*}\\cite{no}\\end{verbatim*}",
        "\\begin{lstlisting}[language=TeX]\n% \\cite{no}\n\\end{lstlisting}",
        "\\begin{minted}{latex}\n\\cite{no}\n\\end{minted}",
        "\\begin{comment}\n\\cite{no}\n\\end{comment}",
        "\\begin{filecontents}{x.tex}\n\\cite{no}\n\\end{filecontents}",
        "\\begin{verbatim}\n\\cite{no}",
        r"\DefineVerbatimEnvironment{code}{Verbatim}{}\begin{code}\cite{no}\end{code}",
        r"\verb|\cite{no}| \verb*+\cite{no}+ \Verb[x=1]!\cite{no}!",
        r"\lstinline[language=TeX]|\cite{no}| \lstinline{\cite{no}",
        r"\mintinline{tex}|\cite{no}| \mintinline[x]{tex}{\cite{no}",
        r"\iffalse \cite{no} \fi",
        r"\iffalse \ifx\a\b \cite{no} \else \cite{no} \fi \iff \ifthenelse{x} \cite{no} \fi",
        "\\iffalse % \\fi\n\\cite{no}",
        "\\if0 \\cite{no} \\fi \\if0\n\\cite{no} \\fi \\if01\\cite{no}\\fi",
        "\\endinput\n\\cite{no}",
        r"\end{document} \cite{no}",
        r"\cite \bibcite{no}{1} \bibitem{no} \citestyle{no} \setcitestyle{no} \defcitealias{no}{x}",
        r"\newcommand{\cite}[1]{#1} \let\cite\relax \cite",
        r"\textbackslash cite\{no\} \\cite{no}",
        r"\label{no} \ref{no} \glspl{no} \excite{no}",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\verb|x| \cite{a}", ["a"]),
        (r"\verb|%| \cite{a}", ["a"]),
        ("\\begin{verbatim}%\\end{verbatim}\\cite{a}", ["a"]),
        (r"\iffalse \cite{no} \else \cite{a} \fi \cite{b}", ["a", "b"]),
        (r"\iffalse\fi\cite{a}", ["a"]),
        (r"\iffalse \newif\ifdraft \cite{no} \fi \cite{a}", ["a"]),
        (r"\if0 \cite{no} \else \cite{a} \fi \if00 \cite{b}\fi", ["a", "b"]),
        (r"\if0\blind \cite{a} \fi \if1\blind \cite{b} \fi", ["a", "b"]),
        ("\\cite{a} \\endinput \\cite{b}\n\\cite{no}", ["a", "b"]),
        ("\\ifx\\a\\b\n\\endinput\n\\fi\n\\newcommand{\\x}{\\endinput}\n\\cite{a}", ["a"]),
        (r"\iffalse \cite{no} \fi{\cite{a}}", ["a"]),
        (r"\iffalse \ifthenelse{x}{\cite{no}}{} \fi[\cite{a}]", ["a"]),
        (r"\url{https://example.org/%20x} \cite{a}", ["a"]),
        (r"\href{https://example.org/%20x}{see \cite{a}} \cite{b}", ["a", "b"]),
        (r"\% \cite{a} \\ \cite{b} \{ \cite{c}", ["a", "b", "c"]),
        (r"\citetext{see \citealp{a}; \citealp{b}}", ["a", "b"]),
        (r"\emph{x \footnote{\cite{a}}}", ["a"]),
        (r"\makeatletter\cite@x{no}\makeatother\@\cite{a}", ["a"]),
    ],
)
def test_what_stands_beside_it(text: str, keys: list[str]) -> None:
    assert cited(text) == keys


@pytest.mark.parametrize(
    ("definition", "use"),
    [
        (r"\newcommand{\see}[1]{(see \cite{#1})}", r"\see{a}"),
        (r"\newcommand*\see[1]{\cite[see][]{#1}}", r"\see{a}"),
        (r"\renewcommand{\see}[2][]{\citep[see][#1]{#2}}", r"\see[p. 3]{a}"),
        (r"\newcommand{\see}[2]{#1 \cite{#2}}", r"\see{some {bold} words}{a}"),
        (r"\NewDocumentCommand{\see}{o m}{\cite[#1]{#2}}", r"\see[3]{a}"),
        (r"\NewDocumentCommand\see{m O{x} m}{#1 \cite[#2]{#3}}", r"\see{words}[3]{a}"),
        (r"\def\see#1{\cite{#1}}", r"\see{a}"),
        (r"\let\see\citep", r"\see[3]{a}"),
        (r"\let\see=\citep", r"\see{a}"),
        (r"\newcommand{\see}[1]{\cite{#1}}\let\seen\see", r"\seen{a}"),
        (r"\newcommand{\mc}[1]{\footcite{#1}}\newcommand{\md}[1]{\mc{#1}}", r"\md{a}"),
        (r"\newcommand{\mc}[1]{\cite{#1}}\newcommand{\md}{see \mc}", r"\md{a}"),
        (r"\newcommand{\see}[2]{\citep{#1,#2}}", r"\see{}{a}"),
        (r"\newcommand{\see}{\citep*}", r"\see{a}"),
        (r"\newcommand{\see}{~\citep[see][]}", r"\see{a}"),
        (r"\newcommand{\see}[1]{\cite{#1}}", r"\see{%" + "\na}"),
        (r"\newcommand{\see}[1]{\a{\b{\c{\d{\cite{#1}}}}}}", r"\see{a}"),
        (r"\NewDocumentCommand{\see}{s O{} m}{\x{#1}{\cite[#2]{#3}}{\cite{#3}}}", r"\see*[3]{a}"),
        (r"\newenvironment*{q}[1]{\x\citep{#1}}{\y}", r"\begin{q}{a}x\end{q}"),
        (r"\NewDocumentEnvironment{q}{o m}{x}{\cite[#1]{#2}}", r"\begin{q}[3]{a}x\end{q}"),
        (r"\newcommand{\see}{\autocites}", r"\see{a}"),
        (r"\DeclareCiteCommand{\see}{}{}{}{}", r"\see[3]{a}"),
        (r"\DeclareMultiCiteCommand{\sees}{\see}{}", r"\sees[3]{a}"),
        (r"\newcites{sup,web}{More,Web}", r"\citesup{a}"),
    ],
)
def test_macros_that_cite(definition: str, use: str) -> None:
    assert cited(definition + "\n" + use) == ["a"]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\newcommand{\see}[1]{\cite{pre#1,x}}\see{a,b}", ["x", "prea", "b"]),
        (r"\newcommand{\see}[2]{#2 \cite{#1}}\see{a}{b \cite{c}}", ["a", "c"]),
        (r"\newcommand{\see}[2]{#2 \cite{#1}}\cite[\see{a}{b]}]{c}", ["c", "a"]),
        (r"\newcommand{\see}[2]{\parencites[1]{#1}{#2}}\see{a}{b}", ["a", "b"]),
        (r"\newcommand{\see}[2]{\citep{#1,#2}}\see{a}{b}", ["a", "b"]),
        (r"\newcommand{\see}[1]{\citet{#1} \cite{#1}}\see{a,b}", ["a", "b"]),
        (r"\newcommand{\see}[1]{\cite{x#1}\see{y#1}}\see{a}", ["xa", "xya"]),
    ],
)
def test_what_else_macros_cite(text: str, keys: list[str]) -> None:
    assert cited(text) == keys


def test_macros_stay_known_in_the_next_file() -> None:
    reader = LatexReader()
    assert cited(r"\newcommand{\see}[1]{\cite{#1}}", reader) == []
    assert cited(r"\see{a}", reader) == ["a"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"\cite{a", ["<broken>"]),
        ("\\cite{a\n\nb} \\cite{c}", ["<broken>", "c"]),
        (r"\cite[see {a}", ["<broken>"]),
        ("\\cite[see\n\n]{a}", ["<broken>"]),
        (r"\cite{\pick} \cite{b}", ["<unclear>", "b"]),
        (r"\cite{a {b}} \cite{c}", ["<unclear>", "c"]),
        (r"\cite{#1} \cite{b}", ["<unclear>", "b"]),
        (r"\newcommand{\x}[1]{\cite{#2}}\x{a}", ["<unclear>"]),
        (r"\newcommand{\x}[1][a]{\cite{#1}}\x[b]", ["<unclear>"]),
        (r"\def\x#1.{\cite{#1}}\x a.", ["<unclear>"]),
        (r"\def\x[#1]{\cite{#1}}\x[a]", ["<unclear>"]),
        (r"\newcommand{\x}[1]{\newcommand{\y}[1]{\cite{##1}}}", ["<unclear>"]),
        (r"\newcommand{\x}[1]{\cite{a#1}}\x{\pick}", ["<unclear>"]),
        (r"\newcommand{\x}[1]{\cite{#1}}\x{\pick}", ["<unclear>"]),
        (r"\newcommand{\x}[2]{\cite{#2}}\x{a}\x{{{{{}}}}}{b}", ["<unclear>"] * 2),
        (r"\newcommand{\x}[1]{" + "{" * 20 + r"\cite{#1}" + "}" * 21, ["<unclear>"]),
        (r"\cite[" * 30 + r"\cite{a}", ["<broken>"] * 20),
    ],
)
def test_what_hides_a_key_is_said(text: str, found: list[str]) -> None:
    assert cited(text) == found


@pytest.mark.parametrize(
    ("text", "included"),
    [
        (r"\input{a}", ["a"]),
        (r"\input a \relax", ["a"]),
        (r'\input{"a b"}', ["a b"]),
        (r"\include{a/b.tex}", ["a/b.tex"]),
        (r"\subfile{a}\subfileinclude{b}", ["a", "b"]),
        (r"\import{a/}{b} \subimport*{a}{b}", ["a/b", "a/b"]),
        (r"\InputIfFileExists{a}{}{}", ["a"]),
        (r"% \input{no}", []),
        (r"\input{#1} \input{glyphtounicode} \input\jobname", []),
    ],
)
def test_included_files(text: str, included: list[str]) -> None:
    found = list(LatexReader().mentions(text))
    assert [(mention.kind, mention.text) for mention in found] == [
        ("include", name) for name in included
    ]


NATBIB = r"""
\documentclass{article}
\usepackage{natbib}
\usepackage{verbatim}
\newcommand{\see}[2][]{\citep[see][#1]{#2}}
\let\old\citep
\newcommand{\both}[2]{\see{#1}\citet{#1, pre#2}}
\newcommand{\more}{see~\citep[see][]}
\newenvironment{noted}[1]{\begin{quote}\citep{#1}}{\end{quote}}
\begin{document}
\cite{a1} \citep[see \citealt{a3}][p. 3]{a2, a4} \see[p. 3]{a5} \citet*{a6}% \cite{no}
\verb|\cite{no}|
\begin{verbatim}
\cite{no}
\end{verbatim}
\begin{comment}
\cite{no}
\end{comment}
\include{chapter}
\input section
\iffalse \cite{no} \ifx\a\b \else \fi \cite{no} \else \cite{b1} \fi
\citeauthor {b2} \citeyearpar{b3,% why
  b4} \citetext{see \citealp{b5}} \old{b6} \Citet{b7}
\nocite{*} \nocite{b8} \both{c1}{c2} \more{c3} \begin{noted}{c4}x\end{noted} \input{ended}
\if0 \cite{no} \fi
\bibliographystyle{plainnat}\bibliography{x}
\end{document}
\cite{no}
"""

BIBLATEX = r"""
\documentclass{article}
\usepackage[backend=biber,style=authoryear]{biblatex}
\addbibresource{x.bib}
\newcommand{\see}[2][]{\parencite[see][#1]{#2}}
\newcommand{\deep}[2]{\parencites{#1}{#2}}\newcommand{\deeper}[2]{\deep{#1}{#2}}
\begin{document}
\cite{a1} \parencite[see][p. 3]{a2, a3} \see[p. 3]{a4} \textcite*{a5}% \cite{no}
\autocites(see)(etc)[1]{b1}[2][3]{b2}{b3} \volcite{2}[p. 3]{b4} \citetitle*{b5} \footcite{b6}
\volcites(x)(y)[see]{1}[3]{b7}{2}{b8} \include{chapter}
\nocite{c1,c2} \fullcite{c2} \pvolcite[see]{5}[7]{c3} \nocite{*} \citename{c4}{author}
\deeper{d1}{d2}
\end{document}
"""

SET = r"\begin{document}\defbibentryset{set}{a,b}\cite{c,set}\end{document}"


def build(folder: Path, text: str) -> None:
    (folder / "paper.tex").write_text(text)
    (folder / "x.bib").write_text("")
    (folder / "chapter.tex").write_text(r"\cite{chapter1}")
    (folder / "ended.tex").write_text("\\cite{c5}\n\\endinput \\cite{c6}\n\\cite{no}\n")
    (folder / "section.tex").write_text(r"\cite{section1}")
    command = ["pdflatex", "-interaction=batchmode", "-draftmode", "paper.tex"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=60)


@needs("pdflatex")
def test_natbib_asks_for_the_same_keys(tmp_path: Path) -> None:
    build(tmp_path, NATBIB)
    source, aux = (scan([str(tmp_path / f"paper.{suffix}")]) for suffix in ("tex", "aux"))
    assert source.remarks == aux.remarks == ()
    assert source.keys == aux.keys
    assert "no" not in source.keys
    assert len(source.keys) == 23


@needs("pdflatex", "kpsewhich")
def test_biblatex_asks_for_the_same_keys(tmp_path: Path) -> None:
    build(tmp_path, BIBLATEX)
    found = [scan([str(tmp_path / f"paper.{suffix}")]) for suffix in ("tex", "aux", "bcf")]
    assert [one.remarks for one in found] == [(), (), ()]
    assert found[0].keys == found[1].keys == found[2].keys
    assert len(found[0].keys) == 21


@needs("pdflatex", "kpsewhich")
def test_of_a_set_its_members_are_cited(tmp_path: Path) -> None:
    build(tmp_path, BIBLATEX.split(r"\begin")[0] + SET)
    found = [scan([str(tmp_path / f"paper.{suffix}")]) for suffix in ("tex", "bcf")]
    assert [one.keys for one in found] == [("a", "b", "c"), ("a", "b", "c")]
