"""Threads beside the question: read, answered, resolved, written, and kept while they are not sent."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.report.review import comment_path
from desktop_app.report.said import said_html, write_said
from desktop_app.services.reports import read_report
from desktop_app.services.review import answer, comment
from desktop_app.ui import tokens
from desktop_app.ui.beside import COMMENTS
from desktop_app.ui.parts import Chip, Words
from desktop_app.ui.review.comment_mark import CommentMark
from desktop_app.ui.review.comments_panel import PAGE, CommentsPanel
from desktop_app.ui.review.draft_box import DraftField
from desktop_app.ui.review.drafts import Drafts
from desktop_app.ui.review.place_line import PlaceLine
from desktop_app.ui.review.thread_card import ThreadCard
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rows.row_view import RowView
from tests.support.window_steps import Person
from tests.ui.review.conftest import first_row, say, session_of, view_of

QUESTION = "cover.authority"


def panel_of(person: Person) -> CommentsPanel:
    panel = view_of(person).beside.comments
    assert panel is not None
    return panel


def said(person: Person) -> list[str]:
    """What can be read in the panel."""
    return [words.text() for words in panel_of(person).findChildren(Words) if words.isVisible()]


def can_read(person: Person, words: str) -> bool:
    return any(words in found for found in said(person))


def sees(person: Person, words: str) -> None:
    person.until(lambda: can_read(person, words))


def press(person: Person, words: str) -> None:
    """Presses a button of the panel, when it is there."""
    person.until(lambda: has_button(person, words))
    person.press(words, panel_of(person))


def write(person: Person, words: str) -> None:
    """Types into the box that was opened, when the cursor is in it."""
    person.until(lambda: has_draft(person) and draft(person).hasFocus())
    person.type(words)


def draft(person: Person) -> DraftField:
    return next(field for field in panel_of(person).findChildren(DraftField) if field.isVisible())


def marks(person: Person) -> list[CommentMark]:
    page = view_of(person).pages.page
    assert page is not None
    return [mark for mark in page.findChildren(CommentMark) if mark.isVisible()]


def has_draft(person: Person) -> bool:
    return any(field.isVisible() for field in panel_of(person).findChildren(DraftField))


def has_button(person: Person, words: str) -> bool:
    buttons = panel_of(person).findChildren(QAbstractButton)
    return any(button.isVisible() and button.text() == words for button in buttons)


def has_line(person: Person, words: str) -> bool:
    lines = panel_of(person).findChildren(PlaceLine)
    return any(line.isVisible() and line.accessibleName().startswith(words) for line in lines)


def test_a_row_with_comments_has_a_mark_that_shows_them(person: Person) -> None:
    row = first_row(session_of(person), "T1.planned")
    say(
        session_of(person),
        row,
        "Please name the ministry.",
        decision="clarification",
        question="Which one?",
    )
    view_of(person).show_page("T1")
    (mark,) = marks(person)
    assert mark.text() == "1"
    assert mark.accessibleName() == "1 open comment"
    mark.click()
    assert view_of(person).beside.part == COMMENTS
    for words in ("Please name the ministry.", "Clarification needed", "Which one?", "L. Berg"):
        sees(person, words)


def test_the_mark_goes_along_with_a_row_that_is_moved_into_the_other_list(person: Person) -> None:
    session = session_of(person)
    row = first_row(session, "T1.planned")
    say(session, row, "Is this not done already?")
    view_of(person).show_page("T1")
    session.move_row_to_list("T1.planned", row.rpartition("/")[2], "T1.undertaken")
    person.until(lambda: [mark.accessibleName() for mark in marks(person)] == ["1 open comment"])
    marks(person)[0].click()
    sees(person, "Is this not done already?")
    (thread,) = session.comments.of_section("T1")
    assert thread.first.about.startswith("T1.undertaken/")


def test_a_question_and_its_goals_have_marks(person: Person) -> None:
    say(session_of(person), "T1.goals/T1.G1", "Why this one?")
    view_of(person).show_page("T1")
    (mark,) = marks(person)
    mark.click()
    sees(person, "Why this one?")
    say(session_of(person), QUESTION, "Which ministry?")
    view_of(person).show_page("cover")
    (mark,) = marks(person)
    mark.click()
    sees(person, "Which ministry?")


def test_words_of_a_comment_are_found_and_lead_to_it(person: Person) -> None:
    row = first_row(session_of(person), "T2.planned")
    say(session_of(person), row, "Please name the budget line.")
    outline = view_of(person).outline
    outline.find_line.setText("budget line")
    person.until(lambda: outline.found is not None and outline.found.count() > 0)
    assert outline.found is not None
    first = outline.found.item(0)
    told = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Comment on Target 2, planned action 1: Please name the budget line.")
    outline.found.itemActivated.emit(first)
    assert view_of(person).pages.shown == "T2"
    assert view_of(person).beside.part == COMMENTS
    sees(person, "Please name the budget line.")


def test_an_answer_goes_into_the_thread_and_undo_takes_it_back(person: Person) -> None:
    session = session_of(person)
    thread = say(session, QUESTION, "Which ministry?")
    view_of(person).show_page("cover")
    marks(person)[0].click()
    press(person, "Answer …")
    write(person, "The Ministry of the Interior.")
    press(person, "Answer")
    assert session.report.comments[thread].status == "answered"
    sees(person, "The Ministry of the Interior.")
    sees(person, "The country's answer")
    assert any("Your name" in words.toolTip() for words in panel_of(person).findChildren(Words))
    assert not has_draft(person)
    (mark,) = marks(person)
    assert mark.text() == ""
    assert mark.accessibleName() == "1 comment, none open"
    person.window.undo()
    assert session.report.comments[thread].status == "open"
    person.until(lambda: not can_read(person, "The Ministry of the Interior."))
    assert marks(person)[0].text() == "1"


def test_resolved_and_open_again(person: Person) -> None:
    session = session_of(person)
    thread = say(session, QUESTION, "Which ministry?")
    view_of(person).show_page("cover")
    marks(person)[0].click()
    press(person, "Mark as resolved")
    assert session.report.comments[thread].status == "resolved"
    press(person, "Open again")
    assert session.report.comments[thread].status == "open"


def test_the_section_shows_all_its_threads_and_a_place_leads_to_the_others(person: Person) -> None:
    session = session_of(person)
    row = first_row(session, "T1.planned")
    say(session, "T1", "On the section.")
    say(session, row, "On the row.")
    view = view_of(person)
    view.show_page("T1")
    person.press("Comments (2)")
    sees(person, "On the section.")
    sees(person, "On the row.")
    view.show_comments("T1.goals")
    assert not can_read(person, "On the row.")
    person.until(lambda: has_line(person, "Target 1, planned action 1"))
    person.qtbot.mouseClick(person.find(PlaceLine, "Target 1, planned action 1"), Qt.MouseButton.LeftButton)
    sees(person, "On the row.")
    assert view.place == row


def test_of_very_many_threads_the_first_are_shown_and_more_on_request(person: Person) -> None:
    session = session_of(person)
    for number in range(PAGE + 3):
        say(session, QUESTION, f"Comment {number:02}")
    view_of(person).show_page("cover")
    view_of(person).show_comments(QUESTION)
    person.until(lambda: has_button(person, "Show more"))
    assert len(panel_of(person).findChildren(ThreadCard)) == PAGE
    press(person, "Show more")
    person.until(lambda: not has_button(person, "Show more"))
    person.until(lambda: sum("Comment" in words for words in said(person)) == PAGE + 3)


def test_internal_and_own_comments_are_told_apart_by_words(person: Person) -> None:
    session = session_of(person)
    say(session, QUESTION, "Among us.", kind="internal")
    comment(session, QUESTION, "We will send it.")
    view_of(person).show_page("cover")
    view_of(person).show_comments(QUESTION)
    sees(person, "We will send it.")
    cards = panel_of(person).findChildren(ThreadCard)
    chips = [[chip.text() for chip in card.findChildren(QAbstractButton)] for card in cards]
    assert sorted(["Internal" in found, "From the country" in found] for found in chips) == [
        [False, True],
        [True, False],
    ]


def test_an_own_comment_is_written_on_the_place(person: Person) -> None:
    session = session_of(person)
    view_of(person).show_page("cover")
    view_of(person).show_comments(QUESTION)
    sees(person, "Nobody has said anything here.")
    press(person, "Write a comment …")
    write(person, "We changed the name in May.")
    person.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (found,) = session.report.comments.values()
    assert (found.about, found.kind, found.words) == (QUESTION, "country", "We changed the name in May.")
    sees(person, "We changed the name in May.")


def drafts_of(person: Person) -> Drafts:
    drafts = view_of(person).beside.drafts
    assert drafts is not None
    return drafts


def begin_answer(person: Person, words: str) -> str:
    """Somebody begins to answer a reviewer, and does not end it. Returns the path of the comment."""
    thread = say(session_of(person), QUESTION, "Which ministry?")
    view_of(person).show_page("cover")
    view_of(person).show_comments(QUESTION)
    press(person, "Answer …")
    write(person, words)
    return comment_path(thread)


def test_words_not_sent_are_kept_when_the_place_changes_and_over_a_restart(person: Person) -> None:
    place = begin_answer(person, "The Ministry of")
    view = view_of(person)
    view.show_page("T1")
    view.show_page("cover")
    view.show_comments(QUESTION)
    person.until(lambda: has_draft(person))
    assert draft(person).words() == "The Ministry of"
    path = person.desk._keeper.path
    assert path is not None
    # Nothing is asked: it is kept.
    person.desk._show_start()
    assert person.window.view is None
    assert [each.words for each in read_report(path).drafts.values()] == ["The Ministry of"]
    assert person.desk.open_file(path)
    person.until(lambda: "1 answer not finished" in _spoken(person, "cover"))
    correction = view_of(person).correction
    (words,) = correction.findChildren(Words)
    assert words.text().startswith("Reviewers") is False
    assert "1 answer to reviewers is not finished, so it is in no package: Cover" in words.text()
    view_of(person).show_page("T2")
    person.press("Go on writing")
    assert view_of(person).pages.shown == "cover"
    person.until(lambda: has_draft(person) and person.window.focusWidget() is draft(person))
    assert draft(person).words() == "The Ministry of"
    assert has_chip(person, "Answer not finished")
    press(person, "Discard")
    assert drafts_of(person).words(place) == ""
    assert drafts_of(person).first() is None
    assert not has_chip(person, "Answer not finished")
    assert not correction.isVisible()


def has_chip(person: Person, words: str) -> bool:
    return any(chip.isVisible() and chip.text() == words for chip in panel_of(person).findChildren(Chip))


def test_words_being_typed_are_in_the_file_within_a_second(person: Person) -> None:
    begin_answer(person, "The Ministry of")
    path = person.desk._keeper.path
    assert path is not None
    begun = time.monotonic()
    person.until(lambda: bool(read_report(path).drafts))
    assert time.monotonic() - begun < 2
    assert [each.words for each in read_report(path).drafts.values()] == ["The Ministry of"]
    assert read_report(path).comments.keys() == session_of(person).report.comments.keys()


def test_the_answer_that_is_given_ends_its_draft(person: Person) -> None:
    place = begin_answer(person, "The Ministry of Justice")
    press(person, "Answer")
    session = session_of(person)
    assert session.report.comments[place.removeprefix("comment/")].status == "answered"
    assert session.report.drafts == {}
    path = person.desk._keeper.path
    assert path is not None
    person.desk._show_start()
    assert read_report(path).drafts == {}
    assert len(read_report(path).comments) == 2


def test_a_new_comment_that_is_not_finished_is_found_from_elsewhere_in_its_section(person: Person) -> None:
    session = session_of(person)
    row = first_row(session, "T1.planned")
    view = view_of(person)
    view.show_page("T1")
    view.show_comments(row)
    press(person, "Write a comment …")
    write(person, "We changed")
    view.show_comments("T1.goals")
    person.until(lambda: has_line(person, "Target 1, planned action 1"))
    line = person.find(PlaceLine, "Target 1, planned action 1")
    assert line.accessibleName().endswith("not finished")
    person.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    person.until(lambda: has_draft(person))
    assert draft(person).words() == "We changed"
    press(person, "Keep the comment")
    (found,) = session.report.comments.values()
    assert (found.about, found.words) == (row, "We changed")
    assert session.report.drafts == {}


def test_a_click_into_an_action_leaves_a_box_whose_words_are_not_finished(person: Person) -> None:
    """The box goes while the keyboard is on its way out of it."""
    view, session = view_of(person), session_of(person)
    view.show_page("T2")
    view.show_comments(first_row(session, "T2.planned"))
    press(person, "Write a comment …")
    write(person, "We changed")
    page = view.pages.page
    assert page is not None
    person.until(lambda: any(row.isVisible() for row in page.findChildren(RowView)))
    row = next(row for row in page.findChildren(RowView) if row.isVisible())
    # By the window, as the system does: a press that is given to the widget itself moves no keyboard first.
    at = row.mapTo(person.window, QPoint(row.width() // 2, tokens.SPACE))
    QTest.mouseClick(person.window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
    person.until(lambda: isinstance(person.window.focusWidget(), RichTextEdit))
    assert [each.words for each in session.report.drafts.values()] == ["We changed"]


def test_an_answer_outlives_the_comment_it_was_written_to(person: Person) -> None:
    begin_answer(person, "The Ministry of")
    person.key(Qt.Key.Key_Tab)
    person.window.undo()
    session = session_of(person)
    assert session.report.comments == {}
    view_of(person).show_comments("")
    sees(person, "What you wrote to a comment that is not in the report any more:")
    person.until(lambda: has_draft(person))
    press(person, "Keep as a comment")
    (found,) = session.report.comments.values()
    assert (found.about, found.words) == ("", "The Ministry of")
    assert session.report.drafts == {}


def test_a_change_elsewhere_leaves_the_cursor_in_the_words_being_written(person: Person) -> None:
    session = session_of(person)
    thread = say(session, QUESTION, "Which ministry?")
    view_of(person).show_page("cover")
    view_of(person).show_comments(QUESTION)
    press(person, "Answer …")
    write(person, "The Ministry")
    answer(session, thread, "Said by another way.")
    sees(person, "Said by another way.")
    assert draft(person).hasFocus()
    assert draft(person).words() == "The Ministry"
    person.type(" of Justice")
    assert draft(person).words() == "The Ministry of Justice"


def test_undo_in_a_box_takes_back_what_is_typed_there_only(person: Person) -> None:
    session = session_of(person)
    say(session, QUESTION, "Which ministry?")
    view_of(person).show_page("cover")
    view_of(person).show_comments(QUESTION)
    press(person, "Answer …")
    write(person, "word")
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert draft(person).words() == ""
    assert len(session.report.comments) == 1


def test_an_answer_that_cannot_be_kept_stays_written_and_that_is_said(person: Person) -> None:
    session = session_of(person)
    thread = say(session, QUESTION, "Which ministry?")
    view_of(person).show_page("cover")
    view_of(person).show_comments(QUESTION)
    press(person, "Answer …")
    write(person, "The words")
    session.read_only = "The file can only be read from now on."
    press(person, "Answer")
    assert person.window.notice.words == session.read_only
    assert drafts_of(person).words(comment_path(thread)) == "The words"
    session.read_only = ""


def test_the_count_stands_on_the_tab_and_in_the_outline(person: Person) -> None:
    session = session_of(person)
    view = view_of(person)
    view.show_page("T1")
    assert not view.outline._commented.isVisible()
    say(session, "T1.goals/T1.G1", "Why?")
    person.until(lambda: "1 open comment" in _spoken(person, "T1"))
    assert person.find(QAbstractButton, "Comments (1)").isVisible()
    person.press("Only with comments")
    tree = view.outline.tree
    hidden = {code: tree.isRowHidden(item.row(), item.index().parent()) for code, item in tree._items.items()}
    assert not hidden["T1"]
    assert hidden["T3"]
    person.window.undo()
    person.until(lambda: not view.outline._commented.isVisible())
    assert not tree.isRowHidden(tree._items["T3"].row(), tree._items["T3"].index().parent())


def _spoken(person: Person, code: str) -> str:
    tree = view_of(person).outline.tree
    return str(tree._items[code].data(Qt.ItemDataRole.AccessibleTextRole))


def test_f7_goes_from_one_open_comment_to_the_next(person: Person) -> None:
    session = session_of(person)
    row = first_row(session, "T2.planned")
    say(session, "", "Thank you.")
    say(session, row, "When?")
    view = view_of(person)
    view.show_page("T1")
    person.key(Qt.Key.Key_F7)
    assert view.pages.shown == "T2"
    assert view.place == row
    sees(person, "When?")
    person.key(Qt.Key.Key_F7)
    assert view.pages.shown == "cover"
    sees(person, "Thank you.")
    person.key(Qt.Key.Key_F7)
    assert view.pages.shown == "T2"


def test_of_two_threads_on_one_place_each_is_shown_in_turn_and_marked(person: Person) -> None:
    session, view = session_of(person), view_of(person)
    row = first_row(session, "T2.planned")
    asked = [say(session, row, f"Request {number}. " + "So it goes on. " * 60, decision="correction")
             for number in (1, 2)]  # fmt: skip
    other = say(session, "T3", "Another target.", decision="correction")
    view.show_page("T1")
    shown: list[str] = []
    for _press in range(4):
        shown.append(led_on(person, shown[-1:]))
        bar = panel_of(person).verticalScrollBar()
        card = panel_of(person)._cards[shown[-1]]
        top = card.mapTo(panel_of(person).viewport(), QPoint(0, 0)).y()
        assert top < panel_of(person).viewport().height() / 4 or bar.value() == bar.maximum()
    assert shown == [*shown[:2], other, shown[0]]
    assert set(shown[:2]) == set(asked)
    # Whoever goes on elsewhere is not led any more.
    view.go_to("T1.goals")
    view.show_comments(row)
    assert current(person) == []


def led_on(person: Person, before: list[str]) -> str:
    """Goes on to the next thread; returns it."""
    person.press("Show the next one")
    person.until(lambda: current(person) not in ([], before))
    return current(person)[0]


def current(person: Person) -> list[str]:
    """The threads that are marked."""
    return [key for key, card in panel_of(person)._cards.items() if card._is_current]


def test_clarifications_that_wait_are_said_above_the_report_too(person: Person) -> None:
    session = session_of(person)
    view = view_of(person)
    say(session, QUESTION, "Good.", decision="accepted")
    assert not view.correction.isVisible()
    thread = say(session, QUESTION, "Which ministry?", decision="clarification")
    (words,) = view.correction.findChildren(Words)
    assert view.correction.isVisible()
    assert words.text() == ("Reviewers asked for 1 clarification; 1 waits for your answer.")
    view.show_page("T2")
    person.press("Show the next one")
    assert view.pages.shown == "cover"
    say(session, "T3", "Another target.", decision="correction")
    assert words.text() == "Reviewers asked for 1 correction and 1 clarification; 2 wait for your answer."
    answer(session, thread, "The ministry of justice.")
    assert "clarification" not in words.text()


def test_f7_says_when_no_comment_is_open(person: Person) -> None:
    person.key(Qt.Key.Key_F7)
    assert person.window.notice.words == "No comment waits for an answer."
    keys = dict(person.window.menus.keys())
    assert keys["Next open comment"] == "F7"


def test_a_correction_asked_for_is_said_above_the_report_until_it_is_resolved(person: Person) -> None:
    session = session_of(person)
    view = view_of(person)
    assert not view.correction.isVisible()
    say(session, "T3", "Another target.")
    thread = say(session, QUESTION, "Another name.", decision="correction")
    assert view.correction.isVisible()
    (words,) = view.correction.findChildren(Words)
    assert words.text() == "Reviewers asked for 1 correction; 1 waits for your answer."
    answer(session, thread, "It has another name now.")
    assert words.text() == (
        "Reviewers asked for 1 correction; all is answered. Mark as resolved what is settled."
    )
    view.show_page("T2")
    person.press("Show the next one")
    assert view.pages.shown == "cover"
    sees(person, "Another name.")
    press(person, "Mark as resolved")
    assert not view.correction.isVisible()


def test_an_empty_line_of_a_comment_is_as_high_as_a_line(qtbot: QtBot) -> None:
    heights = []
    for words in ("One.", "One.\n\nTwo.\nThree."):
        label = Words(said_html(write_said(words)), rich=True)
        qtbot.addWidget(label)
        heights.append(label.sizeHint().height())
    assert heights[1] == pytest.approx(4 * heights[0], abs=4)
