"""What earlier sittings left on this computer: work that could not be brought to where it belongs."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from desktop_app.runtime import paths
from desktop_app.runtime.files import move_into_place

RESCUED = "rescued"
"""The folder, among the person's data, of files that hold what could not be written any more."""


class Kind(Enum):
    """Why it is here."""

    RESCUED = "rescued"
    NOT_WRITTEN_BACK = "not_written_back"


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """``path`` is the file to open; for work that was not written back, the place it belongs to.

    ``at``: when something was last written in it, UTC.
    """

    path: Path
    kind: Kind
    at: str


def rescued_folder() -> Path:
    """Where the report goes with its last words when its own file takes them no more."""
    return paths.data_folder() / RESCUED


def left_behind() -> list[LeftBehind]:
    """The newest first."""
    return sorted([*_rescued(), *_not_written_back()], key=lambda left: left.at, reverse=True)


def lay_aside(left: LeftBehind) -> None:
    """Show a rescued file no more: it goes into a folder below, and is kept. CannotWriteError."""
    folder = left.path.parent / "laid aside"
    with contextlib.suppress(FileExistsError):
        folder.mkdir()
    number = 1
    while (target := folder / f"{left.path.stem} {number}{left.path.suffix}").exists():
        number += 1
    move_into_place(left.path, target, replace=False)


def _rescued() -> Iterator[LeftBehind]:
    for path in sorted(rescued_folder().glob("*.adesk")):
        at = _written_at(path)
        if at:
            yield LeftBehind(path, Kind.RESCUED, at)


def _not_written_back() -> Iterator[LeftBehind]:
    from desktop_app.services.working_places import copies_folder
    from desktop_app.storage.copy_record import copy_folders

    for home, record in copy_folders(copies_folder()):
        at = _written_at(home / record.place.name)
        if at:
            yield LeftBehind(record.place, Kind.NOT_WRITTEN_BACK, at)


def _written_at(path: Path) -> str:
    """Empty when there is no such file."""
    try:
        moment = path.stat().st_mtime
    except OSError:
        return ""
    written = datetime.datetime.fromtimestamp(moment, datetime.UTC)
    return written.isoformat(timespec="seconds").replace("+00:00", "Z")
