"""A picture of the page that remembers what it was taken of.

Two versions of a browser draw no two pictures alike, so a picture is not compared with another:
what it shows is, by a digest that stands in the file as a text chunk (PNG, section 11.3.4.3).
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from pathlib import Path

from support.browser import chromium

WIDTH, HEIGHT = 1280, 800
KEY = b"Source"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = len(_SIGNATURE) + 8 + 13 + 4
"""Where the first chunk, IHDR, ends."""


def digest(page: str) -> str:
    """Of what the first view of a page shows: its style, its head and its figure."""
    shown = page.partition('<section id="claims">')[0]
    without = re.sub(r"<script>.*?</script>|<meta [^>]*>", "", shown, flags=re.S)
    return hashlib.sha256(without.encode()).hexdigest()


def taken(page: Path) -> bytes:
    """The first view, as PNG."""
    with chromium() as browser:
        browser.size(WIDTH, HEIGHT)
        browser.command("Emulation.setScrollbarsHidden", hidden=True)
        browser.open(page)
        shot = base64.b64decode(browser.command("Page.captureScreenshot", format="png")["data"])
    text = KEY + b"\0" + digest(page.read_text(encoding="utf-8")).encode()
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text
    chunk += struct.pack(">I", zlib.crc32(b"tEXt" + text))
    return shot[:_HEADER] + chunk + shot[_HEADER:]


def taken_of(picture: bytes) -> str:
    """The digest of the page that a picture was taken of."""
    found = re.search(rb"tEXt" + KEY + rb"\x00([0-9a-f]{64})", picture)
    assert found, "the picture does not say what it shows"
    return found[1].decode()
