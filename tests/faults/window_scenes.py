"""Short scenes in the real window, each in a process of its own: what is done, and what is shown then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import SIGNAL, QMimeData, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from desktop_app.ui.pages.send_page import SendPage
from tests.faults.children import FIELDS, limited
from tests.faults.window_child import Act, Seat, answer_of, wait_until, with_window

DESCRIPTION = "T1.planned"


def shown_words(seat: Seat) -> list[str]:
    """Everything the window says now, outside of answers."""
    found = [seat.words] if seat.words else []
    for label in seat.window.findChildren(QLabel):
        if label.isVisible() and label.text():
            found.append(label.text())
    return found


def told(seat: Seat, part: str) -> str:
    """The first words shown that have ``part`` in them; empty when there are none."""
    return next((words for words in shown_words(seat) if part in words), "")


def _scene(place: Path, arguments: list[str], act: Callable[[Seat, dict[str, Any]], Act]) -> dict[str, Any]:
    """Play one scene; what it noted."""
    noted: dict[str, Any] = {}
    noted["code"] = with_window(place, arguments, lambda seat: act(seat, noted))
    return noted


def open_file(place: Path, path: str, part: str) -> dict[str, Any]:
    """Start with a file; note what is said about it (with ``part`` in it), then close the window."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: told(seat, part))
        noted["said"] = told(seat, part)
        noted["is_open"] = seat.is_open

    return _scene(place, [path], act)


def _ready_to_type(seat: Seat) -> Act:
    """Put the cursor into the first field."""
    seat.window.activateWindow()
    seat.go_to(FIELDS[0])
    yield from wait_until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))


def _row_to_write(seat: Seat) -> Act:
    """Open a new row; the cursor is in its first field."""
    assert seat.window.view is not None
    seat.window.view.show_page(DESCRIPTION.partition(".")[0])
    yield 50
    adds = [
        button
        for button in seat.window.findChildren(QAbstractButton)
        if button.isVisible() and button.accessibleName().startswith("Add: ")
    ]
    QTest.mouseClick(adds[-1], Qt.MouseButton.LeftButton)
    yield 50


def paste(
    place: Path, path: str, text: str | None = None, html: str | None = None, in_row: bool = True
) -> dict[str, Any]:
    """Paste into a field and wait until it is saved; the answer, what is said, and the longest stall."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.is_open)
        if in_row:
            yield from _row_to_write(seat)
        else:
            seat.go_to(FIELDS[0])
            yield 50
        data = QMimeData()
        if text is not None:
            data.setText(text)
        if html is not None:
            data.setHtml(html)
        QApplication.clipboard().setMimeData(data)
        ticks = _Ticks()
        seat.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        yield 100
        noted["stall"] = ticks.end()
        noted["remarks"] = [words for words in shown_words(seat) if "asted" in words or "haracter" in words]
        seat.type_letter("x")
        yield from wait_until(lambda: seat.opened.journal.durability.is_saved)
        yield 700
        yield from wait_until(lambda: seat.opened.journal.durability.is_saved)
        report = seat.session.report
        rows = report.lists["T1.planned"].rows or report.lists["T1.undertaken"].rows
        noted["answer"] = (
            rows[-1].values["description"].plain_text()  # type: ignore[union-attr]
            if in_row and rows and "description" in rows[-1].values
            else answer_of(seat.opened, FIELDS[0])
        )
        QApplication.clipboard().clear()

    return _scene(place, [path], act)


class _Ticks(QObject):
    """Measures the longest time the window did nothing, from now on."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def end(self) -> float:
        """The longest gap in seconds."""
        self._on_tick()
        self._timer.stop()
        return self._longest


def close_in_the_middle(place: Path, path: str, words: str) -> dict[str, Any]:
    """Type words into a row and close the window at once, without leaving the field."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.is_open)
        yield from _row_to_write(seat)
        for letter in words:
            seat.type_letter(letter)
            yield 1

    return _scene(place, [path], act)


def fail_in_a_slot(place: Path, path: str, secret: str) -> dict[str, Any]:
    """Something unforeseen happens in a slot, with an answer in its words; then the person goes on typing."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.is_open)

        def boom() -> None:
            raise RuntimeError(f"unforeseen: {secret}")

        QTimer.singleShot(0, boom)
        yield from wait_until(lambda: told(seat, "went wrong"))
        noted["said"] = told(seat, "went wrong")
        yield from _ready_to_type(seat)
        for letter in secret:
            seat.type_letter(letter)
            yield 1
        seat.key(Qt.Key.Key_Tab)
        yield from wait_until(lambda: seat.opened.journal.durability.is_saved)

    return _scene(place, [path], act)


def without_streams(place: Path, path: str, secret: str) -> dict[str, Any]:
    """As ``fail_in_a_slot``, in a process without standard output and error, as windowed builds are."""
    sys.stdout = sys.stderr = None
    return fail_in_a_slot(place, path, secret)


def type_and_wait(place: Path, path: str, words: str, leave: bool = False) -> dict[str, Any]:
    """Type words and wait to be ended from outside, the last word still open."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.is_open)
        seat.witness()
        yield from _ready_to_type(seat)
        for letter in words:
            seat.type_letter(letter)
            yield 1
        seat.teller.tell("typed", time.monotonic())
        yield from wait_until(lambda: False, 40)

    return _scene(place, [path], act)


def end_of_session(place: Path, path: str, words: str) -> dict[str, Any]:
    """The system asks for everything to be saved, because the session ends; then the power goes."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.is_open)
        yield from _ready_to_type(seat)
        for letter in words:
            seat.type_letter(letter)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        # Qt gives no way to send its own signal from Python; that somebody listens can be seen.
        assert application.receivers(SIGNAL("commitDataRequest(QSessionManager&)")) > 0
        seat.desk.hand_over()
        seat.teller.tell("committed", time.monotonic())
        seat.teller.tell("saved", seat.opened.journal.durability.is_saved)
        yield from wait_until(lambda: False, 40)

    return _scene(place, [path], act)


def click_twice_on_export(place: Path, path: str) -> dict[str, Any]:
    """Double click on the button that makes the package."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.is_open)
        assert seat.window.view is not None
        seat.window.view.show_send()
        yield 100
        page: object = seat.window.view.pages.page
        assert isinstance(page, SendPage)
        begun: list[int] = []
        page.making.begun.connect(lambda: begun.append(1))
        button = seat.find(QAbstractButton, "Export a draft")
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        yield from wait_until(lambda: told(seat, "The draft is ready"))
        noted["begun"] = len(begun)

    return _scene(place, [path], act)


def undo_all(place: Path, path: str) -> dict[str, Any]:
    """Press Undo until there is nothing more to take back."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.is_open)
        steps = 0
        while seat.window.header.undo.isEnabled():
            QTest.mouseClick(seat.window.header.undo, Qt.MouseButton.LeftButton)
            steps += 1
            yield 5
        noted["steps"] = steps

    return _scene(place, [path], act)


def type_on_a_full_disk(place: Path, path: str, words: str, room: int) -> dict[str, Any]:
    """Type more than the system takes; what the header says, and what after there is room again."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.is_open)
        seat.opened.integrity.result(60)
        yield from _ready_to_type(seat)
        with limited({"FSIZE": room}):
            for letter in words:
                seat.type_letter(letter)
                yield 1
            yield from wait_until(lambda: told(seat, "NOT SAVED"))
            noted["said"] = told(seat, "NOT SAVED")
        yield from wait_until(lambda: seat.opened.journal.durability.is_saved)
        yield from wait_until(lambda: told(seat, "Saved"))
        noted["then"] = told(seat, "Saved")

    return _scene(place, [path], act)


def say_of_files(place: Path, paths: list[str]) -> dict[str, Any]:
    """Open one file after another from within the window; what it says of each."""

    def act(seat: Seat, noted: dict[str, Any]) -> Act:
        yield from wait_until(lambda: seat.window.start_page is not None)
        for path in paths:
            before = set(shown_words(seat))
            seat.desk.open_file(Path(path))
            yield from wait_until(lambda before=before: set(shown_words(seat)) - before)  # type: ignore[misc]
            yield 300
            noted[path] = sorted(set(shown_words(seat)) - before)

    return _scene(place, [], act)
