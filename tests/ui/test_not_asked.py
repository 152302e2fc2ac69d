"""An answer that is no longer asked for is kept, shown, left out of the package, and all of it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app import cli
from desktop_app.report.changes import Change
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library
from desktop_app.ui.parts import Words
from tests.support.report_files import make_file
from tests.support.toml_forms import report_of, write_form
from tests.support.window_steps import Person

FORM = """
[row.action]
[[row.action.field]]
code = "what"
type = "text"
presentation = "lead"
[[row.action.field]]
code = "costs"
type = "text"
relevant = "answer('cover.funded') == True"
[list.planned]
row = "action"
[[section]]
code = "cover"
[[section.field]]
code = "funded"
type = "yes_no"
[[section.field]]
code = "by_whom"
type = "text"
relevant = "funded == True"
[[section]]
code = "A"
lists = ["planned"]
[[section.field]]
code = "budget"
type = "text"
relevant = "answer('cover.funded') == True"
"""

ROW = "00000000-0000-4000-8000-000000000001"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report whose answers hang on one yes or no."""
    monkeypatch.setenv("ALLIANCE_DESK_FORMS", str(tmp_path / "forms"))
    write_form(tmp_path / "forms", FORM)
    report = report_of(form_library().form("tiny"))
    for place, plain in {
        "cover.funded": True,
        "cover.by_whom": "The ministry of finance",
        "A.budget": "Much money",
        f"A.planned/{ROW}": {"position": 1024},
        f"A.planned/{ROW}/what": "Train",
        f"A.planned/{ROW}/costs": "Some money",
    }.items():
        report.apply(Change(place, None, plain))
    return make_file(tmp_path / "albania.adesk", report)


def test_the_window_tells_of_answers_elsewhere_and_shows_the_one_in_sight(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    person.press("No")
    qtbot.waitUntil(lambda: "no longer asked for" in person.window.notice.words)
    assert person.window.notice.words.startswith("2 answers are no longer asked for. They are kept")
    assert person.window.view is not None
    page = person.window.view.pages.page
    assert page is not None
    told = "This is no longer asked. The answer is kept, but it does not go into the package."
    assert told in [words.text() for words in page.findChildren(Words) if words.isVisible()]
    person.window.notice.hide()
    person.press("Yes")
    strip = person.window.view.problems
    qtbot.waitUntil(lambda: told not in [words.text() for words in page.findChildren(Words)])
    qtbot.waitUntil(lambda: "hint" not in strip.findChildren(QAbstractButton)[0].text())
    assert not person.window.notice.isVisible()
    person.leave()


def test_a_single_answer_is_named(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    opened = open_report(path, form_library())
    opened.session.set_value("A.budget", None)
    opened.close()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    person.press("No")
    qtbot.waitUntil(lambda: "“A, planned 1, costs” is no longer asked." in person.window.notice.words)
    person.leave()


def test_it_is_kept_in_the_file_and_left_out_of_the_package(
    tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = open_report(path, form_library())
    opened.session.set_value("cover.funded", False)
    assert opened.session.report.answers["A.budget"] == Text.plain("Much money")
    opened.close()
    assert cli.main(["show", str(path), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["answers"]["A.budget"] == "Much money"
    assert shown["lists"]["A.planned"]["rows"][0]["values"]["costs"] == "Some money"
    assert cli.main(["check", str(path), "--json"]) == 0
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {each["path"] for each in problems if each["code"] == "not_asked"} == {
        "cover.by_whom",
        "A.budget",
        f"A.planned/{ROW}/costs",
    }
    assert cli.main(["export", str(path), "--to", str(tmp_path / "out"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert any(notice.startswith("3 answers were left out") for notice in told["notices"])
    assert cli.main(["import", str(tmp_path / "again.adesk"), told["package"]]) == 0
    capsys.readouterr()
    assert cli.main(["show", str(tmp_path / "again.adesk"), "--json"]) == 0
    assert "A.budget" not in json.loads(capsys.readouterr().out)["answers"]
