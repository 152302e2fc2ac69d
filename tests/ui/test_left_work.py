from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report, start_report
from desktop_app.ui.left_work import LeftWork
from desktop_app.ui.main_window import MainWindow
from tests.support.window_steps import Person


def leave_work(folder: Path) -> Path:
    """A sitting whose last words could not be written back."""
    share = folder / "share"
    (share / ".stfolder").mkdir(parents=True)
    path = start_report(share / "norway.adesk", "ga-commitments", "NO").path
    opened = open_report(path, form_library(), who="Ana")
    opened.session.set_value("cover.authority", Text.plain("Ministry"))
    away = share.rename(folder / "away")
    opened.close()
    away.rename(share)
    (share / ".norway.adesk.lock").unlink()
    return path


def test_work_left_on_this_computer_is_brought_soon_after_the_start(qtbot: QtBot, tmp_path: Path) -> None:
    path = leave_work(tmp_path)
    person = Person.at_the_desk(qtbot, tmp_path)
    person.window.notice.tell("Something else.")
    person.until(lambda: "had waited on this computer" in person.window.notice.words)
    assert person.window.notice.words.startswith("Something else.\n")
    assert read_report(path).answers["cover.authority"] == Text.plain("Ministry")
    person.leave()


def test_a_window_that_closes_waits_for_it(qtbot: QtBot, tmp_path: Path) -> None:
    path = leave_work(tmp_path)
    window = MainWindow()
    qtbot.addWidget(window)
    left = LeftWork(window, "Ana")
    left.look()
    left.finish()
    assert read_report(path).answers["cover.authority"] == Text.plain("Ministry")


def test_the_last_file_is_opened_again_although_its_place_is_away(qtbot: QtBot, tmp_path: Path) -> None:
    path = leave_work(tmp_path)
    away = path.parent.rename(tmp_path / "away")
    settings = tmp_path / "settings.json"
    settings.write_text(f'{{"last_file": "{path}"}}')
    person = Person.at_the_desk(qtbot, tmp_path)
    assert person.window.view is not None
    assert "kept on this computer" in person.window.notice.words
    away.rename(path.parent)
    person.leave()
    assert read_report(path).answers["cover.authority"] == Text.plain("Ministry")
