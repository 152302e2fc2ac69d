"""Removing for good: which changes take answers out of a report whose every trace is to go.

The changes carry no old values, for those must not be anywhere any more. Whoever keeps the log
removes the logged values of the same paths when the operation is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_app.report.changes import Change, noting
from desktop_app.report.paths import KEPT_BY_ID, Place, PlaceKind, read_path
from desktop_app.report.report import UnknownPlaceError

REMOVABLE = (KEPT_BY_ID | {PlaceKind.ANSWER, PlaceKind.ROW, PlaceKind.SOURCE}) - {PlaceKind.SUBMISSION}
"""What can be removed for good: an answer, a whole row, unplaced words, a comment, an original document.

Not what is known of a submission: what was sent was sent.
"""

Held = Callable[[Place, str], Iterable[str]]
"""The paths of all that the row or answer at a place holds, or held, and of the files attached to it.

UnknownPlaceError where there never was such a row.
"""


def removing_for_good(paths: Iterable[str], reason: str, held: Held) -> tuple[Change, ...]:
    """The changes of one operation that removes all that stands at ``paths``; the reason stands with them.

    A row goes to the bin, empty; attached files go with what they are attached to. UnknownPlaceError for a
    path at which nothing can be removed.
    """
    changes: dict[str, Change] = {}
    for path in paths:
        place = read_path(path)
        if place.kind not in REMOVABLE:
            raise UnknownPlaceError(path)
        below = held(place, path) if place.kind in (PlaceKind.ROW, PlaceKind.ANSWER) else ()
        changes.update((each, Change(each, None, None)) for each in (path, *below))
    return (*changes.values(), noting(reason))
