"""Back to an earlier moment: the changes that make a report what it was, as one step that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from desktop_app.report.changes import Change
from desktop_app.report.paths import ATTACHED, NOT_CONTENT, PlaceKind, read_path, row_path
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.values import read_value
from desktop_app.runtime.errors import DeskError
from desktop_app.services import row_steps

if TYPE_CHECKING:
    from desktop_app.services.history import Difference

_LEFT_AS_IT_IS = frozenset({"#status"})
"""A report that was submitted stays submitted, whatever its words."""


def value_back(report: Report, path: str, plain: Any) -> list[Change]:
    """Make one place what it was. An answer ends the state that says why there is none. UnknownPlaceError."""
    before, plain = report.plain(path), _with_present_codes(report, path, plain)
    if before == plain:
        return []
    change = Change(path, before, plain)
    is_answer = plain is not None and read_path(path).kind is PlaceKind.ANSWER
    return [change, *row_steps.ending_state(report, path)] if is_answer else [change]


def all_back(report: Report, differences: Iterable[Difference]) -> tuple[list[Change], list[str]]:
    """Make every place what it was ``before``, and the paths whose form has changed so that this cannot be.

    Rows that came later go to the bin as they are; rows removed since come back with what they held. What
    reviewers said and the country answered stays.
    """
    wanted = {
        each.path: _with_present_codes(report, each.path, each.before)
        for each in differences
        if each.path not in _LEFT_AS_IT_IS and read_path(each.path).kind not in NOT_CONTENT
    }
    gone = {path for path, plain in wanted.items() if plain is None and _is_row(path)}
    rows: list[Change] = []
    contents: list[Change] = []
    removals: list[Change] = []
    left: list[str] = []
    for path, plain in wanted.items():
        if path not in gone and _row_of(path) in gone:
            continue
        if plain is None and path.startswith(f"{ATTACHED}/") and _goes_to_bin(report, path, gone):
            continue
        try:
            before = _present(report, path, wanted)
            _refuse_unfit(report, path, plain)
        except (DeskError, ValueError):
            left.append(path)
            continue
        if before != plain:
            change = Change(path, before, plain)
            (removals if path in gone else rows if _is_row(path) else contents).append(change)
    return [*rows, *contents, *removals], left


def _goes_to_bin(report: Report, attached: str, gone: Collection[str]) -> bool:
    """Whether the file stays attached to a row, or a field of one, that goes to the bin with all it has."""
    file = report.attached.get(read_path(attached).row or "")
    return file is not None and _row_of(file.about) in gone


def _with_present_codes(report: Report, path: str, plain: Any) -> Any:
    """An answer from before an upgrade of the form, with the codes that its options have now."""
    if plain is None or not report.form.moved or read_path(path).kind is not PlaceKind.ANSWER:
        return plain
    from desktop_app.report.versions.fitting import Asked, moved_codes
    from desktop_app.report.versions.lineage import Lineage, Moves

    head = read_path(path).head
    found = report.form.list_at(head) or report.form.field_at(head)
    if found is None:
        return plain
    try:
        asked = Asked(report.form, found[0], report.question(path))
    except UnknownPlaceError:
        return plain
    return moved_codes(plain, asked, Moves(Lineage(None, (report.form,))))


def _present(report: Report, path: str, wanted: dict[str, Any]) -> Any:
    """What the place holds now; UnknownPlaceError where the form, or the report, has no such place."""
    present = report.plain(path)
    place = read_path(path)
    if place.row is not None and place.kind in (PlaceKind.ANSWER, PlaceKind.STATE, PlaceKind.CONFIDENTIAL):
        row = row_path(place.head, place.row)
        if report.lists[place.head].find(place.row) is None and wanted.get(row) is None:
            raise UnknownPlaceError(path)
        if place.field is not None:
            report.question(row_path(place.head, place.row, place.field))
    elif place.kind is PlaceKind.STATE and place.head not in report.lists:
        report.question(place.head)
    return present


def _refuse_unfit(report: Report, path: str, plain: Any) -> None:
    """DeskError or ValueError for an answer of a kind that the question no longer takes."""
    if read_path(path).kind is PlaceKind.ANSWER:
        read_value(report.question(path).type, plain)


def _is_row(path: str) -> bool:
    return read_path(path).kind is PlaceKind.ROW


def _row_of(path: str) -> str:
    place = read_path(path)
    return row_path(place.head, place.row) if place.row else ""
