"""An old report that does not say what it is: asked for in the window, before a place for its file is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.services.demo import fresh_example
from desktop_app.services.reports import read_report
from desktop_app.ui.pages.untold_page import UntoldPage
from desktop_app.ui.parts import Tone, Words
from desktop_app.ui.untold_documents import UNTOLD_PAGE
from tests.support.window_steps import Person

SHOPPING = "Shopping list\n\n* milk\n* bread\n"
NO_COUNTRY = """# Actions of our ministry

## Policy target No. 1

Actions ALREADY UNDERTAKEN

* A unit was set up.
"""


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    one = Person.at_the_desk(qtbot, tmp_path)
    yield one
    one.leave()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "old.md"
    path.write_text(SHOPPING, encoding="utf-8")
    return path


def shown_page(person: Person) -> UntoldPage:
    found: list[UntoldPage] = []

    def is_there() -> bool:
        view = person.window.view
        page = view.pages.page if view is not None else person.window.lone
        found[:] = [page] if isinstance(page, UntoldPage) else []
        return bool(found)

    person.until(is_there)
    return found[0]


def words_on(page: UntoldPage) -> str:
    return "\n".join(words.text() for words in page.findChildren(Words) if words.isVisible())


def test_an_unknown_document_is_asked_about_before_any_place_is(person: Person, document: Path) -> None:
    person.desk._beginnings.look_at(document)
    page = shown_page(person)
    person.until(lambda: "is no report that this program knows" in words_on(page))
    assert "command line" not in words_on(page)
    assert person.window.focusWidget() is page.form.focus_target()


def test_a_form_that_it_cannot_be_is_refused_there(person: Person, document: Path) -> None:
    person.desk._beginnings.look_at(document)
    page = shown_page(person)
    person.press("Bring it in")
    assert "Choose a form first." in words_on(page)
    page.form.show_value("ga-commitments")
    page.form.value_edited.emit()
    person.press("Bring it in")
    person.until(lambda: "has none of the headings of the form" in words_on(page))


def test_country_and_form_are_chosen_and_the_report_comes_in(
    person: Person, document: Path, tmp_path: Path
) -> None:
    document.write_text(NO_COUNTRY, encoding="utf-8")
    person.desk._beginnings.look_at(document)
    page = shown_page(person)
    page.form.show_value("ga-commitments")
    page.form.value_edited.emit()
    person.press("Bring it in")
    person.until(lambda: "names no country" in words_on(page))
    assert page.form.value() == "ga-commitments"
    assert person.window.focusWidget() is page.country.focus_target()
    person.type("Nowhere")
    person.press("Bring it in")
    assert "Choose the country from the list" in words_on(page)
    page.country.show_value("NO")
    target = tmp_path / "new.adesk"
    person.choose_in_dialog(target)
    person.press("Bring it in")
    person.until(lambda: person.window.view is not None)
    assert "1 entry brought in" in person.window.notice.words
    assert "The document has nothing for" in person.window.notice.words
    person.desk._keeper.close()
    assert read_report(target).country == "NO"


def test_another_form_has_other_countries_and_the_one_chosen_stays_where_it_can(
    person: Person, document: Path
) -> None:
    person.desk._beginnings.look_at(document)
    page = shown_page(person)
    for form in ("ga-commitments", "mnr"):
        page.form.show_value(form)
        page.form.value_edited.emit()
        page.country.show_value("NO")
    page.form.show_value("ga-commitments")
    page.form.value_edited.emit()
    assert page.country.value() == "NO"


def test_beside_a_report_it_is_a_page_of_it_and_esc_leads_back(
    qtbot: QtBot, tmp_path: Path, document: Path
) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    person.view.show_page("T2")
    for _time in range(2):
        person.desk._beginnings.look_at(document)
        page = shown_page(person)
        person.until(lambda page=page: "is no report" in words_on(page))  # type: ignore[misc]
        assert person.view.pages.shown == UNTOLD_PAGE
        person.key(Qt.Key.Key_Escape)
        assert person.view.pages.shown == "T2"
    person.leave()


def test_alone_the_way_back_is_to_the_first_page(person: Person, document: Path) -> None:
    person.desk._beginnings.look_at(document)
    shown_page(person)
    person.press("Back")
    assert person.window.start_page is not None


def test_what_is_no_document_at_all_is_refused_where_one_is(person: Person, tmp_path: Path) -> None:
    person.desk._beginnings.look_at(tmp_path / "gone.md")
    start = person.window.start_page
    assert start is not None
    person.find(Words, "There is no document", start)


def test_an_old_report_dropped_where_none_is_open_is_brought_in(person: Person, document: Path) -> None:
    person.hand_in(document)
    assert "is no report that this program knows" in words_on(shown_page(person))


def test_good_news_of_an_import_looks_like_good_news(person: Person, tmp_path: Path) -> None:
    whole = Path(__file__).parents[1] / "data" / "albania-2013.md"
    person.desk._beginnings.bring_in(whole, tmp_path / "albania.adesk")
    person.until(lambda: "entries brought in" in person.window.notice.words)
    assert person.window.notice._tone is Tone.SUCCESS
