"""The present content of a report, worked out from its changes in JSON, without its form.

It follows the same rules as ``report.report.Report.apply``; a test holds the two together. Unlike
there, one change costs the same in a report of ten rows and of ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop_app.report.changes import Change
from desktop_app.report.paths import (
    FORM_PATH,
    KEPT_BY_ID,
    NOT_IN_REPORT,
    Place,
    PlaceKind,
    read_path,
    row_path,
)
from desktop_app.report.report import UnknownPlaceError
from desktop_app.storage.records import AnswerRecord, RowKey, RowRecord


class Projection:
    """Answers and rows by place, and the report's own properties."""

    def __init__(self) -> None:
        """Of a report without any content."""
        self.properties: dict[str, str] = {}
        self.form: dict[str, str] | None = None
        """Version and hash of the report's form where they are known; the log tells when they change."""
        self.answers: dict[str, AnswerRecord] = {}
        self.rows: dict[RowKey, RowRecord] = {}

    def apply_all(self, changes: Iterable[Change]) -> None:
        """Follow the changes, in their order. UnknownPlaceError."""
        for change in changes:
            self.apply(change)

    def apply(self, change: Change) -> None:
        """Make ``change.new`` the content of its place. UnknownPlaceError for a row that never was."""
        place = read_path(change.path)
        match place.kind:
            case PlaceKind.PROPERTY:
                self.properties[place.facet or ""] = change.new
            case PlaceKind.FORM:
                self.form = change.new
            case kind if kind in KEPT_BY_ID:
                self._answer(place.subject).value = change.new
            case PlaceKind.ROW:
                self._put_row(_key(place), change.new)
            case None:
                raise UnknownPlaceError(change.path)
            case kind if kind in NOT_IN_REPORT:
                pass
            case _ if place.row is None:
                self._apply_to_answer(self._answer(place.head), place, change.new)
            case _ if change.old is None and change.new is None and self._row(_key(place)) is None:
                # Removed for good, and not even the row was there.
                pass
            case _:
                self._apply_to_row(self._known_row(place, change.path), place, change.new)

    def value(self, path: str) -> Any:
        """The JSON of the answer at ``path``, of a single field or of a row's; None for nothing."""
        place = read_path(path)
        if place.row is None or place.kind in KEPT_BY_ID:
            return self._answer(place.subject).value
        return self._known_row(place, path).answers.get(place.field or "")

    def differences(self, other: Projection) -> list[str]:
        """The paths at which the two are not the same."""
        found = [f"#{name}" for name in _unequal(self.properties, other.properties)]
        if self.form is not None and other.form is not None and self.form != other.form:
            found.append(FORM_PATH)
        found += sorted(_unequal(_kept(self.answers), _kept(other.answers)))
        found += [row_path(*key) for key in sorted(_unequal(self.rows, other.rows))]
        return found

    # Where places come from; a subclass may know more of them than were changed.

    def find_answer(self, path: str) -> AnswerRecord | None:
        """The answer at ``path`` before the first change to it."""
        return None

    def find_row(self, key: RowKey) -> RowRecord | None:
        """The row before the first change to it."""
        return None

    def _answer(self, path: str) -> AnswerRecord:
        found = self.answers.get(path)
        if found is None:
            found = self.answers[path] = self.find_answer(path) or AnswerRecord()
        return found

    def _row(self, key: RowKey) -> RowRecord | None:
        found = self.rows.get(key)
        if found is None:
            found = self.find_row(key)
            if found is not None:
                self.rows[key] = found
        return found

    def _known_row(self, place: Place, path: str) -> RowRecord:
        found = self._row(_key(place))
        if found is None:
            raise UnknownPlaceError(path)
        return found

    def _put_row(self, key: RowKey, new: Any) -> None:
        row = self._row(key)
        if row is None:
            row = self.rows[key] = RowRecord()
        row.in_bin = new is None
        if new is not None:
            row.position = new["position"]

    @staticmethod
    def _apply_to_answer(answer: AnswerRecord, place: Place, new: Any) -> None:
        if place.kind is PlaceKind.STATE:
            answer.state = new
        elif place.kind is PlaceKind.CONFIDENTIAL:
            answer.confidential = bool(new)
        else:
            answer.value = new

    @staticmethod
    def _apply_to_row(row: RowRecord, place: Place, new: Any) -> None:
        code = place.field or ""
        if place.kind is PlaceKind.CONFIDENTIAL:
            (row.confidential.add if new else row.confidential.discard)(code)
            return
        content = row.states if place.kind is PlaceKind.STATE else row.answers
        if new is None:
            content.pop(code, None)
        else:
            content[code] = new


def _key(place: Place) -> RowKey:
    return place.head, place.row or ""


def _kept(answers: dict[str, AnswerRecord]) -> dict[str, AnswerRecord]:
    return {path: answer for path, answer in answers.items() if not answer.is_nothing}


def _unequal(one: dict[Any, Any], other: dict[Any, Any]) -> set[Any]:
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
