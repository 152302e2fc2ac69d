"""The threads of an open report by place: what is said there, what of it is open, and where the next is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop_app.formdef.model import Section
from desktop_app.report.paths import COMMENT, read_path
from desktop_app.report.report import Report
from desktop_app.report.review import (
    Thread,
    asks_clarification,
    asks_correction,
    threads_of,
    waits,
)

if TYPE_CHECKING:
    from desktop_app.report.drafts import CommentDraft

_Order = tuple[int, int, int, int]

_BEGINNING: _Order = (-1, 0, 0, 0)
_AFTER = 1_000_000
"""Behind whatever the form has at this level: a row in the bin, a place of another form."""


class CommentBook:
    """Counts again only when a comment changed. A report without comments costs nothing."""

    def __init__(self, report: Report) -> None:
        """Of ``report``, as it stands whenever it is asked."""
        self._report = report
        self._threads: tuple[Thread, ...] | None = None
        self._within: Mapping[str, list[Thread]] = {}
        self._of_section: Mapping[str, list[Thread]] = {}
        self._sorted: dict[str, tuple[Thread, ...]] = {}
        self._open_of_section: Mapping[str, int] = {}
        self._corrections: tuple[Thread, ...] = ()
        self._clarifications: tuple[Thread, ...] = ()

    def check_again(self, paths: Iterable[str]) -> None:
        """What stands at ``paths`` is another by now: comments, or rows that are counted in their order."""
        if self._threads is not None and any(is_comment(path) or _is_row(path) for path in paths):
            self._threads = None

    def within(self, path: str) -> tuple[Thread, ...]:
        """The threads about the place at ``path`` and what belongs to it: fields of a row, goals."""
        if not self._report.comments:
            return ()
        self._count()
        return tuple(self._within.get(path, ()))

    def of_section(self, code: str) -> tuple[Thread, ...]:
        """The threads of a section in its own order; those about the whole report stand in the first one."""
        self._count()
        if code not in self._sorted:
            # Only now: nobody looks at most sections between two changes.
            self._sorted[code] = self._in_order(code, self._of_section.get(code, ()))
        return self._sorted[code]

    def open_of_section(self, code: str) -> int:
        """How many of them wait for an answer."""
        if not self._report.comments:
            return 0
        self._count()
        return self._open_of_section.get(code, 0)

    def drafts_of_section(self, code: str) -> list[CommentDraft]:
        """The unfinished comments and answers about what is in a section."""
        if not self._report.drafts:
            return []
        from desktop_app.report.drafts import about_of

        drafts = self._report.drafts.values()
        return [each for each in drafts if self.section_of(about_of(self._report, each)) == code]

    def thread_at(self, path: str) -> Thread | None:
        """The thread with the comment at ``path``, or with what it answers when unfinished; None for none."""
        if not is_comment(path):
            return None
        wanted = path.removeprefix(f"{COMMENT}/")
        if wanted in self._report.drafts:
            wanted = self._report.drafts[wanted].answers or ""
        found = (each for each in threads_of(self._report) if wanted in (each.id, *dict(each.answers)))
        return next(found, None)

    @property
    def needs_correction(self) -> bool:
        """Whether a correction was asked for officially and is not resolved."""
        self._count()
        return bool(self._corrections)

    @property
    def corrections(self) -> tuple[Thread, ...]:
        """The threads in which a correction was asked for officially and that are not resolved."""
        self._count()
        return self._corrections

    @property
    def clarifications(self) -> tuple[Thread, ...]:
        """The threads in which a clarification was asked for officially and that nobody has answered."""
        self._count()
        return self._clarifications

    def section_of(self, about: str) -> str:
        """The code of the section in which comments on ``about`` are shown."""
        place, form = read_path(about), self._report.form
        codes = [code for code in (place.head, place.section) if form.section(code) is not None]
        return codes[0] if codes else form.sections[0].code

    def next_thread(
        self, section: str, path: str | None, is_wanted: Callable[[Thread], bool], shown: str = ""
    ) -> Thread | None:
        """The first wanted thread behind the place, in the order of the report; from its end on from the top.

        ``path`` is that of a thread's place in ``section``; None stands for the section's beginning.
        ``shown``: the id of the thread somebody was led to last; of several on one place, the next follows.
        """
        self._count()
        threads = [thread for code in self._codes() for thread in self.of_section(code)]
        at = next((index for index, thread in enumerate(threads) if thread.id == shown), None)
        if at is not None:
            return next(filter(is_wanted, (*threads[at + 1 :], *threads[: at + 1])), None)
        waiting = list(filter(is_wanted, threads))
        if not waiting:
            return None
        order = _BEGINNING if path is None else self._order(section, path)
        here = (self._codes_of_all().index(section), order)
        behind = (
            thread
            for thread in waiting
            if self.order(thread.first.about) > here and thread.first.about != path
        )
        return next(behind, waiting[0])

    def order(self, about: str) -> tuple[int, tuple[int, int, int, int]]:
        """Where a place stands in the whole report: what compares less stands before it."""
        code = self.section_of(about)
        return self._codes_of_all().index(code), self._order(code, about)

    def _codes_of_all(self) -> list[str]:
        return [section.code for section in self._report.form.walk()]

    def _codes(self) -> list[str]:
        return [code for code in self._codes_of_all() if code in self._of_section]

    def _count(self) -> None:
        if self._threads is not None:
            return
        self._threads = threads_of(self._report)
        within: dict[str, list[Thread]] = {}
        sections: dict[str, list[Thread]] = {}
        known: dict[str, tuple[str, list[str]]] = {}
        of_head: dict[str, str] = {}
        for thread in self._threads:
            about = thread.first.about
            if about not in known:
                # All that has the same beginning is in one section; there are few beginnings.
                head = about.partition("/")[0]
                if head not in of_head:
                    of_head[head] = self.section_of(about)
                known[about] = of_head[head], _with_ancestors(about)
            section, paths = known[about]
            sections.setdefault(section, []).append(thread)
            for path in paths:
                within.setdefault(path, []).append(thread)
        self._within, self._of_section, self._sorted = within, sections, {}
        self._open_of_section = {code: count_open(found) for code, found in sections.items()}
        self._corrections = tuple(filter(asks_correction, self._threads))
        self._clarifications = tuple(filter(asks_clarification, self._threads))

    def _in_order(self, code: str, threads: Sequence[Thread]) -> tuple[Thread, ...]:
        places = {about: self._order(code, about) for about in {thread.first.about for thread in threads}}
        return tuple(sorted(threads, key=lambda thread: places[thread.first.about]))

    def _order(self, code: str, about: str) -> _Order:
        """Where a place stands in its section: the whole first, then questions, then rows."""
        section = self._report.form.section(code)
        place = read_path(about)
        if section is None or about in ("", code):
            return (0, int(about == code), 0, 0)
        questions = [section.field_path(question) for question in section.questions]
        if place.head in questions:
            return (1, questions.index(place.head), _goal_index(section, place.row), 0)
        lists = [entry.path for entry in section.lists]
        if place.head not in lists:
            return (3, 0, 0, 0)
        row_list = self._report.lists[place.head]
        index = row_list.index(place.row) if place.row is not None else -1
        fields = [question.code for question in row_list.definition.row.fields]
        field = fields.index(place.field) + 1 if place.field in fields else 0
        return (2, lists.index(place.head), _AFTER if index is None else index, field)


def is_comment(path: str) -> bool:
    """Whether a review comment stands at ``path``."""
    return path.startswith(f"{COMMENT}/")


def _is_row(path: str) -> bool:
    place = read_path(path)
    return place.row is not None and place.field is None and place.facet is None


def count_open(threads: Iterable[Thread]) -> int:
    """How many of them wait for an answer."""
    return sum(waits(thread) for thread in threads)


def _with_ancestors(about: str) -> list[str]:
    place = read_path(about)
    found = [about]
    if place.field is not None:
        found.append(f"{place.head}/{place.row}")
    if place.row is not None:
        found.append(place.head)
    return found


def _goal_index(section: Section, code: str | None) -> int:
    codes = [goal.code for goal in section.goals]
    return codes.index(code) + 1 if code in codes else 0
