"""The problems of one report, kept up to date while it is edited.

Only what a change can affect is checked again: the row, its list and its section; everything when
a rule of the form looks at the changed answer from afar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from desktop_app.formdef.expressions import Expression
from desktop_app.formdef.model import GOALS_CODE, Form, Level, Section
from desktop_app.report.paths import UNPLACED, read_path
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report
from desktop_app.report.validation import check_list, check_row, check_section, check_whole

_Key = tuple[str, str]


class ProblemBook:
    """Problems by place, for one open report."""

    def __init__(self, report: Report) -> None:
        """Check everything once."""
        self._report = report
        self._found: dict[_Key, list[Problem]] = {}
        self._watched = frozenset(_watched_answers(report.form))
        self.check_all()

    def problems(self) -> list[Problem]:
        """All problems in the working order."""
        return list(self._walk())

    def counts(self) -> Counter[Level]:
        """How many problems there are of each level."""
        return Counter(problem.level for found in self._found.values() for problem in found)

    def of_section(self, code: str) -> list[Problem]:
        """The problems of one section, its lists and rows."""
        section = self._report.form.section(code)
        return list(self._walk_section(section)) if section else []

    def of_row(self, row_id: str) -> list[Problem]:
        """The problems of one row."""
        return self._found.get(("row", row_id), [])

    def at(self, path: str) -> list[Problem]:
        """The problems that belong to exactly this path."""
        place = read_path(path)
        section = self._report.form.section(place.section)
        candidates: Iterable[Problem]
        if place.row is not None:
            candidates = self._found.get(("row", place.row), [])
        else:
            candidates = self._walk_section(section) if section else self._found.get(("whole", ""), [])
        return [problem for problem in candidates if problem.path == path]

    def check_all(self) -> None:
        """Check the whole report again."""
        self._found.clear()
        self._found["whole", ""] = list(check_whole(self._report))
        for section in self._report.form.walk():
            self._check_section(section, rows=True)

    def check_again(self, paths: Iterable[str]) -> None:
        """Check again what changes at ``paths`` can affect."""
        places = {read_path(path) for path in paths}
        if any(not place.head or place.subject in self._watched for place in places):
            self.check_all()
            return
        sections: dict[str, bool] = {}
        rows: set[tuple[str, str]] = set()
        for place in places:
            if place.head == UNPLACED:
                self._found["whole", ""] = list(check_whole(self._report))
                continue
            affects_rows = place.row is None and place.subject.endswith(f".{GOALS_CODE}")
            sections[place.section] = sections.get(place.section, False) or affects_rows
            if place.row is not None:
                rows.add((place.head, place.row))
        for code, with_rows in sections.items():
            section = self._report.form.section(code)
            if section is not None:
                self._check_section(section, rows=with_rows)
        for list_path, row_id in rows:
            self._check_row(list_path, row_id)

    def _check_section(self, section: Section, *, rows: bool) -> None:
        self._found["section", section.code] = list(check_section(self._report, section))
        for entry in section.lists:
            row_list = self._report.lists[entry.path]
            self._found["list", entry.path] = list(check_list(self._report, section, row_list))
            if rows:
                for row in row_list.rows:
                    self._check_row(entry.path, row.id)

    def _check_row(self, list_path: str, row_id: str) -> None:
        found = self._report.form.list_at(list_path)
        row = self._report.lists[list_path].row(row_id) if found else None
        if found is None or row is None:
            self._found.pop(("row", row_id), None)
            return
        self._found["row", row_id] = list(
            check_row(self._report, found[0], self._report.lists[list_path], row)
        )

    def _walk(self) -> Iterator[Problem]:
        yield from self._found.get(("whole", ""), [])
        for section in self._report.form.walk():
            yield from self._walk_section(section)

    def _walk_section(self, section: Section) -> Iterator[Problem]:
        yield from self._found.get(("section", section.code), [])
        for entry in section.lists:
            yield from self._found.get(("list", entry.path), [])
            for row in self._report.lists[entry.path].rows:
                yield from self._found.get(("row", row.id), [])


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
