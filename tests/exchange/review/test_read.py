from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.review.reasons import ReturnedError
from desktop_app.exchange.review.returned import ReturnedEdit, ReturnedWorkbook
from desktop_app.report.plain import canonical_bytes, report_to_plain
from tests.support.returned_workbooks import (
    RESAVED,
    changed,
    columns,
    move_names,
    permute_rows,
    read_bytes,
    row_of,
    write,
)
from tests.support.workbooks import example, example_workbook, planned_action, report_of, row_id, written

REPORT = example()
GOAL = "T1.goals/T1.G1"
PLANNED = f"T1.planned/{REPORT.lists['T1.planned'].rows[0].id}"
SECOND = f"T1.planned/{REPORT.lists['T1.planned'].rows[1].id}"
UNDERTAKEN = f"T2.undertaken/{REPORT.lists['T2.undertaken'].rows[0].id}"


def commented(workbook: Workbook) -> None:
    """What a reviewer types."""
    write(
        workbook,
        GOAL,
        review_decision="Accepted",
        review_comment="Well done",
        review_reviewer="Ana",
        review_date=datetime.datetime(2014, 3, 1),
    )
    write(workbook, PLANNED, review_question="Which agency?\nAnd when?", review_kind="internal")
    write(workbook, UNDERTAKEN, review_decision="correction", review_reviewer="Ana")


def said(returned: ReturnedWorkbook) -> set[tuple[str | None, str | None, str, str, str]]:
    return {(each.key, each.decision, each.comment, each.question, each.kind) for each in returned.reviews}


ALL = {
    (GOAL, "accepted", "Well done", "", "official"),
    (PLANNED, None, "", "Which agency?\nAnd when?", "internal"),
    (UNDERTAKEN, "correction", "", "", "official"),
}


@pytest.fixture(scope="module")
def base() -> bytes:
    return changed(commented)


def test_a_workbook_that_nobody_touched_says_nothing(tmp_path: Path) -> None:
    returned = read_bytes(tmp_path, example_workbook())
    assert (returned.reviews, returned.notes, returned.edits) == ((), (), ())
    assert (returned.unknown, returned.missing) == ((), ())
    assert returned.original == canonical_bytes(report_to_plain(REPORT))
    identity = returned.identity
    assert (identity.form_id, identity.report, identity.cycle) == (REPORT.form.id, REPORT.id, "2013")
    assert identity.submission is None
    rows = [record for record in returned.records if record.sheet == "Actions"]
    assert [record.key for record in rows] == [
        f"{row_list.definition.path}/{row.id}" for _section, row_list, row in REPORT.rows()
    ]
    assert {record.key for record in returned.records if record.sheet == "Goals"} >= {GOAL}
    assert {record.key for record in returned.records if record.sheet == "Lists"} == set(REPORT.lists)


def test_what_reviewers_type_comes_back(base: bytes, tmp_path: Path) -> None:
    returned = read_bytes(tmp_path, base)
    assert said(returned) == ALL
    assert returned.edits == () and returned.unknown == ()
    [first, *_others] = returned.reviews
    assert (first.reviewer, first.date) == ("Ana", "2014-03-01")
    assert first.cell.startswith("Review!") and first.beside.startswith("Increase the number")


def sort_by_chance(workbook: Workbook) -> None:
    def order(rows: list[int]) -> list[int]:
        return random.Random(5).sample(rows, len(rows))

    permute_rows(workbook["Review"], order)
    permute_rows(workbook["Actions"], order)
    permute_rows(workbook["Goals"], order)


def rename_everything(workbook: Workbook) -> None:
    for sheet in ("Review", "Actions"):
        move_names(workbook, sheet, lambda row, column: (row, column), f"Feuille {sheet}")
        workbook[sheet].title = f"Feuille {sheet}"
        rename_headers(workbook[f"Feuille {sheet}"])


def rename_headers(worksheet: Worksheet) -> None:
    for cell in worksheet[1]:
        cell.value = f"En-tête {cell.column}"
    for table in worksheet.tables.values():
        for column in table.tableColumns:
            column.name = f"En-tête {column.id}"


def without_names(workbook: Workbook) -> None:
    for name in list(workbook.defined_names):
        del workbook.defined_names[name]


def without_names_and_headers(workbook: Workbook) -> None:
    without_names(workbook)
    rename_headers(workbook["Review"])


def with_keys_alone(workbook: Workbook) -> None:
    without_names_and_headers(workbook)
    workbook["Review"].tables.clear()
    workbook["Review"].title = "Comments"


def insert_rows_and_columns(workbook: Workbook) -> None:
    worksheet = workbook["Review"]
    worksheet.tables.clear()
    worksheet.insert_rows(1, 3)
    worksheet.insert_cols(2)
    worksheet["B1"].value = "A heading of my own"
    move_names(workbook, "Review", lambda row, column: (row + 3, column if column < 2 else column + 1))


def swap_columns(workbook: Workbook) -> None:
    """A reviewer's column is moved to the front."""
    worksheet, place = workbook["Review"], columns(workbook, "Review")["review_comment"]
    worksheet.tables.clear()
    for row in range(1, worksheet.max_row + 1):
        cells = [worksheet.cell(row, column).value for column in range(1, place + 1)]
        for column, value in enumerate((cells[-1], *cells[:-1]), start=1):
            worksheet.cell(row, column).value = value
    move_names(
        workbook,
        "Review",
        lambda row, column: (row, 1 if column == place else column + 1 if column < place else column),
    )


def hide_things(workbook: Workbook) -> None:
    workbook["Review"].sheet_state = "hidden"
    workbook["Review"].row_dimensions[2].hidden = True
    workbook["_meta"].sheet_state = "visible"
    workbook["_meta"].title = "renamed"


def order_of_sheets(workbook: Workbook) -> None:
    workbook.move_sheet("_meta", -10)
    permute_rows(workbook["_meta"], lambda rows: rows[::-1], first=1)


def delete_sheets(workbook: Workbook) -> None:
    for sheet in ("Dictionary", "Answers", "T1", "Lists"):
        del workbook[sheet]


@pytest.mark.parametrize(
    "abuse",
    [
        sort_by_chance,
        rename_everything,
        without_names,
        without_names_and_headers,
        with_keys_alone,
        insert_rows_and_columns,
        swap_columns,
        hide_things,
        order_of_sheets,
        delete_sheets,
    ],
)
def test_whatever_is_done_to_the_workbook_every_comment_finds_its_place(
    abuse: Any, base: bytes, tmp_path: Path
) -> None:
    returned = read_bytes(tmp_path, changed(abuse, base))
    assert said(returned) == ALL
    assert returned.edits == ()
    above = "Review!B1: “A heading of my own” stands above the table and is no comment on any row."
    assert returned.unknown == ((above,) if abuse is insert_rows_and_columns else ())
    assert returned.original


@pytest.mark.parametrize("name", ["reviewed_in_libreoffice.xlsx", "by_way_of_ods.xlsx"])
def test_work_in_libreoffice_comes_back(name: str, tmp_path: Path) -> None:
    returned = read_bytes(tmp_path, (RESAVED / name).read_bytes())
    [goal] = [each for each in returned.reviews if each.key == GOAL]
    assert (goal.decision, goal.comment, goal.date) == ("accepted", "Saved in LibreOffice", "2014-03-01")
    assert {each.question for each in returned.reviews} == {"", "Second\nline", "=1+1"}
    assert {
        (each.path.rpartition("/")[2], each.official[:18], each.found[-9:]) for each in returned.edits
    } == {
        ("timeframe", "Till December 2013", "June 2014"),
        ("description", "For any case of ab", "im. More."),
    }
    assert {(each.sheet, each.words, each.key is None) for each in returned.notes} == {
        ("Examen", "A note on an action", False),
        ("T1", "A note on a sheet of a section", False),
    }
    [added] = [each for each in returned.records if each.key is None]
    assert added.values["description"] == "Added by a colleague"
    assert [sheet for sheet, _key in returned.missing] == ["Review"]
    assert "formula" in returned.remarks[0]
    otherwise, *_others = returned.unknown
    assert "Another version of this program laid out" in otherwise
    assert any("not in the workbook any more" in each for each in returned.unknown)


# Official words.


def edited(
    tmp_path: Path, key: str, sheet: str = "Actions", **values: Any
) -> tuple[ReturnedWorkbook, list[ReturnedEdit]]:
    def change(workbook: Workbook) -> None:
        places = columns(workbook, sheet)
        worksheet = workbook[sheet]
        row = row_of(worksheet, places.get("row_id") or places.get("key") or places["goal"], key)
        for code, value in values.items():
            worksheet.cell(row, places[code]).value = value

    returned = read_bytes(tmp_path, changed(change))
    return returned, list(returned.edits)


def test_a_changed_answer_is_an_edit_of_its_place(tmp_path: Path) -> None:
    _returned, [edit] = edited(tmp_path, PLANNED.partition("/")[2], timeframe="Till June 2014")
    assert (edit.path, edit.column) == (f"{PLANNED}/timeframe", "timeframe")
    assert (edit.official, edit.found, edit.converted) == ("Till December 2013", "Till June 2014", False)
    assert edit.cell.startswith("Actions!")


def test_a_changed_answer_on_the_sheet_for_reviews_is_one_too(tmp_path: Path) -> None:
    _returned, [edit] = edited(tmp_path, PLANNED, "Review", words="Other words altogether")
    assert (edit.path, edit.found) == (f"{PLANNED}/description", "Other words altogether")


def test_words_that_a_program_turned_into_a_date_or_number_are_said_to_be(tmp_path: Path) -> None:
    moment = datetime.datetime(2013, 12, 1)
    _returned, [edit] = edited(tmp_path, PLANNED.partition("/")[2], timeframe=moment)
    assert (edit.found, edit.converted) == ("2013-12-01", True)
    _returned, [edit] = edited(tmp_path, PLANNED.partition("/")[2], timeframe=2013)
    assert (edit.found, edit.converted) == ("2013", True)


def test_a_formula_is_text_and_its_result_counts_for_nothing(tmp_path: Path) -> None:
    returned, [edit] = edited(tmp_path, PLANNED.partition("/")[2], timeframe='=WEBSERVICE("http://x.y/z")')
    assert edit.found == '=WEBSERVICE("http://x.y/z")'
    assert any("is a formula" in sentence for sentence in returned.remarks)


def test_words_changed_on_a_readable_sheet_are_found(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        for row in workbook["T1"].iter_rows():
            for cell in row:
                if "New standard procedures" in str(cell.value):
                    cell.value = "Changed on the sheet of the section"
        workbook["T2"].append(["", "A remark at the end of the sheet"])

    returned = read_bytes(tmp_path, changed(change))
    [edit] = returned.edits
    assert (edit.path, edit.column, edit.found) == (
        f"{PLANNED}/description",
        "",
        "Changed on the sheet of the section",
    )
    assert edit.official.startswith("New standard procedures") and edit.cell.startswith("T1!")
    [note] = returned.notes
    assert (note.sheet, note.words, note.is_aside) == ("T2", "A remark at the end of the sheet", True)
    assert "cannot be brought in as an answer" in note.told and not returned.unknown


def test_words_that_belong_to_no_record_are_said_and_not_taken(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        worksheet = workbook["T2"]
        for row in worksheet.iter_rows():
            for cell in row:
                if str(cell.value).startswith("Description of"):
                    cell.value = "Another heading"

    returned = read_bytes(tmp_path, changed(change))
    assert returned.edits == ()
    assert returned.notes and all(each.is_aside for each in returned.notes)
    assert all("was changed to “Another heading”" in each.words for each in returned.notes)


def test_rows_of_a_readable_sheet_may_be_moved_and_taken_out(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        permute_rows(workbook["T1"], lambda rows: rows[:3] + rows[4:] + rows[3:4])
        workbook["T2"].delete_rows(3, 2)

    returned = read_bytes(tmp_path, changed(change))
    assert (returned.edits, returned.unknown) == ((), ())


def test_without_the_form_a_changed_row_is_told_by_its_fingerprint(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        worksheet, places = workbook["Actions"], columns(workbook, "Actions")
        worksheet.cell(3, places["timeframe"]).value = "Never"

    returned = read_bytes(tmp_path, changed(change), library=None)
    assert returned.edits == ()
    assert any("not at hand" in sentence for sentence in returned.unknown)
    [sentence] = [sentence for sentence in returned.unknown if sentence.startswith("Actions!")]
    assert "were changed, but not which" in sentence


def test_long_texts_in_several_columns_are_one_answer(tmp_path: Path) -> None:
    long = "A sentence that goes on and on. " * 1500
    report = report_of("ga-commitments", *planned_action(1, description=long.strip()))

    def change(workbook: Workbook) -> None:
        worksheet, places = workbook["Actions"], columns(workbook, "Actions")
        last = worksheet.cell(2, places["description_2"])
        last.value = f"{last.value} The end."

    returned = read_bytes(tmp_path, changed(change, written(report)))
    [edit] = returned.edits
    assert edit.path == f"T1.planned/{row_id(1)}/description"
    assert edit.official == long.strip() and edit.found == long.strip() + " The end."
    [record] = [each for each in returned.records if each.sheet == "Actions"]
    assert record.values["description"] == edit.found and "description_2" not in record.values


# Keys.


def test_rows_added_by_hand_have_no_key(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        review, places = workbook["Review"], columns(workbook, "Review")
        row = review.max_row + 1
        review.cell(row, places["words"]).value = "The report as a whole"
        review.cell(row, places["review_comment"]).value = "Thank you"
        review.cell(row + 1, places["words"]).value = "Words without a comment"
        actions, places = workbook["Actions"], columns(workbook, "Actions")
        row = actions.max_row + 1
        actions.cell(row, places["description"]).value = "A new action"

    returned = read_bytes(tmp_path, changed(change))
    [review] = returned.reviews
    assert (review.key, review.comment, review.beside) == (None, "Thank you", "The report as a whole")
    [record] = [each for each in returned.records if each.key is None]
    assert (record.sheet, record.values) == ("Actions", {"description": "A new action"})
    [note] = returned.notes
    assert (note.words, note.key, note.is_aside) == ("Words without a comment", None, True)
    assert "added to the sheet “Review” by hand" in note.told


def test_a_key_dragged_over_its_neighbours_is_found_out(base: bytes, tmp_path: Path) -> None:
    def fill_down(workbook: Workbook) -> None:
        worksheet, place = workbook["Review"], columns(workbook, "Review")["key"]
        for row in range(3, 9):
            worksheet.cell(row, place).value = worksheet.cell(2, place).value

    returned = read_bytes(tmp_path, changed(fill_down, base))
    assert said(returned) == ALL
    assert len(returned.remarks) == 6 and not returned.unknown
    assert all("matched by its words" in sentence for sentence in returned.remarks)


def test_a_column_sorted_on_its_own_is_found_out(base: bytes, tmp_path: Path) -> None:
    def sort_keys(workbook: Workbook) -> None:
        worksheet, place = workbook["Review"], columns(workbook, "Review")["key"]
        rows = range(2, worksheet.max_row + 1)
        keys = sorted(str(worksheet.cell(row, place).value) for row in rows)
        for row, key in zip(rows, keys, strict=True):
            worksheet.cell(row, place).value = key

    returned = read_bytes(tmp_path, changed(sort_keys, base))
    assert said(returned) == ALL
    assert returned.remarks and all("matched by its words" in sentence for sentence in returned.remarks)


def test_keys_that_were_deleted_are_found_by_the_words(base: bytes, tmp_path: Path) -> None:
    def delete(workbook: Workbook) -> None:
        worksheet, place = workbook["Review"], columns(workbook, "Review")["key"]
        worksheet.cell(2, place).value = None

    returned = read_bytes(tmp_path, changed(delete, base))
    assert said(returned) == ALL
    [sentence] = returned.remarks
    assert "key of this row is gone" in sentence


def test_a_copied_row_with_other_words_is_a_new_one(tmp_path: Path) -> None:
    def copy(workbook: Workbook) -> None:
        worksheet, places = workbook["Actions"], columns(workbook, "Actions")
        worksheet.append([cell.value for cell in worksheet[3]])
        worksheet.cell(worksheet.max_row, places["description"]).value = "An action like another"

    returned = read_bytes(tmp_path, changed(copy))
    [record] = [each for each in returned.records if each.key is None]
    assert record.values["description"] == "An action like another"
    assert returned.edits == ()
    [sentence] = returned.unknown
    assert "taken for a new row" in sentence


def test_a_key_of_another_workbook_is_kept_and_said(tmp_path: Path) -> None:
    def change(workbook: Workbook) -> None:
        worksheet, places = workbook["Review"], columns(workbook, "Review")
        row = worksheet.max_row + 1
        worksheet.cell(row, places["key"]).value = f"T1.planned/{row_id(7)}"
        worksheet.cell(row, places["words"]).value = "From another workbook"
        worksheet.cell(row, places["review_comment"]).value = "Pasted"

    returned = read_bytes(tmp_path, changed(change))
    assert [(each.key, each.comment) for each in returned.reviews] == [(f"T1.planned/{row_id(7)}", "Pasted")]
    [sentence] = returned.unknown
    assert "was not in the workbook when it was sent" in sentence


def test_copies_of_two_reviewers_both_come_in_and_nothing_twice(base: bytes, tmp_path: Path) -> None:
    def merge(workbook: Workbook) -> None:
        places = columns(workbook, "Review")
        second = workbook.copy_worksheet(workbook["Review"])
        second.title = "Review (2)"
        row = row_of(second, places["key"], GOAL)
        second.cell(row, places["review_comment"]).value = "Not yet"
        second.cell(row, places["review_reviewer"]).value = "Second reviewer"
        # Pasted below the first, header and all.
        for values in list(second.iter_rows(min_row=1, max_row=3, values_only=True)):
            workbook["Review"].append(values)

    returned = read_bytes(tmp_path, changed(merge, base))
    assert [each.comment for each in returned.reviews if each.key == GOAL] == ["Well done", "Not yet"]
    assert [each.question for each in returned.reviews if each.key == PLANNED] == ["Which agency?\nAnd when?"]
    assert returned.edits == () and returned.unknown == ()


def test_deleted_rows_and_columns_are_said(base: bytes, tmp_path: Path) -> None:
    def delete(workbook: Workbook) -> None:
        worksheet, places = workbook["Review"], columns(workbook, "Review")
        worksheet.delete_rows(row_of(worksheet, places["key"], PLANNED))
        column = places["section_title"]
        worksheet.delete_cols(column)
        worksheet.tables.clear()
        move_names(
            workbook,
            "Review",
            lambda row, each: None if each == column else (row, each - 1 if each > column else each),
        )

    returned = read_bytes(tmp_path, changed(delete, base))
    assert {each.key for each in returned.reviews} == {GOAL, UNDERTAKEN}
    assert returned.missing == (("Review", PLANNED),)
    assert "these columns are gone: Section" in returned.unknown[0]
    assert "1 row that was sent" in returned.unknown[1]


def test_a_workbook_without_the_sheet_for_reviews_is_said_to_have_none(tmp_path: Path) -> None:
    def delete(workbook: Workbook) -> None:
        del workbook["Review"]

    returned = read_bytes(tmp_path, changed(delete))
    assert returned.reviews == ()
    [sentence] = returned.unknown
    assert "“Review” is not in the workbook" in sentence


def test_thousands_of_rows_with_one_key_take_no_time_of_their_own(tmp_path: Path) -> None:
    """Each is compared with the record once, not with every other row."""

    def multiply(workbook: Workbook) -> None:
        worksheet, places = workbook["Review"], columns(workbook, "Review")
        for number in range(3000):
            row = worksheet.max_row + 1
            worksheet.cell(row, places["key"]).value = GOAL
            worksheet.cell(row, places["words"]).value = f"Words {number}"

    returned = read_bytes(tmp_path, changed(multiply))
    assert returned.reviews == ()
    assert "more of these" in returned.unknown[-1]


# What reviewers choose from.


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2014-03-01", "2014-03-01"),
        ("01.03.2014", "2014-03-01"),
        ("31/3/2014", "2014-03-31"),
        ("3/31/2014", "2014-03-31"),
        ("3/4/2014", None),
        (41699, "2014-03-01"),
        (datetime.datetime(2014, 3, 1, 10, 30), "2014-03-01"),
        ("2014/3/5", "2014-03-05"),
        ("5.3.2014", "2014-03-05"),
        ("5 March 2014", "2014-03-05"),
        ("5 mars 2014", "2014-03-05"),
        ("March 2014", None),
        ("by 5 March 2014", None),
        ("last week", None),
        ("32.03.2014", None),
    ],
)
def test_dates_are_read_unless_they_could_be_another_day(
    typed: Any, date: str | None, tmp_path: Path
) -> None:
    data = changed(lambda workbook: write(workbook, GOAL, review_comment="x", review_date=typed))
    returned = read_bytes(tmp_path, data)
    [review] = returned.reviews
    assert review.date == date
    assert bool(review.not_understood) is (date is None)
    assert not returned.unknown, "it is told with the comment"


def test_words_that_are_not_to_choose_from_are_said(tmp_path: Path) -> None:
    data = changed(lambda book: write(book, GOAL, review_decision="perhaps", review_kind="secret"))
    returned = read_bytes(tmp_path, data)
    [review] = returned.reviews
    assert (review.decision, review.kind) == (None, "internal")
    assert review.not_understood == (("review_decision", "perhaps"), ("review_kind", "secret"))
    assert not returned.unknown, "it is told with the comment"


def test_a_name_or_date_alone_is_no_comment(tmp_path: Path) -> None:
    data = changed(lambda book: write(book, GOAL, review_reviewer="Ana", review_kind="internal"))
    assert read_bytes(tmp_path, data).reviews == ()


# The hidden sheet.


def test_without_the_hidden_sheet_comments_still_find_their_place(base: bytes, tmp_path: Path) -> None:
    def remove(workbook: Workbook) -> None:
        del workbook["_meta"]

    returned = read_bytes(tmp_path, changed(remove, base))
    assert {(each.key, each.comment) for each in returned.reviews} == {
        (GOAL, "Well done"),
        (PLANNED, ""),
        (UNDERTAKEN, ""),
    }
    identity = returned.identity
    assert (identity.format, identity.report, identity.form_id) == (0, "", REPORT.form.id)
    assert (identity.form_version, identity.country, identity.cycle) == (REPORT.form.version, "AL", "2013")
    assert len(identity.content) == 64 and returned.original == b""
    [sentence] = returned.unknown
    assert "hidden sheet of the workbook was removed" in sentence


def test_without_hidden_sheet_and_cover_nothing_is_guessed(base: bytes, tmp_path: Path) -> None:
    def remove(workbook: Workbook) -> None:
        del workbook["_meta"], workbook["Cover"]

    with pytest.raises(ReturnedError, match="nobody can tell which report"):
        read_bytes(tmp_path, changed(remove, base))


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    def other(workbook: Workbook) -> None:
        for name in workbook.sheetnames[1:]:
            del workbook[name]
        without_names(workbook)
        workbook["Cover"].delete_rows(1, 100)

    with pytest.raises(ReturnedError, match="is no workbook of this program"):
        read_bytes(tmp_path, changed(other))


def test_a_damaged_copy_of_the_answers_is_said(tmp_path: Path) -> None:
    def damage(workbook: Workbook) -> None:
        for row in workbook["_meta"].iter_rows():
            if row[0].value == "data":
                row[2].value = str(row[2].value).replace("Till", "Til")

    returned = read_bytes(tmp_path, changed(damage))
    assert returned.original == b""
    assert "hidden copy of the report" in returned.unknown[0]


def test_a_newer_workbook_is_refused(tmp_path: Path) -> None:
    def newer(workbook: Workbook) -> None:
        for row in workbook["_meta"].iter_rows():
            if row[1].value == "format":
                row[2].value = "99"

    with pytest.raises(ReturnedError, match="newer version"):
        read_bytes(tmp_path, changed(newer))
