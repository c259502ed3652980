"""`bclm browse` where it cannot run: a pipe, a dumb terminal, no Textual."""

from __future__ import annotations

import sys

import pytest

from support.program import Program, Real


def test_a_pipe(small: Program) -> None:
    assert small("browse") == (
        4,
        "",
        "bclm: browse needs a terminal\nhint: `bclm tree` shows the same in a pipe\n",
    )


def test_a_dumb_terminal(real: Real) -> None:
    shown = real.terminal("browse", env={"TERM": "dumb"})
    assert shown.code == 4
    assert "TERM=dumb" in shown.out


def test_without_textual(monkeypatch: pytest.MonkeyPatch, small: Program) -> None:
    from bclm_cli.commands import browse

    monkeypatch.setattr(browse, "_check_terminal", lambda: None)
    monkeypatch.setitem(sys.modules, "textual", None)
    assert small("browse") == (
        4,
        "",
        "bclm: the browser needs Textual\nhint: pip install 'bclm-cli[browse]' brings it\n",
    )


def test_an_unknown_name_is_told_before_anything_is_drawn(
    monkeypatch: pytest.MonkeyPatch, small: Program
) -> None:
    from bclm_cli.commands import browse

    monkeypatch.setattr(browse, "_check_terminal", lambda: None)
    found = small("browse", "nobody")
    assert (found.code, found.out) == (1, "")
    assert found.err.startswith("bclm: no factor 'nobody'")
