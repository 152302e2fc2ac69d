"""Dragging files over widgets and dropping them, handed on to the widget around as Qt does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget


def files_in_hand(files: Sequence[Path | str]) -> QMimeData:
    """What a file manager gives: addresses; a ``str`` is one as it is."""
    mime = QMimeData()
    mime.setUrls([QUrl(file) if isinstance(file, str) else QUrl.fromLocalFile(str(file)) for file in files])
    return mime


def drag_over(target: QWidget, *files: Path | str) -> QWidget | None:
    """Drag files over ``target``; which widget takes them, if any."""
    mime, at = files_in_hand(files), target.rect().center()
    while True:
        enter = QDragEnterEvent(
            at,
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        enter.ignore()
        if target.acceptDrops():
            QApplication.sendEvent(target, enter)
        if enter.isAccepted():
            return target
        around = target.parentWidget()
        if target.isWindow() or around is None:
            return None
        at = target.mapToParent(at)
        target = around


def drag_away(target: QWidget) -> None:
    """Take what is dragged somewhere else."""
    QApplication.sendEvent(target, QDragLeaveEvent())


def drop(target: QWidget, *files: Path | str) -> QWidget | None:
    """Drop files onto ``target``; which widget took them, if any."""
    taker = drag_over(target, *files)
    if taker is not None:
        # The event does not keep it alive.
        mime = files_in_hand(files)
        event = QDropEvent(
            QPointF(taker.rect().center()),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(taker, event)
    return taker
