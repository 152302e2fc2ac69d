from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.workbook.naming import span
from desktop_app.exchange.workbook.paper import ACROSS, LEGIBLE, column_ends, row_ends, scale
from desktop_app.exchange.workbook.plan import Cell, Look, Page, Piece, RowPlan, SheetPlan
from desktop_app.exchange.workbook.styles import STYLES
from tests.support.long_reports import long_report
from tests.support.workbooks import example, example_workbook, opened, plan_of, report_of, written

WORDS = Cell((Piece("words"),))
A4_DOWN = 297 / 25.4 * 72 - 2 * 0.75 * 72


def sheet(*rows: RowPlan, widths: tuple[float, ...] = (94.0,), repeated: int = 0) -> SheetPlan:
    return SheetPlan("T1", "Title", rows, widths, repeated=(repeated, 0))


def row(height: float, keeps: bool = False) -> RowPlan:
    return RowPlan({1: WORDS}, height, keeps)


def pages(planned: SheetPlan) -> list[list[RowPlan]]:
    ends = [0, *planned.row_ends, len(planned.rows)]
    return [list(planned.rows[start:end]) for start, end in pairwise(ends)]


def test_a_page_ends_before_a_row_that_has_no_room() -> None:
    assert row_ends(sheet(*(row(100) for _row in range(10)))) == (7,)


def test_a_heading_goes_with_its_first_row_to_the_next_page() -> None:
    rows = [*(row(100) for _row in range(6)), row(50, keeps=True), row(20, keeps=True), row(100)]
    assert row_ends(sheet(*rows)) == (6,)


def test_rows_that_keep_together_and_fill_more_than_a_page_end_it_anyway() -> None:
    assert row_ends(sheet(*(row(100, keeps=True) for _row in range(16)))) == (7, 14)


def test_a_row_that_fits_with_none_of_those_that_keep_to_it_begins_a_page() -> None:
    assert row_ends(sheet(row(4), row(4, keeps=True), row(321, keeps=True), row(409))) == (1, 3)


def test_what_is_repeated_takes_room_on_every_page_but_the_first() -> None:
    rows = [row(100), *(row(100) for _row in range(20))]
    assert row_ends(sheet(*rows, repeated=1)) == (7, 13, 19)


@given(st.lists(st.tuples(st.floats(4, 409), st.booleans()), max_size=60), st.floats(20, 200))
def test_no_page_is_fuller_than_the_paper(rows: list[tuple[float, bool]], width: float) -> None:
    planned = sheet(*(row(height, keeps) for height, keeps in rows), widths=(width,))
    ends = (0, *row_ends(planned), len(rows))
    assert list(ends) == sorted(set(ends)) or not rows
    for start, end in pairwise(ends):
        height = sum(height for height, _keeps in rows[start:end]) * scale(planned) / 100
        assert height <= A4_DOWN or end - start == 1


@given(st.lists(st.floats(5, 90), min_size=1, max_size=30), st.sampled_from(Page), st.integers(1, 3))
def test_columns_stand_on_as_few_pages_as_are_legible(widths: list[float], page: Page, repeated: int) -> None:
    ends = (0, *column_ends(widths, page, repeated), len(widths))
    assert list(ends) == sorted(set(ends))
    room = ACROSS[page] / LEGIBLE
    if sum(widths) <= room:
        assert len(ends) == 2
    for start, end in list(pairwise(ends))[1:]:
        assert end - start == 1 or sum(widths[:repeated]) + sum(widths[start:end]) <= room


def test_pages_of_columns_are_about_as_wide_as_each_other() -> None:
    assert column_ends([10.0, *(20.0 for _column in range(12))], Page.LANDSCAPE, 1) == (7,)


def test_no_printed_page_of_a_section_ends_with_a_heading() -> None:
    plan = plan_of(long_report("el"))
    headings = {Look.KICKER, Look.TITLE, Look.HEADING, Look.LIST_HEADING, Look.COLUMN_HEAD, Look.LABEL}
    seen = 0
    for planned in plan.sheets:
        if planned.table is not None or planned.hidden:
            continue
        for page in pages(planned)[:-1]:
            seen += 1
            last = next(each for each in reversed(page) if each.cells)
            assert not headings & {cell.look for cell in last.cells.values()}
            assert sum(each.height or 0 for each in page) * scale(planned) / 100 <= A4_DOWN
    assert seen > 20


def test_the_numbers_on_the_cover_are_printed_on_one_page() -> None:
    cover = opened(example_workbook())["Cover"]
    first = next(cell.row for cell in cover["A"] if cell.value == "In numbers")
    last = next(cell.row for cell in cover["A"] if cell.value == "Target 4") + 2
    ends = [each.id for each in cover.row_breaks.brk]
    assert ends
    assert not [end for end in ends if first <= end < last]


def test_ends_of_pages_reach_the_file() -> None:
    report = long_report("el", 60)
    planned = plan_of(report).sheet("T2")
    found = opened(written(report))["T2"]
    assert planned.row_ends
    assert [each.id for each in found.row_breaks.brk] == list(planned.row_ends)
    assert int(found.page_setup.scale or 0) == scale(planned)


def test_sheets_are_printed_in_type_that_is_read_without_a_glass() -> None:
    for planned in plan_of(example()).sheets:
        if not planned.hidden:
            smallest = min(STYLES[cell.look].size for *_place, cell in planned.cells())
            assert scale(planned) * smallest / 100 >= 6.9, planned.name


def test_columns_to_sort_by_are_not_printed() -> None:
    actions = opened(example_workbook())["Actions"]
    heads = [cell.value for cell in actions[1]]
    last = heads.index("Timeframe") + 1
    assert actions.print_area == f"'Actions'!{span(1, 1, last, actions.max_row, fixed=True)}"
    assert heads[:4] == ["Reference", "Section", "List", "Description"]
    assert min(heads.index(head) for head in ("Section: code", "No.", "Timeframe: from")) >= last
    assert heads.index("Row id") == len(heads) - 1


@pytest.mark.parametrize(("language", "first", "last"), [("en", "left", "right"), ("ar", "right", "left")])
def test_margins_begin_where_reading_begins(language: str, first: str, last: str) -> None:
    for found in opened(written(report_of("ga-commitments", language=language))):
        assert getattr(found.oddHeader, first).text == "Albania"
        assert getattr(found.oddHeader, last).text.endswith("2013.1")
        assert "&P" in getattr(found.oddFooter, last).text
