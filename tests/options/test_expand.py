"""What every command that writes to -o FILE does with its options."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import Program

BIB = "@article{own2001, title={Own}, author={Example, Ann}, year={2001}}\n"
YAML = 'references:\n  - id: lab2001\n    type: book\n    title: Own\n    issued: "2001"\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A manuscript, a bibliography and a data folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "paper.md").write_text("[@own2001]\n")
    (tmp_path / "own.bib").write_text(BIB)
    (tmp_path / "link.csv").symlink_to("own.bib")
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab/references.yaml").write_text(YAML)
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        "cite --used-in paper.md --data own.bib -o paper.md",
        "refs --used-in paper.md --data own.bib -f md -o ./paper.md",
        "refs --data own.bib -o link.csv",
        "check paper.md --also own.bib -f json -o own.bib",
        "check own.bib -f json -o own.bib",
        "refs --data lab -o lab/references.yaml",
        "check lab -f yaml -o lab/references.yaml",
    ],
)
def test_what_is_read_is_not_replaced(small: Program, desk: Path, line: str) -> None:
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    code, out, err = small(*line.split())
    file = Path(line.split()[-1])
    assert (code, out, err) == (
        4, "", f"bclm: {file} is read for this answer, which would replace it; nothing was written"
        "\nhint: give another name\n",
    )  # fmt: skip
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_what_was_written_beside_the_data_is_replaced(small: Program, desk: Path) -> None:
    for _ in range(2):
        assert small("refs", "--data", "lab", "--only-data", "-o", "lab/refs.md").code == 0
    assert "lab2001" in (desk / "lab/refs.md").read_text()
