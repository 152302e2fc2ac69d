"""The history of a report: its moments, the versions of a place, and what lies between two moments.

All of it reads the one log of changes of an open report file, and belongs where that file is read:
in the file worker's thread, or in that of whoever opened the file to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.report.changes import OperationKind
from desktop_app.report.paths import read_path, row_path
from desktop_app.services.words_held import Trace, places_with, traces_of
from desktop_app.storage.past import Moment, Version

if TYPE_CHECKING:
    from desktop_app.storage.reader import ReportReader

__all__ = [
    "Difference",
    "Moment",
    "Trace",
    "Version",
    "compare",
    "content_at",
    "moments",
    "places_with",
    "restore_points",
    "traces_of",
    "versions_of",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one place held at two moments, in JSON; None for nothing."""

    path: str
    before: Any
    after: Any


def moments(file: ReportReader, report_id: str) -> list[Moment]:
    """Every operation of the report, newest first."""
    return file.moments(report_id)


def restore_points(file: ReportReader, report_id: str) -> list[Moment]:
    """The moments a person gave a name to, newest first; ``note`` is the name."""
    return file.moments(report_id, OperationKind.RESTORE_POINT)


def versions_of(file: ReportReader, report_id: str, path: str) -> list[Version]:
    """What the answer, row, state or mark at ``path`` held after each change, newest first.

    A row as a whole holds its position, or nothing while it is in the bin. Each moment names this path
    only, however much the operation changed.
    """
    return file.versions(report_id, path)


def content_at(file: ReportReader, report_id: str, seq: int | None) -> dict[str, Any]:
    """All that the report held after the operation ``seq`` (now for None), by path, in JSON.

    Rows that were in the bin then are left out.
    """
    return file.content_at(report_id, seq)


def compare(
    file: ReportReader, report_id: str, seq_a: int | None, seq_b: int | None = None
) -> list[Difference]:
    """What differs between two moments, list by list and row by row; None for now.

    A row that was added or removed between them is there with its path and with all that it holds.
    """
    before, after = file.compared(report_id, seq_a, seq_b)
    paths = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    order = _Order((before, after))
    return [Difference(path, before.get(path), after.get(path)) for path in sorted(paths, key=order.key)]


class _Order:
    """Properties, then answers and lists by path, the rows of a list by position with what they hold."""

    def __init__(self, contents: Iterable[dict[str, Any]]) -> None:
        """``contents``: the later one wins where a row stood at two positions."""
        self._positions = {
            path: content[path]["position"]
            for content in contents
            for path in content
            if isinstance(content[path], dict) and "position" in content[path]
        }

    def key(self, path: str) -> tuple[str, int, str]:
        place = read_path(path)
        if not place.head or place.row is None:
            return place.head, 0, path
        return place.head, self._positions.get(row_path(place.head, place.row), 0), path
