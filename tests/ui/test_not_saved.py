"""NOT SAVED: the reason, what to do, and the steps out of it; the words stay in the window meanwhile."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services.reports import read_report, start_report
from desktop_app.ui.parts import Button
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rows.list_card import ListCard
from desktop_app.ui.trouble.versions_page import VersionsPage
from tests.support.window_steps import Person


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the report file is; it can be renamed away, as a drive that is pulled out."""
    made = tmp_path / "drive"
    made.mkdir()
    return made


def away(folder: Path) -> Path:
    return folder.with_name("away")


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, folder: Path) -> Iterator[Person]:
    """Has an empty report open."""
    path = start_report(folder / "norway.adesk", "ga-commitments", "NO").path
    sitting = Person.at_the_desk(qtbot, tmp_path, path)
    yield sitting
    if away(folder).exists():
        away(folder).rename(folder)
    sitting.until(lambda: not is_refused(sitting))
    sitting.leave()


def is_refused(person: Person) -> bool:
    return person.window.header.save_state.words.startswith("NOT SAVED")


def write(person: Person, words: str) -> None:
    """Write an action, until the header says that it is not saved."""
    assert person.window.view is not None
    person.window.view.show_page("T3")
    card = [card for card in person.window.findChildren(ListCard) if card.isVisible()][-1]
    person.press("Add: planned action", card)
    person.type(words)
    person.until(lambda: is_refused(person))


def kept(path: Path) -> list[str]:
    rows = read_report(path).lists["T3.planned"].rows
    return [row.values["description"].plain_text() for row in rows if row.values]  # type: ignore[union-attr]


def test_a_drive_that_is_gone(person: Person, folder: Path) -> None:
    assert person.window.header.save_state.focusPolicy() == Qt.FocusPolicy.NoFocus
    folder.rename(away(folder))
    write(person, "A campaign")
    trouble = person.window.trouble
    assert not trouble.isVisible()
    person.window.header.save_state.setFocus()
    person.key(Qt.Key.Key_Return)
    assert trouble.isVisible()
    assert "keeps trying" in trouble.words
    assert "norway.adesk" in trouble.words
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.text() == "&Try again now"
    written = next(edit for edit in person.window.findChildren(RichTextEdit) if edit.isVisible())
    assert written.toPlainText() == "A campaign"
    assert "Make room on the disk" in trouble.words
    person.key(Qt.Key.Key_Return)
    person.until(lambda: "Tried again at" in trouble.words)
    assert trouble.words.count("norway.adesk") == 2
    focused.setFocus()
    away(folder).rename(folder)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: not is_refused(person))
    assert not trouble.isVisible()
    assert kept(folder / "norway.adesk") == ["A campaign"]


def test_a_mistake_in_the_program_is_not_blamed_on_the_disk(person: Person) -> None:
    save_state, reason = person.window.header.save_state, "A mistake in the program (KeyError)."
    opened = person.desk._keeper.opened
    assert opened is not None
    opened.journal._hand_overs.note_failure(reason, is_own_mistake=True)
    person.desk._keeper._show_saved()
    assert reason in save_state.toolTip()
    person.qtbot.mouseClick(save_state, Qt.MouseButton.LeftButton)
    words = person.window.trouble.words
    assert reason in words and "Save a copy elsewhere now" in words and "Make room" not in words
    opened.journal._hand_overs.note_success()
    person.desk._keeper._show_saved()
    assert not person.window.trouble.isVisible()


def test_it_goes_away_by_itself(person: Person, folder: Path) -> None:
    folder.rename(away(folder))
    write(person, "A campaign")
    person.qtbot.mouseClick(person.window.header.save_state, Qt.MouseButton.LeftButton)
    assert person.window.trouble.isVisible()
    away(folder).rename(folder)
    person.until(lambda: not person.window.trouble.isVisible())
    assert not is_refused(person)


def test_going_on_in_a_copy(person: Person, folder: Path, tmp_path: Path) -> None:
    folder.rename(away(folder))
    write(person, "A campaign")
    person.qtbot.mouseClick(person.window.header.save_state, Qt.MouseButton.LeftButton)
    copy = tmp_path / "copy.adesk"

    person.choose_in_dialog(copy)
    person.press("Save a copy elsewhere", person.window.trouble)
    assert not is_refused(person)
    assert not person.window.trouble.isVisible()
    assert f"You are working in “{copy}” now" in person.window.notice.words
    assert kept(copy) == ["A campaign"]
    away(folder).rename(folder)
    assert kept(folder / "norway.adesk") == []
    with person.qtbot.waitActive(person.window):
        person.window.activateWindow()
    card = [card for card in person.window.findChildren(ListCard) if card.isVisible()][-1]
    person.press("Add: planned action", card)
    person.type("More")
    person.until(lambda: kept(copy) == ["A campaign", "More"])


def test_a_file_replaced_by_another_program(person: Person, folder: Path, tmp_path: Path) -> None:
    path = folder / "norway.adesk"
    other = start_report(tmp_path / "other.adesk", "ga-commitments", "NO").path
    theirs = other.read_bytes()
    other.replace(path)
    write(person, "A campaign")
    assert "was changed by another program" in person.window.header.save_state.words
    person.qtbot.mouseClick(person.window.header.save_state, Qt.MouseButton.LeftButton)
    assert "Go on in a copy" in person.window.trouble.words
    copy = tmp_path / "copy.adesk"
    person.choose_in_dialog(copy)
    person.press("Save a copy elsewhere", person.window.trouble)
    assert kept(copy) == ["A campaign"]
    with person.qtbot.waitActive(person.window):
        person.window.activateWindow()
    person.press("See both versions", person.window.notice)
    view = person.window.view
    assert view is not None
    page = view.pages.page
    assert isinstance(page, VersionsPage)
    assert path.read_bytes() == theirs


@contextlib.contextmanager
def full_disk(folder: Path) -> Iterator[Callable[[], None]]:
    """The disk of the folder takes no more, until what is yielded makes room.

    A real file system of 400 KB where one can be mounted, else a limit of the system on this process.
    """
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if os.geteuid() == 0 and not subprocess.run(command, capture_output=True).returncode:
        try:
            yield (folder / "filling").unlink
        finally:
            # The last backup may still be reading.
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill(folder: Path) -> None:
    if folder.is_mount():
        with contextlib.suppress(OSError), (folder / "filling").open("wb", buffering=0) as stream:
            while stream.write(b"x" * 1024):
                pass
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def test_a_full_disk(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    with full_disk(folder) as make_room:
        path = start_report(folder / "norway.adesk", "ga-commitments", "NO").path
        person = Person.at_the_desk(qtbot, tmp_path, path)
        fill(folder)
        write(person, "A campaign")
        assert "norway.adesk" in person.window.header.save_state.words
        person.qtbot.mouseClick(person.window.header.save_state, Qt.MouseButton.LeftButton)
        make_room()
        person.press("Try again now", person.window.trouble)
        person.until(lambda: not is_refused(person))
        assert not person.window.trouble.isVisible()
        assert kept(path) == ["A campaign"]
        person.leave()
