"""What the log says was removed for good: it explains why values are missing, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.report.changes import OperationKind
from desktop_app.report.paths import read_path, row_path
from desktop_app.storage.log import LoggedOperation


class Removals:
    """Follows the log, from its beginning."""

    def __init__(self) -> None:
        """Nothing was removed yet."""
        self._missing: dict[tuple[str, str], None] = {}
        self._removed: set[tuple[str, str]] = set()

    def follow(self, entry: LoggedOperation) -> None:
        """Take note of what is missing, and of what is removed. A removal explains what came before it."""
        for change in entry.changes:
            if change.old.is_removed or change.new.is_removed:
                self._missing[entry.report, change.path] = None
        if entry.kind == OperationKind.PURGE:
            removed = {(entry.report, change.path) for change in entry.changes}
            self._removed |= removed
            self._missing = {
                key: None for key in self._missing if not (key in removed or _row_of(*key) in removed)
            }

    def unexplained(self) -> Iterator[tuple[str, str]]:
        """Report and path of values that are missing although nobody removed them."""
        yield from self._missing

    def has(self, report: str, path: str) -> bool:
        """Whether something at this path was removed for good."""
        return (report, path) in self._removed


def _row_of(report: str, path: str) -> tuple[str, str]:
    place = read_path(path)
    return report, row_path(place.head, place.row) if place.row else path
