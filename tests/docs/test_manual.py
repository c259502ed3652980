"""The manual page is what --help and the topics say now, and both man programs read it."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from bclm_cli import cli, help_topics
from support import manual
from support.tools import needs


def test_the_page_is_made_from_the_help() -> None:
    if os.environ.get("BCLM_UPDATE"):
        manual.PAGE.write_text(manual.page(), encoding="ascii")
    assert manual.PAGE.read_text(encoding="ascii") == manual.page(), "`make golden` writes it"


@needs("groff")
def test_groff_finds_nothing_to_warn_of() -> None:
    assert _said("groff", "-man", "-Tutf8", "-ww", "-z", str(manual.PAGE)) == ""


@needs("mandoc")
def test_mandoc_finds_nothing_to_say() -> None:
    assert _said("mandoc", "-T", "lint", "-W", "warning", str(manual.PAGE)) == ""


@needs("mandoc")
def test_what_is_read_is_what_was_written() -> None:
    shown = _said("mandoc", "-T", "utf8", "-O", "width=80", str(manual.PAGE))
    shown = re.sub(r".\x08", "", shown)  # a letter typed twice is a bold one
    words = " ".join(shown.split())
    for command in cli.command_names():
        assert all(f"{line}\n" in shown for line in manual.examples(command)), command
    assert "hyphens, spaces and Greek or Latin spelling make no difference: TGF-β1, tgfb1" in words
    assert "Papers of 2015, 2010..2020, ..2009 or 2014.." in words
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("width", [50, 80, 200])
@pytest.mark.parametrize("topic", help_topics.TOPICS)
def test_a_topic_fits_the_screen_with_all_its_words_whole(topic: str, width: int) -> None:
    found = list(help_topics.lines(topic, width))
    assert [line for line in found if len(line) > min(width, 80)] == []
    assert " ".join(found).split() == " ".join(help_topics.lines(topic, 80)).split()


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
