"""Texts that are too long for a row of a table: whole in their cell, and the row says where to read them."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from desktop_app.exchange.workbook import check_workbook, plan_workbook, workbook_bytes
from desktop_app.exchange.workbook.columns import WHOLE_TEXT
from desktop_app.exchange.workbook.heights import CUT_HEIGHT, one_line_width
from desktop_app.exchange.workbook.naming import letters
from desktop_app.exchange.workbook.plan import Look
from desktop_app.exchange.workbook.planning import plan_tables
from desktop_app.exchange.workbook.styles import STYLES
from desktop_app.exchange.workbook.whole_texts import whole_texts
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from tests.support.returned_workbooks import changed, columns, permute_rows, read_bytes, write
from tests.support.workbooks import (
    example_workbook,
    opened,
    plan_of,
    planned_action,
    records,
    report_of,
    row_id,
    written,
)

SENTENCE = "The Department for Police Training has delivered trainings in computer crime. "
LONG = "".join(f"<p>{SENTENCE * 8}</p>" for _paragraph in range(7))
PLACE = re.compile(r"(\w+), row (\d+)")
HEAD = "Whole text (row is cut)"
KEY = f"T1.planned/{row_id(2)}"


@cache
def long_and_short() -> Report:
    return report_of(
        "ga-commitments",
        *planned_action(1, description="Train <b>police</b>."),
        *planned_action(2, description=LONG),
        *planned_action(3, description="Buy tools."),
    )


@cache
def workbook() -> bytes:
    return written(long_and_short())


@pytest.mark.parametrize("sheet", ["Review", "Actions"])
def test_a_row_that_is_cut_says_where_all_of_it_stands_and_leads_there(sheet: str) -> None:
    found = opened(workbook())
    table = found[sheet]
    heads = [cell.value for cell in table[1]]
    column = heads.index(HEAD) + 1
    assert not table.column_dimensions[letters(column)].hidden
    said = [row for row in range(2, table.max_row + 1) if table.cell(row, column).value]
    assert said == [
        row for row in range(2, table.max_row + 1) if table.row_dimensions[row].height == CUT_HEIGHT
    ]
    [row] = said
    cell: Any = table.cell(row, column)
    match = PLACE.fullmatch(str(cell.value))
    assert match is not None
    assert cell.hyperlink.location == f"'{match[1]}'!A{match[2]}"
    readable = found[match[1]]
    number, words = (str(readable.cell(int(match[2]), each).value) for each in (1, 2))
    assert re.fullmatch(r"2\n\(1/\d\)", number)
    assert words.startswith(SENTENCE)
    assert table.cell(row, heads.index("Official words" if sheet == "Review" else "Description") + 1).value


def test_only_a_row_that_is_cut_keeps_its_height_while_someone_writes_in_it() -> None:
    rows = plan_of(long_and_short()).sheet("Review").rows[1:]
    assert {row.height == CUT_HEIGHT for row in rows} == {True, False}
    assert all(row.grows is (row.height != CUT_HEIGHT) for row in rows)


def test_the_words_above_the_column_stand_clear_of_its_edge() -> None:
    for sheet in ("Review", "Actions"):
        planned = plan_of(long_and_short()).sheet(sheet)
        width = planned.widths[planned.links - 1]
        # LibreOffice makes columns a little wider than Excel; it sets three of the words in the first line.
        assert width * 1.06 > one_line_width("Whole text (row", STYLES[Look.DATA_HEAD])


def test_the_column_stands_beside_the_text_and_is_printed() -> None:
    for sheet, text in (("Review", "words"), ("Actions", "description")):
        planned = plan_of(long_and_short()).sheet(sheet)
        assert planned.table is not None
        codes = [name.rpartition(".")[2] for name in planned.table.names.values()]
        assert codes.index(WHOLE_TEXT) == codes.index(text) + 1 == planned.links - 1
        assert planned.links <= planned.printed


def test_without_a_text_that_is_cut_there_is_no_such_column() -> None:
    for sheet in ("Review", "Actions"):
        assert HEAD not in records(example_workbook(), sheet)[0]
    assert all(
        row.height is None or row.height < CUT_HEIGHT
        for sheet in plan_of(report_of("ga-commitments", *planned_action(1, description="a"))).sheets
        for row in sheet.rows
    )


def test_a_long_answer_outside_lists_leads_to_its_section() -> None:
    data = written(report_of("mnr", ("cover.authority", "Ministry"), ("capability_1.justification", LONG)))
    cut = [record for record in records(data, "Answers") if record.get(HEAD)]
    [record] = cut
    match = PLACE.fullmatch(record[HEAD])
    assert match is not None
    assert str(opened(data)[match[1]].cell(int(match[2]), 2).value).startswith(SENTENCE)


def test_what_stands_on_no_other_sheet_is_read_in_its_cell() -> None:
    words = SENTENCE * 60
    said = {"about": KEY, "kind": "official", "decision": None, "words": words, "question": None}
    said |= {"reviewer": "Ana", "date": None, "status": "open", "answers": None, "source": None}
    report = report_of("ga-commitments", *planned_action(2, description="Buy tools."), ("comment/c1", said))
    found = {record[HEAD] for record in records(written(report), "Review")}
    assert found == {None, "in the cell itself"}


def test_a_change_leads_to_the_words_now() -> None:
    before = report_to_plain(report_of("ga-commitments", *planned_action(2, description="Buy tools.")))
    now = report_of("ga-commitments", *planned_action(2, description=LONG))
    plan = plan_workbook(now, canonical_bytes(report_to_plain(now)), before)
    data = workbook_bytes(plan)
    [change] = records(data, "Changes")
    [action] = records(data, "Actions")
    assert change[HEAD] == action[HEAD] is not None


def test_links_of_a_sheet_stay_below_what_excel_takes() -> None:
    cut = {number: frozenset({"text"}) for number in range(66_000)}
    places = {str(number): ("T1", number) for number in cut}
    column, contents = whole_texts(cut, frozenset({"text"}), str, places)
    assert len(column.links) < 65_530
    assert len(contents) == len(cut)


def test_places_do_not_count_as_official_words() -> None:
    with_places = plan_of(long_and_short())
    check_workbook_reads(workbook_bytes(with_places))
    [planned] = [table for table in plan_tables(long_and_short()) if table.sheet == "Actions"]
    assert WHOLE_TEXT not in [column.code for column in planned.columns]
    marks = {record["B"]: record["C"] for record in meta(workbook()) if record["A"] == "record.Actions"}
    assert marks == {key: mark.hex() for key, mark in zip(planned.keys, planned.fingerprints, strict=True)}


def check_workbook_reads(data: bytes) -> None:
    check_workbook(io.BytesIO(data), plan_of(long_and_short()))


def meta(data: bytes) -> list[dict[str, Any]]:
    return [dict(zip("ABC", values, strict=False)) for values in opened(data)["_meta"].values]


def test_sorted_and_with_a_changed_place_it_comes_back_as_it_was(tmp_path: Path) -> None:
    def sort_and_spoil(found: Workbook) -> None:
        write(found, KEY, review_comment="Too long", whole_text="elsewhere")
        permute_rows(found["Review"], lambda rows: rows[::-1])

    returned = read_bytes(tmp_path, changed(sort_and_spoil, workbook()))
    assert [(each.key, each.comment) for each in returned.reviews] == [(KEY, "Too long")]
    assert not returned.edits
    assert not returned.unknown


def test_a_change_of_the_long_text_is_found(tmp_path: Path) -> None:
    def edit(found: Workbook) -> None:
        places = columns(found, "Review")
        for row in found["Review"].iter_rows(min_row=2):
            if row[places["key"] - 1].value == KEY:
                row[places["words"] - 1].value = "Shorter."

    [found] = read_bytes(tmp_path, changed(edit, workbook())).edits
    assert (found.column, found.found) == ("words", "Shorter.")
