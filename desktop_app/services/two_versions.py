"""Two report files that began as one: who changed each last, and what differs between them.

Only read: which of them goes on is the person's choice, and neither is ever written over the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.report.value_words import PLAIN_FORMATS, Formats
from desktop_app.services.compared import ComparedPart, Fate, compared_parts, compared_places
from desktop_app.services.form_versions import load_report
from desktop_app.services.history import Difference, content_at
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key
    from desktop_app.storage.reader import ReportReader


@dataclass(frozen=True, slots=True)
class FileVersion:
    """``at``: when an answer was last changed in it, UTC, by ``who``; empty where there was none yet."""

    path: Path
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class DifferentPlace:
    """A question or row with other content; ``report`` is its cycle where the files hold several reports.

    ``parts`` have the words of mine as ``before`` and those of theirs as ``after``. A row that is ``ADDED``
    is in theirs alone, one that is ``REMOVED`` in mine alone.
    """

    name: str
    fate: Fate
    parts: tuple[ComparedPart, ...]
    report: str = ""


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """``mine_alone`` and ``theirs_alone``: cycles of reports that the other file does not have."""

    mine: FileVersion
    theirs: FileVersion
    places: tuple[DifferentPlace, ...]
    mine_alone: tuple[str, ...] = ()
    theirs_alone: tuple[str, ...] = ()


def compare_files(
    mine: Path,
    theirs: Path,
    library: FormLibrary,
    formats: Formats = PLAIN_FORMATS,
    *,
    key: Key | None = None,
) -> TwoVersions:
    """Read both files, which others may be writing, and say what differs. What ``ReportFile.open`` raises."""
    with ReportFile.open(mine, "read", key=key) as my_file, ReportFile.open(theirs, "read", key=key) as other:
        my_reports = {summary.id: summary for summary in my_file.reports()}
        other_reports = {summary.id: summary for summary in other.reports()}
        places: list[DifferentPlace] = []
        for summary in my_reports.values():
            if summary.id in other_reports:
                report = load_report(my_file, summary, library).report
                cycle = summary.cycle if len(my_reports) > 1 else ""
                places += _differences(my_file, other, report, cycle, formats)
        return TwoVersions(
            _version(mine, my_file),
            _version(theirs, other),
            tuple(places),
            tuple(found.cycle for found in my_reports.values() if found.id not in other_reports),
            tuple(found.cycle for found in other_reports.values() if found.id not in my_reports),
        )


def _differences(
    mine: ReportReader, theirs: ReportReader, report: Report, cycle: str, formats: Formats
) -> Iterator[DifferentPlace]:
    ours, others = content_at(mine, report.id, None), content_at(theirs, report.id, None)
    differences = [
        Difference(path, ours.get(path), others.get(path))
        for path in {**ours, **others}
        if ours.get(path) != others.get(path)
    ]
    labels = Labels(report.form, report.language)
    for place in compared_places(report, differences):
        parts = tuple(compared_parts(report, place, labels, formats))
        yield DifferentPlace(place_name(report, place.path), place.fate, parts, cycle)


def _version(path: Path, file: ReportReader) -> FileVersion:
    last = [moment for summary in file.reports() for moment in file.moments(summary.id)[:1]]
    newest = max(last, key=lambda moment: moment.at, default=None)
    return FileVersion(path, newest.who if newest else "", newest.at if newest else "")
