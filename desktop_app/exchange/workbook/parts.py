"""A workbook file without a clock: openpyxl's parts, the sheets streamed, packed with fixed times.

openpyxl's own way asks for the time, cannot save while the clock says a year before 1980, and leaves
its parts in the system's temporary folder meanwhile.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_ROOT_RELS, ARC_STYLE
from openpyxl.xml.functions import tostring

from desktop_app.exchange.archive import ArchiveWriter

#: Programs that look at a file's first bytes expect these in front.
_FIRST = (ARC_CONTENT_TYPES, ARC_ROOT_RELS)

Pieces = Callable[[Any], Iterator[bytes]]
"""The XML of an openpyxl worksheet, a piece at a time."""


class _Parts(dict[str, bytes]):
    """Takes what openpyxl would write into a zip."""

    def writestr(self, name: str, content: str | bytes) -> None:
        """Keep one part."""
        self[name] = content.encode("utf-8") if isinstance(content, str) else content

    def namelist(self) -> list[str]:
        """The parts so far."""
        return list(self)


class _SmallParts(ExcelWriter):
    """openpyxl's writer of everything but the sheets themselves."""

    def write_worksheet(self, ws: Any) -> None:
        """See what else belongs to one sheet; there are no drawings in our workbooks."""
        ws._drawing = None
        writer: Any = WorksheetWriter(ws, io.BytesIO())
        writer.write_tail()
        writer.close()
        ws._rels = writer._rels
        self.manifest.append(ws)


def write_parts(workbook: Workbook, sheet_xml: Pieces, stream: BinaryIO) -> None:
    """Write the workbook's file into the empty, seekable ``stream``."""
    parts = _Parts()
    _SmallParts(workbook, cast(Any, parts)).write_data()
    del parts[ARC_STYLE]
    archive = ArchiveWriter(stream, deflate=True)
    for name in (*_FIRST, *(name for name in parts if name not in _FIRST)):
        archive.add(name, (parts[name],))
    for worksheet in workbook.worksheets:
        archive.add(worksheet.path[1:], sheet_xml(worksheet))
    # The sheets say which styles there are.
    archive.add(ARC_STYLE, (tostring(write_stylesheet(workbook)),))
    archive.finish()


class _Above(WorksheetWriter):
    """What stands above the rows, for cells that openpyxl does not know of."""

    def __init__(self, worksheet: Any, extent: str) -> None:
        self._stream = io.BytesIO()
        super().__init__(worksheet, self._stream)
        self._extent = extent

    def write_dimensions(self) -> None:
        """The range from the first cell to the last."""
        cast(Any, self).xf.send(SheetDimension(self._extent).to_tree())

    def xml(self) -> bytes:
        """The beginning of the sheet."""
        self.write_top()
        self.close()
        return self._stream.getvalue().removesuffix(b"</worksheet>")


def above_rows(worksheet: Any, extent: str) -> bytes:
    """The XML of a sheet up to its rows. ``extent``: the range of its cells."""
    return _Above(worksheet, extent).xml()


def below_rows(worksheet: Any, links: dict[str, str]) -> bytes:
    """The XML of a sheet after its rows. ``links``: the places that linking cells lead to."""
    stream = io.BytesIO()
    writer: Any = WorksheetWriter(worksheet, stream)
    worksheet._hyperlinks = [Hyperlink(ref=cell, location=location) for cell, location in links.items()]
    writer.write_tail()
    writer.close()
    return stream.getvalue().partition(b">")[2]
