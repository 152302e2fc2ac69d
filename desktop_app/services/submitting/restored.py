"""What a restored backup does not know: submissions that were made after it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


def submissions_left_behind(before: Path, after: Path, *, key: Key | None = None) -> tuple[str, ...]:
    """A sentence for each report of ``before`` with submissions that ``after`` does not have.

    A file that cannot be read is silent here: whoever restores a backup is told of it anyway.
    """
    try:
        had, has = _submissions(before, key), _submissions(after, key)
    except DeskError:
        return ()
    sentence = _(
        "Submission {numbers} of report {report} was made after this backup and is not in it. Do not submit"
        " the report again before you have looked at “{file}”: the number would be given a second time."
    )
    return tuple(
        sentence.format(numbers=", ".join(map(str, sorted(lost))), report=number, file=before.name)
        for (number, report_id), numbers in sorted(had.items())
        if (lost := numbers - has.get((number, report_id), set()))
    )


def _submissions(path: Path, key: Key | None) -> dict[tuple[int, str], set[int]]:
    """The numbers of the submissions of each report, known by its number and id."""
    found: dict[tuple[int, str], set[int]] = {}
    with ReportFile.open(path, "read", key=key) as file:
        for summary in file.reports():
            _summary, content = file.content(summary.number)
            places = (read_path(path) for path in content)
            numbers = {int(each.row or 0) for each in places if each.kind is PlaceKind.SUBMISSION}
            found[summary.number, summary.id] = numbers
    return found
