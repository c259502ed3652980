"""`bclm add`: what it prints, writes, skips and refuses."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from bclm_cli.library import edit_yaml
from support.papers import read_references
from support.program import Program, Real

BIB = """\
@article{example2012, author={Example, Ann}, title={A paper that nobody has}, year=2012,
  journal={Journal of Invented Results}, doi={10.1000/nobody}}
"""
BLOCK = """\
  - id: example2012
    type: article-journal
    title: A paper that nobody has
    author:
      - {family: Example, given: Ann}
    container-title: Journal of Invented Results
    issued: "2012"
    DOI: 10.1000/nobody
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one file to import and an empty lab."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new.bib").write_text(BIB)
    (tmp_path / "lab").mkdir()
    return tmp_path


def test_the_yaml_is_printed(small: Program, desk: Path) -> None:
    assert small("add", "new.bib") == (0, f"references:\n{BLOCK}", "")


def test_a_pipe_is_read(small: Program, desk: Path) -> None:
    assert small("add", "-", stdin=BIB) == (0, f"references:\n{BLOCK}", "")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("PMID:abc", "PMID"), ("10.1038", "DOI"), ("doi:x", "DOI"), ("https://doi.org/x", "DOI")],
)
def test_an_identifier_that_cannot_be_read_is_no_file(
    small: Program, desk: Path, name: str, kind: str
) -> None:
    assert small("add", name) == (
        2,
        "",
        f"bclm: no {kind} can be read in '{name}'\n"
        "hint: write it as 10.1038/35065016, PMID:25171411 or PMC4401639\n",
    )
    (desk / "10.1038.bib").write_text(BIB)
    assert small("add", "10.1038.bib").code == 0
    assert small("add", "10.1039.bib").err == (
        "bclm: 10.1039.bib: cannot read: No such file or directory\n"
    )


def test_the_format_can_be_said(small: Program, desk: Path) -> None:
    (desk / "x.txt").write_text("%T Only a title\n%D 2012\n")
    result = small("add", "x.txt", "--from", "ris")
    assert (result.code, result.out) == (1, "references: []\n")
    assert small("add", "x.txt", "--from", "enw").out == (
        "references:\n  - id: only2012\n    type: document\n    title: Only a title\n"
        '    issued: "2012"\n'
    )


def test_a_file_is_begun(small: Program, desk: Path) -> None:
    result = small("add", "new.bib", "--write", "lab")
    path = (desk / "lab/references.yaml").resolve()
    assert result == (0, "", f"bclm: {path}: 1 added, 0 filled\n")
    assert path.read_text() == f"references:\n{BLOCK}"


def test_what_is_there_is_named_and_skipped(small: Program, desk: Path) -> None:
    small("add", "new.bib", "--write", "lab")
    before = (desk / "lab/references.yaml").stat()
    result = small("add", "new.bib", "--write", "lab")
    after = (desk / "lab/references.yaml").stat()
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines()[0] == (
        "bclm: new.bib:1: already there as example2012 (DOI 10.1000/nobody); skipped"
    )
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_duplicate_within_the_batch_leaves_its_key(small: Program, desk: Path) -> None:
    (desk / "twice.bib").write_text(BIB + BIB.replace("example2012", "other"))
    result = small("add", "twice.bib")
    assert result.out == f"references:\n{BLOCK}    custom:\n      aliases:\n        - other\n"
    assert result.err == (
        "bclm: twice.bib:3: already there as example2012 (DOI 10.1000/nobody); kept as its alias:"
        " other\n"
        "bclm: already there: 1\n"
    )


def test_missing_fields_are_filled_and_nothing_else(small: Program, desk: Path) -> None:
    (desk / "lab/references.yaml").write_text(
        "# ours\nreferences:\n  - id: mine # kept\n    title: 'A paper that nobody has: ours'\n"
        "    DOI: 10.1000/NOBODY\n    volume: '9'\n"
    )
    result = small("add", "new.bib", "--write", "lab", "--update")
    assert result.code == 0
    assert "filled: author, container-title, issued" in result.err
    assert (desk / "lab/references.yaml").read_text() == (
        "# ours\nreferences:\n  - id: mine # kept\n    title: 'A paper that nobody has: ours'\n"
        "    author:\n      - {family: Example, given: Ann}\n"
        "    container-title: Journal of Invented Results\n"
        '    issued: "2012"\n'
        "    DOI: 10.1000/NOBODY\n    volume: '9'\n"
        "    custom:\n      aliases: [example2012]\n"
    )


def test_authors_that_are_not_all_are_filled_as_such(small: Program, desk: Path) -> None:
    (desk / "lab/references.yaml").write_text(
        "references:\n  - id: mine\n    title: T\n    DOI: 10.1000/nobody\n    custom: {a: b}\n"
    )
    (desk / "new.bib").write_text(
        "@misc{a, title={T}, author={Example, Ann and others}, doi={10.1000/nobody}}"
    )
    result = small("add", "new.bib", "--write", "lab", "--update")
    assert "filled: author, with more authors than are listed; kept as its alias: a\n" in result.err
    assert (desk / "lab/references.yaml").read_text() == (
        "references:\n  - id: mine\n    title: T\n"
        "    author:\n      - {family: Example, given: Ann}\n    DOI: 10.1000/nobody\n"
        '    custom: {incomplete-authors: "true", aliases: [a], a: b}\n'
    )


def test_a_file_that_is_too_long_is_refused(
    small: Program, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bclm_cli.formats.decode.MAX_BYTES", 100)
    result = small("add", "new.bib")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("bclm: new.bib: over 0 MB; split the file")


def test_a_shipped_paper_is_not_taken_and_its_key_not_reused(small: Program, desk: Path) -> None:
    shipped = small("export", "adams2001", "-f", "bibtex").out
    (desk / "both.bib").write_text(shipped + BIB.replace("example2012", "adams2001"))
    result = small("add", "both.bib", "--write", "lab")
    assert (desk / "lab/references.yaml").read_text() == (
        f"references:\n{BLOCK.replace('example2012', 'adams2001a')}"
        "    custom:\n      aliases:\n        - adams2001\n"
    )
    assert "already in the data as adams2001 (DOI" in result.err
    assert "key 'adams2001' becomes adams2001a" in result.err
    (desk / "paper.tex").write_text(r"\cite{adams2001}")
    ask = ("--used-in", "paper.tex", "--data", "lab")
    assert "title = {A paper that nobody has}" in small("export", *ask).out
    assert small("check", "lab", "--level", "error").out == ""
    claims = ("claims", "--fields", "reference,statement")
    assert small(*claims, "--data", "lab").out == small(*claims).out


def test_in_a_bib_the_key_of_a_shipped_paper_is_kept(small: Program, desk: Path) -> None:
    (desk / "own.bib").write_text(BIB.replace("example2012", "adams2001"))
    small("add", "own.bib", "--write", "mine.bib")
    assert (desk / "mine.bib").read_text().startswith("@article{adams2001,")
    (desk / "x.nbib").write_text("PMID- 81\nTI  - Made key\nFAU - Adams, Ann\nDP  - 2001\n")
    small("add", "x.nbib", "--write", "mine.bib")
    assert "@article{adams2001b," in (desk / "mine.bib").read_text()


def test_a_shipped_paper_is_taken_under_the_key_that_the_author_has(
    small: Program, desk: Path
) -> None:
    shipped = small("export", "adams2001", "-f", "bibtex").out
    (desk / "own.bib").write_text(shipped.replace("{adams2001,", "{Adams:2001,"))
    result = small("add", "own.bib", "--write", "lab")
    assert result.err.splitlines()[0].startswith(
        "bclm: own.bib:1: the data has this paper as adams2001 (DOI"
    )
    (desk / "paper.tex").write_text(r"\cite{Adams:2001}")
    exported = small("export", "--used-in", "paper.tex", "--data", "lab")
    assert (exported.code, exported.out.splitlines()[0]) == (0, "@article{Adams:2001,")


def test_every_key_of_the_author_is_exported(small: Program, desk: Path) -> None:
    entry = "@article{{{}, title={{{}}}, author={{Doe, Jane}}, year=2017, doi={{10.1000/onc.1}}}}\n"
    (desk / "own.bib").write_text(
        entry.format("zhan2017", "Wnt signaling") + entry.format("zhan2017a", "{WNT} Signaling")
    )
    small("add", "own.bib", "--write", "lab")
    (desk / "paper.tex").write_text(r"\cite{zhan2017,zhan2017a}")
    exported = small("export", "--used-in", "paper.tex", "--data", "lab")
    assert [line for line in exported.out.splitlines() if line[:1] == "@"] == [
        "@article{zhan2017,", "@article{zhan2017a,",
    ]  # fmt: skip


def test_what_is_left_out_is_told_and_the_rest_taken(small: Program, desk: Path) -> None:
    (desk / "bad.bib").write_text("@article{bad, title={Open,\n" + BIB)
    assert small("add", "bad.bib") == (
        1,
        f"references:\n{BLOCK}",
        "bclm: bad.bib:1: @article bad: the value of title is not closed\n"
        "bclm: left out: 1\nhint: the lines above say what and why\n",
    )


def test_biblatex_is_read_as_bibtex(small: Program) -> None:
    result = small("add", "new.bib", "--from", "biblatex")
    assert result.err.splitlines()[1] == "hint: --from bibtex reads BibLaTeX as well"


def test_a_pipe_has_a_name_of_its_own(small: Program) -> None:
    result = small("add", "-", stdin="")
    assert (result.code, result.err) == (3, "bclm: (stdin): the file is empty\n")
    result = small("add", "-", stdin="@article{bad, title={Open,\n" + BIB)
    assert result.err.startswith("bclm: (stdin):1: @article bad")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "bclm: nothing to add"),
        (["nothere.bib"], 3, "bclm: nothere.bib: cannot read: No such file or directory"),
        (["new.bib", "--from", "word"], 2, "bclm: no format 'word'"),
        (["no.bib", "--from", "biblatex"], 2, "bclm: no format 'biblatex' to read"),
        (["new.bib", "--update"], 2, "bclm: --update needs --write PATH"),
        (["new.bib", "--write", "nowhere"], 2, "bclm: no such folder: nowhere"),
        (["new.bib", "--init", "x"], 2, "bclm: --init stands alone"),
        (["-"], 2, "bclm: `-` reads a file from a pipe, and there is none"),
    ],
)
def test_wrong_usage(
    small: Program, desk: Path, arguments: list[str], code: int, said: str
) -> None:
    result = small("add", *arguments)
    assert (result.code, result.out, result.err.splitlines()[0]) == (code, "", said)
    assert not (desk / "lab/references.yaml").exists()


def test_nothing_is_written_where_one_file_cannot_be_read(small: Program, desk: Path) -> None:
    (desk / "a.pdf").write_bytes(b"%PDF-1.7")
    result = small("add", "new.bib", "a.pdf", "--write", "lab")
    assert (result.code, result.out) == (3, "")
    assert list((desk / "lab").iterdir()) == []


def test_a_link_out_of_the_folder_is_refused(small: Program, desk: Path) -> None:
    outside = desk / "outside.yaml"
    outside.write_text("references: []\n")
    (desk / "lab/references.yaml").symlink_to(outside)
    result = small("add", "new.bib", "--write", "lab")
    assert (result.code, result.out) == (4, "")
    assert outside.read_text() == "references: []\n"


def test_a_key_cannot_choose_where_to_write(small: Program, desk: Path) -> None:
    (desk / "new.bib").write_text(BIB.replace("example2012", "../../outside"))
    small("add", "new.bib", "--write", "lab")
    assert sorted(path.name for path in desk.rglob("*")) == ["lab", "new.bib", "references.yaml"]


def test_a_starter_folder_is_made_and_can_be_filled(small: Program, desk: Path) -> None:
    result = small("add", "--init", "fresh")
    names = ["references.yaml", "steps.yaml", "references.schema.json", "steps.schema.json"]
    assert result == (0, "".join(f"fresh/{name}\n" for name in names), "")
    for name in ("references", "steps"):
        first = (desk / f"fresh/{name}.yaml").read_text().splitlines()[0]
        assert first == f"# yaml-language-server: $schema={name}.schema.json"
    head = (desk / "fresh/references.yaml").read_text()
    assert small("add", "new.bib", "--write", "fresh").code == 0
    assert (desk / "fresh/references.yaml").read_text() == head + BLOCK
    assert [one.id for one in read_references(desk / "fresh/references.yaml")] == ["example2012"]
    assert small("refs", "--data", "fresh", "--only-data", "--fields", "key").out.split() == [
        "example2012"
    ]


def test_a_folder_that_holds_data_is_not_begun_again(small: Program, desk: Path) -> None:
    small("add", "--init", "lab")
    (desk / "lab/steps.yaml").write_text("mine")
    result = small("add", "--init", "lab")
    assert (result.code, result.out) == (4, "")
    assert (desk / "lab/steps.yaml").read_text() == "mine"


def test_of_many_at_once_none_is_lost(real: Real, desk: Path) -> None:
    """Each reads the file after the one before has written it."""
    for number in range(6):
        entry = f"@book{{k{number}, title = {{Made-up title {number}}}, year = 200{number}}}\n"
        (desk / f"{number}.bib").write_text(entry)
    runs = [
        subprocess.Popen(
            [*real.command, "add", f"{number}.bib", "--write", "lab"],
            cwd=desk,
            stderr=subprocess.PIPE,
            text=True,
            env=real.environment(),
        )
        for number in range(6)
    ]
    path = (desk / "lab/references.yaml").resolve()
    said = [run.communicate()[1] for run in runs]
    assert [line for lines in said for line in lines.splitlines() if "waiting" not in line] == [
        f"bclm: {path}: 1 added, 0 filled"
    ] * 6
    assert [run.returncode for run in runs] == [0] * 6
    assert sorted(one.id for one in read_references(path)) == [f"k{number}" for number in range(6)]
    assert [one.name for one in (desk / "lab").iterdir()] == ["references.yaml"]


def test_a_pipe_that_waits_keeps_nobody_waiting(real: Real, desk: Path) -> None:
    """`bclm add a.bib --write lab | bclm add - --write lab`: the second reads before its turn."""
    line = "bclm add new.bib --write lab | bclm add - --from bibtex --write lab"
    result = real.shell(f"cd {desk} && {line}")
    assert (result.code, result.out) == (0, "")
    assert [one.id for one in read_references(desk / "lab/references.yaml")] == ["example2012"]


def test_an_edit_by_hand_meanwhile_is_kept(
    small: Program, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = (desk / "lab/references.yaml").resolve()
    path.write_text("references: []\n")
    added = edit_yaml.with_added

    def edited(*arguments: Any) -> str:
        path.write_text("references: []  # edited by hand\n")
        return added(*arguments)

    monkeypatch.setattr(edit_yaml, "with_added", edited)
    assert small("add", "new.bib", "--write", "lab") == (
        4,
        "",
        f"bclm: {path} was changed by another program meanwhile; nothing was written\n"
        "hint: the same command again takes the file as it is now\n",
    )
    assert path.read_text() == "references: []  # edited by hand\n"
    assert [one.name for one in path.parent.iterdir()] == ["references.yaml"]


OWN = """\
% my papers
@article{mine2012,
  title = {A Paper that Nobody Has},
  author = {Example, Ann},
  year = 2012,
  doi = {10.1000/nobody},
  x-shelf = {3}
}
"""


def test_a_bib_is_appended_to(small: Program, desk: Path) -> None:
    (desk / "mine.bib").write_text(OWN)
    (desk / "two.bib").write_text("@book{two2002, author={Roe, R}, title={Two}, year=2002}\n")
    result = small("add", "two.bib", "--write", "mine.bib")
    assert result == (0, "", "bclm: mine.bib: 1 added, 0 filled\n")
    assert (desk / "mine.bib").read_text() == OWN + (
        "\n@book{two2002,\n  author = {Roe, R},\n  title = {Two},\n  year = {2002}\n}\n"
    )
    again = small("add", "two.bib", "--write", "mine.bib")
    assert again.err.splitlines()[0].endswith(
        "already there as two2002 (title, year, author and place); skipped"
    )


def test_a_duplicate_leaves_its_key_in_a_bib(small: Program, desk: Path) -> None:
    (desk / "mine.bib").write_text(OWN)
    result = small("add", "new.bib", "--write", "mine.bib", "--update")
    assert result.err == (
        "bclm: new.bib:1: already there as mine2012 (DOI 10.1000/nobody); filled: container-title;"
        " kept as its alias: example2012\n"
        "bclm: mine.bib: 0 added, 1 filled\n"
    )
    assert (desk / "mine.bib").read_text() == OWN.replace(
        "x-shelf = {3}\n",
        "x-shelf = {3},\n  journal = {Journal of Invented Results},\n  ids = {example2012},\n",
    )
    (desk / "paper.tex").write_text(r"\cite{example2012}")
    exported = small("export", "--used-in", "paper.tex", "--data", "mine.bib").out
    assert exported.startswith("@article{example2012,")


def as_added(exported: str) -> str:
    """Entries of an export as they are added to a .bib."""
    return exported.rstrip("\n").replace(",\n}", "\n}") + "\n"


@pytest.mark.parametrize(
    ("encoding", "what"),
    [("utf-16", "it is UTF-16"), ("latin-1", "it is not UTF-8, and has no place for 'Ч'")],
)
def test_a_bib_in_another_encoding_stays(
    small: Program, desk: Path, encoding: str, what: str
) -> None:
    old = "@book{own2001, author={Müller, Ann}, title={Own}, year={2001}}\n".encode(encoding)
    (desk / "refs.bib").write_bytes(old)
    (desk / "new.bib").write_text(BIB.replace("Example", "Чехов"), encoding="utf-8")
    code, out, err = small("add", "new.bib", "--write", "refs.bib")
    assert (code, out) == (4, "")
    assert err.endswith(f"bclm: cannot write refs.bib: {what}\nhint: save it as UTF-8 first\n")
    assert (desk / "refs.bib").read_bytes() == old


def test_a_bib_is_begun(small: Program, desk: Path) -> None:
    assert small("add", "new.bib", "--write", "fresh.bib").code == 0
    exported = small("export", "--data", "new.bib", "--only-data").out
    assert (desk / "fresh.bib").read_text() == as_added(exported)


def test_a_folder_that_is_not_there_is_not_made(small: Program, desk: Path) -> None:
    folder = desk.resolve() / "none"
    assert small("add", "new.bib", "--write", "none/x.bib") == (
        4, "", f"bclm: cannot write none/x.bib: there is no folder {folder}\n",
    )  # fmt: skip
    assert not folder.exists()


def test_other_files_are_not_written_to(small: Program, desk: Path) -> None:
    """Nor begun: a folder called x.ris is not what is meant."""
    for write in (Path.touch, Path.unlink):
        write(desk / "x.ris")
        result = small("add", "new.bib", "--write", "x.ris")
        assert result == (
            2, "", "bclm: cannot add to x.ris\nhint: --write takes a .bib or a folder;"
            " `bclm export` converts\n",
        )  # fmt: skip


def test_a_title_that_a_bib_leaves_to_the_style_stays_so_in_a_library(
    small: Program, desk: Path
) -> None:
    title = "  title = {Delirium in Mechanically Ventilated Patients},\n"
    (desk / "new.bib").write_text(f"@book{{a,\n  author = {{Sample, Ann}},\n{title}}}\n")
    assert small("add", "new.bib", "--write", "lab").code == 0
    back = small("export", "a", "--data", "lab", "--only-data", "-f", "bibtex")
    assert title in back.out


# ---- a bibliography, and what other data has


def test_what_only_the_data_has_is_new_to_a_bib(
    small: Program, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By identifier, key, earlier key, number in PubMed: the stored record, and nobody is asked."""
    monkeypatch.setenv("BCLM_OFFLINE", "1")
    entry = as_added(small("export", "adams2001").out)
    for name in ("10.5555/made.up.2001", "PMID:99000001", "adams2001", "adams2000", "99000001"):
        (desk / "mine.bib").write_text(OWN)
        as_key = "" if name == "adams2001" else " as adams2001"
        assert small("add", name, "--write", "mine.bib") == (
            0,
            "",
            f"bclm: {name}: taken from the data{as_key}\nbclm: mine.bib: 1 added, 0 filled\n",
        )
        assert (desk / "mine.bib").read_text() == f"{OWN}\n{entry}"
        assert small("add", name, "--write", "mine.bib").err == (
            f"bclm: {name}: already there{as_key}; skipped\n"
            "bclm: mine.bib: 0 added, 0 filled\nbclm: already there: 1\n"
        )


def test_an_export_or_a_list_of_keys_is_appended(small: Program, desk: Path) -> None:
    exported = small("export", "adams2001").out
    assert small("add", "-", "--write", "mine.bib", stdin=exported).err == (
        "bclm: mine.bib: 1 added, 0 filled\n"
    )
    listed = small("refs", "adams2001", "origin2015").out
    assert small("add", "-", "--write", "mine.bib", stdin=listed).err == (
        "bclm: adams2001: already there; skipped\n"
        "bclm: origin2015: taken from the data\n"
        "bclm: mine.bib: 1 added, 0 filled\nbclm: already there: 1\n"
    )
    exported = small("export", "adams2001", "origin2015").out
    assert (desk / "mine.bib").read_text() == as_added(exported)


def test_what_has_no_key_gets_that_of_the_data(small: Program, desk: Path) -> None:
    (desk / "x.nbib").write_text(small("export", "adams2001", "-f", "nbib").out)
    small("add", "x.nbib", "--write", "mine.bib")
    assert (desk / "mine.bib").read_text().startswith("@article{adams2001,")


def test_a_paper_of_the_data_whose_key_is_taken(small: Program, desk: Path) -> None:
    (desk / "mine.bib").write_text(BIB.replace("example2012", "adams2001"))
    result = small("add", "10.5555/made.up.2001", "--write", "mine.bib", "-q")
    assert (result.code, "\n@article{adams2001a,\n" in (desk / "mine.bib").read_text()) == (0, True)


@pytest.mark.parametrize(
    ("where", "place"), [((), "already in the data"), (("--write", "lab"), "already in the data")]
)
def test_elsewhere_what_the_data_has_is_skipped(
    small: Program, desk: Path, where: tuple[str, ...], place: str
) -> None:
    for name in ("10.5555/made.up.2001", "adams2000"):
        result = small("add", name, *where)
        assert (result.code, result.err.splitlines()[0]) == (
            0,
            f"bclm: {name}: {place} as adams2001; skipped; `bclm refs adams2001` shows it,"
            " `bclm export adams2001` prints its entry",
        )
    assert list((desk / "lab").iterdir()) == []


def test_a_name_that_is_neither_file_nor_key(small: Program, desk: Path) -> None:
    assert small("add", "adams2002", "--write", "mine.bib") == (
        3,
        "",
        "bclm: adams2002: no such file, and the data has no paper of this key\n",
    )
    (desk / "adams2001").write_text(BIB)
    assert small("add", "adams2001").out == f"references:\n{BLOCK}"
    assert small("add", "origin2015", "--from", "ris").code == 3


def test_a_bib_that_is_the_data_is_begun(small: Program, desk: Path) -> None:
    env = {"BCLM_DATA": "mine.bib"}
    assert small("add", "adams2001", "--write", "mine.bib", env=env).code == 0
    assert small("add", "new.bib", "--write", "mine.bib", env=env).code == 0
    keys = small("refs", "--only-data", "--fields", "key", env=env).out
    assert keys.split() == ["adams2001", "example2012"]


def test_gaps_are_filled_from_the_data(small: Program, desk: Path) -> None:
    whole = small("export", "adams2001").out
    doi = next(line for line in whole.splitlines(True) if "doi =" in line)
    for key in ("adams2001", "Adams:2001"):
        (desk / "mine.bib").write_text(OWN + whole.replace(doi, "").replace("adams2001", key))
        for env in ({}, {"BCLM_DATA": "mine.bib"}):
            result = small("add", "--update", "--write", "mine.bib", env=env)
            assert (result.code, result.out) == (0, "")
            lines = result.err.splitlines()
            said = f"bclm: {key}: filled from adams2001 (PMID 99000001): DOI"
            assert lines == (
                ["bclm: mine.bib: 0 added, 0 filled"] if env
                else [said, "bclm: mine.bib: 0 added, 1 filled"]
            )  # fmt: skip
        text = (desk / "mine.bib").read_text()
        assert (text.startswith(OWN), f"\n{doi}" in text, "ids" in text) == (True, True, False)


def test_gaps_of_one_paper_are_filled_by_its_name_or_export(small: Program, desk: Path) -> None:
    whole = small("export", "adams2001").out
    doi = next(line for line in whole.splitlines(True) if "doi =" in line)
    for what, stdin, aliases in (("adams2001", None, ", adams2000"), ("-", whole, "")):
        (desk / "mine.bib").write_text(whole.replace(doi, "").replace("adams2001", "mine"))
        result = small("add", what, "--update", "--write", "mine.bib", stdin=stdin)
        assert result.err.endswith(
            ": already there as mine (PMID 99000001); filled: DOI; kept as its alias: adams2001"
            f"{aliases}\nbclm: mine.bib: 0 added, 1 filled\n"
        )
        assert doi.strip() in (desk / "mine.bib").read_text()


def test_gaps_of_a_folder_are_filled_from_the_data(small: Program, desk: Path) -> None:
    (desk / "lab/references.yaml").write_text(
        "references:\n  - id: adams2001\n"
        "    title: The EXA1 signal and the departure of mock cells\n"
        "    DOI: 10.5555/made.up.2001\n"
    )
    result = small("add", "--update", "--write", "lab")
    assert "adams2001: filled from adams2001 (DOI 10.5555/made.up.2001): " in result.err
    assert "PMID: " in (desk / "lab/references.yaml").read_text()
    assert small("add", "--update", "--write", "lab").err.endswith("0 added, 0 filled\n")


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_what_is_filled_is_filled_once(shipped: Program, desk: Path, dialect: str) -> None:
    """What the dialect has no place for, such as an abbreviated journal, is no gap."""
    gaps = ("doi =", "pmid =", "number =", "month =", "eprint")
    lines = shipped("export", "-f", dialect).out.splitlines(True)
    (desk / "mine.bib").write_text(
        "".join(line for line in lines if not any(map(line.count, gaps)))
    )
    first = shipped("add", "--update", "--write", "mine.bib").err.splitlines()
    assert len(first) > 100
    assert shipped("add", "--update", "--write", "mine.bib").err == (
        "bclm: mine.bib: 0 added, 0 filled\n"
    )


def test_a_folder_is_never_what_is_added(small: Program, desk: Path) -> None:
    for name in ("adams2001", "nothing", "10.5555"):
        (desk / name).mkdir()
    (desk / "10.5555/made.up.2001").mkdir()
    for name in ("adams2001", "10.5555/made.up.2001"):
        assert small("add", name, "--write", "mine.bib").code == 0
    assert small("add", "nothing", "--write", "mine.bib") == (
        3, "", "bclm: nothing: a folder, and the data has no paper of this key\n"
    )  # fmt: skip


@pytest.mark.parametrize("online", [(), ("--online",)])
def test_a_bib_that_is_not_there_cannot_be_filled(
    small: Program, desk: Path, online: tuple[str, ...]
) -> None:
    assert small("add", "--update", *online, "--write", "none.bib") == (
        2, "", "bclm: no such file: none.bib\nhint: bclm add WHAT --write none.bib begins it\n"
    )  # fmt: skip


def test_the_way_to_a_file_leads_through_folders(small: Program, desk: Path) -> None:
    (desk / "mine.bib").write_text(OWN)
    for command in (("add", "adams2001", "--write"), ("export", "adams2001", "-o")):
        result = small(*command, "x/../mine.bib")
        said = "cannot write x/../mine.bib: No such file or directory"
        assert (result.code, said in result.err) == (4, True)
    assert (desk / "mine.bib").read_text() == OWN


def test_a_paper_that_may_be_there_is_told(small: Program, desk: Path) -> None:
    """Without volume it is another work by our rules, but the author can tell."""
    entry = small("export", "adams2001").out
    own = [
        line for line in entry.splitlines(True) if not any(map(line.count, ("doi", "pm", "vol")))
    ]
    (desk / "mine.bib").write_text("".join(own).replace("adams2001", "mine"))
    assert small("add", "adams2001", "--update", "--write", "mine.bib").err == (
        "bclm: adams2001: taken from the data\n"
        "bclm: adams2001 may be the same paper as mine: title and first author agree,"
        " and one lacks the year or identifier that would settle it; both are kept\n"
        "bclm: mine.bib: 1 added, 0 filled\n"
    )


def test_letters_that_a_bib_cannot_hold_are_noted(small: Program, desk: Path) -> None:
    (desk / "ro.yaml").write_text(
        "references:\n- {id: popesti2001, type: book, title: A, author: [{family: Popești}]}\n",
        encoding="utf-8",
    )
    assert small("add", "ro.yaml", "--write", "refs.bib").err == (
        "bclm: BibTeX has no command for ș: the nearest letters stand there (popesti2001);"
        " -f biblatex keeps them\n"
        "bclm: refs.bib: 1 added, 0 filled\n"
    )
    (desk / "latex.bib").write_text("@online{a, title={A}, date={2001-02}}\n")
    assert small("add", "ro.yaml", "--write", "latex.bib").err == (
        "bclm: latex.bib: 1 added, 0 filled\n"
    )
