"""The local working copy of a report file that lies on a share, a stick or in a synchronised folder.

It is taken whole, worked on locally, and written back whole: made beside the file, flushed, read again,
and moved into place only while the file is the one that was taken. What cannot be written back stays
here and is found again at the next opening. A file that somebody else changed meanwhile is never written
over: the work then goes beside it, under a name of its own, and both are shown.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.report.changes import utc_now
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.files import CannotWriteError, FolderMissingError, beside, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.storage.backups import copy_whole, verify_copy
from desktop_app.storage.copy_reading import JOURNALS, moved_here, settle, version_of
from desktop_app.storage.copy_record import (
    RECORD,
    CopyRecord,
    Fingerprint,
    Version,
    folder_for,
    read_record,
)
from desktop_app.storage.errors import CannotReadError, FileInUseError, FileMissingError
from desktop_app.storage.format import look_at
from desktop_app.storage.lock import FileLock
from desktop_app.storage.place_state import Conflict, PlaceState, Standing

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key

Now = Callable[[], datetime.datetime]


class NotWrittenBackError(CannotWriteError):
    """The work is safe in the working copy, but not at its place yet."""

    def __init__(self, place: Path, reason: str = "") -> None:
        """``reason``: a sentence of its own; none when the place cannot be reached at all."""
        reason = reason or _("“{place}” cannot be reached at present.").format(place=place)
        sentence = _(
            "{reason} Your work is kept on this computer and will be written to “{file}” as soon as that is"
            " possible."
        )
        super().__init__(sentence.format(file=place.name, reason=reason))


class _ChangedError(Exception):
    """The file at the place is not the one that was taken."""


def _local_now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


class WorkingCopy:
    """One working copy, from ``check_out`` to ``release``. To be used by one thread at a time.

    ``path`` is the file to work on. ``place`` is the person's file, links followed.
    """

    def __init__(
        self, home: Path, record: CopyRecord, own_lock: FileLock, lock: FileLock | None, who: str,
        key: Key | None, now: Now,
    ) -> None:  # fmt: skip
        """Use ``check_out``."""
        self._home, self._record = home, record
        self._own_lock, self._lock = own_lock, lock
        self._who, self._key, self._now = who, key, now
        self._written_stamp: tuple[int, int] | None = None
        self._state = PlaceState(Standing.WAITING, written_at=record.written_at)

    @classmethod
    def check_out(
        cls, place: Path, folder: Path, who: str, *, key: Key | None = None, now: Now = _local_now
    ) -> WorkingCopy:
        """Make a working copy of the file at ``place`` below ``folder``, or go on with the one left there.

        When the place cannot be reached, a working copy left there is opened all the same. FileInUseError
        when somebody works on the file, FolderNotWritableError when its folder may only be read, and what
        ``ReportFile.open`` raises.
        """
        place = place.resolve()
        home = folder_for(place, folder)
        if not home.exists():
            home = moved_here(place, folder, who) or home
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise writing_error(error, home) from error
        locks = contextlib.ExitStack()
        try:
            own_lock = _lock_copy(home, place, who)
            locks.callback(own_lock.release)
            record = read_record(home)
            copy = home / (record.place if record else place).name
            lock: FileLock | None = None
            refused: DeskError | None = None
            try:
                target = record.target if record else place
                if record is None:
                    # Asked first, so that nothing is made beside what is no report file.
                    look_at(place, has_key=key is not None)
                _refuse_other_drive(record)
                lock = FileLock.take(target, who)
                locks.callback(lock.release)
                record = settle(copy, place, record, who, name_of_own(place, who, now()), key)
            except (CannotReadError, FileMissingError, CannotWriteError) as error:
                # A file in use, or a damaged one, is another matter.
                if record is None or not copy.is_file():
                    raise
                refused = error
            working = cls(home, record, own_lock, lock, who, key, now)
            working._note_opening(refused)
        except BaseException:
            locks.close()
            with contextlib.suppress(OSError):
                # Only when there is nothing in it.
                home.rmdir()
            raise
        return working

    @property
    def path(self) -> Path:
        """The file to work on, on this computer."""
        return self._home / self._record.place.name

    @property
    def place(self) -> Path:
        """The person's file."""
        return self._record.place

    @property
    def conflict(self) -> Conflict | None:
        """Both files, when somebody else changed the person's file."""
        return Conflict(self.place, self._record.target) if self._record.has_conflict else None

    @property
    def state(self) -> PlaceState:
        """How far the place has come. May be asked from any thread."""
        return self._state

    def beat(self) -> None:
        """Tell others, each minute, that the file is still being worked on."""
        if self._lock is not None:
            self._lock.beat()

    def write_back(self) -> bool:
        """Write all that is saved here to its place; whether there was anything to write.

        NotWrittenBackError when that is not possible at present: nothing is lost, ``state`` says why, and
        it can be tried again. DamagedFileError when the working copy itself is no longer sound.
        """
        stamp = self._stamp()
        if stamp == self._written_stamp and self._state.is_written:
            return False
        try:
            self._hold_lock()
            with self._snapshot() as (new, version):
                has_written = self._bring(new, version)
        except FileInUseError as error:
            raise self._not_written(Standing.IN_USE, error) from error
        except (CannotWriteError, CannotReadError) as error:
            raise self._not_written(Standing.AWAY, error) from error
        except OSError as error:
            unreachable = CannotReadError(self._record.target)
            raise self._not_written(Standing.AWAY, unreachable) from error
        self._written_stamp = stamp
        self._state = PlaceState(self._standing_when_written, "", self._record.written_at)
        return has_written

    def release(self) -> bool:
        """End the work. When all is at its place the working copy goes, else it stays; whether it went.

        The file must be closed. Whoever opens it next finds what stayed.
        """
        is_written = self._state.is_written and self._stamp() == self._written_stamp
        if is_written:
            with contextlib.suppress(OSError):
                self.path.unlink()
                (self._home / RECORD).unlink()
        if self._lock is not None:
            self._lock.release()
        self._own_lock.release()
        if is_written:
            with contextlib.suppress(OSError):
                self._home.rmdir()
        return is_written

    # Inside

    @property
    def _standing_when_written(self) -> Standing:
        return Standing.CONFLICT if self._record.has_conflict else Standing.IN_STEP

    def _note_opening(self, refused: DeskError | None) -> None:
        if refused is not None:
            self._not_written(Standing.AWAY, refused)
        elif self._record.base is not None and self._is_as_taken():
            self._written_stamp = self._stamp()
            self._state = PlaceState(self._standing_when_written, "", self._record.written_at)

    def _is_as_taken(self) -> bool:
        base = self._record.base
        if base is None or Fingerprint.of(self.path) == base.fingerprint:
            return base is not None
        return version_of(self.path, self.place, self._key).content == base.content

    def _stamp(self) -> tuple[int, int] | None:
        """When the working copy was last written. It is not opened: that would end SQLite's locks."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _not_written(self, standing: Standing, refused: DeskError) -> NotWrittenBackError:
        reason = "" if _is_out_of_reach(refused) else refused.sentence
        error = NotWrittenBackError(self._record.target, reason)
        self._state = PlaceState(standing, error.sentence, self._record.written_at)
        return error

    def _hold_lock(self) -> None:
        """Hold the lock at the place, which may have been away or taken over by somebody."""
        _refuse_other_drive(self._record)
        if self._lock is None:
            self._lock = FileLock.take(self._record.target, self._who)
        elif not self._lock.is_held:
            self._lock = self._lock.take_again()

    @contextlib.contextmanager
    def _snapshot(self) -> Iterator[tuple[Path, Version]]:
        """A verified copy of the working copy at one moment, beside a writer of it."""
        new = self._home / f".{self.path.name}.out"
        try:
            new.write_bytes(b"")
            copy_whole(self.path, new, self._key)
            verify_copy(new, self.path, self._key)
            yield new, version_of(new, self.path, self._key)
        finally:
            new.unlink(missing_ok=True)

    def _bring(self, new: Path, version: Version) -> bool:
        base = self._record.base
        if base is not None and version.content == base.content:
            return False
        try:
            self._move(new, version)
        except _ChangedError:
            # Somebody else changed the file: the work goes to one of its own from now on.
            own_name = name_of_own(self.place, self._who, self._now())
            self._remember(replace(self._record, target=own_name, base=None, pending=None))
            self._move(new, version)
        device = self._record.target.parent.stat().st_dev
        self._remember(replace(self._record, base=version, pending=None, written_at=utc_now(), device=device))
        return True

    def _move(self, new: Path, version: Version) -> None:
        self._refuse_if_changed()
        # Written down before: a crash after the move must not take our own bytes for somebody else's.
        self._remember(replace(self._record, pending=version.fingerprint))
        target = self._record.target

        def verify(written: Path) -> None:
            if version_of(written, target, self._key) != version:
                raise CannotWriteError(_("The drive did not keep what was written to it."))
            self._refuse_if_changed()

        with beside(target, replace=target.exists(), verify=verify) as there:
            shutil.copyfile(new, there)

    def _refuse_if_changed(self) -> None:
        """Make sure that what is at the place was taken from there or written there; or that nothing is.

        A file that another program is in the middle of writing is changed, too.
        """
        _refuse_other_drive(self._record)
        target = self._record.target
        found = Fingerprint.of(target)
        is_ours = found is None or self._record.is_known(found)
        if not is_ours or _is_being_written(target):
            raise _ChangedError

    def _remember(self, record: CopyRecord) -> None:
        record.save(self._home)
        self._record = record


_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG}


def _is_out_of_reach(refused: DeskError) -> bool:
    """Whether the place did not answer at all; what it has to say otherwise is worth telling."""
    if isinstance(refused, CannotReadError | FolderMissingError):
        return True
    cause = None if isinstance(refused, FileInUseError) else refused.__cause__
    return isinstance(cause, OSError) and cause.errno not in _REFUSALS


def _is_being_written(target: Path) -> bool:
    """Whether another program is in the middle of a write; an emptied journal says that one is over."""
    journals = (target.with_name(f"{target.name}{end}") for end in JOURNALS)
    return any(journal.exists() and journal.stat().st_size for journal in journals)


def _lock_copy(home: Path, place: Path, who: str) -> FileLock:
    """One program of this computer at a time has the working copy; what it has open is the person's file."""
    try:
        return FileLock.take(home / RECORD, who)
    except FileInUseError as error:
        raise FileInUseError(place, error.who, error.host, error.since) from error


def _refuse_other_drive(record: CopyRecord | None) -> None:
    """A folder may be there that no longer shows the share: CannotReadError; so where all is away.

    A share that comes back may have another number; then the person's file is in it.
    """
    if record is None:
        return
    try:
        device = record.target.parent.stat().st_dev
        is_there = record.device in (0, device) or record.target.is_file() or record.place.is_file()
    except OSError as error:
        raise CannotReadError(record.target, error.strerror or str(error)) from error
    if not is_there:
        raise CannotReadError(record.target)


def name_of_own(place: Path, who: str, now: datetime.datetime) -> Path:
    """A free name beside ``place`` for the version of ``who``."""
    person = "".join(" " if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in who).strip(" .")
    stem = _("{file} ({person}, {time})").format(
        file=place.stem, person=person or _("my version"), time=now.strftime("%Y-%m-%d %H.%M")
    )
    number = 1
    while True:
        name = place.with_name(f"{stem}{'' if number == 1 else f' {number}'}{place.suffix}")
        if not os.path.lexists(name):
            return name
        number += 1
