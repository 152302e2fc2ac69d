"""What people do to a workbook before it comes back: each comes in right, or is told with a sentence."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from desktop_app.report.accepted import AcceptedProblem, accepted_path, write_accepted
from desktop_app.report.changes import Change
from desktop_app.report.report import Report
from desktop_app.report.text import markup
from desktop_app.runtime.errors import DeskError
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.review import apply, preview, read_workbook
from tests.support.memory_journal import MemoryJournal
from tests.support.reviewed import LIBRARY, Reviewed, said, told, written_in
from tests.support.workbooks import example, report_of, written

WORKBOOKS = Path(__file__).parents[2] / "data" / "workbooks"


# Moving things


def test_sorted_by_another_column(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3, 7, 12)
    sheet = reviewed.sheet("Review")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    words = reviewed.column("Review", "words") - 1
    for number, values in enumerate(sorted(rows, key=lambda row: str(row[words]), reverse=True), start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value
    held = reviewed.held_for(report)
    assert said(held) == expected
    assert not held.suggestions and not held.new_rows and not told(held)


def test_filtered(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3, 7)
    sheet = reviewed.sheet("Review")
    for number in range(2, sheet.max_row + 1):
        sheet.row_dimensions[number].hidden = number != 3
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held)


def test_rows_put_in_between(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3, 7)
    reviewed.sheet("Review").insert_rows(1, 3)
    reviewed.sheet("Review").insert_rows(6, 2)
    reviewed.sheet("Review")["H1"].value = "Comments of the secretariat"
    # Excel moves the hidden names of the headers along; openpyxl leaves them where they were.
    for name in [each for each in reviewed.book.defined_names if each.startswith("col.Review.")]:
        del reviewed.book.defined_names[name]
    held = reviewed.held_for(report)
    assert said(held) == expected and not held.suggestions
    assert "Review!H1: “Comments of the secretariat” stands above the table" in told(held)


def test_a_column_of_their_own(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3)
    sheet = reviewed.sheet("Review")
    column = sheet.max_column + 1
    for row, words in ((1, "My remarks"), (3, "Not clear"), (5, "Very good")):
        sheet.cell(row, column).value = words
    sheet.cell(6, column + 2).value = "scribble"
    actions = reviewed.sheet("Actions")
    actions.cell(1, actions.max_column + 1).value = "Cost"
    actions.cell(2, actions.max_column).value = "100 EUR"
    held = reviewed.held_for(report)
    cost = f"T1.undertaken/{reviewed.cell('Actions', 2, 'row_id').value}"
    expected.setdefault(cost, []).append("Cost: 100 EUR")
    expected[reviewed.key(3)][0] += "\nMy remarks: Not clear"
    expected[reviewed.key(5)] = ["My remarks: Very good"]
    expected[reviewed.key(6)] = ["scribble"]
    assert {key: sorted(words) for key, words in said(held).items()} == {
        key: sorted(words) for key, words in expected.items()
    }


def test_rows_taken_out(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3, 7)
    reviewed.sheet("Review").delete_rows(4, 2)
    held = reviewed.held_for(report)
    assert said(held) == expected
    assert "2 rows that were sent are not in the workbook any more. Nothing is removed by that." in told(held)


def test_headers_written_anew(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3)
    for code, words in (("review_comment", "Our view"), ("words", "Text"), ("key", "")):
        reviewed.write("Review", 1, **{code: words})
    held = reviewed.held_for(report)
    assert said(held) == expected and not held.suggestions


def test_sheets_renamed(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3)
    reviewed.sheet("Actions").title = "Aktivitäten"
    reviewed.sheet("Review").title = "Our review"
    held = reviewed.held_for(report)
    assert said(held) == expected and not held.suggestions and not held.new_rows


def test_columns_moved(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3)
    sheet = reviewed.sheet("Review")
    one, other = reviewed.column("Review", "review_comment"), reviewed.column("Review", "words")
    for row in range(1, sheet.max_row + 1):
        a, b = sheet.cell(row, one).value, sheet.cell(row, other).value
        sheet.cell(row, one).value, sheet.cell(row, other).value = b, a
    # A program that moves columns takes the hidden names of the headers along; openpyxl does not.
    for code in ("review_comment", "words"):
        del reviewed.book.defined_names[f"col.Review.{code}"]
    held = reviewed.held_for(report)
    assert said(held) == expected and not held.suggestions


def test_whole_rows_cut_and_pasted(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3, 7)
    last = reviewed.sheet("Review").max_row
    reviewed.copy_row("Review", 7, last + 4)
    reviewed.sheet("Review").delete_rows(7)
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held)


def test_keys_dragged_down(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3, 4, 5)
    for row in (4, 5):
        reviewed.write("Review", row, key=reviewed.key(3))
    held = reviewed.held_for(report)
    assert said(held) == expected
    assert "the hidden key of this row belongs to another one. The row was matched by its words" in told(held)


def test_the_hidden_sheet_removed(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3, 7)
    del reviewed.book["_meta"]
    held = reviewed.held_for(report)
    assert said(held) == expected and not held.refusals
    assert "The hidden sheet of the workbook was removed" in told(held)


def test_the_hidden_sheet_removed_of_another_report(tmp_path: Path, report: Report) -> None:
    other = report_of("ga-commitments", ("T1.goals", ["T1.G1"]), country="NO")
    reviewed = Reviewed(tmp_path, other)
    written_in(reviewed, 2)
    del reviewed.book["_meta"]
    held = reviewed.held_for(report)
    assert "Nobody can tell which report the workbook was made of" in told(held)
    assert held.refusals


def test_two_reviewers_copies_merged_by_hand(reviewed: Reviewed, report: Report) -> None:
    """The rows of the second copy stand below those of the first, each with its own words."""
    reviewed.comment(3, "From Ana", reviewer="Ana")
    last = reviewed.sheet("Review").max_row
    reviewed.copy_row("Review", 3, last + 1)
    reviewed.comment(last + 1, "From Zoë", reviewer="Zoë")
    held = reviewed.held_for(report)
    assert said(held) == {reviewed.key(3): ["From Ana", "From Zoë"]}


# The wrong workbook


def test_an_older_state(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3, 7)
    _section, row_list, row = next(report.rows())
    row.values.pop("description")
    row_list.place(row.id, None)
    report.answers.pop("cover.authority", None)
    held = reviewed.held_for(report)
    assert said(held) == expected
    assert "The report was changed since the workbook was made" in told(held)
    assert not held.refusals


def test_another_country(tmp_path: Path, report: Report) -> None:
    other = example()
    other.country = "NO"
    reviewed = Reviewed(tmp_path, other)
    written_in(reviewed, 3)
    held = reviewed.held_for(report)
    assert held.refusals == ("The workbook is of Norway, the report of Albania.",)


def test_another_form(tmp_path: Path, report: Report) -> None:
    reviewed = Reviewed(tmp_path, report_of("mnr"))
    reviewed.comment(2, "Good")
    held = reviewed.held_for(report)
    assert "The workbook answers the form “mnr”, the report the form “ga-commitments”." in held.refusals


def test_another_cycle_and_another_report(tmp_path: Path, report: Report) -> None:
    other = example()
    other.cycle, other.id = "2015", "22222222-2222-4222-8222-222222222222"
    held = Reviewed(tmp_path, other).held_for(report)
    assert "The workbook is of the cycle 2015, the report of 2013." in told(held)
    assert "The workbook was made of another report than this one." in told(held)


def test_a_row_that_is_gone(reviewed: Reviewed, report: Report) -> None:
    key = reviewed.key(3)
    head, _slash, row_id = key.partition("/")
    reviewed.comment(3, "Which budget?")
    del report.lists[head].rows[report.lists[head].index(row_id) or 0]
    held = reviewed.held_for(report)
    (found,) = held.comments
    assert found.comment.about == head
    assert found.comment.more == {"was_about": key}
    assert "About: “In any criminal proceedings" in markup.read(found.comment.words).plain_text()
    assert "is not in the report. It stands here instead" in "".join(found.told)


# Words in unexpected places


def test_a_comment_in_a_wrong_cell(reviewed: Reviewed, report: Report) -> None:
    """Official words are offered as a suggestion, whatever was meant by them."""
    before = str(reviewed.cell("Review", 3, "words").value)
    reviewed.write("Review", 3, words=f"{before} PLEASE EXPLAIN", number="see above")
    held = reviewed.held_for(report)
    assert {each.found for each in held.suggestions} == {f"{before} PLEASE EXPLAIN", "see above"}
    text, number = sorted(held.suggestions, key=lambda each: bool(each.obstacle))
    assert text.path == f"{reviewed.key(3)}/description" and text.in_parts
    assert [hunk.inserted.strip() for hunk in text.hunks] == ["PLEASE EXPLAIN"]
    assert "These words are not an answer of the report" in number.obstacle


def test_notes_on_cells(reviewed: Reviewed, report: Report) -> None:
    letter = reviewed.cell("Review", 3, "words").coordinate
    reviewed.note("Review", letter, "Which budget?")
    reviewed.note("T1", "A1", "Well written on the whole")
    reviewed.note("Cover", "A1", "Thank you")
    held = reviewed.held_for(report)
    by_place = {each.comment.about: each.comment for each in held.comments}
    assert set(by_place) == {reviewed.key(3), "T1", ""}
    assert by_place[reviewed.key(3)].words == "Which budget?"
    assert {each.reviewer for each in by_place.values()} == {"Ana"}


def test_a_decision_in_free_words(reviewed: Reviewed, report: Report) -> None:
    typed = ["Oui", "Përgjigje e mirë", "to be discussed\nlater", "=1+1"]
    for row, words in enumerate(typed, start=3):
        reviewed.comment(row, "See there", decision=words)
    found = reviewed.held_for(report).comments
    assert [markup.read(each.comment.words).plain_text() for each in found] == [
        f"See there\nDecision: {words}" for words in typed
    ]
    assert {each.comment.decision for each in found} == {None}
    assert all("is none of the decisions" in each.told[0] for each in found)


def test_a_decision_written_otherwise(reviewed: Reviewed, report: Report) -> None:
    for row, words in enumerate(["accepted", "ACCEPTED", " Accepted ", "accepted\n"], start=3):
        reviewed.comment(row, decision=words)
    found = reviewed.held_for(report).comments
    assert [(each.comment.decision, each.comment.status, each.told) for each in found] == [
        ("accepted", "resolved", ())
    ] * 4


def test_no_decision(reviewed: Reviewed, report: Report) -> None:
    reviewed.comment(3, "Good", decision="")
    reviewed.comment(4, reviewer="Ana", date=datetime.date(2014, 3, 1))
    (found,) = reviewed.held_for(report).comments
    assert (found.comment.decision, found.comment.words) == (None, "Good")


DATES = {
    datetime.date(2014, 3, 1): "2014-03-01",
    datetime.datetime(2014, 3, 1, 9, 30): "2014-03-01",
    "2014-03-01": "2014-03-01",
    "31.3.2014": "2014-03-31",
    "3/31/2014": "2014-03-31",
    "31-3-2014": "2014-03-31",
    "2014年3月31日": "2014-03-31",
    "2014년 3월 31일": "2014-03-31",
    "٣١/٣/٢٠١٤": "2014-03-31",
    41699: "2014-03-01",
    "3/4/2014": None,
    "early in March": None,
    "31.2.2014": None,
}


def test_dates(reviewed: Reviewed, report: Report) -> None:
    for row, typed in enumerate(DATES, start=3):
        reviewed.comment(row, "Good", date=typed)
    found = reviewed.held_for(report).comments
    assert [each.comment.date for each in found] == list(DATES.values())
    for each, (typed, read) in zip(found, DATES.items(), strict=True):
        if read is None:
            assert f"Date of review: {typed}" in markup.read(each.comment.words).plain_text()
            assert "is not read as a date" in each.told[0]
        else:
            assert each.comment.words == "Good"


def test_formulas_are_text(reviewed: Reviewed, report: Report) -> None:
    reviewed.comment(3, '=HYPERLINK("https://example.org","click")')
    held = reviewed.held_for(report)
    assert said(held) == {reviewed.key(3): ['=HYPERLINK("https://example.org","click")']}
    assert "is a formula. It was read as text and not calculated" in told(held)


def test_as_many_words_as_a_cell_takes(reviewed: Reviewed, report: Report) -> None:
    words = "A long comment. " * 2047
    reviewed.comment(3, words)
    held = reviewed.held_for(report)
    assert said(held) == {reviewed.key(3): [words.strip()]}


def test_more_words_than_excel_allows(reviewed: Reviewed, report: Report) -> None:
    """Another program may write 40,000 characters into a cell: all of them come in."""
    words = "0123456789" * 4000
    cell = reviewed.cell("Review", 3, "review_comment")
    cell.value = "MUCH"
    path = reviewed.saved()
    changed = path.with_name("long.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b">MUCH<", f">{words}<".encode()))
    held = preview(report, read_workbook(changed, LIBRARY), LIBRARY)
    assert said(held) == {reviewed.key(3): [words]}


def test_line_feeds_and_other_scripts(reviewed: Reviewed, report: Report) -> None:
    texts = [
        "one\ntwo\nthree",
        "one\r\ntwo",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467 ok \U0001f1e6\U0001f1f1",
        "ما هي الميزانية؟ (2013)",
        "\u200fمدرسة\u200f",
        "a\tb",
        "<b>no</b> & co",
    ]
    for row, words in enumerate(texts, start=3):
        reviewed.comment(row, words, question=words)
    found = reviewed.held_for(report).comments
    expected = [words.replace("\r\n", "\n") for words in texts]
    assert [markup.read(each.comment.words).plain_text() for each in found] == expected
    assert [markup.read(each.comment.question or "").plain_text() for each in found] == expected


def test_numbers_as_text_and_text_as_numbers(reviewed: Reviewed, report: Report) -> None:
    """What a program makes of numbers is no change of words; a year typed over words is told."""
    number = reviewed.cell("Review", 3, "number")
    number.value = str(number.value)
    reviewed.comment(3, 2013)
    row = reviewed.row_of("Actions", "timeframe", "Till December 2013")
    reviewed.write("Actions", row, timeframe=datetime.date(2013, 12, 1))
    held = reviewed.held_for(report)
    assert list(said(held).values()) == [["2013"]]
    (suggestion,) = held.suggestions
    assert suggestion.found == "2013-12-01"
    assert "by the spreadsheet program" in suggestion.told[0]
    assert suggestion.id not in held.proposed(suggestions=True)


# Rows of a colleague


def test_a_row_added_by_hand(reviewed: Reviewed, report: Report) -> None:
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write(
        "Actions",
        last,
        section="T2",
        list="planned",
        description="Train every judge",
        goals="T2.G1",
        timeframe="By June 2014",
        authority="Ministry of Justice",
    )
    (row,) = reviewed.held_for(report).new_rows
    assert (row.list_path, row.rest, row.obstacle) == ("T2.planned", None, "")
    assert row.words.startswith("Train every judge · By June 2014")
    assert row.values["goals"] == ("T2.G1",)
    assert row.where == "Target 2, planned actions"


def test_a_row_with_what_no_question_takes(reviewed: Reviewed, report: Report) -> None:
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write(
        "Actions",
        last,
        section_title="target 2",
        list="planned",
        description="Train",
        goals="Goal nine; T2.G1",
        confidential="row",
    )
    (row,) = reviewed.held_for(report).new_rows
    assert row.list_path == "T2.planned" and row.confidential == {""}
    assert "goals" not in row.values and row.rest is not None
    assert "Goal nine; T2.G1" in row.rest.comment.words
    assert row.rest.comment.about == f"T2.planned/{row.id}"
    assert "“Goal nine” is none of the options. The words were kept in a comment" in row.told[0]


def test_a_row_that_names_no_list(reviewed: Reviewed, report: Report) -> None:
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write("Actions", last, description="Train every judge", timeframe="2014")
    held = reviewed.held_for(report)
    (row,) = held.new_rows
    assert row.obstacle.startswith(f"Actions!A{last}: this row does not say to which list it belongs.")
    assert "without one its words come in as a comment" in row.obstacle
    assert row.rest is not None and "Train every judge" in row.rest.comment.words
    assert [each.list_path for each in row.ways] == [
        entry.path for section in report.form.walk() for entry in section.lists
    ]
    placed = row.in_list("T3.planned")
    assert (placed.id, placed.obstacle, placed.rest) == (row.id, "", None)
    assert set(placed.values) == {"description", "timeframe"}
    assert row.in_list("T9.planned") is row
    assert held.conflicts and row.id not in held.proposed(rows=True)


def test_a_row_on_a_sheet_that_takes_none(reviewed: Reviewed, report: Report) -> None:
    last = reviewed.sheet("Goals").max_row + 1
    reviewed.write("Goals", last, section="T2", goal_title="A goal of our own")
    held = reviewed.held_for(report)
    (row,) = held.new_rows
    assert row.obstacle == f"Goals!A{last}: this sheet takes no new rows."
    assert row.rest is not None and row.rest.comment.about == "T2"
    assert "A goal of our own" in row.rest.comment.words


def test_a_note_on_one_year_of_a_series(tmp_path: Path) -> None:
    report = report_of("ga-commitments", ("T1.victims_identified", {"2012": 5, "2013": 7}))
    reviewed = Reviewed(tmp_path, report)
    row = reviewed.row_of("Answers", "year", 2013)
    reviewed.note("Answers", reviewed.cell("Answers", row, "number").coordinate, "So few?")
    (found,) = reviewed.held_for(report).comments
    assert (found.comment.about, found.told) == ("T1.victims_identified", ())


def test_each_year_of_a_series_is_a_row_of_its_own(tmp_path: Path) -> None:
    report = report_of(
        "ga-commitments", ("T1.goals", ["T1.G1"]), ("T1.victims_identified", {"2012": 5, "2013": 7})
    )
    reviewed = Reviewed(tmp_path, report)
    assert not told(reviewed.held_for(report))
    row = reviewed.row_of("Answers", "year", 2013)
    reviewed.cell("Answers", row, "number").value = 8
    held = reviewed.held_for(report)
    (suggestion,) = held.suggestions
    assert suggestion.path == "T1.victims_identified"
    assert not told(held)


def test_an_accepted_warning_is_no_answer_that_was_changed(tmp_path: Path) -> None:
    accepted = AcceptedProblem(
        "T1.planned", "no_actions", "Decided with the budget.", "Ana", "2013-05-02T10:00:00Z"
    )
    report = report_of("ga-commitments", (accepted_path("a1"), write_accepted(accepted)))
    reviewed = Reviewed(tmp_path, report)
    report.apply(Change("cover.contact", None, "Ana"))
    (words,) = told(reviewed.held_for(report)).splitlines()
    assert "The report was changed since the workbook was made: 1 place." in words


def test_a_copied_row_with_other_words(reviewed: Reviewed, report: Report) -> None:
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.copy_row("Actions", 3, last)
    reviewed.write("Actions", last, description="Another action altogether")
    held = reviewed.held_for(report)
    (row,) = held.new_rows
    assert row.words.startswith("Another action altogether · ") and row.id not in reviewed.key(3)
    assert not held.suggestions
    assert "It is taken for a new row" in told(held)


# Through other programs


def test_a_rule_for_typing_taken_off(reviewed: Reviewed, report: Report) -> None:
    expected = written_in(reviewed, 3)
    reviewed.sheet("Review").data_validations.dataValidation = list[DataValidation]()
    held = reviewed.held_for(report)
    assert said(held) == expected and not told(held)


@pytest.mark.parametrize("name", ["reviewed_in_libreoffice.xlsx", "by_way_of_ods.xlsx"])
def test_saved_by_libreoffice(name: str, report: Report) -> None:
    held = preview(report, read_workbook(WORKBOOKS / name, LIBRARY), LIBRARY)
    assert not held.refusals
    assert len(held.comments) > 3 and len(held.suggestions) == 2 and len(held.new_rows) == 1


def test_not_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_text("Dear colleague", encoding="utf-8")
    with pytest.raises(DeskError, match=r"letter\.xlsx"):
        read_workbook(path, LIBRARY)


def test_nothing_written(reviewed: Reviewed, report: Report) -> None:
    held = reviewed.held_for(report)
    assert not held.has_news and not told(held)


def test_a_second_submission_has_the_threads_but_no_new_comments(tmp_path: Path, report: Report) -> None:
    """What was said before stands in read-only columns, and does not come back as something new."""
    first = Reviewed(tmp_path)
    first.comment(3, "Which budget?", reviewer="Zoë")
    held = first.held_for(report)
    apply(EntrySession(report, MemoryJournal()), held, held.proposed())
    again = Reviewed(tmp_path, data=written(report)).held_for(report)
    assert not again.has_news and not told(again)
