"""What is made on every walk is the same on every walk, and the same as what is kept."""

from __future__ import annotations

import tracemalloc
from contextvars import ContextVar

import pytest

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import Column
from desktop_app.exchange.workbook.lazily import KEPT, Lazily, lazily
from desktop_app.exchange.workbook.plan import Cell, Content, Look, RowPlan
from desktop_app.exchange.workbook.table_rows import TableRows, table_rows

COLUMNS = (
    Column("code", "Code", Look.DATA_CODE, 10.0),
    Column("number", "Number", Look.DATA_NUMBER, 8.0),
    Column("words", "Words", Look.DATA, 20.0),
    Column("day", "Day", Look.OPEN_DATE, 9.0, open=True),
)
HEAD = RowPlan(
    {index: Cell(plain(column.label), Look.DATA_HEAD) for index, column in enumerate(COLUMNS, 1)}, 30.0
)
SHARED = plain("shared")
RECORDS: list[dict[str, Content]] = [
    {"code": SHARED, "number": number if number % 3 else plain("many"), "words": plain("word " * number)}
    for number in range(40)
]


def test_few_are_kept_and_many_made_on_every_walk() -> None:
    made: list[int] = []

    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    few, many = lazily(range(KEPT), double), lazily(range(KEPT + 1), double)
    assert len(made) == KEPT
    assert list(few) == list(many)[:-1] == [2 * number for number in range(KEPT)]
    assert list(many)[-1] == many[-1] == many[KEPT] == 2 * KEPT
    assert many[3:5] == (6, 8)
    assert (len(few), len(many)) == (KEPT, KEPT + 1)
    with pytest.raises(IndexError):
        many[KEPT + 1]


def test_they_speak_the_language_they_were_planned_in() -> None:
    language: ContextVar[str] = ContextVar("language", default="en")
    token = language.set("fr")
    found = Lazily(range(3), lambda number: f"{language.get()} {number}")
    language.reset(token)
    assert list(found) == ["fr 0", "fr 1", "fr 2"]
    assert found[1] == "fr 1"
    assert language.get() == "en"


def test_rows_of_a_table_are_the_same_on_every_walk_and_one_by_one() -> None:
    rows = TableRows(HEAD, RECORDS, COLUMNS)
    first = list(rows)
    assert list(rows) == first == [rows[index] for index in range(len(rows))]
    assert rows[-1] == first[-1]
    assert rows[1:3] == tuple(first[1:3])
    assert list(table_rows(HEAD, RECORDS, COLUMNS)) == first
    assert first[0] is HEAD


def test_words_in_a_column_of_numbers_are_set_as_words() -> None:
    rows = TableRows(HEAD, RECORDS, COLUMNS)
    assert [row.cells[2].look for row in rows][1:3] == [Look.DATA, Look.DATA_NUMBER]
    heights = [row.height or 0 for row in rows][1:]
    assert heights == sorted(heights)
    assert heights[-1] > heights[0]


def test_a_walk_that_was_broken_off_does_no_harm() -> None:
    rows = TableRows(HEAD, RECORDS, COLUMNS)
    beginning = [row for row, _number in zip(rows, range(5), strict=False)]
    assert list(rows)[:5] == beginning
    assert list(rows) == list(TableRows(HEAD, RECORDS, COLUMNS))


def test_a_walk_over_many_rows_keeps_none() -> None:
    records = Lazily(range(20_000), lambda number: {"words": plain(f"{number} words " * 20)})
    rows = table_rows(HEAD, records, COLUMNS)
    tracemalloc.start()
    try:
        assert sum(len(row.cells) for row in rows) == 4 * 20_001
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
