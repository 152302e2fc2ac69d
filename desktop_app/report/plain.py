"""A report as JSON: the shape of ``show --json`` and of a package's ``data.json``, both ways.

Keys may be added over time, never changed. Optional parts are present only when there is something
in them. Rows in the bin, private notes and the log are not part of it. The canonical bytes have
sorted keys, UTF-8 and LF; their SHA-256 is the content checksum.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Generator, Iterator, Mapping, Set
from itertools import islice
from typing import Any, TypeVar

from desktop_app.formdef.model import Form, State
from desktop_app.report.accepted import accepted_path, write_accepted
from desktop_app.report.attachments import attached_path
from desktop_app.report.changes import Change, new_id
from desktop_app.report.paths import ACCEPTED, UNPLACED, confidential_path, row_path, state_path
from desktop_app.report.placed_files import attached_to_plain
from desktop_app.report.report import Report, Row, RowList, UnknownPlaceError
from desktop_app.report.values import Plain, write_value
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

ATTACHMENTS = "attachments"
PUBLIC = "public"
"""In a public copy: true."""
LEFT_OUT = "left_out"
"""In a public copy: how many entries are confidential and not in it, by path of what they belong to."""

T = TypeVar("T")

_PIECES = 500
"""Pieces of JSON at a time: some milliseconds at most."""

POSITION_STEP = 1024
"""Room between neighbouring rows, so that a moved row seldom renumbers the others."""


def report_to_plain(report: Report, *, without: Collection[str] = ()) -> dict[str, Plain]:
    """The report in the public JSON shape.

    ``without``: paths of single fields and of rows' fields that stay out, with all that is said of
    them; for a package these are ``rules.irrelevant_paths(report)``.
    """
    return result_of(plain_steps(report, without))


def result_of(steps: Generator[None, None, T]) -> T:
    """What the steps return, taken all at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found


def plain_steps(report: Report, without: Collection[str] = ()) -> Generator[None, None, dict[str, Plain]]:
    """As ``report_to_plain``, row by row, for whoever has something else to do as well."""
    form = report.form
    left_out = frozenset(without)
    plain: dict[str, Plain] = {
        "form": {"id": form.id, "version": form.version, "hash": form.hash},
        "id": report.id,
        "country": report.country,
        "cycle": report.cycle,
        "language": report.language,
        "status": report.status,
        "answers": {
            path: write_value(report.question(path).type, report.answers[path])
            for path in sorted(report.answers.keys() - left_out)
        },
        "lists": (yield from _lists_to_plain(report, left_out)),
    }
    if states := sorted(report.states.keys() - left_out):
        plain["states"] = {path: report.states[path].value for path in states}
    if confidential := sorted(report.confidential - left_out):
        plain["confidential"] = confidential
    if report.unplaced:
        plain[UNPLACED] = {
            key: {"text": kept.text, "near": kept.near} for key, kept in sorted(report.unplaced.items())
        }
    if report.attached and (attached := attached_to_plain(report, left_out)):
        plain[ATTACHMENTS] = attached
    if report.accepted:
        plain[ACCEPTED] = sorted(map(write_accepted, report.accepted.values()), key=_in_order)
    if report.left_out is not None:
        plain[PUBLIC], plain[LEFT_OUT] = True, dict(report.left_out)
    return plain


def _in_order(accepted: Mapping[str, Plain]) -> str:
    """To sort by: nothing of it but what it says, whatever ids were given to it here."""
    return json.dumps([accepted["path"], accepted["code"], accepted], sort_keys=True)


def _lists_to_plain(report: Report, left_out: Set[str]) -> Generator[None, None, dict[str, Plain]]:
    lists: dict[str, Plain] = {}
    for path, row_list in report.lists.items():
        rows: list[Plain] = []
        for row in row_list.rows:
            rows.append(_row_to_plain(row_list, row, left_out))
            yield
        lists[path] = {"state": row_list.state.value if row_list.state else None, "rows": rows}
    return lists


def _row_to_plain(row_list: RowList, row: Row, left_out: Set[str]) -> dict[str, Plain]:
    entry = row_list.definition
    without = {
        question.code
        for question in (entry.row.fields if left_out else ())
        if row_path(entry.path, row.id, question.code) in left_out
    }
    values = {
        question.code: write_value(question.type, row.values[question.code])
        for question in entry.row.fields
        if question.code in row.values and question.code not in without
    }
    plain: dict[str, Plain] = {"id": row.id, "values": values}
    if states := sorted(row.states.keys() - without):
        plain["states"] = {code: row.states[code].value for code in states}
    if confidential := sorted(row.confidential - without):
        plain["confidential"] = confidential
    return plain


def canonical_bytes(plain: Mapping[str, Plain]) -> bytes:
    """The one byte sequence of a JSON object: sorted keys, two spaces, UTF-8, a final LF."""
    return "".join(canonical_pieces(plain)).encode("utf-8")


def canonical_pieces(plain: Mapping[str, Plain]) -> Iterator[str]:
    """The text of ``canonical_bytes``, a little at a time."""
    encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    words = encoder.iterencode(plain)
    while piece := "".join(islice(words, _PIECES)):
        yield piece
    yield "\n"


class ShapeError(DeskError):
    """A JSON document does not have the shape of a report."""


def report_from_plain(plain: Mapping[str, Any], form: Form) -> Report:
    """The report of a JSON document, ids kept. ShapeError, UnknownPlaceError, WrongValueError."""
    report = empty_from_plain(plain, form)
    for change in changes_from_plain(plain):
        report.apply(change)
    return report


def empty_from_plain(plain: Mapping[str, Any], form: Form) -> Report:
    """The report of a JSON document without any of its content. ShapeError."""
    return Report(
        id=_string(plain, "id", new_id()),
        form=form,
        country=_string(plain, "country"),
        cycle=_string(plain, "cycle"),
        language=_string(plain, "language", form.languages[0]),
        status=_string(plain, "status", "draft"),
    )


def changes_of_report(report: Report) -> tuple[Change, ...]:
    """The changes that make an empty report into this one: what the log begins with."""
    return tuple(changes_from_plain(report_to_plain(report)))


def changes_from_plain(plain: Mapping[str, Any]) -> Iterator[Change]:
    """The changes that fill an empty report with the content of a JSON document.

    ShapeError; UnknownPlaceError for a path that is more than that of an answer.
    """
    for path, value in _mapping(plain, "answers").items():
        yield Change(_simple(path, path), None, value)
    for path, state in _mapping(plain, "states", {}).items():
        yield Change(state_path(_simple(path, path)), None, _state(state, path))
    for path in _strings(plain, "confidential", "confidential"):
        yield Change(confidential_path(_simple(path, path)), None, True)
    for key, kept in _mapping(plain, UNPLACED, {}).items():
        path = f"{UNPLACED}/{key}"
        yield Change(f"{UNPLACED}/{_simple(key, path)}", None, kept)
    accepted = plain.get(ACCEPTED, [])
    if not isinstance(accepted, list):
        raise _damaged(ACCEPTED)
    yield from (Change(accepted_path(new_id()), None, kept) for kept in accepted)
    seen: set[str] = set()
    for path, row_list in _mapping(plain, "lists").items():
        yield from _list_changes(_simple(path, path), row_list, seen)
    yield from _attached_changes(plain)


def _attached_changes(plain: Mapping[str, Any]) -> Iterator[Change]:
    found = plain.get(ATTACHMENTS, [])
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise _damaged(ATTACHMENTS)
    ids = [new_id() if each.get("id") is None else each["id"] for each in found]
    if not all(isinstance(each, str) and each and not _has_mark(each) for each in ids):
        raise _damaged(ATTACHMENTS)
    if len(set(ids)) < len(ids):
        raise _damaged(ATTACHMENTS)
    for key, each in zip(ids, found, strict=True):
        yield Change(attached_path(key), None, {name: part for name, part in each.items() if name != "id"})


def _list_changes(path: str, plain: Any, seen: set[str]) -> Iterator[Change]:
    """The changes that fill one list. ``seen``: the ids of the rows so far, to which its own are added."""
    if not isinstance(plain, Mapping) or not isinstance(plain.get("rows"), list):
        raise ShapeError(_("The list “{path}” is damaged.").format(path=path))
    if plain.get("state") is not None:
        yield Change(state_path(path), None, _state(plain["state"], path))
    for number, row in enumerate(plain["rows"], start=1):
        where = _("row {number} of “{path}”").format(number=number, path=path)
        if not isinstance(row, Mapping):
            raise _damaged(where)
        row_id = new_id() if row.get("id") is None else row["id"]
        if not isinstance(row_id, str) or not row_id or row_id in seen or _has_mark(row_id):
            raise ShapeError(
                _("Row {number} of the list “{path}” has a wrong or repeated id.").format(
                    number=number, path=path
                )
            )
        seen.add(row_id)
        yield Change(row_path(path, row_id), None, {"position": number * POSITION_STEP})
        yield from _row_changes(row_path(path, row_id), row, where)


def _row_changes(path: str, plain: Mapping[str, Any], where: str) -> Iterator[Change]:
    for code, value in _mapping(plain, "values", where=where).items():
        yield Change(_field_path(path, code), None, value)
    for code, state in _mapping(plain, "states", {}, where=where).items():
        yield Change(state_path(_field_path(path, code)), None, _state(state, _field_path(path, code)))
    for code in _strings(plain, "confidential", where):
        yield Change(confidential_path(_field_path(path, code) if code else path), None, True)


def _field_path(row: str, code: str) -> str:
    return f"{row}/{_simple(code, f'{row}/{code}')}"


def _simple(name: str, path: str) -> str:
    """``name``, unless it would lead to another place than the one it stands for."""
    if _has_mark(name):
        raise UnknownPlaceError(path)
    return name


def _has_mark(name: str) -> bool:
    return "/" in name or "#" in name


def _damaged(where: str) -> ShapeError:
    return ShapeError(_("The report is damaged: {where}.").format(where=where))


def _state(plain: Any, path: str) -> str:
    try:
        return State(plain).value
    except ValueError as error:
        raise ShapeError(_("The state of “{path}” is not known.").format(path=path)) from error


def _strings(plain: Mapping[str, Any], key: str, where: str) -> list[str]:
    found = plain.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise _damaged(where)
    return found


def _mapping(
    plain: Mapping[str, Any], key: str, default: Mapping[str, Any] | None = None, *, where: str | None = None
) -> Mapping[str, Any]:
    found = plain.get(key, default)
    if isinstance(found, Mapping):
        return found
    if where is not None:
        raise _damaged(where)
    raise ShapeError(_("The part “{part}” of the report is missing.").format(part=key))


def _string(plain: Mapping[str, Any], key: str, default: str | None = None) -> str:
    found = plain.get(key, default)
    if not isinstance(found, str) or not found:
        raise ShapeError(_("The part “{part}” of the report is missing.").format(part=key))
    return found
