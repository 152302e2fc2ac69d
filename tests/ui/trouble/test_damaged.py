"""A damaged report file never opens as if it were fine; each way out leads to a sound one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.app import Desk
from desktop_app.report.changes import OperationKind
from desktop_app.report.plain import report_to_plain
from desktop_app.report.text.model import Text
from desktop_app.runtime.settings import load_settings
from desktop_app.services.backups import BY_HAND, list_backups, make_backup
from desktop_app.services.demo import example_report
from desktop_app.services.importing import import_document
from desktop_app.services.reports import keep_report, read_report, start_report
from desktop_app.storage.errors import DamagedFileError
from desktop_app.storage.report_file import ReportFile
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.moment_words import moment_words
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Words
from desktop_app.ui.rows.list_card import ListCard
from desktop_app.ui.trouble.damaged_page import DamagedPage, SalvagedPage
from tests.support.window_steps import Person


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound report file with content."""
    return keep_report(tmp_path / "albania.adesk", example_report(), OperationKind.CREATE).path


def change_an_answer(path: Path) -> None:
    """As a bit that flips: SQLite does not notice it."""
    connection = sqlite3.connect(path)
    with connection:
        statement = "UPDATE rows SET position = position + 1000 WHERE list = 'T2.planned'"
        assert connection.execute(statement).rowcount > 0
    connection.close()


def tear_pages(path: Path) -> None:
    """As a disk that has lost some of its blocks: nothing can be opened."""
    content = bytearray(path.read_bytes())
    content[4096 : 8 * 4096] = b"\xa5" * (7 * 4096)
    path.write_bytes(content)


def words_on(page: LonePage) -> str:
    return "\n".join(words.text() for words in page.findChildren(Words) if words.isVisible())


def damaged_page(person: Person) -> DamagedPage:
    person.until(lambda: isinstance(person.window.lone, DamagedPage))
    page = person.window.lone
    assert isinstance(page, DamagedPage)
    person.until(lambda: "Looking for backups" not in words_on(page))
    return page


def test_what_was_found_is_said_by_the_names_of_the_form(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    change_an_answer(path)
    before = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = damaged_page(person)
    words = words_on(page)
    assert "“albania.adesk” is damaged" in words
    assert "left the file exactly as it is" in words
    assert "Target 2, " in words
    assert "T2.planned/" not in words
    assert "There is no sound backup of this file." in words
    assert person.window.view is None
    person.leave()
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_opened_at_all(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    tear_pages(path)
    before = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = damaged_page(person)
    assert "cannot be opened" in words_on(page)
    assert not page._read.isVisible()
    person.press("Back")
    assert person.window.start_page is not None
    person.leave()
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [change_an_answer, tear_pages])
def test_the_last_backup_comes_back(
    qtbot: QtBot, tmp_path: Path, path: Path, damage: Callable[[Path], None]
) -> None:
    sound = report_to_plain(read_report(path))
    backup = make_backup(path, BY_HAND)
    damage(path)
    damaged = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    damaged_page(person)
    person.press(f"Restore the backup: {moment_words(backup.at)}")
    person.until(lambda: person.window.view is not None)
    assert "The report is again what it was" in person.window.notice.words
    assert not person.window.header.read_only.isVisible()
    person.leave()
    assert report_to_plain(read_report(path)) == sound
    (aside,) = [other for other in tmp_path.glob("*.adesk") if other != path]
    assert aside.read_bytes() == damaged


def test_an_older_backup_can_be_chosen(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    sound = report_to_plain(read_report(path))
    make_backup(path, BY_HAND)
    start_report(path, "ga-commitments", "AL", "2015")
    make_backup(path, BY_HAND)
    change_an_answer(path)
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = damaged_page(person)
    assert not page.list.isVisible()
    person.press("All backups")
    assert [line.isVisible() for line in page.list.lines] == [True, True]
    older = page.list.lines[1]
    person.until(lambda: older.restore.height() > 0)
    person.press("Restore", older)
    assert "The damaged file is kept beside it" in words_on(page)
    person.press("Restore the backup", older)
    person.until(lambda: person.window.view is not None)
    person.leave()
    with ReportFile.open(path, "read") as file:
        assert len(file.reports()) == 1
    assert report_to_plain(read_report(path)) == sound


def test_a_damaged_backup_is_not_proposed(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    tear_pages(make_backup(path, BY_HAND).path)
    change_an_answer(path)
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = damaged_page(person)
    assert "There is no sound backup of this file." in words_on(page)
    person.leave()


def test_opening_to_read_anyway(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    change_an_answer(path)
    before = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    damaged_page(person)
    person.press("Open to read anyway")
    assert person.window.view is not None
    assert person.window.header.read_only.isVisible()
    assert "The file is damaged" in person.window.notice.words
    opened = person.desk._keeper.opened
    assert opened is not None
    assert opened.integrity.result(20)
    person.qtbot.wait(50)
    assert person.window.view is not None
    person.press("What can be done")
    damaged_page(person)
    person.leave()
    assert path.read_bytes() == before


def test_saving_what_can_be_saved(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    sound = report_to_plain(read_report(path))
    change_an_answer(path)
    before = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    damaged_page(person)
    target = tmp_path / "saved.adesk"
    person.choose_in_dialog(target)
    person.press("Save what can be saved")
    person.until(lambda: isinstance(person.window.lone, SalvagedPage))
    page = person.window.lone
    assert isinstance(page, SalvagedPage)
    assert str(target) in words_on(page)
    person.press("Back")
    damaged_page(person)
    person.choose_in_dialog(tmp_path / "again.adesk")
    person.press("Save what can be saved")
    person.until(lambda: isinstance(person.window.lone, SalvagedPage))
    person.press("Open it")
    assert person.window.view is not None
    assert not person.window.header.read_only.isVisible()
    person.leave()
    assert path.read_bytes() == before
    saved = report_to_plain(read_report(target))
    assert saved["lists"]["T1.planned"] == sound["lists"]["T1.planned"]


def test_the_country_is_asked_for_where_the_file_cannot_say_it(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "albania.adesk"
    import_document(path, Path(__file__).parents[2] / "data" / "albania-2013.md")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE reports SET form_id = 'lost', cycle = 'lost', created_at = 'lost'")
    connection.close()
    person = Person.at_the_desk(qtbot, tmp_path)
    # As for a file of which more than that is torn.
    person.desk._troubles.tell(path, DamagedFileError(path))
    page = damaged_page(person)
    target = tmp_path / "saved.adesk"
    person.choose_in_dialog(target)
    person.press("Save what can be saved")
    person.until(lambda: "no longer says of which country" in words_on(page))
    assert not target.exists() and page._country is not None
    assert page.country is None
    assert person.window.focusWidget() is page._country.focus_target()
    page._country.show_value("AL")
    person.choose_in_dialog(target)
    person.press("Save what can be saved")
    person.until(lambda: isinstance(person.window.lone, SalvagedPage))
    person.leave()
    assert read_report(target).country == "AL"


def test_words_typed_before_it_was_noticed_are_kept(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    change_an_answer(path)
    before = path.read_bytes()
    settings = tmp_path / "settings.json"
    window = MainWindow()
    desk = Desk(window, load_settings(settings), settings)
    desk.begin(path)
    # What verifying finds is told when the event loop comes to it, not before.
    opened = desk._keeper.opened
    assert opened is not None
    opened.session.add_row("T3.planned", {"description": Text.plain("A campaign")})
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    person = Person(qtbot, tmp_path, window, desk)
    page = damaged_page(person)
    assert "What you wrote since you opened it" in words_on(page)
    assert path.read_bytes() == before
    person.press("Open that file")
    assert person.window.view is not None
    person.window.view.show_page("T3")
    assert [card for card in person.window.findChildren(ListCard) if card.isVisible()]
    kept = person.desk._keeper.path
    assert kept is not None
    assert kept.parent.name == "rescued"
    person.leave()
    rows = read_report(kept).lists["T3.planned"].rows
    assert rows[-1].values["description"] == Text.plain("A campaign")
    assert path.read_bytes() == before
    assert list_backups(path) == []
