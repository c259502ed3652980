"""Writes SVG elements as text: escaping, numbers, nesting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bclm_cli.graph.figure import metrics
from bclm_cli.graph.labels import escape

FONTS = (
    "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', sans-serif"
)
LEADING = 1.36

Value = str | float


class Canvas:
    """Collects elements, one a line; `lines` is the finished fragment."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, element: str, **attributes: Value) -> None:
        """An element without content."""
        self.lines.append(f"<{element}{_attributes(attributes)}/>")

    def words(self, element: str, content: str, **attributes: Value) -> None:
        """An element that holds only text."""
        self.lines.append(f"<{element}{_attributes(attributes)}>{escape(content)}</{element}>")

    @contextmanager
    def inside(self, element: str, **attributes: Value) -> Iterator[None]:
        """Put what is added meanwhile into an element."""
        self.lines.append(f"<{element}{_attributes(attributes)}>")
        yield
        self.lines.append(f"</{element}>")

    def paste(self, other: Canvas) -> None:
        """Append what another canvas collected."""
        self.lines += other.lines

    def text(
        self, content: str, x: float, y: float, size: float, fill: str, *, bold: bool = False,
        anchor: str = "start",
    ) -> None:  # fmt: skip
        """One line of text; `y` is its baseline."""
        look: dict[str, Value] = {"font-size": size, "fill": fill}
        if bold:
            look["font-weight"] = 700
        if anchor != "start":
            look["text-anchor"] = anchor
        self.words("text", content, x=x, y=y, **look)

    def paragraph(
        self, content: str, x: float, y: float, available: float, size: float, fill: str, *,
        bold: bool = False, lines: int = 99,
    ) -> float:  # fmt: skip
        """Wrapped text that begins below `y`; returns where it ends."""
        for line in metrics.wrap(content, available, size, bold=bold, lines=lines):
            self.text(line, x, y + size, size, fill, bold=bold)
            y += size * LEADING
        return y


def number(value: float) -> str:
    """At most two decimals, no trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def points(pairs: Iterable[tuple[float, float]]) -> str:
    """Coordinates for a `points` attribute."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def _attributes(attributes: dict[str, Value]) -> str:
    return "".join(
        f" {name.rstrip('_').replace('_', '-')}="
        f'"{escape(value) if isinstance(value, str) else number(value)}"'
        for name, value in attributes.items()
    )
