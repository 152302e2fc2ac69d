"""The reading half of a report file: what can be asked of it, over SQLite alone."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.formdef.model import Form
from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError
from desktop_app.storage import log, reading
from desktop_app.storage.connection import Connection, one_moment
from desktop_app.storage.drafts import drafts_of
from desktop_app.storage.errors import (
    CannotReadError,
    DamagedFileError,
    NewerFormatError,
    NoSuchReportError,
    OtherFormError,
    said_in_words,
)
from desktop_app.storage.records import AttachmentFacts, ReportSummary, SourceDocument
from desktop_app.storage.sqlite import operational_errors

if TYPE_CHECKING:
    from desktop_app.report.versions.lineage import Lineage
    from desktop_app.storage.past import ByPath, Moment, Version
    from desktop_app.storage.projection import Projection
    from desktop_app.storage.submitted import StoredSubmission
    from desktop_app.storage.verifying import Damage


class ReportReader:
    """Answers questions about an open report file. ``path`` is where it is, links followed."""

    def __init__(self, path: Path) -> None:
        """Not open yet."""
        self.path = path
        self.needed_version = ""
        """The version of the program that can write a file of a newer format; empty for one known here."""
        self._connection: Connection | None = None

    def reports(self) -> list[ReportSummary]:
        """All reports of the file, by number."""
        with self._reading() as connection:
            return reading.summaries(connection)

    def load(
        self, number: int, form: Form, *, with_open_edit: bool = True, lineage: Lineage | None = None
    ) -> Report:
        """The report with this number; the text being typed counts, unless ``with_open_edit`` is False.

        ``form`` is the form the report was made with, in its version; else ``lineage`` says how its answers
        come to it. What ``form`` has no place for is among the report's unplaced texts, and the report
        ``is_displaced`` then. NoSuchReportError, OtherFormError, DamagedFileError.
        """
        with self._reading() as connection:
            summary = reading.summary_of(connection, number)
            if summary is None:
                raise NoSuchReportError(self.path, number)
            if summary.form_id != form.id:
                raise OtherFormError(self.path, number, f"{summary.form_id} {summary.form_version}")
            with reading.much_at_once():
                edits = reading.open_edits(connection, number) if with_open_edit else []
                if (form.version, form.hash) == (summary.form_version, summary.form_hash):
                    lineage = None
                    with contextlib.suppress(UnknownPlaceError, WrongValueError):
                        report = _with_edits(reading.stored_report(connection, summary, form), edits)
                        report.drafts = drafts_of(connection, number)
                        return report
                stored = reading.stored_content(connection, summary)
                report = _carried(summary, stored, edits, lineage, form)
                report.drafts = drafts_of(connection, number)
                return report

    def content(self, number: int) -> tuple[ReportSummary, dict[str, Any]]:
        """All that the report holds, whatever its form. NoSuchReportError, DamagedFileError."""
        from desktop_app.storage.carrying import content_of_stored

        with self._reading() as connection:
            summary = reading.summary_of(connection, number)
            if summary is None:
                raise NoSuchReportError(self.path, number)
            stored = reading.stored_content(connection, summary)
            return summary, content_of_stored(stored, reading.open_edits(connection, number))

    def operations(self, report_id: str, *, undoable: bool = False) -> list[Operation]:
        """The log of one report, oldest first. DamagedFileError.

        ``undoable``: only what came after the last import or change of status, which is all that undo
        needs, and short even where a large report was imported.
        """
        with self._reading() as connection:
            from_seq = log.first_undoable(connection, report_id) if undoable else 0
            return [entry.operation() for entry in log.read_log(connection, report_id, from_seq=from_seq)]

    def moments(self, report_id: str, kind: OperationKind | None = None) -> list[Moment]:
        """The operations of one report, or those of one kind, without what they changed; newest first."""
        from desktop_app.storage import past

        with self._reading() as connection:
            return list(past.moments(connection, self._number(report_id), kind))

    def versions(self, report_id: str, path: str) -> list[Version]:
        """What one place of the report held after each operation that touched it, newest first."""
        from desktop_app.storage import past

        with self._reading() as connection:
            return past.versions(connection, self._number(report_id), path)

    def content_at(self, report_id: str, seq: int | None) -> ByPath:
        """All that the report held after the operation with this number (now for None), by path."""
        from desktop_app.storage import past

        with self._reading() as connection:
            self._number(report_id)
            with reading.much_at_once():
                return past.content_at(connection, report_id, seq)

    def compared(self, report_id: str, first: int | None, second: int | None) -> tuple[ByPath, ByPath]:
        """What the report held after two operations, where it was touched between them."""
        from desktop_app.storage import past

        with self._reading() as connection:
            self._number(report_id)
            with reading.much_at_once():
                return past.compared(connection, report_id, first, second)

    def paths_once_holding(self, report_id: str, is_wanted: Callable[[Any], bool]) -> list[str]:
        """The paths of one report of which an earlier or present value, in JSON, is wanted."""
        from desktop_app.storage import past

        with self._reading() as connection:
            return past.paths_once_holding(connection, report_id, is_wanted)

    def kept_documents(self, report_id: str) -> list[tuple[str, str, str, str | None]]:
        """What is kept of one report beside its answers: kind, path, name and words of each.

        The kind is ``source``, ``submission`` or ``comment``; words that cannot be read are None.
        """
        from desktop_app.storage import past

        with self._reading() as connection:
            return list(past.kept_documents(connection, self._number(report_id)))

    def open_edits(self) -> list[OpenEdit]:
        """The fields that are being typed in."""
        with self._reading() as connection:
            return reading.open_edits(connection)

    def sources(self, report_id: str) -> list[SourceDocument]:
        """The original documents of a report's imports, oldest first."""
        with self._reading() as connection:
            return reading.sources(connection, report_id)

    def submission(self, report_id: str, number: int) -> StoredSubmission | None:
        """What was submitted under this number; None when it is not in the file. NoSuchReportError."""
        from desktop_app.storage import submitted

        with self._reading() as connection:
            return submitted.stored_submission(connection, self._number(report_id), number)

    def report_after(self, report_id: str, operation: int, form: Form) -> Report:
        """The report as it was after the operation with this number, when it answered ``form``; its bin too.

        Without what was removed for good since. NoSuchReportError, UnknownPlaceError, WrongValueError for
        a form that was changed since, DamagedFileError.
        """
        from desktop_app.storage import submitted

        with self._reading() as connection, reading.much_at_once():
            summary = reading.summary_of(connection, report_id)
            if summary is None:
                raise NoSuchReportError(self.path, report_id)
            return submitted.report_after(connection, summary, operation, form)

    def attachments(self, report_id: str) -> list[AttachmentFacts]:
        """What is known of the files kept with one report, by name. NoSuchReportError."""
        from desktop_app.storage import attaching

        with self._reading() as connection:
            return attaching.attachments_of(connection, self._number(report_id))

    def attached_once(self, report_id: str, path: str) -> list[str]:
        """The paths of the files that go, or once went, with the place at ``path`` or what stands in it."""
        from desktop_app.storage import attaching

        with self._reading() as connection:
            return attaching.attached_once(connection, self._number(report_id), path)

    def read_attachment(self, report_id: str, sha256: str, take: Callable[[bytes], object]) -> None:
        """Give the bytes of one file to ``take``, a piece at a time. KeyError when it is not there."""
        from desktop_app.storage import attaching

        with self._reading() as connection:
            for piece in attaching.pieces(connection, self._number(report_id), sha256):
                take(piece)

    def verify_chain(self) -> list[Damage]:
        """All that is not what was written: the whole log is read, and what follows from it compared."""
        from desktop_app.storage import verifying

        with self._reading() as connection, reading.much_at_once():
            return verifying.verify_chain(connection)

    def _number(self, report_id: str) -> int:
        summary = reading.summary_of(self._open_connection, report_id)
        if summary is None:
            raise NoSuchReportError(self.path, report_id)
        return summary.number

    @property
    def _open_connection(self) -> Connection:
        if self._connection is None:
            raise CannotReadError(self.path)
        return self._connection

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Connection]:
        strange: tuple[type[Exception], ...] = (DamagedFileError, *operational_errors())
        try:
            with said_in_words(self.path), one_moment(self._open_connection):
                try:
                    yield self._open_connection
                except ValueError as error:
                    raise DamagedFileError(self.path) from error
        except strange as error:
            if not self.needed_version:
                raise
            # A newer format may keep things differently; that is no damage.
            raise NewerFormatError(self.path, self.needed_version) from error


def _with_edits(report: Report, edits: Iterable[OpenEdit]) -> Report:
    for edit in edits:
        report.apply(Change(edit.path, report.plain(edit.path), edit.value))
    return report


def _carried(
    summary: ReportSummary,
    stored: Projection,
    edits: Iterable[OpenEdit],
    lineage: Lineage | None,
    form: Form,
) -> Report:
    """Slower, and seldom needed: every answer is looked at on its own."""
    from desktop_app.report.versions.lineage import Lineage
    from desktop_app.storage.carrying import carried_report, content_of_stored

    if lineage is None:
        is_own = (form.version, form.hash) == (summary.form_version, summary.form_hash)
        lineage = Lineage(form if is_own else None, (form,))
    return carried_report(summary, content_of_stored(stored, edits), lineage)
