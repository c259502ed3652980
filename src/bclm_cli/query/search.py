"""Words to an expression for the full-text index."""

from __future__ import annotations

from bclm_cli.text.normalize import compact, words


def match(text: str) -> str:
    """An FTS5 query: every chunk of the text, "IL-8" as the phrase "il 8" or the word "il8"."""
    chunks = []
    for chunk in text.split():
        found = words(chunk)
        if not found:
            continue
        phrase, last = " ".join(found), found[-1]
        open_end = "*" if last.isalpha() and len(last) > 2 else ""
        chunks.append(
            f'("{phrase}"{open_end} OR "{compact(chunk)}")'
            if len(found) > 1
            else f'"{phrase}"{open_end}'
        )
    return " AND ".join(chunks)
