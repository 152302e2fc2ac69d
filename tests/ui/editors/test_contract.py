"""What holds for every editor, whatever its type."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import Field, FieldType
from desktop_app.report.text import Text, markup
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.report.values import Attachment, Link, Value
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.segments import Segment
from desktop_app.ui.editors.table import EDITORS
from tests.support.editor_window import Shown

Show = Callable[[Field], Shown]
Edit = Callable[[FieldEditor], None]


def commit(widget: QWidget, words: str) -> None:
    """As an input method does; key events cannot carry every script."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def type_seven(editor: FieldEditor) -> None:
    QTest.keyClicks(editor.focus_target(), "7")


def write_words(editor: FieldEditor) -> None:
    commit(editor.focus_target(), "Ж子")


def press_down(editor: FieldEditor) -> None:
    QTest.keyClick(editor.focus_target(), Qt.Key.Key_Down)


def press_space(editor: FieldEditor) -> None:
    QTest.keyClick(editor.focus_target(), Qt.Key.Key_Space)


def choose_austria(editor: FieldEditor) -> None:
    QTest.keyClicks(editor.focus_target(), "austr")
    QTest.keyClick(editor.focus_target(), Qt.Key.Key_Return)


def retype_date(editor: FieldEditor) -> None:
    line = editor.focus_target()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "1.2.2014")


@dataclass(frozen=True)
class Case:
    """A question, an answer, and something a user does that gives another one."""

    question: Field
    value: Value
    edit: Edit | None


def field(field_type: FieldType, choices: str | None = None, **more: object) -> Field:
    return Field("q", field_type, "q", choices=choices, **more)  # type: ignore[arg-type]


RICH = markup.read("<p>a <b>b</b><note>n</note></p><ul><li>c<ol><li>d</li></ol></li></ul>")
CASES = {
    "rich text": Case(field(FieldType.TEXT), RICH, write_words),
    "plain line": Case(field(FieldType.TEXT, plain=True), Text.plain("Ministria e Drejtësisë"), write_words),
    "plain lines": Case(field(FieldType.TEXT, plain=True, lines=3), Text.plain("a\nb"), write_words),
    "plain with format": Case(field(FieldType.TEXT, plain=True), RICH, write_words),
    "choice": Case(field(FieldType.CHOICE, "office"), "office2", press_down),
    "choice of many": Case(field(FieldType.CHOICE, "country"), "country5", choose_austria),
    "choice unknown": Case(field(FieldType.CHOICE, "office"), "gone", None),
    "choice of many unknown": Case(field(FieldType.CHOICE, "country"), "gone", choose_austria),
    "choices": Case(field(FieldType.CHOICES, "goals"), ("S1.G2",), press_space),
    "choices unknown": Case(field(FieldType.CHOICES, "office"), ("office1", "gone"), press_space),
    "choices of many": Case(field(FieldType.CHOICES, "country"), ("country5", "country1"), choose_austria),
    "number": Case(field(FieldType.NUMBER), 1250, type_seven),
    "number with a part": Case(field(FieldType.NUMBER), -0.125, type_seven),
    "large number": Case(field(FieldType.NUMBER), 10**24, type_seven),
    "year series": Case(field(FieldType.YEAR_SERIES, baseline=2012), {"2012": 5, "2014": 7.5}, type_seven),
    "year series without baseline": Case(field(FieldType.YEAR_SERIES), {"2012": 5}, type_seven),
    "date": Case(field(FieldType.DATE), datetime.date(2013, 12, 31), retype_date),
    "timeframe": Case(field(FieldType.TIMEFRAME), Timeframe("Till December 2013", "../2013-12"), write_words),
    "timeframe confirmed": Case(field(FieldType.TIMEFRAME), Timeframe("soon", "2014", True), write_words),
    "timeframe without date": Case(field(FieldType.TIMEFRAME), Timeframe("ongoing", None, True), write_words),
    "yes": Case(field(FieldType.YES_NO), True, lambda editor: press_right(editor)),
    "no": Case(field(FieldType.YES_NO), False, lambda editor: press_right(editor)),
    "scale": Case(field(FieldType.SCALE, "phase"), "phase2", lambda editor: press_right(editor)),
    "scale unknown": Case(field(FieldType.SCALE, "phase"), "gone", None),
    "link": Case(field(FieldType.LINK), Link("https://example.org/é", "Law & order"), write_words),
    "link that is none": Case(field(FieldType.LINK), Link("see the law", ""), write_words),
    "attachment": Case(field(FieldType.ATTACHMENT), Attachment("law <1>.pdf", "a" * 64, 2**40), None),
}  # fmt: skip
EACH = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def press_right(editor: FieldEditor) -> None:
    target = editor.focus_target()
    assert isinstance(target, Segment)
    key = Qt.Key.Key_Left if target.code == "no" else Qt.Key.Key_Right
    QTest.keyClick(target, key)


def controls(editor: QWidget) -> list[QWidget]:
    """What a user can see and do something with."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTextEdit)
    return [part for part in editor.findChildren(QWidget) if isinstance(part, kinds) and part.isVisible()]


def test_every_field_type_has_an_editor_and_is_tried_here() -> None:
    assert set(EDITORS) == set(FieldType) == {case.question.type for case in CASES.values()}


@EACH
def test_it_gives_back_what_it_shows(show: Show, case: Case) -> None:
    editor = show(case.question).editor
    editor.show_value(case.value)
    assert editor.value() == case.value
    editor.show_value(case.value)
    assert editor.value() == case.value
    assert editor.unfinished() == ""


@EACH
def test_it_can_be_emptied(show: Show, case: Case) -> None:
    editor = show(case.question).editor
    assert editor.value() is None
    editor.show_value(case.value)
    editor.clear()
    assert editor.value() is None


@EACH
def test_what_the_program_shows_is_no_edit(show: Show, case: Case, qtbot: QtBot) -> None:
    shown = show(case.question)
    with qtbot.assertNotEmitted(shown.editor.value_edited):
        shown.editor.show_value(case.value)
        shown.enter()
        shown.leave()
        shown.editor.set_read_only(True)
        shown.editor.set_read_only(False)
        shown.editor.clear()
        shown.editor.show_value(case.value)


@EACH
def test_what_the_user_does_is_told_and_changes_the_value(show: Show, case: Case, qtbot: QtBot) -> None:
    shown = show(case.question)
    shown.editor.show_value(case.value)
    shown.enter()
    if case.edit is None:
        return
    with qtbot.waitSignal(shown.editor.value_edited):
        case.edit(shown.editor)
    assert shown.editor.value() != case.value


@EACH
def test_read_only_takes_no_edit(show: Show, case: Case, qtbot: QtBot) -> None:
    shown = show(case.question)
    shown.editor.show_value(case.value)
    shown.editor.set_read_only(True)
    with qtbot.assertNotEmitted(shown.editor.value_edited):
        for part in controls(shown.editor):
            part.setFocus()
            QTest.keyClicks(part, "7 ")
            commit(part, "Ж")
            for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                QTest.keyClick(part, key)
            if isinstance(part, QAbstractButton) and part.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    assert shown.editor.value() == case.value
    shown.editor.set_read_only(False)
    assert shown.editor.value() == case.value


@EACH
def test_the_wheel_changes_nothing(show: Show, case: Case, qtbot: QtBot) -> None:
    shown = show(case.question)
    shown.editor.show_value(case.value)
    shown.enter()
    with qtbot.assertNotEmitted(shown.editor.value_edited):
        for part in shown.editor.findChildren(QWidget):
            spot = QPointF(part.rect().center())
            turn = QWheelEvent(
                spot, spot, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(part, turn)
    assert shown.editor.value() == case.value


@EACH
def test_every_control_has_a_name(show: Show, case: Case) -> None:
    shown = show(case.question)
    shown.editor.show_value(case.value)
    shown.enter()
    assert controls(shown.editor) or case.question.type is FieldType.ATTACHMENT
    for part in controls(shown.editor):
        interface = QAccessible.queryAccessibleInterface(part)
        # A combo box says its present value here; its label is a relation of the page.
        assert part.accessibleName() or interface.text(QAccessible.Text.Name), part
    assert shown.editor.focus_target().accessibleName()
    assert shown.editor.accessibleName() == "Question"
    spoken = [shown.editor.focus_target(), shown.editor]
    assert any("Help for it" in part.accessibleDescription() for part in spoken)


@EACH
def test_tab_goes_through_it_and_on(show: Show, case: Case) -> None:
    shown = show(case.question)
    shown.editor.show_value(case.value)
    seen: list[QWidget] = []
    for _ in range(20):
        QTest.keyClick(QApplication.focusWidget() or shown.window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        if here is shown.after:
            break
        seen.append(here)
    assert QApplication.focusWidget() is shown.after
    assert shown.editor.focus_target() in seen
    assert len(seen) == len(set(seen))
    stops = [part for part in controls(shown.editor) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert set(stops) <= set(seen)


@EACH
def test_leaving_it_is_told_once_and_only_then(show: Show, case: Case, qtbot: QtBot) -> None:
    shown = show(case.question)
    shown.editor.show_value(case.value)
    leavings = shown.leavings()
    shown.enter()
    for part in controls(shown.editor):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus()
    assert leavings.count == 0
    shown.leave()
    assert leavings.count == 1
    shown.before.setFocus()
    assert leavings.count == 1


@EACH
def test_it_fits_into_a_narrow_page(show: Show, case: Case) -> None:
    """At 200 % on a small screen an editor has about this width; what does not fit wraps or scrolls."""
    shown = show(case.question)
    shown.editor.show_value(case.value)
    assert shown.editor.minimumSizeHint().width() <= 480
