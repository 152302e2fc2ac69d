"""A report as JSON: the shape of ``show --json`` and of a package's ``data.json``, both ways.

Keys may be added over time, never changed. Optional parts are present only when there is something
in them. Rows in the bin, private notes and the log are not part of it. The canonical bytes have
sorted keys, UTF-8 and LF; their SHA-256 is the content checksum.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from desktop_app.formdef.model import Form, State
from desktop_app.report.changes import Change, new_id
from desktop_app.report.paths import (
    UNPLACED,
    confidential_path,
    row_path,
    state_path,
)
from desktop_app.report.report import Report, Row, RowList, UnknownPlaceError
from desktop_app.report.values import Plain, write_value
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

POSITION_STEP = 1024
"""Room between neighbouring rows, so that a moved row seldom renumbers the others."""


def report_to_plain(report: Report) -> dict[str, Plain]:
    """The report in the public JSON shape."""
    form = report.form
    plain: dict[str, Plain] = {
        "form": {"id": form.id, "version": form.version, "hash": form.hash},
        "id": report.id,
        "country": report.country,
        "cycle": report.cycle,
        "language": report.language,
        "status": report.status,
        "answers": {
            path: write_value(report.question(path).type, value)
            for path, value in sorted(report.answers.items())
        },
        "lists": {path: _list_to_plain(row_list) for path, row_list in report.lists.items()},
    }
    if report.states:
        plain["states"] = {path: state.value for path, state in sorted(report.states.items())}
    if report.confidential:
        plain["confidential"] = sorted(report.confidential)
    if report.unplaced:
        plain["unplaced"] = {
            key: {"text": kept.text, "near": kept.near} for key, kept in sorted(report.unplaced.items())
        }
    return plain


def _list_to_plain(row_list: RowList) -> dict[str, Plain]:
    return {
        "state": row_list.state.value if row_list.state else None,
        "rows": [_row_to_plain(row_list, row) for row in row_list.rows],
    }


def _row_to_plain(row_list: RowList, row: Row) -> dict[str, Plain]:
    values = {
        question.code: write_value(question.type, row.values[question.code])
        for question in row_list.definition.row.fields
        if question.code in row.values
    }
    plain: dict[str, Plain] = {"id": row.id, "values": values}
    if row.states:
        plain["states"] = {code: state.value for code, state in sorted(row.states.items())}
    if row.confidential:
        plain["confidential"] = sorted(row.confidential)
    return plain


def canonical_bytes(plain: Mapping[str, Plain]) -> bytes:
    """The one byte sequence of a JSON object: sorted keys, two spaces, UTF-8, a final LF."""
    words = json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return (words + "\n").encode("utf-8")


def content_checksum(report: Report) -> str:
    """SHA-256 of the report's canonical bytes, in hexadecimal: what the cover prints."""
    return hashlib.sha256(canonical_bytes(report_to_plain(report))).hexdigest()


class ShapeError(DeskError):
    """A JSON document does not have the shape of a report."""


def report_from_plain(plain: Mapping[str, Any], form: Form) -> Report:
    """The report of a JSON document, ids kept. ShapeError, UnknownPlaceError, WrongValueError."""
    report = Report(
        id=_string(plain, "id", new_id()),
        form=form,
        country=_string(plain, "country"),
        cycle=_string(plain, "cycle"),
        language=_string(plain, "language", form.languages[0]),
        status=_string(plain, "status", "draft"),
    )
    for change in changes_from_plain(plain):
        report.apply(change)
    return report


def changes_from_plain(plain: Mapping[str, Any]) -> Iterator[Change]:
    """The changes that fill an empty report with the content of a JSON document."""
    for path, value in _mapping(plain, "answers").items():
        yield Change(path, None, value)
    for path, state in _mapping(plain, "states", {}).items():
        yield Change(state_path(path), None, _state(state, path))
    for path in plain.get("confidential", ()):
        yield Change(confidential_path(path), None, True)
    for key, kept in _mapping(plain, UNPLACED, {}).items():
        if not isinstance(kept, Mapping) or not isinstance(kept.get("text"), str):
            raise ShapeError(_("The part “{part}” of the report is damaged.").format(part=UNPLACED))
        yield Change(f"{UNPLACED}/{key}", None, dict(kept))
    for path, row_list in _mapping(plain, "lists").items():
        yield from _list_changes(path, row_list)


def changes_of_report(report: Report) -> tuple[Change, ...]:
    """The changes that make an empty report into this one: what the log begins with."""
    return tuple(changes_from_plain(report_to_plain(report)))


def _list_changes(path: str, plain: Any) -> Iterator[Change]:
    if not isinstance(plain, Mapping) or not isinstance(plain.get("rows"), list):
        raise ShapeError(_("The list “{path}” is damaged.").format(path=path))
    if plain.get("state") is not None:
        yield Change(state_path(path), None, _state(plain["state"], path))
    seen: set[str] = set()
    for index, row in enumerate(plain["rows"], start=1):
        if not isinstance(row, Mapping) or not isinstance(row.get("values"), Mapping):
            raise ShapeError(
                _("Row {number} of the list “{path}” is damaged.").format(number=index, path=path)
            )
        row_id = row.get("id") or new_id()
        if not isinstance(row_id, str) or "/" in row_id or "#" in row_id or row_id in seen:
            raise ShapeError(
                _("Row {number} of the list “{path}” has a wrong or repeated id.").format(
                    number=index, path=path
                )
            )
        seen.add(row_id)
        yield Change(row_path(path, row_id), None, {"position": index * POSITION_STEP})
        for code, value in row["values"].items():
            yield Change(row_path(path, row_id, code), None, value)
        for code, state in _mapping(row, "states", {}).items():
            yield Change(state_path(row_path(path, row_id, code)), None, _state(state, path))
        for code in row.get("confidential", ()):
            yield Change(confidential_path(row_path(path, row_id, code)), None, True)


def _state(plain: Any, path: str) -> str:
    try:
        return State(plain).value
    except ValueError as error:
        raise ShapeError(_("The state of “{path}” is not known.").format(path=path)) from error


def _mapping(
    plain: Mapping[str, Any], key: str, default: Mapping[str, Any] | None = None
) -> Mapping[str, Any]:
    found = plain.get(key, default)
    if not isinstance(found, Mapping):
        raise ShapeError(_("The part “{part}” of the report is missing.").format(part=key))
    return found


def _string(plain: Mapping[str, Any], key: str, default: str | None = None) -> str:
    found = plain.get(key, default)
    if not isinstance(found, str):
        raise ShapeError(_("The part “{part}” of the report is missing.").format(part=key))
    return found


__all__ = [
    "POSITION_STEP",
    "ShapeError",
    "UnknownPlaceError",
    "canonical_bytes",
    "changes_from_plain",
    "changes_of_report",
    "content_checksum",
    "report_from_plain",
    "report_to_plain",
]
