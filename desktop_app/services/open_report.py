"""A report opened in the window: its session, and the worker that keeps every word of it.

What may be written is opened to write; what may not (a medium, a folder or a file that is read-only, a
file of a newer format) is opened to read, with the sentence that says why. A file on a share, a stick or in
a synchronised folder is worked on in a copy on this computer that is written back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import Operation
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.files import CannotWriteError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.form_versions import ReportRead, load_report, offered_version
from desktop_app.services.reports import choose_summary
from desktop_app.services.required_protection import ProtectionRequiredError, refuse_unprotected
from desktop_app.services.working_places import is_all_well, left_here, open_place, place_notices
from desktop_app.storage.errors import CannotReadError, NewerFormatError
from desktop_app.storage.format import look_at
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker

if TYPE_CHECKING:
    from desktop_app.services.attachments import OpenCopies
    from desktop_app.services.backups import AutomaticBackups, BackupSchedule
    from desktop_app.storage.place_state import PlaceState
    from desktop_app.storage.place_worker import PlaceWorker
    from desktop_app.storage.protection import Key
    from desktop_app.storage.verifying import Damage

CLOSING = 30.0
"""Seconds the worker may take to write what is left."""

PLACE_CLOSING = 5.0
"""Seconds a place may take for the last words of a working copy; what it does not take waits there."""


@dataclass(slots=True)
class OpenReport:
    """``path``: the person's file. ``notices``: sentences, such as that unfinished text was recovered.

    ``can_be_copied``: it is read-only for the place or the file alone, so that a copy can be written.
    ``offered_version``: the version of its form the report should be taken over to; empty for none.
    ``place`` writes the working copy back to ``path``; None where the file itself is worked on.
    ``place_notices``: those of the notices that only say so, while all is well.
    """

    path: Path
    session: EntrySession
    journal: FileWorker
    notices: tuple[str, ...] = ()
    can_be_copied: bool = False
    backups: AutomaticBackups | None = None
    key: Key | None = None
    place: PlaceWorker | None = None
    offered_version: str = ""
    place_notices: tuple[str, ...] = ()
    copies: OpenCopies | None = None
    """Copies of attached files that other programs show."""

    recovered: tuple[str, ...] = ()
    """The places of unfinished answers that a crash had left, the one written last at the end."""

    @property
    def local_path(self) -> Path:
        """The file that is really open: ``path`` itself, or its working copy."""
        return self.place.working.path if self.place is not None else self.path

    @property
    def place_state(self) -> PlaceState | None:
        """How far the person's file has what is in the working copy; None where that is the file itself."""
        return self.place.state if self.place is not None else None

    @property
    def read_only(self) -> str:
        """Why nothing can be changed, in a sentence; empty where everything can."""
        return self.session.read_only

    @property
    def integrity(self) -> Future[list[Damage]]:
        """What was found when the whole file was compared with its log; empty for a sound one."""
        return self.journal.integrity

    def attachment_bytes(self, sha256: str) -> bytes:
        """The bytes of an attached file; waits for the file's worker. KeyError when they are not there."""
        from desktop_app.services.attachments import open_attachment_bytes

        return open_attachment_bytes(self.journal, self.session.report.id)(sha256)

    def open_copies(self) -> OpenCopies:
        """Where copies of attached files are made for other programs to show; gone when it is closed."""
        from desktop_app.services.attachments import OpenCopies

        if self.copies is None:
            self.copies = OpenCopies()
        return self.copies

    def begin_backups(self, tell: Callable[[str], None]) -> None:
        """Make backups from now on; ``tell`` hears, in another thread, why one could not be made."""
        from desktop_app.services.backups.automatic import AutomaticBackups

        if not self.read_only:
            place = self.path if self.place is not None else None
            schedule = partial(_backup_schedule, self.local_path, key=self.key, place=place)
            self.backups = AutomaticBackups(schedule, self.integrity, tell)

    def close(self) -> None:
        """Write what is left and close the file; the last backup goes on behind.

        A working copy is written back; it stays on this computer when its place does not take it.
        """
        self.session.leave()
        if self.journal.close(CLOSING):
            self._end()

    def give_up(self) -> None:
        """Close the file without what could not be written: the person decided so."""
        self.journal.give_up()
        self._end()

    def _end(self) -> None:
        if self.copies is not None:
            self.copies.close()
        if self.backups is not None:
            self.backups.close()
        if self.place is not None:
            # The last backup is made of the working copy, which goes when all is at its place.
            self.place.close(PLACE_CLOSING, self._wait_for_backup)

    def _wait_for_backup(self) -> None:
        if self.backups is not None:
            self.backups.wait(CLOSING)


@dataclass(slots=True)
class _Opened:
    """``read_only``: why it is only read, empty when it is written."""

    worker: FileWorker
    read_only: str = ""
    can_be_copied: bool = False
    place: PlaceWorker | None = None

    def close(self) -> None:
        self.worker.close(CLOSING)
        if self.place is not None:
            self.place.close(PLACE_CLOSING)


def open_report(
    path: Path,
    library: FormLibrary,
    number: int | None = None,
    *,
    who: str = "",
    to_read: bool = False,
    why: str = "",
    key: Key | None = None,
    verify_after: float = 0.0,
) -> OpenReport:
    """Open report ``number`` (the newest for None) of the file, for writing where that is possible.

    Nothing is written before the whole file has been verified, which goes on behind this call.
    ``to_read``: only to read, as beside somebody who has the file open; ``why`` in a sentence. ``key``
    opens a protected file; a file without a passphrase is opened to read where IT requires one. Verifying
    begins after ``verify_after`` seconds, or before when it is asked for or needed.
    FileInUseError when someone has it open for writing, DamagedFileError, and other DeskErrors when it
    cannot be opened at all.
    """
    with _said_in_words(path):
        here = left_here(path)
        if here is not None:
            # Asked first: without its key a working copy looks damaged.
            look_at(here, has_key=key is not None)
        opened = _open_file(path, who, why if to_read else _unprotected(here or path), key)
        try:
            loaded = opened.worker.read(partial(_load, path, library, number)).result()
        except BaseException:
            opened.close()
            raise
    opened.worker.verify(verify_after)
    return _open_report(path, opened, loaded, who, key)


@contextlib.contextmanager
def _said_in_words(path: Path) -> Iterator[None]:
    """What else is needed to read: the forms, our own modules. Too many open files, a disk that fails."""
    try:
        yield
    except (OSError, ImportError) as error:
        raise CannotReadError(path, getattr(error, "strerror", None) or str(error)) from error


@dataclass(frozen=True, slots=True)
class _Loaded:
    """``newer``: why a file of a newer format is only read."""

    read: ReportRead
    offered: str | None
    log: list[Operation]
    newer: str


def _load(path: Path, library: FormLibrary, number: int | None, file: ReportFile) -> _Loaded:
    """Read the report in the worker's thread."""
    summary = choose_summary(path, file.reports(), number)
    read = load_report(file, summary, library)
    offered = offered_version(library, summary, is_displaced=read.report.is_displaced)
    return _Loaded(read, offered, file.operations(summary.id, undoable=True), _newer_format(file))


def _open_report(path: Path, opened: _Opened, loaded: _Loaded, who: str, key: Key | None) -> OpenReport:
    worker, read = opened.worker, loaded.read
    recovered = tuple(worker.opened.result())
    read_only = opened.read_only or loaded.newer
    session = EntrySession(read.report, worker, loaded.log, who, read_only=read_only or read.read_only)
    about_form = read.sentences if read_only else read.notices
    about_place = place_notices(path, opened.place)
    return OpenReport(
        path,
        session,
        worker,
        (*_recovery_notice(len(recovered)), *about_place, *about_form),
        opened.can_be_copied,
        key=key,
        place=opened.place,
        offered_version="" if read_only or session.is_frozen else loaded.offered or "",
        recovered=_places_of(recovered, read.report.id),
        place_notices=about_place if is_all_well(opened.place) and len(about_place) == 1 else (),
    )


def _unprotected(path: Path) -> str | None:
    """Why the file is only to be read, where IT requires a passphrase and it has none."""
    try:
        refuse_unprotected(path)
    except ProtectionRequiredError as error:
        return error.sentence
    return None


def _open_file(path: Path, who: str, reading: str | None, key: Key | None) -> _Opened:
    """Open it to write where that is possible. ``reading``: not None when it is only to be read."""
    if reading is not None:
        words = reading or _("This report is open to be read only.")
        return _Opened(_started(FileWorker(path, who, "read", key=key)), words)
    try:
        return _open_to_write(path, who, key)
    except (CannotWriteError, NewerFormatError) as refusal:
        can_be_copied = isinstance(refusal, CannotWriteError)
        try:
            worker = _started(FileWorker(path, who, "read", key=key))
        except (CannotWriteError, NewerFormatError):
            raise refusal from None
        return _Opened(worker, refusal.sentence, can_be_copied)


def _open_to_write(path: Path, who: str, key: Key | None) -> _Opened:
    place = open_place(path, who, key=key)
    local = path if place is None else place.working.path
    back_up = partial(_back_up_before_upgrade, key=key, place=None if place is None else path)
    try:
        worker = _started(FileWorker(local, who, before_upgrade=back_up, key=key))
    except BaseException:
        if place is not None:
            place.close(PLACE_CLOSING)
        raise
    if place is not None:
        worker.listen(place.note_durability)
    return _Opened(worker, place=place)


def _started(worker: FileWorker) -> FileWorker:
    worker.opened.result()
    return worker


def _newer_format(file: ReportFile) -> str:
    return NewerFormatError(file.path, file.needed_version).sentence if file.needed_version else ""


def _backup_schedule(path: Path, *, key: Key | None, place: Path | None) -> BackupSchedule:
    from desktop_app.services.backups.schedule import BackupSchedule

    return BackupSchedule(path, key=key, place=place)


def _back_up_before_upgrade(path: Path, *, key: Key | None, place: Path | None) -> None:
    from desktop_app.services.backups import BEFORE_UPGRADE, make_backup

    make_backup(path, BEFORE_UPGRADE, key=key, place=place)


def _places_of(recovered: Iterable[Operation], report_id: str) -> tuple[str, ...]:
    """Where in the report that is shown; the file may hold others."""
    of_report = sorted((one for one in recovered if one.report == report_id), key=lambda one: one.at)
    return tuple(change.path for one in of_report for change in one.changes)


def _recovery_notice(recovered: int) -> tuple[str, ...]:
    if not recovered:
        return ()
    told = ngettext(
        "The program did not end properly last time. {count} unfinished answer was recovered.",
        "The program did not end properly last time. {count} unfinished answers were recovered.",
        recovered,
    )
    return (told.format(count=recovered),)
