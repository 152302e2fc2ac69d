"""Asking the file worker what was."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.runtime.errors import DeskError
from desktop_app.services.history import moments
from desktop_app.services.open_report import OpenReport
from desktop_app.storage.report_file import ReportFile
from desktop_app.ui.past import Past


class Asker(QObject):
    """Keeps what it is told, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.failures: list[str] = []
        self.threads: list[threading.Thread] = []

    def take(self, answer: object) -> None:
        self.answers.append(answer)
        self.threads.append(threading.current_thread())


@pytest.fixture
def past(norway: OpenReport) -> Past:
    return Past(norway.session, norway.journal.read, norway.path)


def until(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so)


def test_the_answer_comes_in_the_windows_thread(qtbot: QtBot, past: Past) -> None:
    asker = Asker()
    past.ask(asker, lambda file: threading.current_thread(), asker.take)
    assert asker.answers == []
    until(qtbot, lambda: bool(asker.answers))
    assert asker.answers != asker.threads
    assert asker.threads == [threading.main_thread()]


def test_it_is_asked_behind_what_was_recorded(qtbot: QtBot, norway: OpenReport, past: Past) -> None:
    asker = Asker()
    norway.session.set_value("cover.authority", Text.plain("one"))
    past.ask(asker, lambda file: moments(file, past.report_id)[0].paths, asker.take)
    until(qtbot, lambda: asker.answers == [("cover.authority",)])


def test_a_failure_is_a_sentence(qtbot: QtBot, past: Past) -> None:
    def refuse(file: ReportFile) -> None:
        raise DeskError("The disk is gone.")

    asker = Asker()
    past.ask(asker, refuse, asker.take, asker.failures.append)
    until(qtbot, lambda: asker.failures == ["The disk is gone."])
    assert asker.answers == []


def test_a_mistake_in_the_program_is_not_swallowed(qtbot: QtBot, past: Past) -> None:
    asker = Asker()
    with qtbot.captureExceptions() as errors:
        past.ask(asker, lambda file: 1 // 0, asker.take, asker.failures.append)
        until(qtbot, lambda: bool(errors))
    assert errors[0][0] is ZeroDivisionError
    assert asker.failures == []


def test_whoever_is_gone_is_not_told(qtbot: QtBot, norway: OpenReport, past: Past) -> None:
    gone, other = Asker(), Asker()
    answers = gone.answers
    past.ask(gone, lambda file: "for the one who left", gone.take)
    gone.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    past.ask(other, lambda file: "for the other", other.take)
    until(qtbot, lambda: other.answers == ["for the other"])
    assert answers == []


def test_nothing_is_asked_of_a_report_that_is_closed(norway: OpenReport, past: Past) -> None:
    norway.close()
    asker = Asker()
    past.ask(asker, lambda file: 1, asker.take)
    QApplication.processEvents()
    assert asker.answers == []
