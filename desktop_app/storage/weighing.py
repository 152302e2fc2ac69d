"""Which of the salvaged values are right: what the log says of each place, against what the tables say.

A value counts as right when its digest in the log says so and nothing can have come after it, or when
log and tables, which stand in different places of the file, agree. What is kept without that is named,
so that a person looks at it; nothing damaged is passed off as good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from desktop_app.report.paths import (
    FORM_PATH,
    KEPT_BY_ID,
    PROPERTIES,
    PlaceKind,
    confidential_path,
    read_path,
    row_path,
    state_path,
)
from desktop_app.storage.later_content import has_more, is_near
from desktop_app.storage.projection import Projection
from desktop_app.storage.reading import answer_record, row_record
from desktop_app.storage.records import AnswerRecord, ReportSummary, RowKey, RowRecord, to_json
from desktop_app.storage.salvage import Salvage
from desktop_app.storage.salvaged_log import LastChange, SalvagedLog, has_value
from desktop_app.storage.sides import NOTHING

POSITION_STEP = 1024


class Doubt(Enum):
    """Why a value that is not known to be right is named."""

    UNCHECKED = auto()
    """It was kept, but the log cannot confirm it."""
    EARLIER = auto()
    """It is a sound value the place once had; a later one may be lost."""
    LOST = auto()
    """There was a value, and it is lost."""


# What the tables say


@dataclass(slots=True)
class Stored:
    """The lines of the tables about one report. ``is_whole``: no line of them can be missing."""

    answers: dict[str, AnswerRecord] = field(default_factory=dict)
    rows: dict[RowKey, RowRecord] = field(default_factory=dict)
    is_whole: bool = True

    def value(self, path: str, summary: ReportSummary) -> tuple[Any, bool]:
        """What the tables say of a place, in JSON; and whether they say anything, be it nothing."""
        place = read_path(path)
        if place.kind is PlaceKind.PROPERTY:
            return getattr(summary, place.facet or ""), True
        if place.row is None or place.kind in KEPT_BY_ID:
            answer = self.answers.get(place.subject)
            return _of_answer(answer or AnswerRecord(), place.kind), answer is not None or self.is_whole
        row = self.rows.get((place.head, place.row))
        if row is None:
            return None, self.is_whole
        return _of_row(row, place.kind, place.field or ""), True

    def has_row(self, path: str) -> bool:
        """Whether the path is that of a row which the tables have, in the bin or not."""
        place = read_path(path)
        return place.kind is PlaceKind.ROW and (place.head, place.row or "") in self.rows

    def paths(self) -> Iterator[str]:
        """Every place of which the tables say something."""
        for path in self.answers:
            yield from (path, state_path(path), confidential_path(path))
        for (list_path, row_id), row in self.rows.items():
            place = row_path(list_path, row_id)
            yield place
            yield from (f"{place}/{code}" for code in row.answers)
            yield from (state_path(f"{place}/{code}") for code in row.states)
            yield from (confidential_path(f"{place}/{code}" if code else place) for code in row.confidential)


def read_stored(salvage: Salvage, number: int) -> Stored:
    """The lines of the tables about the report with this number; those with damaged JSON count as missing."""
    stored = Stored(is_whole=not salvage.incomplete & {"answers", "rows"})
    for path, *columns in salvage.lines.execute(
        "SELECT path, value, state, confidential FROM answers WHERE report = ?", (number,)
    ):
        try:
            stored.answers[path] = answer_record(*columns)
        except ValueError:
            stored.is_whole = False
    for list_path, row_id, *columns in salvage.lines.execute(
        "SELECT list, id, position, in_bin, answers, states, confidential FROM rows WHERE report = ?",
        (number,),
    ):
        try:
            stored.rows[list_path, row_id] = row_record(*columns)
        except ValueError:
            stored.is_whole = False
    return stored


def _of_answer(answer: AnswerRecord, kind: PlaceKind | None) -> Any:
    if kind is PlaceKind.STATE:
        return answer.state
    if kind is PlaceKind.CONFIDENTIAL:
        return answer.confidential or None
    return answer.value


def _of_row(row: RowRecord, kind: PlaceKind | None, code: str) -> Any:
    if kind is PlaceKind.ROW:
        return None if row.in_bin else {"position": row.position}
    if kind is PlaceKind.STATE:
        return row.states.get(code)
    if kind is PlaceKind.CONFIDENTIAL:
        return code in row.confidential or None
    return row.answers.get(code)


# One against the other


@dataclass(slots=True)
class Weighed:
    """The best content of one report, and the places of which it may not be the last one.

    ``shows_more``: the tables have what was never logged, and what no flipped bit made of anything logged.
    """

    summary: ReportSummary
    content: Projection
    doubts: dict[str, Doubt]
    shows_more: bool = False


def weigh_all(salvage: Salvage, log: SalvagedLog, found: Iterable[ReportSummary]) -> list[Weighed]:
    """Decide on every place of the reports that the log or the tables know."""
    reports = [weigh(salvage, log, summary) for summary in found]
    if any(report.shows_more for report in reports):
        # The last pages of the log were never written: what it says is what once was.
        log.has_end = False
        reports = [weigh(salvage, log, report.summary) for report in reports]
    return reports


def weigh(salvage: Salvage, log: SalvagedLog, summary: ReportSummary) -> Weighed:
    """Decide on every place of a report that the log or the tables know."""
    stored = read_stored(salvage, summary.number)
    places = log.places.get(summary.number, {})
    values: dict[str, Any] = {}
    doubts: dict[str, Doubt] = {}
    summary = _with_last_form(summary, places.get(FORM_PATH), log, doubts)
    unlike: dict[str, Any] = {}
    properties = (f"#{name}" for name in PROPERTIES)
    for path in sorted({*stored.paths(), *places, *log.lost_places, *properties}):
        if read_path(path).kind not in _OF_CONTENT:
            continue
        told, is_known = stored.value(path, summary)
        if told is None and path in log.behind and not stored.has_row(path):
            # The tables too may be of an earlier day.
            is_known = False
        value, doubt = _decide(path, told, is_known, places.get(path), log)
        values[path] = value
        if doubt is not None:
            doubts[path] = doubt
        if told is not None and path not in log.lost_places and (doubt is not None or value != told):
            unlike[path] = told
    for path in unlike.keys() - doubts.keys():
        if is_near(path, unlike[path], places.get(path)):
            doubts[path] = Doubt.EARLIER
    content = _content_of(values, stored, places, doubts)
    if not log.names_all:
        for path in _unread(salvage, stored, summary.number):
            doubts.setdefault(path, Doubt.EARLIER if _is_there(content, path) else Doubt.LOST)
    shows_more = log.has_end and has_more(salvage.lines, summary.number, unlike, places, set(stored.paths()))
    return Weighed(summary, content, doubts, shows_more)


def _with_last_form(
    summary: ReportSummary, logged: LastChange | None, log: SalvagedLog, doubts: dict[str, Doubt]
) -> ReportSummary:
    """The report with the form it was last taken over to: its own line may be an old one."""
    told = {"version": summary.form_version, "hash": summary.form_hash}
    if logged is None:
        if FORM_PATH in log.lost_places:
            doubts[FORM_PATH] = Doubt.UNCHECKED
        return summary
    if has_value(logged.side) and log.is_sure_of(FORM_PATH, logged):
        last = logged.side.value()
        return replace(summary, form_version=last["version"], form_hash=last["hash"])
    if not logged.side.is_of(to_json(told)) or FORM_PATH in log.lost_places:
        doubts[FORM_PATH] = Doubt.UNCHECKED
    return summary


def _unread(salvage: Salvage, stored: Stored, number: int) -> Iterator[str]:
    """The places that an index names and of which no line could be read."""
    for report, path in sorted(salvage.keys.answers):
        if report == number and path not in stored.answers:
            yield path
    for report, list_path, row_id in sorted(salvage.keys.rows):
        if report == number and (list_path, row_id) not in stored.rows:
            yield row_path(list_path, row_id)


def _is_there(content: Projection, path: str) -> bool:
    place = read_path(path)
    return path in content.answers or (place.head, place.row) in content.rows


_OF_CONTENT = frozenset(PlaceKind) - {PlaceKind.NOTE, PlaceKind.SOURCE, PlaceKind.FORM}


def _decide(
    path: str, stored: Any, is_known: bool, logged: LastChange | None, log: SalvagedLog
) -> tuple[Any, Doubt | None]:
    """The value of one place. ``is_known``: whether the tables say anything of it."""
    if logged is None:
        if stored is None:
            # Whatever stood there was never read; without a lost change nothing did.
            return None, Doubt.LOST if path in log.lost_places and not is_known else None
        return (None, None) if log.is_whole else (stored, Doubt.UNCHECKED)
    side, kind = logged.side, read_path(path).kind
    if side.is_of(to_json(stored)) if stored is not None else side == NOTHING:
        # Both may be of an earlier day, if a later change is known.
        return stored, Doubt.UNCHECKED if path in log.behind else None
    if side.is_sound and log.is_sure_of(path, logged):
        # It is known what the value is, so what the tables say is the damaged one.
        return side.value(), None
    if is_known:
        if kind is PlaceKind.CONFIDENTIAL:
            # In doubt it stays out of the public copy.
            return True, Doubt.UNCHECKED
        return stored, Doubt.UNCHECKED
    if has_value(side) or has_value(logged.earlier):
        return (side if has_value(side) else logged.earlier).value(), Doubt.EARLIER
    return None, Doubt.LOST


def _content_of(
    values: dict[str, Any], stored: Stored, places: dict[str, LastChange], doubts: dict[str, Doubt]
) -> Projection:
    """The content with these values. A row is there as soon as anything is known of it."""
    content = Projection()
    for path, value in values.items():
        place = read_path(path)
        key = (place.head, place.row or "")
        if place.kind is PlaceKind.PROPERTY:
            content.properties[place.facet or ""] = value
        elif place.row is None or place.kind in KEPT_BY_ID:
            _put_answer(content, place.subject, place.kind, value)
        elif place.kind is PlaceKind.ROW:
            row = content.rows.setdefault(key, RowRecord())
            row.in_bin = value is None
            row.position = _position(value, path, stored.rows.get(key), places)
        else:
            _put_field(content.rows.setdefault(key, RowRecord()), place.kind, place.field or "", value)
    _place_rows(content, values, doubts)
    content.answers = {path: answer for path, answer in content.answers.items() if not answer.is_nothing}
    return content


def _put_answer(content: Projection, path: str, kind: PlaceKind | None, value: Any) -> None:
    answer = content.answers.setdefault(path, AnswerRecord())
    if kind is PlaceKind.STATE:
        answer.state = value
    elif kind is PlaceKind.CONFIDENTIAL:
        answer.confidential = bool(value)
    else:
        answer.value = value


def _put_field(row: RowRecord, kind: PlaceKind | None, code: str, value: Any) -> None:
    if value is None:
        return
    if kind is PlaceKind.STATE:
        row.states[code] = value
    elif kind is PlaceKind.CONFIDENTIAL:
        row.confidential.add(code)
    else:
        row.answers[code] = value


def _position(value: Any, path: str, stored: RowRecord | None, places: dict[str, LastChange]) -> int:
    """Where a row stands, or stood before it was removed."""
    if value is None and stored is not None:
        return stored.position
    if value is None and path in places and has_value(places[path].earlier):
        value = places[path].earlier.value()
    position = value.get("position") if isinstance(value, dict) else None
    return position if isinstance(position, int) else 0


def _place_rows(content: Projection, values: dict[str, Any], doubts: dict[str, Doubt]) -> None:
    """Rows of which only fields are known stand behind the others."""
    last: dict[str, int] = {}
    for (list_path, _row), record in content.rows.items():
        last[list_path] = max(last.get(list_path, 0), record.position)
    for (list_path, row_id), record in content.rows.items():
        path = row_path(list_path, row_id)
        if path not in values or doubts.get(path) is Doubt.LOST:
            last[list_path] += POSITION_STEP
            record.position, record.in_bin = last[list_path], False
            doubts[path] = Doubt.UNCHECKED
