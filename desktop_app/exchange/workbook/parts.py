"""A workbook file without a clock: openpyxl's parts collected in memory and packed with fixed times.

openpyxl's own way asks for the time, cannot save while the clock says a year before 1980, and leaves
its parts in the system's temporary folder meanwhile.
"""

from __future__ import annotations

import io
from typing import Any, cast

from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from desktop_app.exchange.archive import build

#: Programs that look at a file's first bytes expect these in front.
_FIRST = ("[Content_Types].xml", "_rels/.rels")


class _Parts(dict[str, bytes]):
    """Takes what openpyxl would write into a zip."""

    def writestr(self, name: str, content: str | bytes) -> None:
        """Keep one part."""
        self[name] = content.encode("utf-8") if isinstance(content, str) else content

    def namelist(self) -> list[str]:
        """The parts so far."""
        return list(self)

    def packed(self) -> bytes:
        """All parts as a file."""
        names = [*(name for name in _FIRST if name in self), *(name for name in self if name not in _FIRST)]
        return build({name: self[name] for name in names}, deflate=True)


class _Writer(ExcelWriter):
    """openpyxl's writer, its sheets kept in memory."""

    _archive: _Parts

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet; there are no drawings in our workbooks."""
        ws._drawing = None
        stream = io.BytesIO()
        writer: Any = WorksheetWriter(ws, stream)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], stream.getvalue())
        self.manifest.append(ws)


def packed(workbook: Workbook) -> bytes:
    """The bytes of the workbook's file."""
    parts = _Parts()
    _Writer(workbook, cast(Any, parts)).write_data()
    return parts.packed()
