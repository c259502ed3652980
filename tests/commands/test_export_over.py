"""`bclm export -o FILE` over a file that is there: what is replaced, and what would be lost."""

from __future__ import annotations

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
    what = "2 entries that this export and the data lack (own2010, own2011)"
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
        "".join(f"TY  - BOOK\nID  - own{n}\nTI  - Title {n}\nER  - \n\n" for n in range(7))
    )
    assert small("export", "adams2001", "-o", "refs.ris") == refused(
        "refs.ris",
        "7 entries that this export and the data lack (own0, own1, own2, own3, own4 and 2 more)",
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
    Path("refs.bib").write_text(small("export", "adams2001").out.replace("2001,", "2001x,"))
    assert small("export", "-o", "refs.bib").code == 4
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
    assert "2 entries that this export and the data lack (adams2001, own2011)" in result.err


def test_papers_without_keys_are_known_by_what_they_are(small: Program) -> None:
    assert small("export", "adams2001", "-o", "refs.nbib").code == 0
    assert small("export", "nobody", "origin2015", "-o", "refs.nbib").code == 0
    with Path("refs.nbib").open("a") as file:
        file.write("\nPMID- 81\nTI  - A paper that nobody has\nDP  - 2001\n")
    assert (
        "1 entry that this export and the data lack ("
        in small("export", "adams2001", "-o", "refs.nbib").err
    )


# ---- a file that is part of the data


def test_what_the_file_itself_gave_to_the_data_would_be_lost(small: Program) -> None:
    path = Path("own.bib")
    own = OWN + small("export", "adams2001").out
    path.write_text(own)
    data = ("--data", "own.bib", "-o", "own.bib")
    result = small("export", "own2010", *data)
    what = "1 entry that this export and the data lack (own2011)"
    assert result == refused("own.bib", what, "`bclm add own2010 --write own.bib` adds to it; or ")
    assert small("export", "adams2001", "--only-data", *data).code == 4
    assert path.read_text() == own
    assert small("export", "own2011", "own2010", *data) == (0, "", "")
    assert path.read_text().startswith("@article{own2011,")


def test_a_copy_in_other_data_is_enough(small: Program) -> None:
    for name in ("own.bib", "copy.bib"):
        Path(name).write_text(OWN)
    data = ("--data", "own.bib", "--data", "copy.bib")
    assert small("export", "own2010", *data, "-o", "own.bib").code == 0
    Path("own.bib").write_text(OWN)
    assert small("export", "own2010", *data, "-o", "copy.bib").code == 0


def test_a_file_of_a_folder_that_is_data(small: Program) -> None:
    Path("lab").mkdir()
    Path("lab/a.bib").write_text(OWN)
    Path("lab/b.bib").write_text("@book{two2002, title={Two}}\n" + OWN)
    data = ("--data", "lab", "-q")
    assert small("export", "two2002", *data, "-o", "lab/b.bib").code == 0
    result = small("export", "two2002", *data, "-o", "lab/a.bib")
    assert "2 entries that this export and the data lack (own2010, own2011)" in result.err


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


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_filled(small: Program, text: str) -> None:
    Path("refs.bib").write_text(text)
    assert small("export", "adams2001", "-o", "refs.bib") == (0, "", "")


def test_an_entry_that_cannot_be_read_is_not_lost(small: Program) -> None:
    Path("refs.bib").write_text("@book{own2010, title={Open\n\n" + small("export").out)
    add = "`bclm add adams2001 --write refs.bib` adds to it; or "
    assert small("export", "adams2001", "-o", "refs.bib") == refused(
        "refs.bib", "1 entry that this export and the data lack (line 1)", add
    )
    Path("refs.bib").write_text("@book{adams2001, title={Open\n\n" + small("export").out)
    assert small("export", "adams2001", "-o", "refs.bib") == (0, "", "")


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
