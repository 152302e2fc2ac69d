"""Writing a plan with openpyxl. Nothing is decided here: the plan says what, the styles say how."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.workbook.cells import clean, escaped
from desktop_app.exchange.workbook.naming import address, quoted
from desktop_app.exchange.workbook.parts import packed
from desktop_app.exchange.workbook.plan import (
    MAX_SHEET_NAME,
    Cell,
    Look,
    Page,
    Printed,
    SheetPlan,
    TablePlan,
    Typing,
    Validation,
    Words,
    WorkbookPlan,
    words_of,
)
from desktop_app.exchange.workbook.rich import RichWords, is_rich
from desktop_app.exchange.workbook.styles import ACCENT, GREY, HAIRLINE, STYLES, Style

if TYPE_CHECKING:
    from openpyxl.styles.cell_style import StyleArray

_A4 = 9
_MIRRORED = {"left": "right", "right": "left"}
_MOST_IN_MARGIN = 240
"""Characters in the top or bottom margin of a page; Excel takes 255 with the commands in them."""
_MARGIN_SIZE = 9
_MARGIN_FORMAT = "&L&9 &K000000"


def workbook_bytes(plan: WorkbookPlan) -> bytes:
    """The xlsx file of a plan: the same bytes for the same plan."""
    workbook = Workbook()
    del workbook["Sheet"]
    _set_properties(workbook, plan)
    palette = _Palette(workbook, plan.right_to_left)
    for sheet in plan.sheets:
        worksheet = workbook.create_sheet(sheet.name)
        _write_cells(worksheet, sheet, palette)
        _set_view(worksheet, sheet, plan.right_to_left)
        _set_print(worksheet, sheet, plan.printed)
        if sheet.table is not None:
            worksheet.add_table(_table(sheet, sheet.table))
            _name_columns(workbook, sheet, sheet.table)
        for validation in sheet.validations:
            worksheet.add_data_validation(_validation(validation))
    workbook.active = 0
    return packed(workbook)


def _set_properties(workbook: Workbook, plan: WorkbookPlan) -> None:
    """Nothing of the machine it was made on, and no time but the plan's."""
    moment = datetime.datetime.combine(plan.date, datetime.time())
    workbook.properties = DocumentProperties(
        creator="Alliance Desk",
        title=plan.title,
        language=plan.language,
        created=moment,
        modified=moment,
    )


class _Palette:
    """The looks as openpyxl's style arrays, each made once and shared by all its cells."""

    def __init__(self, workbook: Workbook, right_to_left: bool) -> None:
        # A sheet that stays outside the workbook: openpyxl makes styles by way of a cell.
        self._sheet = Worksheet(workbook)
        self._arrays: dict[tuple[Look, bool, bool], StyleArray] = {}
        self._right_to_left = right_to_left

    def array(self, look: Look, rule: bool, quoted: bool) -> StyleArray:
        """The style of a look, with a hairline below or not, for words that stay words or not."""
        key = (look, rule, quoted)
        if key not in self._arrays:
            self._arrays[key] = self._made(STYLES[look], rule, quoted)
        return self._arrays[key]

    def _made(self, style: Style, rule: bool, quoted: bool) -> StyleArray:
        cell: Any = SheetCell(self._sheet, row=1, column=1)
        cell.font = Font(
            name=style.family,
            family=2,
            size=style.size,
            bold=style.bold,
            italic=style.italic,
            underline="single" if style.underline else None,
            color="FF" + style.colour,
        )
        cell.alignment = Alignment(
            horizontal=self._horizontal(style),
            vertical=style.vertical,
            wrap_text=style.wrap,
            indent=style.indent,
        )
        if style.fill is not None:
            cell.fill = PatternFill("solid", fgColor="FF" + style.fill)
        colour = style.line or (HAIRLINE if rule else None)
        if colour is not None:
            cell.border = Border(bottom=Side("thin", "FF" + colour))
        if style.number_format is not None:
            cell.number_format = style.number_format
        if quoted:
            cell.quotePrefix = True
        array: StyleArray = cell._style
        return array

    def _horizontal(self, style: Style) -> str | None:
        """The side the words keep to, mirrored where sheets run from right to left.

        There, words that go on over the cells beside must begin at the right, in whatever script.
        """
        if not self._right_to_left:
            return style.horizontal
        return _MIRRORED.get(style.horizontal or "") if style.wrap else "right"


def _write_cells(worksheet: Worksheet, sheet: SheetPlan, palette: _Palette) -> None:
    """Put cells in place directly: openpyxl's usual way looks at each value and may change its type."""
    for index, width in enumerate(sheet.widths, start=1):
        dimension = worksheet.column_dimensions[get_column_letter(index)]
        dimension.width = width
        dimension.hidden = index in sheet.hidden_columns
    for index, row in enumerate(sheet.rows, start=1):
        if row.height is not None:
            worksheet.row_dimensions[index].height = row.height
        for column, cell in row.cells.items():
            worksheet._cells[index, column] = _sheet_cell(worksheet, index, column, cell, palette)
            if cell.sheet is not None:
                _add_link(worksheet, index, column, cell.sheet)


def _sheet_cell(worksheet: Worksheet, row: int, column: int, cell: Cell, palette: _Palette) -> Any:
    written: Any = SheetCell(worksheet, row=row, column=column)
    content = cell.content
    written._style = palette.array(cell.look, cell.rule, isinstance(content, tuple))
    if isinstance(content, tuple):
        _write_words(written, content, cell.look)
    elif content is not None:
        written._value = _stored(content)
        written.data_type = "d" if isinstance(content, datetime.date) else "n"
    return written


def _write_words(written: Any, words: Words, look: Look) -> None:
    """The one way for words into a cell: they are text whatever they begin with."""
    written._value = RichWords(words, look) if is_rich(words) else escaped(words_of(words))
    written.data_type = "s"


def _stored(content: int | float | datetime.date) -> int | float | datetime.datetime:
    if isinstance(content, datetime.date):
        return datetime.datetime.combine(content, datetime.time())
    return content


def _add_link(worksheet: Worksheet, row: int, column: int, sheet: str) -> None:
    place = f"{get_column_letter(column)}{row}"
    cell: Any = worksheet._cells[row, column]
    cell._hyperlink = Hyperlink(ref=place, location=address(sheet))


def _set_view(worksheet: Worksheet, sheet: SheetPlan, right_to_left: bool) -> None:
    if sheet.hidden:
        worksheet.sheet_state = "veryHidden"
    view = worksheet.sheet_view
    view.showGridLines = sheet.grid
    view.rightToLeft = right_to_left
    rows, columns = sheet.frozen
    if rows or columns:
        worksheet.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
    if sheet.table is None and not sheet.hidden:
        worksheet.sheet_properties.tabColor = "FF" + ACCENT


def _set_print(worksheet: Worksheet, sheet: SheetPlan, printed: Printed) -> None:
    setup = worksheet.page_setup
    setup.paperSize = _A4
    setup.orientation = "portrait" if sheet.page is Page.PORTRAIT else "landscape"
    setup.fitToWidth, setup.fitToHeight = sheet.pages_wide, 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = worksheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.75
    margins.header = margins.footer = 0.35
    if sheet.repeated:
        worksheet.print_title_rows = f"1:{sheet.repeated}"
        if sheet.pages_wide > 1:
            worksheet.print_title_cols = f"A:{get_column_letter(max(sheet.frozen[1], 1))}"
    _set_margin_words(worksheet, sheet, printed)


def _set_margin_words(worksheet: Worksheet, sheet: SheetPlan, printed: Printed) -> None:
    head: Any = worksheet.oddHeader
    foot: Any = worksheet.oddFooter
    third = _MOST_IN_MARGIN // 3 - len(_MARGIN_FORMAT)
    _set_margin_part(head.left, _in_margin(printed.left, third))
    _set_margin_part(head.center, _in_margin(printed.centre, third))
    _set_margin_part(head.right, _in_margin(printed.right, third))
    page = _in_margin(printed.page, third).format(page="&P", pages="&N")
    end = f"{_in_margin(sheet.name, MAX_SHEET_NAME)} · {page}"
    _set_margin_part(foot.right, end)
    _set_margin_part(
        foot.left, _in_margin(printed.foot, _MOST_IN_MARGIN - len(end) - 2 * len(_MARGIN_FORMAT))
    )


def _set_margin_part(part: Any, words: str) -> None:
    part.text, part.size, part.color = words, _MARGIN_SIZE, GREY


def _in_margin(words: str, most: int) -> str:
    """``words`` for a page's margin, where ``&`` begins a command; shortened when there is no room."""
    line = " ".join(clean(words).split())
    while len(line.replace("&", "&&")) > most:
        line = line[:-2].rstrip() + "…"
    return line.replace("&", "&&")


def _table(sheet: SheetPlan, planned: TablePlan) -> Table:
    """The table over a whole sheet, its columns named exactly as the header's cells."""
    table = Table(
        displayName=planned.name,
        ref=f"A1:{get_column_letter(planned.columns)}{planned.rows}",
        totalsRowCount=None,
    )
    head = sheet.rows[0].cells
    table.tableColumns = [
        TableColumn(id=column, name=escaped(words_of(head[column].content)))
        for column in range(1, planned.columns + 1)
    ]
    table.autoFilter = AutoFilter(ref=table.ref)
    return table


def _name_columns(workbook: Workbook, sheet: SheetPlan, planned: TablePlan) -> None:
    """Give each header its hidden name."""
    for column, name in planned.names.items():
        reference = f"{quoted(sheet.name)}!${get_column_letter(column)}$1"
        workbook.defined_names[name] = DefinedName(name, attr_text=reference, hidden=True)


_FIRST_DAY = 36_526
"""1 January 2000, as Excel counts days."""


def _validation(planned: Validation) -> DataValidation:
    return DataValidation(
        **_condition(planned),
        allow_blank=planned.typing is not Typing.REFUSED,
        showInputMessage=bool(planned.prompt[1]),
        promptTitle=planned.prompt[0] or None,
        prompt=planned.prompt[1] or None,
        showErrorMessage=True,
        errorTitle=planned.error[0] or None,
        error=planned.error[1] or None,
        sqref=" ".join(planned.places),
    )


def _condition(planned: Validation) -> dict[str, Any]:
    if planned.typing is Typing.LISTED:
        return {"type": "list", "formula1": planned.source}
    if planned.typing is Typing.DAY:
        return {"type": "date", "operator": "greaterThanOrEqual", "formula1": str(_FIRST_DAY)}
    return {"type": "custom", "formula1": "FALSE"}
