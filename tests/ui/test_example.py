"""The example in the window: what somebody writes in it is not lost when the program is closed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text import Text
from desktop_app.runtime.settings import load_settings
from desktop_app.services.demo import fresh_example
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.reports import start_report
from desktop_app.ui.menus import Step
from tests.support.window_steps import Person

WORDS = Text.plain("My own words")


def look_at(person: Person, step: Step = Step.EXAMPLE) -> Path:
    before = person.desk._keeper.path
    person.window.menus.step_chosen.emit(step)
    person.until(lambda: person.desk._keeper.path not in (None, before))
    path = person.desk._keeper.path
    assert path is not None
    return path


def session_of(person: Person) -> EntrySession:
    opened = person.desk._keeper.opened
    assert opened is not None
    return opened.session


def write(person: Person) -> None:
    session_of(person).type("cover.authority", WORDS)


def recent(person: Person) -> list[str]:
    return load_settings(person.folder / "settings.json").recent


def test_an_example_that_was_only_looked_at_is_not_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    look_at(person)
    person.leave()
    assert recent(person) == []


def test_an_example_that_was_written_in_is_open_again_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    path = look_at(person)
    write(person)
    assert person.window.menus._recent.isEnabled()
    person.leave()
    assert recent(person) == [str(path)]
    again = Person.at_the_desk(qtbot, tmp_path)
    assert again.desk._keeper.path == path
    again.window.menus.step_chosen.emit(Step.CLOSE)
    again.find(QWidget, path.stem)
    assert look_at(again) == path
    assert session_of(again).report.answers["cover.authority"] == WORDS
    assert "the example with what you wrote in it" in again.window.notice._words.text()
    fresh = look_at(again, Step.FRESH_EXAMPLE)
    assert fresh != path and path.exists()
    assert session_of(again).report.answers.get("cover.authority") != WORDS
    # Nobody looks for reports in the program's own folder.
    assert again.desk._remembered.folder(tmp_path) == tmp_path
    again.leave()


def test_the_header_says_of_an_example_that_it_is_one_wherever_it_lies(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    person = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path / "build"))
    assert person.window.header.example.isVisible()
    own = start_report(tmp_path / "Albania 2013.adesk", "ga-commitments", "AL").path
    person.desk.open_file(own)
    assert not person.window.header.example.isVisible()
    person.leave()
