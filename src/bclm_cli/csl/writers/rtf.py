"""Rich Text Format, which Word and LibreOffice open."""

from __future__ import annotations

from bclm_cli.csl.rich_text import DISPLAYS
from bclm_cli.csl.span_tree import Tree

DOCUMENT_HEAD = (
    "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}\\f0\\fs24\n"
)
DOCUMENT_TAIL = "}\n"
_WORDS = {
    "italic": "i", "oblique": "i", "roman": "i0", "bold": "b", "light": "b0", "medium": "b0",
    "smallcaps": "scaps", "plain-caps": "scaps0", "underline": "ul", "no-underline": "ulnone",
    "sup": "super", "sub": "sub", "baseline": "nosupersub",
}  # fmt: skip


def write(tree: Tree) -> str:
    """The tree as RTF within a paragraph."""
    out = []
    for child in tree:
        if isinstance(child, str):
            out.append("".join(map(_escaped, child)))
            continue
        inner = write(child.children)
        if child.kind == "link":
            address = "".join(map(_escaped, child.address.replace('"', "%22")))
            instruction = f'{{\\*\\fldinst HYPERLINK "{address}"}}'
            out.append(f"{{\\field{instruction}{{\\fldrslt {inner}}}}}")
        elif child.kind == "raised":
            out.append(inner)
        elif child.kind in DISPLAYS:
            breaks = "\\line " if out and child.kind in ("block", "indent") else ""
            out.append(f"{breaks}{inner} ")
        else:
            out.append(f"{{\\{_WORDS[child.kind]} {inner}}}")
    return "".join(out)


def paragraph_of(text: str) -> str:
    """A paragraph whose lines hang behind the first one."""
    return f"{{\\pard\\li720\\fi-720\\sa120 {text}\\par}}\n"


def _escaped(sign: str) -> str:
    """ASCII; other characters by their UTF-16 code with a question mark for old readers."""
    if sign in "\\{}":
        return f"\\{sign}"
    if sign < "\x80":
        return sign
    units = sign.encode("utf-16-le")
    codes = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in (0, 2)]
    return "".join(f"\\u{code} ?" for code in codes[: len(units) // 2])
