"""One writer at a time: a lock file beside the report file, which says who has it open.

The operating system holds the lock and lets go of it when the program ends, however it ends. So a
lock file left by a crash stops nobody, and the words in it are only for people to read.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from desktop_app.report.changes import utc_now
from desktop_app.runtime.files import CannotWriteError, FolderNotWritableError, writing_error
from desktop_app.runtime.i18n import _
from desktop_app.storage.errors import FileInUseError

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


_TRIES = 10
_LONGEST = 4096


class FileLock:
    """The right to write one report file, from ``FileLock.take`` to ``release``."""

    def __init__(self, file: Path, who: str, handle: int) -> None:
        """Use ``take`` instead."""
        self.path = lock_path(file)
        self._file = file
        self._who = who
        self._handle: int | None = handle

    @classmethod
    def take(cls, file: Path, who: str) -> FileLock:
        """Lock the report file ``file`` for the person ``who``. FileInUseError, CannotWriteError."""
        path = lock_path(file)
        for _attempt in range(_TRIES):
            try:
                handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as error:
                raise _cannot_lock(error, file) from error
            try:
                _take(handle)
            except OSError as error:
                os.close(handle)
                raise FileInUseError(file, **read_holder(file)) from error
            # The holder before may have removed the file between our opening and locking it.
            if _is_still_there(path, handle):
                _write_holder(handle, who)
                return cls(file, who, handle)
            os.close(handle)
        raise FileInUseError(file)

    @property
    def is_held(self) -> bool:
        """Whether the lock is still the one everybody else meets; not so after its drive was away."""
        return self._handle is not None and _is_still_there(self.path, self._handle)

    def take_again(self) -> FileLock:
        """Lock anew after the drive was away. As ``take``."""
        self.release()
        return FileLock.take(self._file, self._who)

    def release(self) -> None:
        """Let others write, and take the lock file away."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform == "win32":
            os.close(handle)
            # Whoever has taken the lock in this moment keeps the file.
            with contextlib.suppress(FileNotFoundError, PermissionError):
                self.path.unlink()
            return
        # Removed while still locked, so that nobody locks a file that is about to vanish. A drive that
        # has gone, or turned read-only, keeps the file; without a lock on it, it stops nobody.
        with contextlib.suppress(OSError):
            if _is_still_there(self.path, handle):
                self.path.unlink()
        os.close(handle)


def lock_path(file: Path) -> Path:
    """Where the lock of a report file stands."""
    return file.with_name(f".{file.name}.lock")


def read_holder(file: Path) -> dict[str, str]:
    """``who``, ``host`` and ``since`` of whoever last locked the report file, as far as it can be told."""
    try:
        found = json.loads(lock_path(file).read_bytes()[:_LONGEST])
    except (OSError, ValueError):
        return {}
    if not isinstance(found, Mapping):
        return {}
    return {key: found[key] for key in ("who", "host", "since") if isinstance(found.get(key), str)}


def _write_holder(handle: int, who: str) -> None:
    holder = {"who": who, "host": platform.node(), "pid": os.getpid(), "since": utc_now()}
    words = json.dumps(holder, ensure_ascii=False).encode(errors="replace")
    # On a full disk the lock holds without its words.
    with contextlib.suppress(OSError):
        os.ftruncate(handle, 0)
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
