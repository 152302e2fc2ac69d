"""The files of a report by where they stand: those that answer a question, and those that go with a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desktop_app.formdef.model import FieldType
from desktop_app.report.attachments import (
    Attached,
    attached_path,
    attached_within,
    by_name,
    write_attached,
)
from desktop_app.report.paths import PlaceKind, read_path, row_path
from desktop_app.report.report import Report
from desktop_app.report.values import Attachment, Plain


def attached_by_place(report: Report) -> dict[str, list[tuple[str, Attached]]]:
    """The attached files by the path they go with; those of rows in the bin stay out."""
    found: dict[str, list[tuple[str, Attached]]] = {}
    for key, each in by_name(report.attached.items()):
        if not _is_in_bin(report, each.about):
            found.setdefault(each.about, []).append((key, each))
    return found


def attached_to_plain(report: Report, left_out: frozenset[str]) -> list[dict[str, Plain]]:
    """What ``data.json`` has of them, in one order; without those beside the answers ``left_out``."""
    return [
        {"id": key, **write_attached(each)}
        for path, files in sorted(attached_by_place(report).items())
        if path not in left_out
        for key, each in files
    ]


def placed_files(report: Report) -> Iterator[tuple[str, str, Attachment]]:
    """Every file of the report in the working order, with its own path and that of what it goes with.

    They are the same where it is the answer to a question. The bin stays out.
    """
    beside = attached_by_place(report) if report.attached else {}
    for section in report.form.walk():
        yield from _files_at(report.answers, map(section.field_path, section.questions), beside)
        for entry in section.lists:
            if not beside and all(each.type is not FieldType.ATTACHMENT for each in entry.row.fields):
                # Quick in a report of ten thousand rows too.
                continue
            yield from _files_at({}, [entry.path], beside)
            for row in report.lists[entry.path].rows:
                path = row_path(entry.path, row.id)
                yield from _files_at({}, [path], beside)
                values = {row_path(entry.path, row.id, code): value for code, value in row.values.items()}
                fields = (row_path(entry.path, row.id, question.code) for question in entry.row.fields)
                yield from _files_at(values, fields, beside)
    # What goes with no question of the form, since it was moved to another version of it.
    for path in sorted(beside):
        yield from ((attached_path(key), path, each.file) for key, each in beside[path])


def files_of(report: Report) -> Iterator[tuple[str, Attachment]]:
    """The path of what each file answers or goes with, and the file; in the working order."""
    return ((about, file) for _own, about, file in placed_files(report))


def files_at(report: Report, paths: Iterable[str]) -> list[Attachment]:
    """The files that stand at the paths, or go with what stands there, the bin too; each once."""
    found: dict[Attachment, None] = {}
    for path in paths:
        place = read_path(path)
        if place.kind is PlaceKind.ATTACHED and (own := report.attached.get(place.row or "")) is not None:
            found[own.file] = None
        row_list = report.lists.get(place.head)
        row = row_list.find(place.row or "") if row_list is not None else None
        answers = [report.answers.get(path)]
        if row is not None:
            answers = [row.values.get(place.field)] if place.field else list(row.values.values())
        found.update((answer, None) for answer in answers if isinstance(answer, Attachment))
        found.update((each.file, None) for _key, each in attached_within(report, path))
    return list(found)


def _files_at(
    values: Mapping[str, object], paths: Iterable[str], beside: dict[str, list[tuple[str, Attached]]]
) -> Iterator[tuple[str, str, Attachment]]:
    for path in paths:
        value = values.get(path)
        if isinstance(value, Attachment):
            yield path, path, value
        yield from ((attached_path(key), path, each.file) for key, each in beside.pop(path, ()))


def _is_in_bin(report: Report, about: str) -> bool:
    place = read_path(about)
    row_list = report.lists.get(place.head)
    return row_list is not None and place.row is not None and row_list.row(place.row) is None
