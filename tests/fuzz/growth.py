"""Look for inputs whose cost grows faster than they do: one unit repeated, read at two lengths.

Not part of the test run. `python tests/fuzz/growth.py [SECONDS] [SEED] [KIND...]` tries random
units of every kind of file that the program reads, and prints those that take much more than ten
times as long at ten times the length, or more than a few microseconds a character. Whatever it
finds becomes a case in tests/fuzz/hostile.py.
"""

from __future__ import annotations

import gc
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from support.paths import ROOT

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))
sys.path.insert(0, str(ROOT))

from bclm_cli import manuscript, paths
from bclm_cli.checks import data
from bclm_cli.errors import BclmError
from fuzz.hostile import take_in

SHORT, LONG = 40_000, 400_000
SECONDS_PER_CHARACTER = 4e-6

TOKENS: dict[str, list[str]] = {
    "bibtex": [
        "@article{k#,title={t#}", "@book{k#,title={t}", "@inbook{k#,title={t}", "@xdata{k#",
        "@string{s#={x}}", "@string{s#=s1 # s2}", "@comment{", "@a(", ",crossref={k#}",
        ",crossref={k1}", ",xdata={k#,k1}", ",xdata={k1,k2,k3}", ",author={", ",editor={", ",f#=1",
        ",year=2012", ",month=jan", ",date={2012/2013}", ",doi={10.1000/x#}",
        ",url={http://x.y/#}", ",pages={1--9}", ",keywords={a, b}", ",note={PMID: #}",
        ",abstract={", ",journal=s#", "A, B", "{A} b, C", "A B", "a van b", " and ", "others",
        "\\'e", "{\\'e}", "\\textit{x}", "$\\beta$", "$", "^", "~", "\\", "{", "}", "}", "}",
        "}\n", "\n", '"', "#", "=", ",", ";", "&", " ", "%", "<i>", "&amp;", "x#", "é", "--",
        "\u00a0",
    ],
    "ris": [
        "TY  - JOUR\n", "TY  - BOOK\n", "TI  - x#\n", "AU  - A, B\n", "AU  - a, b; c, d\n",
        "AU  - A B and C D et al.\n", "PY  - 2012\n", "DA  - 2012/08/15/spring\n",
        "DO  - 10.1000/#\n", "UR  - http://x.y/# http://x.z\n", "N1  - PMID: #\n", "KW  - a\n",
        "KW  - b#\n", "SP  - 1-9\n", "SN  - 1234-5678\n", "AB  - <i>x</i> &amp; y\n", "C7  - e#\n",
        "M3  - Article\n", "ER  - \n", "x y\n", "\n", " ", "#", "  - ", "XX  - #\n", "TY - JOUR\n",
        "ER", "a#\n", ",", ";", "<", "&",
    ],
    "nbib": [
        "PMID- #\n", "TI  - x#\n", "FAU - A, B\n", "AU  - A B\n", "CN  - body #\n",
        "DP  - 2012 Aug\n", "LID - 10.1000/# [doi]\n", "AID - e# [pii]\n", "PMC - PMC#\n",
        "IS  - 1234-5678 (Print)\n", "AB  - x\n", "      y\n", "      y#\n",
        "PT  - Journal Article\n", "RIN - x\n", "GN  - a\n", "OT  - b\n", "\n", "x\n",
        "PG  - 105-9\n", "TT  - x\n", "XX  - #\n", "-", " ",
    ],
    "enw": [
        "%0 Journal Article\n", "%T x#\n", "%A A, B\n", "%A A B\n", "%D 2012\n", "%8 Aug 15\n",
        "%R 10.1000/#\n", "%U http://x.y/#\n", "%K a\n", "b#\n", "%Z PMID: #\n", "%J x\n",
        "%P 1-9\n", "%X <xml>x</xml>\n", "\n", "x\n", "%", "%@ 1234-5678\n", "%7 2nd\n",
    ],
    "csljson": [
        '{"id":"k#","title":"t#"', ',"author":[', '{"family":"a","given":"b#"},', '"A, B",', "]",
        "}", "},", "[", "{", ',"issued":{"date-parts":[[2012]]}', ',"issued":"2012"',
        ',"DOI":"10.1000/#"', ',"f#":1', ',"note":"PMID: #\\n"', ',"custom":{"a#":[1,{"b":null}]}',
        ',"page":"1-9"', ",", ":", '"', "\\u0041", "1", "null", " ", "\n", "<b>", "&lt;",
    ],
    "cslyaml": [
        "references:\n", "- id: k#\n  title: t#\n", "  author:\n",
        "  - family: a\n    given: b#\n", "  - {family: a, given: b}\n", "  issued: 2012\n",
        "  f#: 1\n", "  note: 'PMID: #'\n", "  custom:\n    a#: [1]\n", "- ", "  ", "[", "{", "]",
        "}", "'", '"', "*a", "&a", "<<: *a\n", "? ", "|\n", ">\n", "#", "\n", ": ", "!!x", "- a\n",
        "a#: b\n", "---\n", "^x^", "*x*", "`x`",
    ],
    "hayagriva": [
        "k#:\n  title: t#\n", "  type: article\n", "  author: A, B\n", "  author:\n",
        "    - A, B\n", "    - name: a\n      given-name: b\n", "  parent:\n    title: p#\n",
        "    type: periodical\n", "  parent:\n", "    - title: p\n",
        "  serial-number:\n    doi: 10.1000/#\n", "  f#: 1\n", "  note: 1; 2; #\n",
        "  date: 2012\n", "  page-range: 1-9\n", "  affiliated:\n",
        "    - role: translator\n      names: A, B\n", "{", "}", "'", "\n", "  ", "- ", "[", "]",
    ],
    "csv": [
        "key,title,author,other\n", "k#,t#,a\n", "k#,t#,A; B,\n", 'k#,"t', '"\n', '""', ",", ";",
        "\n", "x", '"', '{"a#":1}', '"{""author"":[{""family"":""b""}]}"',
        'k#,t#,A; B,"{""author"":[{""family"":""A""}]}"\n', "[", "'=", "\t", "sep=;\n",
    ],
    "references.yaml": [
        "references:\n", "  - id: k#\n    type: book\n    title: t#\n", "    author:\n",
        "      - {family: A, given: B#}\n", "      - literal: x#\n", "    issued: '2012'\n",
        "    page: 105-9\n", "    DOI: 10.1000/#\n", "    DOI: 10.1000/x\n", "    PMID: '#'\n",
        "    container-title: J#\n", "    container-title-short: J\n", "    f#: 1\n",
        "    custom:\n      aliases: [a#, b]\n", "    custom:\n      a#: [1, {b: c}]\n",
        "    abstract: <i>x</i> \\textit{y}\n", "    volume: '#'\n", "    title: A TITLE\n",
        "  - id: k\n", "  ", "-", "x#", ":", "\n", "'", "[", "{", "}", "]", "<", "&", "a b ",
    ],
    "steps.yaml": [
        "factors:\n  - name: F1\n    kind: gene\nsteps:\n  - id: a\n    claims:\n", "factors:\n",
        "  - name: F#\n    kind: gene\n", "    synonyms: [s#, F1, x]\n",
        "    identifier: HGNC:#\n", "    full-name: f#\n", "steps:\n",
        "  - id: s#\n    name: S#\n", "    summary: x\n    from: a\n    to: b\n", "    claims:\n",
        "      F#:\n", "      F1:\n",
        "        - effect: promotes\n          statement: x # y.\n          reference: k#\n",
        "        - effect: promotes\n          statement: x\n          reference: k\n",
        "          cancer: x#\n", "context:\n", "  F#:\n", "    - statement: x#\n", "x#", "\n",
    ],
    ".tex": [
        "\\cite{k#}", "\\cite[p. #]{k1,k2}", "\\cite", "{", "}", "[", "]", "%", "\n", "\\",
        "\\newcommand{\\c#}{\\cite{x}}", "\\c1", "\\c#", "\\def\\d#{\\c1}", "#1", "\\d#{x}",
        "\\begin{verbatim}", "\\end{verbatim}", "\\begin{comment}", "\\iffalse", "\\fi",
        "\\verb|x|", "\\input{x}", "\\bibitem{k#}", "\\nocite{*}", "\\autocites(a)(b)[c]{k#}{k}",
        "$", "text ", "\\newcommand{\\e#}[2][x]{\\cite[#1]{#2}}", "\\let\\l#\\cite", "\\l#{k}",
        "\\printbibliography",
    ],
    ".aux": [
        "\\citation{k#}", "\\abx@aux@cite{0}{k#}", "\\bibcite{k#}{1}", "\\@input{x#.aux}", "{",
        "}", "\n", "\\", "k#,", "%", " ",
    ],
    ".bcf": [
        '<bcf:citekey order="1">k#</bcf:citekey>', "<a>", "</a>", "<a b='#'/>", "&amp;", "<", ">",
        "\n", "<!--", "-->", "<![CDATA[", "]]>", "x#",
    ],
    ".md": [
        "@k#", "[@k#; @k]", "[-@k#, p. 3]", "@{k#}", "`", "``", "```\n", "~~~\n", "\n", "\n\n",
        "    ", "<!--", "-->", "---\n", "nocite: |\n  @k#\n", "\\", "[", "]", "(", ")", "x ",
        "a@b.c ", "$", "> ", "- ", "<span>", "https://x.y/@k ", "{{< include x.md >}}\n", "[^n#]",
        "[^n#]: @k\n", "*", "_", "[@tag:x#]: doi:10.1000/#\n",
        "citekey-aliases:\n", "  t#: pmid:#\n",
    ],
    ".typ": [
        "@k#", "@k#[p. 3]", "#cite(<k#>)", '#cite(label("k#"))', "<k#>", "`", "```", "//", "/*",
        "*/", '"', "\n", "#let c# = cite", "#c#(<k>)", "#[", "]", "{", "}", "(", ")", "$", "\\",
        "x ", '#include "x.typ"\n', "#figure[x] <f#>", '#bibliography("x.bib")', "https://x.y/@k ",
        "#let gloss# = (", "gloss", "key#: (", '\\"', ",",
    ],
}  # fmt: skip
"""What units are made of; # is a number that counts up."""


class _TooLongError(Exception):
    pass


def _alarm(*_: object) -> None:
    raise _TooLongError


def _pick(random_: random.Random, tokens: list[str], most: int) -> str:
    return "".join(random_.choices(tokens, k=random_.randint(0, most)))


def _text(parts: tuple[str, str, str], size: int) -> str:
    before, unit, after = parts
    count = max(1, size // len(unit))
    return before + "".join(unit.replace("#", str(n)) for n in range(count)) + after


def _import(text: str, name: str) -> None:
    take_in(text.encode("utf-8", "surrogatepass"), name)


def _check(text: str, name: str) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(text, encoding="utf-8")
        layers, within = data.gather([Path(folder)], [], shipped=False)
        data.check(layers, within)


def _scan(text: str, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"paper{suffix}"
        path.write_text(text, encoding="utf-8")
        manuscript.scan([str(path)])


def _seconds(text: str, name: str) -> float:
    """What reading takes, as the program reads a file of this kind."""
    read = _scan if name[0] == "." else _check if name in paths.DATA_FILES else _import
    gc.collect()
    gc.disable()
    begun = time.process_time()
    with suppress(BclmError):
        read(text, name)
    gc.enable()
    return time.process_time() - begun


def main() -> None:
    """Try units until the time is over."""
    end = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else 600)
    random_ = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    signal.signal(signal.SIGALRM, _alarm)
    kinds, tried = sys.argv[3:] or list(TOKENS), 0
    while time.monotonic() < end:
        name = random_.choice(kinds)
        tokens = TOKENS[name]
        unit = _pick(random_, tokens, 8)
        if not unit:
            continue
        first = tokens[0] if random_.random() < 0.7 else ""
        parts = first + _pick(random_, tokens, 3), unit, _pick(random_, tokens, 3)
        tried += 1
        signal.alarm(20)
        try:
            short = _seconds(_text(parts, SHORT), name)
            long = _seconds(_text(parts, LONG), name)
        except _TooLongError:
            short, long = 0.0, 20.0
        except Exception as error:
            signal.alarm(0)
            print(f"{type(error).__name__}: {error}\n    {name} {parts!r}", flush=True)
            continue
        signal.alarm(0)
        if (long > 0.2 and long > 14 * short) or long > LONG * SECONDS_PER_CHARACTER:
            print(f"{short:7.3f} {long:7.3f} s  {name} {parts!r}", flush=True)
    print(f"{tried:,} units tried")


if __name__ == "__main__":
    main()
