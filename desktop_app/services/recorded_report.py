"""A report in memory whose every change is an operation, handed to the journal as it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from desktop_app.report.changes import Change, Operation, OperationKind, UndoStacks, inverse, new_id
from desktop_app.report.journal import Journal
from desktop_app.report.paths import NOT_CONTENT, read_path
from desktop_app.report.problem_book import ProblemBook
from desktop_app.report.report import Report
from desktop_app.report.status import STATUS_PATH, FrozenError, changes_content, frozen_words, is_frozen
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.half_characters import refuse_halves
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
        self.edition = 0
        """Grows with every step that changes the report, typing too."""

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
        if kind is not OperationKind.STATUS:
            self._refuse_changing(whole)
        operation = Operation(self.report.id, kind, whole, self.who, self.sitting, of)
        self._make(operation, changes, self._journal.record)

    def _record_made(
        self,
        kind: OperationKind,
        made: Sequence[Change],
        others: Sequence[Change] = (),
        of: str | None = None,
    ) -> None:
        """Record as one operation what is ``made`` and checked already, and make ``others`` with it."""
        operation = Operation(self.report.id, kind, (*made, *others), self.who, self.sitting, of)
        self._make(operation, others, self._journal.record)

    def _make(
        self, operation: Operation, changes: Sequence[Change], keep: Callable[[Operation], object]
    ) -> None:
        """Make ``changes``, which are all of the operation that the report does not hold already.

        Everything that is ever kept of a report passes here or is typed. HalfCharacterError.
        """
        refuse_halves(operation.who)
        for change in changes:
            refuse_halves(change.new)
        self._apply(changes)
        keep(operation)
        self._stacks.note(operation)
        self._announce(change.path for change in operation.changes)

    def _refuse_to_write(self) -> None:
        if self.read_only:
            raise ReadOnlyError(self.read_only)

    @property
    def is_frozen(self) -> bool:
        """Whether the report is ready, approved or submitted, so that no answer of it may change."""
        return is_frozen(self.report.status)

    @property
    def frozen_words(self) -> str:
        """Why no answer may change and what to do about it, in a sentence; empty for a draft."""
        return frozen_words(self.report.status)

    @property
    def is_closed(self) -> bool:
        """Whether no answer may change: the report is open to be read, or it is frozen."""
        return bool(self.read_only) or self.is_frozen

    def _refuse_changing(self, changes: Iterable[Change]) -> None:
        """FrozenError where one of the changes is one of the answers and none of those may change."""
        if self.is_frozen and changes_content(changes):
            raise FrozenError(self.frozen_words)

    def _refuse_frozen(self) -> None:
        if self.is_frozen:
            raise FrozenError(self.frozen_words)

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
        self.edition += 1
        changed = frozenset(paths)
        self.problems.check_again({path for path in changed if _is_checked(path)})
        self.comments.check_again(changed)
        for listener in list(self._listeners):
            listener(changed)


def _is_checked(path: str) -> bool:
    """Whether a check may find something else when this changes."""
    return path != STATUS_PATH and read_path(path).kind not in NOT_CONTENT
