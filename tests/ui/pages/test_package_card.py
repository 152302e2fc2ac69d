"""An export that takes long can be cancelled, and leaves nothing then."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text.tags import escaped
from desktop_app.services.exporting import export_file
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.export import Export, ExportOutcome, Order
from desktop_app.ui.inputs import PathLine
from desktop_app.ui.jobs import Report
from desktop_app.ui.pages.package_card import PackageCard

Shower = Callable[..., object]


def slow_export(example: OpenReport, may_begin: threading.Event) -> Export:
    """Really exports, once it may begin."""

    def export(order: Order, report: Report) -> ExportOutcome:
        assert may_begin.wait(30)
        exported = export_file(example.path, None, order.folder, replace=order.replace, progress=report)
        return ExportOutcome(exported.path, exported.checksum)

    return export


def button(card: PackageCard, words: str) -> QPushButton:
    return next(each for each in card.findChildren(QPushButton) if each.text().replace("&", "") == words)


@pytest.mark.parametrize("cancelled", [True, False])
def test_a_long_export_offers_to_cancel_it(
    qtbot: QtBot, shown: Shower, example: OpenReport, tmp_path: Path, cancelled: bool
) -> None:
    may_begin, folder = threading.Event(), tmp_path / "packages"
    card = PackageCard(example.session, slow_export(example, may_begin), folder)
    shown(card)
    make, cancel = button(card, "Export a draft"), button(card, "Cancel the export")
    assert not cancel.isVisible()
    qtbot.mouseClick(make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(cancel.isVisible)
    with qtbot.waitSignal(card.refused if cancelled else card.exported):
        if cancelled:
            cancel.setFocus()
            qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
        may_begin.set()
    assert not cancel.isVisible()
    assert (list(folder.glob("*")) == []) is cancelled
    assert cancelled is any("was cancelled" in words.text() for words in card.findChildren(QLabel))
    if cancelled:
        assert make.hasFocus()
        with qtbot.waitSignal(card.exported):
            qtbot.mouseClick(make, Qt.MouseButton.LeftButton)
        assert len(list(folder.glob("*.zip"))) == 1
    card.wait()


def test_a_path_is_told_whole_and_runs_from_left_to_right_in_every_language(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = PathLine()
    line.setParent(window)
    path = "/srv/ministry/reports & packages/of every year/2013/for the secretariat"
    line.setText(path)
    line.resize(120, 32)
    assert escaped(path) in line.toolTip()
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert line.layoutDirection() == Qt.LayoutDirection.LeftToRight
    line.setText("")
    assert line.toolTip() == ""
