"""What a workbook that came back holds for a report, and whether it is of that report at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.exchange.review.guard import read_workbook_bytes
from desktop_app.exchange.review.read import read_returned
from desktop_app.exchange.review.returned import ReturnedIdentity, ReturnedWorkbook
from desktop_app.exchange.strict_json import read_json
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.journal import Document
from desktop_app.report.paths import PlaceKind, read_path, row_path
from desktop_app.report.plain import canonical_bytes, changes_from_plain, report_to_plain
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.rules import irrelevant_paths
from desktop_app.report.versions.lineage import Lineage
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.comment_book import CommentBook
from desktop_app.services.form_versions import lineage_to
from desktop_app.services.reports import form_library
from desktop_app.services.review.comments import CommentReader
from desktop_app.services.review.items import NewRow, ReviewPreview
from desktop_app.services.review.made_of import other_report, other_words
from desktop_app.services.review.notes import counted
from desktop_app.services.review.places import Places
from desktop_app.services.review.rows import RowReader
from desktop_app.services.review.suggestions import SuggestionReader
from desktop_app.storage.records import ReportSummary

MAX_KEPT = 20 * 1024 * 1024
"""Bytes of a workbook that is kept with its report; a larger one is read, and stays where it is."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """A workbook as it came back, and what stands in it. ``content``: its bytes, out of its package too."""

    name: str
    content: bytes
    returned: ReturnedWorkbook


def read_workbook(path: Path, library: FormLibrary | None = None) -> ReadWorkbook:
    """Read the workbook at ``path``, or that of the package there; to be called beside the window.

    DeskError with one sentence for whatever is no workbook of this program, or is damaged or dangerous.
    """
    returned = read_returned(path, library or form_library())
    content = read_workbook_bytes(path)
    if hashlib.sha256(content).hexdigest() != returned.sha256:
        raise ChangedWhileReadError(
            _("“{file}” was changed while it was read. Close it elsewhere and try again.").format(
                file=path.name
            )
        )
    return ReadWorkbook(path.with_suffix(".xlsx").name, content, returned)


class ChangedWhileReadError(DeskError):
    """Another program wrote to the workbook meanwhile."""


def preview(
    report: Report,
    read: ReadWorkbook,
    library: FormLibrary | None = None,
    present: Sequence[ReportSummary] = (),
) -> ReviewPreview:
    """What ``read`` holds for ``report``; nothing is changed. Called again, it tells what is left of it.

    ``present``: the reports of its file, so that the workbook of another one of them is known as such.
    """
    returned = read.returned
    places = Places(report, _lineage(report, returned.identity, library))
    comments = CommentReader(returned, places)
    is_small = len(read.content) <= MAX_KEPT
    other = other_report(report, returned.identity, present)
    warnings = [
        *_warnings(report, returned, places, is_other=other is not None),
        *counted(returned.unknown),
        *counted(returned.remarks),
    ]
    if not is_small:
        sentence = _(
            "The workbook has more than {limit} MB, so it is not kept with the report. Keep the file itself."
        )
        warnings.append(sentence.format(limit=MAX_KEPT // 1024 // 1024))
    order = CommentBook(report).order
    suggestions = SuggestionReader(returned, places, comments).all()
    return ReviewPreview(
        comments=tuple(sorted(comments.all(), key=lambda each: order(each.comment.about))),
        suggestions=tuple(sorted(suggestions, key=lambda each: order(each.path))),
        new_rows=tuple(sorted(RowReader(returned, places).all(), key=lambda each: order(_list_of(each)))),
        warnings=tuple(dict.fromkeys(warnings)),
        refusals=tuple(_refusals(report, returned, places, other_words(other) if other is not None else "")),
        name=read.name,
        workbook=Document(read.name, XLSX, read.content) if is_small else None,
        belongs_to=other.number if other is not None else None,
    )


def _list_of(row: NewRow) -> str:
    """Where a row would come in; a row that fits no list, where its words would."""
    return row.list_path or (row.rest.comment.about if row.rest is not None else "")


def _lineage(report: Report, identity: ReturnedIdentity, library: FormLibrary | None) -> Lineage | None:
    """The way from the workbook's version of the form to the report's; None where there is none to go."""
    form = report.form
    if identity.form_id != form.id or identity.form_version in ("", form.version):
        return None
    return lineage_to(library or form_library(), identity.form_version, identity.form_hash, form)


# Whether it is the right one


def _refusals(report: Report, returned: ReturnedWorkbook, places: Places, other: str) -> Iterator[str]:
    identity, form = returned.identity, report.form
    labels = Labels(form, report.language)
    if identity.form_id and identity.form_id != form.id:
        yield _("The workbook answers the form “{other}”, the report the form “{form}”.").format(
            other=identity.form_id, form=form.id
        )
    if identity.country and identity.country != report.country:
        yield _("The workbook is of {other}, the report of {country}.").format(
            other=labels.country(identity.country) or identity.country,
            country=labels.country(report.country) or report.country,
        )
    if other:
        yield other
    if not identity.report and not _is_known(report, returned, places):
        yield _(
            "Nobody can tell which report the workbook was made of: its hidden sheet is gone, and the report "
            "has little of what stands in it."
        )


def _is_known(report: Report, returned: ReturnedWorkbook, places: Places) -> bool:
    """Whether a workbook without its hidden sheet is of this report: by its checksum, or by its keys."""
    if returned.identity.content and returned.identity.content == _checksum(report):
        return True
    keys = {record.key for record in returned.records if record.key}
    keys |= {review.key for review in returned.reviews if review.key}
    rows = {key for key in keys if "/" in key and places.report.lists.get(key.partition("/")[0]) is not None}
    there = sum(places.find(key).is_exact for key in rows)
    return bool(rows) and 2 * there >= len(rows)


def _warnings(report: Report, returned: ReturnedWorkbook, places: Places, *, is_other: bool) -> Iterator[str]:
    """``is_other``: it is said already that it was made of another report of the same file."""
    identity = returned.identity
    if identity.cycle and identity.cycle != report.cycle and not is_other:
        yield _("The workbook is of the cycle {other}, the report of {cycle}.").format(
            other=identity.cycle, cycle=report.cycle
        )
    if identity.report and identity.report != report.id and not is_other:
        yield _(
            "The workbook was made of another report than this one. Look at each place before you choose."
        )
    if identity.form_id == report.form.id and identity.form_version not in ("", report.form.version):
        sentence = _(
            "The workbook was made with version {other} of the form, the report has version {version}. "
            "Comments stand where their questions are now."
        )
        yield sentence.format(other=identity.form_version, version=report.form.version)
    if identity.content and not is_other and identity.content != _checksum(report):
        yield from _changed_since(report, returned, places)


def _checksum(report: Report) -> str:
    return hashlib.sha256(canonical_bytes(_exported(report))).hexdigest()


def _exported(report: Report) -> dict[str, Any]:
    """The answers as they go into a package."""
    return report_to_plain(report, without=irrelevant_paths(report))


def _changed_since(report: Report, returned: ReturnedWorkbook, places: Places) -> Iterator[str]:
    """Nothing where it is only further on its way, such as submitted meanwhile."""
    count = _changed_places(report, returned.original, places) if returned.original else None
    if count is None:
        yield _("The report was changed since the workbook was made. The comments still come in.")
    elif count:
        yield ngettext(
            "The report was changed since the workbook was made: {count} place. The comments still come in.",
            "The report was changed since the workbook was made: {count} places. The comments still come in.",
            count,
        ).format(count=count)


def _changed_places(report: Report, original: bytes, places: Places) -> int | None:
    """How many answers and rows are others now; None where the workbook does not say what they were."""
    try:
        old = _content(read_json("data.json", original), places)
    except (DeskError, UnknownPlaceError, KeyError, TypeError, ValueError, AttributeError):
        return None
    new = _content(_exported(report), None)
    changed = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    gone = {path for path in changed if read_path(path).kind is PlaceKind.ROW}
    return len({path for path in changed if path in gone or _row_of(path) not in gone})


def _content(plain: Mapping[str, Any], places: Places | None) -> dict[str, Any]:
    """What is answered, by path; of a row at its own path only that it is there."""
    found = {}
    for change in changes_from_plain(plain):
        place = read_path(change.path)
        if place.kind is PlaceKind.ACCEPTED:
            # No answer, and ``data.json`` has it without its id.
            continue
        path = change.path if places is None else places.moved(change.path)
        found[path] = True if place.kind is PlaceKind.ROW else change.new
    return found


def _row_of(path: str) -> str:
    place = read_path(path)
    return row_path(place.head, place.row) if place.row else ""
