"""The report: the answers of one respondent to one form for one cycle, as they stand now.

A ``Report`` is a projection of its log of changes: it only ever changes through ``apply``. The
removed rows stay in each list's bin with every answer they had.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from desktop_app.formdef.model import Field, FieldType, Form, ListDefinition, Section, State
from desktop_app.report.accepted import AcceptedProblem, read_accepted, write_accepted
from desktop_app.report.attachments import Attached, read_attached, write_attached
from desktop_app.report.changes import Change
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.paths import NOT_IN_REPORT, Place, PlaceKind, read_path
from desktop_app.report.receipts import FiledReceipt, read_receipt, write_receipt
from desktop_app.report.review import ReviewComment, read_comment, write_comment
from desktop_app.report.submissions import SubmissionRecord, read_submission, write_submission
from desktop_app.report.unplaced import Unplaced, read_unplaced, write_unplaced
from desktop_app.report.values import Plain, Value, read_value, write_value
from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _


class UnknownPlaceError(DeskError):
    """A change or answer names a place that the form does not have."""

    def __init__(self, path: str) -> None:
        """For the place at ``path``."""
        self.path = path
        super().__init__(_("The form has no place called “{path}”.").format(path=path))


class WrongValueError(DeskError):
    """A value does not fit the type of its field."""

    def __init__(self, path: str, reason: str) -> None:
        """For the answer at ``path``; ``reason`` says what was expected."""
        self.path = path
        super().__init__(
            _("The answer at “{path}” cannot be read: {reason}.").format(path=path, reason=reason.rstrip("."))
        )


@dataclass(slots=True)
class Row:
    """One action, or whatever the list's rows are. ``id`` is a UUID kept through every exchange.

    ``states`` and ``confidential`` are by field code; marked ``""``, the row as a whole is confidential.
    """

    id: str
    position: int = 0
    values: dict[str, Value] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    confidential: set[str] = field(default_factory=set)


@dataclass(slots=True)
class RowList:
    """The rows of one list by position, why it is empty if someone said so, and its bin.

    Every look-up and every step is quick in a list of ten thousand rows too.
    """

    definition: ListDefinition
    state: State | None = None
    rows: list[Row] = field(default_factory=list)
    bin: dict[str, Row] = field(default_factory=dict)
    _by_id: dict[str, Row] = field(default_factory=dict, repr=False, compare=False)

    def row(self, row_id: str) -> Row | None:
        """The row with this id that is not in the bin."""
        if len(self._by_id) != len(self.rows):
            # Whoever reads a report file fills ``rows`` itself.
            self._by_id = {row.id: row for row in self.rows}
        return self._by_id.get(row_id)

    def find(self, row_id: str) -> Row | None:
        """The row with this id, in the list or in its bin."""
        return self.row(row_id) or self.bin.get(row_id)

    def index(self, row_id: str) -> int | None:
        """Which row of the list it is, from 0; None when it is not there or in the bin."""
        found = self.row(row_id)
        return None if found is None else bisect_left(self.rows, _order(found), key=_order)

    def place(self, row_id: str, position: int | None) -> None:
        """Put the row at ``position`` (creating it if need be), or into the bin for None."""
        found = self.find(row_id) or Row(row_id)
        index = self.index(row_id)
        if index is not None:
            del self.rows[index]
            del self._by_id[row_id]
        self.bin.pop(row_id, None)
        if position is None:
            self.bin[row_id] = found
            return
        found.position = position
        insort(self.rows, found, key=_order)
        self._by_id[row_id] = found


def _order(row: Row) -> tuple[int, str]:
    return row.position, row.id


@dataclass(slots=True)
class Report:
    """One report in memory. ``number`` is its place in the report file, from 1; 0 while in no file.

    ``is_displaced``: it is shown with another version of its form than it was made with, or some words
    have no place in it, so that the report file keeps them elsewhere: it can be read, not written to.
    ``left_out``: in a public copy (``report.public_copy``) how much is missing, by path; else None.
    ``drafts``: comments and answers that are being written and not finished, by id; no content of it.
    ``lost``: the SHA-256 of attached files whose bytes its report file does not have.
    """

    id: str
    form: Form
    country: str
    cycle: str
    language: str
    number: int = 0
    status: str = "draft"
    answers: dict[str, Value] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    confidential: set[str] = field(default_factory=set)
    lists: dict[str, RowList] = field(default_factory=dict)
    unplaced: dict[str, Unplaced] = field(default_factory=dict)
    comments: dict[str, ReviewComment] = field(default_factory=dict)
    attached: dict[str, Attached] = field(default_factory=dict)
    accepted: dict[str, AcceptedProblem] = field(default_factory=dict)
    receipts: dict[str, FiledReceipt] = field(default_factory=dict)
    submissions: dict[str, SubmissionRecord] = field(default_factory=dict)
    drafts: dict[str, CommentDraft] = field(default_factory=dict)
    is_displaced: bool = False
    left_out: dict[str, int] | None = None
    lost: set[str] = field(default_factory=set, compare=False)

    def __post_init__(self) -> None:
        """Give every list of the form its empty place."""
        for path in self.form.list_paths():
            if path not in self.lists:
                found = self.form.list_at(path)
                assert found is not None
                self.lists[path] = RowList(found[1])

    def rows(self) -> Iterator[tuple[Section, RowList, Row]]:
        """Every row of the report in the working order."""
        for section in self.form.walk():
            for entry in section.lists:
                row_list = self.lists[entry.path]
                for row in row_list.rows:
                    yield section, row_list, row

    def question(self, path: str) -> Field:
        """The field at ``path``, of a section or of a row; UnknownPlaceError when there is none."""
        return self._question(read_path(path), path)

    def value(self, path: str) -> Value | None:
        """The answer at the path of a single field or of a row's field. UnknownPlaceError."""
        place = read_path(path)
        self._question(place, path)
        return self._value(place, path)

    def plain(self, path: str) -> Plain:
        """What ``Change.old`` must be for a change at ``path``: the present content in JSON.

        UnknownPlaceError; a row that is not there, or is in the bin, is None.
        """
        place = read_path(path)
        kept = _KEPT.get(place.kind)
        if kept is not None:
            found = getattr(self, kept.where).get(place.row or "")
            return None if found is None else kept.write(found)
        match place.kind:
            case PlaceKind.PROPERTY:
                return getattr(self, place.facet or "")
            case PlaceKind.FORM:
                return {"version": self.form.version, "hash": self.form.hash}
            case PlaceKind.ROW:
                row = self._list(place, path).row(place.row or "")
                return {"position": row.position} if row else None
            case PlaceKind.STATE:
                state = self._state(place, path)
                return state.value if state else None
            case PlaceKind.CONFIDENTIAL:
                return True if self._is_confidential(place, path) else None
            case PlaceKind.ANSWER:
                return write_value(self._question(place, path).type, self._value(place, path))
            case kind if kind in NOT_IN_REPORT:
                return None
        raise UnknownPlaceError(path)

    def apply(self, change: Change) -> None:
        """Make ``change.new`` the content of its place. UnknownPlaceError, WrongValueError."""
        try:
            self._apply(read_path(change.path), change)
        except UnknownPlaceError:
            # What is removed for good may have stood where only an earlier version of the form had a place.
            if change.old is not None or change.new is not None:
                raise

    def _apply(self, place: Place, change: Change) -> None:
        kept = _KEPT.get(place.kind)
        if kept is not None:
            _set_or_drop(getattr(self, kept.where), place.row or "", _read_kept(kept, change))
            if place.kind is PlaceKind.COMMENT:
                self.drafts.pop(place.row or "", None)
            return
        match place.kind:
            case PlaceKind.PROPERTY:
                setattr(self, place.facet or "", _words(change, change.new))
            case PlaceKind.ROW:
                self._list(place, change.path).place(place.row or "", _read_position(change))
            case PlaceKind.STATE:
                self._apply_state(place, change)
            case PlaceKind.CONFIDENTIAL:
                self._apply_confidential(place, change)
            case PlaceKind.ANSWER:
                self._apply_value(place, change)
            case None:
                raise UnknownPlaceError(change.path)
            case _:
                # Words about the operation itself; or another form, which only a report made anew has.
                pass

    # How each kind of place is found and read.

    def _list(self, place: Place, path: str) -> RowList:
        found = self.lists.get(place.head)
        if found is None:
            raise UnknownPlaceError(path)
        return found

    def _row(self, place: Place, path: str) -> Row | None:
        return self._list(place, path).find(place.row or "")

    def _require_row(self, place: Place, path: str) -> Row:
        row = self._row(place, path)
        if row is None:
            raise UnknownPlaceError(path)
        return row

    def _question(self, place: Place, path: str) -> Field:
        if place.row is not None:
            try:
                return self._list(place, path).definition.row.field(place.field or "")
            except KeyError as error:
                raise UnknownPlaceError(path) from error
        found = self.form.field_at(place.head)
        if found is None:
            raise UnknownPlaceError(path)
        return found[1]

    def _value(self, place: Place, path: str) -> Value | None:
        if place.row is None:
            return self.answers.get(place.head)
        row = self._row(place, path)
        return row.values.get(place.field or "") if row else None

    def _state(self, place: Place, path: str) -> State | None:
        if place.row is not None:
            row = self._row(place, path)
            return row.states.get(place.field or "") if row else None
        if place.head in self.lists:
            return self.lists[place.head].state
        return self.states.get(place.head)

    def _is_confidential(self, place: Place, path: str) -> bool:
        if place.row is not None:
            row = self._row(place, path)
            return row is not None and (place.field or "") in row.confidential
        return place.head in self.confidential

    # How each kind of place is written.

    def _apply_state(self, place: Place, change: Change) -> None:
        if place.row is None and place.head in self.lists:
            self.lists[place.head].state = _read_state(change)
            return
        self._question(place, change.path)
        if place.row is None:
            _set_or_drop(self.states, place.head, _read_state(change))
        else:
            row = self._require_row(place, change.path)
            _set_or_drop(row.states, place.field or "", _read_state(change))

    def _apply_confidential(self, place: Place, change: Change) -> None:
        if place.field is not None or (place.row is None and place.head not in self.lists):
            self._question(place, change.path)
        if place.row is None:
            marked, key = self.confidential, place.head
        else:
            marked, key = self._require_row(place, change.path).confidential, place.field or ""
        if change.new not in (True, None):
            raise WrongValueError(change.path, _("true or null was expected"))
        if change.new:
            marked.add(key)
        else:
            marked.discard(key)

    def _apply_value(self, place: Place, change: Change) -> None:
        value = _read(self._question(place, change.path).type, change.new, change.path)
        if place.row is None:
            _set_or_drop(self.answers, place.head, value)
        else:
            _set_or_drop(self._require_row(place, change.path).values, place.field or "", value)


def _read(field_type: FieldType, plain: Plain, path: str) -> Value | None:
    try:
        return read_value(field_type, plain)
    except (ValueError, DeskError) as error:
        raise WrongValueError(path, str(error)) from error


def _words(change: Change, plain: Plain) -> str:
    if not isinstance(plain, str):
        raise WrongValueError(change.path, _("words were expected"))
    return plain


def _read_state(change: Change) -> State | None:
    try:
        return State(change.new) if change.new is not None else None
    except ValueError as error:
        raise WrongValueError(change.path, _("a state was expected")) from error


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a report keeps by id: in which of its mappings, and how it is read from JSON and written."""

    where: str
    read: Callable[[Plain], Any]
    write: Callable[[Any], Plain]


_KEPT: Mapping[PlaceKind | None, _Kept] = {
    PlaceKind.UNPLACED: _Kept("unplaced", read_unplaced, write_unplaced),
    PlaceKind.COMMENT: _Kept("comments", read_comment, write_comment),
    PlaceKind.ATTACHED: _Kept("attached", read_attached, write_attached),
    PlaceKind.ACCEPTED: _Kept("accepted", read_accepted, write_accepted),
    PlaceKind.RECEIPT: _Kept("receipts", read_receipt, write_receipt),
    PlaceKind.SUBMISSION: _Kept("submissions", read_submission, write_submission),
}


def _read_kept(kept: _Kept, change: Change) -> Any:
    try:
        return None if change.new is None else kept.read(change.new)
    except (ValueError, DeskError) as error:
        raise WrongValueError(change.path, str(error)) from error


def _read_position(change: Change) -> int | None:
    if change.new is None:
        return None
    position = change.new.get("position") if isinstance(change.new, Mapping) else None
    if not isinstance(position, int) or isinstance(position, bool):
        raise WrongValueError(change.path, _("a position was expected"))
    return position


_K = TypeVar("_K")
_V = TypeVar("_V")


def _set_or_drop(mapping: dict[_K, _V], key: _K, value: _V | None) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value
