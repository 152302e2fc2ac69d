from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from desktop_app.exchange.review.cell_values import CellValue
from desktop_app.exchange.review.characters import shown
from desktop_app.exchange.review.references import cell_name, column_letters, column_number, place_of
from desktop_app.exchange.review.sheet_reading import SheetRow
from desktop_app.exchange.review.words import normal, same
from desktop_app.exchange.review.workbook_reading import ForeignWorkbook
from desktop_app.exchange.workbook.cells import clean, escaped
from tests.support.hostile_workbooks import sheet
from tests.support.returned_workbooks import with_parts


def saved(*values: Any, number_format: str | None = None, from_1904: bool = False) -> bytes:
    workbook = Workbook()
    worksheet = workbook.active
    assert worksheet is not None
    for row, value in enumerate(values, start=1):
        cell = worksheet.cell(row, 1)
        cell.value = value
        if number_format is not None:
            cell.number_format = number_format
    if from_1904:
        workbook.epoch = datetime.datetime(1904, 1, 1)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def read(data: bytes) -> list[CellValue]:
    return [value for _row, cells in rows_of(data) for _column, value in cells]


def rows_of(data: bytes) -> list[SheetRow]:
    """The rows of the first sheet: there is no other."""
    return [row for found in ForeignWorkbook(data).said() for row in found.get("rows", ())]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("words", "words"),
        ("two\nlines", "two\nlines"),
        (5, ["n", "5"]),
        (5.0, ["n", "5"]),
        (0.1, ["n", "0.1"]),
        (-2, ["n", "-2"]),
        (True, ["b", "yes"]),
        (False, ["b", "no"]),
        (datetime.date(2014, 3, 1), ["d", "2014-03-01"]),
        (datetime.datetime(2014, 3, 1, 10, 30), ["d", "2014-03-01T10:30:00"]),
        (datetime.date(1900, 1, 1), ["d", "1900-01-01"]),
        ("=1+1", ["f", "=1+1"]),
        ('=HYPERLINK("http://x.y")', ["f", '=HYPERLINK("http://x.y")']),
        ("#N/A", ["e", "#N/A"]),
        (CellRichText("plain ", TextBlock(InlineFont(b=True), "bold")), "plain bold"),
    ],
)
def test_cells_are_read_as_what_they_are(value: Any, wanted: CellValue) -> None:
    assert read(saved(value)) == [wanted]


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    assert read(saved(datetime.date(2014, 3, 1), from_1904=True)) == [["d", "2014-03-01"]]


@pytest.mark.parametrize("code", ["dd/mm/yyyy", "[$-409]d-mmm-yy;@", "yyyy", "[h]:mm", 'd". Tag"'])
def test_days_are_known_by_their_format(code: str) -> None:
    [value] = read(saved(41699, number_format=code))
    assert value == ["d", "2014-03-01"]


@pytest.mark.parametrize("code", ["General", "0.00", '0 "days"', "[Red]0", "#,##0"])
def test_numbers_are_not_taken_for_days(code: str) -> None:
    assert read(saved(41699, number_format=code)) == [["n", "41699"]]


@pytest.mark.parametrize("number", ["1e999999", "nan", "-inf", "word", "1e308"])
def test_numbers_that_are_none_stay_what_stands_in_the_file(number: str) -> None:
    cell = f'<sheetData><row r="1"><c r="A1"><v>{number}</v></c></row></sheetData>'
    data = with_parts(saved("x"), {"xl/worksheets/sheet1.xml": sheet(cell.encode())})
    [value] = read(data)
    assert value == (["n", "1e+308"] if number == "1e308" else ["e", number])


def test_cells_without_a_place_follow_one_another_and_prefixes_do_not_matter() -> None:
    content = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row>'
        b'<x:c t="inlineStr"><x:is><x:r><x:t>a</x:t></x:r><x:r><x:t>b</x:t></x:r>'
        b'<x:rPh sb="0" eb="1"><x:t>said</x:t></x:rPh></x:is></x:c>'
        b"<x:c><x:v>7</x:v></x:c></x:row><x:row><x:c t='d'><x:v>2014-03-01T00:00:00</x:v></x:c></x:row>"
        b"</x:sheetData></x:worksheet>"
    )
    data = with_parts(saved("x"), {"xl/worksheets/sheet1.xml": content})
    assert rows_of(data) == [
        (1, [(1, "ab"), (2, ["n", "7"])]),
        (2, [(1, ["d", "2014-03-01"])]),
    ]


def test_far_cells_and_giant_ranges_cost_nothing() -> None:
    content = sheet(
        b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD20000"/></mergeCells>'
    )
    rows = rows_of(with_parts(saved("x"), {"xl/worksheets/sheet1.xml": content}))
    assert rows == [(1_048_576, [(16_384, ["n", "1"])])]


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("_x000D_\n", "\n"),
        ("_x005F_x000D_", "_x000D_"),
        ("a_x0009_b", "a\tb"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", ""),
        ("a\r\nb\rc", "a\nb\nc"),
        ("_x00_ stays", "_x00_ stays"),
        ("\x07bell_x0000_", "bell"),
    ],
)
def test_characters_by_number_are_what_a_reader_sees(stored: str, seen: str) -> None:
    assert shown(stored) == seen


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("_xX0Dd\r\n")))
def test_what_the_export_escapes_comes_back(text: str) -> None:
    assert shown(escaped(clean(text))) == clean(text)


@given(st.integers(1, 16_384))
def test_letters_and_numbers_of_columns_agree(number: int) -> None:
    assert column_number(column_letters(number)) == number
    assert place_of(f"'It''s'!${column_letters(number)}$5") == ("It's", 5, number)


def test_what_is_no_place_is_none() -> None:
    assert [column_number(letters) for letters in ("XFE", "1", "", "Ä")] == [0, 0, 0, 0]
    assert [place_of(text) for text in ("#REF!", "A1", "Sheet!A0", "a!b!A1", "")] == [None] * 5
    assert place_of("Review!$B$1") == ("Review", 1, 2)
    assert cell_name(5, 28) == "AB5"


def test_words_are_the_same_when_a_reader_sees_the_same() -> None:
    assert same("a \r\nb", "a\nb") and same("e\u0301", "é") and same("5.0", "5") and same("1e3", "1000")
    assert not same("a", "b") and not same("nan", "NaN ") and not same("5", "five") and not same("", "0")
    assert not same("007", "7") and not same("1_0", "10")
    assert normal("") == ""
