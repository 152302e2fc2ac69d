"""Where in the report it is now what a workbook that came back names: rows may be gone, codes have moved."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.exchange.workbook.review_entries import WHOLE_REPORT
from desktop_app.formdef.model import GOALS_CODE, FieldType
from desktop_app.report.moved_rows import where_it_is
from desktop_app.report.paths import KEPT_BY_ID, read_path
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.versions.comments import moved_about
from desktop_app.report.versions.lineage import Lineage, Moves
from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the report. ``is_exact``: it is the very one that was named, not one around it."""

    path: str
    is_exact: bool


class Places:
    """Finds the places of one workbook in one report."""

    def __init__(self, report: Report, lineage: Lineage | None) -> None:
        """``lineage``: from the workbook's version of the form to the report's; None for one."""
        self.report = report
        self._origin = lineage.origin if lineage is not None else None
        self.moves = Moves(lineage) if lineage is not None else None

    def find(self, key: str | None) -> Found:
        """The place that ``key`` names, or the nearest around it; the whole report for what nobody knows.

        A row that was moved into another list since is found there.
        """
        if not key or key == WHOLE_REPORT:
            return Found("", is_exact=key == WHOLE_REPORT)
        moved = self._whole_series(self.moved(key))
        moved = self._followed(moved)
        if moved and self.is_there(moved):
            is_exact = read_path(moved).row is not None or read_path(key).row is None
            return Found(moved, is_exact or self._whole_series(key) != key)
        return Found(self._around(moved or key), is_exact=False)

    def row_type(self, list_path: str) -> str | None:
        """The code of the type of the rows that the list had in the workbook's version of the form."""
        found = (self._origin or self.report.form).list_at(list_path)
        return found[1].row.code if found is not None else None

    def _followed(self, path: str) -> str:
        """Where the row that the path names was moved to; the path itself where it was not."""
        place = read_path(path)
        row_list = self.report.lists.get(place.head)
        if row_list is None or place.row is None or place.row not in row_list.bin:
            return path
        found = where_it_is(self.report, place.head, place.row)
        return found + path[len(f"{place.head}/{place.row}") :] if found else path

    def _whole_series(self, path: str) -> str:
        """A year of a series is the series itself."""
        place = read_path(path)
        found = self.report.form.field_at(place.head) if place.row and place.row.isdecimal() else None
        is_series = found is not None and found[1].type is FieldType.YEAR_SERIES
        return place.head if is_series else path

    def moved_option(self, choices: str, code: str) -> str:
        """The code that an option of a choice list, or a goal, has now."""
        if self.moves is None:
            return code
        return self.moves.goal(code) if choices == GOALS_CODE else self.moves.choice(choices, code)

    def moved(self, key: str) -> str:
        """Where the report's version of the form has what ``key`` names."""
        if self.moves is None:
            return key
        return moved_about(key, self.report.form, self.moves, self.row_type(read_path(key).head))

    def is_there(self, path: str) -> bool:
        """Whether the report has the goal, row, field, list or section at ``path``; the bin counts."""
        place, report = read_path(path), self.report
        if place.kind in KEPT_BY_ID:
            return report.plain(path) is not None
        if report.form.section(path) is not None:
            return True
        row_list = report.lists.get(place.head)
        if row_list is not None:
            if place.row is None:
                return True
            has_field = place.field is None or self._has(path)
            return row_list.find(place.row) is not None and has_field
        found = report.form.field_at(place.head)
        if found is None:
            return False
        return place.row is None or place.row in {goal.code for goal in found[0].goals}

    def _has(self, path: str) -> bool:
        try:
            self.report.question(path)
        except UnknownPlaceError:
            return False
        return True

    def _around(self, path: str) -> str:
        place = read_path(path)
        nearest = (place.subject, f"{place.head}/{place.row}", place.head, place.section)
        return next((each for each in nearest if each and self.is_there(each)), "")


def not_there(where: str) -> str:
    """What is said of a comment on something that the report does not have."""
    return _("{place}: what this was about is not in the report. It stands here instead.").format(place=where)
