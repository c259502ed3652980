"""What the full-text index holds, for a search outside the program."""

from __future__ import annotations

from bclm_cli.query import Library
from bclm_cli.query.indexed import Indexed
from support.program import SMALL


def test_each_record_has_its_words_and_its_other_names() -> None:
    found = {one.record: one for one in Library([SMALL], shipped=False).indexed()}
    assert len({one.row for one in found.values()}) == len(found)
    assert found["factor", "TSTG"]._replace(row=0) == Indexed(
        ("factor", "TSTG"),
        0,
        "tstg",
        "tst gamma 5mtest test gamma tstgamma",
        "gene",
        ("tstg", "5mtest", "testgamma", "tstgamma"),
    )
    assert found["step", "arrival"].text == "the mock cell stay in the liver"
    claim = ("claim", "arrival", "TSTG", "gruen2020", "TST-γ made mock cells stay.")
    assert found[claim]._replace(row=0) == Indexed(
        claim, 0, "", "tst gamma made mock cell stay tstgamma",
        "tstg tst gamma 5mtest tstgamma", (),
    )  # fmt: skip
    assert [kind for kind, *_ in found] == sorted(
        (kind for kind, *_ in found), key=("step", "factor", "claim", "paper").index
    )
