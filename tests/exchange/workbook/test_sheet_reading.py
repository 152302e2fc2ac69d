"""Whatever differs is found, far beyond the rows that openpyxl reads too."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest

from desktop_app.exchange.workbook import WorkbookPlan, workbook_bytes
from desktop_app.exchange.workbook.plan import Cell, Look, Piece, Printed, RowPlan, SheetPlan
from desktop_app.exchange.workbook.read_back import SAMPLE, compare
from desktop_app.report.text import Mark

ROWS = SAMPLE + 100
BOLD = frozenset({Mark.BOLD})


def planned_row(number: int) -> RowPlan:
    return RowPlan(
        {
            1: Cell((Piece(f"words {number}"),)),
            2: Cell((Piece("rich ", BOLD), Piece(f"end {number}"))),
            3: Cell(number, Look.DATA_NUMBER),
            4: Cell(datetime.date(2013, 1, 1) + datetime.timedelta(number), Look.DATA_DATE),
            5: Cell(None, Look.DATA),
            6: Cell((Piece(" at the edge"),)),
        }
    )


PLAN = WorkbookPlan(
    (SheetPlan("Sheet", "Sheet", tuple(planned_row(number) for number in range(1, ROWS + 1)), (9.0,) * 6),),
    "Title",
    "en",
    datetime.date(2014, 3, 1),
    False,
    Printed("", "", "", "", "Page {page} of {pages}"),
)
LAST = ROWS - 3
"""A row that openpyxl does not read."""


def changed(old: str, new: str) -> list[str]:
    """The differences after some XML of the sheet was replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(PLAN))) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith("sheet1.xml"):
                assert content.count(old.encode()) == 1
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return compare(stream.getvalue(), PLAN)


def test_nothing_is_found_where_nothing_differs() -> None:
    assert compare(workbook_bytes(PLAN), PLAN) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (f"<t>words {LAST}<", f"<t>words {LAST}.<", f"A{LAST}"),
        (f"<t>words {LAST}<", f"<t> words {LAST}<", f"A{LAST}"),
        (f"end {LAST}<", "end<", f"B{LAST}"),
        (f"<v>{LAST}<", f"<v>{LAST}.5<", f"C{LAST}"),
        (f'<c r="E{LAST}" s="4" t="n"/>', f'<c r="E{LAST}" s="4" t="n"><v>1</v></c>', f"E{LAST}"),
        (f'<c r="E{LAST}" s="4" t="n"/>', f'<c r="E{LAST}" s="1" t="n"/>', f"E{LAST}"),
        (f'<c r="E{LAST}" s="4" t="n"/>', f'<c r="H{LAST}" s="4" t="n"><v>1</v></c>', f"H{LAST}"),
        (f'<c r="A{LAST}"', f'<c r="G{LAST}"', f"A{LAST}"),
        (f'<row r="{LAST}">', f'<row r="{ROWS + 1}">', f"A{LAST}"),
        (f'<row r="{LAST}">', f'<row r="{LAST - 1}">', f"A{LAST - 1}"),
        (f'<c r="C{LAST}" s="2" t="n">', f'<c r="C{LAST}" s="2" t="b">', f"C{LAST}"),
        (f'<c r="A{LAST}" s="1" t="inlineStr">', f'<c r="A{LAST}" s="1" t="str">', f"A{LAST}"),
        (f'<c r="B{LAST}"', f'<c r="A{LAST}" s="1" t="n"/><c r="B{LAST}"', f"A{LAST}"),
        (f'<c r="B{LAST}"', f'<x/><c r="B{LAST}"', f"A{LAST}"),
        (f"<t>words {LAST}<", f"<t>words\r{LAST}<", f"A{LAST}"),
        ("</sheetData>", '<row r="900"><c r="B900"><v>1</v></c></row></sheetData>', "B900"),
    ],
)
def test_every_difference_is_found_by_its_place(old: str, new: str, place: str) -> None:
    assert f"Sheet!{place}" in changed(old, new)


@pytest.mark.parametrize("hidden", [f"<!-- <c r='A{LAST}'/> -->", "<?c?>", "<![CDATA[ ]]>"])
def test_nothing_hides_between_the_rows(hidden: str) -> None:
    assert changed(f'<row r="{LAST}">', f'{hidden}<row r="{LAST}">')


@pytest.mark.parametrize("broken", ["</row></row>", "&nothing;", "\x01"])
def test_what_is_no_xml_is_found(broken: str) -> None:
    assert changed(f'<row r="{LAST}">', f'{broken}<row r="{LAST}">')


def test_a_number_for_a_character_reads_as_the_character() -> None:
    assert changed(f"<t>words {LAST}<", f"<t>&#119;ords &#x{ord(str(LAST)[0]):x};{str(LAST)[1:]}<") == []


def test_white_space_that_a_reader_would_drop_is_found() -> None:
    first = '<c r="F1" s="1" t="inlineStr"><is><t xml:space="preserve"> at'
    assert changed(first, first.replace(' xml:space="preserve"', "")) == ["Sheet!F1"]


def test_each_row_is_told() -> None:
    told: list[None] = []
    assert compare(workbook_bytes(PLAN), PLAN, lambda: told.append(None)) == []
    assert len(told) == ROWS
