from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from desktop_app.exchange.review.returned import ReturnedNote, ReturnedWorkbook
from tests.support.returned_workbooks import (
    changed,
    columns,
    part,
    read_bytes,
    row_of,
    sheet_part,
    with_parts,
)
from tests.support.workbooks import example, example_workbook

REPORT = example()
ROW = REPORT.lists["T1.planned"].rows[0]
PLANNED = f"T1.planned/{ROW.id}"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"

PLACEHOLDER = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
    "however, any edits to it will get removed if the file is opened in a newer version of Excel. "
    "Learn more: https://go.microsoft.com/fwlink/?linkid=870924\n\n"
    "Comment:\n    Which agency?\n    And when?\nReply:\n    The ministry."
)


def noted(sheet: str, place: str, words: str, author: str = "Ana") -> bytes:
    def change(workbook: Workbook) -> None:
        workbook[sheet][place].comment = Comment(words, author)

    return changed(change)


def only(returned: ReturnedWorkbook) -> ReturnedNote:
    [note] = returned.notes
    return note


def place_of(code: str, sheet: str = "Review") -> str:
    found: list[str] = []

    def look(workbook: Workbook) -> None:
        places = columns(workbook, sheet)
        worksheet = workbook[sheet]
        key = places.get("key") or places["row_id"]
        row = row_of(worksheet, key, PLANNED if sheet == "Review" else ROW.id)
        found.append(str(worksheet.cell(row, places[code]).coordinate))

    changed(look)
    return found[0]


def with_threads(place: str, *, note: bool = True, threads: bool = True) -> bytes:
    """A workbook as Excel 365 saves it: threads and persons in parts of their own, a note beside them."""
    data = example_workbook()
    sheet = sheet_part(data, "Review")
    name = sheet.rpartition("/")[2]
    relations = part(data, f"xl/worksheets/_rels/{name}.rels").decode()
    added = ""
    parts: dict[str, bytes | None] = {}
    if threads:
        added += (
            f'<Relationship Id="t1" Type="{MICROSOFT}/threadedComment" '
            'Target="../threadedComments/threadedComment1.xml"/>'
        )
        parts["xl/threadedComments/threadedComment1.xml"] = (
            f'<ThreadedComments xmlns="{THREADS}">'
            f'<threadedComment ref="{place}" dT="2024-03-01T10:15:00.00" '
            'personId="{P1}" id="{C1}" done="1">'
            "<text>Which agency?\nAnd when?</text></threadedComment>"
            f'<threadedComment ref="{place}" dT="2024-03-02T08:00:00.00" personId="{{p2}}" '
            'id="{C2}" parentId="{C1}"><text>The ministry &amp; the police.</text></threadedComment>'
            '<threadedComment ref="B2" personId="{P9}" id="{C3}">'
            "<text>Another thread</text></threadedComment>"
            "</ThreadedComments>"
        ).encode()
        book = part(data, "xl/_rels/workbook.xml.rels").decode()
        person = f'<Relationship Id="p1" Type="{MICROSOFT}/person" Target="persons/person.xml"/>'
        parts["xl/_rels/workbook.xml.rels"] = book.replace(
            "</Relationships>", person + "</Relationships>"
        ).encode()
        parts["xl/persons/person.xml"] = (
            f'<personList xmlns="{THREADS}"><person displayName="Ana" id="{{P1}}" userId="a"/>'
            '<person displayName="Second reviewer" id="{P2}" userId="b" providerId="None"/></personList>'
        ).encode()
    if note:
        added += f'<Relationship Id="n1" Type="{OFFICE}/comments" Target="/xl/comments1.xml"/>'
        parts["xl/comments1.xml"] = (
            f'<comments xmlns="{MAIN}"><authors><author>tc={{C1}}</author></authors><commentList>'
            f'<comment ref="{place}" authorId="0"><text><t>{PLACEHOLDER}</t></text></comment>'
            "</commentList></comments>"
        ).encode()
    parts[f"xl/worksheets/_rels/{name}.rels"] = relations.replace(
        "</Relationships>", added + "</Relationships>"
    ).encode()
    return with_parts(data, parts)


def test_a_note_on_the_sheet_for_reviews_is_about_its_row(tmp_path: Path) -> None:
    place = place_of("words")
    note = only(read_bytes(tmp_path, noted("Review", place, "Ana:\nPlease name the agency")))
    assert (note.key, note.column, note.author, note.words) == (
        PLANNED,
        "words",
        "Ana",
        "Please name the agency",
    )
    assert (note.cell, note.thread_of, note.at, note.resolved) == (f"Review!{place}", None, "", False)
    assert note.beside.startswith("New standard procedures")


def test_a_note_on_a_flat_sheet_knows_its_row_and_column(tmp_path: Path) -> None:
    note = only(read_bytes(tmp_path, noted("Actions", place_of("timeframe", "Actions"), "Which year?")))
    assert (note.sheet, note.key, note.column) == ("Actions", PLANNED, "timeframe")


def test_a_note_on_a_header_or_the_cover_is_about_no_row(tmp_path: Path) -> None:
    header = only(read_bytes(tmp_path, noted("Goals", "A1", "What is this?")))
    assert (header.key, header.column, header.words) == (None, "goal", "What is this?")
    cover = only(read_bytes(tmp_path, noted("Cover", "A1", "A fine report")))
    assert (cover.key, cover.column, cover.sheet) == (None, None, "Cover")


def test_a_note_on_a_readable_sheet_is_placed_by_the_words_of_its_row(tmp_path: Path) -> None:
    found: dict[str, str] = {}

    def look(workbook: Workbook) -> None:
        for row in workbook["T1"].iter_rows():
            for cell in row:
                if "New standard procedures" in str(cell.value):
                    found["action"] = cell.coordinate
                    found["beside"] = f"C{cell.row}"
                elif "Increase the number of identified" in str(cell.value):
                    found.setdefault("goal", cell.coordinate)
                elif "ALREADY" in str(cell.value):
                    found["heading"] = cell.coordinate

    changed(look)
    places = {"action": PLANNED, "beside": PLANNED, "goal": "T1.goals/T1.G1", "heading": None}
    for name, key in places.items():
        note = only(read_bytes(tmp_path, noted("T1", found[name], "A note")))
        assert note.key == key, name


def test_threads_of_excel_365_come_with_their_answers(tmp_path: Path) -> None:
    place = place_of("words")
    first, answer, other = read_bytes(tmp_path, with_threads(place)).notes
    assert (first.key, first.author, first.words) == (PLANNED, "Ana", "Which agency?\nAnd when?")
    assert (first.id, first.thread_of, first.resolved) == ("{C1}", None, True)
    assert first.at == "2024-03-01T10:15:00.00"
    assert (answer.author, answer.words) == ("Second reviewer", "The ministry & the police.")
    assert (answer.thread_of, answer.resolved) == ("{C1}", True)
    assert (other.words, other.author, other.resolved) == ("Another thread", "", False)


def test_where_another_program_dropped_the_thread_its_note_still_has_the_words(tmp_path: Path) -> None:
    """LibreOffice and older versions of Excel keep the note only."""
    place = place_of("words")
    first, answer = read_bytes(tmp_path, with_threads(place, threads=False)).notes
    assert (first.key, first.words, first.author) == (PLANNED, "Which agency?\nAnd when?", "")
    assert (answer.words, answer.thread_of) == ("The ministry.", first.id)


@pytest.mark.parametrize("note", [True, False])
def test_a_thread_is_not_read_twice(note: bool, tmp_path: Path) -> None:
    place = place_of("words")
    assert len(read_bytes(tmp_path, with_threads(place, note=note)).notes) == 3


FROM_A_BROWSER = (
    "======\nID#AAAAGrwfCNw\nZoë Müller    (2024-03-01 10:15:00)\nWhich agency?\nAnd when?\n------\n"
    "ID#AAAAGrwfCN0\nSecond reviewer    (2024-03-02 08:00:00)\nThe ministry."
)


def test_a_thread_of_google_sheets_is_taken_out_of_its_note(tmp_path: Path) -> None:
    returned = read_bytes(tmp_path, noted("Review", place_of("words"), FROM_A_BROWSER))
    found = [(each.author, each.words, each.at, each.thread_of) for each in returned.notes]
    first = returned.notes[0].id
    assert found == [
        ("Zoë Müller", "Which agency?\nAnd when?", "2024-03-01T10:15:00", None),
        ("Second reviewer", "The ministry.", "2024-03-02T08:00:00", first),
    ]
    assert {each.key for each in returned.notes} == {PLANNED}


def test_what_only_looks_like_one_stays_as_it_was_written(tmp_path: Path) -> None:
    for words in ("See ID#A1\nAna (2024-03-01 10:15:00)\nfor this", "ID#A1 is the file of the ministry"):
        note = only(read_bytes(tmp_path, noted("Review", place_of("words"), words)))
        assert note.words == words
