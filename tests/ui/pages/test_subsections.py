"""A part of a section: how far it has come, and what is still to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.services.reports import start_report
from desktop_app.ui.pages.subsections import SubsectionLine
from tests.support.window_parts import checked

Shower = Callable[[QWidget], QWidget]
Opener = Callable[[Path], OpenReport]


def test_a_part_with_all_answers_tells_of_its_warnings(
    qtbot: QtBot, open_file: Opener, tmp_path: Path, shown: Shower
) -> None:
    session = open_file(start_report(tmp_path / "norway.adesk", "mnr", "NO").path).session
    checking = checked(session)
    part = session.report.form.section("capability_1")
    assert part is not None
    line = SubsectionLine(session, part, Labels(session.report.form, "en"))
    shown(line)
    session.set_value("capability_1.phase", "building")
    qtbot.waitUntil(lambda: line.accessibleDescription() == "complete, 1 warning")
    session.set_value("capability_1.justification", Text.plain("There is a national body."))
    qtbot.waitUntil(lambda: line.accessibleDescription() == "complete")
    checking.release()
