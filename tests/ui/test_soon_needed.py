"""What the next page needs is loaded behind the first one."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.services.open_report import OpenReport
from desktop_app.ui.checking import Checking
from desktop_app.ui.soon_needed import MODULES, SoonNeeded


def test_it_is_loaded_when_the_report_is_checked_and_not_before(
    qtbot: QtBot, norway: OpenReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in MODULES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    owner = QObject()
    checking = Checking(norway.session, owner)
    SoonNeeded(checking, owner)
    with qtbot.waitSignal(checking.settled):
        assert not any(name in sys.modules for name in MODULES)
    assert not any(name in sys.modules for name in MODULES), "keys and clicks come first"
    qtbot.waitUntil(lambda: all(name in sys.modules for name in MODULES))
    checking.release()
