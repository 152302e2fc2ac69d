"""What an operation of the log is called: in the history, and before it is undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_app.formdef.labels import Labels
from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.paths import ATTACHED, Place, PlaceKind, read_path, row_path
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.report.status import StatusStep
from desktop_app.runtime.i18n import _, ngettext

_OF_ROWS = frozenset(
    {
        OperationKind.ADD,
        OperationKind.DUPLICATE,
        OperationKind.PASTE,
        OperationKind.MOVE,
        OperationKind.REMOVE,
        OperationKind.RESTORE,
    }
)
"""Kinds that are about entries of a list."""

_OF_THE_WHOLE = frozenset(
    {
        OperationKind.CREATE,
        OperationKind.IMPORT,
        OperationKind.RESTORE_POINT,
        OperationKind.UPGRADE,
        OperationKind.STATUS,
        OperationKind.RECEIPT,
    }
)
"""Kinds that are about the report as a whole, whatever they changed."""


def kind_words(kind: OperationKind, rows: int = 1, note: str = "") -> str:
    """What was done, such as "Removed an entry". ``rows``: how many entries; ``note``: name or reason."""
    match kind:
        case OperationKind.ADD:
            return ngettext("Added an entry", "Added {count} entries", rows).format(count=rows)
        case OperationKind.PASTE:
            return ngettext("Pasted an entry", "Pasted {count} entries", rows).format(count=rows)
        case OperationKind.REMOVE:
            return ngettext("Removed an entry", "Removed {count} entries", rows).format(count=rows)
        case OperationKind.RESTORE_POINT:
            return _("Restore point: {name}").format(name=note)
        case OperationKind.PURGE:
            return _("Removed for good: {reason}").format(reason=note)
        case OperationKind.COMMENT:
            if note:
                return _("Review brought in: {workbook}").format(workbook=note)
            return _("Review comment")
        case OperationKind.ACCEPT if note:
            return _("Warning accepted")
        case OperationKind.UPGRADE if note:
            return _("Moved to another version of the form: {versions}").format(versions=note)
    return {
        OperationKind.CREATE: _("Report begun"),
        OperationKind.IMPORT: _("Imported"),
        OperationKind.EDIT: _("Edited"),
        OperationKind.STATE: _("Changed why it is empty"),
        OperationKind.ATTACH: _("Attached a file"),
        OperationKind.DETACH: _("Took a file off"),
        OperationKind.DUPLICATE: _("Duplicated an entry"),
        OperationKind.MOVE: _("Moved an entry"),
        OperationKind.RESTORE: _("Brought an entry back"),
        OperationKind.CONFIDENTIAL: _("Changed the mark “confidential”"),
        OperationKind.UNDO: _("Undone"),
        OperationKind.REDO: _("Redone"),
        OperationKind.STATUS: _("Changed the status"),
        OperationKind.ACCEPT: _("A warning is no longer accepted"),
        OperationKind.RECEIPT: _("Filed a receipt"),
        OperationKind.REVERT: _("Brought back earlier words"),
        OperationKind.UPGRADE: _("Moved to another version of the form"),
    }[kind]


def status_step_words(step: str, submission: str = "", note: str = "") -> str:
    """What a change of status was, such as "Submission 1 taken back: a page was missing".

    ``step``: a code of ``StatusStep``; ``submission``: the number of the submission it was about.
    """
    words = {
        StatusStep.READY.value: _("Marked as ready"),
        StatusStep.APPROVED.value: _("Approved"),
        StatusStep.BACK_TO_DRAFT.value: _("Set back to draft"),
        StatusStep.SUBMITTED.value: _("Submitted: submission {number}").format(number=submission),
        StatusStep.TAKEN_BACK.value: _("Submission {number} taken back").format(number=submission),
        StatusStep.AMENDED.value: _("Amendment opened"),
    }.get(step, _("Changed the status"))
    return _("{what}: {note}").format(what=words, note=note) if note else words


def what_words(kind: OperationKind, paths: Iterable[str], note: str = "", step: str = "") -> str:
    """What an operation that changed ``paths`` did, such as "Removed 2 entries"."""
    if step:
        of_submissions = (path for path in paths if read_path(path).kind is PlaceKind.SUBMISSION)
        return status_step_words(step, read_path(next(of_submissions, "")).row or "", note)
    # Not taken apart further: an import has tens of thousands of them.
    subjects = (path.partition("#")[0] for path in paths)
    rows = {subject.partition("/")[2] for subject in subjects if subject.count("/") == 1}
    return kind_words(kind, max(1, len(rows)), note)


def where_words(report: Report, kind: OperationKind, paths: Iterable[str]) -> str:
    """The smallest place that holds all of ``paths``, such as "Target 1, planned actions".

    Empty for the whole report. Of steps about entries it is the list, as their row may be gone.
    """
    if kind in _OF_THE_WHOLE:
        return ""
    if kind in _OF_ROWS:
        # Of each only its row: a pasted list has a thousand answers.
        paths = dict.fromkeys("/".join(path.split("/", 2)[:2]) for path in paths)
    subjects = [about for place in map(read_path, paths) if place.head and (about := _about(report, place))]
    return _where(report, subjects, of_rows=kind in _OF_ROWS)


def operation_words(report: Report, kind: OperationKind, paths: Sequence[str], note: str = "") -> str:
    """What was done and where, such as "Removed an entry, Target 1, planned actions"."""
    what, where = what_words(kind, paths, note), where_words(report, kind, paths)
    return _("{what}, {place}").format(what=what, place=where) if where else what


def step_words(report: Report, operation: Operation) -> str:
    """What an operation of this session was, such as "Edited, Target 1, planned action 2, Timeframe"."""
    paths = [_place_of(change) for change in operation.changes]
    return operation_words(report, operation.kind, paths, operation.note)


def _place_of(change: Change) -> str:
    """The path that changed; of an attached file, that of what it goes with or went with."""
    plain = change.new or change.old
    if change.path.startswith(f"{ATTACHED}/") and isinstance(plain, dict):
        return str(plain.get("path", change.path))
    return change.path


def _about(report: Report, place: Place) -> str:
    """The place itself; for a comment, an accepted warning or an attached file, what it is about."""
    if place.kind is PlaceKind.COMMENT and (comment := report.comments.get(place.row or "")) is not None:
        return comment.about
    if place.kind is PlaceKind.ACCEPTED:
        accepted = report.accepted.get(place.row or "")
        return accepted.path if accepted is not None else ""
    if place.kind is PlaceKind.ATTACHED and (file := report.attached.get(place.row or "")) is not None:
        return file.about
    return place.subject


def _where(report: Report, subjects: list[str], *, of_rows: bool) -> str:
    # Of a file that is not attached any more nothing says here where it was.
    subjects = [each for each in subjects if read_path(each).head != ATTACHED] or subjects
    places = [read_path(subject) for subject in subjects]
    heads = {place.head for place in places}
    holders = [heads]
    if not of_rows:
        rows = {row_path(place.head, place.row) if place.row else place.head for place in places}
        holders = [set(subjects), rows, heads]
    for holder in holders:
        if len(holder) == 1:
            return place_name(report, holder.pop())
    sections = {place.section for place in places}
    if len(sections) == 1 and (section := report.form.section(sections.pop())) is not None:
        return Labels(report.form, report.language).section_short(section)
    count = len(set(subjects))
    return ngettext("{count} place", "{count} places", count).format(count=count) if count else ""
