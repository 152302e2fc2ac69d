"""Words that a reviewer only struck through: every character still stands there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from desktop_app.exchange.review.allowance import Budget
from desktop_app.exchange.review.cell_values import shared_strings
from desktop_app.exchange.review.sheet_reading import SheetReader, Values
from desktop_app.exchange.workbook import plan_workbook, workbook_bytes
from desktop_app.report.plain import canonical_bytes, report_to_plain
from tests.support.returned_workbooks import changed, read_bytes
from tests.support.workbooks import planned_action, report_of

WORDS = "New standard procedures"
TOLD = "Nothing was taken out by that; take it out of the answer where it is to go."


def cell_with_words(workbook: Workbook, sheet: str = "Actions") -> Cell:
    for row in workbook[sheet].iter_rows():
        for cell in row:
            if WORDS in str(cell.value):
                assert isinstance(cell, Cell)
                return cell
    raise AssertionError(f"no such words on {sheet}")


def whole(cell: Cell) -> None:
    # All of it, of which more is told than the words that were looked for.
    cell.value = str(cell.value)
    cell.font = Font(name=cell.font.name, size=cell.font.size, strike=True)


def part(cell: Cell) -> None:
    before, _words, behind = str(cell.value).partition(WORDS)
    struck = TextBlock(InlineFont(strike=True), WORDS)
    cell.value = CellRichText(before, struck, TextBlock(InlineFont(b=True), behind))


@pytest.mark.parametrize("sheet", ["Actions", "T1"])
@pytest.mark.parametrize("strike", [whole, part])
def test_struck_words_are_told_with_their_cell(
    strike: Callable[[Cell], None], sheet: str, tmp_path: Path
) -> None:
    places: list[str] = []

    def change(workbook: Workbook) -> None:
        cell = cell_with_words(workbook, sheet)
        places.append(f"{sheet}!{cell.coordinate}: “")
        strike(cell)

    returned = read_bytes(tmp_path, changed(change))
    [told] = returned.unknown
    assert told.startswith(places[0]) and told.endswith(f" is struck through. {TOLD}")
    assert (f"“{WORDS}” is struck" in told) is (strike is part)
    assert WORDS in told
    assert returned.edits == ()


@pytest.mark.parametrize(
    ("runs", "found"),
    [
        ("<t>plain</t>", None),
        ("<r><rPr><b/></rPr><t>a</t></r><r><t>b</t></r>", ("", "b")),
        ('<r><rPr><strike val="true"/></rPr><t>a</t></r><r><t>b</t></r>', ("a", "b")),
        ('<r><rPr><strike val="false"/></rPr><t>a</t></r><r><rPr><b/></rPr><t>b</t></r>', ("", "")),
        ('<r><t>a</t></r><r><rPr><strike val="0"/></rPr><t>b</t></r>', ("", "a")),
        (
            "<r><rPr><strike/></rPr><t>a</t></r><r><rPr><b/></rPr><t> b </t></r>"
            "<r><rPr><strike/></rPr><t>c</t></r>",
            ("a … c", ""),
        ),
    ],
)
def test_runs_of_shared_strings(runs: str, found: tuple[str, str] | None) -> None:
    struck: dict[int, tuple[str, str]] = {}
    table = f"<sst><si><t>first</t></si><si>{runs}</si></sst>".encode()
    strings = shared_strings([table], "xl/sharedStrings.xml", Budget(), struck)
    assert len(strings) == 2
    assert struck.get(1) == found and 0 not in struck


@pytest.mark.parametrize("formula", ["", "<f>1+1</f>"])
def test_a_formula_need_come_to_no_shared_string(formula: str) -> None:
    values = Values(strings=["plain", "struck"], runs={1: ("struck", "")})
    reader = SheetReader("xl/worksheets/sheet1.xml", values, Budget(), flat=True, noted=frozenset())
    result = "x" if formula else "0"
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c>'
        f'<c r="B1" t="s">{formula}<v>{result}</v></c></row></sheetData>'
    )
    assert sum(map(len, reader.rows([sheet.encode()]))) == 1
    assert reader.struck == [(1, 1, "struck")]


def test_what_the_program_itself_strikes_on_its_sheet_of_changes_is_not_told(tmp_path: Path) -> None:
    now = report_of("ga-commitments", *planned_action(1, description="Train judges."))
    before = report_of("ga-commitments", *planned_action(1, description="Train police."))
    plan = plan_workbook(now, canonical_bytes(report_to_plain(now)), report_to_plain(before))

    def rename(workbook: Workbook) -> None:
        workbook["Changes"].title = "What is new"

    for data in (workbook_bytes(plan), changed(rename, workbook_bytes(plan))):
        returned = read_bytes(tmp_path, data)
        assert not [each for each in returned.unknown if "struck" in each]
