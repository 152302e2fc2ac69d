"""A section of many rows, shown for the first time: the work a person waits for is done once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.reports import start_report
from desktop_app.ui.rows.row_view import RowView
from tests.support.window_steps import Person


class _Widths(QObject):
    """Hears in which widths each row was laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.of_row: dict[str, list[int]] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, RowView):
            self.of_row.setdefault(watched.row_id, []).append(watched.width())
        return False


def test_rows_are_laid_out_in_one_width(qtbot: QtBot, tmp_path: Path) -> None:
    """Not in that before the scroll bar came, and not those below what can be seen."""
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    person = Person.at_the_desk(qtbot, tmp_path, path)
    words = [{"description": Text.plain(f"Action {n}")} for n in range(300)]
    lists = ("T2.undertaken", "T2.planned")
    rows = {path: person.view._session.add_rows(path, words) for path in lists}
    widths, application = _Widths(), QApplication.instance()
    assert application is not None
    application.installEventFilter(widths)
    person.view.show_page("T2")
    person.until(lambda: rows["T2.undertaken"][0] in widths.of_row)
    application.removeEventFilter(widths)
    assert len({width for of_row in widths.of_row.values() for width in of_row}) == 1
    assert len(set(rows["T2.planned"]) & set(widths.of_row)) <= 2
    person.leave()
