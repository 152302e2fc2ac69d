"""The reviewed workbook of a long report: the window goes on while it is read, shown and brought in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from desktop_app.report.changes import Change, OperationKind
from desktop_app.services.reports import keep_report
from desktop_app.services.review.lengths import MANY_ROWS
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.pages.page_stack import REVIEW_PAGE
from desktop_app.ui.review.bringing import FEW
from desktop_app.ui.review.preview_page import PreviewPage
from tests.support.reviewed_workbooks import COMMENT, reviewed, says
from tests.support.window_steps import Person
from tests.support.workbooks import report_of, row_id, written
from tests.ui.review.conftest import Sitter, session_of, view_of

COMMENTS = 6 * FEW


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A report of many actions, and its workbook with comments on some of them."""
    folder = tmp_path_factory.mktemp("long")
    report = report_of("ga-commitments")
    for number in range(1, MANY_ROWS + 2):
        row = f"T1.planned/{row_id(number)}"
        report.apply(Change(row, None, {"position": number * 1024}))
        report.apply(Change(f"{row}/description", None, f"Train unit {number}."))
    keep_report(folder / "long.adesk", report, OperationKind.IMPORT)
    steps = [
        says(f"T1.planned/{row_id(number)}", {COMMENT: f"Which budget for unit {number}?"})
        for number in range(1, COMMENTS + 1)
    ]
    return folder / "long.adesk", reviewed(written(report), folder / "back.xlsx", *steps)


@pytest.fixture
def person(at_the_desk: Sitter, files: tuple[Path, Path], tmp_path: Path) -> Person:
    path = tmp_path / "long.adesk"
    path.write_bytes(files[0].read_bytes())
    return at_the_desk(path)


def preview(person: Person, workbook: Path) -> PreviewPage:
    person.hand_in(workbook)
    person.until(lambda: view_of(person).pages.shown == REVIEW_PAGE)
    page = view_of(person).pages.page
    assert isinstance(page, PreviewPage)
    person.until(lambda: "Which budget for unit 1?" in options(page))
    return page


def options(page: PreviewPage) -> dict[str, WrappedOption]:
    """The comments that can be ticked now, by their words."""
    return {each.text(): each for each in page.findChildren(WrappedOption) if each.isVisible()}


def is_idle(person: Person) -> bool:
    return not person.desk._errands.is_busy and person.desk._reviews._bringing is None


def test_only_what_is_seen_is_made_and_all_of_it_comes_in(person: Person, files: tuple[Path, Path]) -> None:
    page = preview(person, files[1])
    assert len(options(page)) < COMMENTS / 2
    assert "Which budget for unit 1?" in options(page)
    options(page)["Which budget for unit 1?"].click()
    bar = page.verticalScrollBar()

    def is_at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return f"Which budget for unit {COMMENTS - 1}?" in options(page)

    person.until(is_at_the_end)
    person.until(lambda: "Which budget for unit 2?" not in options(page))
    bar.setValue(0)
    first = {f"Which budget for unit {number}?" for number in (1, 2)}
    person.until(lambda: first <= options(page).keys())
    assert not options(page)["Which budget for unit 1?"].isChecked()
    assert options(page)["Which budget for unit 2?"].isChecked()
    person.press(f"Bring in the chosen {COMMENTS - 1}")
    assert not session_of(person).report.comments or not is_idle(person)
    person.until(lambda: is_idle(person) and "Brought in" in person.window.notice.words)
    assert len(session_of(person).report.comments) == COMMENTS - 1
    assert view_of(person).pages.shown != REVIEW_PAGE
    person.window.undo()
    person.until(lambda: session_of(person).can_redo)
    assert not session_of(person).report.comments
    person.window.redo()
    person.window.undo()
    person.window.redo()
    person.until(lambda: not session_of(person).can_redo)
    assert len(session_of(person).report.comments) == COMMENTS - 1


def test_bringing_in_can_be_cancelled_and_begun_again(person: Person, files: tuple[Path, Path]) -> None:
    page = preview(person, files[1])
    person.press(f"Bring in the chosen {COMMENTS}")
    page.show_progress(COMMENTS // 2, COMMENTS)
    person.press("Cancel", page)
    person.until(lambda: is_idle(person))
    assert not session_of(person).report.comments and not session_of(person).can_undo
    assert view_of(person).pages.page is page
    assert not [
        each for each in page.findChildren(QAbstractButton) if each.isVisible() and "Cancel" in each.text()
    ]
    person.press(f"Bring in the chosen {COMMENTS}")
    session_of(person).remove_rows("T1.planned", [row_id(MANY_ROWS)])
    assert len(session_of(person).report.comments) == COMMENTS
    person.until(lambda: "Brought in" in person.window.notice.words)


def test_reading_can_be_cancelled(person: Person, files: tuple[Path, Path]) -> None:
    person.hand_in(files[1])
    person.until(lambda: person.window.notice.words == "Reading “back.xlsx” …")
    person.press("Cancel", person.window.notice)
    person.until(lambda: is_idle(person))
    assert view_of(person).pages.shown != REVIEW_PAGE
    assert not person.window.notice.isVisible()
    preview(person, files[1])
    person.press("Leave it")
