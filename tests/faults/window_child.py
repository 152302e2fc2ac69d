"""What runs in processes with the real window: the program itself, and somebody who uses it.

``app.main`` is what a start of the program calls. The only addition is a timer that begins when the
first page stands, presses keys and buttons, and tells what was acknowledged.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from desktop_app import app
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.rich_text.area import TextArea
from desktop_app.ui.rows.row_view import RowView
from tests.faults.children import FIELDS, LISTS
from tests.faults.witness import Teller, Witness

W = TypeVar("W", bound=QWidget)
Act = Generator[float | None, None, None]
"""Somebody at the desk: does something, then yields milliseconds until the next thing."""

LETTERS = "etaoin shrdlu ETAOIN 1234567890 .,-"


class Seat:
    """Somebody in front of the window."""

    def __init__(self, desk: app.Desk, teller: Teller) -> None:
        """``desk`` is the program's own."""
        self.desk = desk
        self.teller = teller

    @property
    def window(self) -> MainWindow:
        """The only window."""
        return next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))

    @property
    def opened(self) -> OpenReport:
        """The report that is open."""
        found = self.desk._keeper._open
        assert found is not None, self.words
        return found

    @property
    def session(self) -> EntrySession:
        """Its session."""
        return self.opened.session

    @property
    def is_open(self) -> bool:
        """Whether a report is open."""
        return self.desk._keeper._open is not None

    @property
    def words(self) -> str:
        """What the window says of the state of the report, or why something was not possible."""
        return self.window.header.save_state.words

    @property
    def notice(self) -> str:
        """What the notice line, or the start page, says."""
        start = self.window.start_page
        if start is not None:
            return start._failure._words.text()
        return self.window.notice.words if self.window.notice.isVisible() else ""

    def witness(self) -> None:
        """Watch the open report from now on."""
        Witness(self.session, self.opened.journal, self.teller)

    def go_to(self, path: str) -> None:
        """Go to a place, ready to type."""
        assert self.window.view is not None
        self.window.view.go_to(path)

    def type_letter(self, letter: str) -> None:
        """Press one key where the cursor is."""
        target = QApplication.focusWidget()
        if isinstance(target, (QLineEdit, TextArea)):
            self.teller.tell("key", time.monotonic())
            QTest.keyClicks(target, letter)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key that is no letter."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def find(self, kind: type[W], words: str = "") -> W | None:
        """A visible widget whose name or words begin with ``words``."""
        for found in self.window.findChildren(kind):
            names = (found.accessibleName(), getattr(found, "text", str)())
            if found.isVisible() and any(name.replace("&", "").startswith(words) for name in names):
                return found
        return None

    def press(self, words: str) -> None:
        """Press the button with these words."""
        button = self.find(QAbstractButton, words)
        assert button is not None, f"nothing visible is called “{words}”"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


class _Acting(QObject):
    """Lets somebody do one thing after another, in the window's own loop."""

    def __init__(self, act: Act, teller: Teller) -> None:
        super().__init__()
        self._act, self._teller = act, teller
        self.failure: BaseException | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(0)

    def _on_timeout(self) -> None:
        try:
            pause = next(self._act)
        except StopIteration:
            QApplication.closeAllWindows()
        except BaseException as error:  # noqa: BLE001 - the child tells it when it ends
            self.failure = error
            QApplication.exit(70)
        else:
            self._timer.start(max(0, round(pause or 0)))


def with_window(place: Path, arguments: list[str], act: Callable[[Seat], Act]) -> int:
    """Start the program as ``alliance-desk ARGUMENTS`` does, with somebody at the desk."""
    teller = Teller(place)
    actings: list[_Acting] = []

    class DrivenDesk(app.Desk):
        """The program's desk; somebody sits down when it has begun."""

        def begin(self, path: Path | None) -> None:
            super().begin(path)
            actings.append(_Acting(act(Seat(self, teller)), teller))

    app.Desk = DrivenDesk  # type: ignore[misc]
    sys.argv = ["alliance-desk", *arguments]
    teller.tell("begun", time.monotonic())
    code = app.main(arguments)
    for acting in actings:
        if acting.failure is not None:
            raise acting.failure
    teller.tell("ended", time.monotonic())
    return code


def wait_until(is_so: Callable[[], object], seconds: float = 30.0) -> Act:
    """Let the window live until something is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        yield 5


# Typing


def type_in_window(
    place: Path, path: str, seed: int, keys: int = 1_000_000, pause: float = 12, close: bool = False
) -> int:
    """Type into fields and rows, add and remove rows, undo, leave fields; until killed or closed."""
    chance = random.Random(seed)

    def act(seat: Seat) -> Act:
        yield from wait_until(lambda: seat.is_open)
        seat.witness()
        seat.teller.tell("ready", time.monotonic())
        done = 0
        while done < keys:
            # The first is always a field, so that there is something to recover early on.
            for wait in (_choose(chance) if done else _type_field)(seat, chance):
                done += 1
                yield pause if wait is None else wait
        seat.teller.tell("closing", time.monotonic())
        if not close:
            yield from wait_until(lambda: seat.opened.journal.durability.is_saved)

    return with_window(place, [path], act)


def _choose(chance: random.Random) -> Callable[[Seat, random.Random], Act]:
    return chance.choice([_type_field, _type_field, _add_row, _add_row, _type_row, _remove, _undo, _leave])


def _type_words(seat: Seat, chance: random.Random) -> Act:
    for _letter in range(chance.randint(10, 60)):
        seat.type_letter(chance.choice(LETTERS))
        yield None


def _type_field(seat: Seat, chance: random.Random) -> Act:
    seat.go_to(chance.choice(FIELDS))
    yield None
    yield from _type_words(seat, chance)


def _add_row(seat: Seat, chance: random.Random) -> Act:
    assert seat.window.view is not None
    seat.window.view.show_page(chance.choice(LISTS).partition(".")[0])
    yield None
    button = seat.find(QAbstractButton, "Add: ")
    if button is not None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        yield None
        yield from _type_words(seat, chance)


def _type_row(seat: Seat, chance: random.Random) -> Act:
    path = chance.choice(LISTS)
    rows = seat.session.report.lists[path].rows
    if rows:
        seat.go_to(f"{path}/{chance.choice(rows).id}/description")
        yield None
        yield from _type_words(seat, chance)


def _remove(seat: Seat, chance: random.Random) -> Act:
    row = seat.find(RowView)
    if row is not None:
        row.setFocus()
        yield None
        if row.isVisible():
            QTest.keyClick(row, Qt.Key.Key_Delete)
        yield None


def _undo(seat: Seat, chance: random.Random) -> Act:
    for _step in range(chance.randint(1, 3)):
        if seat.window.header.undo.isEnabled():
            QTest.mouseClick(seat.window.header.undo, Qt.MouseButton.LeftButton)
        yield None


def _leave(seat: Seat, chance: random.Random) -> Act:
    seat.key(Qt.Key.Key_Tab)
    yield None


def answer_of(opened: OpenReport, path: str) -> Any:
    """What the report says at a place, in JSON."""
    return opened.session.report.plain(path)
