"""One writer at a time: a lock file beside the report file, which says who has it open.

The operating system holds the lock and lets go of it when the program ends, however it ends. So a
lock file left by a crash on this computer stops nobody. Where that lock does not reach other
computers, as on many shares, the words in the file count: a holder elsewhere that gave a sign of life
in the last minutes is respected, an older one is taken to be gone.
"""

from __future__ import annotations

import contextlib
import datetime
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

from desktop_app.runtime import paths
from desktop_app.runtime.files import CannotWriteError, FolderNotWritableError, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.storage.errors import FileInUseError
from desktop_app.storage.lock_words import Holder, gave_a_sign, is_alive, read_words, utc

if sys.platform == "win32":
    import msvcrt

    # Far behind the words, because Windows also keeps others from reading what is locked.
    _FAR = 1 << 30

    def _take(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


Now = Callable[[], datetime.datetime]
"""The present moment, with its zone."""

_TRIES = 10
_NO_LOCKS_HERE = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL, errno.EBADF}
"""What a drive says on which the operating system cannot lock, or not a file that may only be read (NFS)."""

_ours: set[str] = set()
"""The ids of all locks this program holds: where the system cannot lock, it would meet itself."""


class ForeignLockError(CannotWriteError):
    """The lock file of another account is in the way, and may not be looked into or taken away."""


class FileLock:
    """The right to write one report file, from ``FileLock.take`` to ``release``."""

    def __init__(self, path: Path, file: Path, handle: int, holder: Holder, now: Now) -> None:
        """Use ``take`` instead."""
        self.path = path
        self._file = file
        self._names: FileLock | None = None
        self._holder = holder
        self._now = now
        self._handle: int | None = handle
        _ours.add(holder.id)

    @classmethod
    def take(cls, file: Path, who: str, now: Now = utc) -> FileLock:
        """Lock the report file ``file`` for the person ``who``. FileInUseError, CannotWriteError."""
        names = _take_other_names(file, who, now)
        try:
            lock = cls._take_beside(lock_path(file), file, who, now)
        except BaseException:
            if names is not None:
                names.release()
            raise
        lock._names = names
        return lock

    @classmethod
    def _take_beside(cls, path: Path, file: Path, who: str, now: Now) -> FileLock:
        for _attempt in range(_TRIES):
            handle, is_ours_to_write = _open(path, file)
            try:
                _refuse_beside(handle, path, file, now())
                # The holder before may have removed the file between our opening and locking it.
                if _is_still_there(path, handle) and not is_ours_to_write:
                    _take_away(path, file)
                elif _is_still_there(path, handle):
                    _let_in_whom_the_report_lets_in(handle, file)
                    holder = Holder.here(who, now())
                    _write(handle, holder, anew=True)
                    if read_words(path).id in (holder.id, ""):
                        return cls(path, file, handle, holder, now)
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)
        raise FileInUseError(file, **read_words(path).for_error())

    @property
    def is_held(self) -> bool:
        """Whether the lock is still the one everybody else meets.

        Not so after its drive was away, or after this computer slept while another took the file over.
        """
        if self._handle is None or not _is_still_there(self.path, self._handle):
            return False
        # On a full disk a lock has no words.
        return read_words(self.path).id in (self._holder.id, "")

    def refuse_if_lost(self) -> None:
        """FileInUseError when another computer has taken the file over, as while this one slept."""
        holder = read_words(self.path)
        if holder.is_known and holder.id != self._holder.id:
            raise FileInUseError(self._file, **holder.for_error())

    def beat(self) -> bool:
        """Give a sign of life, each ``lock_words.BEAT`` seconds; False when the lock is held no more."""
        if self._handle is None or not self.is_held:
            return False
        self._holder = self._holder.still_here(self._now())
        _write(self._handle, self._holder, anew=False)
        return True

    def tell_name(self, who: str) -> None:
        """From now on the lock tells the name ``who``: the person has another one than when it was taken."""
        self._holder = self._holder.called(who)
        if self._names is not None:
            self._names.tell_name(who)
        if self._handle is not None and self.is_held:
            _write(self._handle, self._holder, anew=False)

    def take_again(self) -> FileLock:
        """Lock anew after the drive was away. As ``take``; after a failure it can be tried again."""
        self.release()
        return FileLock.take(self._file, self._holder.who, self._now)

    def release(self) -> None:
        """Let others write, and take the lock file away."""
        if self._names is not None:
            self._names.release()
        if self._handle is None:
            return
        is_held = self.is_held
        handle, self._handle = self._handle, None
        _ours.discard(self._holder.id)
        if sys.platform == "win32":
            os.close(handle)
            # Whoever has taken the lock in this moment keeps the file.
            with contextlib.suppress(OSError):
                if is_held:
                    self.path.unlink()
            return
        # Removed while still locked, so that nobody locks a file that is about to vanish. A drive that
        # has gone, or turned read-only, keeps the file; without a lock on it, it stops nobody here.
        with contextlib.suppress(OSError):
            if is_held:
                self.path.unlink()
        with contextlib.suppress(OSError):
            os.close(handle)


def lock_path(file: Path) -> Path:
    """Where the lock of a report file stands."""
    return file.with_name(f".{file.name}.lock")


def read_holder(file: Path) -> dict[str, str]:
    """``who``, ``host`` and ``since`` of whoever last locked the report file, as far as it can be told."""
    return read_words(lock_path(file)).for_error()


def _take_other_names(file: Path, who: str, now: Now) -> FileLock | None:
    """A second lock for a file with several names (hard links), which each would have a lock of its own.

    It stands in the person's own folder and is named after the file itself. Where that is not possible,
    SQLite still keeps two writers from mixing their writes.
    """
    try:
        found = file.stat()
        if found.st_nlink < 2:
            return None
        path = paths.data_folder() / "locks" / f"{found.st_dev:x}-{found.st_ino:x}.lock"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return FileLock._take_beside(path, file, who, now)
    except (OSError, CannotWriteError):
        return None


def _open(path: Path, file: Path) -> tuple[int, bool]:
    """The lock file, made where there is none; and whether it may be written, as that of others may not be.

    ForeignLockError, CannotWriteError.
    """
    try:
        with contextlib.suppress(FileNotFoundError):
            # Without O_CREAT: in a folder with the sticky bit, Linux refuses that for files of others.
            return os.open(path, os.O_RDWR), True
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666), True
    except PermissionError as error:
        if not os.path.lexists(path) or not _may_write_into(path.parent):
            raise _cannot_lock(error, file) from error
    except OSError as error:
        raise _cannot_lock(error, file) from error
    try:
        return os.open(path, os.O_RDONLY), False
    except OSError as error:
        raise _in_the_way(path, file) from error


def _may_write_into(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _take_away(path: Path, file: Path) -> None:
    """Remove a lock file that nobody holds and that cannot be written: one of our own takes its place."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise _in_the_way(path, file) from error


def _in_the_way(path: Path, file: Path) -> ForeignLockError:
    sentence = _(
        "“{file}” can only be read: another account has it open, or had it and left “{lock}”, which yours may"
        " not take away. If nobody has the report open, its owner or your IT department can delete that file."
    )
    return ForeignLockError(sentence.format(file=file.name, lock=path))


def _let_in_whom_the_report_lets_in(handle: int, file: Path) -> None:
    """Whoever may write the report may also lock it: in a folder of a group the lock is not one person's."""
    # Windows gives a new file the rights of its folder. A file system without rights gives none.
    with contextlib.suppress(OSError):
        rights = file.stat().st_mode & 0o666
        if sys.platform != "win32" and os.fstat(handle).st_mode & 0o777 != rights | 0o600:
            os.fchmod(handle, rights | 0o600)


def _refuse_beside(handle: int, path: Path, file: Path, now: datetime.datetime) -> None:
    """FileInUseError when somebody else has the lock."""
    try:
        _take(handle)
        is_certain = True
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            raise FileInUseError(file, **read_words(path).for_error()) from error
        is_certain = False
    holder = read_words(path)
    if not holder.is_known:
        return
    if holder.is_on_this_machine:
        if not is_certain and _is_at_work(holder, path, now):
            raise FileInUseError(file, **holder.for_error())
    elif gave_a_sign(holder, path, now):
        raise FileInUseError(file, **holder.for_error())


def _is_at_work(holder: Holder, path: Path, now: datetime.datetime) -> bool:
    """Whether a program of this computer has the file, where the system cannot lock it."""
    if holder.pid == os.getpid():
        return holder.id in _ours
    return is_alive(holder.pid) and gave_a_sign(holder, path, now)


def _write(handle: int, holder: Holder, *, anew: bool) -> None:
    """Later words are as long as the first and replace them in one step: nobody ever reads half of them.

    Shorter ones are followed by spaces.
    """
    words = holder.to_bytes()
    # On a full disk the lock holds without its words.
    with contextlib.suppress(OSError):
        if anew:
            os.ftruncate(handle, 0)
        words = words.ljust(os.fstat(handle).st_size)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, words)


def _cannot_lock(error: OSError, file: Path) -> CannotWriteError:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        sentence = _("“{file}” can only be read: nothing may be written into its folder “{folder}”.")
        return FolderNotWritableError(sentence.format(file=file.name, folder=file.parent))
    return writing_error(error, file)


def _is_still_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except OSError:
        return False
