"""Comments of a workbook that came back: the reviewers' columns, and notes on any cell."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from desktop_app.exchange.review.returned import (
    ReturnedEdit,
    ReturnedNote,
    ReturnedReview,
    ReturnedWorkbook,
)
from desktop_app.exchange.review.words import quoted
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_FIELD
from desktop_app.report.paths import read_path
from desktop_app.report.places import place_name
from desktop_app.report.plain import canonical_bytes
from desktop_app.report.report import Report
from desktop_app.report.review import (
    CommentKind,
    CommentSource,
    CommentStatus,
    Decision,
    ReviewComment,
    decision_words,
)
from desktop_app.report.said import write_said
from desktop_app.report.value_words import value_words
from desktop_app.report.values import Plain
from desktop_app.runtime.i18n import _
from desktop_app.services.review.items import NewComment
from desktop_app.services.review.places import Places, not_there

_IDS = uuid.UUID("0d1f5a7c-6a86-5c0e-9a55-0f8f1f6e7d3b")
"""What the ids of comments, rows and suggestions are derived from: the same words have the same id."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def id_of(*parts: Plain) -> str:
    """The id of what ``parts`` say, whichever workbook says it."""
    return str(uuid.uuid5(_IDS, canonical_bytes({"parts": list(parts)}).decode()))


@dataclass(frozen=True, slots=True)
class CommentReader:
    """Makes comments of one workbook for one report."""

    returned: ReturnedWorkbook
    places: Places

    def all(self) -> Iterator[NewComment]:
        """The comments in the reviewers' columns, then notes and threads; the same words once.

        Words in a column that a reviewer added are further lines of the comment on their row.
        """
        seen: set[str] = set()
        aside: dict[str, list[str]] = {}
        for note in self.returned.notes:
            if note.is_aside:
                aside.setdefault(_row_of(note.cell), []).append(note.words)
        of_rows = [self._of_review(each, aside.get(_row_of(each.cell), ())) for each in self.returned.reviews]
        joined = {_row_of(review.cell) for review in self.returned.reviews}
        for found in (*of_rows, *self._of_notes(joined)):
            if found.id not in seen:
                seen.add(found.id)
                yield found

    def made(
        self, key: str | None, cell: str, told: Sequence[str] = (), beside: str = "", **said: str | None
    ) -> NewComment:
        """A comment on the place ``key``. ``beside``: official words that tell what it was about."""
        place = self.places.find(key)
        words = said.pop("words", "") or ""
        if not place.is_exact and beside:
            line = quoted(" ".join(beside.split()))
            words = "\n".join(filter(None, (_("About: “{words}”").format(words=line), words)))
        comment_id = self._id(key, words, said)
        question = said.get("question")
        comment = ReviewComment(
            about=place.path,
            kind=said.get("kind") or CommentKind.OFFICIAL.value,
            decision=said.get("decision"),
            words=notation(words),
            question=notation(question) if question else None,
            reviewer=said.get("reviewer") or "",
            date=said.get("date"),
            at=said.get("at"),
            status=said.get("status") or CommentStatus.OPEN.value,
            answers=said.get("answers"),
            source=CommentSource(self.returned.sha256, cell),
            more={"was_about": key} if key and not place.is_exact else {},
        )
        report = self.places.report
        where = place_name(report, place.path)
        gone = [not_there(where)] if key and not place.is_exact else []
        return NewComment(
            comment_id,
            where,
            comment,
            comment_id in report.comments,
            (*gone, *told),
            subject=subject_of(report, place.path),
        )

    def _id(self, key: str | None, words: str, said: Mapping[str, str | None]) -> str:
        """The id of the comment, the same whether or not it is resolved by now."""
        ids = [
            id_of(key, words, *(named[name] for name in sorted(named)))
            for status in (CommentStatus.OPEN, CommentStatus.RESOLVED)
            if (named := {**said, "status": status.value})
        ]
        # Before, what was resolved when it came in had an id that said so.
        return next((each for each in ids if each in self.places.report.comments), ids[0])

    def of_edit(self, edit: ReturnedEdit, path: str) -> NewComment:
        """The comment that tells of a suggestion."""
        names = {review.reviewer for review in self.returned.reviews}
        place = read_path(path)
        about = f"{place.head}/{place.row}" if place.row else path
        comment = ReviewComment(
            about=about,
            words=notation(suggested_words(_("Suggested wording:"), edit.official, edit.found)),
            reviewer=names.pop() if len(names) == 1 else "",
            source=CommentSource(self.returned.sha256, edit.cell),
        )
        comment_id = id_of("suggestion", edit.path, edit.official, edit.found)
        report = self.places.report
        return NewComment(comment_id, place_name(report, about), comment, comment_id in report.comments)

    def _of_review(self, review: ReturnedReview, further: Sequence[str]) -> NewComment:
        words = [review.comment]
        for column, unread in review.not_understood:
            words.append(f"{_COLUMNS[column]()}: {unread}" if column in _COLUMNS else unread)
        needs_nothing = review.decision == Decision.ACCEPTED and not any(words) and not review.question
        return self.made(
            review.key,
            review.cell,
            told=[
                *(_not_understood(column, unread) for column, unread in review.not_understood),
                *([self._how_to_propose()] if review.key is None and review.beside else ()),
            ],
            beside=review.beside,
            words="\n".join(filter(None, (*words, *further))),
            question=review.question,
            decision=review.decision,
            reviewer=review.reviewer,
            date=review.date,
            kind=review.kind,
            status=CommentStatus.RESOLVED.value if needs_nothing else CommentStatus.OPEN.value,
        )

    def _how_to_propose(self) -> str:
        """That a row of the sheet for reviews is no row of the report, and where such rows are written."""
        paths = ((each.sheet, read_path(each.key or "")) for each in self.returned.records)
        lists = self.places.report.lists
        sheets = {sheet: None for sheet, path in paths if path.row is not None and path.head in lists}
        said = _("This row stands for nothing in the report, so the comment is about the report as a whole.")
        how = _(
            "To propose a new row of the report, write it below the last row of its own sheet ({sheets}), "
            "with its section and list."
        )
        return f"{said} {how.format(sheets=', '.join(sheets))}" if sheets else said

    def _of_notes(self, joined: set[str]) -> Iterator[NewComment]:
        """Notes and threaded comments, a thread's first comment before its answers.

        ``joined``: rows whose words aside are with their comment.
        """
        ids: dict[str, str] = {}
        for note in sorted(self.returned.notes, key=lambda each: each.thread_of is not None):
            if not note.words.strip() or (note.is_aside and _row_of(note.cell) in joined):
                continue
            found = self._of_note(note, ids.get(note.thread_of or ""))
            if note.id:
                ids[note.id] = found.id
            yield found

    def _of_note(self, note: ReturnedNote, answers: str | None) -> NewComment:
        day = _DAY.match(note.at)
        made = self.made(
            note.key or (note.sheet if self.places.report.form.section(note.sheet) else None),
            note.cell,
            beside=note.beside,
            words=note.words,
            reviewer=note.author,
            kind=note.kind or None,
            date=day[0] if day else note.day,
            at=note.at or None,
            status=CommentStatus.RESOLVED.value if note.resolved else CommentStatus.OPEN.value,
            answers=answers or (note.said_to if note.said_to in self.places.report.comments else None),
        )
        if not note.is_aside:
            made = self._settled(made, note)
            return made if note.author else self._with_name_of_rows(made)
        told = note.told or _(
            "It stands in a column that was added to the workbook, on a row without any comment. "
            "It comes in only where you choose it."
        )
        return replace(made, told=(*made.told, told), is_aside=True)

    def _settled(self, made: NewComment, note: ReturnedNote) -> NewComment:
        """The first comment of a thread that is in the report, and was resolved in a later workbook."""
        known = self.places.report.comments.get(made.id)
        if known is None or not note.resolved or note.thread_of is not None:
            return made
        # Of the very workbook it came in from it is no news: the country may have opened it again.
        if known.status == CommentStatus.RESOLVED or known.source == made.comment.source:
            return made
        told = _("It is in the report already, and was resolved in the workbook since.")
        return replace(made, is_known=False, settles=True, told=(*made.told, told))

    def _with_name_of_rows(self, made: NewComment) -> NewComment:
        """A note without a name, with that of the one person whom the rows name; its id stays.

        LibreOffice saves the notes of a workbook without the names of their authors.
        """
        names = {review.reviewer for review in self.returned.reviews if review.reviewer}
        if len(names) != 1:
            return made
        name = names.pop()
        told = _("It has no name. “{name}” is taken from the rows of the workbook.").format(name=name)
        return replace(made, comment=replace(made.comment, reviewer=name), told=(*made.told, told))


def subject_of(report: Report, path: str) -> str:
    """What the goal or row at ``path`` says, on one line; empty for any other place."""
    place, labels = read_path(path), Labels(report.form, report.language)
    row_list = report.lists.get(place.head)
    if place.row is None:
        return ""
    if row_list is None:
        return labels.goal(place.row) if path.startswith(f"{place.section}.{GOALS_FIELD.code}/") else ""
    lead = row_list.definition.row.lead
    row = row_list.find(place.row)
    value = row.values.get(lead.code) if row is not None else None
    return " ".join(value_words(lead, value, labels).split()) if value is not None else ""


def _row_of(cell: str) -> str:
    """Sheet and row of a cell such as ``Review!F7``."""
    sheet, _point, place = cell.rpartition("!")
    return f"{sheet}!{place.lstrip(ascii_uppercase)}"


def suggested_words(lead: str, official: str, found: str) -> str:
    """The words of a comment that tells what was suggested. ``lead`` says what became of it."""
    instead = _("Instead of: {words}").format(words=official) if official.strip() else ""
    found = found if found.strip() else _("(nothing)")
    return "\n".join(filter(None, (lead, found, instead)))


def notation(words: str) -> str:
    """Words as they were typed, in the text notation."""
    return write_said(words)


_COLUMNS: dict[str, Callable[[], str]] = {
    "review_decision": lambda: _("Decision"),
    "review_reviewer": lambda: _("Reviewer"),
    "review_date": lambda: _("Date of review"),
    "review_kind": lambda: _("Kind of comment"),
}


def _not_understood(column: str, words: str) -> str:
    if column == "review_decision":
        known = ", ".join(decision_words(code) for code in Decision)
        sentence = _("“{words}” is none of the decisions ({known}). It was kept as words.")
        return sentence.format(words=quoted(words), known=known)
    if column == "review_reviewer":
        return _("“{words}” is read as a comment, not as a name. It was kept as words.").format(
            words=quoted(words)
        )
    if column == "review_date":
        return _("“{words}” is not read as a date. It was kept as words.").format(words=quoted(words))
    return _("“{words}” is no kind of comment. It was kept as words, and the comment as internal.").format(
        words=quoted(words)
    )
