"""The main job as a focal point does it, with the real window, file and package."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop_app.report.plain import report_to_plain
from desktop_app.services.demo import fresh_example
from desktop_app.services.importing import import_document
from desktop_app.services.reports import read_report, start_report
from desktop_app.services.verifying import verify
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rows.list_card import ListCard
from tests.support.window_steps import Person

ALBANIA = Path(__file__).parents[1] / "data" / "albania-2013.md"


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """What is left on an offscreen clipboard ends the process badly."""
    yield
    qapp.clipboard().clear()


def planned(person: Person) -> ListCard:
    """The second list of the page shown."""
    return [card for card in person.window.findChildren(ListCard) if card.isVisible()][-1]


def words_of(path: Path, list_path: str) -> list[str]:
    """What the rows of a list say, read from the file."""
    rows = read_report(path).lists[list_path].rows
    return [row.values["description"].plain_text() for row in rows]  # type: ignore[union-attr]


def test_three_actions_under_target_2_and_the_package(qtbot: QtBot, tmp_path: Path) -> None:
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    person = Person.at_the_desk(qtbot, tmp_path, path)
    view = person.window.view
    assert view is not None
    view.show_page("T2")
    person.press("Goal 2.1")
    for words in ("Train investigators", "Equip the unit", "Agree on data retention"):
        person.press("Add: planned action", planned(person))
        person.type(words)
        person.key(Qt.Key.Key_Escape)
    person.until(lambda: words_of(path, "T2.planned")[2:] == ["Agree on data retention"])
    person.press("Check and send")
    person.press("Export a draft")
    person.until(lambda: any(tmp_path.glob("*.zip")) and _is_shown(person, "Open the folder"))
    person.leave()
    (package,) = tmp_path.glob("*.zip")
    assert verify(package).intact
    data = answers_in(package)
    assert data["answers"]["T2.goals"] == ["T2.G1"]
    told = [row["values"]["description"] for row in data["lists"]["T2.planned"]["rows"]]
    assert told == ["Train investigators", "Equip the unit", "Agree on data retention"]


def _is_shown(person: Person, words: str) -> bool:
    buttons = person.window.findChildren(QAbstractButton)
    return any(button.isVisible() and button.text().replace("&", "") == words for button in buttons)


def answers_in(package: Path) -> dict[str, Any]:
    with zipfile.ZipFile(package) as found:
        answers: dict[str, Any] = json.loads(found.read("data.json"))
    return answers


def test_closing_in_the_middle_of_a_word_keeps_the_word(qtbot: QtBot, tmp_path: Path) -> None:
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert person.window.view is not None
    person.window.view.show_page("T3")
    person.press("Add: planned action", planned(person))
    person.type("A campaign for par")
    person.leave()
    assert words_of(path, "T3.planned") == ["A campaign for par"]
    assert sorted(found.name for found in tmp_path.iterdir() if found.is_file()) == [
        "norway.adesk",
        "settings.json",
    ]


def test_undo_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    before = report_to_plain(read_report(path))
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert person.window.view is not None
    person.window.view.show_page("T3")
    person.press("Add: planned action", planned(person))
    person.type("To be taken back")
    person.leave()
    again = Person.at_the_desk(qtbot, tmp_path, path)
    while again.window.header.undo.isEnabled():
        again.press("Undo")
    again.leave()
    assert report_to_plain(read_report(path)) == before


def test_no_action_taken_and_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert person.window.view is not None
    person.window.view.show_page("T4")
    person.press("No action taken", planned(person))
    person.until(lambda: read_report(path).lists["T4.planned"].state is not None)
    person.press("Take back", planned(person))
    person.until(lambda: read_report(path).lists["T4.planned"].state is None)
    person.leave()


def test_the_real_report_goes_through_the_window_unchanged(qtbot: QtBot, tmp_path: Path) -> None:
    path = import_document(tmp_path / "albania.adesk", ALBANIA).path
    before = report_to_plain(read_report(path))
    person = Person.at_the_desk(qtbot, tmp_path, path)
    view = person.window.view
    assert view is not None
    for page in ("cover", "T1", "T2", "T3", "T4"):
        view.show_page(page)
    for list_path, row_list in read_report(path).lists.items():
        for row in row_list.rows:
            view.go_to(f"{list_path}/{row.id}/description")
            assert person.window.findChildren(RichTextEdit)
    person.leave()
    assert report_to_plain(read_report(path)) == before


def test_the_window_opens_where_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    path = fresh_example(tmp_path)
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert person.window.view is not None
    person.window.view.show_page("T3")
    person.leave()
    again = Person.at_the_desk(qtbot, tmp_path)
    assert again.window.view is not None
    assert again.window.view.place.startswith("T3")
    again.leave()
