"""A report file that somebody else has open, and one that may not be written: offered to be read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.person import account_name
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report, start_report
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.parts import Button, Words
from desktop_app.ui.rows.list_card import ListCard
from desktop_app.ui.trouble.in_use_page import InUsePage
from desktop_app.ui.trouble.troubles import Troubles
from tests.services.test_opening_to_read import make_newer
from tests.support.report_files import everything_in, unprivileged_folder
from tests.support.window_steps import Person


@contextlib.contextmanager
def in_use(path: Path) -> Iterator[None]:
    """Somebody else has the file open."""
    opened = open_report(path, form_library(), who="Ben")
    try:
        yield
    finally:
        opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path


def words_on(page: LonePage) -> str:
    return "\n".join(words.text() for words in page.findChildren(Words) if words.isVisible())


def is_writable(person: Person) -> bool:
    return person.window.view is not None and not person.window.header.read_only.isVisible()


def test_who_has_it_where_and_since_when(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    with in_use(path):
        person = Person.at_the_desk(qtbot, tmp_path, path)
        page = person.window.lone
        assert isinstance(page, InUsePage)
        assert "“norway.adesk” is open somewhere else" in words_on(page)
        assert "Ben has it open for writing, on the computer “" in words_on(page)
        assert ", since Today " in words_on(page)
        assert not person.window.header.isVisible()
        person.leave()


def test_ones_own_other_window_is_called_so(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    opened = open_report(path, form_library(), who=account_name())
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = person.window.lone
    assert isinstance(page, InUsePage)
    assert "“norway.adesk” is open in another window of yours" in words_on(page)
    assert "in another window of yours on this computer, since Today" in words_on(page)
    person.leave()
    opened.close()


def test_reading_meanwhile_and_writing_afterwards(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    with in_use(path):
        person = Person.at_the_desk(qtbot, tmp_path, path)
        person.press("Open to read")
        assert person.window.view is not None
        assert person.window.header.read_only.isVisible()
        assert "Ben has it open for writing" in person.window.notice.words
        assert "Ben has it open for writing" in person.window.header.save_state.words
        person.window.view.show_page("T3")
        person.press("Try again to write")
        assert person.window.view is not None
        assert person.window.view.pages.shown == "T3"
        assert "Tried again at" in person.window.notice.words
    person.press("Try again to write")
    assert is_writable(person)
    person.leave()


def test_trying_again(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    with in_use(path):
        person = Person.at_the_desk(qtbot, tmp_path, path)
        person.press("Try again")
        assert isinstance(person.window.lone, InUsePage)
    person.press("Try again")
    assert is_writable(person)
    person.leave()


def test_back_leads_to_the_first_page_or_to_the_report_before(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    other = start_report(tmp_path / "albania.adesk", "ga-commitments", "AL").path
    with in_use(path):
        person = Person.at_the_desk(qtbot, tmp_path, path)
        person.press("Back")
        assert person.window.start_page is not None
        person.desk.open_file(other)
        assert is_writable(person)
        person.desk.open_file(path)
        assert isinstance(person.window.lone, InUsePage)
        person.press("Back")
        assert is_writable(person)
        assert person.window.windowTitle().startswith("Albania")
        person.leave()


def test_a_folder_that_may_not_be_written_is_read_and_a_copy_is_written(
    qtbot: QtBot, tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All modules are loaded now: without privileges they may be out of reach.
    Person.at_the_desk(qtbot, tmp_path, path).leave()
    content = path.read_bytes()
    with unprivileged_folder() as folder:
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            monkeypatch.setenv(name, str(folder))
        away = folder / "medium" / "norway.adesk"
        away.parent.mkdir()
        away.write_bytes(content)
        away.parent.chmod(0o500)
        person = Person.at_the_desk(qtbot, folder, away)
        assert person.window.header.read_only.isVisible()
        assert "may be written into its folder" in person.window.notice.words
        copy = folder / "copy.adesk"
        # The system's dialog would want to see folders that are out of reach without privileges.
        assert person.find(Button, "Make a copy to write in", person.window.notice).isEnabled()
        troubles = person.window.findChild(Troubles)
        assert troubles is not None
        troubles.go_on_in_copy(away, copy)
        person.until(lambda: is_writable(person))
        assert f"You are working in “{copy}” now" in person.window.notice.words
        assert list(everything_in(away.parent).values()) == [content]
        person.leave()
        assert read_report(copy).country == "NO"


def test_a_file_of_a_newer_program_is_read_and_nothing_else_is_proposed(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    make_newer(path)
    before = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert person.window.view is not None
    assert "needs version 9.1" in person.window.notice.words
    assert "You can read, copy, check and export everything here." in person.window.notice.words
    assert not [button for button in person.window.notice.findChildren(Button) if button.isVisible()]
    person.leave()
    assert path.read_bytes() == before


def test_other_errors_are_told_where_they_always_were(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, tmp_path / "none.adesk")
    assert person.window.start_page is not None
    assert person.window.lone is None
    with pytest.raises(DeskError):
        read_report(tmp_path / "none.adesk")
    person.leave()


def test_no_list_of_a_report_in_use_can_be_changed(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    with in_use(path):
        person = Person.at_the_desk(qtbot, tmp_path, path)
        person.press("Open to read")
        assert person.window.view is not None
        person.window.view.show_page("T2")
        cards = [card for card in person.window.findChildren(ListCard) if card.isVisible()]
        assert cards
        assert not any(card.buttons.isVisible() for card in cards)
        person.leave()
