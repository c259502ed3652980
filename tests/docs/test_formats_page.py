"""docs/formats.md says which formats there are and what each drops (BCLM_UPDATE=1 rewrites it)."""

from __future__ import annotations

import os
import re

from bclm_cli.formats import registry
from bclm_cli.model.variables import VARIABLES
from support.paths import ROOT

PAGE = ROOT / "docs/formats.md"
ALL = VARIABLES | {"custom"}
BEGIN, END = "<!-- formats: made by tests/docs/test_formats_page.py -->\n", "<!-- /formats -->"


def table() -> str:
    lines = ["| format | suffix | what it is for |", "| --- | --- | --- |"]
    for name in registry.writer_names():
        format_ = registry.writer(name)
        lines.append(f"| `{name}` | `{format_.SUFFIX}` | {format_.HELP} |")
    lines += ["", "CSL variables for which a format has no place:", ""]
    for name in registry.writer_names():
        drops = registry.writer(name).DROPS
        listed = ", ".join(sorted(drops, key=str.lower)) or "none"
        lines.append(f"- **{name}** ({len(ALL) - len(drops)} of {len(ALL)} held): {listed}")
    return "\n".join(lines) + "\n"


def test_the_page_lists_every_format_and_what_it_drops() -> None:
    page = PAGE.read_text(encoding="utf-8")
    made = re.sub(f"(?s){BEGIN}.*{END}", lambda _: f"{BEGIN}{table()}{END}", page)
    if os.environ.get("BCLM_UPDATE"):
        PAGE.write_text(made, encoding="utf-8")
    assert made == PAGE.read_text(encoding="utf-8")
