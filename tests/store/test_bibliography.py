"""An author's own bibliography, in place: keys unchanged, later wins, faults reported once."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bclm_cli import paths
from bclm_cli.formats import registry
from bclm_cli.query import Library
from support.program import Program

OWN = """\
@comment{kept}
@article{Own:2012, title={A paper that nobody has}, author={Example, Ann}, year=2012,
  journal={Journal of Invented Results}, volume=1, pages={1--5}, doi={10.1000/nobody},
  ids={own-old}}
@book{buch2010, title={{\\"U}ber Leber und {CXCR4}}, author={M{\\"u}ller, Ann}, year=2010}
"""
FORMATS = {
    "refs.ris": "TY  - JOUR\nID  - key1\nTI  - One\nPY  - 2012\nER  - \n",
    "refs.nbib": "PMID- 123\nTI  - One\nAU  - Example A\nDP  - 2012\n",
    "refs.enw": "%0 Journal Article\n%A Example, Ann\n%T One\n%D 2012\n",
    "refs.json": '[{"id": "key1", "type": "book", "title": "One"}]',
    "refs.yaml": "references:\n- id: key1\n  type: book\n  title: One\n",
    "refs.yml": "key1:\n  type: book\n  title: One\n",
    "refs.csv": 'title,author,year\nOne,"Example, Ann",2012\n',
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a bibliography."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(OWN)
    return tmp_path


def titles(program: Program, *arguments: str) -> list[str]:
    """The keys and titles of the papers that are the author's own."""
    return program("refs", *arguments, "--fields", "key,title").out.splitlines()


def test_suffixes_are_those_of_the_readers() -> None:
    suffixes = {one for name in registry.reader_names() for one in registry.reader(name).SUFFIXES}
    assert set(paths.BIBLIOGRAPHIES) == suffixes


def test_it_is_looked_up_searched_cited_and_exported(small: Program, desk: Path) -> None:
    own = ("--data", "refs.bib")
    assert titles(small, "Own:2012", "10.1000/NOBODY", "buch2010", *own) == [
        "Own:2012\tA paper that nobody has", "buch2010\tÜber Leber und CXCR4",
    ]  # fmt: skip
    assert small("search", "nobody", "invented", *own).out.split("\t")[:2] == ["paper", "Own:2012"]
    assert small("refs", "--author", "Müller", *own, "--fields", "key").out == "buch2010\n"
    assert small("cite", "Own:2012", *own).out.startswith("1. Example A. A paper that nobody has.")
    assert small("export", "buch2010", *own).out.splitlines()[0] == "@book{buch2010,"
    assert len(titles(small, *own)) == len(titles(small)) + 2
    assert titles(small, *own, "--only-data") == titles(small, "Own:2012", "buch2010", *own)
    assert titles(small, "--only-data", "--data", "refs.bib", "own-old")[0][:8] == "Own:2012"


def test_an_alias_is_exported_under_the_key_that_is_cited(small: Program, desk: Path) -> None:
    (desk / "paper.tex").write_text(r"\cite{own-old}")
    out = small("export", "--used-in", "paper.tex", "--data", "refs.bib").out
    assert out.splitlines()[0] == "@article{own-old,"


def test_an_alias_that_is_named_is_written_as_it_is_asked_for(small: Program, desk: Path) -> None:
    own = ("--data", "refs.bib")
    out = small("export", "own-old", "Own:2012", *own).out
    assert [line for line in out.splitlines() if line[:1] == "@"] == [
        "@article{own-old,", "@article{Own:2012,",
    ]  # fmt: skip
    assert small("export", "10.1000/nobody", *own).out.startswith("@article{Own:2012,")
    assert small("refs", "own-old", *own, "--fields", "key").out == "Own:2012\n"


def test_keys_and_aliases_are_completed(small: Program, desk: Path) -> None:
    library = Library([desk / "refs.bib"])
    assert library.completions("paper", "Own") == [
        ("Own:2012", "Example 2012, A paper that nobody has"),
        ("own-old", "earlier key of Own:2012"),
    ]


def test_the_environment_names_it_too(small: Program, desk: Path) -> None:
    ask = ("refs", "Own:2012", "--fields", "key,source")
    named = f"{desk / 'refs.bib'}{os.pathsep}"
    assert small(*ask, env={"BCLM_DATA": named}).out == f"Own:2012\t{desk / 'refs.bib'}\n"


def test_an_edit_is_seen_at_the_next_run(small: Program, desk: Path) -> None:
    assert titles(small, "Own:2012", "--data", "refs.bib")[0].endswith("nobody has")
    (desk / "refs.bib").write_text(OWN.replace("nobody has", "somebody has"))
    assert titles(small, "Own:2012", "--data", "refs.bib")[0].endswith("somebody has")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_a_layer(small: Program, desk: Path, name: str) -> None:
    (desk / name).write_text(FORMATS[name])
    own = small("refs", "--data", name, "--only-data", "--fields", "title")
    assert own == (0, "One\n", "")


def test_a_folder_of_bibliographies_is_a_layer(small: Program, tmp_path: Path) -> None:
    home = tmp_path / "project"
    home.mkdir()
    for name, text in FORMATS.items():
        (home / name).write_text(text.replace("key1", f"key-{name}").replace("One", name))
    (home / "package.json").write_text('{"name": "x", "type": "module"}')
    (home / "_quarto.yml").write_text("project:\n  type: manuscript\n")
    (home / "table.csv").write_text("gene,fold\nEXA1,2\n")
    (home / ".hidden.bib").write_text(OWN)
    found = small("refs", "--data", str(home), "--only-data", "--fields", "title")
    assert (sorted(found.out.split()), found.err) == (sorted(FORMATS), "")


def test_what_has_no_key_gets_one_that_is_free(small: Program, desk: Path) -> None:
    record = "PMID- {0}\nTI  - Title {0}\nFAU - {1}, Ann\nDP  - 2001\n\n"
    text = record.format("81", "Adams") + record.format("82", "Adams")
    (desk / "refs.nbib").write_text(text)
    own = ("--data", "refs.nbib", "--fields", "key,title")
    assert small("refs", "PMID:81", "PMID:82", *own) == (
        0, "adams2001a\tTitle 81\nadams2001b\tTitle 82\n", ""
    )  # fmt: skip
    assert small("refs", "adams2001", *own).out == titles(small, "adams2001")[0] + "\n"


def test_a_shipped_paper_without_a_key_keeps_that_of_the_shipped_data(
    small: Program, desk: Path
) -> None:
    (desk / "refs.nbib").write_text(small("export", "adams2001", "-f", "nbib").out)
    found = small("refs", "adams2001", "--data", "refs.nbib", "--fields", "key,source")
    assert found == (0, f"adams2001\t{desk / 'refs.nbib'}\n", "")


def test_claims_of_ones_own_rest_on_a_bibliography(small: Program, desk: Path) -> None:
    (desk / "steps.yaml").write_text(
        "steps:\n  - id: arrival\n    claims:\n      EXA1:\n        - effect: promotes\n"
        "          statement: EXA1 made mock cells stay.\n          reference: Own:2012\n"
    )
    ask = ("claims", "--factor", "EXA1", "--step", "arrival", "--fields", "reference")
    assert small(*ask, "--data", ".").out == "example2012a\nOwn:2012\n"


def test_beside_references_of_our_own_a_bibliography_is_an_export(
    small: Program, desk: Path
) -> None:
    (desk / "references.yaml").write_text("references:\n  - id: ours\n    title: Ours\n")
    assert small("refs", "--data", ".", "--only-data", "--fields", "key").out == "ours\n"


def test_faults_are_reported_once_and_do_not_stop_the_rest(small: Program, desk: Path) -> None:
    (desk / "bad.bib").write_text("@article{bad, title={Open,\n" + OWN + OWN.replace("Ann", "Bo"))
    first = small("refs", "Own:2012", "--data", "bad.bib", "--fields", "key")
    assert first == (
        0,
        "Own:2012\n",
        "bclm: bad.bib:1: @article bad: the value of title is not closed\n"
        "bclm: bad.bib:8: the key Own:2012 stands twice; the first entry is taken\n"
        "bclm: bad.bib:11: the key buch2010 stands twice; the first entry is taken\n",
    )
    assert small("refs", "Own:2012", "--data", "bad.bib", "--fields", "key") == (0, first.out, "")


def test_many_faults_are_counted(small: Program, desk: Path) -> None:
    (desk / "bad.bib").write_text("@article{bad, title={Open,\n" * 20 + OWN)
    reported = small("refs", "Own:2012", "--data", "bad.bib").err.splitlines()
    assert len(reported) == 6
    assert reported[-1] == "bclm: bad.bib: 15 more; `bclm check bad.bib` lists them"
    (desk / "bad.bib").write_text("@article{bad, title={Open,\n" * 21 + OWN)
    assert small("refs", "Own:2012", "--data", "bad.bib", "-q").err == ""


def test_the_authors_key_takes_over_a_shipped_paper(small: Program, desk: Path) -> None:
    shipped = small("export", "adams2001").out
    (desk / "refs.bib").write_text(shipped.replace("{adams2001,", "{Adams:2001,"))
    own = ("--data", "refs.bib")
    claims = int(small("refs", "adams2001", "--fields", "claims").out)
    assert claims > 0
    for name in ("Adams:2001", "adams2001"):
        found = small("refs", name, *own, "--fields", "key,claims,source")
        assert found.out == f"Adams:2001\t{claims}\t{desk / 'refs.bib'}\n"
    assert len(titles(small, *own)) == len(titles(small))
    about = json.loads(small("info", "-f", "json", *own).out)
    assert about["layers"][1]["overrides"] == [
        {"type": "reference", "key": "adams2001", "of": "shipped"}
    ]
    (desk / "paper.tex").write_text(r"\cite{adams2001}")
    exported = small("export", "--used-in", "paper.tex", *own).out
    assert exported == shipped.replace("{Adams:2001,", "{adams2001,")


def test_another_work_under_a_shipped_key_keeps_its_key(small: Program, desk: Path) -> None:
    (desk / "refs.bib").write_text(OWN.replace("Own:2012", "adams2001"))
    own = ("--data", "refs.bib")
    found = small("refs", "adams2001", *own, "--fields", "title")
    assert found == (
        0,
        "A paper that nobody has\n",
        "bclm: refs.bib:2: adams2001 is another paper than that of earlier data, which is called"
        " adams2001a now\n",
    )
    theirs = small("refs", "adams2001", "--fields", "title,claims").out
    assert small("refs", "adams2001a", *own, "--fields", "title,claims").out == theirs
    assert small("export", "adams2001a", *own).out.startswith("@article{adams2001a,")
    claims = small("claims", *own, "--fields", "statement,reference").out
    assert claims == small("claims", "--fields", "statement,reference").out.replace(
        "\tadams2001\n", "\tadams2001a\n"
    )
    about = json.loads(small("info", "-f", "json", *own).out)
    assert about["layers"][1]["renames"] == [
        {"key": "adams2001", "to": "adams2001a", "of": "shipped"}
    ]
    assert "calls adams2001 of shipped adams2001a" in small("info", *own).out


def test_a_shipped_paper_whose_key_is_taken_may_have_another_in_the_same_file(
    small: Program, desk: Path
) -> None:
    shipped = small("export", "adams2001").out.replace("{adams2001,", "{Adams:2001,")
    (desk / "refs.bib").write_text(OWN.replace("Own:2012", "adams2001") + shipped)
    own = ("--data", "refs.bib")
    titles_and_claims = small("refs", "adams2001", "--fields", "title,claims").out
    assert small("refs", "Adams:2001", *own, "--fields", "title,claims").out == titles_and_claims
    assert small("refs", "adams2001", *own, "--fields", "title,claims").out == (
        "A paper that nobody has\t0\n"
    )


def test_two_entries_of_one_work_are_both_kept(small: Program, desk: Path) -> None:
    (desk / "refs.bib").write_text(OWN + OWN.replace("Own:2012", "own2012").replace("buch", "b"))
    keys = small("refs", "--data", "refs.bib", "--only-data", "--fields", "key").out
    assert keys == "Own:2012\nb2010\nbuch2010\nown2012\n"


@pytest.mark.parametrize("end", [40, 150, 260, 330])
def test_a_file_that_is_half_written_gives_what_is_whole(
    small: Program, desk: Path, end: int
) -> None:
    (desk / "half.bib").write_text(OWN[:end])
    found = small("refs", "--data", "half.bib", "--only-data", "--fields", "key")
    assert found.code == 0
    assert found.out in ("", "Own:2012\n", "Own:2012\nbuch2010\n")
    assert "Traceback" not in found.err


def test_an_empty_file_is_an_empty_layer(small: Program, desk: Path) -> None:
    (desk / "empty.bib").touch()
    assert titles(small, "--data", "empty.bib") == titles(small)


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (lambda path: path.mkdir(), 3, "the folder holds none of references.yaml"),
        (os.mkfifo, 3, "x.bib: not a regular file; save it as one first"),
        (lambda path: path.symlink_to("/dev/zero"), 3, "x.bib: not a regular file"),
        (lambda path: path.symlink_to("nowhere.bib"), 3, "x.bib: no such folder or bibliography"),
        (lambda path: path.write_bytes(b"%PDF-1.7"), 3, "x.bib: this is a PDF"),
        (lambda path: path.write_bytes(b"a\0b"), 3, "x.bib:1: a NUL byte"),
        (lambda path: path.write_text("no entry"), 0, "x.bib:1: there is no entry in it"),
    ],
)
def test_what_is_no_bibliography(
    small: Program, desk: Path, make: object, code: int, said: str
) -> None:
    assert callable(make)
    make(desk / "x.bib")
    result = small("refs", "--data", "x.bib")
    assert (result.code, said in result.err) == (code, True)


def test_a_manuscript_is_no_data(small: Program, desk: Path) -> None:
    (desk / "main.tex").write_text("\\cite{adams2001}\n")
    assert small("refs", "--data", "main.tex") == (
        3,
        "",
        "bclm: main.tex: cannot tell the format; if it is a manuscript, --used-in takes the papers"
        " that it cites\n",
    )


def test_a_file_that_is_too_long_is_refused_before_it_is_read(small: Program, desk: Path) -> None:
    with (desk / "huge.bib").open("wb") as stream:
        stream.truncate(300_000_000)
    result = small("refs", "--data", "huge.bib")
    assert result == (3, "", "bclm: huge.bib: over 256 MB; split the file\n")


def test_a_file_that_vanishes_is_reported(
    small: Program, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanish(path: Path) -> object:
        path.unlink()
        return path.open("rb")

    monkeypatch.setattr("bclm_cli.library.in_place._opened", vanish)
    result = small("refs", "--data", "refs.bib")
    assert result == (3, "", "bclm: refs.bib: cannot read: No such file or directory\n")


def test_a_file_that_changes_while_it_is_read_is_read_again(
    small: Program, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk / "refs.bib"
    with monkeypatch.context() as patch:
        patch.setattr("bclm_cli.library.in_place._opened", lambda path: _then_changed(path))
        assert len([*Library([path], shipped=False).references()]) == 2
    assert len([*Library([path], shipped=False).references()]) == 1


def _then_changed(path: Path) -> object:
    stream = path.open("rb")
    path.with_suffix(".new").write_text(OWN.split("@book")[0])
    path.with_suffix(".new").replace(path)
    return stream


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("imported", [False, True])
def test_the_shipped_key_of_an_own_paper_may_be_that_of_another_own_one(
    small: Program, desk: Path, order: int, imported: bool
) -> None:
    """Claims stay with the paper that they rest on; the manuscript's key leads to the author's."""
    entries = [
        "@article{Adams:2001, title={The EXA1 signal and the departure of mock cells},"
        " author={Adams, Ann}, year=2001, doi={10.5555/made.up.2001},"
        " journal={The Journal of Made-up Results}, volume=12, pages={101--109}}",
        "@article{adams2001, title={Another paper}, author={Adams, Ben}, year=2001}",
    ]
    (desk / "refs.bib").write_text("\n".join(entries[::order]))
    (desk / "paper.tex").write_text("\\cite{Adams:2001,adams2001}")
    data = "refs.bib"
    if imported:
        (desk / "lab").mkdir()
        (desk / "lab/references.yaml").write_text("references: []\n")
        assert small("add", "refs.bib", "--write", "lab").code == 0
        data = "lab"
    exported = small("export", "--used-in", "paper.tex", "--data", data, "-f", "csljson").out
    assert {one["id"]: one["title"] for one in json.loads(exported)} == {
        "Adams:2001": "The EXA1 signal and the departure of mock cells",
        "adams2001": "Another paper",
    }
    claims = small("claims", "--data", data, "--fields", "reference").out.split()
    assert claims.count("Adams:2001") == small("claims", "--fields", "reference").out.count("adams")


def test_claims_beside_a_bibliography_rest_on_its_papers(small: Program, desk: Path) -> None:
    """The author's adams2001 is another paper than the shipped one, which has the author's key."""
    (desk / "lab").mkdir()
    (desk / "lab/refs.bib").write_text(
        "@article{Adams:2001, title={The EXA1 signal and the departure of mock cells},"
        " author={Adams, Ann}, year=2001, doi={10.5555/made.up.2001}}\n"
        "@article{adams2001, title={Another paper}, author={Adams, Ben}, year=2001}\n"
    )
    (desk / "lab/steps.yaml").write_text(
        "steps:\n  - id: arrival\n    claims:\n      EXA1:\n        - effect: promotes\n"
        "          statement: It is so.\n          reference: adams2001\n"
        "          system: [review]\n"
    )
    found = small("claims", "--data", "lab", "--fields", "reference,statement").out.splitlines()
    assert [line for line in found if line.startswith("adams2001\t")] == ["adams2001\tIt is so."]
    assert any(line.startswith("Adams:2001\t") for line in found)
