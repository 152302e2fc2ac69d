"""The same cells by others: openpyxl as anybody uses it, and the fastest writers and reader there are.

Only the last three may be missing: they are compared with, and nothing of the program uses them. They write
the words of the cells, XlsxWriter with typeface, size and wrapping, rustpy-xlsxwriter without any look.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from desktop_app.exchange.workbook.plan import Look, SheetPlan, WorkbookPlan, words_of
from desktop_app.exchange.workbook.styles import STYLES

XLSXWRITER, RUST, CALAMINE = "xlsxwriter", "rustpy_xlsxwriter", "python_calamine"
MISSING = "not installed: make bench installs it"


def is_there(name: str) -> bool:
    """Whether a package of one of these names is installed."""
    return find_spec(name) is not None


def write_bare(plan: WorkbookPlan, target: Path | BinaryIO) -> None:
    """As anybody would write them with openpyxl: a value, then its font, alignment and border."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    for sheet in plan.sheets:
        worksheet = workbook.create_sheet(sheet.name)
        for index, width in enumerate(sheet.widths, start=1):
            worksheet.column_dimensions[get_column_letter(index)].width = width
        for row, column, planned in sheet.cells():
            style = STYLES[planned.look]
            words = words_of(planned.content) if isinstance(planned.content, tuple) else planned.content
            cell = worksheet.cell(row, column, words)
            cell.font = Font(name=style.family, size=style.size, bold=style.bold, color="FF" + style.colour)
            cell.alignment = Alignment(vertical=style.vertical, wrap_text=style.wrap)
            if planned.rule:
                cell.border = Border(bottom=Side("thin", "FFC9CED6"))
    workbook.save(target)


def write_xlsxwriter(plan: WorkbookPlan, target: Path | BinaryIO) -> None:
    """With XlsxWriter, which keeps no rows in memory here."""
    import xlsxwriter

    stream = target if not isinstance(target, Path) else str(target)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        formats: dict[tuple[Look, bool], Any] = {}
        for sheet in plan.sheets:
            worksheet = workbook.add_worksheet(sheet.name)
            for index, width in enumerate(sheet.widths):
                worksheet.set_column(index, index, width)
            for row, column, planned in sheet.cells():
                key = planned.look, planned.rule
                if key not in formats:
                    style = STYLES[planned.look]
                    formats[key] = workbook.add_format(
                        {
                            "font_name": style.family,
                            "font_size": style.size,
                            "bold": style.bold,
                            "text_wrap": style.wrap,
                            "bottom": int(planned.rule),
                        }
                    )
                content = planned.content
                words = words_of(content) if isinstance(content, tuple) else content
                worksheet.write(row - 1, column - 1, words, formats[key])


def write_rust(plan: WorkbookPlan, target: Path | BinaryIO) -> None:
    """With rustpy-xlsxwriter."""
    from rustpy_xlsxwriter import write_worksheets

    sheets = [(sheet.name, list(_records(sheet))) for sheet in plan.sheets]
    write_worksheets(
        [(name, records) for name, records in sheets if records],
        str(target) if isinstance(target, Path) else target,
    )


def _records(sheet: SheetPlan) -> Iterator[dict[str, Any]]:
    columns = range(1, len(sheet.widths) + 1)
    for row in sheet.rows:
        contents = {column: cell.content for column, cell in row.cells.items()}
        yield {
            str(column): words_of(content) if isinstance(content, tuple) else content
            for column in columns
            for content in (contents.get(column),)
        }


def read_openpyxl(content: bytes, *, read_only: bool = False) -> int:
    """The cells that openpyxl reads."""
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(content), read_only=read_only)
    return sum(len(row) for sheet in workbook.worksheets for row in sheet.iter_rows(values_only=True))


def read_calamine(content: bytes) -> int:
    """The cells that calamine reads: values only."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = (workbook.get_sheet_by_name(name) for name in workbook.sheet_names)
    return sum(len(row) for sheet in sheets for row in sheet.to_python())


Writer = Callable[[WorkbookPlan, Path | BinaryIO], object]
WRITERS: tuple[tuple[str, str, Writer], ...] = (
    ("XlsxWriter", XLSXWRITER, write_xlsxwriter),
    ("rustpy-xlsxwriter, words only", RUST, write_rust),
)
"""How they are called, the package, and what writes a plan."""
