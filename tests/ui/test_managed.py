"""What a policy settles is seen in the window; a form that is dropped is offered; diagnostics are copied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.runtime import paths
from desktop_app.services.form_deliveries import pack
from desktop_app.services.reports import start_report
from desktop_app.ui.menus import Step
from desktop_app.ui.parts import Words
from tests.support.dropping import drop
from tests.support.window_steps import Person

TINY = Path(__file__).parents[1] / "data" / "forms" / "tiny" / "2"


@pytest.fixture
def settle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Writes the policy of this computer."""
    path = tmp_path / "policy.toml"
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(path))

    def write(words: str) -> None:
        path.write_text(words, "utf-8")

    return write


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    return pack(TINY, tmp_path).path


def action(person: Person, step: Step) -> QAction:
    return next(each for each in person.window.findChildren(QAction) if each.data() == step)


def choose(person: Person, step: Step) -> None:
    action(person, step).trigger()


def test_what_is_switched_off_is_seen_and_cannot_be_chosen(
    qtbot: QtBot, tmp_path: Path, settle: Callable[[str], None]
) -> None:
    settle('disabled = ["import", "attachments", "form_deliveries", "public_copy", "encryption"]')
    report = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    person = Person.at_the_desk(qtbot, tmp_path)
    person.find(Words, "Your IT department has switched off importing old reports.")
    buttons = [each for each in person.window.findChildren(QAbstractButton) if "mport" in each.text()]
    assert buttons and not any(each.isVisible() for each in buttons)
    assert person.desk.open_file(report)
    for step in (Step.IMPORT, Step.ATTACH, Step.INSTALL_FORM):
        assert not action(person, step).isEnabled()
        assert action(person, step).text().endswith("(switched off by your IT department)")
    assert action(person, Step.EXAMPLE).isEnabled()
    assert person.window.view is not None
    person.window.view.go_to("cover.authority")
    person.press("Attach a file to this answer")
    person.until(lambda: "Switched off by your IT department." in person.window.notice.words)
    person.leave()


def test_new_reports_are_proposed_where_the_policy_says(
    qtbot: QtBot, tmp_path: Path, settle: Callable[[str], None]
) -> None:
    settle(f"data_folder = '{tmp_path / 'our reports'}'")
    person = Person.at_the_desk(qtbot, tmp_path)
    page = person.window.start_page
    assert page is not None
    assert Path(page.new._path.text()).parent == tmp_path / "our reports"
    person.leave()


def test_a_form_that_is_dropped_is_offered_and_then_there(
    qtbot: QtBot, tmp_path: Path, delivery: Path
) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    notice = person.window.notice
    assert drop(person.window, delivery) is person.window
    person.until(lambda: "This file brings the form" in notice.words)
    assert notice.words.endswith("It is not signed: nobody can say who made it.")
    assert not paths.own_forms().exists()
    person.key(Qt.Key.Key_Space)
    person.until(lambda: "can be used now" in notice.words)
    assert (paths.own_forms() / "tiny" / "2" / "form.toml").is_file()
    report = start_report(tmp_path / "a.adesk", "tiny", "NO").path
    assert person.desk.open_file(report)
    person.leave()


def test_a_form_the_program_is_opened_with(qtbot: QtBot, tmp_path: Path, delivery: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, delivery)
    person.until(lambda: "This file brings the form" in person.window.notice.words)
    person.leave()


def test_a_form_that_is_not_allowed_is_told(
    qtbot: QtBot, tmp_path: Path, delivery: Path, settle: Callable[[str], None]
) -> None:
    settle("form_keys = []")
    person = Person.at_the_desk(qtbot, tmp_path)
    drop(person.window, delivery)
    page = person.window.start_page
    assert page is not None
    person.until(lambda: page._failure.isVisible())
    assert any("whose forms your IT department allows" in each.text() for each in page.findChildren(Words))
    person.leave()


def test_what_is_wrong_with_the_policy_is_told_in_the_window(
    qtbot: QtBot, tmp_path: Path, settle: Callable[[str], None]
) -> None:
    settle("language = 7")
    person = Person.at_the_desk(qtbot, tmp_path)
    assert "“language” must be one of these: en" in person.window.notice.words
    person.leave()


def test_diagnostics_are_copied(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    choose(person, Step.DIAGNOSTICS)
    person.until(lambda: person.window.notice.words.startswith("Copied"))
    copied = QGuiApplication.clipboard().text()
    assert "[program]" in copied and "Qt: 6" in copied and "[log]" in copied
    person.leave()
