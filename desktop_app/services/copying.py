"""A whole copy of a report file elsewhere, to go on in where its own place takes no writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.files import beside
from desktop_app.storage.backups import copy_whole, verify_copy

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


def copy_report_file(path: Path, target: Path, *, key: Key | None = None) -> None:
    """Copy the report file at ``path`` with its whole history, verified; ``path`` is only read.

    AlreadyThereError when there is a file at ``target``; DamagedFileError, CannotWriteError.
    """

    def verify(new: Path) -> None:
        verify_copy(new, target, key)

    with beside(target, replace=False, verify=verify) as new:
        copy_whole(path, new, key)
