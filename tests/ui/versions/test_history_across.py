"""The report's history in the window reaches over a change to another version of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.form_upgrade import upgrade_file
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import form_library
from desktop_app.ui.history.compared_view import PlaceCard
from desktop_app.ui.history.history_page import HistoryPage
from desktop_app.ui.past import Past
from tests.support.form_versions import first_file, versioned_library
from tests.ui.history.conftest import labels_of, pressable, said, until


@pytest.fixture
def upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenReport]:
    """A report with a restore point in version 1, taken over to version 2."""
    monkeypatch.setenv("ALLIANCE_DESK_FORMS", str(tmp_path / "forms"))
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))
    path = first_file(tmp_path / "albania.adesk", versioned_library(tmp_path, "1", "2"))
    opened = open_report(path, form_library(), who="Ana")
    opened.session.set_restore_point("Before the minister")
    opened.session.set_value("cover.authority", Text.plain("Another ministry"))
    opened.close()
    upgrade_file(path, form_library(), who="Ana")
    opened = open_report(path, form_library(), who="Ana")
    yield opened
    opened.close()


def test_moments_before_it_are_compared_and_gone_back_to(
    qtbot: QtBot, shown: Callable[..., QWidget], upgraded: OpenReport
) -> None:
    past = Past(upgraded.session, upgraded.journal.read, upgraded.path)
    page = HistoryPage(past, labels_of(upgraded))
    shown(page, width=1100)
    page.enter()
    until(qtbot, lambda: any(card.isVisible() for card in page.findChildren(PlaceCard)))
    model = page.list.moments
    lines = [str(model.index(row).data()) for row in range(model.rowCount())]
    assert any(line == "Moved to another version of the form: 1 → 2" for line in lines)
    told = " ".join(said(page))
    assert "Another ministry" in told
    begin = pressable(page, "Bring the whole report back")
    assert begin is not None
    QTest.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert any("1 place gets back what it held" in words for words in said(page.way_back))
    confirm = pressable(page.way_back, "Bring it back")
    assert confirm is not None
    with qtbot.waitSignal(page.told) as signal:
        QTest.mouseClick(confirm, Qt.MouseButton.LeftButton)
    assert "could not be brought back" not in signal.args[0]
    assert upgraded.session.report.plain("cover.ministry") == "Ministry of <b>Justice</b>"
    until(qtbot, lambda: upgraded.journal.durability.is_saved)
