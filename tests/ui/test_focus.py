from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.focus import FocusScope, put_after, put_before, when_mouse_is_free


class Scope(FocusScope):
    """Remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        row = QHBoxLayout(self)
        self.lines = [QLineEdit(), QLineEdit()]
        for line in self.lines:
            row.addWidget(line)

    def focus_entered(self) -> None:
        self.told.append("entered")

    def focus_left(self) -> None:
        self.told.append("left")


def window_of(qtbot: QtBot, *parts: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def test_a_scope_is_told_when_the_focus_comes_and_goes_as_a_whole(qtbot: QtBot) -> None:
    scope, other = Scope(), QLineEdit()
    window = window_of(qtbot, other, scope)
    other.setFocus()
    scope.told.clear()
    scope.lines[0].setFocus()
    scope.lines[1].setFocus()
    assert scope.told == ["entered"]
    assert scope.has_focus_inside()
    other.setFocus()
    assert scope.told == ["entered", "left"]
    assert not scope.has_focus_inside()
    assert window.isVisible()


def test_a_scope_inside_another_leaves_it_alone(qtbot: QtBot) -> None:
    outer, inner = Scope(), Scope()
    layout = outer.layout()
    assert layout is not None
    layout.addWidget(inner)
    window = window_of(qtbot, outer)
    outer.lines[0].setFocus()
    outer.told.clear()
    inner.lines[0].setFocus()
    outer.lines[1].setFocus()
    assert inner.told == ["entered", "left"]
    assert outer.told == []
    assert window.isVisible()


def test_a_menu_of_a_scope_is_inside(qtbot: QtBot) -> None:
    scope = Scope()
    window = window_of(qtbot, scope, QLineEdit())
    scope.lines[0].setFocus()
    scope.told.clear()
    menu = QMenu(scope)
    menu.addAction("one")
    menu.popup(scope.mapToGlobal(QPoint(0, 0)))
    QApplication.processEvents()
    assert "left" not in scope.told
    menu.close()
    assert window.isVisible()


def test_a_scope_that_is_gone_is_told_nothing(qtbot: QtBot) -> None:
    scope, other = Scope(), QLineEdit()
    window = window_of(qtbot, scope, other)
    scope.lines[0].setFocus()
    told = scope.told
    told.clear()
    scope.setParent(None)
    scope.deleteLater()
    del scope
    QApplication.processEvents()
    other.setFocus()
    assert other.hasFocus()
    assert told in ([], ["left"])
    assert window.isVisible()


def test_what_moves_the_page_waits_for_the_mouse(qtbot: QtBot) -> None:
    class Pressed(QPushButton):
        """Asks for the step while it is being pressed."""

        def __init__(self) -> None:
            super().__init__("press")
            self.done: list[str] = []
            self.pressed.connect(self._on_pressed)

        def _on_pressed(self) -> None:
            when_mouse_is_free(self, self._step)

        def _step(self) -> None:
            self.done.append("step")

    button = Pressed()
    window = window_of(qtbot, button)
    QTest.mousePress(window.windowHandle(), Qt.MouseButton.LeftButton, pos=button.geometry().center())
    assert button.done == []
    QTest.mouseRelease(window.windowHandle(), Qt.MouseButton.LeftButton, pos=button.geometry().center())
    qtbot.waitUntil(lambda: button.done == ["step"])


def test_without_a_mouse_it_happens_at_once(qapp: QApplication) -> None:
    done: list[str] = []

    def step() -> None:
        done.append("step")

    when_mouse_is_free(QObject(), step)
    assert done == ["step"]


def test_widgets_made_later_find_their_place_in_the_order_of_tab(qtbot: QtBot) -> None:
    first, last = QLineEdit(), QLineEdit()
    window = window_of(qtbot, first, last)
    column = window.layout()
    assert column is not None
    after_first, before_last = QLineEdit(), QLineEdit()
    for line in (before_last, after_first):
        column.addWidget(line)
        line.show()
    put_after(first, after_first)
    put_before(last, before_last)
    first.setFocus()
    seen = []
    for _ in range(3):
        here = QApplication.focusWidget()
        assert here is not None
        QTest.keyClick(here, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == [after_first, before_last, last]
