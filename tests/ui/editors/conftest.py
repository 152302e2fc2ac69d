from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.formdef.model import Field
from tests.support.editor_window import Shown, shown_editor


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Field], Shown]]:
    """Shows the editor of a question; the focus is in the line before it."""
    kept: list[Shown] = []

    def shown(question: Field) -> Shown:
        made = shown_editor(question)
        kept.append(made)
        qtbot.addWidget(made.window)
        with qtbot.waitActive(made.window):
            made.window.show()
            made.window.activateWindow()
        made.before.setFocus()
        QApplication.processEvents()
        return made

    yield shown


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Without a screen the clipboard lives longer than Python; what a test copied must not stay in it."""
    yield
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
