"""Clicked and typed about at random: the window stays, and what is in the report can be read afterwards."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QWidget,
)

from desktop_app.report.changes import Change, new_id
from desktop_app.report.paths import row_path
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from tests.faults.fault import DamagedError, Trial, fault
from tests.faults.kills import no_traceback, nothing_unforeseen
from tests.faults.window_child import LETTERS, Act, Seat, wait_until, with_window
from tests.faults.witness import state_of

KEYS = (
    "Tab", "Return", "Escape", "Down", "Up", "Del", "Backspace", "Space", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+F",
    "Ctrl+E", "Ctrl+PgDown", "Ctrl+PgUp", "Ctrl+D", "Ctrl+N", "F7", "Shift+F7", "F8", "F9", "Shift+F9",
)  # fmt: skip
NOT_PRESSED = ("Quit",)

CLOSINGS = 4
"""How often somebody closes a window that stays, which it does once for each thing it has to say."""


def click_about(place: Path, path: str, seed: int, steps: int) -> int:
    """Do anything at all with the window, as the system would tell it of clicks and keys, then close it."""
    chance = random.Random(seed)

    def act(seat: Seat) -> Act:
        yield from wait_until(lambda: seat.is_open)
        _have_comments(seat)
        cancelling = QTimer(seat.window, interval=200)
        cancelling.timeout.connect(_cancel_what_asks)
        cancelling.start()
        for step in range(steps):
            seat.teller.tell("step", step)
            _do_anything(seat, chance)
            yield chance.choice((0, 1, 5, 30, 120))
        _cancel_what_asks()
        yield from _close(seat)

    _cancel_file_dialogs()
    return with_window(place, [path], act)


def _close(seat: Seat) -> Act:
    """Close the window, and once more where it stays to say first what is no answer yet."""
    for _time in range(CLOSINGS):
        seat.window.close()
        yield 300
        if not seat.window.isVisible():
            return
    said = [words.text() for words in seat.window.findChildren(QLabel) if words.isVisible() and words.text()]
    raise AssertionError(f"the window does not close: {said}")


def _have_comments(seat: Seat) -> None:
    """Reviewers have asked about some actions."""
    for _section, row_list, row in list(seat.session.report.rows())[::5]:
        about = row_path(row_list.definition.path, row.id)
        comment = ReviewComment(about, "official", None, "Which one?", None, reviewer="L. Berg")
        seat.session.comment([Change(comment_path(new_id()), None, write_comment(comment))])


def _cancel_file_dialogs() -> None:
    """The system's own dialogs wait for a person who is not there: they are cancelled."""
    for name in ("getOpenFileName", "getSaveFileName"):
        setattr(QFileDialog, name, staticmethod(lambda *_asked, **_more: ("", "")))
    QFileDialog.getOpenFileNames = staticmethod(lambda *_asked, **_more: ([], ""))  # type: ignore[method-assign]
    QFileDialog.getExistingDirectory = staticmethod(lambda *_asked, **_more: "")  # type: ignore[method-assign]


def _cancel_what_asks() -> None:
    """What waits in a loop of its own would wait for ever."""
    dialog, menu = QApplication.activeModalWidget(), QApplication.activePopupWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()
    if menu is not None:
        menu.close()


def _do_anything(seat: Seat, chance: random.Random) -> None:
    target = QApplication.activePopupWidget() or seat.window
    if not target.isVisible():
        return
    window = target.windowHandle()
    kind = chance.random()
    if kind < 0.7:
        found = _somewhere(target, chance)
        if found is not None:
            press = QTest.mouseDClick if chance.random() < 0.1 else QTest.mouseClick
            button = Qt.MouseButton.RightButton if chance.random() < 0.05 else Qt.MouseButton.LeftButton
            press(window, button, Qt.KeyboardModifier.NoModifier, found)
    elif kind < 0.9:
        QTest.keySequence(window, chance.choice(KEYS))
    else:
        for _letter in range(chance.randint(1, 10)):
            seat.type_letter(chance.choice(LETTERS))


def _somewhere(target: QWidget, chance: random.Random) -> QPoint | None:
    """A place in something that is in sight, mostly in something to press."""
    seen = [each for each in target.findChildren(QWidget) if not each.visibleRegion().isEmpty()]
    if isinstance(target, QMenu) or not seen:
        return QPoint(chance.randrange(max(1, target.width())), chance.randrange(max(1, target.height())))
    pressable = [each for each in seen if isinstance(each, (QAbstractButton, QAbstractScrollArea))]
    chosen = chance.choice(pressable if pressable and chance.random() < 0.6 else seen)
    if chosen.accessibleName().startswith(NOT_PRESSED):
        return None
    rect = chosen.visibleRegion().boundingRect()
    inside = QPoint(chance.randrange(max(1, rect.width())), chance.randrange(max(1, rect.height())))
    return chosen.mapTo(target, rect.topLeft() + inside)


@fault(
    "A29",
    "Somebody clicks and types all over the window, leaves everything half done and closes it",
    expected="The window stays until it is closed; the report is sound.",
)
def clicked_about(trial: Trial) -> None:
    for seed in range(trial.many(20, 1)):
        path = trial.full_report(f"report-{seed}.adesk")
        child = trial.nursery.start(
            f"{__name__}:click_about",
            trial.folder,
            trial.home,
            path=str(path),
            seed=seed,
            steps=trial.many(600, 60),
        )
        code = child.wait(900)
        no_traceback(child)
        nothing_unforeseen(trial.home)
        if code != 0 or child.failure:
            raise DamagedError(f"the window ended by itself ({code}) with seed {seed}: {child.failure}")
        state_of(path)
