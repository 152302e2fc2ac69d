"""The problems of one report, kept up to date while it is edited.

Only what a change can affect is checked again: the row, its list and its section; everything when
a rule of the form looks at the changed answer from afar. What was found is kept in order, so that
asking for it after every key costs nothing in a long report either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from desktop_app.formdef.expressions import Expression
from desktop_app.formdef.model import GOALS_CODE, Form, Level, Section
from desktop_app.report.paths import UNPLACED, Place, PlaceKind, read_path
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.report.validation import check_list, check_rows, check_section, check_whole


class ProblemBook:
    """Problems by place, for one open report."""

    def __init__(self, report: Report) -> None:
        """Check everything once."""
        self._report = report
        self._watched = frozenset(_watched_answers(report.form))
        self._whole: list[Problem] = []
        # By the code of a section, the path of a list and the id of a row; only where there are any.
        self._own: dict[str, list[Problem]] = {}
        self._of_lists: dict[str, list[Problem]] = {}
        self._of_rows: dict[str, list[Problem]] = {}
        # What was put in order since the last difference: by section, and all together.
        self._in_section: dict[str, list[Problem]] = {}
        self._all: list[Problem] | None = None
        self._counts: Counter[Level] = Counter()
        self.check_all()

    def problems(self) -> list[Problem]:
        """All problems in the working order."""
        return list(self._in_order())

    def counts(self) -> Counter[Level]:
        """How many problems there are of each level."""
        self._in_order()
        return self._counts.copy()

    def of_section(self, code: str) -> list[Problem]:
        """The problems of one section, its lists and rows."""
        section = self._report.form.section(code)
        if section is None:
            return []
        placed_here = [problem for problem in self._whole if read_path(problem.path).section == code]
        return [*placed_here, *self._section_in_order(section)]

    def of_row(self, row_id: str) -> list[Problem]:
        """The problems of one row."""
        return list(self._of_rows.get(row_id, ()))

    def at(self, path: str) -> list[Problem]:
        """The problems that belong to exactly this path."""
        place = read_path(path)
        if place.row is not None and place.head != UNPLACED:
            candidates = self._of_rows.get(place.row, [])
        else:
            section = self._report.form.section(place.head) or self._report.form.section(place.section)
            own = self._own.get(section.code, []) if section is not None else []
            candidates = [*self._whole, *own, *self._of_lists.get(place.head, [])]
        return [problem for problem in candidates if problem.path == path]

    def check_all(self) -> None:
        """Check the whole report again."""
        self._of_rows.clear()
        self._forget_order()
        self._check_whole()
        for section in self._report.form.walk():
            self._check_section(section, rows=True)

    def check_again(self, paths: Iterable[str]) -> None:
        """Check again what changes at ``paths`` can affect."""
        places = {read_path(path) for path in paths}
        if any(not place.head or place.subject in self._watched for place in places):
            self.check_all()
            return
        # By the code of the section: whether all its rows are affected.
        sections: dict[str, bool] = {}
        for place in places:
            if place.head == UNPLACED:
                self._check_whole()
            else:
                sections[place.section] = sections.get(place.section, False) or _is_choice_of_goals(place)
        for code, with_rows in sections.items():
            section = self._report.form.section(code)
            if section is not None:
                self._check_section(section, rows=with_rows)
        for place in places:
            if place.row is not None and place.head != UNPLACED:
                self._check_row(place.head, place.row)
                if place.kind is PlaceKind.ROW:
                    # It may stand elsewhere now.
                    self._forget_order(place.section)

    def _check_whole(self) -> None:
        self._whole = list(check_whole(self._report))
        self._forget_order("")

    def _check_section(self, section: Section, *, rows: bool) -> None:
        self._put(self._own, section.code, check_section(self._report, section), section.code)
        for entry in section.lists:
            row_list = self._report.lists[entry.path]
            self._put(self._of_lists, entry.path, check_list(self._report, row_list), section.code)
            wanted = row_list.rows if rows else ()
            for row, found in check_rows(self._report, section, row_list, wanted):
                self._put(self._of_rows, row.id, found, section.code)

    def _check_row(self, list_path: str, row_id: str) -> None:
        found = self._report.form.list_at(list_path)
        if found is None:
            return
        section, row_list = found[0], self._report.lists[list_path]
        row = row_list.row(row_id)
        wanted = [row] if row is not None else []
        problems = [
            problem
            for _row, found in check_rows(self._report, section, row_list, wanted)
            for problem in found
        ]
        self._put(self._of_rows, row_id, problems, section.code)

    def _put(self, kept: dict[str, list[Problem]], key: str, found: Iterable[Problem], section: str) -> None:
        problems = list(found)
        if problems == kept.get(key, []):
            return
        self._forget_order(section)
        if problems:
            kept[key] = problems
        else:
            del kept[key]

    # The order

    def _forget_order(self, section: str | None = None) -> None:
        """Something is different in the section with this code, or everywhere."""
        self._all = None
        if section is None:
            self._in_section.clear()
        else:
            self._in_section.pop(section, None)

    def _in_order(self) -> list[Problem]:
        if self._all is None:
            self._all = list(self._whole)
            for section in self._report.form.walk():
                self._all.extend(self._section_in_order(section))
            self._counts = Counter(problem.level for problem in self._all)
        return self._all

    def _section_in_order(self, section: Section) -> list[Problem]:
        if section.code not in self._in_section:
            self._in_section[section.code] = list(self._walk_section(section))
        return self._in_section[section.code]

    def _walk_section(self, section: Section) -> Iterator[Problem]:
        yield from self._own.get(section.code, ())
        for entry in section.lists:
            yield from self._of_lists.get(entry.path, ())
            for row in self._report.lists[entry.path].rows:
                yield from self._of_rows.get(row.id, ())


def _is_choice_of_goals(place: Place) -> bool:
    return place.row is None and place.subject == f"{place.section}.{GOALS_CODE}"


def _watched_answers(form: Form) -> Iterator[str]:
    for expression in _expressions(form):
        yield from expression.answers


def _expressions(form: Form) -> Iterator[Expression]:
    for check in form.checks:
        yield check.when
    fields = [question for row_type in form.row_types.values() for question in row_type.fields]
    for row_type in form.row_types.values():
        for check in row_type.checks:
            yield check.when
    for section in form.walk():
        fields.extend(section.fields)
        for check in section.checks:
            yield check.when
    for question in fields:
        if question.relevant is not None:
            yield question.relevant
