"""Files that SQLite has open in this process, and how their first bytes are read beside it.

POSIX takes away every lock a process has on a file as soon as the process closes the file once, through
whichever handle ("How To Corrupt An SQLite Database File", 2.2). So a handle on a file that a connection
holds stays open until the last connection to it is closed, and is used again.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from pathlib import Path

Identity = tuple[int, int]
"""Device and number of a file."""

_lock = threading.Lock()
_holders: Counter[Identity] = Counter()
_handles: dict[Identity, int] = {}


def hold(path: Path) -> Identity | None:
    """A connection to the file at ``path`` is opened. The result, None for no file, is for ``let_go``."""
    try:
        found = _identity(path.stat())
    except OSError:
        return None
    with _lock:
        _holders[found] += 1
    return found


def let_go(held: Identity | None) -> None:
    """The connection was closed."""
    if held is None:
        return
    with _lock:
        _holders[held] -= 1
        if _holders[held] <= 0:
            del _holders[held]
            handle = _handles.pop(held, None)
            if handle is not None:
                os.close(handle)


def is_held(path: Path) -> bool:
    """Whether a connection of this process has the file open; nobody else may open and close it then."""
    try:
        found = _identity(path.stat())
    except OSError:
        return False
    with _lock:
        return found in _holders


def read_beginning(path: Path, length: int) -> tuple[bytes, int]:
    """The first ``length`` bytes of a file and its size, without taking a lock away from SQLite. OSError."""
    with _lock:
        found = _identity(path.stat())
        handle = _handles.get(found)
        if handle is None:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            # Another file may have been given the name in this moment.
            found = _identity(os.fstat(handle))
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            return os.read(handle, length), os.fstat(handle).st_size
        finally:
            if found in _holders:
                _handles[found] = handle
            else:
                os.close(handle)


def _identity(status: os.stat_result) -> Identity:
    return status.st_dev, status.st_ino
