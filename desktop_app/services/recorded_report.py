"""A report in memory whose every change is an operation, handed to the journal as it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from desktop_app.report.changes import Change, Operation, OperationKind, UndoStacks, inverse, new_id
from desktop_app.report.journal import Journal
from desktop_app.report.paths import NOTE_PATH
from desktop_app.report.problem_book import ProblemBook
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.services.comment_book import CommentBook

Listener = Callable[[frozenset[str]], None]


class ReadOnlyError(DeskError):
    """The report was opened to be read, and someone tried to change it. The sentence says why it is so."""


class RecordedReport:
    """What every kind of editing stands on: apply, record, note for undo, check again, tell who listens."""

    def __init__(
        self, report: Report, journal: Journal, log: Iterable[Operation], who: str, read_only: str
    ) -> None:
        """As ``EntrySession``."""
        self.report = report
        self.problems = ProblemBook(report)
        self.comments = CommentBook(report)
        self.who = who
        self.read_only = read_only
        """Why nothing can be changed, in a sentence for the person; empty where everything can."""
        self.sitting = new_id()
        self._journal = journal
        self._stacks = UndoStacks.of_log(log)
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Tell ``listener`` the paths that changed, after every edit."""
        self._listeners.append(listener)

    def ignore(self, listener: Listener) -> None:
        """Stop telling ``listener``; one that is not told is left as it is."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def _record(
        self,
        kind: OperationKind,
        changes: Sequence[Change],
        *,
        of: str | None = None,
        typed: Change | None = None,
    ) -> None:
        """Make ``changes`` as one operation, with ``typed``, which the report holds already, before them."""
        whole = tuple(changes) if typed is None else (typed, *changes)
        if not whole:
            return
        self._refuse_to_write()
        self._apply(changes)
        operation = Operation(self.report.id, kind, whole, self.who, self.sitting, of)
        self._journal.record(operation)
        self._stacks.note(operation)
        self._announce(change.path for change in whole)

    def _refuse_to_write(self) -> None:
        if self.read_only:
            raise ReadOnlyError(self.read_only)

    def _apply(self, changes: Sequence[Change]) -> None:
        """Make all the changes, or none of them and raise."""
        for number, change in enumerate(changes):
            try:
                self.report.apply(change)
            except DeskError:
                for made in inverse(changes[:number]):
                    self.report.apply(made)
                raise

    def _announce(self, paths: Iterable[str]) -> None:
        changed = frozenset(paths)
        self.problems.check_again(changed - {NOTE_PATH})
        self.comments.check_again(changed)
        for listener in list(self._listeners):
            listener(changed)
