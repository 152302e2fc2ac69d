"""The report file: one SQLite file with all reports of one respondent, opened to write or to read.

Reading needs SQLite alone; sqlite-utils, which is slow to import, comes with the first write.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from desktop_app.formdef.model import Form
from desktop_app.report.changes import OpenEdit, Operation, OperationKind
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.journal import Document, SubmittedContent
from desktop_app.report.report import Report
from desktop_app.runtime.files import beside, remove_leftovers
from desktop_app.storage import log, purging
from desktop_app.storage.connection import close, connect
from desktop_app.storage.errors import DamagedFileError, FileChangedError, OlderFormatError, said_in_words
from desktop_app.storage.format import FORMAT, look_at, read_program
from desktop_app.storage.hand_overs import Item, KeptAttachment, KeptDocument, KeptSubmission
from desktop_app.storage.lock import FileLock
from desktop_app.storage.opening import Found, connect_to_read, connect_to_write, refuse_foreign
from desktop_app.storage.reader import ReportReader
from desktop_app.storage.records import SourceDocument
from desktop_app.storage.sqlite import sqlite_errors

if TYPE_CHECKING:
    from sqlite_utils import Database

    from desktop_app.storage.protection import Key

Mode = Literal["write", "read"]
Fill = Callable[["ReportFile"], object]
"""Puts the first content into a new file."""

BeforeUpgrade = Callable[[Path], object]
"""Makes a backup of the file at that path, which is of an older format."""


class ReportFile(ReportReader):
    """An open report file, which belongs to the thread that opened it.

    ``recovered`` holds what a crash had left open and opening for writing has made ordinary changes of.
    """

    def __init__(self, path: Path, lock: FileLock | None = None, key: Key | None = None) -> None:
        """Use ``create`` and ``open``."""
        super().__init__(path)
        self.recovered: tuple[Operation, ...] = ()
        self._lock = lock
        self._key = key
        self._ends = contextlib.ExitStack()
        self._database: Database | None = None
        self._found: Found | None = None

    @classmethod
    def create(
        cls, path: Path, *, who: str = "", fill: Fill | None = None, key: Key | None = None
    ) -> ReportFile:
        """Make a new report file and open it for writing; there must be no file of that name.

        ``fill`` puts the first content into it; with a ``key`` it is made a protected one. The file
        appears under its name only when all of this has worked. AlreadyThereError, FolderMissingError,
        other CannotWriteErrors, what ``fill`` raises, ProtectionMissingError.
        """
        path = path.resolve()
        with beside(
            path, replace=False, verify=lambda new: cls(path, key=key)._open_to_read(new).close()
        ) as new:
            file = cls(path, key=key)
            try:
                file._lay_out(new)
                if fill is not None:
                    fill(file)
            finally:
                file.close()
                new.with_name(f"{new.name}-journal").unlink(missing_ok=True)
        return cls.open(path, "write", who=who, key=key)

    @classmethod
    def open(
        cls,
        path: Path,
        mode: Mode,
        *,
        who: str = "",
        before_upgrade: BeforeUpgrade | None = None,
        key: Key | None = None,
    ) -> ReportFile:
        """Open an existing report file. ``who`` is shown to others who want to write it meanwhile.

        Reading works beside a writer and writes nothing; a file of a newer format may be read as far as
        that goes, and says in ``needed_version`` what it needs. To write a file of an older format it is
        brought up to date, after ``before_upgrade`` has made a backup; without that, OlderFormatError.

        ``key`` opens a protected file; for an ordinary one it is not needed and not used.

        FileMissingError, NotAReportFileError, DamagedFileError, NewerFormatError, CannotReadError;
        ProtectedFileError without a key, WrongPassphraseError with the wrong one, ProtectionMissingError; for
        writing also FileInUseError, FolderNotWritableError, CannotWriteError, what ``before_upgrade`` raises.
        """
        path = path.resolve()
        try:
            return cls._open(path, mode, who, before_upgrade, key)
        except DamagedFileError:
            # A disk that fails for a moment looks the same: only what is found twice is so.
            return cls._open(path, mode, who, before_upgrade, key)

    @classmethod
    def _open(
        cls, path: Path, mode: Mode, who: str, before_upgrade: BeforeUpgrade | None, key: Key | None
    ) -> ReportFile:
        if not look_at(path, has_key=key is not None):
            refuse_foreign(path)
        if mode == "read":
            return cls(path, key=key)._open_to_read(path)
        file = cls(path, FileLock.take(path, who), key)
        remove_leftovers(path.parent)
        try:
            file._connection, file._found = connect_to_write(path, path, key)
            if file._found.format < FORMAT:
                file._upgrade(before_upgrade)
            file._recover()
        except BaseException:
            file.close()
            raise
        return file

    def close(self) -> None:
        """Close the file and let others write it. Closing twice does nothing."""
        connection, self._connection = self._connection, None
        lock, self._lock = self._lock, None
        try:
            if connection is not None:
                # What was recorded is safe; a drive that has gone keeps an emptied journal at worst.
                with contextlib.suppress(*sqlite_errors()):
                    close(connection, wrote=self._found is not None)
        finally:
            if lock is not None:
                lock.release()
            self._ends.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def add_report(
        self,
        report: Report,
        *,
        kind: OperationKind = OperationKind.CREATE,
        who: str = "",
        sitting: str = "",
        source: SourceDocument | None = None,
        attachments: Iterable[KeptAttachment] = (),
        submitted: SubmittedContent | None = None,
    ) -> int:
        """Add a report with all its content, in one transaction; returns its number in the file.

        ``submitted``: what was submitted elsewhere, when the report comes from there and knows of it.
        ``load`` it to go on with it. ReportExistsError when the file holds a report of that id.
        """
        from desktop_app.storage import writing

        operation = writing.first_operation(report, kind, who, sitting)
        with self._writing() as db:
            number = writing.free_number(db, report.id, self.path)
            with self._open_connection.schema_open():
                writing.make_views(db, report.form)
            writing.add_report(db, number, report, operation)
            if source is not None:
                writing.add_source(db, number, source)
            if submitted is not None:
                writing.add_earlier_submission(db, number, report, submitted)
            for kept in attachments:
                writing.keep_attachment(db, kept, self.path)
        return number

    def upgrade(self, operation: Operation, form: Form) -> None:
        """Keep the operation that takes a report over to ``form``, in one transaction. As ``keep``."""
        from desktop_app.storage import writing

        with self._writing() as db:
            with self._open_connection.schema_open():
                writing.make_views(db, form)
            writing.record(db, operation, self.path)

    def record(self, operation: Operation) -> None:
        """Keep one operation; returns when it is on disk. As ``keep``."""
        self.keep([operation])

    def keep_open_edit(self, edit: OpenEdit) -> None:
        """Keep the present content of the field being typed in; returns when it is on disk. As ``keep``."""
        self.keep([edit])

    def keep_document(self, report_id: str, document: Document) -> None:
        """Keep a document with the report, unless it has it; returns when it is on disk. As ``keep``."""
        self.keep([KeptDocument(report_id, document)])

    def keep(self, items: Iterable[Item]) -> None:
        """Keep what was handed over in its order, in one transaction; returns when it is on disk.

        An operation ends the open edits and drafts at its places. NoSuchReportError, UnknownPlaceError,
        FileChangedError, CannotWriteError and the like; after any of them nothing of it all is in the
        file, unless the disk lied: ``reconnect`` tells.
        """
        from desktop_app.storage import writing

        items = list(items)
        with self._writing() as db:
            for item in items:
                if isinstance(item, Operation):
                    writing.record(db, item, self.path)
                elif isinstance(item, KeptSubmission):
                    writing.record_submission(db, item, self.path)
                elif isinstance(item, KeptDocument):
                    writing.keep_document(db, item, self.path)
                elif isinstance(item, KeptAttachment):
                    writing.keep_attachment(db, item, self.path)
                elif isinstance(item, CommentDraft):
                    writing.store_draft(db, item, self.path)
                else:
                    writing.store_open_edit(db, item, self.path)
        if any(isinstance(item, Operation) and item.kind is OperationKind.PURGE for item in items):
            self._wipe_remnants()

    def purge(self, report_id: str, paths: Iterable[str], reason: str, who: str = "") -> Operation:
        """Remove for good what stands at ``paths`` of the report, and every trace of it in the log.

        What an entry session does in its own file, for another copy of it such as a backup. A path may be
        an answer's, a row's or unplaced words', or ``source/<number>`` for an original document. Returns
        the operation that says so. NoSuchReportError, UnknownPlaceError; as ``keep``.
        """
        from desktop_app.storage import writing

        with self._writing() as db:
            operation = writing.removal(db, report_id, paths, reason, who, self.path)
            writing.record(db, operation, self.path)
        self._wipe_remnants()
        return operation

    def beat(self) -> None:
        """Tell those on other computers that the file is still open, each ``lock_words.BEAT`` seconds."""
        if self._lock is not None:
            self._lock.beat()

    def tell_name(self, who: str) -> None:
        """The person who has the file open has another name from now on."""
        if self._lock is not None:
            self._lock.tell_name(who)

    @property
    def has_remnants(self) -> bool:
        """Whether bytes of what was removed for good may still be in the file.

        It could not be written anew then, for want of room perhaps; that is tried again when it is opened.
        """
        with self._reading() as connection:
            return purging.has_remnants(connection)

    def reconnect(self, pending: Collection[str]) -> list[str]:
        """Open the file anew after a failed write, and see what is really there.

        Returns the ids of those ``pending`` operations that are on disk although their write was
        reported as failed. FileChangedError when the file is not the one that was left; else as ``open``.
        """
        connection, self._connection, self._database = self._connection, None, None
        if connection is not None:
            # It is given up; what it had begun is taken back now or by the next connection.
            with contextlib.suppress(*sqlite_errors()):
                connection.close()
        if self._lock is not None and not self._lock.is_held:
            self._lock = self._lock.take_again()
        look_at(self.path, has_key=self._key is not None)
        connection, found = connect_to_write(self.path, self.path, self._key)
        left = self._found
        try:
            assert left is not None
            with said_in_words(self.path):
                landed = log.operations_after(connection, left.head.seq)
                is_the_same = found.id == left.id and log.has_link(connection, left.head)
            if not is_the_same or not set(landed) <= set(pending):
                raise FileChangedError(self.path)
        except BaseException:
            connection.close()
            raise
        self._connection, self._found = connection, found
        return landed

    def reopen(self) -> None:
        """Open the file anew, to see whether what was found in it is really there. As ``reconnect``."""
        if self._found is not None:
            self.reconnect(())
            return
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        look_at(self.path, has_key=self._key is not None)
        self._open_to_read(self.path)

    # What the above have in common

    def _open_to_read(self, at: Path) -> Self:
        try:
            self._connection, file_format = connect_to_read(at, self.path, self._ends, self._key)
            if file_format > FORMAT:
                self.needed_version = read_program(self._connection)
        except BaseException:
            self.close()
            raise
        return self

    def _upgrade(self, before: BeforeUpgrade | None) -> None:
        """Bring a file of an older format up to date, all at once or not at all."""
        from desktop_app.storage import upgrading

        if before is None:
            raise OlderFormatError(self.path)
        before(self.path)
        upgrading.upgrade(self._open_connection, self.path)
        with said_in_words(self.path):
            assert self._found is not None
            self._found = Found(self._found.id, log.read_head(self._open_connection))

    def _lay_out(self, at: Path) -> None:
        from desktop_app.storage import writing

        with said_in_words(self.path):
            self._connection = connect(at, "rw", self._key)
            self._database = writing.database(self._connection)
            with self._connection.schema_open():
                writing.lay_out(self._database)
        self._found = Found("", log.Head())

    def _wipe_remnants(self) -> None:
        purging.wipe_remnants(self._open_connection)

    def _recover(self) -> None:
        """Make ordinary changes of what a crash left open, unless the file is damaged. DamagedFileError."""
        if self.has_remnants and not self.verify_chain():
            self._wipe_remnants()
        if self.open_edits():
            from desktop_app.storage import writing

            damages = self.verify_chain()
            if damages:
                raise DamagedFileError(self.path, [damage.sentence for damage in damages])
            with self._writing() as db:
                self.recovered = writing.recover(db, self.path)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Database]:
        """One transaction, on the file as this program last left it."""
        from desktop_app.storage import writing

        connection = self._open_connection
        if self._found is None:
            raise io.UnsupportedOperation("opened to read")
        if self._lock is not None:
            self._lock.refuse_if_lost()
        if self._database is None:
            self._database = writing.database(connection)
        with said_in_words(self.path):
            with self._database.atomic() as db:
                if log.read_head(connection) != self._found.head:
                    raise FileChangedError(self.path)
                yield db
                head = log.read_head(connection)
            self._found = Found(self._found.id, head)
