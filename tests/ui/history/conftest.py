"""The past of an open report, and waiting for what was asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.parts import Words
from desktop_app.ui.past import Past

Pasts = Callable[[OpenReport], Past]


@pytest.fixture
def past_of() -> Iterator[Pasts]:
    made: list[Past] = []

    def make(opened: OpenReport) -> Past:
        made.append(Past(opened.session, opened.journal.read, opened.path))
        return made[-1]

    yield make
    made.clear()


def labels_of(opened: OpenReport) -> Labels:
    return Labels(opened.session.report.form, opened.session.report.language)


def said(widget: QWidget) -> list[str]:
    """What can be read on it."""
    return [words.text() for words in widget.findChildren(Words) if words.isVisible()]


def pressable(widget: QWidget, words: str) -> QAbstractButton | None:
    """The first visible button whose words or name begin so."""
    for found in widget.findChildren(QAbstractButton):
        names = (found.text().replace("&", ""), found.accessibleName())
        if found.isVisible() and any(name.startswith(words) for name in names):
            return found
    return None


def until(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so)
