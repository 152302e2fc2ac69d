"""Every control of the pages for trouble has a name that a screen reader says, and Tab comes to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.services.backups import Backup
from desktop_app.services.compared import ComparedPart, Fate
from desktop_app.services.left_behind import Kind, LeftBehind
from desktop_app.services.two_versions import DifferentPlace, FileVersion, TwoVersions
from desktop_app.storage.errors import FileInUseError
from desktop_app.ui.backups.backups_page import BackupsPage, BackupsState
from desktop_app.ui.pages.found_card import FoundCard
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Tone
from desktop_app.ui.tab_order import stops
from desktop_app.ui.trouble.damaged_page import DamagedPage, SalvagedPage
from desktop_app.ui.trouble.in_use_page import InUsePage
from desktop_app.ui.trouble.versions_page import VersionsPage

PATH = Path("/somewhere/albania.adesk")
AT = "2026-11-26T14:03:00Z"
BACKUPS = [
    Backup(PATH.with_name(f"{number}.adesk"), AT, "closed", 150_000, 1, "AL 2013", number)
    for number in range(3)
]


def in_use_page() -> LonePage:
    return InUsePage(PATH, FileInUseError(PATH, "Ana", "desk-7", AT), "Ben")


def damaged_page() -> LonePage:
    page = DamagedPage(PATH, PATH.with_name("rescued.adesk"))
    page.show_found(["Something."] * 20)
    page.show_backups(BACKUPS, BACKUPS[0])
    page._others.setChecked(True)
    return page


def salvaged_page() -> LonePage:
    return SalvagedPage(PATH, ["Much."], ["Little."])


def backups_page() -> LonePage:
    page = BackupsPage(PATH)
    page.show_state(BackupsState(PATH.parent, False, BACKUPS, "It failed."))
    page.list.lines[0].restore.click()
    return page


def versions_page() -> LonePage:
    page = VersionsPage(PATH, PATH.with_name("theirs.adesk"))
    place = DifferentPlace("Target 1, planned action 1", Fate.CHANGED, (ComparedPart("Words", "a", "b"),))
    version = FileVersion(PATH, "Ana", AT)
    page.show_versions(TwoVersions(version, version, (place,) * 40, ("2015",), ("2017",)))
    return page


def found_page() -> LonePage:
    page = LonePage("Found", [], "info", Tone.QUIET)
    page.column.addWidget(FoundCard([LeftBehind(PATH, kind, AT) for kind in Kind]))
    return page


@pytest.mark.parametrize(
    "make", [in_use_page, damaged_page, salvaged_page, backups_page, versions_page, found_page]
)
def test_every_control_has_a_name_and_a_stop(qtbot: QtBot, make: Callable[[], LonePage]) -> None:
    page = make()
    qtbot.addWidget(page)
    page.resize(900, 600)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    controls = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert controls
    for control in controls:
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name), control
    assert set(map(id, controls)) <= set(map(id, stops(page)))
