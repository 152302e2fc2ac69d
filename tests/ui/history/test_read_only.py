"""The past of a report that is open to be read: all of it is shown, and nothing can be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import form_library
from desktop_app.ui.history.history_page import HistoryPage
from desktop_app.ui.history.place_panel import PlacePanel
from desktop_app.ui.history.version_card import VersionCard
from tests.ui.history.conftest import Pasts, labels_of, pressable, said, until

PATH = "cover.authority"
Shower = Callable[[QWidget], QWidget]


@pytest.fixture
def reading(norway: OpenReport) -> Iterator[OpenReport]:
    """A report with a history, opened to be read."""
    norway.session.set_value(PATH, Text.plain("one"))
    norway.session.set_value(PATH, Text.plain("two"))
    norway.close()
    opened = open_report(norway.path, form_library(), who="Ben", to_read=True)
    yield opened
    opened.close()


def test_versions_are_shown_without_a_way_back(
    qtbot: QtBot, reading: OpenReport, shown: Shower, past_of: Pasts
) -> None:
    panel = PlacePanel(past_of(reading), labels_of(reading))
    shown(panel)
    panel.show_place(PATH)
    until(qtbot, lambda: len(panel.findChildren(VersionCard)) == 2)
    assert pressable(panel, "Bring this back") is None
    assert pressable(panel, "Remove for good") is None


def test_moments_are_compared_without_a_way_back(
    qtbot: QtBot, reading: OpenReport, shown: Shower, past_of: Pasts
) -> None:
    page = HistoryPage(past_of(reading), labels_of(reading))
    shown(page)
    page.enter()
    until(qtbot, lambda: any("1 place differs" in words for words in said(page)))
    assert pressable(page, "Bring the whole report back") is None
