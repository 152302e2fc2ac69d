"""A program that was updated while its window is open says so."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.runtime.program_file import ProgramFile
from tests.support.window_steps import Person

UPDATED = "This program was updated while it was open. Close it and start it again; what you wrote is kept."


def test_the_person_is_told_to_start_it_again(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    file = tmp_path / "program"
    file.write_bytes(b"old")
    person.desk.about.file = ProgramFile(file)
    notice = person.window.notice
    person.desk.about.look()
    assert not notice.isVisible()
    person.desk.about.tell_crash()
    assert notice.words.startswith("Something went wrong inside the program.")
    file.unlink()
    person.desk.about.tell_crash()
    assert notice.words == UPDATED
    notice.hide()
    person.desk.about.look()
    assert notice.isVisible()
    person.leave()
