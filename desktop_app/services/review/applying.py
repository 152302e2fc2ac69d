"""Bringing in what was chosen of a workbook that came back: one step, which can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop_app.report.changes import Change, utc_now
from desktop_app.report.paths import confidential_path
from desktop_app.report.report import Report
from desktop_app.report.review import CAME_IN, CommentStatus, ReviewComment, comment_path, write_comment
from desktop_app.report.text.model import Text
from desktop_app.report.values import Value, write_value
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services import row_steps
from desktop_app.services.review.comments import notation, suggested_words
from desktop_app.services.review.formatted import with_changes
from desktop_app.services.review.items import Applied, NewComment, NewRow, ReviewPreview, Suggestion
from desktop_app.services.review.suggestions import again

if TYPE_CHECKING:
    from desktop_app.services.entry_session import EntrySession
    from desktop_app.services.gradual_step import GradualStep

Hunks = Mapping[str, Collection[int]]
"""By the id of a suggestion, the numbers of the changes in it that are accepted."""

Lists = Mapping[str, str]
"""By the id of a row, the path of the list that a person chose for it."""


class OtherReportError(DeskError):
    """The workbook is of another country or form, and nobody said that it is to come in all the same."""


def apply(
    session: EntrySession,
    preview: ReviewPreview,
    chosen: Collection[str],
    *,
    hunks: Hunks | None = None,
    refused: Collection[str] = (),
    even_if_other: bool = False,
) -> Applied:
    """Bring in the comments, suggestions and rows with the ``chosen`` ids, in one step.

    A chosen suggestion is accepted, as a whole or the changes named in ``hunks``; one that cannot be
    accepted is kept as an open comment, and one that is ``refused`` as a comment that says so. The workbook
    is kept with the report. OtherReportError unless ``even_if_other``; what is known already is left alone.
    """
    bringing = bring_in(session, preview, chosen, hunks=hunks, refused=refused, even_if_other=even_if_other)
    bringing.step.finish()
    if bringing.step.failure is not None:
        raise bringing.step.failure
    return bringing.applied


@dataclass(frozen=True, slots=True)
class BringingIn:
    """The step that brings in what was chosen, to be taken little by little, and what it brings in."""

    step: GradualStep
    _making: _Making

    @property
    def applied(self) -> Applied:
        """What was brought in, counted; whole when the step is over."""
        making = self._making
        return Applied(making.comments, making.suggestions, making.added, making.kept_in_words)


def bring_in(
    session: EntrySession,
    preview: ReviewPreview,
    chosen: Collection[str],
    *,
    hunks: Hunks | None = None,
    refused: Collection[str] = (),
    lists: Lists | None = None,
    even_if_other: bool = False,
) -> BringingIn:
    """As ``apply``, but nothing is done before somebody takes the steps, and nobody waits for all of them.

    ``lists``: where rows go that do not say it themselves; without one their words become a comment.
    """
    if preview.refusals and not even_if_other:
        raise OtherReportError(" ".join(preview.refusals))
    making = _Making(session.report)
    planned = making.planned(preview, chosen, hunks or {}, refused, lists or {})
    return BringingIn(session.comment_gradually(planned, preview.name, preview.workbook), making)


def accept(session: EntrySession, suggestion: Suggestion, accepted: Collection[int] | None = None) -> bool:
    """Take the suggested words over, all of them or the changes with these numbers, in one step.

    False when that cannot be any more, because the report says something else by now.
    """
    session.leave()
    making = _Making(session.report)
    making.accept(suggestion, accepted)
    session.comment(list(making.all()))
    return making.suggestions > 0


def refuse(session: EntrySession, suggestion: Suggestion) -> None:
    """Leave the words of the report as they are, and keep a comment that says so."""
    session.leave()
    making = _Making(session.report)
    making.refuse(suggestion)
    session.comment(list(making.all()))


@dataclass
class _Making:
    """The changes of one step. Comments come behind the rows they are about."""

    report: Report
    comments: int = 0
    suggestions: int = 0
    added: int = 0
    kept_in_words: int = 0
    _rows: dict[str, dict[str, row_steps.Content]] = field(default_factory=dict)
    _values: dict[str, Value | None] = field(default_factory=dict)
    _kept: dict[str, ReviewComment] = field(default_factory=dict)

    def all(self) -> Iterator[Change]:
        """What was decided, as changes."""
        for list_path, rows in self._rows.items():
            yield from row_steps.adding(self.report, list_path, rows)
        for path, value in self._values.items():
            before = self.report.plain(path)
            after = write_value(self.report.question(path).type, value)
            if before != after:
                yield Change(path, before, after)
                yield from row_steps.ending_state(self.report, path) if after is not None else ()
        for comment_id, comment in self._kept.items():
            path = comment_path(comment_id)
            yield Change(path, self.report.plain(path), write_comment(comment))

    def planned(
        self,
        preview: ReviewPreview,
        chosen: Collection[str],
        hunks: Hunks,
        refused: Collection[str],
        lists: Lists,
    ) -> Iterator[Change | None]:
        """The changes of what was chosen; None for each thing that is looked at before."""
        for comment in preview.comments:
            if comment.id in chosen and self.keep(comment):
                self.comments += 1
            yield None
        for row in preview.new_rows:
            if row.id in chosen:
                self.add(row.in_list(lists.get(row.id, "")))
            yield None
        for suggestion in preview.suggestions:
            if suggestion.id in refused:
                self.refuse(suggestion)
            elif suggestion.id in chosen:
                self.accept(suggestion, hunks.get(suggestion.id))
            yield None
        yield from self.all()

    def keep(self, comment: NewComment) -> bool:
        """Bring a comment in, or that it was resolved; False when it is there."""
        known = self.report.comments.get(comment.id)
        if comment.settles and known is not None and known.status != CommentStatus.RESOLVED:
            self._kept[comment.id] = replace(known, status=CommentStatus.RESOLVED.value)
            return True
        if comment.id in self.report.comments or comment.id in self._kept:
            return False
        said = comment.comment
        if not said.moment:
            said = replace(said, more={**said.more, CAME_IN: utc_now()})
        self._kept[comment.id] = said
        self._follow(comment.comment)
        return True

    def _follow(self, answer: ReviewComment) -> None:
        """A reviewer's answer to a thread that was settled waits for somebody; one may resolve the thread."""
        answered = answer.answers or ""
        first = self.report.comments.get(answered)
        wanted = (CommentStatus.OPEN, CommentStatus.RESOLVED)
        if first is not None and answer.status in wanted and answer.status != first.status:
            self._kept[answered] = replace(first, status=answer.status)

    def add(self, row: NewRow) -> None:
        """Bring a row in, with the comment that keeps what no question took."""
        if row.obstacle:
            if row.rest is not None and self.keep(row.rest):
                self.kept_in_words += 1
            return
        row_list = self.report.lists[row.list_path]
        if row_list.find(row.id) is not None:
            return
        content = dict(row_steps.content_of_values(row.values, row_list.definition.row))
        content |= {confidential_path(f"/{code}" if code else ""): True for code in sorted(row.confidential)}
        self._rows.setdefault(row.list_path, {})[row.id] = content
        self.added += 1
        if row.rest is not None:
            self.keep(row.rest)

    def accept(self, suggestion: Suggestion, accepted: Collection[int] | None) -> None:
        """Take over what can be; what cannot is kept as an open comment."""
        if suggestion.obstacle:
            if self.keep(suggestion.kept):
                self.kept_in_words += 1
            return
        if suggestion.id in self.report.comments or not self._put(suggestion, accepted):
            return
        is_part = accepted is not None and len(set(accepted)) < len(suggestion.hunks)
        lead = _("Suggested wording, taken over in part:") if is_part else _("Suggested wording, taken over:")
        self._decide(suggestion, lead)
        self.suggestions += 1

    def refuse(self, suggestion: Suggestion) -> None:
        """Keep that it was not taken over."""
        if suggestion.id not in self.report.comments:
            self._decide(suggestion, _("Suggested wording, not taken over:"))

    def _decide(self, suggestion: Suggestion, lead: str) -> None:
        words = notation(suggested_words(lead, suggestion.official, suggestion.found))
        self._kept[suggestion.id] = replace(
            suggestion.kept.comment, words=words, status=CommentStatus.RESOLVED.value
        )

    def _put(self, suggestion: Suggestion, accepted: Collection[int] | None) -> bool:
        """Make the answer what was suggested; False when the report says something else by now."""
        path, present = suggestion.path, self.report.value(suggestion.path)
        if present != suggestion.before:
            return False
        if path in self._values:
            # Another cell of the same answer, such as another year of a series.
            if suggestion.in_parts:
                return False
            self._values[path] = again(self.report, suggestion, self._values[path])
        elif accepted is not None and suggestion.in_parts:
            text = present if isinstance(present, Text) else Text.empty()
            self._values[path] = with_changes(text, suggestion.now, suggestion.hunks, accepted)
        else:
            self._values[path] = suggestion.value
        return True
