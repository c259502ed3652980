"""BibTeX's values: LaTeX, names, dates, macros, and the cutting against bibtexparser's."""

from __future__ import annotations

import logging
import string
from unicodedata import normalize

import pytest
from bibtexparser.library import Library
from bibtexparser.middlewares.names import parse_single_name_into_parts
from bibtexparser.model import Entry as BibtexEntry
from bibtexparser.splitter import Splitter
from hypothesis import given, settings
from hypothesis import strategies as st

from bclm_cli.formats.bibtex import reader
from bclm_cli.formats.bibtex.blocks import Block, blocks
from bclm_cli.formats.bibtex.latex.decode import decode, decode_plain, decode_verbatim, is_wrapped
from bclm_cli.formats.bibtex.latex.decoder import Decoder
from bclm_cli.formats.bibtex.names import people
from bclm_cli.formats.interface import Entry, Problem
from bclm_cli.model.dates import Date
from bclm_cli.model.records import Name, Reference
from support.paths import DATA


def one(text: str) -> Reference:
    """The only reference of a text, which has no problem."""
    (found,) = reader.read(text)
    assert isinstance(found, Entry), found
    return found.reference


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"M{\"u}ller M\"uller M{\"{u}}ller M\"{u}ller", "Müller Müller Müller Müller"),
        (r"\'{\i} \'\i{} {\'\i} \i{}", "í í í ı"),
        (r"{\c{S}}ahin \c{C}elik \v{S}koda \H{o} \k{a} \r{a}", "Şahin Çelik Škoda ő ą å"),
        (r"Sm{\o}rgr{\aa}s {\L}{\'o}d{\'z} Stra{\ss}e {\AE}", "Smørgrås Łódź Straße Æ"),
        (r"{\'{\^e}}", "ế"),
        (r"a--b a---b ``q'' ?`que !`si", "a–b a—b “q” ¿que ¡si"),
        (r"5~\% \& \# \_ \{x\} \$5", "5\u00a0% & # _ {x} $5"),
        (r"$\beta$-catenin \textbeta{} {$\gamma$}-IFN $\Delta$", "β-catenin β γ-IFN Δ"),
        (r"$\geq$ $\pm$ $\times$ $-$1 37$^\circ$C 5\,$\mu$m", "≥ ± × −1 37°C 5\u2009μm"),
        (r"H$_2$O CD8$^{+}$ CD44\textsuperscript{hi}", "H<sub>2</sub>O CD8<sup>+</sup> "
         "CD44<sup>hi</sup>"),
        (r"\textit{in vivo} {\em in vitro} \emph{x} \textbf{y}",
         "<i>in vivo</i> <i>in vitro</i> <i>x</i> <b>y</b>"),
        (r"\textsuperscript+ x", "<sup>+</sup> x"),
        ("The {DNA} of {CXCR4} and {Kupffer} cells", "The DNA of CXCR4 and Kupffer cells"),
        ("The role of {p53} and {mTOR} in {E-cadherin}", 'The role of <span class="nocase">p53'
         "</span> and mTOR in E-cadherin"),
        (r"{$\beta$2} integrin", '<span class="nocase">β2</span> integrin'),
        ("{m}RNA, si{rna}", "mRNA, sirna"),
        ("{{A Whole Title of p53}}", "A Whole Title of p53"),
        ("{A} title {B}", "A title B"),
        (r"The {\{}DNA{\}} of Mendeley", "The DNA of Mendeley"),
        (r"{\textless}i{\textgreater}x{\textless}/i{\textgreater}", "<i>x</i>"),
        (r"\href{https://example.org}{text} \textcolor{red}{b} \cite{c}\label{d}", "text b "),
        (r"\noopsort{1973}Title \relax\protect x", "Title x"),
        (r"\mkbibquote{a} \enquote{b}", "“a” “b”"),
        (r"costs $5", "costs $5"),
        (r"37$^{\circ}$C 5$^{\prime}$ 3$^\prime$ 5$'$", "37°C 5′ 3′ 5′"),
        (r"$\text{IL-}2$ $\varsigma$ $10^{-3}$", "IL-2 ς 10<sup>−3</sup>"),
        (r"http://a/\~{}b\^{}", "http://a/~b^"),
        (r"a_b^c", "a_b^c"),
        ("}{", ""),
        ("\\", "\\"),
    ],
)  # fmt: skip
def test_latex(latex: str, text: str) -> None:
    unknown: set[str] = set()
    assert decode(latex, unknown) == text
    assert unknown == set()


@pytest.mark.parametrize(
    ("latex", "command"),
    [(r"\input{/etc/passwd}", r"\input"), (r"\foo{a} b", r"\foo"), (r"\write18 c", r"\write")],
)
def test_a_command_that_no_table_knows_stays_and_is_reported(latex: str, command: str) -> None:
    unknown: set[str] = set()
    assert decode(latex, unknown) == latex
    assert unknown == {command}


def test_an_identifier_is_not_typeset() -> None:
    doi = r"10.1000/(SICI)1000(1997)71:4{\textless}612::AID{\_}1{\textgreater}3.0.CO;2-\#--\~{}x"
    assert decode_verbatim(doi) == "10.1000/(SICI)1000(1997)71:4<612::AID_1>3.0.CO;2-#--~x"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Example, Ann M.", Name("Example", "Ann M.")),
        ("Ann M. Example", Name("Example", "Ann M.")),
        ("van de Rijn, Ann", Name("Rijn", "Ann", non_dropping_particle="van de")),
        ("Ann van de Rijn", Name("Rijn", "Ann", non_dropping_particle="van de")),
        ("d'Exemple, Jeanne", Name("Exemple", "Jeanne", non_dropping_particle="d'")),
        ("Van den Eynden, G.", Name("Van den Eynden", "G.")),
        ("Sample, Jr, Bob", Name("Sample", "Bob", suffix="Jr")),
        ("{World Example Organization}", Name(literal="World Example Organization")),
        ("{WHO}", Name(literal="WHO")),
        ("{van der Voorbeeld}, Kees", Name("van der Voorbeeld", "Kees")),
        (r"M{\"u}ller, J{\"o}rg~A.", Name("Müller", "Jörg A.")),
        ("Exemplaria", Name("Exemplaria")),
        ("family=Rijn, given=Ann, prefix=van de, useprefix=true",
         Name("Rijn", "Ann", non_dropping_particle="van de")),
        ("family=Schmidt, given=Jo, prefix=von, useprefix=false",
         Name("Schmidt", "Jo", dropping_particle="von")),
        ("Doe, John, Jr.", Name("Doe", "John", suffix="Jr.")),
        (r"{\O}re Sample, Ann", Name("Øre Sample", "Ann")),
        (r"{\'A}lvarez Garc{\'\i}a, Ana", Name("Álvarez García", "Ana")),
        (r"{\o}re Sample, Ann", Name("Sample", "Ann", non_dropping_particle="øre")),
        ("Ana Maria Sample-Doe", Name("Sample-Doe", "Ana Maria")),
        (r"Anna {\AA}sa Example", Name("Example", "Anna Åsa")),
        (r"Jan {\v{S}}imon Example", Name("Example", "Jan Šimon")),
        (r"Ana {Mar{\'i}a} L{\'o}pez", Name("López", "Ana María")),
        (r"Mu\~noz, Ana", Name("Muñoz", "Ana")),
        (r"Jo\~ao Example", Name("Example", "João")),
        (r"Nguy\~{\^e}n, A.", Name("Nguyễn", "A.")),
        (r"S\o ren J\o rgensen", Name("Jørgensen", "Søren")),
        (r"\L ukasz Example", Name("Example", "Łukasz")),
        (r"\DJ or\dj evi\'c, M", Name("Đorđević", "M")),
        (r"\c Celik, O", Name("Çelik", "O")),
        (r"Example, J.\,R.", Name("Example", "J. R.")),
    ],
)  # fmt: skip
def test_bibtex_name(text: str, name: Name) -> None:
    assert people(text, set(), []) == ([name], False)


@pytest.mark.parametrize(
    "text",
    ["Example, Ann and Sample, Bob and others", "Example, Ann AND Sample, Bob and et al.",
     "{Example}, Ann\n  and  Sample, Bob and {others}"],
)  # fmt: skip
def test_names_and_others(text: str) -> None:
    assert people(text, set(), []) == ([Name("Example", "Ann"), Name("Sample", "Bob")], True)


WORDS = ("Foo", "bar", "van", "A.", "AB", "O'Neil", "Jean-Paul", "Éva", "élan",
         "A\u030a\u0301b", "\u212bb", "ß", "{Foo}")  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_a_name_without_comma_is_read_as_bibtexparser_reads_it(words: list[str]) -> None:
    """Most such names take a shortcut."""
    parts = parse_single_name_into_parts(" ".join(words), strict=False)
    bare = (normalize("NFC", " ".join(part).replace("{", "").replace("}", ""))
            for part in (parts.last, parts.first, parts.von))  # fmt: skip
    family, given, particle = bare
    found, others = people(" ".join(words), set(), [])
    if is_wrapped(" ".join(words)):
        assert found == ([Name(literal=family)] if family else [])
    elif family or given:
        assert (found, others) == ([Name(family, given, non_dropping_particle=particle)], False)


ACCENTS = ("\\'", '\\"', "\\.", "\\c", "\\v", "{", "}", "e", "E", "\\i", "\\i ", "\\o", " ", "\\\\")


@given(st.lists(st.sampled_from(ACCENTS), max_size=9))
def test_an_accent_is_decoded_as_the_decoder_decodes_it(signs: list[str]) -> None:
    """Most accents take a shortcut."""
    latex = "".join(signs)
    if latex.count("{") == latex.count("}"):
        assert decode_plain(latex) == Decoder(latex, set(), marks=False).run()


FOO, BAR, BAZ = Name("Foo", "A"), Name("Bar", "B"), Name("Baz", "C")


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("Foo A, Bar B, Baz C", [FOO, BAR, BAZ], False),
        ("Foo A, Bar B and Baz C", [FOO, BAR, BAZ], False),
        ("Foo A and Bar BC", [FOO, Name("Bar", "BC")], False),
        ("Wei LI and Jun XU", [Name("LI", "Wei"), Name("XU", "Jun")], False),
        ("Foo A, Bar B, et al.", [FOO, BAR], True),
        ("Foo, A; Bar, B; Baz, C", [FOO, BAR, BAZ], False),
        ("Foo, A & Bar, B", [FOO, BAR], False),
        (r"Foo, A \& Bar, B", [FOO, BAR], False),
        ("Foo, A. et al.", [Name("Foo", "A.")], True),
        ("Foo, A and and Bar, B", [FOO, BAR], False),
        ("{Foo, A and Bar, B}", [FOO, BAR], False),
        ("Foo, A., Bar, B., & Baz, C. D.",
         [Name("Foo", "A."), Name("Bar", "B."), Name("Baz", "C. D.")], False),
        ("Smith III, John A", [Name("Smith", "John A", suffix="III")], False),
        ("SMITH, John", [Name("SMITH", "John")], False),
        ("M&uuml;ller, J and Bar, B", [Name("Müller", "J"), BAR], False),
        (r"M{\"u}ller A, {\O}rsted B", [Name("Müller", "A"), Name("Ørsted", "B")], False),
        ("{Foo, Sons & Bar}", [Name(literal="Foo, Sons & Bar")], False),
        ("Ann Roe, Bo T. Poe, and Cy Doe",
         [Name("Roe", "Ann"), Name("Poe", "Bo T."), Name("Doe", "Cy")], False),
        ("Ann Roe, Bo T. Poe and Cy Doe",
         [Name("Roe", "Ann"), Name("Poe", "Bo T."), Name("Doe", "Cy")], False),
        ("Roe A, Poe BT and Doe CJ", [Name("Roe", "A"), Name("Poe", "BT"), Name("Doe", "CJ")],
         False),
        ("García Márquez, Gabriel José and Cy Doe",
         [Name("García Márquez", "Gabriel José"), Name("Doe", "Cy")], False),
        ("García Márquez, Gabriel J. and Cy Doe",
         [Name("García Márquez", "Gabriel J."), Name("Doe", "Cy")], False),
        (r"Ann Roe \and Bo Poe", [Name("Roe", "Ann"), Name("Poe", "Bo")], False),
    ],
)  # fmt: skip
def test_lists_with_the_usual_faults(text: str, names: list[Name], others: bool) -> None:
    assert people(text, set(), []) == (names, others)


@pytest.mark.parametrize(
    ("authors", "told"),
    [
        ("Ann Roe, Bo T. Poe and Cy Doe", "'Ann Roe, Bo T. Poe' is taken for 2 names"),
        ("Ann Roe, Bo Poe and Cy Doe",
         "'Ann Roe, Bo Poe' may be two names; it is read as one, as BibTeX does"),
        ("Roe A, Poe B and Doe C", None),
        ("Roe, Ann and Poe, Bo", None),
        ("Ann Roe, Bo Poe and Doe, Cy", None),
        ("Ann Roe, Bo T. Poe",
         "'Ann Roe, Bo T. Poe' may be two names; it is read as one, as BibTeX does"),
        ("Ann B. Roe, Bo Poe",
         "'Ann B. Roe, Bo Poe' may be two names; it is read as one, as BibTeX does"),
        ("Ann Roe, Bo Poe", None),  # as likely as the next two
        ("García López, Juan Carlos", None),
        ("Van Der Berg, Anna Maria", None),
        ("García López, Juan C.", None),
        ("García López, J. Carlos", None),
    ],
)  # fmt: skip
def test_names_that_a_comma_may_divide_are_told(authors: str, told: str | None) -> None:
    warnings: list[str] = []
    people(authors, set(), warnings)
    assert warnings == ([told] if told else [])


@pytest.mark.parametrize(
    "authors",
    ["Foo, Ann, Bar, Bob", "Foo & Sons", "Too, Many, Commas, Here"],
)
def test_a_name_that_nothing_divides_is_kept_as_one(authors: str) -> None:
    author = f"Doe, Jane and {authors} and Poe, Ann"
    problem, entry = reader.read(f"@book{{a, title={{T}},\nauthor={{{author}}}}}")
    what = f"@book a: {authors!r} may be several names; it is kept as one"
    assert problem == Problem(1, what, left_out=False)
    assert isinstance(entry, Entry)
    people = (Name("Doe", "Jane"), Name(literal=authors), Name("Poe", "Ann"))
    assert entry.reference.names == {"author": people}


def test_and_within_braces_divides_nothing() -> None:
    assert people("{Example and Sons} and Sample, Bob", set(), []) == (
        [Name(literal="Example and Sons"), Name("Sample", "Bob")],
        False,
    )


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ("year = 2012", Date((2012,))),
        ("year = {2012}, month = mar", Date((2012, 3))),
        ("year = {2012}, month = {March}", Date((2012, 3))),
        ("year = {2012}, month = 3, day = 9", Date((2012, 3, 9))),
        ('year = 2012, month = mar # "~15"', Date((2012, 3, 15))),
        ('year = 2012, month = "15~" # mar', Date((2012, 3, 15))),
        ("year = 2012, month = {March--April}", Date((2012, 3), (2012, 4))),
        ("year = 2012, month = {Spring}", Date((2012,), season="1")),
        ("year = {2012--2013}", Date((2012,), (2013,))),
        ("year = {[2012]}", Date((2012,))),
        ("year = {in press}", Date(literal="in press")),
        ("date = {2012-03/2012-05}", Date((2012, 3), (2012, 5))),
        ("date = {2012-21}", Date((2012,), season="1")),
        ("date = {2012-03-15}, year = 1999", Date((2012, 3, 15))),
        ("year = 2012, month = {99}", Date((2012,))),
        ("year = 2012, month = {März}", Date((2012,))),
        ("year = 2012, month = {3RD QUARTER}", Date((2012,))),
        ("year = 2012, month = {December-January}", Date((2012,))),
        ("year = 2012, month = {Dec--Jan}", Date((2012,))),
        ("year = {2012a}", Date((2012,))),
        ("year = {2012, in press}", Date((2012,))),
        ("year = {1999-2000}", Date((1999,), (2000,))),
        ("date = {2019~}", Date((2019,), circa=True)),
        ("date = {ca. 2019}", Date((2019,), circa=True)),
        ("date = {15 March 2019}", Date((2019, 3, 15))),
        ("date = {March 15, 2019}", Date((2019, 3, 15))),
        ("year = {1998/99}", Date((1998,), (1999,))),
        ("year = {1999--00}", Date((1999,), (2000,))),
        ("year = {1998}, month = {11-12}", Date((1998, 11), (1998, 12))),
    ],
)
def test_bibtex_date(fields: str, issued: Date) -> None:
    assert one(f"@article{{a, title={{T}}, {fields}}}").issued == issued


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("eprint={90000001}, eprinttype={pubmed}", {"PMID": "90000001"}),
        ("eprint={9000001}, eprinttype={pmc}", {"PMCID": "PMC9000001"}),
        ("pmid={PMID: 90000001}", {"PMID": "90000001"}),
        ("eid={e123}", {"page": "e123", "number": "e123"}),
        ("pages={e123}", {"page": "e123", "number": "e123"}),
        ("pages={27}", {"page": "27"}),
        ("pages={27}, eid={27}", {"page": "27", "number": "27"}),
        ("pages={S1--S9}", {"page": "S1-S9"}),
        ("pages={105--9}", {"page": "105-109"}),
        ("pages={1--5, 9}", {"page": "1-5, 9"}),
        ("number={4}", {"issue": "4"}),
        ("doi={http://dx.doi.org/10.1000/a%28b%29}", {"DOI": "10.1000/a(b)"}),
        ("doi={10.1000/a(b).}", {"DOI": "10.1000/a(b)"}),
        ("url={https://doi.org/10.1000/a}", {"DOI": "10.1000/a"}),
        ("url={https://example.org/a\\_b~c}", {"URL": "https://example.org/a_b~c"}),
        ("issn={1234567x, 0000-0000}", {"ISSN": "1234-567X"}),
        ("edition={Second}", {"edition": "2"}),
        ("journal={Examples \\& Tests}", {"container-title": "Examples & Tests"}),
        ("langid={ngerman}", {"language": "de"}),
        ("type={Article}", {}),
        ("note={PMID: 29999999}", {"PMID": "29999999"}),
        ("note={Publisher: X\nPMCID: PMC12}", {"note": "Publisher: X", "PMCID": "PMC12"}),
        ("note={PMID: 1}, pmid={2}", {"PMID": "2"}),
        ("pages={n/a--n/a}, volume={N/A}, doi={n/a}", {}),
        ("pages={2020--01}", {"page": "2020-01"}),
        (
            "eprint={2012.1}, eprinttype={arxiv}, url={https://example.org}",
            {"archive": "arXiv", "archive_location": "2012.1", "URL": "https://example.org"},
        ),
        (
            "url={https://example.org/?x=1&section=2&copy=3}",
            {"URL": "https://example.org/?x=1&section=2&copy=3"},
        ),
        ("abstract={A \\textbf{b}.}, file={x:y}, mendeley-tags={z}", {"abstract": "A b."}),
    ],
)
def test_bibtex_field(fields: str, text: dict[str, str]) -> None:
    assert one(f"@article{{a, title={{T}}, {fields}}}").text == {"title": "T", **text}


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("doi={not a doi}", "no DOI can be read in 'not a doi'"),
        ("pmid={PMC123}", "no PMID can be read in 'PMC123'"),
        ("url={see web page}", "no URL can be read in 'see web page'"),
        ("issn={soon}", "no ISSN or ISBN can be read in 'soon'"),
    ],
)
def test_an_identifier_that_is_none_is_reported(field: str, what: str) -> None:
    problem, entry = reader.read(f"@article{{a, title={{T}}, {field}}}")
    assert problem == Problem(1, f"@article a: {what}")
    assert isinstance(entry, Entry)
    assert entry.reference.text == {"title": "T"}


def test_an_entry_in_a_comment_is_skipped_however_many_lines_it_has() -> None:
    text = "@comment{\n@book{a, title={A}}\n@book{b, title={B}}\n} @book{c, title={C}}\n"
    text += "@comment{@book{d, title={D}}}\n@comment{\n@book{e, title={E}}\n"
    found = list(reader.read(text))
    assert [(entry.line, entry.reference.title) for entry in found if isinstance(entry, Entry)] == [
        (4, "C"),
        (7, "E"),  # an open comment ends at the next entry
    ]
    assert len(found) == 2


def test_a_field_that_is_there_twice_is_reported() -> None:
    problem, _ = reader.read("@book{a, title={A}, title={B}, year=2012, year=2012}")
    assert problem == Problem(1, "@book a: title is there twice; the first is taken")


def test_an_entry_without_its_last_brace_is_taken_and_told() -> None:
    found = list(reader.read("\n@book{a, title={A}, year={2001}\n@book{b, title={B}}"))
    assert found[0] == Problem(2, "@book a: its last brace is missing", left_out=False)
    assert [entry.reference.title for entry in found if isinstance(entry, Entry)] == ["A", "B"]


def test_a_child_has_its_own_date_or_its_parents() -> None:
    text = (
        "@inproceedings{a, title={A}, year=2012, crossref={p}}"
        "@inproceedings{b, title={B}, crossref={p}}"
        "@proceedings{p, title={P}, date={2011-05}, month=may}"
    )
    issued = [found.reference.issued for found in reader.read(text) if isinstance(found, Entry)]
    assert issued == [Date((2012,)), Date((2011, 5)), Date((2011, 5))]


def test_a_macro_that_nobody_defined_is_reported() -> None:
    assert next(reader.read("@article{a, title={T}, journal=jir}")) == Problem(
        1, "@article a: no @string says what jir means; kept so", left_out=False
    )


def test_entries_that_name_each_other_end() -> None:
    text = "".join(
        f"@article{{k{n}, title={{T{n}}}, crossref={{k{(n + 1) % 40}}}, xdata={{k{n}}}}}\n"
        for n in range(40)
    )
    found = list(reader.read(text))
    assert sum(isinstance(one, Entry) for one in found) == 40
    assert all("back to itself" in one.what or "leads on for more" in one.what
               for one in found if isinstance(one, Problem))  # fmt: skip


_VALUE = st.recursive(
    st.text(string.ascii_letters + string.digits + " ,=#@\"'()-\\\n", max_size=8).map(
        lambda text: text.replace("\\", "") or "x"
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: "{" + "".join(parts) + "}"),
    max_leaves=6,
)
_FIELDS = st.dictionaries(st.from_regex(r"[a-z]{3,8}", fullmatch=True), _VALUE, max_size=5)


@settings(max_examples=80, deadline=None)
@given(st.lists(_FIELDS, max_size=4), st.sampled_from(["{}", '""']), st.sampled_from(["{}", "()"]))
def test_well_formed_text_is_cut_as_bibtexparser_cuts_it(
    entries: list[dict[str, str]], quotes: str, around: str
) -> None:
    def value(text: str) -> str:
        return quotes[0] + (text.replace('"', "") if quotes == '""' else text) + quotes[1]

    text = "\n".join(
        f"@article{around[0]}key{number},\n"
        + ",\n".join(f"  {name} = {value(given)}" for name, given in fields.items())
        + f"\n{around[1]}"
        for number, fields in enumerate(entries)
    )
    if any(line.lstrip().startswith("@") for line in text.splitlines() if "key" not in line):
        return  # a line that begins with @ ends a value for both, but not at the same place
    assert _ours(text) == _theirs(text)


@pytest.mark.parametrize("name", ["zotero.bib", "biblatex.bib", "publisher.bib"])
def test_a_real_file_is_cut_as_bibtexparser_cuts_it(name: str) -> None:
    text = (DATA / "import" / name).read_text()
    assert _ours(text) == _theirs(text)


def _ours(text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    found = list(blocks(text))
    assert all(isinstance(block, Block) for block in found), found
    return [
        (block.type, block.key, [(name, value.strip()) for name, value in block.fields.items()])
        for block in found
        if isinstance(block, Block)
    ]


def _theirs(text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    logging.disable(logging.CRITICAL)
    library: Library = Splitter(text).split()
    logging.disable(logging.NOTSET)
    assert all(isinstance(block, BibtexEntry) for block in library.blocks), library.blocks
    return [
        (
            entry.entry_type,
            entry.key,
            [(field.key.lower(), field.value.strip('"').removeprefix("{").removesuffix("}").strip()
              if field.value[0] == "{" else field.value.strip('"').strip())
             for field in entry.fields],
        )
        for entry in library.entries
    ]  # fmt: skip


def test_a_type_that_nobody_knows_and_a_date_that_is_none_are_reported() -> None:
    *notes, entry = reader.read("@artcle{k, title={T}, year={20l5}, month={4 feb}}")
    assert [note.what for note in notes if isinstance(note, Problem)] == [
        "@artcle k: no date can be read in '20l5'; kept as text",
        "@artcle k: this is no type known here; taken for a document",
    ]
    assert isinstance(entry, Entry)
    assert entry.reference.dates == {"issued": Date(literal="20l5")}


def test_a_day_of_many_digits_costs_the_day_alone() -> None:
    found = one(f"@book{{k, title={{T}}, year=2012, month=feb, day={{{'9' * 5000}}}}}")
    assert found.issued == Date((2012, 2))


def test_a_publisher_comes_before_an_organization() -> None:
    found = one("@inproceedings{k, title={T}, organization={O}, publisher={P}}")
    assert found.text == {"title": "T", "publisher": "P"}


def test_a_journal_is_inherited_from_a_periodical() -> None:
    text = "@article{a, crossref={j}, title={T}} @periodical{j, title={Journal X}, year=2005}"
    article = next(found for found in reader.read(text) if isinstance(found, Entry))
    assert article.reference.text == {"title": "T", "container-title": "Journal X"}
    assert article.reference.year == 2005


def test_a_note_and_an_addendum_are_both_kept() -> None:
    assert one("@book{k, title={T}, addendum={B}, note={A}}").get("note") == "A; B"


def test_a_tie_at_the_end_is_no_part_of_a_title() -> None:
    assert one("@book{k, title={Title~}}").title == "Title"


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("given={David}, family={Smith}", Name("Smith", "David")),
        ("{given={David}, family={Smith}}", Name("Smith", "David")),
        ("{family=Smith, given=David}", Name("Smith", "David")),
        ("family={van der Berg, Jr}, given={Hans}", Name("van der Berg", "Hans", suffix="Jr")),
        ("family={Berg}, given={Hans and Otto}", Name("Berg", "Hans and Otto")),
        ("La Fontaine, Jean de", Name("La Fontaine", "Jean de")),
        ("{La Fontaine}, Jean de", Name("La Fontaine", "Jean de")),
        ("De la Cruz, Ana", Name("De la Cruz", "Ana")),
        ("Van Eyck, Jan", Name("Van Eyck", "Jan")),
        ("John Smith Jr.", Name("Smith", "John", suffix="Jr.")),
        ("Smith, {Jr.}, John", Name("Smith", "John", suffix="Jr.")),
        ("Smith, {III}, John", Name("Smith", "John", suffix="III")),
        ("Smith X; Wang Y; Zhao Z", Name("Smith", "X")),
        ("R Core Team,", Name(literal="R Core Team")),
        (", R Core Team", Name(literal="R Core Team")),
        ("Robert a. Weinberg and Roe, B", Name("Weinberg", "Robert A.")),
    ],
)
def test_parts_of_names(author: str, name: Name) -> None:
    found, others = people(author, set(), [])
    assert (found[0], others) == (name, False)


@pytest.mark.parametrize(
    ("note", "accessed", "rest"),
    [
        ("Accessed: 2020-05-01", "2020-05-01", ""),
        ("[Online; accessed 19-July-2008]", "2008-07-19", ""),
        ("(Accessed on 3 May 2021). Good", "2021-05-03", "Good"),
        ("Good; last visited on May 3, 2021", "2021-05-03", "Good"),
        ("Accessed: 25/03/2020", "2020-03-25", ""),
        ("Accessed: 01/02/2020", "", "Accessed: 01/02/2020"),
        ("Accessed by many", "", "Accessed by many"),
    ],
)
def test_a_visit_in_a_note(note: str, accessed: str, rest: str) -> None:
    found = one(f"@misc{{a, title={{T}}, note={{{note}}}}}")
    assert (str(found.dates.get("accessed", "")), found.get("note")) == (accessed, rest)


@pytest.mark.parametrize("state", ["published", "Published", "ppublish", "epublish"])
def test_that_a_work_is_published_goes_without_saying(state: str) -> None:
    assert one(f"@article{{a, title={{T}}, pubstate={{{state}}}}}").text == {"title": "T"}


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("example.org/page", "https://example.org/page"),
        ("www.example.org", "https://www.example.org"),
        ("example.org", "https://example.org"),
        ("sub.example.ac.uk/~x", "https://sub.example.ac.uk/~x"),
        ("\\url{http://a.b/~x}", "http://a.b/~x"),
    ],
)
def test_an_address_gets_its_scheme(url: str, address: str) -> None:
    assert one(f"@misc{{a, title={{T}}, url={{{url}}}}}").get("URL") == address
