"""Files that are whole or not there: what the program makes is written beside, checked, moved into place.

A crash, a full disk or a power cut leaves the old file or the new one, never half of either; what
it may leave is a hidden file that says by its name what it was for.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

log = logging.getLogger(__name__)

LEFT_AFTER = 3600.0
"""Seconds after its last change when an unfinished file counts as left behind; writing takes seconds."""

_UNFINISHED = re.compile(r"\..+\.new-[0-9a-f]{8}(-journal)?", re.DOTALL)

_SHARING_ERRORS = (5, 32, 33)
"""Windows: access denied, sharing violation, lock violation. Virus scanners cause them for moments."""

_NOT_OFFERED = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EPERM}
"""What shares and sticks say that know neither permissions nor the flushing of a folder."""

_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds to wait before each further try to replace a file that another program holds."""


class CannotWriteError(DeskError):
    """A file could not be written. The sentence names it and the reason."""


class FolderMissingError(CannotWriteError):
    """The folder a file should go to does not exist, or is no folder."""


class FolderNotWritableError(CannotWriteError):
    """Nothing may be written into a folder."""


class AlreadyThereError(CannotWriteError):
    """There is a file of that name, and it may not be replaced."""


class DiskFullError(CannotWriteError):
    """No room is left on the disk, or the person's share of it is used up."""


Verify = Callable[[Path], None]
"""Reads a finished file again and raises when it is not what was meant."""


def writing_error(error: OSError, path: Path) -> CannotWriteError:
    """The sentence for an ``OSError`` met while writing ``path``."""
    folder = path.parent
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path)
    in_the_way = next(filter(os.path.isfile, (folder, *folder.parents)), None)
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EEXIST) and in_the_way is not None:
        return FolderMissingError(
            _("“{folder}” is a file, not a folder. Choose another place for “{file}”.").format(
                folder=in_the_way, file=path.name
            )
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR) and not folder.is_dir():
        return FolderMissingError(
            _("There is no folder “{folder}”. Choose another place for “{file}”.").format(
                folder=folder, file=path.name
            )
        )
    if error.errno == errno.ENAMETOOLONG:
        return CannotWriteError(
            _("The name “{file}” is too long. Choose a shorter one.").format(file=path.name)
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        # Not ``Path.exists``, which raises where the folder may not be looked into.
        if not os.path.exists(path) or not os.access(folder, os.W_OK):  # noqa: PTH110
            return FolderNotWritableError(
                _("Nothing may be written into the folder “{folder}”. Choose another place.").format(
                    folder=folder
                )
            )
        return CannotWriteError(
            _(
                "“{file}” cannot be written. It is read-only, or another program has it open: {reason}."
            ).format(file=path, reason=error.strerror)
        )
    return CannotWriteError(
        _("“{file}” cannot be written: {reason}.").format(file=path, reason=error.strerror or error)
    )


def disk_full(path: Path) -> DiskFullError:
    """The error for a file that no longer fits on its disk."""
    sentence = _("There is no room left on the disk for “{file}”. Free some space and try again.")
    return DiskFullError(sentence.format(file=path.name))


def hidden_beside(target: Path, purpose: str) -> Path:
    """A name in the folder of ``target`` that is free, hidden, and says what it is for."""
    return target.with_name(f".{target.name}.{purpose}-{os.urandom(4).hex()}")


@contextlib.contextmanager
def beside(target: Path, *, replace: bool = True, verify: Verify | None = None) -> Iterator[Path]:
    """Give the path of a new empty file beside ``target``; when the block ends well, it becomes ``target``.

    The file is flushed to disk and handed to ``verify`` before it is moved. Whatever goes wrong, in
    the block too, ``target`` is as it was and the file beside is gone. Raises CannotWriteError; what
    the block or ``verify`` raise passes through, except an OSError, which becomes a CannotWriteError.
    """
    try:
        if not replace and os.path.lexists(target):
            raise _already_there(target)
        remove_leftovers(target.parent)
        new = hidden_beside(target, "new")
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            yield new
            flush_to_disk(new)
            if verify is not None:
                verify(new)
            _keep_mode(target, new)
            move_into_place(new, target, replace=replace)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise writing_error(error, target) from error


def remove_leftovers(folder: Path, now: float | None = None) -> list[Path]:
    """Take away unfinished files that a crash or a power cut left in ``folder``; returns those removed.

    Only what ``beside`` makes, and what SQLite makes beside that, and only when nobody can be at work on
    it any more. What cannot be removed stays. ``now``: seconds since 1970.
    """
    latest = (time.time() if now is None else now) - LEFT_AFTER
    removed: list[Path] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        found = [Path(entry.path) for entry in entries if _UNFINISHED.fullmatch(entry.name)]
        for path in found:
            with contextlib.suppress(OSError):
                if path.lstat().st_mtime < latest:
                    path.unlink()
                    removed.append(path)
    if removed:
        log.info("%d unfinished files of an earlier time were removed", len(removed))
    return removed


def atomic_write(path: Path, content: bytes, *, replace: bool = True, verify: Verify | None = None) -> None:
    """Make ``content`` the whole content of the file at ``path``. CannotWriteError."""
    with beside(path, replace=replace, verify=verify) as new:
        new.write_bytes(content)


def move_into_place(finished: Path, target: Path, *, replace: bool = False) -> None:
    """Give a finished file or folder its name, all at once, and make that last through a power cut.

    Both stand in the same folder, or at least on the same disk. With ``replace`` a file takes the
    place of an older one; a folder never does. CannotWriteError, AlreadyThereError.
    """
    try:
        if replace and not finished.is_dir():
            _patiently(lambda: finished.replace(target))
        elif os.path.lexists(target):
            raise _already_there(target)
        else:
            _patiently(lambda: _rename_to_free_name(finished, target))
        flush_folder(target.parent)
    except FileExistsError as error:
        raise _already_there(target) from error
    except OSError as error:
        raise writing_error(error, target) from error


def flush_to_disk(path: Path) -> None:
    """Return only when the content of the file is on the disk itself."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Return only when the folder's list of files is on the disk itself. Windows does that by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise
    finally:
        os.close(handle)


def _already_there(target: Path) -> AlreadyThereError:
    return AlreadyThereError(
        _("There is already a “{file}” in “{folder}”. Choose another name.").format(
            file=target.name, folder=target.parent
        )
    )


def _rename_to_free_name(finished: Path, target: Path) -> None:
    """Rename unless there is something of that name. FileExistsError."""
    if sys.platform == "win32" or finished.is_dir():
        # Windows refuses by itself; elsewhere no two programs make the same folder in the same moment.
        finished.rename(target)
        return
    try:
        os.link(finished, target)
    except FileExistsError:
        raise
    except OSError:
        # File systems without links (FAT, some shares); the name was free a moment ago.
        finished.rename(target)
    else:
        finished.unlink()


def _keep_mode(target: Path, new: Path) -> None:
    """A file that takes another's place may be read and written by the same people."""
    try:
        new.chmod(target.stat().st_mode & 0o7777)
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise


def _patiently(step: Callable[[], object]) -> None:
    for pause in _PAUSES:
        try:
            step()
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _SHARING_ERRORS:
                raise
            time.sleep(pause)
    step()
