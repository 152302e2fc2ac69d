"""A report in a synchronised folder, in the real window: what is said, and what becomes of the work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report, start_report
from desktop_app.services.working_places import copies_folder
from tests.support.report_files import everything_in
from tests.support.window_steps import Person

AUTHORITY = "cover.authority"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    (folder / ".stfolder").mkdir(parents=True)
    return folder


@pytest.fixture
def path(share: Path) -> Path:
    return start_report(share / "norway.adesk", "ga-commitments", "NO").path


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, path: Path, share: Path) -> Iterator[Person]:
    sitting = Person.at_the_desk(qtbot, tmp_path, path)
    yield sitting
    away = share.with_name("away")
    if away.exists():
        away.rename(share)
    if sitting.window.isVisible() and not sitting.window.close():
        sitting.window.close()
    sitting.leave()


def write(person: Person, words: str) -> None:
    """As an editor hands over what was typed."""
    view = person.window.view
    assert view is not None
    session = person.desk._keeper.opened
    assert session is not None
    session.session.set_value(AUTHORITY, Text.plain(words))
    person.until(lambda: person.window.header.save_state.words.startswith("Saved"))


def said(person: Person) -> str:
    return person.window.header.save_state.words


def authority(path: Path) -> str:
    found = read_report(path).answers[AUTHORITY]
    assert isinstance(found, Text)
    return found.plain_text()


def test_the_window_says_where_the_work_is_and_brings_it_back(
    person: Person, path: Path, share: Path
) -> None:
    assert "You work in a copy on this computer" in person.window.notice.words
    assert person.window.notice.isVisible()
    write(person, "Ministry")
    assert said(person).endswith("on this computer, not yet at its place")
    assert person.window.close()
    assert authority(path) == "Ministry"
    assert sorted(everything_in(share)) == ["norway.adesk"]
    assert list(copies_folder().iterdir()) == []


def test_a_place_that_is_away_is_said_and_closing_asks_once_more(
    person: Person, path: Path, share: Path
) -> None:
    write(person, "Ministry")
    share.rename(share.with_name("away"))
    assert not person.window.close()
    assert person.window.isVisible()
    assert "kept on this computer and will be written to" in person.window.notice.words
    assert "Close again to end; nothing is lost." in person.window.notice.words
    assert "on this computer; its place cannot be written to" in said(person)
    assert person.window.close()
    assert len(list(copies_folder().iterdir())) == 1
    share.with_name("away").rename(share)
    open_report(path, form_library()).close()
    assert authority(path) == "Ministry"


def test_a_file_changed_by_someone_else_is_said_before_closing_with_both_files(
    person: Person, path: Path
) -> None:
    theirs = path.with_name("theirs.adesk")
    shutil.copyfile(path, theirs)
    other = open_report(theirs, form_library(), who="Ben")
    other.session.set_value(AUTHORITY, Text.plain("Theirs"))
    other.close()
    theirs.replace(path)
    write(person, "Mine")
    assert not person.window.close()
    assert "was changed by someone else while you worked on it" in person.window.notice.words
    assert str(path) in person.window.notice.words
    assert "in your own version" in said(person)
    assert person.window.close()
    mine = [other for other in path.parent.glob("*.adesk") if other != path]
    assert [authority(other) for other in mine] == ["Mine"]
    assert authority(path) == "Theirs"
