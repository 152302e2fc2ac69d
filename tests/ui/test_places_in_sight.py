"""A place one is led to is in sight, and stays so while the rows around it are made."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.report.paths import row_path
from desktop_app.services.demo import fresh_example
from desktop_app.ui.rich_text.editor import RichTextEdit
from desktop_app.ui.rows.row_column import RowColumn
from tests.support.window_steps import Person


def is_at_rest(person: Person) -> bool:
    """Whether no list makes rows any more."""
    return not any(
        rows._soon.isActive() for rows in person.window.findChildren(RowColumn) if rows.isVisible()
    )


def test_every_action_one_goes_to_stays_in_sight(qtbot: QtBot, tmp_path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, fresh_example(tmp_path))
    person.window.resize(900, 420)
    for _section, row_list, row in list(person.view._session.report.rows())[::2]:
        person.view.show_page("cover")
        person.view.pages.remake_sections()
        person.view.go_to(row_path(row_list.definition.path, row.id, "description"))
        person.until(lambda: is_at_rest(person))
        focus = person.window.focusWidget()
        assert isinstance(focus, RichTextEdit)
        assert not focus.visibleRegion().isEmpty(), f"{row_list.definition.path}, {row.position}"
    person.leave()
