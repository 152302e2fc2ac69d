"""A file that somebody else changed meanwhile: both versions are kept, shown, and can be gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report, start_report
from desktop_app.services.working_places import left_here
from desktop_app.ui.parts import Button, Words
from desktop_app.ui.trouble.versions_page import VersionsPage
from tests.services.test_left_behind import leave_work
from tests.support.window_steps import Person


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A file whose work was left on this computer, and that somebody else has changed since."""
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    leave_work(path)
    assert left_here(path) is not None
    write(path, "Ministry of Justice")
    return path


def write(path: Path, authority: str) -> None:
    """As from another computer, which knows nothing of the work here."""
    from desktop_app.storage.report_file import ReportFile
    from tests.support.report_files import edit

    report = read_report(path)
    with ReportFile.open(path, "write", who="Ben") as file:
        file.record(edit(report, "cover.authority", authority))


def words_on(page: VersionsPage) -> str:
    return "\n".join(words.text() for words in page.findChildren(Words) if words.isVisible())


def versions_page(person: Person) -> VersionsPage:
    person.until(lambda: any(b.text() == "&See both versions …" for b in visible_buttons(person)))
    person.press("See both versions", person.window.notice)
    view = person.window.view
    assert view is not None
    page = view.pages.page
    assert isinstance(page, VersionsPage)
    person.until(lambda: "Yours: " in words_on(page))
    return page


def visible_buttons(person: Person) -> list[Button]:
    return [button for button in person.window.notice.findChildren(Button) if button.isVisible()]


def test_both_are_shown_with_what_differs(qtbot: QtBot, tmp_path: Path, place: Path) -> None:
    theirs = place.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, place)
    page = versions_page(person)
    words = words_on(page)
    assert "Two versions of “norway.adesk”" in words
    assert "Nothing was written over" in words
    assert "Cover, Authority or ministry" in words
    assert "Yours: The ministry" in words
    assert "Theirs: Ministry of Justice" in words
    assert "Last changed: Today" in words
    person.press("Go on with yours")
    assert person.window.view is not None
    assert person.window.view.pages.shown == "cover"
    person.leave()
    assert place.read_bytes() == theirs
    (mine,) = [other for other in tmp_path.glob("*.adesk") if other != place]
    assert read_report(mine).plain("cover.authority") == "The ministry"


def test_what_was_typed_meanwhile_is_compared_too(qtbot: QtBot, tmp_path: Path, place: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, place)
    opened = person.desk._keeper.opened
    assert opened is not None
    opened.session.add_row("T3.planned", {"description": Text.plain("A campaign")})
    page = versions_page(person)
    person.until(lambda: "In yours only" in words_on(page))
    assert "Yours: A campaign" in words_on(page)
    person.leave()


def test_asking_again_compares_again(qtbot: QtBot, tmp_path: Path, place: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, place)
    page = versions_page(person)
    assert words_on(page).count("Cover, Authority or ministry") == 1
    opened = person.desk._keeper.opened
    assert opened is not None
    opened.session.add_row("T3.planned", {"description": Text.plain("A campaign")})
    person.desk._versions.show()
    person.until(lambda: "Yours: A campaign" in words_on(page))
    assert words_on(page).count("Cover, Authority or ministry") == 1
    person.leave()
    again = Person.at_the_desk(qtbot, tmp_path, tmp_path / "norway.adesk")
    assert again.window.view is not None
    assert again.window.view.pages.shown == "cover"
    again.leave()


def test_theirs_can_be_opened(qtbot: QtBot, tmp_path: Path, place: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, place)
    versions_page(person)
    person.press("Open theirs")
    opened = person.desk._keeper.opened
    assert opened is not None
    assert opened.session.report.plain("cover.authority") == "Ministry of Justice"
    person.leave()


def test_a_second_version_made_by_a_synchronising_program(qtbot: QtBot, tmp_path: Path) -> None:
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    other = tmp_path / "norway (conflicted copy 2026-11-26).adesk"
    other.write_bytes(path.read_bytes())
    write(other, "Ministry of Justice")
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert "another version of it" in person.window.notice.words
    page = versions_page(person)
    assert "Theirs: Ministry of Justice" in words_on(page)
    person.press("Open theirs")
    assert person.window.windowTitle().startswith("Norway")
    assert person.desk._keeper.path == other
    person.leave()


def test_one_version_alone_has_no_such_page(qtbot: QtBot, tmp_path: Path) -> None:
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert not person.window.notice.isVisible()
    opened = open_report(path, form_library(), to_read=True)
    assert opened.session.report.country == "NO"
    opened.close()
    person.leave()
