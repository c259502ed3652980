"""Citations in the .bcf file that biblatex writes for biber: XML, read without entities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from bclm_cli.manuscript.mention import Kind, Mention

HELP = "the .bcf that biblatex writes for biber"
SUFFIXES = (".bcf",)
INCLUDED: tuple[str, ...] = ()
FROM_ROOT = True
PROJECT_FILE = ""

_NAMESPACE = "https://sourceforge.net/projects/biblatex "


class Reader:
    """Has nothing to remember."""

    def __init__(self, suffix: str = ".bcf") -> None:
        pass

    def mentions(self, text: str) -> Iterator[Mention]:
        """Keys as they are handed to biber; of a set that the document makes up, its members."""
        yield from _ControlFile(text).found


class _DoctypeError(Exception):
    pass


class _ControlFile:
    def __init__(self, text: str) -> None:
        self.found: list[Mention] = []
        self._data = text.encode()
        self._bytes = self._chars = 0
        self._key: list[str] | None = None
        self._source: list[str] | None = None
        self._members = ""
        # The text is decoded already, whatever encoding it declares.
        self._parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError as error:
            self._add("broken", f"this is no whole .bcf: {expat.ErrorString(error.code)}")
        except _DoctypeError:
            self._add("broken", "a .bcf has no DOCTYPE; this one is not read any further")

    def _doctype(self, *declaration: object) -> NoReturn:
        raise _DoctypeError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _NAMESPACE + "citekey":
            self._key, self._members = [], attributes.get("members", "")
        elif name == _NAMESPACE + "datasource" and attributes.get("type") == "file":
            self._source = []

    def _characters(self, text: str) -> None:
        if self._key is not None:
            self._key.append(text)
        elif self._source is not None:
            self._source.append(text)

    def _end(self, name: str) -> None:
        if self._source is not None:
            self._add("bibliography", "".join(self._source).strip())
            self._source = None
        if self._key is None:
            return
        if self._members:  # where the set itself is cited, that is no paper's key
            self._add("label", "".join(self._key).strip())
        for key in (self._members or "".join(self._key)).split(","):
            if key.strip():
                self._add("key", key.strip())
        self._key = None

    def _add(self, kind: Kind, text: str) -> None:
        index = max(self._parser.CurrentByteIndex, self._bytes)
        self._chars += len(self._data[self._bytes : index].decode("utf-8", "ignore"))
        self._bytes = index
        self.found.append(Mention(kind, text, self._chars))
