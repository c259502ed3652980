"""Data for the page's script: JSON, compressed, as text that no parser of HTML can misread."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode


def block(id: str, value: object) -> str:
    """An element that no browser runs or shows, with the value packed in it."""
    packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return f'<script type="application/zlib" id="{id}">{b64encode(packed).decode()}</script>\n'
