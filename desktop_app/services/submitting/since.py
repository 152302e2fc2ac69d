"""What changed since a submission, by the same comparison that the history shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.report.paths import NOT_CONTENT, PlaceKind, read_path
from desktop_app.report.report import Report
from desktop_app.services.compared import ComparedPlace, compared_places
from desktop_app.services.history import Difference
from desktop_app.services.way_back import differences_back

if TYPE_CHECKING:
    from desktop_app.formdef.library import FormLibrary
    from desktop_app.storage.reader import ReportReader

_NOT_SHOWN = NOT_CONTENT | {PlaceKind.PROPERTY, PlaceKind.FORM}


def differences_since(
    file: ReportReader, report: Report, number: int, library: Callable[[], FormLibrary] | None = None
) -> list[Difference] | None:
    """What is different in the file from what submission ``number`` held; None when that is not in the file.

    To be asked where the file is read. Of the report only its form and language are looked at.
    """
    stored = file.submission(report.id, number)
    if stored is None:
        return None
    found = differences_back(
        file, report.id, stored.operation, report.form, report.language, library or _library
    )
    return [each for each in found if read_path(each.path).kind not in _NOT_SHOWN]


def changed_since(file: ReportReader, report: Report, number: int) -> list[ComparedPlace] | None:
    """The places of the report that are other than in submission ``number``, in the working order.

    None when that submission is not in the file.
    """
    found = differences_since(file, report, number)
    return None if found is None else compared_places(report, found)


def _library() -> FormLibrary:
    from desktop_app.services.reports import form_library

    return form_library()
