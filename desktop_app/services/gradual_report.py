"""A report some of whose steps are made little by little, so that nobody waits for a long one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_app.report.changes import Change, OperationKind, inverse
from desktop_app.runtime.half_characters import refuse_halves
from desktop_app.services.staged_report import StagedReport

if TYPE_CHECKING:
    from desktop_app.services.gradual_step import GradualStep

MANY = 100
"""Changes from which on a step is long: fewer are made faster than anybody sees."""


class GradualReport(StagedReport):
    """One step is under way at a time; whoever changes the report meanwhile changes it behind all of it."""

    _under_way: GradualStep | None = None

    @property
    @abstractmethod
    def open_path(self) -> str | None:
        """The place being typed in."""

    def retrace_gradually(self, *, backwards: bool) -> GradualStep | None:
        """As undo, or as redo, of a long step of review comments; None where it is anything else.

        Others are made at once, so that what shows rows and answers is never behind the report; and while
        a field is being typed in, what was typed is the step.
        """
        from desktop_app.services.gradual_step import GradualStep

        if self.open_path is not None:
            return None
        self.leave()
        stack = self._stacks.done if backwards else self._stacks.undone
        if not stack or stack[-1].kind is not OperationKind.COMMENT or len(stack[-1].changes) < MANY:
            return None
        self._refuse_to_write()
        retraced = stack[-1]

        def keep(changes: Sequence[Change]) -> None:
            self._under_way = None
            kind = OperationKind.UNDO if backwards else OperationKind.REDO
            self._record_made(kind, changes, of=retraced.id)

        changes = inverse(retraced.changes) if backwards else retraced.changes
        self._under_way = GradualStep(iter(changes), self._make_one, self._refuse_changing, keep)
        return self._under_way

    def _make_one(self, change: Change) -> None:
        refuse_halves(change.new)
        self.report.apply(change)

    def _finish_gradual(self) -> None:
        """Make all that is left of what is made little by little: something else comes behind it."""
        if self._under_way is not None:
            step, self._under_way = self._under_way, None
            step.finish()
