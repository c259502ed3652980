"""Streams: pipes that break, disks that are full, terminals, pagers, colors and widths."""

from __future__ import annotations

import array
import fcntl
import os
import re
import signal
import subprocess
import termios
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bclm_cli.errors import CannotError
from bclm_cli.output import Output, difference, write_file
from support.program import Program, Real

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
HELP = (["steps"], ["--help"], ["--version"], ["steps", "--help"], ["steps", "-f", "text"])
needs_dev_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


# ---- pipes


@pytest.mark.parametrize("arguments", HELP, ids=" ".join)
def test_a_reader_that_leaves_ends_it_in_silence(real: Real, arguments: list[str]) -> None:
    process = subprocess.Popen(
        [*real.command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=real.environment(),
    )
    assert process.stdout
    process.stdout.close()
    _, err = process.communicate()
    assert (process.returncode, err) == (141, b"")


def test_head_takes_the_first_line_and_nobody_complains(real: Real) -> None:
    result = real.shell("bclm claims | head -1")
    assert (result.code, result.err) == (141, "")
    assert result.out.startswith("intravasation\tmacrophage\t")
    assert result.out.count("\n") == 1


@needs_dev_full
@pytest.mark.parametrize("arguments", HELP, ids=" ".join)
def test_a_full_disk_is_said_in_one_line(real: Real, arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*real.command, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env=real.environment(),
            check=False,
            text=True,
        )
    assert done.returncode == 4
    assert re.fullmatch(r"bclm: .*No space left on device\n", done.stderr)


@needs_dev_full
def test_a_full_stderr_changes_nothing(real: Real) -> None:
    result = real.shell("bclm claims --limit 0 -f json 2>/dev/full")
    assert (result.code, result.out) == (0, "[]\n")


def test_a_closed_stdout_is_an_error(real: Real) -> None:
    result = real.shell("bclm steps >&-")
    assert result == (4, "", "bclm: cannot write to stdout: it is closed\n")


@pytest.mark.parametrize("closed", ["2>&-", "<&-"])
def test_other_closed_streams_are_no_matter(real: Real, closed: str) -> None:
    result = real.shell(f"bclm steps 1 --fields id {closed}")
    assert result == (0, "intravasation\n", "")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("refs -", "names"),
        ("add -", "a file"),
        ("export --used-in - --used-in-format tex", "a manuscript"),
        ("check - --used-in-format tex", "a manuscript"),
    ],
)
def test_what_comes_from_a_closed_stdin_is_an_error(real: Real, line: str, what: str) -> None:
    result = real.shell(f"bclm {line} <&-")
    assert result == (2, "", f"bclm: `-` reads {what} from a pipe, and there is none\n")


def test_a_fix_that_nobody_can_confirm_is_not_written(real: Real, tmp_path: Path) -> None:
    """stdin is closed: there is no terminal, and no pipe either."""
    text = "references:\n  - {id: a, type: book, title: x, DOI: 'doi:10.1000/a'}\n"
    (tmp_path / "references.yaml").write_text(text)
    result = real.shell(f"bclm check --fix {tmp_path} <&-")
    assert (result.code, result.err) == (
        1,
        "bclm: nothing is written yet\nhint: --write writes it\n",
    )
    assert (tmp_path / "references.yaml").read_text() == text


def test_data_on_stderr_is_harmless(small: Program, tmp_path: Path) -> None:
    """Guesses, hints and lines of `add` quote what they find."""
    (tmp_path / "steps.yaml").write_text(
        'factors:\n  - {name: "neutrophyl\\e]0;owned\\a\\e[31m", kind: cell}\n', encoding="utf-8"
    )
    reported = small("factors", "neutrophylx0owned", "--data", str(tmp_path)).err
    assert "related: neutrophyl␛]0;owned␇␛[31m" in reported
    assert "\x1b" not in reported


def test_ctrl_c_ends_it_with_130(real: Real) -> None:
    process = subprocess.Popen(
        [*real.command, "refs", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=real.environment(),
    )
    assert process.stdin
    process.stdin.write(b"muller2001\n")
    process.stdin.flush()
    unread = array.array("i", [1])
    while unread[0]:  # until it waits for more names
        fcntl.ioctl(process.stdin, termios.FIONREAD, unread)
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")


def test_output_is_utf_8_whatever_the_locale_says(real: Real) -> None:
    latin = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    result = real.pipe("refs", "muller2001", "--fields", "author", env=latin)
    assert result == (0, "Müller et al.\n", "")


def test_a_name_that_is_no_text_is_wrong_usage(real: Real) -> None:
    what = "bclm: a name on the command line is not text in the encoding of this terminal\n"
    assert real.shell(r"bclm refs $'\xff'") == (2, "", what)
    assert real.shell(r"bclm claims --match a --year $'\xff'").code == 2


def test_the_version_alone(real: Real) -> None:
    assert real.pipe("--version", "steps") == real.pipe("--version")


def test_a_browser_that_does_not_open_is_reported(real: Real) -> None:
    """BROWSER names the program, as everywhere."""
    reported = real.pipe("refs", "muller2001", "--web", env={"BROWSER": "false", "DISPLAY": None})
    address = "https://doi.org/10.1038/35065016"
    assert reported == (4, "", f"bclm: no browser opens {address}\nhint: set BROWSER to one\n")
    assert real.pipe("refs", "muller2001", "--web", env={"BROWSER": "true"}) == (0, "", "")


def test_binary_on_stdin_is_an_unknown_name(small: Program) -> None:
    result = small("refs", "-", stdin=b"\xff\xfe\x00\n")
    assert result.code == 1
    assert result.out == ""
    assert result.err.startswith("bclm: no paper '\ufffd\ufffd\\x00'\n")


def test_a_folder_that_is_gone_does_no_harm(real: Real, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    result = real.shell(f"cd {gone}; rmdir {gone}; bclm steps 1 --fields id")
    assert (result.code, result.out) == (0, "intravasation\n")
    assert "Traceback" not in result.err


# ---- terminals


@pytest.mark.parametrize("columns", [80, 50])
@pytest.mark.parametrize("arguments", [[], ["steps"], ["steps", "3"], ["factors", "Kupffer cell"]])
def test_a_terminal_is_filled_but_never_overflown(
    real: Real, arguments: list[str], columns: int
) -> None:
    result = real.terminal(*arguments, columns=columns)
    lines = ESCAPES.sub("", result.out).splitlines()
    assert result.code == 0
    assert max(map(len, lines)) <= columns
    assert max(map(len, lines)) > columns - 20


COLORS = [
    ({}, [], True),
    ({"NO_COLOR": "1"}, [], False),
    ({"NO_COLOR": ""}, [], True),
    ({"TERM": "dumb"}, [], False),
    ({"NO_COLOR": "1"}, ["--color", "always"], True),
    ({}, ["--color", "never"], False),
    ({"TERM": "dumb", "FORCE_COLOR": "1"}, [], True),
    ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
]


@pytest.mark.parametrize(("env", "flags", "colored"), COLORS)
def test_colors_on_a_terminal(
    small: Program, env: dict[str, str], flags: list[str], colored: bool
) -> None:
    result = small("steps", *flags, columns=80, env=env)
    assert ("\x1b[" in result.out) is colored
    assert ESCAPES.sub("", result.out) == small("steps", columns=80, env={"NO_COLOR": "1"}).out


@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}])
def test_a_pipe_gets_plain_data_even_when_colors_are_forced(
    small: Program, env: dict[str, str]
) -> None:
    assert small("steps", env=env).out == small("steps").out
    assert "\x1b" not in small("steps", "--color", "always", env=env).out


def test_text_in_a_pipe_is_colored_only_when_that_is_forced(small: Program) -> None:
    plain = small("steps", "1", "-f", "text")
    forced = small("steps", "1", "-f", "text", env={"FORCE_COLOR": "1"})
    assert "\x1b" not in plain.out
    assert "\x1b[" in forced.out
    assert ESCAPES.sub("", forced.out) == plain.out


def test_colors_and_links_at_a_real_terminal(real: Real) -> None:
    shown = real.terminal("refs", "muller2001").out
    assert "\x1b[1mmuller2001\x1b[0m" in shown
    assert re.search(r"\x1b\]8;[^;]*;https://doi\.org/10\.1038/35065016\x1b\\", shown)
    plain = real.terminal("refs", "muller2001", env={"NO_COLOR": "1"}).out
    assert "\x1b" not in plain
    assert plain == ESCAPES.sub("", shown)


def test_links_are_for_terminals_with_color_alone(small: Program) -> None:
    link = "\x1b]8;"
    assert link in small("refs", "adams2001", columns=80).out
    assert link not in small("refs", "adams2001", columns=80, env={"TERM": "dumb"}).out
    assert link not in small("refs", "adams2001", "-f", "text", env={"FORCE_COLOR": "1"}).out


def test_a_link_holds_nothing_that_could_end_it(small: Program) -> None:
    shown = small("refs", "example2012a", columns=80).out
    assert ";https://doi.org/10.5555/imag%3C12%3E%3Ba\x1b\\" in shown


def test_a_dumb_terminal_with_colors_has_its_width(small: Program) -> None:
    dumb = {"TERM": "dumb", "FORCE_COLOR": "1"}
    shown = small("steps", columns=40, env=dumb).out
    assert ESCAPES.sub("", shown) == small("steps", columns=40, env={"NO_COLOR": "1"}).out


def test_columns_of_the_environment_beat_the_terminal(real: Real) -> None:
    shown = ESCAPES.sub("", real.terminal("steps", columns=120, env={"COLUMNS": "70"}).out)
    assert 60 < max(map(len, shown.splitlines())) <= 70


# ---- the pager


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that leaves what it was given in a file beside it."""
    script = tmp_path / "my pager"
    script.write_text(f"#!/bin/sh\ncat > '{tmp_path}/paged'\n")
    script.chmod(0o755)
    return script


def test_a_pager_is_used_when_the_answer_is_taller_than_the_screen(real: Real, pager: Path) -> None:
    env = {"BCLM_PAGER": f"'{pager}'"}
    whole = real.terminal("steps", env=env).out
    height = whole.count("\n")
    assert not (pager.parent / "paged").exists()
    assert real.terminal("steps", lines=height + 1, env=env).out == whole
    assert not (pager.parent / "paged").exists()
    assert real.terminal("steps", lines=height, env=env) == (0, "", "")
    assert (pager.parent / "paged").read_text() == whole


def test_pager_of_the_environment(real: Real, pager: Path) -> None:
    shown = real.terminal("steps", lines=5, env={"PAGER": f"'{pager}'"}).out
    assert (shown, (pager.parent / "paged").stat().st_size > 500) == ("", True)


@pytest.mark.parametrize("named", ["cat", "", "no-such-pager", "'unclosed", "FOLDER/broken"])
def test_without_a_usable_pager_the_answer_is_simply_shown(
    real: Real, tmp_path: Path, named: str
) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF no program")
    broken.chmod(0o755)
    command = named.replace("FOLDER", str(tmp_path))
    shown = real.terminal("steps", lines=5, env={"BCLM_PAGER": command})
    assert shown == real.terminal("steps")


def test_a_pager_that_is_left_early_is_no_fault(real: Real) -> None:
    shown = real.terminal("tree", lines=10, env={"BCLM_PAGER": "head -n 1", "NO_COLOR": "1"})
    assert shown.code == 0
    assert shown.out.startswith("1 Intravasation")
    assert shown.out.count("\n") == 1


def test_an_error_midway_leaves_no_pager_running(
    monkeypatch: pytest.MonkeyPatch, pager: Path
) -> None:
    def broken() -> Iterator[str]:
        yield "first\n" * 30
        raise CannotError("midway")

    monkeypatch.setenv("BCLM_PAGER", f"'{pager}'")
    screen = Output(terminal=True, color=False, width=80, height=24)
    with pytest.raises(CannotError, match="midway"):
        screen.page(broken())
    assert (pager.parent / "paged").read_text() == "first\n" * 30  # it was closed and waited for


def test_no_pager_in_a_pipe_or_for_data(small: Program, pager: Path) -> None:
    env = {"BCLM_PAGER": str(pager), "LINES": "3"}
    assert small("refs", "-f", "text", env=env).out
    assert small("refs", "-f", "json", columns=80, env=env).out
    assert not (pager.parent / "paged").exists()


# ---- notes


@pytest.mark.parametrize("command", [["steps"], ["cite", "adams2001"], ["add", "new.bib"]])
def test_quiet_silences_the_word_about_the_cache(
    small: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new.bib").write_text("@misc{new2020, title = {New}}\n")
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))  # no folder can be made below it
    seconds = count()
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    said = "bclm: cannot write the cache (Not a directory); each run reads the data anew\n"
    assert small(*command).err == said
    assert small(*command, "-q").err == ""


# ---- files


def test_a_file_is_written_only_when_that_changes_it(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    assert write_file(path, ["a", "b\n"]) is True
    os.utime(path, (1, 1))
    assert write_file(path, ["ab", "\n"]) is False
    assert path.stat().st_mtime == 1
    assert write_file(path, ["ax\n"]) is True
    assert path.read_text() == "ax\n"


def test_a_file_keeps_its_mode_and_a_link_its_target(tmp_path: Path) -> None:
    path, link = tmp_path / "out.txt", tmp_path / "link.txt"
    path.write_text("old\n")
    path.chmod(0o640)
    link.symlink_to(path)
    write_file(link, ["new\n"])
    assert link.is_symlink()
    assert path.read_text() == "new\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_circle_of_links_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(CannotError, match="its links lead in a circle"):
        write_file(tmp_path / "a", ["new\n"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_a_failure_midway_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old\n")

    def broken() -> Iterator[str]:
        yield "new\n"
        raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        write_file(path, broken())
    assert path.read_text() == "old\n"
    assert [each.name for each in tmp_path.iterdir()] == ["out.txt"]


def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    path = tmp_path / f"{'文' * 80}.bib"  # 244 of 255 bytes
    assert write_file(path, ["x\n"]) is True
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        (b"a\nb\n", "a\nb\n", []),
        (b"a\r\nb\r\n", "a\nb\n", ["out.txt differs in the ends of its lines"]),
        (b"a\nb", "a\nb\n", ["out.txt differs in the ends of its lines"]),
        (b"a\xff\n", "a\ufffd\n", ["out.txt differs in bytes that no line shows"]),
        (b"a\x0bb\n", "a\nb\n", ["out.txt differs in bytes that no line shows"]),
        (None, "", ["out.txt is not there"]),
        (b"", "", []),
    ],
)
def test_what_differs_is_said_where_no_line_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: bytes | None, then: str, said: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    if now is not None:
        Path("out.txt").write_bytes(now)
    assert difference(Path("out.txt"), [then]) == said


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("nowhere/out.txt", "No such file or directory"),
        ("file/out.txt", "Not a directory"),
        (".", "it is a folder"),
    ],
)
def test_a_file_that_cannot_be_written(tmp_path: Path, path: str, why: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotError, match=why):
        write_file(tmp_path / path, ["x"])


def test_a_file_never_holds_colors(small: Program, tmp_path: Path) -> None:
    path = tmp_path / "steps.txt"
    assert small("steps", "-o", str(path), columns=80) == (0, "", "")
    assert path.read_text() == small("steps", columns=80, env={"NO_COLOR": "1"}).out


def test_a_dash_is_stdout(small: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert small("steps", "-o", "-") == small("steps")
    assert small("steps", "-o", "/dev/null") == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@needs_dev_full
def test_a_file_on_a_full_disk(small: Program) -> None:
    result = small("steps", "-o", "/dev/full")
    assert result == (4, "", "bclm: cannot write /dev/full: No space left on device\n")


def test_a_database_replaces_no_file_of_another_kind(small: Program, tmp_path: Path) -> None:
    paper, db = tmp_path / "paper.tex", tmp_path / "bclm.db"
    paper.write_text("Mine\n")
    ran = small("info", "--db", str(paper))
    assert (ran.code, paper.read_text()) == (4, "Mine\n")
    assert ran.err.startswith(f"bclm: {paper} is there, and is no SQLite file\n")
    for _ in range(2):
        assert small("info", "--db", str(db)).code == 0


def test_names_are_the_first_column_of_tsv(small: Program) -> None:
    lines = small("refs", "--author", "Adams").out
    assert "\t" in lines
    assert small("refs", "-", "--fields", "key", stdin=lines).out == "adams2001\n"


def test_the_beginning_of_a_topic_is_enough(small: Program) -> None:
    assert small("help", "exit") == small("help", "exit-codes")
