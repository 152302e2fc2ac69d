"""All that a report holds by path, without its form: what is carried from one version of it to another."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from desktop_app.report.accepted import accepted_path, write_accepted
from desktop_app.report.attachments import attached_path, write_attached
from desktop_app.report.changes import Change
from desktop_app.report.paths import (
    UNPLACED,
    PlaceKind,
    confidential_path,
    read_path,
    row_path,
    state_path,
)
from desktop_app.report.receipts import receipt_path, write_receipt
from desktop_app.report.report import Report, Row, UnknownPlaceError, WrongValueError
from desktop_app.report.review import comment_path, write_comment
from desktop_app.report.submissions import submission_path, write_submission
from desktop_app.report.values import Plain, write_value

Content = dict[str, Plain]
"""JSON by path. A row is ``{"position": n}``, with ``"bin": True`` while it is in the bin."""

BIN = "bin"
POSITION = "position"


def content_of(report: Report) -> Content:
    """All that the report holds, its bin too."""
    content: Content = {}
    for path, value in report.answers.items():
        content[path] = write_value(report.question(path).type, value)
    content.update((state_path(path), state.value) for path, state in report.states.items())
    content.update((confidential_path(path), True) for path in report.confidential)
    for key, kept in report.unplaced.items():
        content[f"{UNPLACED}/{key}"] = {"text": kept.text, "near": kept.near}
    content.update((comment_path(key), write_comment(each)) for key, each in report.comments.items())
    content.update((accepted_path(key), write_accepted(each)) for key, each in report.accepted.items())
    content.update((receipt_path(key), write_receipt(each)) for key, each in report.receipts.items())
    for each in report.submissions.values():
        content[submission_path(each.number)] = write_submission(each)
    for key, attached in report.attached.items():
        content[attached_path(key)] = write_attached(attached)
    for path, row_list in report.lists.items():
        if row_list.state is not None:
            content[state_path(path)] = row_list.state.value
        types = {question.code: question.type for question in row_list.definition.row.fields}
        for row in (*row_list.rows, *row_list.bin.values()):
            at = row_path(path, row.id)
            content[at] = {POSITION: row.position, **({BIN: True} if row.id in row_list.bin else {})}
            content.update(_row_content(at, row, types))
    return content


def _row_content(at: str, row: Row, types: Mapping[str, object]) -> Iterator[tuple[str, Plain]]:
    for code, value in row.values.items():
        yield f"{at}/{code}", write_value(types[code], value)  # type: ignore[arg-type]
    for code, state in row.states.items():
        yield state_path(f"{at}/{code}"), state.value
    for code in row.confidential:
        yield confidential_path(f"{at}/{code}" if code else at), True


def is_in_bin(plain: Plain) -> bool:
    """Whether what stands at a row's path says that the row is in the bin."""
    return isinstance(plain, Mapping) and bool(plain.get(BIN))


def fill(report: Report, content: Content) -> None:
    """Put the content into an empty report. UnknownPlaceError, WrongValueError.

    What a row in the bin holds beside the form's questions waits in the report file and is left out here.
    """
    rows = {path for path in content if read_path(path).kind is PlaceKind.ROW}
    binned = {path for path in rows if is_in_bin(content[path])}
    for path in rows:
        with contextlib.suppress(*((UnknownPlaceError,) if path in binned else ())):
            report.apply(Change(path, None, _placing(content[path])))
    for path, plain in content.items():
        if path in rows:
            continue
        is_waiting = bool(binned) and _row_of(path) in binned
        with contextlib.suppress(*((UnknownPlaceError, WrongValueError) if is_waiting else ())):
            report.apply(Change(path, None, plain))
    for path in binned:
        with contextlib.suppress(UnknownPlaceError):
            report.apply(Change(path, None, None))


def changes_between(old: Content, new: Content) -> list[Change]:
    """The changes that make a report with the content ``old`` into one with ``new``.

    A row that has no place any more goes to the bin of its old list, with nothing in it.
    """
    rows = [path for path in {**old, **new} if read_path(path).kind is PlaceKind.ROW]
    is_row = set(rows)
    placing: list[Change] = []
    binning: list[Change] = []
    for path in rows:
        before, wanted = _live(old.get(path)), new.get(path)
        if wanted is None or is_in_bin(wanted):
            if before is None and wanted is not None and path not in old:
                before = _placing(wanted)
                placing.append(Change(path, None, before))
            if before is not None:
                binning.append(Change(path, before, None))
        elif before != _placing(wanted):
            placing.append(Change(path, before, _placing(wanted)))
    going = [Change(path, old[path], None) for path in old if path not in is_row and path not in new]
    coming = [
        Change(path, old.get(path), plain)
        for path, plain in new.items()
        if path not in is_row and (path not in old or old[path] != plain)
    ]
    # Rows are there before what stands in them, and go to the bin after it.
    return [*going, *placing, *coming, *binning]


def _live(plain: Plain) -> Plain:
    """What the log says of a row: nothing of one in the bin."""
    return None if plain is None or is_in_bin(plain) else _placing(plain)


def _placing(plain: Plain) -> Plain:
    return {POSITION: plain[POSITION]}


def _row_of(path: str) -> str:
    place = read_path(path)
    return row_path(place.head, place.row or "")
