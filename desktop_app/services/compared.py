"""Two moments of a report side by side, as a person reads it: in the working order, rows as wholes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import CONFIDENTIAL, KEPT_BY_ID, STATE, Place, PlaceKind, read_path, row_path
from desktop_app.report.report import Report
from desktop_app.report.value_words import PLAIN_FORMATS, Formats
from desktop_app.runtime.i18n import _
from desktop_app.services.content_words import content_words
from desktop_app.services.history import Difference


class Fate(Enum):
    """What became of a place between the two moments."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """One answer, state or mark at the two moments, in words. ``name`` is empty for the place itself."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ComparedPlace:
    """One question, row, list or property that differs. ``section``: its code, empty for the whole report.

    ``contents``: what differs in it, but for where a row stands.
    """

    path: str
    section: str
    fate: Fate
    contents: tuple[Difference, ...]


def compared_places(report: Report, differences: Iterable[Difference]) -> list[ComparedPlace]:
    """The places that differ, in the working order of the form; what all of a row differs in is one place."""
    grouped: dict[str, list[Difference]] = {}
    for difference in differences:
        grouped.setdefault(_whole(read_path(difference.path)), []).append(difference)
    order = _working_order(report)
    last = len(order)
    wholes = sorted(grouped, key=lambda path: order.get(read_path(path).head, last))
    return [_compared(report, path, grouped[path]) for path in wholes]


def compared_parts(
    report: Report, place: ComparedPlace, labels: Labels, formats: Formats = PLAIN_FORMATS
) -> list[ComparedPart]:
    """What differs at ``place``, in words."""
    return [
        ComparedPart(
            _part_name(report, each.path, labels),
            content_words(report, each.path, each.before, labels, formats),
            content_words(report, each.path, each.after, labels, formats),
        )
        for each in place.contents
    ]


def _whole(place: Place) -> str:
    """The path of the row, question, list or property that is shown as one."""
    if place.row is not None:
        return row_path(place.head, place.row)
    return place.head or f"#{place.facet}"


def _working_order(report: Report) -> dict[str, int]:
    paths = [""]
    for section in report.form.walk():
        paths += [section.field_path(question) for question in section.questions]
        paths += [entry.path for entry in section.lists]
    return {path: number for number, path in enumerate(paths)}


def _compared(report: Report, path: str, differences: list[Difference]) -> ComparedPlace:
    place = read_path(path)
    if place.kind in KEPT_BY_ID and place.kind is not PlaceKind.UNPLACED:
        said = differences[0]
        fate = _fate(said, has_parts=True)
        return ComparedPlace(path, _section_of_file(said), fate, (said,))
    own = next((each for each in differences if each.path == path and place.row is not None), None)
    contents = tuple(each for each in _in_order(report, differences) if each is not own)
    return ComparedPlace(path, place.section, _fate(own, has_parts=bool(contents)), contents)


def _section_of_file(said: Difference) -> str:
    """The section of what a file is attached to; empty for all else that has an id of its own."""
    plain = said.after or said.before
    is_file = read_path(said.path).kind is PlaceKind.ATTACHED
    return read_path(plain["path"]).section if is_file else ""


def _in_order(report: Report, differences: list[Difference]) -> list[Difference]:
    """The fields of a row in the order of its form."""
    place = read_path(differences[0].path)
    if place.row is None or place.head not in report.lists:
        return differences
    codes = [question.code for question in report.lists[place.head].definition.row.fields]
    order = {code: number for number, code in enumerate(codes)}
    return sorted(differences, key=lambda each: order.get(read_path(each.path).field or "", len(order)))


def _fate(own: Difference | None, *, has_parts: bool) -> Fate:
    if own is None or (own.before is not None and own.after is not None and has_parts):
        return Fate.CHANGED
    if own.before is None:
        return Fate.ADDED
    return Fate.REMOVED if own.after is None else Fate.MOVED


def _part_name(report: Report, path: str, labels: Labels) -> str:
    place = read_path(path)
    parts = []
    if place.field is not None and place.head in report.lists:
        entry = report.lists[place.head].definition
        named = [question for question in entry.row.fields if question.code == place.field]
        parts.append(labels.field_label(named[0], entry) if named else place.field)
    elif not place.head:
        parts.append(
            {
                "status": _("Status"),
                "language": _("Language"),
                "cycle": _("Cycle"),
                "form": _("Form"),
            }.get(place.facet or "", "")
        )
    if place.head and place.facet == STATE:
        parts.append(_("Why it is empty"))
    elif place.head and place.facet == CONFIDENTIAL:
        parts.append(_("Mark “confidential”"))
    return ", ".join(filter(None, parts))
