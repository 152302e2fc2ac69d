"""A frozen report in the window: read, copied, never changed; whoever types is told why, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget

from desktop_app.report.changes import Change, new_id
from desktop_app.report.plain import report_to_plain
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.reports import read_report
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.menus import Step
from desktop_app.ui.pages.page_stack import HISTORY_PAGE, REVIEW_PAGE, SEND
from desktop_app.ui.parts import Words
from desktop_app.ui.rows.row_view import RowView
from desktop_app.ui.sending.frozen_line import FrozenLine
from tests.support.reviewed_workbooks import (
    COMMENT,
    DECISION,
    exported_workbook,
    reviewed,
    rewords,
    says,
)
from tests.support.window_steps import Person
from tests.ui.sending.conftest import button

REFUSED = "Nothing was changed. "

Attempt = Callable[[QWidget], object]


def session_of(person: Person) -> EntrySession:
    return person.view._session


def line_of(person: Person) -> FrozenLine:
    line = person.view.freezing.line
    assert line is not None
    return line


def shown(person: Person, kind: type[QWidget]) -> QWidget:
    """The first visible one on the page."""
    page = person.view.pages.page
    assert page is not None
    return next(each for each in page.findChildren(kind) if each.isVisible())


def commit(widget: QWidget) -> None:
    event = QInputMethodEvent()
    event.setCommitString("Ж")
    QApplication.sendEvent(widget, event)


def key(code: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Attempt:
    return lambda widget: QTest.keyClick(widget, code, held)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def double_click(widget: QWidget) -> None:
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton)


TRIALS: list[tuple[str, type[QWidget], Attempt]] = [
    ("cover", QLineEdit, key(Qt.Key.Key_A)),
    ("cover", QLineEdit, key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)),
    ("cover", QTextEdit, key(Qt.Key.Key_Backspace)),
    ("cover", QTextEdit, commit),
    ("T1", WrappedOption, click),
    ("T1", WrappedOption, key(Qt.Key.Key_Space)),
    ("T1", RowView, key(Qt.Key.Key_Return)),
    ("T1", RowView, key(Qt.Key.Key_Delete)),
    ("T1", RowView, double_click),
]


def test_whoever_tries_to_change_something_is_told_why_not(person: Person) -> None:
    session, view = session_of(person), person.view
    session.submit()
    before, line = report_to_plain(session.report), line_of(person)
    for code, kind, attempt in TRIALS:
        view.show_page("T2")
        view.show_page(code)
        assert line.isVisible()
        assert line.words == session.frozen_words
        target = shown(person, kind)
        target.setFocus()
        QTest.keyClick(target, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert line.words == session.frozen_words
        attempt(target)
        assert line.words == REFUSED + session.frozen_words, (code, kind, attempt)
        assert report_to_plain(session.report) == before
    QApplication.clipboard().clear()


def test_nothing_is_grey_and_nothing_that_would_change_something_is_there(person: Person) -> None:
    session_of(person).submit()
    person.view.show_page("T4")
    for words in ("Add", "Paste a list", "Take back the", "Use this idea"):
        assert button(person.view.pages, words) is None
    person.view.show_page("cover")
    assert all(field.isEnabled() for field in person.view.pages.findChildren(QLineEdit))
    assert not line_of(person).ways.isVisible()
    person.view.show_send()
    assert not line_of(person).isVisible()


def test_the_header_says_what_was_submitted_and_when(person: Person) -> None:
    session, status = session_of(person), person.window.header.status
    person.view.show_page("T1")
    session.mark_ready()
    assert line_of(person).words == session.frozen_words
    ready = status.text()
    session.approve()
    assert line_of(person).words == session.frozen_words
    assert status.text() not in (ready, "Draft")
    session.submit()
    assert status.text().startswith("Submitted 1, ")
    session.amend()
    assert status.text() == "Draft, amends submission 1"
    session.submit()
    session.take_back("It was too early.")
    assert status.text() == "Draft; submission 2 taken back"


def test_undo_says_why_there_is_nothing_to_undo(person: Person) -> None:
    session = session_of(person)
    session.mark_ready()
    person.window.menus.step_chosen.emit(Step.UNDO)
    assert person.window.notice.words == session.frozen_words
    assert session.report.status == "ready"


def test_a_step_of_the_menu_leads_to_what_was_submitted(person: Person) -> None:
    person.window.menus.step_chosen.emit(Step.SUBMISSIONS)
    assert person.window.notice.words == "Nothing was submitted yet."
    session_of(person).submit()
    person.view.show_page("T1")
    person.window.menus.step_chosen.emit(Step.SUBMISSIONS)
    assert person.view.pages.shown == SEND
    assert person.find(Words, "Submission 1").isVisible()


def test_it_is_opened_again_where_one_stands(person: Person) -> None:
    session, view = session_of(person), person.view
    view.show_page("T1")
    session.mark_ready()
    row = shown(person, RowView)
    row.setFocus()
    assert isinstance(row, RowView)
    place = view.place
    person.press("Back to draft")
    line = line_of(person).ways.line
    assert line is not None
    assert line.field.hasFocus()
    person.type("One action is missing.")
    person.press("Back to draft", line)
    assert session.report.status == "draft"
    assert not line_of(person).isVisible()
    assert view.pages.shown == "T1"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert view.pages.isAncestorOf(focus)
    assert place.startswith("T1.")
    assert button(view.pages, "Add") is not None
    assert person.window.notice.words.startswith("The report is a draft again.")


def test_a_submission_is_taken_back_from_a_page_with_a_reason_only(person: Person) -> None:
    session = session_of(person)
    person.view.show_page("cover")
    session.submit()
    person.press("Take back …")
    line = line_of(person).ways.line
    assert line is not None
    person.press("Take it back", line)
    assert line.remark == "Write a reason first: it is kept with the submission."
    assert session.report.status == "submitted"
    person.type("It was too early.")
    person.press("Take it back", line)
    assert session.report.status == "draft"


def test_the_history_offers_no_way_back_meanwhile(person: Person) -> None:
    person.view.show_page(HISTORY_PAGE)
    page = person.view.pages.page
    assert page is not None
    session_of(person).set_value("cover.authority", Text.plain("Ministry of Justice"))
    person.until(lambda: button(page, "Bring the whole report back") is not None)
    session_of(person).mark_ready()
    assert button(page, "Bring the whole report back") is None
    session_of(person).back_to_draft()
    assert button(page, "Bring the whole report back") is not None


def test_what_reviewers_ask_for_and_that_it_is_submitted_stand_in_one_line(person: Person) -> None:
    session, view = session_of(person), person.view
    row = f"T1.planned/{session.report.lists['T1.planned'].rows[0].id}"
    session.submit()
    view.show_page("T1")
    assert line_of(person).isVisible()
    said = ReviewComment(row, "official", "correction", "Name the authority.", None, "L. Berg", "2014-02-03")
    session.comment([Change(comment_path(new_id()), None, write_comment(said))])
    assert view.correction.isVisible() and not line_of(person).isVisible()
    assert view.correction._words.text() == (
        "Reviewers asked for 1 correction; 1 waits for your answer. Submitted: no answer can be changed."
    )
    person.press("Write an amendment", view.correction)
    assert line_of(person).isVisible(), "it asks what the amendment is about"
    person.key(Qt.Key.Key_Escape)
    assert not line_of(person).isVisible()
    assert person.find(QAbstractButton, "Write an amendment", view.correction).hasFocus()
    line_of(person).say_refused()
    assert line_of(person).isVisible() and line_of(person).words.startswith(REFUSED)
    view.show_page("T2")
    assert not line_of(person).isVisible()
    person.press("Write an amendment", view.correction)
    person.press("Begin the amendment")
    assert session.report.status == "draft"
    assert view.correction._words.text() == "Reviewers asked for 1 correction; 1 waits for your answer."


def test_it_is_frozen_after_a_restart_too(person: Person) -> None:
    path = person.desk._keeper.path
    assert path is not None
    session_of(person).submit()
    person.desk._show_start()
    assert read_report(path).status == "submitted"
    assert person.desk.open_file(path)
    person.view.show_page("T1")
    assert line_of(person).isVisible()
    assert button(person.view.pages, "Add") is None


def test_a_reason_that_is_not_given_yet_keeps_the_window_open_once(person: Person) -> None:
    person.view.show_send()
    session_of(person).mark_ready()
    person.press("Approve …")
    person.type("The min")
    person.window.close()
    assert person.window.isVisible()
    assert person.window.notice.words.startswith("What stands here is no answer yet")


def test_comments_come_in_and_lead_to_an_amendment(person: Person, tmp_path: Path) -> None:
    session, view = session_of(person), person.view
    path = person.desk._keeper.path
    assert path is not None
    row = f"T1.planned/{session.report.lists['T1.planned'].rows[0].id}"
    said = {DECISION: "correction", COMMENT: "Name the authority."}
    words = session.report.plain(f"{row}/description").split()[0]
    data = exported_workbook(path, tmp_path)
    back = reviewed(data, tmp_path / "reviewed.xlsx", says(row, said), rewords(row, words, "All"))
    session.submit()
    person.desk._reviews.take([back])
    person.until(lambda: view.pages.shown == REVIEW_PAGE)
    page = view.pages.page
    assert page is not None
    sentence = f"{session.frozen_words} Comments can be brought in all the same."
    read = [label.text() for label in page.findChildren(type(line_of(person)._words))]
    assert sentence in read
    assert not any("was changed since the workbook was made" in words for words in read)
    person.press("Bring in the chosen one")
    person.until(lambda: len(session.report.comments) == 1)
    assert session.report.status == "submitted"
    person.press("Write an amendment", person.window.notice)
    assert session.report.status == "submitted"
    person.press("Begin the amendment")
    assert session.report.status == "draft"
    person.desk._reviews.take([back])
    person.until(lambda: view.pages.shown == REVIEW_PAGE)
    person.press("Leave it")
    assert not any(label.text() == sentence for label in view.findChildren(type(line_of(person)._words)))
