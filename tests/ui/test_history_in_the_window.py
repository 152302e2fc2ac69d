"""History, restore points and the person's name in the whole window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.changes import OperationKind
from desktop_app.report.text.model import Text
from desktop_app.runtime.person import account_name
from desktop_app.runtime.settings import load_settings
from desktop_app.services.demo import fresh_example
from desktop_app.services.history import Moment, moments
from desktop_app.storage.lock import read_holder
from desktop_app.storage.report_file import ReportFile
from desktop_app.ui.history.compared_view import PlaceCard
from desktop_app.ui.history.history_page import HistoryPage
from desktop_app.ui.history.removal_dialog import RemovalDialog
from desktop_app.ui.history.version_card import VersionCard
from desktop_app.ui.menus import Step
from desktop_app.ui.parts import Words
from desktop_app.ui.rows.row_view import RowView
from desktop_app.ui.tab_order import stops
from tests.support.window_steps import Person

PATH = "cover.authority"


def file_of(person: Person) -> Path:
    return next(person.folder.glob("*.adesk"))


def logged(person: Person) -> list[Moment]:
    with ReportFile.open(file_of(person), "read") as file:
        return moments(file, file.reports()[0].id)


def choose(person: Person, step: Step) -> None:
    """Choose from the menus."""
    person.window.menus._actions[step].trigger()


def visible(person: Person, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in person.window.findChildren(kind) if widget.isVisible()]


def answer(person: Person) -> object:
    with ReportFile.open(file_of(person), "read") as file:
        summary = file.reports()[0]
        form = person.view._session.report.form
        return file.load(summary.number, form).answers.get(PATH)


def test_the_history_follows_the_keyboard(person: Person) -> None:
    view = person.view
    view.go_to(PATH)
    person.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    history = view.beside.history
    assert history is not None
    assert history.isVisible()
    assert history.path == PATH
    nothing = "Nothing was written here yet."
    person.until(lambda: nothing in [words.text() for words in history.findChildren(Words)])
    view.show_page("T2")
    assert history.path == ""
    row = view._session.report.lists["T2.planned"].rows[0]
    view.pages.page.show_place(f"T2.planned/{row.id}")  # type: ignore[union-attr]
    assert history.path == f"T2.planned/{row.id}"
    person.key(Qt.Key.Key_Return)
    assert history.path == f"T2.planned/{row.id}/description"
    view.beside.focus_part()
    assert history.path == f"T2.planned/{row.id}/description"


def test_an_answer_comes_back_and_the_cursor_is_there(person: Person) -> None:
    view = person.view
    view.go_to(PATH)
    person.type("First ministry")
    person.key(Qt.Key.Key_Tab)
    view.go_to(PATH)
    person.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.type("Another ministry")
    person.press("History", view.beside)
    person.until(lambda: len(visible(person, VersionCard)) == 2)
    person.press("Bring this back", visible(person, VersionCard)[-1])
    person.until(lambda: answer(person) == Text.plain("First ministry"))
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Authority or ministry"
    person.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: answer(person) == Text.plain("Another ministry"))


def test_the_part_of_the_panel_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    first = Person.at_the_desk(qtbot, tmp_path, path)
    first.press("History", first.view.beside)
    first.leave()
    assert load_settings(tmp_path / "settings.json").panel_part == "history"
    second = Person.at_the_desk(qtbot, tmp_path, path)
    assert second.view.beside.part == "history"
    second.leave()


def test_comments_are_not_shown_first_where_there_are_none(qtbot: QtBot, tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    first = Person.at_the_desk(qtbot, tmp_path, path)
    first.press("Comments", first.view.beside)
    first.leave()
    second = Person.at_the_desk(qtbot, tmp_path, path)
    assert second.view.beside.part == "guidance"
    second.view.beside.show_part("comments")
    # An unfinished one is one.
    second.view._session.keep_draft("T2.goals", "Which of the two?")
    second.leave()
    assert load_settings(tmp_path / "settings.json").panel_part == "comments"
    third = Person.at_the_desk(qtbot, tmp_path, path)
    assert third.view.beside.part == "comments"
    third.leave()


def test_a_restore_point_is_named_in_place(person: Person) -> None:
    view = person.view
    view.go_to(PATH)
    choose(person, Step.RESTORE_POINT)
    person.type("Before the minister")
    person.key(Qt.Key.Key_Return)
    person.until(lambda: logged(person)[0].note == "Before the minister")
    assert logged(person)[0].kind is OperationKind.RESTORE_POINT
    assert "“Before the minister” is set" in person.window.notice.words
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Authority or ministry"


def test_words_being_typed_belong_to_the_moment_before_the_restore_point(person: Person) -> None:
    person.view.go_to(PATH)
    person.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.type("Half a sen")
    choose(person, Step.RESTORE_POINT)
    person.type("Now")
    person.key(Qt.Key.Key_Return)
    person.until(lambda: logged(person)[0].note == "Now")
    assert answer(person) == Text.plain("Half a sen")


def test_two_moments_are_compared_and_a_name_leads_back(person: Person) -> None:
    view = person.view
    view.go_to(PATH)
    person.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.type("Another ministry")
    choose(person, Step.HISTORY)
    page = view.pages.page
    assert isinstance(page, HistoryPage)
    person.until(lambda: len(visible(person, PlaceCard)) == 1)
    person.press("Changed: Cover, Authority", page)
    assert view.place == PATH


def test_the_page_of_moments_is_left_and_found_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    first = Person.at_the_desk(qtbot, tmp_path, path)
    choose(first, Step.HISTORY)
    first.leave()
    second = Person.at_the_desk(qtbot, tmp_path, path)
    assert isinstance(second.view.pages.page, HistoryPage)
    second.leave()


def test_a_row_is_removed_for_good_from_its_menu(person: Person) -> None:
    view = person.view
    view.show_page("T1")
    row = view._session.report.lists["T1.planned"].rows[0]
    widget = next(
        found for found in visible(person, RowView) if isinstance(found, RowView) and found.row_id == row.id
    )
    person.press("More for this row", widget)
    menu = next(menu for menu in widget.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text().startswith("Remove for good")).trigger()
    menu.close()
    dialog = person.window.findChild(RemovalDialog)
    assert isinstance(dialog, RemovalDialog)
    dialog.reason.setText("A name")
    person.press("Remove for good", dialog)
    person.until(lambda: logged(person)[0].kind is OperationKind.PURGE)
    person.until(lambda: "Removed for good: Target 1, planned action" in person.window.notice.words)
    assert not person.window.header.undo.isEnabled()


def test_the_persons_name_is_set_and_used_at_once(person: Person) -> None:
    person.view.go_to(PATH)
    choose(person, Step.NAME)
    assert person.window.asking.field.text() == account_name()
    person.type("Ana of the ministry")
    person.key(Qt.Key.Key_Return)
    person.view.go_to(PATH)
    person.type("More ")
    person.key(Qt.Key.Key_Tab)
    person.until(lambda: logged(person)[0].who == "Ana of the ministry")
    assert read_holder(file_of(person))["who"] == "Ana of the ministry"
    person.until(lambda: load_settings(person.folder / "settings.json").person == "Ana of the ministry")


def test_the_name_it_is_sent_by_follows(person: Person) -> None:
    view = person.view
    sent_by = view.send_page().making.sent_by
    person.press("Check and send")
    sent_by.change.click()
    assert sent_by.field.hasFocus()
    person.type("Ana of the ministry")
    person.key(Qt.Key.Key_Return)
    assert sent_by.words == "Sent by: Ana of the ministry"


def test_an_empty_name_is_the_accounts(person: Person) -> None:
    choose(person, Step.NAME)
    person.key(Qt.Key.Key_Delete)
    person.key(Qt.Key.Key_Return)
    assert f"“{account_name()}”" in person.window.notice.words


def test_the_name_can_be_set_before_a_report_is_open(qtbot: QtBot, tmp_path: Path) -> None:
    sitting = Person.at_the_desk(qtbot, tmp_path)
    choose(sitting, Step.NAME)
    sitting.type("Ana")
    sitting.key(Qt.Key.Key_Return)
    assert "“Ana”" in sitting.window.notice.words
    sitting.leave()


def test_every_control_of_the_page_of_moments_has_a_name_and_a_place_for_tab(person: Person) -> None:
    choose(person, Step.HISTORY)
    page = person.view.pages.page
    assert isinstance(page, HistoryPage)
    person.until(lambda: page.list.moments.rowCount() > 0)
    stopped = list(stops(page))
    assert page.list in stopped
    assert page.sides.first in stopped
    for control in stopped:
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), control


def test_in_the_smallest_window_the_panel_takes_the_place_of_the_outline(person: Person) -> None:
    view = person.view
    view.go_to(PATH)
    person.window.resize(640, 480)
    person.until(lambda: view.width() <= 640)
    assert view.outline.isVisible()
    assert not view.beside.isVisible()
    person.key(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert view.beside.isVisible()
    assert not view.outline.isVisible()
    person.key(Qt.Key.Key_F9)
    assert view.outline.isVisible()


def test_a_restore_point_set_from_the_page_stands_in_its_list(person: Person) -> None:
    choose(person, Step.HISTORY)
    page = person.view.pages.page
    assert isinstance(page, HistoryPage)
    person.press("Set a restore point", page)
    person.type("Half way")
    person.key(Qt.Key.Key_Return)
    model = page.list.moments
    person.until(
        lambda: "Half way" in [model.index(row).data() for row in range(model.rowCount())],
    )
