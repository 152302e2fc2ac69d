"""A report that is open to be read: everything can be seen and copied, nothing changes, nothing complains."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.app import Desk
from desktop_app.report.plain import report_to_plain
from desktop_app.runtime.settings import Settings
from desktop_app.services.demo import fresh_example
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_report import OpenReport
from desktop_app.services.verifying import verify
from desktop_app.ui.beginnings import Arrival
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.editors.segments import Segment
from desktop_app.ui.history.version_card import VersionCard
from desktop_app.ui.lines import ClickableRow
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.menus import Step
from desktop_app.ui.pages.page_stack import HISTORY_PAGE, SEND, UNPLACED_PAGE
from desktop_app.ui.parts import Button
from desktop_app.ui.report_view import ReportView
from desktop_app.ui.rows.list_card import ListCard
from desktop_app.ui.rows.row_editor import RowEditor
from desktop_app.ui.rows.row_view import RowView
from tests.support.window_parts import press

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
KEYS = (
    (Qt.Key.Key_7, PLAIN),
    (Qt.Key.Key_Space, PLAIN),
    (Qt.Key.Key_Delete, PLAIN),
    (Qt.Key.Key_Backspace, PLAIN),
    (Qt.Key.Key_Insert, PLAIN),
    (Qt.Key.Key_F2, PLAIN),
    (Qt.Key.Key_Return, PLAIN),
    (Qt.Key.Key_Right, PLAIN),
    (Qt.Key.Key_Down, PLAIN),
    (Qt.Key.Key_Up, ALT),
    (Qt.Key.Key_Down, ALT),
    (Qt.Key.Key_B, CTRL),
    (Qt.Key.Key_D, CTRL),
    (Qt.Key.Key_K, CTRL),
    (Qt.Key.Key_V, CTRL),
    (Qt.Key.Key_X, CTRL),
    (Qt.Key.Key_Z, CTRL),
)
ASKS_THE_SYSTEM = ("Choose the folder",)
"""Buttons that open a dialog of the system, which nobody answers here."""

WHY = "It is open somewhere else."


class Reading:
    """The example, open to be read in a window."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        self.window, self.desk = window, desk
        opened = desk._keeper.opened
        assert opened is not None
        self.opened: OpenReport = opened
        self.session: EntrySession = opened.session
        assert window.view is not None
        self.view: ReportView = window.view
        self.before = report_to_plain(self.session.report)

    @property
    def is_as_it_was(self) -> bool:
        return report_to_plain(self.session.report) == self.before

    def cards(self) -> list[ListCard]:
        return [card for card in self.view.findChildren(ListCard) if card.isVisible()]


@pytest.fixture
def reading(qtbot: QtBot, tmp_path: Path) -> Iterator[Reading]:
    path = fresh_example(tmp_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    window = MainWindow()
    window.resize(1366, 768)
    desk = Desk(window, Settings(), tmp_path / "settings.json")
    desk._on_arrived(Arrival(path, to_read=True, why=WHY))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert window.notice.words.startswith(WHY)
    window.notice.hide()
    yield Reading(window, desk)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.clipboard().clear()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


def reachable(ground: QWidget) -> list[QWidget]:
    """Every control that can be seen and used."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTextEdit, QListWidget, RowView, ClickableRow)
    return [part for part in ground.findChildren(QWidget) if isinstance(part, kinds) and is_usable(part)]


def is_usable(part: QWidget) -> bool:
    return (
        part.isVisible()
        and part.isEnabled()
        and not part.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        and not part.accessibleName().startswith(ASKS_THE_SYSTEM)
    )


def try_everything(part: QWidget) -> None:
    """What mouse, keyboard, input methods, other programs and assistive tools can do to a control."""
    QApplication.clipboard().setMimeData(_words())
    dropped = _words()
    spot = QPointF(part.rect().center())
    inner = part.viewport() if isinstance(part, QAbstractScrollArea) else part
    steps: list[Callable[[], object]] = [
        lambda: QTest.mouseClick(inner, Qt.MouseButton.LeftButton),
        lambda: QTest.mouseDClick(inner, Qt.MouseButton.LeftButton),
        lambda: QTest.mouseClick(inner, Qt.MouseButton.MiddleButton),
        lambda: part.click() if isinstance(part, QAbstractButton) else None,
        lambda: part.showPopup() if isinstance(part, QComboBox) else None,
        lambda: QApplication.sendEvent(part, _commit("Ж")),
        lambda: QApplication.sendEvent(inner, _wheel(spot)),
        lambda: QApplication.sendEvent(inner, _drop(spot, dropped)),
        lambda: QApplication.sendEvent(inner, _menu(part)),
        *(partial(QTest.keyClick, part, *key) for key in KEYS),
    ]
    before = words_in(part)
    for step in steps:
        if is_usable(part):
            part.setFocus()
            step()
            use_menus(part)
    assert is_search(part) or words_in(part) == before


def words_in(part: QWidget) -> str:
    """What an editor shows."""
    if isinstance(part, QTextEdit):
        return part.toPlainText()
    if isinstance(part, QComboBox):
        return part.currentText()
    if isinstance(part, QLineEdit):
        return part.text()
    return str(part.isChecked()) if isinstance(part, WrappedOption | Segment) else ""


def is_search(part: QWidget) -> bool:
    """What someone looks for, and where a package goes, is no answer."""
    return part.accessibleName() in ("Find in the report", "Folder for the package")


def _words() -> QMimeData:
    words = QMimeData()
    words.setText("Pasted")
    words.setHtml("<ul><li>Pasted</li></ul>")
    return words


def _commit(words: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(words)
    return event


def _wheel(spot: QPointF) -> QWheelEvent:
    turned = QPoint(0, -120)
    phase = Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(spot, spot, turned, turned, Qt.MouseButton.NoButton, PLAIN, phase, False)


def _drop(spot: QPointF, dropped: QMimeData) -> QDropEvent:
    return QDropEvent(spot, Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, PLAIN)


def _menu(part: QWidget) -> QContextMenuEvent:
    middle = part.rect().center()
    return QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, part.mapToGlobal(middle))


def use_menus(part: QWidget) -> None:
    """Choose everything the menus offer that are open now, and close them."""
    for menu in [found for found in QApplication.topLevelWidgets() if isinstance(found, QMenu)]:
        if menu.isVisible():
            for action in menu.actions():
                if action.isEnabled():
                    action.trigger()
            menu.close()


@pytest.mark.parametrize("code", ["cover", "T1", "T2", "T3", "T4", SEND, UNPLACED_PAGE, HISTORY_PAGE])
def test_nothing_that_can_be_pressed_or_typed_changes_anything(
    qtbot: QtBot, reading: Reading, code: str
) -> None:
    assert set(reading.view.pages.codes) == {"cover", "T1", "T2", "T3", "T4", SEND}
    reading.view.show_page(code)
    page = reading.view.pages.page
    assert page is not None
    if code == HISTORY_PAGE:
        qtbot.waitUntil(lambda: len(reachable(page)) > 1)
    parts = reachable(page)
    assert parts or code == UNPLACED_PAGE
    for part in parts:
        try_everything(part)
        assert reading.is_as_it_was, part
        assert not reading.window.notice.isVisible(), reading.window.notice.words
        reading.view.show_page(code)
    if code == SEND:
        page.making.wait()  # type: ignore[union-attr]


def test_nor_does_anything_around_the_page(qtbot: QtBot, reading: Reading) -> None:
    row = reading.session.report.lists["T2.planned"].rows[0]
    reading.view.go_to(f"T2.planned/{row.id}")
    reading.window.menus.step_chosen.emit(Step.PLACE_HISTORY)
    qtbot.waitUntil(lambda: bool(reading.view.beside.findChildren(VersionCard)))
    around = [*reachable(reading.window.header), *reachable(reading.view.outline)]
    around += [*reachable(reading.view.beside), *reachable(reading.view.problems)]
    assert len(around) > 5
    for part in around:
        try_everything(part)
        assert reading.is_as_it_was, part
    for step in (
        Step.UNDO,
        Step.REDO,
        Step.NEXT_SECTION,
        Step.FIND,
        Step.PROBLEMS,
        Step.SIDE_PANEL,
        Step.SEND,
    ):
        reading.window.menus.step_chosen.emit(step)
    reading.window.undo()
    reading.window.redo()
    assert reading.is_as_it_was
    assert not reading.window.notice.isVisible()


LEADS_AWAY = {
    Step.NEW, Step.OPEN, Step.IMPORT, Step.CLOSE, Step.QUIT, Step.EXAMPLE, Step.FRESH_EXAMPLE,  # others
    Step.REVIEW, Step.RECEIPT, Step.VERIFY, Step.INSTALL_FORM, Step.PRINT,  # ask for a file, or a printer
    Step.KEYS, Step.ABOUT,  # windows of their own
}  # fmt: skip


def test_no_step_of_the_menus_changes_anything(reading: Reading) -> None:
    window = reading.window
    for step in Step:
        action = window.menus._actions[step]
        if step in LEADS_AWAY or not action.isEnabled():
            continue
        action.trigger()
        if window.view is None:
            # A page in the place of the report: back from it.
            reading.desk._show_start()
            reading.desk._on_arrived(Arrival(reading.opened.path, to_read=True, why=WHY))
        opened = reading.desk._keeper.opened
        assert opened is not None, step
        assert report_to_plain(opened.session.report) == reading.before, step
    for step in (Step.UNDO, Step.REDO, Step.RESTORE_POINT):
        assert not window.menus._actions[step].isEnabled()


def test_what_would_change_something_is_not_there(reading: Reading) -> None:
    for code in ("T1", "T4"):
        reading.view.show_page(code)
        words = [button.text() for button in reading.view.findChildren(Button) if button.isVisible()]
        assert not {"Add", "Paste a list", "Take back", "Use this idea", "No action taken"} & set(words)
    assert not reading.window.header.undo.isEnabled()
    assert not reading.window.header.redo.isEnabled()


def test_the_header_says_so_and_why(reading: Reading) -> None:
    header = reading.window.header
    assert header.read_only.isVisible()
    assert header.read_only.text() == "Read-only"
    assert header.save_state.words == reading.session.read_only
    reading.window.show_durability(reading.opened.journal.durability)
    assert header.save_state.words == reading.session.read_only


def test_a_row_stays_as_it_is_laid_out_and_can_be_copied(reading: Reading) -> None:
    row = reading.session.report.lists["T2.planned"].rows[0]
    reading.view.go_to(f"T2.planned/{row.id}/timeframe")
    assert not reading.view.findChildren(RowEditor)
    focused = QApplication.focusWidget()
    assert isinstance(focused, RowView)
    assert focused.row_id == row.id
    press(Qt.Key.Key_C, CTRL)
    copied = QApplication.clipboard().text()
    assert copied.splitlines()[0] == row.values["description"].plain_text().splitlines()[0]  # type: ignore[union-attr]
    assert "Timeframe: " in copied


def test_a_text_can_be_chosen_and_copied_with_the_keyboard(reading: Reading) -> None:
    reading.view.show_page("cover")
    texts = [part for part in reachable(reading.view.pages) if isinstance(part, QLineEdit | QTextEdit)]
    filled = next(part for part in texts if isinstance(part, QLineEdit) and part.text())
    filled.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == filled.text()


def test_the_report_can_still_be_exported(reading: Reading, qtbot: QtBot, tmp_path: Path) -> None:
    reading.view.show_send()

    def found() -> list[Button]:
        buttons = reading.view.findChildren(Button)
        return [each for each in buttons if each.isVisible() and each.text() == "E&xport a draft"]

    # The card that makes the package comes when the page has been shown.
    qtbot.waitUntil(lambda: bool(found()))
    (make,) = found()
    qtbot.mouseClick(make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(tmp_path.glob("*.zip")))
    reading.view.pages.page.making.wait()  # type: ignore[union-attr]
    (package,) = tmp_path.glob("*.zip")
    assert verify(package).intact
