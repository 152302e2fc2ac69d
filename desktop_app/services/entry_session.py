"""The entry session: one open report in memory, the truth while it is edited, and its undo.

Plain Python, no toolkit: whole reports are filled and checked through it without a window. Every
edit is applied in memory at once and handed to the journal, which says when it is on disk.
Whoever shows the report listens and is told which paths changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from desktop_app.formdef.model import State
from desktop_app.report.attachments import attached_within
from desktop_app.report.changes import (
    Change,
    OpenEdit,
    Operation,
    OperationKind,
    inverse,
    new_id,
    noting,
)
from desktop_app.report.journal import Document, Journal
from desktop_app.report.moved_rows import fresh_id
from desktop_app.report.paths import UNPLACED, confidential_path, row_path, state_path
from desktop_app.report.placed_files import files_of
from desktop_app.report.report import Report, Row
from desktop_app.report.text import Text, markup
from desktop_app.report.unplaced import Unplaced, write_unplaced
from desktop_app.report.values import Plain, Value, write_value
from desktop_app.runtime.half_characters import refuse_halves
from desktop_app.services import row_steps
from desktop_app.services.recorded_report import Listener, ReadOnlyError
from desktop_app.services.reviewed_report import ReviewedReport

__all__ = ["EntrySession", "Listener", "ReadOnlyError"]

if TYPE_CHECKING:
    from desktop_app.services.history import Difference
    from desktop_app.services.open_field import OpenField


class EntrySession(ReviewedReport):
    """Edits one report. All methods belong to one thread; the journal works behind it.

    Longer than other classes: each thing a person can do to a report is one method, and all of them
    share the open edit, the undo and the journal.
    """

    def __init__(
        self,
        report: Report,
        journal: Journal,
        log: Iterable[Operation] = (),
        who: str = "",
        clock: Callable[[], float] = time.monotonic,
        read_only: str = "",
    ) -> None:
        """``log``: the report's operations so far, for undo across restarts. ``who``: the person's name.

        ``clock``: seconds; it tells bursts of typing apart. ``read_only``: why nothing can be changed.
        """
        super().__init__(report, journal, log, who, read_only)
        self._open: OpenField | None = None
        self._clock = clock

    # Typing: the open edit

    def type(self, path: str, value: Value | None) -> None:
        """Keep what is being typed at ``path``: in memory now, on disk within a second.

        It becomes one change when ``leave`` is called, when another place is edited, and every five
        minutes. The very same value is no edit.
        """
        self._finish_gradual()
        self._refuse_to_write()
        self._refuse_frozen()
        if self._open is not None and (self._open.path != path or self._open.is_long):
            self.leave()
        before = self.report.plain(path)
        after = write_value(self.report.question(path).type, value)
        if after == before:
            return
        refuse_halves(after)
        if self._open is None:
            from desktop_app.services.open_field import OpenField

            self._open = OpenField(path, before, self._clock)
        self._open.steps.note(before)
        self._keep_typing(path, before, after)

    def _keep_typing(self, path: str, before: object, after: object) -> None:
        self.report.apply(Change(path, before, after))
        self._journal.keep_open_edit(OpenEdit(self.report.id, path, after, self.who, self.sitting))
        self._announce([path])

    def leave(self) -> None:
        """Turn the open edit, if there is one, into one change; what is being brought in is made before."""
        self._finish_gradual()
        if self._open is None:
            return
        left, self._open = self._open, None
        after = self.report.plain(left.path)
        # An edit typed and taken back is recorded as well: the record ends the open edit on disk.
        typed = Change(left.path, left.before, after)
        ended = self._ending_state(left.path, after) if after != left.before else []
        self._record(OperationKind.EDIT, ended, typed=typed)

    @property
    def open_path(self) -> str | None:
        """The place being typed in."""
        return self._open.path if self._open else None

    # Whole edits

    def set_value(self, path: str, value: Value | None) -> None:
        """Answer the question at ``path``, or clear it with None. One operation."""
        self.set_values({path: value})

    def set_values(self, values: Mapping[str, Value | None]) -> None:
        """Answer several questions in one operation. Unchanged answers are left out."""
        self.leave()
        changes = []
        for path, value in values.items():
            before = self.report.plain(path)
            after = write_value(self.report.question(path).type, value)
            if after != before:
                changes.append(Change(path, before, after))
                changes.extend(self._ending_state(path, after))
        self._record(OperationKind.EDIT, changes)

    def _ending_state(self, path: str, after: object) -> list[Change]:
        """A question with an answer has no state that says why there is none."""
        return row_steps.ending_state(self.report, path) if after is not None else []

    def set_state(self, path: str, state: State | None) -> None:
        """Say why the list or field at ``path`` is empty, or take that back with None."""
        place = state_path(path)
        self._record_one(OperationKind.STATE, place, state.value if state else None)

    def set_confidential(self, path: str, confidential: bool) -> None:
        """Mark the place as confidential, or take the mark off."""
        self._record_one(OperationKind.CONFIDENTIAL, confidential_path(path), True if confidential else None)

    def keep_unplaced(self, words: str, near: str) -> None:
        """Keep words that were typed at ``near`` and cannot be an answer there among the unplaced texts."""
        kept = Unplaced(markup.write(Text.plain(words)), near)
        self._record_one(OperationKind.EDIT, f"{UNPLACED}/{new_id()}", write_unplaced(kept))

    def dismiss_unplaced(self, key: str) -> None:
        """Take words off the list of unplaced texts; undo brings them back."""
        self._record_one(OperationKind.REMOVE, f"{UNPLACED}/{key}", None)

    # Files

    def attach(self, files: Iterable[tuple[str, Document]], changes: Sequence[Change]) -> None:
        """Make the changes that name attached files as one step. ``files``: their bytes, by SHA-256."""
        self.leave()
        self._refuse_to_write()
        self._refuse_frozen()
        found = set()
        for sha256, document in files:
            self._journal.keep_attachment(self.report.id, sha256, document)
            found.add(sha256)
        places = [path for path, file in files_of(self.report) if file.sha256 in self.report.lost & found]
        self.report.lost -= found
        self._record(OperationKind.ATTACH, changes)
        if places:
            self._announce(places)

    def detach(self, path: str) -> None:
        """Take a file off: the one at ``attached/<id>``, or the answer to a question for one."""
        self._record_one(OperationKind.DETACH, path, None)

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
        self.leave()
        row_type = self.report.lists[list_path].definition.row
        contents = {new_id(): row_steps.content_of_values(values, row_type) for values in rows}
        self._record(kind, row_steps.adding(self.report, list_path, contents, after))
        return list(contents)

    def duplicate_row(self, list_path: str, row_id: str) -> str:
        """Put a copy of the row with all it holds, and with a new id, right behind it."""
        self.leave()
        row_type = self.report.lists[list_path].definition.row
        fresh, content = new_id(), row_steps.content_of_row(self._row(list_path, row_id), row_type)
        files = row_path(list_path, row_id), row_path(list_path, fresh)
        changes = row_steps.adding(self.report, list_path, {fresh: content}, row_id)
        changes += row_steps.attaching_again(self.report, *files)
        self._record(OperationKind.DUPLICATE, changes)
        return fresh

    def remove_rows(self, list_path: str, row_ids: Sequence[str]) -> None:
        """Put rows into the bin, with all their answers."""
        self.leave()
        self._record(OperationKind.REMOVE, row_steps.removing(self.report, list_path, row_ids))

    def drop_blank_row(self, list_path: str, row_id: str) -> None:
        """Take away a row nothing was written in: it was opened by mistake."""
        self.leave()
        row, path = self.report.lists[list_path].row(row_id), row_path(list_path, row_id)
        if row is None or row.values or row.states or attached_within(self.report, path):
            return
        its_places = {path, state_path(list_path)}
        last = self._stacks.done[-1] if self._stacks.done else None
        if (
            last is not None
            and last.kind is OperationKind.ADD
            and {change.path for change in last.changes} <= its_places
        ):
            self._step(self._stacks.done, OperationKind.UNDO, backwards=True)
        else:
            self.remove_rows(list_path, [row_id])

    def restore_row(self, list_path: str, row_id: str) -> None:
        """Bring a row back from the bin, to where it stood."""
        self.leave()
        self._record(OperationKind.RESTORE, row_steps.restoring(self.report, list_path, row_id))

    def move_row(self, list_path: str, row_id: str, index: int) -> None:
        """Make the row the one at ``index`` (from 0) of its list."""
        self.leave()
        row = self._row(list_path, row_id)
        self._record(OperationKind.MOVE, row_steps.moving(self.report, list_path, row.id, index))

    def move_row_to_list(self, list_path: str, row_id: str, target_path: str) -> str:
        """Move a row into another list of the same row type, to its end, with all it holds.

        It gets a new id there; the old row goes to the bin, so that every change stays reversible.
        """
        self.leave()
        row, fresh = self._row(list_path, row_id), fresh_id(self.report, row_id, target_path)
        changes = row_steps.moving_to_list(self.report, list_path, row, target_path, fresh)
        self._record(OperationKind.MOVE, changes)
        return fresh

    def _row(self, list_path: str, row_id: str) -> Row:
        row = self.report.lists[list_path].row(row_id)
        if row is None:
            raise KeyError(row_id)
        return row

    # Undo

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        if self.read_only:
            return False
        return self._can_untype or bool(self._stacks.done)

    @property
    def can_redo(self) -> bool:
        """Whether a step that was taken back can be made again; typing something else forgets it."""
        if self.read_only:
            return False
        typed = self._open is not None and self.report.plain(self._open.path) != self._open.before
        return self._can_retype or (bool(self._stacks.undone) and not typed)

    @property
    def _can_untype(self) -> bool:
        return self._open is not None and self._open.steps.can_undo(self.report.plain(self._open.path))

    @property
    def _can_retype(self) -> bool:
        return self._open is not None and self._open.steps.can_redo

    @property
    def undo_step(self) -> Operation | None:
        """The recorded step that undo takes back next; None for typing that is not left yet."""
        return self._stacks.done[-1] if self._stacks.done and not self._can_untype else None

    @property
    def redo_step(self) -> Operation | None:
        """The recorded step that redo makes again next; None for typing that was taken back."""
        return self._stacks.undone[-1] if self._stacks.undone and not self._can_retype else None

    def undo(self) -> frozenset[str]:
        """Take back the last step of the report, also one made before a restart. Returns its paths.

        While a field is being typed in, its last burst of typing is the step. FrozenError for what was done
        before the report was frozen.
        """
        if not self._stacks.done:
            self._refuse_frozen()
        typed = self._retype(backwards=True)
        if typed is not None:
            return typed
        self.leave()
        return self._step(self._stacks.done, OperationKind.UNDO, backwards=True)

    def redo(self) -> frozenset[str]:
        """Make the step last taken back again. As ``undo``."""
        if not self._stacks.undone:
            self._refuse_frozen()
        typed = self._retype(backwards=False)
        if typed is not None:
            return typed
        self.leave()
        return self._step(self._stacks.undone, OperationKind.REDO, backwards=False)

    def _retype(self, *, backwards: bool) -> frozenset[str] | None:
        if self._open is None:
            return None
        path = self._open.path
        present = self.report.plain(path)
        steps = self._open.steps
        found = steps.undo(present) if backwards else steps.redo(present)
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

    # The past: moments with a name, back to a moment, and removing every trace

    def set_restore_point(self, name: str) -> None:
        """Give the present moment a name, so that the report can be compared with it and reverted to it."""
        self.leave()
        self._record(OperationKind.RESTORE_POINT, [noting(name)])

    def revert_value(self, path: str, plain: Plain) -> None:
        """Make the place at ``path`` what it held in an earlier version, in JSON."""
        from desktop_app.services import reverting

        self.leave()
        self._record(OperationKind.REVERT, reverting.value_back(self.report, path, plain))

    def revert(self, differences: Iterable[Difference], note: str = "") -> list[str]:
        """Make the whole report what it was ``before``, in one step; ``note`` says which moment that is.

        Returns the paths for which that cannot be, because the form is another by now.
        """
        from desktop_app.services import reverting

        self.leave()
        changes, left = reverting.all_back(self.report, differences)
        if changes and note:
            changes.append(noting(note))
        self._record(OperationKind.REVERT, changes)
        return left

    def remove_for_good(self, paths: Iterable[str], reason: str) -> None:
        """Empty the answers, rows and unplaced words at ``paths``, and remove every trace of them.

        ``source/<number>`` is an original document. Nothing before this can be undone any more: when it is
        on disk, no earlier version of these places is in the file.
        """
        from desktop_app.report.removal import removing_for_good

        self.leave()
        held = partial(row_steps.held_by, self.report)
        self._record(OperationKind.PURGE, removing_for_good(paths, reason, held))

    # Recording

    def _record_one(self, kind: OperationKind, path: str, after: object) -> None:
        self.leave()
        before = self.report.plain(path)
        if before != after:
            self._record(kind, [Change(path, before, after)])
