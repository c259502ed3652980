"""`bclm export -o FILE` over a file that is there: what is replaced, and what would be lost."""

from __future__ import annotations

import csv
import os
import subprocess
import threading
from pathlib import Path

import pytest

from bclm_cli.formats import registry
from support.program import Program, Real

FORMATS = registry.writer_names()
OWN = """\
% my library
@article{own2010, author={Example, Ann}, title={A paper that nobody has}, year=2010}
@article{own2011, author={Example, Ann}, title={Another paper that nobody has}, year=2011}
"""


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


KEPT = """\
@article{own2010,
  author = {Example, Ann},
  title = {A paper that nobody has},
  year = {2010},
}

@article{own2011,
  author = {Example, Ann},
  title = {Another paper that nobody has},
  year = {2011},
}
"""
"""What an export of such a library is."""
LACKS = "entries that the data lacks (own2010, own2011)"


def refused(file: str, what: str, hint: str = "") -> tuple[int, str, str]:
    """How an export ends that would lose this."""
    return (
        4, "",
        f"bclm: {file} holds {what}, which would be lost; nothing was written\n"
        f"hint: {hint}give another name, or remove {file} first\n",
    )  # fmt: skip


def test_an_authors_library_is_not_replaced(small: Program) -> None:
    path = Path("own.bib")
    path.write_text(OWN)
    what = f"2 {LACKS} and what no export writes (line 1)"
    add = "`bclm add adams2001 --write own.bib` adds to it; or "
    assert small("export", "adams2001", "-o", "own.bib") == refused("own.bib", what, add)
    add = "`bclm export … | bclm add - --write own.bib` adds to it; or "
    assert small("export", "--step", "1", "-o", "own.bib") == refused("own.bib", what, add)
    Path("link.bib").symlink_to("own.bib")
    assert small("export", "adams2001", "-o", "link.bib").code == 4
    assert path.read_text() == OWN
    assert sorted(one.name for one in Path().iterdir()) == ["link.bib", "own.bib"]


def test_what_is_named_is_counted(small: Program) -> None:
    Path("refs.ris").write_text(
        "".join(f"TY  - BOOK\nID  - own{n}\nT1  - Title {n}\nER  - \n\n" for n in range(7))
    )
    assert small("export", "adams2001", "-o", "refs.ris") == refused(
        "refs.ris",
        "7 entries that the data lacks (own0, own1, own2, own3, own4 and 2 more)",
    )


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_of_ours_is_replaced(shipped: Program, name: str) -> None:
    file = f"refs{registry.writer(name).SUFFIX}"
    for selected in ((), ("muller2001", "aceto2014"), ("--year", "1800", "-q"), ("--step", "1")):
        assert shipped("export", *selected, "-o", file) == (0, "", "")
        assert Path(file).read_bytes().decode() == shipped("export", *selected, "-f", name).out


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_of_ours_is_replaced_by_one_of_another_format(small: Program, name: str) -> None:
    keys = ("adams2001", "example2012b", "nobody", "origin2015")  # whose titles all formats hold
    assert small("export", *keys, "-f", name, "-o", "refs").code == 0
    assert small("export", "adams2001", "-f", "ris", "-o", "refs") == (0, "", "")
    assert small("export", *keys, "-f", name, "-o", "refs") == (0, "", "")


def test_an_earlier_key_is_known(small: Program) -> None:
    Path("lab.yaml").write_text(
        "references:\n  - {id: new2001, title: T, custom: {aliases: [old2001]}}\n"
    )
    Path("refs.bib").write_text("@misc{old2001, title={T}}\n")
    assert small("export", "adams2001", "--data", "lab.yaml", "-o", "refs.bib").code == 0


def test_a_record_may_have_been_corrected_since(small: Program) -> None:
    before = small("export", "adams2001").out
    for old, new in (("doi = {10.", "doi = {10.9"), ("title = {", "title = {Formerly: ")):
        Path("refs.bib").write_text(changed := before.replace(old, new))
        assert changed != before
        assert small("export", "adams2001", "-o", "refs.bib") == (0, "", "")


def test_another_paper_under_a_key_of_the_data_is_not_lost(small: Program) -> None:
    Path("refs.bib").write_text(OWN.replace("own2010", "adams2001"))
    result = small("export", "adams2001", "-o", "refs.bib")
    assert "2 entries that the data lacks (adams2001, own2011)" in result.err


def test_papers_without_keys_are_those_of_an_export(small: Program) -> None:
    assert small("export", "adams2001", "-o", "refs.nbib").code == 0
    assert small("export", "nobody", "origin2015", "-o", "refs.nbib").code == 0
    with Path("refs.nbib").open("a") as file:
        file.write("\nPMID- 81\nTI  - A paper that nobody has\nDP  - 2001\n")
    result = small("export", "adams2001", "-o", "refs.nbib")
    assert result == refused("refs.nbib", "1 entry that the data lacks (line 18)")


# ---- what the data has, and what an export has written of what it lacks


def shelf(*titles: str) -> tuple[str, str]:
    """A library with papers of these titles, as --data."""
    blocks = [
        f"  - {{id: lab200{n}, type: article-journal, title: {title}, issued: '200{n}',"
        f" container-title: Cell, DOI: 10.1000/{n}, PMID: '{n}1',"
        f" author: [{{family: Müller, given: Ann}}]}}\n"
        for n, title in enumerate(titles)
    ]
    Path("lab.yaml").write_text("references:\n" + "".join(blocks))
    return "--data", "lab.yaml"


@pytest.mark.parametrize(
    "options", [(), ("--journal", "abbrev"), ("--without", "note,issue"), ("--without", "DOI")]
)
@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_replaced_after_a_paper_has_left_the_data(
    small: Program, name: str, options: tuple[str, ...]
) -> None:
    data = shelf("One", "Two CXCR4 <i>in vivo</i>")
    file = f"refs{registry.writer(name).SUFFIX}"
    ask = ("export", "-f", name, "-o", file, "-q", *options)
    assert small(*ask, *data, "lab2000", "lab2001").code == 0
    assert "vivo" in Path(file).read_text()
    shelf("One")
    assert small(*ask, *data, "lab2000") == (0, "", "")
    assert "vivo" not in Path(file).read_text()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "nbib"])
def test_a_paper_that_has_left_the_data_and_was_edited_is_kept(small: Program, name: str) -> None:
    data = shelf("One", "Two")
    path = Path(f"refs{registry.writer(name).SUFFIX}")
    small("export", "-f", name, "-o", str(path), *data)
    path.write_text(path.read_text().replace("Cell", "Cell  "))
    shelf("One")
    result = small("export", "-f", name, "-o", str(path), *data)
    assert (result.code, "1 entry that the data lacks (lab2001)" in result.err) == (4, True)


BETWEEN = [
    '@string{jir = "Journal of Irreproducible Results"}', "@comment{jabref-meta: x;}", "% to read",
    "@preamble{x}", "My library", "@xdata{x, title={X}}", "@book{x, title={Open}",
]  # fmt: skip


@pytest.mark.parametrize("text", BETWEEN)
def test_what_stands_around_entries_is_kept(small: Program, text: str) -> None:
    first, second = (small("export", key).out.rstrip() for key in ("adams2001", "nobody"))
    for parts in ((text, first, second), (first, text, second), (first, second, text)):
        Path("refs.bib").write_text(before := "\n\n".join(parts) + "\n")
        result = small("export", "adams2001", "-o", "refs.bib")
        line = before[: before.index(text)].count("\n") + 1
        sign = text.partition("{")[0]
        place = f"{sign} in line {line}" if text.startswith("@") else f"line {line}"
        assert (result.code, f"what no export writes ({place})" in result.err) == (4, True)


def test_all_that_stands_around_entries_is_named(small: Program) -> None:
    own = small("export", "adams2001").out
    Path("refs.bib").write_text(f'@string{{a = "A"}}\n\n@comment{{x}}\n{own}\n% x\n@preamble{{x}}')
    result = small("export", "adams2001", "-o", "refs.bib")
    number = own.count("\n") + 6
    named = f"@string in line 1, @comment in line 3, @preamble in line {number}"
    assert f"holds what no export writes ({named}), which" in result.err


@pytest.mark.parametrize(
    "field",
    ["annote = {my reading notes}", "file = {a.pdf}", "abstract = {We}", "keywords = {to read}",
     "bdsk-file-1 = {x}", "timestamp = {2020}", "mine = {x}", "note = {x}"],
)  # fmt: skip
def test_a_field_that_no_export_writes_is_kept(small: Program, field: str) -> None:
    name = field.partition(" ")[0]
    own = small("export", "adams2001").out
    for text in (
        own.replace("  title =", f"  {field},\n  title ="),
        own.replace("{adams2001,\n", f"{{adams2001, {field}, "),
        own.replace("\n}\n", f",\n{field}}}\n"),
    ):
        assert text != own
        Path("refs.bib").write_text(text)
        result = small("export", "nobody", "-o", "refs.bib")
        assert f"what no export writes ({name} of adams2001)" in result.err


def test_an_annotation_just_where_an_export_would_have_it_is_kept(small: Program) -> None:
    own = small("export", "adams2001").out
    Path("refs.bib").write_text(own.replace("  doi =", "  annote = {my notes},\n  doi ="))
    result = small("export", "nobody", "-o", "refs.bib")
    assert "what no export writes (annote of adams2001)" in result.err
    small("export", "adams2001", "-o", "refs.csv")
    with Path("refs.csv").open(newline="") as file:
        header, row = csv.reader(file)
    row[header.index("note")] = "read it"
    with Path("refs.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((header, row))
    result = small("export", "nobody", "-o", "refs.csv")
    assert "what no export writes (note of adams2001)" in result.err


@pytest.mark.parametrize(
    ("name", "old", "new", "named"),
    [
        ("csv", "\n", ",mine\n", "line 1"),
        ("ris", "ER  - ", "L1  - a.pdf\nER  - ", "L1 of adams2001"),
        ("ris", "ER  - ", "my notes\nER  - ", "line"),
        ("csljson", '"id": "', '"mine": "x",\n    "id": "', "mine of adams2001"),
        ("cslyaml", "references:", "# mine\nreferences:", "line 1"),
        ("cslyaml", "\n    title:", "\n    annote: x\n    title:", "annote of adams2001"),
        ("cslyaml", "\n    title:", "\n    # mine\n    title:", "line 4 of adams2001"),
        ("hayagriva", "\n  title:", "\n  abstract: x\n  title:", "abstract of adams2001"),
    ],
)  # fmt: skip
def test_what_no_export_writes_in_other_formats(
    small: Program, name: str, old: str, new: str, named: str
) -> None:
    path = Path(f"refs{registry.writer(name).SUFFIX}")
    text = small("export", "adams2001", "-f", name).out
    assert old in text
    path.write_text(text.replace(old, new, 1))
    result = small("export", "nobody", "-o", str(path))
    assert (result.code, f"what no export writes ({named}" in result.err) == (4, True)


def test_a_second_entry_of_one_key_is_kept(small: Program) -> None:
    own = small("export", "adams2001").out
    Path("refs.bib").write_text(f"{own}\n{own.replace('title = {', 'title = {Another ')}")
    result = small("export", "adams2001", "-o", "refs.bib")
    assert "what no export writes (a second adams2001)" in result.err


def test_the_papers_of_the_data_in_another_layout_may_be_replaced(small: Program) -> None:
    own = small("export", "adams2001").out
    for old, new in (("  ", "\t"), (" = ", "="), ("= {", '= "'), ("\n", "\r\n")):
        text = own.replace(old, new).replace("},", '",') if '"' in new else own.replace(old, new)
        Path("refs.bib").write_bytes(text.encode())
        assert small("export", "nobody", "-o", "refs.bib") == (0, "", "")


def test_what_was_added_to_an_export_is_kept_unless_the_data_has_it(small: Program) -> None:
    Path("own.bib").write_text(OWN)
    for what, code in (("own.bib", 4), ("adams2001", 0)):
        for begun in (True, False):
            Path("refs.bib").unlink(missing_ok=True)
            if begun:
                small("export", "nobody", "-o", "refs.bib")
            assert small("add", what, "--write", "refs.bib").code == 0
            result = small("export", "nobody", "-o", "refs.bib")
            assert (result.code, LACKS in result.err) == (code, code == 4)


# ---- a file that is part of the data


def test_what_the_file_itself_gave_to_the_data_would_be_lost(small: Program) -> None:
    path = Path("own.bib")
    own = f"{KEPT}\n{small('export', 'adams2001').out}"
    path.write_text(own)
    data = ("--data", "own.bib", "-o", "own.bib")
    add = "`bclm add own2010 --write own.bib` adds to it; or "
    what = "1 entry that no other data has (own2011)"
    assert small("export", "own2010", *data) == refused("own.bib", what, add)
    assert small("export", "adams2001", "--only-data", *data).code == 4
    assert path.read_text() == own
    assert small("export", "own2011", "own2010", *data) == (0, "", "")
    assert path.read_text().startswith("@article{own2011,")


def test_what_the_file_says_of_a_paper_of_other_data_would_be_lost(small: Program) -> None:
    path = Path("own.bib")
    data = ("--data", "own.bib", "-o", "own.bib", "-q")
    own = small("export", "adams2001").out
    for field in ("annote = {my reading notes}", "keywords = {to read}", "file = {a.pdf}"):
        path.write_text(own.replace("  doi =", f"  {field},\n  doi ="))
        result = small("export", "nobody", *data)
        assert (result.code, "1 entry that no other data has" in result.err) == (4, True)
    path.write_text(own)
    assert small("export", "nobody", *data).code == 0


def test_a_copy_in_other_data_is_enough(small: Program) -> None:
    for name in ("own.bib", "copy.bib"):
        Path(name).write_text(KEPT)
    data = ("--data", "own.bib", "--data", "copy.bib")
    assert small("export", "own2010", *data, "-o", "own.bib").code == 0
    Path("own.bib").write_text(KEPT)
    assert small("export", "own2010", *data, "-o", "copy.bib").code == 0


def test_a_file_of_a_folder_that_is_data(small: Program) -> None:
    Path("lab").mkdir()
    Path("lab/a.bib").write_text(KEPT)
    Path("lab/b.bib").write_text(KEPT.replace("own2010", "two2010"))
    data = ("--data", "lab", "-q")
    assert small("export", "two2010", *data, "-o", "lab/b.bib").code == 0
    result = small("export", "two2010", *data, "-o", "lab/a.bib")
    assert "2 entries that no other data has (own2010, own2011)" in result.err


def test_the_references_of_a_data_folder(small: Program) -> None:
    Path("lab").mkdir()
    before = "references:\n  - {id: own2010, title: T}\n  - {id: own2011, title: U}\n"
    Path("lab/references.yaml").write_text(before)
    result = small("export", "own2010", "--data", "lab", "-o", "lab/references.yaml")
    assert (result.code, Path("lab/references.yaml").read_text()) == (4, before)


# ---- what is no bibliography, or only in part


@pytest.mark.parametrize(
    "text",
    ["Dear Ann,\n", "\\documentclass{article}\n", '@string{jir = "Journal"}\n', "@comment{x}\n",
     "% only a comment\n", '{"name": "a package"}\n', "<html></html>\n", "\x00\x01"],
)  # fmt: skip
@pytest.mark.parametrize("file", ["refs.bib", "refs.json", "refs.csv", "refs.yml", "refs"])
def test_anything_else_is_not_replaced(small: Program, file: str, text: str) -> None:
    Path(file).write_text(text)
    result = small("export", "adams2001", "-o", file)
    assert (result.code, result.out) == (4, "")
    assert result.err.startswith(f"bclm: {file} holds ")
    assert result.err.endswith(
        "which would be lost; nothing was written\n"
        f"hint: give another name, or remove {file} first\n"
    )
    assert Path(file).read_text() == text


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "\ufeff\n"])
def test_an_empty_file_is_filled(small: Program, text: str) -> None:
    Path("refs.bib").write_text(text)
    assert small("export", "adams2001", "-o", "refs.bib") == (0, "", "")


def test_an_entry_that_cannot_be_read_is_not_lost(small: Program) -> None:
    add = "`bclm add adams2001 --write refs.bib` adds to it; or "
    for key in ("own2010", "adams2001"):
        Path("refs.bib").write_text(f"@book{{{key}, title={{Open\n\n" + small("export").out)
        assert small("export", "adams2001", "-o", "refs.bib") == refused(
            "refs.bib", "what no export writes (@book in line 1)", add
        )


def test_check_compares_as_ever(small: Program) -> None:
    Path("own.bib").write_text(OWN)
    result = small("export", "adams2001", "-o", "own.bib", "--check")
    assert (result.code, result.out.splitlines()[0]) == (1, "--- own.bib (as it is)")


def test_a_pipe_and_a_device_are_written_to(real: Real, desk: Path) -> None:
    os.mkfifo("pipe.bib")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe.bib").read_text()))
    reader.start()
    assert real.pipe("export", "muller2001", "-o", "pipe.bib") == (0, "", "")
    reader.join()
    done = subprocess.run(
        [*real.command, "export", "muller2001", "-o", "/dev/stdout"],
        capture_output=True, text=True, check=True, env=real.environment(),
    )  # fmt: skip
    assert read == [done.stdout] == [real.pipe("export", "muller2001").out]
