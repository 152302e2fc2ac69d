"""The backups of a report on their page: made, seen, restored, of files that are gone too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.runtime.paths import config_folder
from desktop_app.services.backups import (
    BEFORE_RESTORE,
    BY_HAND,
    CLOSED,
    FOLDER_VARIABLE,
    OPENED,
    backup_folder,
    list_backups,
    make_backup,
)
from desktop_app.services.protection import protect
from desktop_app.services.reports import read_report, start_report
from desktop_app.storage.report_file import ReportFile
from desktop_app.ui.backups.backup_pages import BackupPages
from desktop_app.ui.backups.backups_page import BackupsPage
from desktop_app.ui.backups.files_page import BackedUpFilesPage
from desktop_app.ui.file_line import FileLine
from desktop_app.ui.menus import Step
from desktop_app.ui.parts import Words
from tests.support.report_files import edit
from tests.support.window_steps import Person


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path


@pytest.fixture
def person(qtbot: QtBot, path: Path) -> Iterator[Person]:
    """Has the report open; there is one backup of it as it was."""
    make_backup(path, BY_HAND)
    # Its settings are where the program looks for the folder of backups.
    config_folder().mkdir(parents=True)
    sitting = Person.at_the_desk(qtbot, config_folder(), path)
    yield sitting
    sitting.leave()


def words_on(page: BackupsPage | BackedUpFilesPage) -> str:
    return "\n".join(words.text() for words in page.findChildren(Words) if words.isVisible())


def is_in_place(widget: QWidget) -> bool:
    """New parts of a page get their place when the event loop comes to it."""
    return widget.isVisible() and widget.height() > 0


def write(path: Path, authority: str) -> None:
    report = read_report(path)
    with ReportFile.open(path, "write", who="Ana") as file:
        file.record(edit(report, "cover.authority", authority))


def shown_page(person: Person) -> BackupsPage:
    person.window.menus.step_chosen.emit(Step.BACKUPS)
    view = person.window.view
    page = view.pages.page if view is not None else person.window.lone
    assert isinstance(page, BackupsPage)
    person.until(lambda: "Looking for backups" not in words_on(page))
    return page


def test_where_they_are_and_when_the_last_was_made(person: Person) -> None:
    page = shown_page(person)
    words = words_on(page)
    assert "The last one was made: Today" in words
    assert str(backup_folder()) in words
    assert len(page.list.lines) == 1
    person.until(lambda: "1 report · NO 2013" in words_on(page))


def test_back_leads_to_where_one_was_in_the_report(person: Person) -> None:
    person.view.show_page("T2")
    person.window.menus.step_chosen.emit(Step.BACKUPS)
    person.press("Back", shown_page(person))
    assert person.view.pages.shown == "T2"


def test_one_is_made_now(person: Person, path: Path) -> None:
    page = shown_page(person)
    person.press("Make one now")
    assert not page.make.isEnabled()
    person.until(lambda: len(page.list.lines) == 2)
    assert page.make.isEnabled()
    assert [backup.why for backup in list_backups(path)] == [BY_HAND, BY_HAND]


def test_why_none_can_be_made_is_said_in_place(person: Person, tmp_path: Path) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("no folder")
    pages = person.window.findChild(BackupPages)
    assert pages is not None
    page = shown_page(person)
    pages.use_folder(in_the_way / "backups")
    person.until(lambda: str(in_the_way / "backups") in words_on(page))
    assert "Those made before stay where they are" in person.window.notice.words
    person.press("Make one now")
    person.until(lambda: "No backup of “norway.adesk” was made." in words_on(page))
    assert page.make.isEnabled()
    pages.use_folder(tmp_path / "other")
    person.press("Make one now")
    person.until(lambda: any((tmp_path / "other").rglob("*.adesk")))
    person.until(lambda: "No backup of" not in words_on(page))


def test_those_in_an_earlier_folder_are_shown_and_marked(person: Person, path: Path, tmp_path: Path) -> None:
    make_backup(path, BY_HAND)
    pages = person.window.findChild(BackupPages)
    assert pages is not None
    page = shown_page(person)
    pages.use_folder(tmp_path / "other")
    person.until(lambda: "in an earlier folder" in words_on(page))
    person.press("Make one now")
    person.until(lambda: any((tmp_path / "other").rglob("*.adesk")))


def test_why_the_last_automatic_one_was_not_made_stands_there(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("no folder")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "a file" / "backups"))
    opened = person.desk._keeper.opened
    assert opened is not None
    assert opened.integrity.result(20) == []
    assert opened.backups is not None
    opened.session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    assert opened.journal.flush(20)
    # The clock of the schedule is not waited for.
    opened.backups._run(OPENED)
    person.until(lambda: "No backup of “norway.adesk” was made." in person.window.notice.words)
    page = shown_page(person)
    person.until(lambda: "No backup of “norway.adesk” was made." in words_on(page))


def test_restoring_the_open_report(person: Person, path: Path) -> None:
    opened = person.desk._keeper.opened
    assert opened is not None
    opened.session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    page = shown_page(person)
    line = page.list.lines[0]
    person.until(lambda: is_in_place(line.restore))
    person.press("Restore the backup", line)
    assert "is kept as a backup first" in words_on(page)
    person.press("Cancel", line)
    assert "is kept as a backup first" not in words_on(page)
    assert line.restore.hasFocus()
    person.press("Restore the backup", line)
    person.until(lambda: is_in_place(line._sure))
    person.press("Restore", line)
    person.until(lambda: "The report is again what it was" in person.window.notice.words)
    assert person.window.view is not None
    opened = person.desk._keeper.opened
    assert opened is not None
    assert "cover.authority" not in opened.session.report.answers
    assert "kept among the backups" in person.window.notice.words
    kept = [backup for backup in list_backups(path) if backup.why == BEFORE_RESTORE]
    assert [read_report(backup.path).plain("cover.authority") for backup in kept] == ["Ministry of Justice"]


def test_a_folder_settled_by_it_cannot_be_changed(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "from it"))
    page = shown_page(person)
    person.until(lambda: "Your IT department has settled this folder." in words_on(page))
    assert not page._choose.isVisible()
    assert str(tmp_path / "from it") in words_on(page)


def test_only_the_newest_are_shown_until_one_asks(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    for number in range(15):
        write(path, f"Version {number}")
        make_backup(path, BY_HAND)
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = shown_page(person)
    assert len(page.list.lines) == 12
    person.until(lambda: is_in_place(page.list._older))
    person.press("3 older ones")
    assert len(page.list.lines) == 15
    assert page.list.lines[12].restore.hasFocus()
    person.leave()


def test_a_file_that_is_gone_comes_back(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    write(path, "Ministry of Justice")
    make_backup(path, CLOSED)
    content = read_report(path).plain("cover.authority")
    path.unlink()
    person = Person.at_the_desk(qtbot, tmp_path)
    assert person.window.start_page is not None
    person.window.menus.step_chosen.emit(Step.BACKUPS)
    files = person.window.lone
    assert isinstance(files, BackedUpFilesPage)
    person.until(lambda: bool(files.findChildren(FileLine)))
    (line,) = files.findChildren(FileLine)
    assert "Not there now" in line.accessibleName()
    person.until(lambda: is_in_place(line))
    line.activated.emit()
    page = person.window.lone
    assert isinstance(page, BackupsPage)
    person.until(lambda: len(page.list.lines) == 1)
    backup = page.list.lines[0]
    person.until(lambda: is_in_place(backup.restore))
    person.press("Restore the backup", backup)
    person.until(lambda: is_in_place(backup._sure))
    person.press("Restore", backup)
    person.until(lambda: person.window.view is not None)
    person.leave()
    assert read_report(path).plain("cover.authority") == content


def test_back_from_the_backups_of_all_files(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    make_backup(path, BY_HAND)
    person = Person.at_the_desk(qtbot, tmp_path)
    person.window.menus.step_chosen.emit(Step.BACKUPS)
    files = person.window.lone
    assert isinstance(files, BackedUpFilesPage)
    person.until(lambda: bool(files.findChildren(FileLine)))
    files.findChildren(FileLine)[0].activated.emit()
    assert isinstance(person.window.lone, BackupsPage)
    person.press("Back")
    assert isinstance(person.window.lone, BackedUpFilesPage)
    person.press("Back")
    assert person.window.start_page is not None
    person.leave()


def test_without_any_backup_it_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    person.window.menus.step_chosen.emit(Step.BACKUPS)
    page = person.window.lone
    assert isinstance(page, BackedUpFilesPage)
    person.until(lambda: "There is no backup yet." in words_on(page))
    person.leave()


def test_backups_of_one_minute_of_copies_and_with_a_passphrase_can_be_told_apart(
    person: Person, path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.adesk"
    copy.write_bytes(path.read_bytes())
    make_backup(copy, BY_HAND)
    key = protect(copy, "correct horse battery").key
    make_backup(copy, BY_HAND, key=key)
    page = shown_page(person)
    person.until(lambda: "of “copy”" in words_on(page))
    assert len(page.list.lines) > 2
    assert all(re.search(r"\d\d:\d\d:\d\d", line._moment) for line in page.list.lines)
    assert "protected" in words_on(page)
    person.press("Restore the backup", page.list.lines[0])
    assert "opens only with its passphrase" in words_on(page)
