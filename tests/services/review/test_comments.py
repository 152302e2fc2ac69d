"""Columns that a reviewer adds: remarks of whoever wrote on the row, offered, not taken by themselves."""

from __future__ import annotations

from pathlib import Path

from desktop_app.report.changes import Change
from desktop_app.report.report import Report
from desktop_app.report.text import markup
from desktop_app.services.review import ReviewPreview
from tests.support.reviewed import Reviewed
from tests.support.workbooks import report_of


def by_place(held: ReviewPreview) -> dict[str, list[tuple[str, str, bool, str]]]:
    """Words, reviewer, whether it stands aside, and status of each comment by what it is about."""
    found: dict[str, list[tuple[str, str, bool, str]]] = {}
    for each in held.comments:
        words = markup.read(each.comment.words).plain_text()
        said = (words, each.comment.reviewer, each.is_aside, each.comment.status)
        found.setdefault(each.comment.about, []).append(said)
    return found


def with_priorities(reviewed: Reviewed) -> None:
    sheet = reviewed.sheet("Review")
    column = sheet.max_column + 1
    sheet.cell(1, column).value = "My priority"
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = "P1"


def test_a_column_of_ones_own_joins_the_comment_of_its_row(reviewed: Reviewed, report: Report) -> None:
    with_priorities(reviewed)
    reviewed.comment(3, "Which year?", reviewer="Ana")
    reviewed.comment(4, decision="accepted", reviewer="Ana")
    reviewed.comment(5, reviewer="Ben")
    held = reviewed.held_for(report)
    found = by_place(held)
    assert found[reviewed.key(3)] == [("Which year?\nMy priority: P1", "Ana", False, "open")]
    assert found[reviewed.key(4)] == [("My priority: P1", "Ana", False, "resolved")]
    assert found[reviewed.key(5)] == [("My priority: P1", "Ben", True, "open")]
    assert found[reviewed.key(6)] == [("My priority: P1", "", True, "open")]
    assert len(held.comments) == reviewed.sheet("Review").max_row - 1


def test_what_stands_aside_is_offered_and_not_taken_by_itself(reviewed: Reviewed, report: Report) -> None:
    with_priorities(reviewed)
    reviewed.comment(3, "Which year?", reviewer="Ana")
    held = reviewed.held_for(report)
    [taken] = held.proposed()
    assert [each.id for each in held.comments if not each.is_aside] == [taken]
    assert all(each.told for each in held.comments if each.is_aside)


def test_comments_on_questions_lists_and_the_whole_report_come_back(tmp_path: Path) -> None:
    report = report_of("ga-commitments", ("cover.authority", "Ministry of Justice"))
    report.apply(
        Change("comment/c1", None, {"about": "", "kind": "official", "words": "Overall", "status": "open"})
    )
    reviewed = Reviewed(tmp_path, report)
    about = {"cover.authority": "cover.authority", "T4.undertaken": "T4.undertaken", "*": ""}
    for key in about:
        row = reviewed.row_of("Review", "key", key)
        reviewed.comment(row, f"On {key}", decision="Clarification needed", reviewer="Ana")
    held = reviewed.held_for(report)
    assert not held.suggestions
    assert {each.comment.words: each.comment.about for each in held.comments} == {
        f"On {key}": path for key, path in about.items()
    }
    assert {each.comment.decision for each in held.comments} == {"clarification"}
    assert not any(each.told for each in held.comments)


def test_a_row_of_its_own_says_where_new_rows_are_written(reviewed: Reviewed, report: Report) -> None:
    row = reviewed.sheet("Review").max_row + 1
    reviewed.write("Review", row, words="Train every judge")
    reviewed.comment(row, "Please add this", reviewer="Ana")
    reviewed.comment(3, "Which year?", reviewer="Ana")
    added, known = sorted(reviewed.held_for(report).comments, key=lambda each: each.comment.about)
    assert added.comment.about == "" and not known.told
    assert added.told == (
        "This row stands for nothing in the report, so the comment is about the report as a whole. "
        "To propose a new row of the report, write it below the last row of its own sheet (Actions), "
        "with its section and list.",
    )


def test_a_note_without_a_name_is_of_the_one_person_whom_the_rows_name(
    reviewed: Reviewed, report: Report
) -> None:
    reviewed.note("Review", "H5", "Which ministry?", author="")
    reviewed.note("Review", "H6", "And this one?", author="Ben")
    nameless = {each.comment.words: each for each in reviewed.held_for(report).comments}["Which ministry?"]
    assert (nameless.comment.reviewer, nameless.told) == ("", ())
    reviewed.comment(3, "Which year?", reviewer="Ana")
    reviewed.comment(4, "Which month?")
    found = {each.comment.words: each for each in reviewed.held_for(report).comments}
    named = found["Which ministry?"]
    assert (named.id, named.comment.reviewer) == (nameless.id, "Ana")
    assert named.told == ("It has no name. “Ana” is taken from the rows of the workbook.",)
    assert (found["And this one?"].comment.reviewer, found["Which month?"].comment.reviewer) == ("Ben", "")
    reviewed.comment(4, reviewer="Zoë")
    found = {each.comment.words: each for each in reviewed.held_for(report).comments}
    assert (found["Which ministry?"].comment.reviewer, found["Which ministry?"].told) == ("", ())
