"""The entry session: one open report in memory, the truth while it is edited, and its undo.

Plain Python, no toolkit: whole reports are filled and checked through it without a window. Every
edit is applied in memory at once and handed to the journal, which says when it is on disk.
Whoever shows the report listens and is told which paths changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from desktop_app.formdef.model import State
from desktop_app.report.changes import (
    Change,
    OpenEdit,
    Operation,
    OperationKind,
    UndoStacks,
    inverse,
    new_id,
)
from desktop_app.report.journal import Journal
from desktop_app.report.paths import confidential_path, row_path, state_path
from desktop_app.report.plain import POSITION_STEP
from desktop_app.report.problem_book import ProblemBook
from desktop_app.report.report import Report, Row
from desktop_app.report.values import Value, write_value
from desktop_app.services.typing_steps import TypingSteps

Listener = Callable[[frozenset[str]], None]


class EntrySession:
    """Edits one report. All methods belong to one thread; the journal works behind it."""

    def __init__(
        self, report: Report, journal: Journal, log: Iterable[Operation] = (), who: str = ""
    ) -> None:
        """``log``: the report's operations so far, for undo across restarts. ``who``: the person's name."""
        self.report = report
        self.problems = ProblemBook(report)
        self.who = who
        self.sitting = new_id()
        self._journal = journal
        self._stacks = UndoStacks.of_log(log)
        self._open: tuple[str, object] | None = None
        self._typing = TypingSteps()
        self._listeners: list[Listener] = []

    # Listening

    def listen(self, listener: Listener) -> None:
        """Tell ``listener`` the paths that changed, after every edit."""
        self._listeners.append(listener)

    def ignore(self, listener: Listener) -> None:
        """Stop telling ``listener``; one that is not told is left as it is."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    # Typing: the open edit

    def type(self, path: str, value: Value | None) -> None:
        """Keep what is being typed at ``path``: in memory now, on disk within a second.

        It becomes one change when ``leave`` is called or another place is edited. The very same
        value is no edit.
        """
        if self._open is not None and self._open[0] != path:
            self.leave()
        before = self.report.plain(path)
        after = write_value(self.report.question(path).type, value)
        if after == before:
            return
        if self._open is None:
            self._open = (path, before)
        self._typing.note(before)
        self._keep_typing(path, before, after)

    def _keep_typing(self, path: str, before: object, after: object) -> None:
        self.report.apply(Change(path, before, after))
        self._journal.keep_open_edit(OpenEdit(self.report.id, path, after, self.who, self.sitting))
        self._announce([path])

    def leave(self) -> None:
        """Turn the open edit, if there is one, into one change."""
        if self._open is None:
            return
        path, before = self._open
        self._open = None
        self._typing = TypingSteps()
        after = self.report.plain(path)
        # An edit typed and taken back is recorded as well: the record ends the open edit on disk.
        self._record(OperationKind.EDIT, [Change(path, before, after)], apply=False)

    @property
    def open_path(self) -> str | None:
        """The place being typed in."""
        return self._open[0] if self._open else None

    # Whole edits

    def set_value(self, path: str, value: Value | None) -> None:
        """Answer the question at ``path``, or clear it with None. One operation."""
        self.set_values({path: value})

    def set_values(self, values: Mapping[str, Value | None]) -> None:
        """Answer several questions in one operation. Unchanged answers are left out."""
        changes = []
        for path, value in values.items():
            before = self.report.plain(path)
            after = write_value(self.report.question(path).type, value)
            if after != before:
                changes.append(Change(path, before, after))
        self._record(OperationKind.EDIT, changes)

    def set_state(self, path: str, state: State | None) -> None:
        """Say why the list or field at ``path`` is empty, or take that back with None."""
        place = state_path(path)
        self._record_one(OperationKind.STATE, place, state.value if state else None)

    def set_confidential(self, path: str, confidential: bool) -> None:
        """Mark the place as confidential, or take the mark off."""
        self._record_one(OperationKind.CONFIDENTIAL, confidential_path(path), True if confidential else None)

    def dismiss_unplaced(self, key: str) -> None:
        """Take words off the list of unplaced texts; undo brings them back."""
        self._record_one(OperationKind.REMOVE, f"unplaced/{key}", None)

    # Rows

    def add_row(
        self, list_path: str, values: Mapping[str, Value] | None = None, after: str | None = None
    ) -> str:
        """Add a row at the end of the list, or behind the row ``after``. Returns its id."""
        return self.add_rows(list_path, [values or {}], after)[0]

    def add_rows(
        self,
        list_path: str,
        rows: Sequence[Mapping[str, Value]],
        after: str | None = None,
        kind: OperationKind = OperationKind.ADD,
    ) -> list[str]:
        """Add several rows in one operation. A state such as "no action taken" ends with it."""
        changes: list[Change] = []
        state = self.report.plain(state_path(list_path))
        if state is not None:
            changes.append(Change(state_path(list_path), state, None))
        ids = [new_id() for _row in rows]
        changes.extend(self._placing(list_path, ids, after))
        row_type = self.report.lists[list_path].definition.row
        for row_id, values in zip(ids, rows, strict=True):
            for code, value in values.items():
                plain = write_value(row_type.field(code).type, value)
                if plain is not None:
                    changes.append(Change(row_path(list_path, row_id, code), None, plain))
        self._record(kind, changes)
        return ids

    def duplicate_row(self, list_path: str, row_id: str) -> str:
        """Put a copy of the row, with a new id, right behind it."""
        row = self._row(list_path, row_id)
        return self.add_rows(list_path, [dict(row.values)], row_id, OperationKind.DUPLICATE)[0]

    def remove_rows(self, list_path: str, row_ids: Sequence[str]) -> None:
        """Put rows into the bin, with all their answers."""
        changes = [Change(row_path(list_path, row_id), self.report.plain(row_path(list_path, row_id)), None)
                   for row_id in row_ids]  # fmt: skip
        self._record(OperationKind.REMOVE, changes)

    def drop_blank_row(self, list_path: str, row_id: str) -> None:
        """Take away a row nothing was written in: it was opened by mistake, so nothing of it is kept in sight."""
        self.leave()
        row = self.report.lists[list_path].row(row_id)
        if row is None or row.values:
            return
        last = self._stacks.done[-1] if self._stacks.done else None
        if (
            last is not None
            and last.kind is OperationKind.ADD
            and last.changes[-1].path == row_path(list_path, row_id)
        ):
            self._step(self._stacks.done, OperationKind.UNDO, backwards=True)
        else:
            self.remove_rows(list_path, [row_id])

    def restore_row(self, list_path: str, row_id: str) -> None:
        """Bring a row back from the bin, to where it stood."""
        position = self.report.lists[list_path].bin[row_id].position
        self._record_one(OperationKind.RESTORE, row_path(list_path, row_id), {"position": position})

    def move_row(self, list_path: str, row_id: str, index: int) -> None:
        """Make the row the one at ``index`` (from 0) of its list."""
        rows = [row.id for row in self.report.lists[list_path].rows if row.id != row_id]
        index = max(0, min(index, len(rows)))
        if self.report.lists[list_path].rows.index(self._row(list_path, row_id)) == index:
            return
        after = rows[index - 1] if index else None
        self._record(OperationKind.MOVE, self._placing(list_path, [row_id], after, at_start=index == 0))

    def move_row_to_list(self, list_path: str, row_id: str, target_path: str) -> str:
        """Move a row into another list of the same row type, to its end. Its answers go with it.

        It gets a new id there; the old row goes to the bin, so that every change stays reversible.
        """
        row = self._row(list_path, row_id)
        self.leave()
        changes = [Change(row_path(list_path, row_id), {"position": row.position}, None)]
        state = self.report.plain(state_path(target_path))
        if state is not None:
            changes.append(Change(state_path(target_path), state, None))
        fresh = new_id()
        changes.extend(self._placing(target_path, [fresh], None))
        row_type = self.report.lists[target_path].definition.row
        for code, value in row.values.items():
            changes.append(
                Change(
                    row_path(target_path, fresh, code), None, write_value(row_type.field(code).type, value)
                )
            )
        self._record(OperationKind.MOVE, changes)
        return fresh

    def _row(self, list_path: str, row_id: str) -> Row:
        row = self.report.lists[list_path].row(row_id)
        if row is None:
            raise KeyError(row_id)
        return row

    def _placing(
        self, list_path: str, ids: Sequence[str], after: str | None, *, at_start: bool = False
    ) -> list[Change]:
        """Changes that put the rows ``ids`` behind ``after``, at the start, or (by default) at the end."""
        others = [row for row in self.report.lists[list_path].rows if row.id not in set(ids)]
        index = len(others)
        if at_start:
            index = 0
        elif after is not None:
            index = next((i for i, row in enumerate(others, start=1) if row.id == after), len(others))
        low = others[index - 1].position if index else 0
        room = others[index].position - low if index < len(others) else POSITION_STEP * (len(ids) + 1)
        if room > len(ids):
            step = room // (len(ids) + 1)
            wanted = {row_id: low + step * number for number, row_id in enumerate(ids, start=1)}
        else:
            order = [row.id for row in others[:index]] + list(ids) + [row.id for row in others[index:]]
            wanted = {row_id: POSITION_STEP * number for number, row_id in enumerate(order, start=1)}
        changes = []
        for row_id, position in wanted.items():
            path = row_path(list_path, row_id)
            before, now = self.report.plain(path), {"position": position}
            if before != now:
                changes.append(Change(path, before, now))
        return changes

    # Undo

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._open is not None or bool(self._stacks.done)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be made again."""
        return self._typing.can_redo or bool(self._stacks.undone)

    def undo(self) -> frozenset[str]:
        """Take back the last step of the report, also one made before a restart. Returns its paths.

        While a field is being typed in, its last burst of typing is the step.
        """
        typed = self._retype(self._typing.undo)
        if typed is not None:
            return typed
        self.leave()
        return self._step(self._stacks.done, OperationKind.UNDO, backwards=True)

    def redo(self) -> frozenset[str]:
        """Make the step last taken back again."""
        typed = self._retype(self._typing.redo)
        if typed is not None:
            return typed
        self.leave()
        return self._step(self._stacks.undone, OperationKind.REDO, backwards=False)

    def _retype(self, step: Callable[[object], tuple[object] | None]) -> frozenset[str] | None:
        if self._open is None:
            return None
        path = self._open[0]
        present = self.report.plain(path)
        found = step(present)
        if found is None:
            return None
        self._keep_typing(path, present, found[0])
        return frozenset([path])

    def _step(self, stack: list[Operation], kind: OperationKind, *, backwards: bool) -> frozenset[str]:
        if not stack:
            return frozenset()
        step = stack[-1]
        changes = inverse(step.changes) if backwards else step.changes
        self._record(kind, changes, of=step.id)
        return frozenset(change.path for change in changes)

    # Recording

    def _record_one(self, kind: OperationKind, path: str, after: object) -> None:
        self.leave()
        before = self.report.plain(path)
        if before != after:
            self._record(kind, [Change(path, before, after)])

    def _record(
        self, kind: OperationKind, changes: Sequence[Change], *, of: str | None = None, apply: bool = True
    ) -> None:
        if apply:
            self.leave()
        if not changes:
            return
        operation = Operation(self.report.id, kind, tuple(changes), self.who, self.sitting, of)
        if apply:
            for change in changes:
                self.report.apply(change)
        self._journal.record(operation)
        self._stacks.note(operation)
        self._announce(change.path for change in changes)

    def _announce(self, paths: Iterable[str]) -> None:
        changed = frozenset(paths)
        self.problems.check_again(changed)
        for listener in list(self._listeners):
            listener(changed)
