"""`bclm page`: what it takes, where it writes, what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import Program


def steps_of(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('<article class="step" id="step/')[1:]]


def test_a_step_is_taken_by_number_and_by_the_start_of_its_name(small: Program) -> None:
    by_number, by_start = small("page", "3"), small("page", "arr")
    assert by_number == by_start
    assert steps_of(by_number.out) == ["arrival"]


def test_names_from_a_pipe(small: Program) -> None:
    assert small("page", "-", stdin="TST-γ\n") == small("page", "TSTG")
    assert steps_of(small("page", "TSTG").out) == ["arrival"]


def test_a_file_is_written_only_if_that_changes_it(small: Program, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    assert small("page", "-o", str(page)) == (0, "", "")
    before = page.stat()
    assert small("page", "-o", str(page)) == (0, "", "")
    assert page.stat().st_ino == before.st_ino
    assert page.read_text(encoding="utf-8") == small("page").out


def test_a_selection_that_is_empty_is_a_page_that_says_so(small: Program) -> None:
    result = small("page", "DUMB", "--site", "lung")
    assert (result.code, result.err) == (0, "bclm: no claims match\n")
    assert "No claim matches this selection." in result.out
    assert small("page", "DUMB", "--site", "lung", "-q").err == ""


def test_no_names_in_a_pipe_are_nothing(small: Program) -> None:
    result = small("page", "-", stdin="")
    assert (result.code, result.err) == (0, "bclm: no claims match\n")


def test_a_terminal_gets_no_html(small: Program) -> None:
    assert small("page", columns=80) == (
        2, "", "bclm: a page is for a browser\nhint: write it to a file: bclm page -o bclm.html\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("names", "command"),
    [
        (("arrival",), "bclm page arrival -o arrival.html"),
        (("EXA1", "mock cell"), "bclm page EXA1 'mock cell' -o bclm.html"),
    ],
)
def test_the_hint_keeps_what_was_named(
    small: Program, names: tuple[str, ...], command: str
) -> None:
    assert small("page", *names, columns=80).err.splitlines()[1] == (
        f"hint: write it to a file: {command}"
    )


def test_another_suffix_promises_another_file(small: Program, tmp_path: Path) -> None:
    target = tmp_path / "page.pdf"
    result = small("page", "-o", str(target))
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"bclm: a page is HTML, not '.pdf'\nhint: name it {tmp_path / 'page.html'}\n"
    )
    assert not target.exists()


def test_an_unknown_name_may_be_a_step_or_a_factor(small: Program) -> None:
    step = small("page", "arival")
    assert (step.code, step.err) == (1, "bclm: no step 'arival'; did you mean arrival?\n")
    factor = small("page", "EXB1")
    assert (factor.code, factor.err) == (1, small("factors", "EXB1").err)


def test_a_step_and_the_flag_ask_for_the_same(small: Program) -> None:
    assert small("page", "3", "--step", "1").code == 2
    assert small("page", "EXA1", "--factor", "DUMB").code == 2


def test_a_target_that_cannot_be_written(small: Program, tmp_path: Path) -> None:
    result = small("page", "-o", str(tmp_path / "no" / "page.html"))
    assert (result.code, result.out) == (4, "")
    assert result.err.startswith(f"bclm: cannot write {tmp_path / 'no' / 'page.html'}: ")


@pytest.mark.parametrize(
    ("names", "begins"),
    [((), ""), (("exa1",), "EXA1 · "), (("exa1", "2"), "Departure lounge, EXA1 · ")],
)
def test_the_window_is_titled_by_what_was_asked_for(
    small: Program, names: tuple[str, ...], begins: str
) -> None:
    title = f"<title>{begins}A made-up model in three steps</title>"
    assert title in small("page", *names).out
