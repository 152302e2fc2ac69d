"""A newer version of the form in the window: offered, shown as a plan, gone over to or not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.runtime import paths
from desktop_app.services.form_upgrade import planned
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import read_report
from desktop_app.ui.menus import Step
from desktop_app.ui.notice import NoticeLine
from desktop_app.ui.pages.unplaced_page import UnplacedPage
from desktop_app.ui.parts import Button, Words
from desktop_app.ui.versions.plan_page import PAGE, PlanPage
from tests.support.form_versions import FIRST, first_file, versioned_library
from tests.support.toml_forms import write_form
from tests.support.window_steps import Person, wait_for_backups


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the forms: version 1 and 2."""
    monkeypatch.setenv("ALLIANCE_DESK_FORMS", str(tmp_path / "forms"))
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))
    versioned_library(tmp_path, "1", "2")
    return tmp_path / "forms" / "tiny"


@pytest.fixture
def path(tmp_path: Path, forms: Path) -> Path:
    return first_file(tmp_path / "albania.adesk", versioned_library(tmp_path, "1", "2"))


def plan_page(person: Person) -> PlanPage:
    """The plan, as soon as it is there."""
    person.qtbot.waitUntil(lambda: isinstance(person.window.lone, PlanPage))
    page = person.window.lone
    assert isinstance(page, PlanPage)
    return page


def words_on(widget: PlanPage | UnplacedPage | NoticeLine) -> str:
    return "\n".join(words.text() for words in widget.findChildren(Words) if words.isVisible())


def buttons(person: Person) -> list[str]:
    """What can be done about the notice."""
    found = [
        each.text().replace("&", "") for each in person.window.notice.findChildren(Button) if each.isVisible()
    ]
    return found if person.window.notice.isVisible() else []


def test_the_plan_is_shown_and_nothing_is_changed_until_it_is_agreed_to(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    before = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert "There is a newer version of the form this report answers: 2." in person.window.notice.words
    person.press("Look at the newer version of the form")
    page = plan_page(person)
    told = words_on(page)
    for part in (
        "From version 1 of the form to version 2",
        "cover, authority → cover, ministry",
        "cover, Old note: Nobody asks · for this (no question asks for it any more)",
        "B, planned, result",
    ):
        assert part in told
    person.press("Not now")
    assert person.window.view is not None
    assert buttons(person) == []
    assert path.read_bytes() == before
    # The menu leads there again.
    person.window.step_chosen.emit(Step.FORM_VERSION)
    plan_page(person)
    person.press("Not now")
    person.leave()


def test_going_over_to_it_reloads_the_report_and_lists_what_is_left(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    person.press("Look at the newer version of the form")
    plan_page(person)
    person.press("Go over to it")
    qtbot.waitUntil(lambda: person.window.view is not None)
    assert "answers version 2 of the form now. A backup from before it" in person.window.notice.words
    assert "5 texts have no place" in person.window.notice.words
    assert buttons(person) == []
    person.press("Unplaced text")
    assert person.window.view is not None
    page = person.window.view.pages.page
    assert isinstance(page, UnplacedPage)
    assert "A law was passed" in words_on(page)
    assert not person.window.header.read_only.isVisible()
    person.window.step_chosen.emit(Step.FORM_VERSION)
    assert "answers version 2 of its form. There is no newer one here" in person.window.notice.words
    person.leave()
    assert read_report(path).form.version == "2"
    assert len(list((tmp_path / "backups").rglob("*.adesk"))) >= 1


def test_without_its_own_version_a_report_is_read_only_until_it_is_gone_over(
    qtbot: QtBot, tmp_path: Path, path: Path, forms: Path
) -> None:
    shutil.rmtree(forms / "1")
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert person.window.header.read_only.isVisible()
    assert "made with version 1 of its form, which is not here" in person.window.notice.words
    person.press("Look at what can be done")
    plan_page(person)
    person.press("Not now")
    assert buttons(person) == ["Look at what can be done …"]
    person.press("Look at what can be done")
    plan_page(person)
    person.press("Go over to it")
    qtbot.waitUntil(lambda: person.window.view is not None)
    assert not person.window.header.read_only.isVisible()
    person.leave()


def test_a_form_edited_under_the_same_version(qtbot: QtBot, tmp_path: Path, path: Path, forms: Path) -> None:
    shutil.rmtree(forms / "2")
    write_form(tmp_path / "forms", FIRST.replace('code = "old_note"', 'code = "new_note"'))
    person = Person.at_the_desk(qtbot, tmp_path, path)
    assert "no place in its form" in person.window.notice.words
    person.press("Look at what can be done")
    assert "Version 1 of the form, as it is now" in words_on(plan_page(person))
    person.press("Bring it in line")
    qtbot.waitUntil(lambda: person.window.view is not None)
    assert not person.window.header.read_only.isVisible()
    person.leave()
    assert not read_report(path).is_displaced


def test_a_backup_that_cannot_be_made_keeps_the_report_as_it_is(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    before = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    opened = person.desk._keeper.opened
    assert opened is not None
    assert opened.integrity.result(20) == []
    person.press("Look at the newer version of the form")
    page = plan_page(person)
    # The report was closed for it: its last backup may be on its way into the very folder.
    wait_for_backups()
    backups = tmp_path / "backups"
    shutil.rmtree(backups)
    backups.write_text("in the way")
    person.press("Go over to it")
    qtbot.waitUntil(lambda: "No backup of “albania.adesk” was made" in words_on(page))
    person.press("Not now")
    assert person.window.view is not None
    person.leave()
    assert path.read_bytes() == before


def test_a_form_that_is_missing_is_named(qtbot: QtBot, tmp_path: Path, path: Path, forms: Path) -> None:
    shutil.rmtree(forms)
    person = Person.at_the_desk(qtbot, tmp_path, path)
    start = person.window.start_page
    assert start is not None
    told = "\n".join(words.text() for words in start.findChildren(Words) if words.isVisible())
    assert "answers the form “tiny”, version “1”, which this program does not have" in told
    assert str(paths.data_folder() / "forms") in told
    person.leave()


def test_a_long_plan_comes_in_pages(qtbot: QtBot, tmp_path: Path, forms: Path) -> None:
    library = versioned_library(tmp_path, "1", "2")
    path = first_file(tmp_path / "long.adesk", library)
    opened = open_report(path, library)
    count = PAGE + 20
    opened.session.add_rows("A.done", [{"what": Text.plain(f"Done {n}")} for n in range(count)])
    opened.close()
    page = PlanPage(planned(path, library))
    qtbot.addWidget(page)
    page.resize(900, 700)
    with qtbot.waitExposed(page):
        page.show()

    def shown() -> int:
        return sum("the list no longer exists" in words.text() for words in page.findChildren(Words))

    before = shown()
    assert before < count
    more = next(
        each for each in page.findChildren(Button) if each.text().startswith("Show ") and each.isVisible()
    )
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert shown() == count + 1
    assert not more.isVisible()
