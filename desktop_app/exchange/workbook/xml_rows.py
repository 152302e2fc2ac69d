"""A sheet's XML as a stream of what is compared: its rows, the widths of its columns, its rules for typing.

expat says whether the sheet is well-formed XML. What the rows hold is then found by its tags alone: no
text has a bare ``<``, and a sheet with comments or the like, in which a tag may not be one, is refused.
No more than a few rows are in memory.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PIECE = 256 * 1024
_BEGIN, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_ROW = re.compile(r'<row r="(\d+)"[^<>]*?(/?)>')
_CELL = re.compile(r'<c r="([A-Z]+\d+)"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>([^<]*(?:<(?!/c>)[^<]*)*)</c>)')
_PARTS = 5
"""What splitting gives for a cell: what stands before it, reference, style, type, content."""

ReadCell = tuple[str | None, str | None, str | None]
"""Style, type and content of a cell as they stand in the file."""


class NoSheetError(ValueError):
    """The XML is that of no sheet as this program writes it."""


@dataclass(slots=True)
class ReadRow:
    """A row: its number, its cells by their references, whatever else stands between them."""

    number: int
    cells: dict[str, ReadCell]
    rest: str = ""


class SheetXml:
    """The rows of a sheet; what stands around them is known when the last one was read."""

    def __init__(self, stream: IO[bytes]) -> None:
        """``stream``: the sheet's XML."""
        self._stream = stream
        self._before = b""
        self._after = b""

    def rows(self) -> Iterator[ReadRow]:
        """The rows in the order of the file. expat.ExpatError, NoSheetError."""
        pieces = self._pieces()
        waiting = b""
        for piece in pieces:
            self._before += piece
            if _BEGIN in self._before:
                self._before, _found, waiting = self._before.partition(_BEGIN)
                break
        while _END not in waiting:
            whole, found, waiting = waiting.rpartition(_ROW_END)
            yield from _rows(whole + found)
            piece = next(pieces, b"")
            if not piece:
                break
            waiting += piece
        whole, _found, self._after = waiting.partition(_END)
        yield from _rows(whole)
        self._after += b"".join(pieces)

    def columns(self) -> list[etree._Element]:
        """The widths of the columns."""
        return list(self._around().iter(f"{MAIN}col"))

    def rules(self) -> list[etree._Element]:
        """The rules for typing."""
        return list(self._around().iter(f"{MAIN}dataValidation"))

    def _around(self) -> etree._Element:
        data = self._before + (_BEGIN + _END if self._after else b"") + self._after
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False))

    def _pieces(self) -> Iterator[bytes]:
        """The XML, as far as it is well-formed."""
        parser = expat.ParserCreate()
        while piece := self._stream.read(_PIECE):
            parser.Parse(piece, False)
            yield piece
        parser.Parse(b"", True)


def _rows(data: bytes) -> Iterator[ReadRow]:
    text = data.decode("utf-8")
    if "<!" in text or "<?" in text:
        raise NoSheetError("<!")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # as every reader of XML takes it
    position = 0
    while position < len(text):
        found = _ROW.match(text, position)
        if found is None:
            raise NoSheetError(text[position : position + 20])
        position = found.end()
        if found[2]:
            yield ReadRow(int(found[1]), {})
            continue
        end = text.index("</row>", position)
        yield _row(int(found[1]), text[position:end])
        position = end + len("</row>")


def _row(number: int, text: str) -> ReadRow:
    parts = _CELL.split(text)
    cells = zip(parts[2::_PARTS], parts[3::_PARTS], parts[4::_PARTS], strict=True)
    references = parts[1::_PARTS]
    found = dict(zip(references, cells, strict=True))
    rest = "".join(parts[::_PARTS])
    return ReadRow(number, found, rest or ("twice" if len(found) < len(references) else ""))


def characters(xml: str) -> str:
    """The characters that stand between two tags."""
    return html.unescape(xml) if "&" in xml else xml
