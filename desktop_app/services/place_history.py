"""The history of one question or one row: everything the log holds of its answers, states and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from desktop_app.report.changes import OperationKind
from desktop_app.report.paths import PlaceKind, confidential_path, read_path, row_path, state_path
from desktop_app.report.report import Report
from desktop_app.report.values import Plain
from desktop_app.services.history import Difference, Moment, Version, versions_of

if TYPE_CHECKING:
    from desktop_app.storage.report_file import ReportFile


@dataclass(frozen=True, slots=True)
class PlaceVersion:
    """What one operation made of a place. ``contents``: the versions of its paths that changed then."""

    moment: Moment
    contents: Mapping[str, Version]


@dataclass(frozen=True)
class PlaceHistory:
    """All versions of a place, newest first."""

    versions: tuple[PlaceVersion, ...]

    def contents_at(self, moment: Moment) -> dict[str, Plain]:
        """What every path of the place held after ``moment``; what it did not hold then is None.

        Left out are paths of which it is not known, because that was removed for good.
        """
        found: dict[str, Plain] = dict.fromkeys(self._paths)
        for version in reversed(self.versions):
            if version.moment.seq > moment.seq:
                break
            for path, content in version.contents.items():
                if content.is_purged and version.moment.kind is not OperationKind.PURGE:
                    found.pop(path, None)
                else:
                    found[path] = content.value
        return found

    def purge_reason(self, path: str, moment: Moment) -> str:
        """Why the version of ``path`` of that ``moment`` was removed for good."""
        later = [
            version.moment
            for version in self.versions
            if version.moment.kind is OperationKind.PURGE
            and version.moment.seq >= moment.seq
            and path in version.contents
        ]
        return later[-1].note if later else ""

    def content_before(self, path: str, moment: Moment) -> Plain:
        """What ``path`` held last before ``moment``; None where it held nothing or nobody knows."""
        older = (
            version.contents[path].value
            for version in self.versions
            if version.moment.seq < moment.seq and path in version.contents
        )
        return next(older, None)

    def sittings(self, most: int) -> list[list[PlaceVersion]]:
        """The newest ``most`` versions, those of one person at one sitting together."""
        groups = groupby(
            self.versions[:most], key=lambda version: (version.moment.sitting, version.moment.who)
        )
        return [list(group) for _sitting, group in groups]

    @cached_property
    def _paths(self) -> list[str]:
        return list(dict.fromkeys(path for version in self.versions for path in version.contents))


def paths_of_place(report: Report, path: str) -> list[str]:
    """The paths whose versions make up the history of the question, row field or row at ``path``."""
    place = read_path(path)
    if place.row is None or place.field is not None:
        return [path, state_path(path), confidential_path(path)]
    paths = [path, confidential_path(path)]
    for question in report.lists[place.head].definition.row.fields:
        field = row_path(place.head, place.row, question.code)
        paths += [field, state_path(field), confidential_path(field)]
    return paths


def answer_paths(report: Report, path: str) -> list[str]:
    """The paths of the answers at ``path``: itself, or of a row all its fields."""
    place = read_path(path)
    if place.row is None or place.field is not None:
        return [path]
    fields = report.lists[place.head].definition.row.fields
    return [row_path(place.head, place.row, question.code) for question in fields]


def place_history(file: ReportFile, report_id: str, paths: Sequence[str]) -> PlaceHistory:
    """The history that the versions of ``paths`` make up together; the first is the place itself.

    The files that go with it, or once did, belong to it.
    """
    paths = [*paths, *(file.attached_once(report_id, paths[0]) if paths else ())]
    moments: dict[int, Moment] = {}
    contents: dict[int, dict[str, Version]] = {}
    for path in paths:
        for version in versions_of(file, report_id, path):
            moments[version.moment.seq] = version.moment
            contents.setdefault(version.moment.seq, {})[path] = version
    return PlaceHistory(
        tuple(PlaceVersion(moments[seq], contents[seq]) for seq in sorted(moments, reverse=True))
    )


def _is_row(path: str) -> bool:
    return read_path(path).kind is PlaceKind.ROW


def differences_to(report: Report, history: PlaceHistory, moment: Moment) -> list[Difference]:
    """What is other now than it was after ``moment``, of all the place held then; for going back to it.

    Where a row stood among the others is left as it is.
    """
    found = []
    for path, then in history.contents_at(moment).items():
        present = report.plain(path)
        is_moved = _is_row(path) and present is not None and then is not None
        if present != then and not is_moved:
            found.append(Difference(path, then, present))
    return found
