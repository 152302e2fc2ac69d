"""What tests of single parts of the window need: a list of an open report, typing, and what rows say."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.formdef.labels import Labels
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.ui.checking import Checking
from desktop_app.ui.rows.context import ListContext


def context_of(session: EntrySession, list_path: str) -> ListContext:
    """One list of an open report."""
    form = session.report.form
    found = form.list_at(list_path)
    assert found is not None
    return ListContext(session, *found, Labels(form, session.report.language))


def checked(session: EntrySession) -> Checking:
    """What follows the report's problems, once all of it has been checked."""
    checking, loop = Checking(session), QEventLoop()
    checking.settled.connect(loop.quit)
    loop.exec()
    return checking


def add_actions(session: EntrySession, list_path: str, *words: str) -> list[str]:
    """Rows with these descriptions; returns their ids."""
    return session.add_rows(list_path, [{"description": Text.plain(each)} for each in words])


def words_of(session: EntrySession, list_path: str) -> list[str]:
    """What the rows of a list say."""
    said = []
    for row in session.report.lists[list_path].rows:
        value = row.values.get("description")
        said.append(value.plain_text() if isinstance(value, Text) else "")
    return said


def type_words(words: str) -> None:
    """Type where the cursor is, whatever the letters."""
    for letter in words:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        target = QApplication.focusWidget()
        assert target is not None
        QApplication.sendEvent(target, event)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifiers)
