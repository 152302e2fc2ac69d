"""Reading a report file over SQLite alone, fast: this stands between a click and the first page."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from desktop_app.formdef.model import Form, ListDefinition, State
from desktop_app.report.changes import Change, OpenEdit
from desktop_app.report.paths import KEPT_BY_ID, UNPLACED, read_path, row_path
from desktop_app.report.report import Report, Row, RowList, UnknownPlaceError, WrongValueError
from desktop_app.report.values import CODECS, Plain, Value, read_value
from desktop_app.runtime.errors import DeskError
from desktop_app.storage.projection import Projection
from desktop_app.storage.records import (
    NO_CONTENT,
    AnswerRecord,
    ReportSummary,
    RowRecord,
    SourceDocument,
    from_json,
)


@contextlib.contextmanager
def much_at_once() -> Iterator[None]:
    """While very many lasting values are made, looking for rubbish among them only costs time: a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_SUMMARY = """
    SELECT number, id, form_id, form_version, form_hash, country, cycle, language, status, created_at
    FROM reports
"""


def summaries(connection: sqlite3.Connection) -> list[ReportSummary]:
    """All reports of the file, by number."""
    return [ReportSummary(*row) for row in connection.execute(_SUMMARY + "ORDER BY number")]


def summary_of(connection: sqlite3.Connection, report: int | str) -> ReportSummary | None:
    """The report with this number or id."""
    column = "number" if isinstance(report, int) else "id"
    found = connection.execute(f"{_SUMMARY} WHERE {column} = ?", (report,)).fetchone()
    return ReportSummary(*found) if found else None


def answer_record(value: str | None, state: str | None, confidential: int) -> AnswerRecord:
    """A line of the table of answers. ValueError when its JSON is damaged."""
    return AnswerRecord(from_json(value), state, bool(confidential))


def row_record(position: int, in_bin: int, answers: str, states: str, confidential: str) -> RowRecord:
    """A line of the table of rows. ValueError when its JSON is damaged."""
    values = from_json(answers)
    # Most rows have neither; a report may have very many rows.
    reasons = {} if states == "{}" else from_json(states)
    marks = [] if confidential == "[]" else from_json(confidential)
    if not (isinstance(values, dict) and isinstance(reasons, dict) and isinstance(marks, list)):
        raise ValueError(answers)
    return RowRecord(position, bool(in_bin), values, reasons, set(map(str, marks)))


_ANSWERS = "SELECT path, value, state, confidential FROM answers WHERE report = ?"
_ROWS = "SELECT list, id, position, in_bin, answers, states, confidential FROM rows WHERE report = ?"


def stored_content(connection: sqlite3.Connection, summary: ReportSummary) -> Projection:
    """All that the tables say of one report. ValueError when it is damaged."""
    content = Projection()
    content.properties = {"cycle": summary.cycle, "language": summary.language, "status": summary.status}
    content.form = {"version": summary.form_version, "hash": summary.form_hash}
    for path, *columns in connection.execute(_ANSWERS, (summary.number,)):
        content.answers[_as_text(path)] = answer_record(*columns)
    for list_path, row_id, *columns in connection.execute(
        f"{_ROWS} ORDER BY list, position, id", (summary.number,)
    ):
        content.rows[_as_text(list_path), _as_text(row_id)] = row_record(*columns)
    return content


def _as_text(name: object) -> str:
    """SQLite's quick check does not see that an index has bytes where its table has text. ValueError."""
    if not isinstance(name, str):
        raise ValueError(name)
    return name


def build_report(summary: ReportSummary, content: Projection, form: Form) -> Report:
    """The report with all its answers read. UnknownPlaceError, WrongValueError; ValueError when damaged."""
    report = Report(
        id=summary.id,
        form=form,
        country=summary.country,
        cycle=content.properties["cycle"],
        language=content.properties["language"],
        number=summary.number,
        status=content.properties["status"],
    )
    for path, answer in content.answers.items():
        _put_answer(report, path, answer)
    readers = _Readers(report)
    for (list_path, row_id), record in content.rows.items():
        reader = readers.of(list_path, in_bin=record.in_bin)
        if reader is not None:
            reader.put(row_id, record)
    readers.finish()
    return report


def stored_report(connection: sqlite3.Connection, summary: ReportSummary, form: Form) -> Report:
    """What ``build_report`` makes of all that ``stored_content`` reads, in a third of the time.

    What it raises; then the report is to be built of its content.
    """
    report = Report(
        id=summary.id,
        form=form,
        country=summary.country,
        cycle=summary.cycle,
        language=summary.language,
        number=summary.number,
        status=summary.status,
    )
    for path, *columns in connection.execute(_ANSWERS, (summary.number,)):
        _put_answer(report, _as_text(path), answer_record(*columns))
    readers = _Readers(report)
    for list_path, row_id, position, in_bin, answers, states, confidential in connection.execute(
        _ROWS, (summary.number,)
    ):
        reader = readers.of(_as_text(list_path), in_bin=bool(in_bin))
        if reader is None:
            continue
        if in_bin or states != "{}" or confidential != "[]":
            reader.put(_as_text(row_id), row_record(position, in_bin, answers, states, confidential))
        else:
            reader.put_plain(_as_text(row_id), position, from_json(answers))
    readers.finish()
    return report


def _put_answer(report: Report, path: str, answer: AnswerRecord) -> None:
    place = read_path(path)
    if place.head == UNPLACED:
        if answer.value is not None:
            if not isinstance(answer.value, dict) or not isinstance(answer.value.get("text"), str):
                raise ValueError(path)
            report.apply(Change(path, None, answer.value))
        return
    if place.kind in KEPT_BY_ID:
        if answer.value is not None:
            report.apply(Change(path, None, answer.value))
        return
    if answer.confidential:
        report.confidential.add(path)
    if path in report.lists:
        report.lists[path].state = State(answer.state) if answer.state else None
        return
    if answer.state:
        report.states[path] = State(answer.state)
    if answer.value is not None:
        report.apply(Change(path, None, answer.value))


class _Readers:
    """Fills the lists of a report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._readers: dict[str, _RowReader] = {}

    def of(self, list_path: str, *, in_bin: bool) -> _RowReader | None:
        """Who fills this list; None for a row in the bin of one that is no more. UnknownPlaceError."""
        reader = self._readers.get(list_path)
        if reader is None:
            row_list = self._report.lists.get(list_path)
            if row_list is None and in_bin:
                return None
            if row_list is None:
                raise UnknownPlaceError(list_path)
            reader = self._readers[list_path] = _RowReader(row_list)
        return reader

    def finish(self) -> None:
        """Put all rows in their order, at the end: one by one would take much longer."""
        for reader in self._readers.values():
            reader.sort()


_IN_ORDER = attrgetter("position", "id")


class _RowReader:
    """Fills one list."""

    def __init__(self, row_list: RowList) -> None:
        self._list = row_list
        self._definition: ListDefinition = row_list.definition
        self._types = {question.code: question.type for question in self._definition.row.fields}
        self._codecs = {code: CODECS[field_type] for code, field_type in self._types.items()}

    def sort(self) -> None:
        self._list.rows.sort(key=_IN_ORDER)
        rows = sorted(self._list.bin.values(), key=_IN_ORDER)
        self._list.bin = {row.id: row for row in rows}

    def put_plain(self, row_id: str, position: int, answers: Any) -> None:
        """As ``put``, a row that has answers and nothing else, as most have. ValueError when damaged."""
        if not isinstance(answers, dict):
            raise ValueError(answers)
        self._list.rows.append(Row(row_id, position, self._values(row_id, answers)))

    def put(self, row_id: str, record: RowRecord) -> None:
        """Add a row, or put it into the bin."""
        row = Row(row_id, record.position)
        answers, states = record.answers, record.states
        if record.in_bin:
            # What has no place in the form waits with the row.
            answers = {code: plain for code, plain in answers.items() if self._is_readable(code, plain)}
            states = {code: state for code, state in states.items() if code in self._types}
        row.values = self._values(row_id, answers)
        row.states = {code: State(state) for code, state in states.items()}
        row.confidential = record.confidential
        if record.in_bin:
            self._list.bin[row_id] = row
        else:
            self._list.rows.append(row)

    def _is_readable(self, code: str, plain: Plain) -> bool:
        try:
            return code in self._types and read_value(self._types[code], plain) is not None
        except (ValueError, DeskError):
            return False

    def _values(self, row_id: str, answers: dict[str, Plain]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for code, plain in answers.items():
            codec = self._codecs.get(code)
            if codec is None:
                raise UnknownPlaceError(row_path(self._definition.path, row_id, code))
            if plain is None:
                continue
            try:
                value = codec.read(plain)
                if not codec.is_empty(value):
                    values[code] = value
            except (ValueError, DeskError) as error:
                raise WrongValueError(row_path(self._definition.path, row_id, code), str(error)) from error
        return values


def open_edits(connection: sqlite3.Connection, number: int | None = None) -> list[OpenEdit]:
    """The fields being typed in, of the file or of one report. ValueError when damaged."""
    rows = connection.execute(
        "SELECT reports.id, path, value, who, sitting, since FROM open_edits"
        " JOIN reports ON reports.number = open_edits.report"
        " WHERE ?1 IS NULL OR reports.number = ?1 ORDER BY since",
        (number,),
    )
    return [
        OpenEdit(report, _as_text(path), from_json(value), who, sitting, since)
        for report, path, value, who, sitting, since in rows
    ]


def sources(connection: sqlite3.Connection, report_id: str) -> list[SourceDocument]:
    """The documents a report was imported from, oldest first."""
    rows = connection.execute(
        "SELECT name, media_type, content, sources.at, sources.number, sha256 FROM sources"
        " JOIN reports ON reports.number = sources.report WHERE reports.id = ? ORDER BY sources.number",
        (report_id,),
    )
    return [
        SourceDocument(name, media_type, content, at, number, not content and sha256 != NO_CONTENT)
        for name, media_type, content, at, number, sha256 in rows
    ]
