"""The problems of one report, kept up to date while it is edited.

Only what a change can affect is checked again: the row, its list and its section; everything when
a rule of the form looks at the changed answer from afar. What was found is kept in order, so that
asking for it after every key costs nothing in a long report either.

Nothing is checked before somebody asks. Who asks for a place, a row or a section has that checked, who
asks for all problems has all; a window has the rest checked with ``check_on``, a little at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from desktop_app.formdef.expressions import Expression
from desktop_app.formdef.model import GOALS_CODE, Form, Level, Section
from desktop_app.report.paths import UNPLACED, Place, PlaceKind, read_path
from desktop_app.report.problems import FILE_LOST, Problem
from desktop_app.report.report import Report, RowList
from desktop_app.runtime.dataclass import dataclass

ROWS_AT_ONCE = 50
"""Rows that are checked in one step: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class _InOrder:
    """Problems in the working order, all together and by their level."""

    problems: list[Problem]
    of_level: Mapping[Level, list[Problem]]

    @staticmethod
    def of(first: list[Problem], others: Iterable[_InOrder] = ()) -> _InOrder:
        """``first``, and behind them what is in order already: that is not looked at one by one."""
        problems = list(first)
        of_level = {level: [each for each in first if each.level is level] for level in Level}
        for other in others:
            problems += other.problems
            for level, found in of_level.items():
                found += other.of_level[level]
        return _InOrder(problems, of_level)


class ProblemBook:
    """Problems by place, for one open report."""

    def __init__(self, report: Report) -> None:
        """Nothing is checked yet."""
        self._report = report
        self._watched: frozenset[str] | None = None
        self._whole: list[Problem] = []
        # By the code of a section, the path of a list and the id of a row; only where there are any.
        self._own: dict[str, list[Problem]] = {}
        self._of_lists: dict[str, list[Problem]] = {}
        self._of_rows: dict[str, list[Problem]] = {}
        # What is still to be checked: the report as a whole, sections with their lists by code, and rows
        # by the path of their list.
        self._is_whole_due = True
        self._due: set[str] = set()
        self._due_rows: dict[str, dict[str, None]] = {}
        # What was put in order since the last difference: by section, and all together; and of each level.
        self._in_section: dict[str, _InOrder] = {}
        self._all: _InOrder | None = None
        self.check_all()

    def problems(self) -> list[Problem]:
        """All problems in the working order."""
        return list(self._in_order().problems)

    def of_level(self, level: Level) -> list[Problem]:
        """The problems of one level in the working order; in a long report most are of another."""
        return list(self._in_order().of_level[level])

    def counts(self) -> Counter[Level]:
        """How many problems there are of each level."""
        return Counter({level: len(found) for level, found in self._in_order().of_level.items()})

    def of_section(self, code: str, level: Level | None = None) -> list[Problem]:
        """The problems of one section, its lists and rows; of one level, or of all."""
        section = self._report.form.section(code)
        if section is None:
            return []
        for _step in self._check_section(section):
            pass
        placed_here = [
            problem
            for problem in self._known_whole()
            if level in (None, problem.level) and read_path(problem.path).section == code
        ]
        found = self._section_in_order(section)
        return [*placed_here, *(found.problems if level is None else found.of_level[level])]

    def of_row(self, row_id: str) -> list[Problem]:
        """The problems of one row."""
        for list_path, due in self._due_rows.items():
            if row_id in due:
                self._check_rows(list_path, (row_id,))
                break
        return list(self._of_rows.get(row_id, ()))

    def at(self, path: str) -> list[Problem]:
        """The problems that belong to exactly this path."""
        place = read_path(path)
        if place.row is not None and place.head != UNPLACED:
            candidates = self.of_row(place.row)
        else:
            section = self._report.form.section(place.head) or self._report.form.section(place.section)
            own: list[Problem] = []
            if section is not None:
                self._check_own(section)
                own = self._own.get(section.code, [])
            candidates = [*self._known_whole(), *own, *self._of_lists.get(place.head, [])]
        return [problem for problem in candidates if problem.path == path]

    # What is known, and what is still to be checked

    @property
    def is_complete(self) -> bool:
        """Whether all is checked, so that asking for all problems takes no time."""
        return not (self._is_whole_due or self._due or self._due_rows)

    def is_checked(self, code: str) -> bool:
        """Whether the section with this code is checked with its lists and rows."""
        section = self._report.form.section(code)
        return section is None or not (
            self._is_whole_due
            or code in self._due
            or any(entry.path in self._due_rows for entry in section.lists)
        )

    def check_on(self, first: str = "") -> Iterator[None]:
        """Check what is not known yet, a little at each step: section ``first``, then the others.

        The report may be edited between two steps. It ends when all is known.
        """
        begin = self._report.form.section(first)
        while not self.is_complete:
            self._known_whole()
            if begin is not None:
                yield from self._check_section(begin)
            for section in self._report.form.walk():
                yield from self._check_section(section)

    def check_all(self) -> None:
        """The whole report is to be checked again."""
        self._is_whole_due = True
        for section in self._report.form.walk():
            self._expect(section, rows=True)

    def check_again(self, paths: Iterable[str]) -> None:
        """What changes at ``paths`` can affect is to be checked again."""
        places = [read_path(path) for path in paths]
        if self._report.lost or any(problem.code == FILE_LOST for problem in self._whole):
            self._is_whole_due = True
        watched = self._watched_answers()
        if any(not place.head or (place.row is None and place.head in watched) for place in places):
            self.check_all()
        # By the code of the section: whether all its rows are affected.
        sections: dict[str, bool] = {}
        for head in dict.fromkeys(place.head for place in places):
            if head == UNPLACED:
                self._is_whole_due = True
            else:
                sections[Place(head).section] = False
        for place in places:
            if _is_choice_of_goals(place):
                sections[place.section] = True
        for code, with_rows in sections.items():
            section = self._report.form.section(code)
            if section is not None:
                self._expect(section, rows=with_rows)
        moved: set[str] = set()
        for place in places:
            if place.row is not None and place.head in self._report.lists:
                self._due_rows.setdefault(place.head, {})[place.row] = None
                if place.field is None and place.kind is PlaceKind.ROW:
                    # It may stand elsewhere now.
                    moved.add(place.section)
        for code in moved:
            self._forget_order(code)

    def _watched_answers(self) -> frozenset[str]:
        if self._watched is None:
            self._watched = frozenset(_watched_answers(self._report.form))
        return self._watched

    def _expect(self, section: Section, *, rows: bool) -> None:
        """The section is to be checked again, with or without its rows."""
        self._due.add(section.code)
        for entry in section.lists if rows else ():
            ids = dict.fromkeys(row.id for row in self._report.lists[entry.path].rows)
            if ids:
                # Rows that are not there any more may be due as well.
                self._due_rows[entry.path] = ids | self._due_rows.get(entry.path, {})

    # Checking

    def _known_whole(self) -> list[Problem]:
        from desktop_app.report.validation import check_whole

        if self._is_whole_due:
            self._is_whole_due = False
            found = list(check_whole(self._report))
            if found != self._whole:
                self._whole = found
                self._forget_order("")
        return self._whole

    def _check_section(self, section: Section) -> Iterator[None]:
        """What is due of it, in steps."""
        if section.code in self._due:
            self._check_own(section)
            yield
        for entry in section.lists:
            while due := self._due_rows.get(entry.path):
                self._check_rows(entry.path, tuple(islice(due, ROWS_AT_ONCE)))
                yield

    def _check_own(self, section: Section) -> None:
        """The section and its lists, without the rows."""
        from desktop_app.report.validation import check_list, check_section

        if section.code not in self._due:
            return
        self._due.discard(section.code)
        self._put(self._own, section.code, check_section(self._report, section), section.code)
        for entry in section.lists:
            found = check_list(self._report, self._report.lists[entry.path])
            self._put(self._of_lists, entry.path, found, section.code)

    def _check_rows(self, list_path: str, row_ids: Iterable[str]) -> None:
        from desktop_app.report.validation import check_rows

        found = self._report.form.list_at(list_path)
        assert found is not None
        section, row_list = found[0], self._report.lists[list_path]
        self._take_off(row_list, row_ids)
        rows = filter(None, map(row_list.row, row_ids))
        there = {row.id: problems for row, problems in check_rows(self._report, section, row_list, rows)}
        for row_id in row_ids:
            self._put(self._of_rows, row_id, there.get(row_id, ()), section.code)

    def _take_off(self, row_list: RowList, row_ids: Iterable[str]) -> None:
        due = self._due_rows[row_list.definition.path]
        for row_id in row_ids:
            del due[row_id]
        if not due:
            del self._due_rows[row_list.definition.path]

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

    def _in_order(self) -> _InOrder:
        for _step in self.check_on():
            pass
        if self._all is None:
            sections = [self._section_in_order(section) for section in self._report.form.walk()]
            self._all = _InOrder.of(self._whole, sections)
        return self._all

    def _section_in_order(self, section: Section) -> _InOrder:
        if section.code not in self._in_section:
            self._in_section[section.code] = _InOrder.of(list(self._walk_section(section)))
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
