"""What was found damaged in a report file, in sentences that name places as the form does."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.report.paths import read_path
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key
    from desktop_app.storage.verifying import Damage


def damage_sentences(damages: Iterable[Damage], reports: Sequence[Report]) -> list[str]:
    """A sentence for each damage, none twice. ``reports``: those of the file that can be read."""
    by_number = {report.number: report for report in reports}
    found = []
    for damage in damages:
        report = by_number.get(damage.report) if damage.report is not None else None
        sentence = damage.sentence
        if report is not None and damage.path:
            # A place the form does not have, or that is damaged itself, keeps its code.
            with contextlib.suppress(DeskError, KeyError, ValueError):
                sentence = sentence.replace(damage.path, place_name(report, damage.path))
        found.append(sentence)
    return list(dict.fromkeys(found))


def in_place_names(
    sentences: Iterable[str], places: Mapping[str, tuple[int, str]], reports: Sequence[Report]
) -> list[str]:
    """The sentences with the names of places; ``places``: the report number and path in a sentence."""
    by_number = {report.number: report for report in reports}
    named = []
    for sentence in sentences:
        number, path = places.get(sentence, (0, ""))
        report = by_number.get(number)
        named.append(sentence.replace(path, _name(report, path)) if report is not None and path else sentence)
    return named


def _name(report: Report, path: str) -> str:
    """The place for a person, of a row that is gone its list; one that the form has not keeps its code."""
    with contextlib.suppress(DeskError, KeyError, ValueError):
        place = read_path(path)
        listed = report.lists.get(place.head)
        if listed is not None and place.row and not (listed.row(place.row) or place.row in listed.bin):
            return _("{place}, an entry").format(place=place_name(report, place.head))
        return place_name(report, path)
    return path


def readable_reports(path: Path, key: Key | None = None) -> list[Report]:
    """The reports of a damaged file as far as they can be read; empty when none can."""
    from desktop_app.services.form_versions import load_report
    from desktop_app.services.reports import form_library
    from desktop_app.storage.report_file import ReportFile

    found: list[Report] = []
    with contextlib.suppress(DeskError), ReportFile.open(path, "read", key=key) as file:
        library = form_library()
        for summary in file.reports():
            with contextlib.suppress(DeskError):
                found.append(load_report(file, summary, library).report)
    return found
