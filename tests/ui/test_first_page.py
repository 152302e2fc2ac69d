"""The first page says which files are away, and offers what earlier sittings left on this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.services.left_behind import left_behind, rescued_folder
from desktop_app.services.reports import read_report, start_report
from desktop_app.ui.file_line import FileLine
from desktop_app.ui.pages.found_card import FoundCard
from tests.services.test_left_behind import leave_work, rescue
from tests.support.window_steps import Person


def lines(person: Person) -> list[FileLine]:
    assert person.window.start_page is not None
    return [line for line in person.window.start_page.findChildren(FileLine) if line.isVisible()]


def test_a_file_whose_drive_is_away_is_said_to_be_away(qtbot: QtBot, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    path = start_report(drive / "norway.adesk", "ga-commitments", "NO").path
    Person.at_the_desk(qtbot, tmp_path, path).leave()
    drive.rename(tmp_path / "away")
    person = Person.at_the_desk(qtbot, tmp_path)
    (line,) = lines(person)
    assert "Not there now" in line.accessibleName()
    assert str(drive) in line.accessibleName()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert person.window.start_page is not None
    assert person.window.start_page._failure.isVisible()
    (tmp_path / "away").rename(drive)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert person.window.view is not None
    person.leave()


def test_a_rescued_file_is_offered_and_can_be_laid_aside(qtbot: QtBot, tmp_path: Path) -> None:
    rescue("norway 1.adesk")
    rescue("norway 2.adesk")
    person = Person.at_the_desk(qtbot, tmp_path)
    card = person.window.findChild(FoundCard)
    assert card is not None
    assert len(lines(person)) == 2
    person.press("Lay aside: norway 1")
    assert [line.accessibleName()[:8] for line in lines(person)] == ["norway 2"]
    assert [left.path.name for left in left_behind()] == ["norway 2.adesk"]
    qtbot.mouseClick(lines(person)[0], Qt.MouseButton.LeftButton)
    assert person.window.view is not None
    assert person.window.windowTitle().startswith("Albania")
    person.leave()
    assert len(list(rescued_folder().rglob("*.adesk"))) == 2


def test_work_that_is_not_at_its_place_yet_is_offered_and_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    place = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    leave_work(place)
    assert "cover.authority" not in read_report(place).answers
    person = Person.at_the_desk(qtbot, tmp_path)
    (line,) = lines(person)
    assert "is not at its place yet" in line.accessibleName()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert person.window.view is not None
    person.leave()
    assert read_report(place).plain("cover.authority") == "The ministry"
    assert left_behind() == []


def test_nothing_is_offered_where_nothing_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    assert lines(person) == []
    assert person.window.findChild(FoundCard) is None
    person.leave()
