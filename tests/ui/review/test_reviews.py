"""Reviewed workbooks in the window: chosen or dropped, looked through, brought in, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from desktop_app.services.demo import fresh_example
from desktop_app.services.reports import read_report, start_report
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.menus import Step
from desktop_app.ui.pages.page_stack import REVIEW_PAGE
from desktop_app.ui.parts import Chip, Words
from desktop_app.ui.review.preview_page import PreviewPage
from desktop_app.ui.review.suggestion_card import SuggestionCard
from tests.support.reviewed_workbooks import (
    COMMENT,
    DATE,
    DECISION,
    QUESTION,
    REVIEWER,
    adds_action,
    exported_workbook,
    reviewed,
    rewords,
    says,
)
from tests.support.window_steps import Person
from tests.ui.review.conftest import Sitter, say, session_of, view_of

GOAL = "T1.goals/T1.G1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workbooks")


@pytest.fixture(scope="module")
def workbook(folder: Path) -> bytes:
    """The example's, made once."""
    return exported_workbook(fresh_example(folder), folder)


@pytest.fixture(scope="module")
def row(folder: Path, workbook: bytes) -> str:
    """The path of a planned action of the example."""
    (example,) = folder.glob("AL-*.adesk")
    report = read_report(example)
    return f"T1.planned/{report.lists['T1.planned'].rows[0].id}"


@pytest.fixture
def two_cycles(tmp_path: Path) -> Path:
    """A file with the example and, newer than it, an empty report of the next cycle."""
    path = fresh_example(tmp_path)
    start_report(path, "ga-commitments", "AL", "2015")
    return path


def lead_words(person: Person, row: str) -> str:
    value = session_of(person).report.value(f"{row}/description")
    return value.plain_text()  # type: ignore[union-attr]


def drag(files: Sequence[Path | str]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(file) if isinstance(file, str) else QUrl.fromLocalFile(str(file)) for file in files])
    return mime


def drop(person: Person, *files: Path | str, on: QWidget | None = None) -> bool:
    """Drags files over a widget of the window and drops them there; whether they are welcome."""
    target, mime = on or person.window, drag(files)
    at, copy = target.rect().center(), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    while True:
        enter = QDragEnterEvent(at, copy, mime, buttons, keys)
        enter.ignore()
        if target.acceptDrops():
            QApplication.sendEvent(target, enter)
        if enter.isAccepted() or target.isWindow():
            break
        # As Qt does it: what one widget does not want is offered to the one around it.
        at = target.mapToParent(at)
        target = target.parentWidget() or person.window
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(at), copy, mime, buttons, keys))
        person.until(lambda: not person.desk._dropped.is_busy)
    return enter.isAccepted()


def preview(person: Person) -> PreviewPage:
    person.until(lambda: person.window.view is not None and view_of(person).pages.shown == REVIEW_PAGE)
    page = view_of(person).pages.page
    assert isinstance(page, PreviewPage)
    person.until(lambda: bool([words for words in page.findChildren(Words) if words.isVisible()]))
    return page


def said(page: QWidget) -> str:
    words = [part.text() for part in page.findChildren(Words) if part.isVisible()]
    ticks = [part.accessibleName() for part in page.findChildren(WrappedOption) if part.isVisible()]
    return "\n".join((*words, *ticks))


def has_button(person: Person, words: str) -> bool:
    buttons = person.window.findChildren(QAbstractButton)
    return any(each.isVisible() and each.text().replace("&", "").startswith(words) for each in buttons)


def test_comments_come_in_with_one_press_and_lead_to_the_first(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    file = reviewed(
        workbook,
        tmp_path / "back.xlsx",
        says(row, {DECISION: "correction", COMMENT: "Name the ministry.", REVIEWER: "L. Berg"}),
        says(GOAL, {QUESTION: "Why this goal?", REVIEWER: "M. Ndiaye"}),
    )
    view_of(person).show_page("T2")
    assert drop(person, file)
    page = preview(person)
    for words in ("back.xlsx", "L. Berg, M. Ndiaye", "Comments (2)", "Name the ministry.", "Why this goal?"):
        assert words in said(page)
    session = session_of(person)
    assert not session.report.comments
    person.press("Bring in the chosen 2")
    assert {found.words or found.question for found in session.report.comments.values()} == {
        "Name the ministry.",
        "Why this goal?",
    }
    assert view_of(person).pages.shown == "T2"
    assert "2 comments" in person.window.notice.words
    person.press("Show the first comment")
    assert view_of(person).pages.shown == "T1"
    assert view_of(person).place == "T1.goals"
    person.window.undo()
    assert not session.report.comments
    assert not view_of(person).correction.isVisible()
    assert person.window.notice.words.startswith("Undone: Review brought in: back.xlsx")
    person.window.redo()
    assert len(session.report.comments) == 2
    assert person.window.notice.words.startswith("Redone: Review brought in: back.xlsx")


def test_the_first_comment_that_waits_is_shown_before_what_was_accepted(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    file = reviewed(
        workbook,
        tmp_path / "back.xlsx",
        says(GOAL, {DECISION: "accepted", COMMENT: "Well done.", REVIEWER: "L. Berg"}),
        says(row, {QUESTION: "By when?", REVIEWER: "L. Berg"}),
    )
    assert drop(person, file)
    preview(person)
    person.press("Bring in the chosen 2")
    person.press("Show the first comment")
    assert view_of(person).beside.place == row


def test_what_was_brought_in_is_said_until_the_next_change(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    drop(person, reviewed(workbook, tmp_path / "a.xlsx", says(row, {COMMENT: "One."})))
    preview(person)
    person.press("Bring in the chosen one")
    assert person.window.notice.isVisible()
    session_of(person).remove_rows("T1.planned", [row.rpartition("/")[2]])
    assert not person.window.notice.isVisible()


def test_what_is_not_ticked_stays_out(person: Person, workbook: bytes, row: str, tmp_path: Path) -> None:
    file = reviewed(
        workbook, tmp_path / "a.xlsx", says(row, {COMMENT: "One."}), says(GOAL, {COMMENT: "Two."})
    )
    drop(person, file)
    page = preview(person)
    person.press("Choose none", page)
    bring = person.find(QAbstractButton, "Bring in what is chosen")
    assert not bring.isEnabled()
    (option,) = [option for option in page.findChildren(WrappedOption) if "Two." in option.accessibleName()]
    option.click()
    person.press("Bring in the chosen one")
    assert [found.words for found in session_of(person).report.comments.values()] == ["Two."]


def test_the_same_workbook_again_is_here_already(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    file = reviewed(workbook, tmp_path / "a.xlsx", says(row, {COMMENT: "One."}))
    drop(person, file)
    preview(person)
    person.press("Bring in the chosen one")
    drop(person, file)
    assert "Everything in it is here already." in said(preview(person))
    assert not has_button(person, "Bring in")
    person.press("Leave it")
    assert view_of(person).pages.shown != REVIEW_PAGE
    assert len(session_of(person).report.comments) == 1


def test_changed_official_words_are_accepted_word_by_word(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    words = lead_words(person, row)
    first, last = words.split()[0], words.split()[-1]
    file = reviewed(workbook, tmp_path / "a.xlsx", rewords(row, words, f"Really {words} Indeed."))
    drop(person, file)
    page = preview(person)
    assert "Suggestions (1)" in said(page)
    (card,) = page.findChildren(SuggestionCard)
    assert card.bar.code() == "later"
    assert not person.find(QAbstractButton, "Bring in what is chosen").isEnabled()
    person.press("Word by word", card)
    person.until(lambda: len([chip for chip in card.findChildren(Chip) if chip.isVisible()]) == 2)
    card.findChildren(Chip)[0].click()
    person.press("Bring in the chosen one")
    now = lead_words(person, row)
    assert now.startswith("Really ")
    assert (first in now, now.endswith(last)) == (True, True)
    person.window.undo()
    assert lead_words(person, row) == words


def test_a_suggestion_is_accepted_whole_or_refused(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    words = lead_words(person, row)
    file = reviewed(workbook, tmp_path / "a.xlsx", rewords(row, words, f"Really {words}"))
    drop(person, file)
    person.press("Refuse", preview(person))
    person.press("Bring in the chosen one")
    assert "1 refused suggestion" in person.window.notice.words
    assert lead_words(person, row) == words
    person.window.undo()
    drop(person, file)
    person.press("Accept all of it", preview(person))
    person.press("Bring in the chosen one")
    assert "1 suggestion" in person.window.notice.words
    assert lead_words(person, row) == f"Really {words}"


def test_suggestions_that_wait_are_counted_afterwards(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    words = lead_words(person, row)
    file = reviewed(
        workbook, tmp_path / "a.xlsx", rewords(row, words, f"Really {words}"), says(GOAL, {COMMENT: "One."})
    )
    drop(person, file)
    preview(person)
    person.press("Bring in the chosen one")
    assert "1 suggestion was not decided; open the workbook again to decide." in person.window.notice.words


def test_a_row_added_by_hand_comes_in_when_it_is_ticked(
    person: Person, workbook: bytes, tmp_path: Path
) -> None:
    file = reviewed(workbook, tmp_path / "a.xlsx", adds_action("T2", "planned", "A joint training."))
    before = len(session_of(person).report.lists["T2.planned"].rows)
    drop(person, file)
    page = preview(person)
    assert "New rows (1)" in said(page)
    (option,) = [
        option
        for option in page.findChildren(WrappedOption)
        if "A joint training." in option.accessibleName()
    ]
    assert not option.isChecked()
    option.click()
    person.press("Bring in the chosen one")
    rows = session_of(person).report.lists["T2.planned"].rows
    assert len(rows) == before + 1
    assert rows[-1].values["description"].plain_text() == "A joint training."  # type: ignore[union-attr]
    assert "1 new row" in person.window.notice.words


def test_the_workbook_of_another_country_comes_in_only_when_the_person_says_so(
    person: Person, folder: Path, tmp_path: Path
) -> None:
    other = start_report(folder / "norway.adesk", "ga-commitments", "NO").path
    file = reviewed(exported_workbook(other, folder), tmp_path / "no.xlsx", says(GOAL, {COMMENT: "Hello."}))
    drop(person, file)
    page = preview(person)
    assert "Norway" in said(page)
    assert not person.find(QAbstractButton, "Bring in the chosen one").isEnabled()
    person.press("Bring it in even so", page)
    person.press("Bring in the chosen one")
    assert [found.words for found in session_of(person).report.comments.values()] == ["Hello."]


def test_the_workbook_of_another_cycle_in_the_file_says_where_it_belongs(
    at_the_desk: Sitter, two_cycles: Path, workbook: bytes, tmp_path: Path
) -> None:
    person = at_the_desk(two_cycles)
    assert session_of(person).report.cycle == "2015"
    drop(person, reviewed(workbook, tmp_path / "back.xlsx", says(GOAL, {COMMENT: "Of 2013."})))
    words = said(preview(person))
    assert (
        "another report of this file: report 1, cycle 2013. Open that report, and bring it in there." in words
    )
    assert not person.find(QAbstractButton, "Bring in the chosen one").isEnabled()
    person.press("Open that report")
    assert session_of(person).report.cycle == "2013"
    page = preview(person)
    assert "another report" not in said(page)
    person.press("Bring in the chosen one")
    assert [found.words for found in session_of(person).report.comments.values()] == ["Of 2013."]
    # Opened once more, it is the newest report again.
    assert person.desk.open_file(two_cycles)
    assert session_of(person).report.cycle == "2015"


def test_where_words_are_unfinished_the_workbook_waits_for_the_other_report(
    at_the_desk: Sitter, two_cycles: Path, workbook: bytes, tmp_path: Path
) -> None:
    person = at_the_desk(two_cycles)
    view_of(person).go_to("cover.date")
    person.type("31.1")
    drop(person, reviewed(workbook, tmp_path / "back.xlsx", says(GOAL, {COMMENT: "Of 2013."})))
    preview(person)
    person.press("Open that report")
    assert session_of(person).report.cycle == "2015"
    assert view_of(person).pages.shown == "cover"
    assert "What stands here is no answer yet." in person.window.notice.words
    assert "“back.xlsx” is not brought in yet." in person.window.notice.words
    person.press("Go on with it")
    person.press("Open that report")
    assert session_of(person).report.cycle == "2013"
    assert "another report" not in said(preview(person))
    person.press("Leave it")


def test_a_package_is_looked_through_like_its_workbook(person: Person, folder: Path, workbook: bytes) -> None:
    (package,) = folder.glob("al-*.zip")
    drop(person, package)
    page = preview(person)
    assert "Nobody has written anything in it." in said(page)
    assert "Made of: Albania" in said(page)
    person.press("Leave it")


def test_what_was_not_recognised_is_told_apart(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    file = reviewed(
        workbook,
        tmp_path / "a.xlsx",
        says(row, {COMMENT: "=1+1", DATE: "early spring"}),
        says(GOAL, {REVIEWER: "L. Berg"}),
    )
    drop(person, file)
    page = preview(person)
    assert "Not recognised (1)" in said(page) and "Read with a remark (1)" in said(page)
    assert "“L. Berg” stands there without a comment" in said(page)
    assert "“=1+1” is a formula" in said(page)
    assert said(page).count("early spring") == 2, "what it says, and that it is no date"


def test_the_person_may_look_at_the_report_first(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    file = reviewed(
        workbook, tmp_path / "a.xlsx", says(row, {COMMENT: "One."}), says(GOAL, {COMMENT: "Two."})
    )
    drop(person, file)
    page = preview(person)
    page.findChildren(WrappedOption)[0].click()
    view_of(person).show_page("T1")
    assert "“a.xlsx” is not brought in yet." in person.window.notice.words
    view_of(person).go_to("cover.authority")
    person.window.menus.step_chosen.emit(Step.CONFIDENTIAL)
    assert person.window.notice.words.startswith("Marked as confidential: ")
    assert person.window.notice.words.endswith("“a.xlsx” is not brought in yet."), "another step took it away"
    person.press("Go on with it")
    assert preview(person) is page
    person.press("Bring in the chosen one")
    assert len(session_of(person).report.comments) == 1
    assert "Brought in" in person.window.notice.words


def test_two_reviewers_copies_come_one_after_the_other(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    first = reviewed(workbook, tmp_path / "one.xlsx", says(row, {COMMENT: "From one."}))
    second = reviewed(workbook, tmp_path / "two.xlsx", says(row, {COMMENT: "From two."}))
    drop(person, first, second)
    assert "one.xlsx" in said(preview(person))
    person.press("Bring in the chosen one")
    person.until(lambda: view_of(person).pages.shown == REVIEW_PAGE and "two.xlsx" in said(preview(person)))
    assert "Brought in from “one.xlsx”" in said(preview(person))
    person.press("Bring in the chosen one")
    assert "one.xlsx" in person.window.notice.words
    assert "two.xlsx" in person.window.notice.words
    found = [comment.words for comment in session_of(person).report.comments.values()]
    assert sorted(found) == ["From one.", "From two."]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("notes.txt", b"Some notes", "plain text"),
        ("scan.pdf", b"%PDF-1.4", "PDF"),
        ("empty.xlsx", b"", "is empty"),
    ],
)
def test_anything_else_is_told_in_a_sentence(
    person: Person, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    drop(person, file)
    person.until(lambda: words in person.window.notice.words)
    assert name in person.window.notice.words
    assert view_of(person).pages.shown != REVIEW_PAGE


def test_a_wrong_file_is_named_while_the_page_of_another_stands(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    drop(person, reviewed(workbook, tmp_path / "a.xlsx", says(row, {COMMENT: "One."})))
    page = preview(person)
    (tmp_path / "empty.xlsx").write_bytes(b"")
    drop(person, tmp_path / "empty.xlsx")
    person.until(lambda: person.window.notice.words.startswith("“empty.xlsx” was not opened: "))
    assert preview(person) is page


def test_a_report_file_that_is_dropped_is_opened(person: Person, tmp_path: Path) -> None:
    other = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    drop(person, other)
    assert session_of(person).report.country == "NO"


def test_a_report_file_among_others_is_not_guessed_about(person: Person, tmp_path: Path) -> None:
    country = session_of(person).report.country
    other = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    drop(person, other, tmp_path / "a.xlsx")
    assert "opened alone" in person.window.notice.words
    assert session_of(person).report.country == country


def test_without_a_report_a_workbook_has_nowhere_to_go(person: Person, tmp_path: Path) -> None:
    person.desk._show_start()
    drop(person, tmp_path / "a.xlsx")
    start = person.window.start_page
    assert start is not None
    assert "Open the report first" in said(start)


def test_what_is_no_file_of_this_computer_is_not_welcome(person: Person) -> None:
    assert not drop(person, "https://example.org/a.xlsx")


def test_a_file_dropped_beside_the_answers_is_the_windows(person: Person, tmp_path: Path) -> None:
    """On an answer it would be attached."""
    file = tmp_path / "notes.txt"
    file.write_text("Some notes")
    drop(person, file, on=view_of(person).outline)
    person.until(lambda: "plain text" in person.window.notice.words)


def test_read_only_everything_can_be_read_and_nothing_changes(
    at_the_desk: Sitter, person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    file = reviewed(workbook, tmp_path / "a.xlsx", says(row, {COMMENT: "One."}))
    path = person.desk._keeper.path
    assert path is not None
    drop(person, file)
    preview(person)
    person.press("Bring in the chosen one")
    person.desk._show_start()
    person.desk._on_arrived(Arrival(path, to_read=True, why="Only to look."))
    view = view_of(person)
    view.show_page("T1")
    view.show_comments(row)
    panel = view.beside.comments
    assert panel is not None
    person.until(lambda: "One." in said(panel))
    words = [button.text() for button in panel.findChildren(QAbstractButton) if button.isVisible()]
    assert not {"Answer …", "Mark as resolved", "Write a comment …"} & set(words)
    again = reviewed(workbook, tmp_path / "b.xlsx", says(GOAL, {COMMENT: "Two."}))
    drop(person, again)
    page = preview(person)
    assert "Two." in said(page)
    assert "Only to look." in said(page)
    assert not has_button(person, "Bring in")
    person.press("Leave it")
    assert len(session_of(person).report.comments) == 1


def test_a_workbook_read_while_something_else_is_under_way_is_asked_for_again(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    file = reviewed(workbook, tmp_path / "a.xlsx", says(row, {COMMENT: "One."}))
    drop(person, file)
    drop(person, file)
    assert "under way" in person.window.notice.words
    preview(person)


def test_the_first_comment_that_came_in_is_shown_among_older_ones(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    """Others stand on the same action: the one that has just come in is the one that is meant."""
    session = session_of(person)
    older = [say(session, row, f"An older comment. {number}" * 20) for number in range(4)]
    file = reviewed(workbook, tmp_path / "second.xlsx", says(row, {COMMENT: "Only this is new."}))
    assert drop(person, file)
    preview(person)
    person.press("Bring in the chosen one")
    (fresh,) = session.report.comments.keys() - set(older)
    person.press("Show the first comment")
    comments = view_of(person).beside.comments
    assert comments is not None
    person.until(lambda: fresh in comments._cards and not comments._cards[fresh].visibleRegion().isEmpty())


def test_what_is_dropped_is_looked_at_beside_the_window_one_after_the_other(
    person: Person, workbook: bytes, row: str, tmp_path: Path
) -> None:
    first = reviewed(workbook, tmp_path / "a.xlsx", says(row, {COMMENT: "One."}))
    second = reviewed(workbook, tmp_path / "b.xlsx", says(row, {COMMENT: "Two."}))
    person.window.files_dropped.emit([first])
    person.window.files_dropped.emit([second])
    assert person.desk._dropped.is_busy and not person.desk._errands.is_busy
    told: list[str] = []
    person.desk._errands.begun.connect(told.append)
    person.until(lambda: "Something else is still under way" in person.window.notice.words)
    assert told == ["Reading “a.xlsx” …"]
    assert "One." in said(preview(person))


def test_the_list_of_a_row_that_does_not_say_it_is_chosen(
    person: Person, workbook: bytes, tmp_path: Path
) -> None:
    file = reviewed(workbook, tmp_path / "a.xlsx", adds_action("T2", "", "A joint training."))
    before = len(session_of(person).report.lists["T2.planned"].rows)
    drop(person, file)
    page = preview(person)
    box = person.find(QComboBox, "List for: A joint training.", page)
    assert box.currentText() == "In no list: its words become a comment"
    # Of the section that it names.
    assert [box.itemData(index) for index in range(1, box.count())] == ["T2.undertaken", "T2.planned"]
    box.setFocus()
    person.key(Qt.Key.Key_End)
    person.press("Bring in the chosen one")
    rows = session_of(person).report.lists["T2.planned"].rows
    assert len(rows) == before + 1
    assert rows[-1].values["description"].plain_text() == "A joint training."  # type: ignore[union-attr]
    assert not session_of(person).report.comments
    drop(person, file)
    assert "Everything in it is here already." in said(preview(person))
