"""docs/checks.md names every rule, and the links of both pages lead somewhere."""

from __future__ import annotations

import os
import re
from pathlib import Path

from bclm_cli.checks import rules

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "checks.md"
MADE = "<!-- made by"
HEADINGS = {
    "manuscript": "Of a manuscript",
    "references": "Of a paper",
    "steps": "Of a step, factor or claim",
    "all data": "Of all data together",
}


def tables() -> str:
    """The rules as they stand in the program."""
    lines = []
    for about, heading in HEADINGS.items():
        of = [rule for rule in rules() if rule.about == about]
        lines += ["", f"### {heading}", "", "| rule | level | what is asked |", "|---|---|---|"]
        lines += [f"| `{rule.name}` | {rule.level} | {rule.what} |" for rule in of]
    return "\n".join(lines) + "\n"


def test_every_rule_is_listed() -> None:
    head, mark, made = PAGE.read_text(encoding="utf-8").partition(MADE)
    line, _, made = made.partition("\n")
    if os.environ.get("BCLM_UPDATE") == "1":
        PAGE.write_text(f"{head}{mark}{line}\n{tables()}", encoding="utf-8")
    else:
        assert made == tables()


def test_links_lead_somewhere() -> None:
    for page in ("checks.md", "manuscript.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        headings = {
            re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
            for line in text.splitlines()
            if line.startswith("#")
        }
        for target in re.findall(r"\]\((?!https:)([^)\s]+)\)", text):
            path, _, anchor = target.partition("#")
            if path:
                assert (ROOT / "docs" / path).exists(), target
            else:
                assert anchor in headings, target
