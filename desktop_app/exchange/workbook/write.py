"""Writing a plan. Nothing is decided here: the plan says what, the styles say how.

openpyxl makes the styles, tables, rules and all small parts; the rows are streamed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.workbook.cells import clean, escaped
from desktop_app.exchange.workbook.naming import address, quoted
from desktop_app.exchange.workbook.paper import END_MARGIN, SIDE_MARGIN, scale
from desktop_app.exchange.workbook.parts import above_rows, below_rows, write_parts
from desktop_app.exchange.workbook.plan import (
    MAX_SHEET_NAME,
    Look,
    Page,
    Printed,
    SheetPlan,
    TablePlan,
    Typing,
    Validation,
    WorkbookPlan,
    words_of,
)
from desktop_app.exchange.workbook.sheet_xml import extent, rows_xml
from desktop_app.exchange.workbook.styles import (
    ACCENT,
    BODY_SIZE,
    FAMILY,
    GREY,
    HAIRLINE,
    PAPER,
    STYLES,
    Style,
)

if TYPE_CHECKING:
    from openpyxl.styles.cell_style import StyleArray

_A4 = 9
_MIRRORED = {"left": "right", "right": "left"}
_MOST_IN_MARGIN = 240
"""Characters in the top or bottom margin of a page; Excel takes 255 with the commands in them."""
_MARGIN_SIZE = 9
_FROM_THE_RIGHT = 2
"""Reading order of a cell, ECMA-376 part 1, 18.8.1."""
_LAST_COLUMN, _LAST_ROW = 16_383, 1_048_575
"""Of a sheet, counted from 0: an end of a page reaches over all of it."""
_MARGIN_FORMAT = "&L&9 &K000000"


def write_workbook(
    plan: WorkbookPlan, stream: BinaryIO, row_written: Callable[[], object] | None = None
) -> None:
    """Write the xlsx file of a plan into the empty, seekable ``stream``; no sheet is ever whole in memory.

    ``row_written`` is called for each row. OSError when the stream does not take the bytes.
    """
    workbook = empty_workbook(plan)
    for sheet in plan.sheets:
        add_sheet(workbook, sheet, plan)
    workbook.active = 0
    workbook.worksheets[0].sheet_view.tabSelected = True
    palette = Palette(workbook, plan.right_to_left)

    def sheet_xml(worksheet: Worksheet) -> Iterator[bytes]:
        sheet = plan.sheet(str(worksheet.title))
        links: dict[str, tuple[str, int]] = {}
        yield above_rows(worksheet, extent(sheet))
        yield from rows_xml(sheet, palette, links, row_written)
        yield below_rows(worksheet, {cell: address(*place) for cell, place in links.items()})

    write_parts(workbook, sheet_xml, stream)


def empty_workbook(plan: WorkbookPlan) -> Workbook:
    """A workbook without sheets. Nothing of the machine it was made on, and no time but the plan's."""
    workbook = Workbook()
    del workbook["Sheet"]
    _set_font(workbook)
    moment = datetime.datetime.combine(plan.date, datetime.time())
    workbook.properties = DocumentProperties(
        creator="Alliance Desk",
        title=plan.title,
        language=plan.language,
        created=moment,
        modified=moment,
    )
    return workbook


def _set_font(workbook: Any) -> None:
    """The font of all cells without a look, by which programs also measure the widths of columns."""
    font = Font(name=FAMILY, family=2, size=BODY_SIZE)
    workbook._fonts = IndexedList([font])
    workbook._named_styles["Normal"].font = font


def add_sheet(workbook: Workbook, sheet: SheetPlan, plan: WorkbookPlan) -> Worksheet:
    """All of a sheet but its rows."""
    worksheet: Worksheet = workbook.create_sheet(sheet.name)
    _set_columns(worksheet, sheet)
    _set_view(worksheet, sheet, plan.right_to_left)
    _set_print(worksheet, sheet)
    _set_margin_words(worksheet, sheet, plan.printed, plan.right_to_left)
    if sheet.table is not None:
        worksheet.add_table(_table(sheet, sheet.table))
        _name_columns(workbook, sheet, sheet.table)
    for validation in sheet.validations:
        worksheet.add_data_validation(_validation(validation))
    return worksheet


class Palette:
    """The looks as the file's styles, each made once and shared by all its cells."""

    def __init__(self, workbook: Workbook, right_to_left: bool) -> None:
        """For the cells of ``workbook``."""
        # A sheet that stays outside the workbook: openpyxl makes styles by way of a cell.
        self._workbook: Any = workbook
        self._sheet = Worksheet(workbook)
        self._numbers: dict[tuple[Look, bool, bool, bool], int] = {}
        self._right_to_left = right_to_left

    def number(self, look: Look, rule: bool, quoted: bool, right_to_left: bool = False) -> int:
        """The number of a look, with a hairline below or not, for words that stay words or not.

        ``right_to_left``: the words run that way, whatever the sheet does.
        """
        key = (look, rule, quoted, right_to_left)
        if key not in self._numbers:
            self._numbers[key] = self._workbook._cell_styles.add(self.style(*key))
        return self._numbers[key]

    def style(self, look: Look, rule: bool, quoted: bool, right_to_left: bool = False) -> StyleArray:
        """The same as openpyxl's cells take it."""
        style = STYLES[look]
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
            horizontal=self._horizontal(style, quoted, right_to_left),
            vertical=style.vertical,
            wrap_text=style.wrap,
            indent=style.indent,
            readingOrder=_FROM_THE_RIGHT if right_to_left else 0,
        )
        if (fill := style.fill or self._fill_for_indent(style, rule)) is not None:
            cell.fill = PatternFill("solid", fgColor="FF" + fill)
        colour = style.line or (HAIRLINE if rule else None)
        if colour is not None:
            side = Side("thin", "FF" + HAIRLINE) if style.divided else None
            cell.border = Border(left=side, right=side, bottom=Side("thin", "FF" + colour))
        if style.number_format is not None:
            cell.number_format = style.number_format
        if quoted:
            cell.quotePrefix = True
        array: StyleArray = cell._style
        return array

    def _fill_for_indent(self, style: Style, rule: bool) -> str | None:
        """The colour of the paper behind words that begin at the right and are indented, without a line.

        LibreOffice overlooks the indent where nothing but a line tells them from the words above.
        """
        is_indented = style.horizontal == "left" and style.indent > 0
        return PAPER if self._right_to_left and is_indented and not (rule or style.line) else None

    def _horizontal(self, style: Style, are_words: bool, right_to_left: bool) -> str | None:
        """The side the words keep to, mirrored where sheets run from right to left.

        There, words that go on over the cells beside must begin at the right, in whatever script. Words
        that are indented need a side; it is that of their script.
        """
        side = style.horizontal
        if side is None and style.indent and style.wrap:
            from_the_right = right_to_left if are_words else self._right_to_left
            return "right" if from_the_right else "left"
        if not self._right_to_left:
            return side
        return _MIRRORED.get(side or "") if style.wrap else "right"


def _set_columns(worksheet: Worksheet, sheet: SheetPlan) -> None:
    for index, width in enumerate(sheet.widths, start=1):
        dimension = worksheet.column_dimensions[get_column_letter(index)]
        dimension.width = width
        dimension.hidden = index in sheet.hidden_columns


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


def _set_print(worksheet: Worksheet, sheet: SheetPlan) -> None:
    setup = worksheet.page_setup
    setup.paperSize = _A4
    setup.orientation = "portrait" if sheet.page is Page.PORTRAIT else "landscape"
    if sheet.page_ends or sheet.row_ends:
        # Where the type is fitted to the paper, Excel overlooks such ends.
        setup.scale = scale(sheet)
        for column in sheet.page_ends:
            worksheet.col_breaks.append(Break(id=column, max=_LAST_ROW))
        for row in sheet.row_ends:
            worksheet.row_breaks.append(Break(id=row, max=_LAST_COLUMN))
    else:
        setup.fitToWidth, setup.fitToHeight = 1, 0
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = worksheet.page_margins
    margins.left = margins.right = SIDE_MARGIN
    margins.top = margins.bottom = END_MARGIN
    margins.header = margins.footer = 0.35
    rows, columns = sheet.repeated
    if rows:
        worksheet.print_title_rows = f"1:{rows}"
    if columns and sheet.page_ends:
        worksheet.print_title_cols = f"A:{get_column_letter(columns)}"
    if sheet.printed:
        worksheet.print_area = f"A1:{get_column_letter(sheet.printed)}{len(sheet.rows)}"


def _set_margin_words(worksheet: Worksheet, sheet: SheetPlan, printed: Printed, right_to_left: bool) -> None:
    """The words above and below each page, from the side where reading begins."""
    head: Any = worksheet.oddHeader
    foot: Any = worksheet.oddFooter
    first, last = ("right", "left") if right_to_left else ("left", "right")
    third = _MOST_IN_MARGIN // 3 - len(_MARGIN_FORMAT)
    _set_margin_part(getattr(head, first), _in_margin(printed.left, third))
    _set_margin_part(head.center, _in_margin(printed.centre, third))
    _set_margin_part(getattr(head, last), _in_margin(printed.right, third))
    page = _in_margin(printed.page, third).format(page="&P", pages="&N")
    end = f"{_in_margin(sheet.name, MAX_SHEET_NAME)} · {page}"
    _set_margin_part(getattr(foot, last), end)
    _set_margin_part(
        getattr(foot, first), _in_margin(printed.foot, _MOST_IN_MARGIN - len(end) - 2 * len(_MARGIN_FORMAT))
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
