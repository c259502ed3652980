"""What is to be added: lists of identifiers and keys."""

from __future__ import annotations

import pytest

from bclm_cli.library.sources import listed


@pytest.mark.parametrize(
    ("data", "identifiers"),
    [
        (b"10.1000/a\nPMID:1\tx\n#c\n\n", ["10.1000/a", "PMID:1"]),
        (b"10.1000/a\nnot one\n", None),
        (b"known2001\t2001\nPMID:1\n", ["known2001", "PMID:1"]),
        (
            b"known2001 # note\n  # c\nPMID:1\t# x\n10.1000/a#b # 10.1000/c\n",
            [
                "known2001",
                "PMID:1",
                "10.1000/a#b",
            ],
        ),
        (b"", None),
        (b"\xff\xfe", None),
        (b"# nothing\n", None),
        (b"@article{x, doi={10.1000/a}}", None),
    ],
)
def test_lists_of_identifiers(data: bytes, identifiers: list[str] | None) -> None:
    found = listed(data, {"known2001"}.__contains__)
    assert (None if found is None else [str(one) for one in found]) == identifiers
