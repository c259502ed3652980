"""SVG figures as PNG and PDF, by librsvg's `rsvg-convert`.

It is asked for only where such a file is: every converter on PyPI needs compiled libraries, which
the other formats do without.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterable
from zlib import crc32

from bclm_cli.errors import CannotError

PROGRAM = "rsvg-convert"
CSS_DPI = 96
"""Pixels of SVG to the inch (CSS Values 4, section 6.2)."""
PRINT_DPI = 300
"""What journals ask of figures in pixels."""
TIMEOUT = 120
"""Seconds after which a conversion is given up."""


def to_pdf(svg: Iterable[str]) -> bytes:
    """The figure as a PDF of vectors, its fonts embedded."""
    return _converted(svg, "--format=pdf")


def to_png(svg: Iterable[str]) -> bytes:
    """The figure in pixels, 300 to the inch, which the file says."""
    png = _converted(svg, "--format=png", f"--zoom={PRINT_DPI / CSS_DPI}")
    return _with_resolution(png)


def _converted(svg: Iterable[str], *options: str) -> bytes:
    program = shutil.which(PROGRAM)
    if program is None:
        raise CannotError(
            f"PNG and PDF need {PROGRAM}",
            "apt install librsvg2-bin, or brew install librsvg; -o x.svg needs nothing",
        )
    try:
        done = subprocess.run(
            [program, *options],
            input="".join(svg).encode(),
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotError(f"{PROGRAM} did not end after {TIMEOUT} seconds") from None
    if done.returncode != 0 or not done.stdout:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise CannotError(f"{PROGRAM} failed: {said[-1]}", "-o x.svg needs no converter")
    return done.stdout


def _with_resolution(png: bytes) -> bytes:
    """A PNG with a pHYs chunk (PNG 1.2, section 4.2.4.2) behind its header of 33 bytes."""
    per_meter = round(PRINT_DPI / 0.0254)
    body = b"pHYs" + struct.pack(">IIB", per_meter, per_meter, 1)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", crc32(body))
    return png[:33] + chunk + png[33:]
