"""The attached files of a report in a file that no window has open: listed, and saved into a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.report.file_words import kind_words, media_type, size_words, warning_words
from desktop_app.report.paths import read_path, row_path
from desktop_app.report.placed_files import files_of
from desktop_app.report.report import Report
from desktop_app.report.values import Attachment
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.files import writing_error
from desktop_app.services.attachments import attachment_bytes, save_into
from desktop_app.services.form_versions import load_report
from desktop_app.services.reports import choose_summary, form_library
from desktop_app.storage.report_file import ReportFile

if TYPE_CHECKING:
    from desktop_app.storage.protection import Key


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file, and the path of what it answers or goes with. ``is_here``: its bytes are in the report file."""

    path: str
    file: Attachment
    media_type: str
    is_here: bool

    @property
    def words(self) -> tuple[str, ...]:
        """Kind, size and a warning, for a person."""
        warning = warning_words(self.file.name, self.media_type)
        kind = kind_words(self.media_type, self.file.name)
        return tuple(filter(None, (kind, size_words(self.file.size), warning)))

    def to_plain(self) -> dict[str, Any]:
        """For a program."""
        return {
            "path": self.path,
            "name": self.file.name,
            "sha256": self.file.sha256,
            "size": self.file.size,
            "media_type": self.media_type,
            "here": self.is_here,
        }


def listed_files(
    path: Path, number: int | None = None, *, key: Key | None = None
) -> tuple[Report, list[ListedFile]]:
    """Report ``number`` (the newest for None) of the file, and its attached files by place."""
    with ReportFile.open(path, "read", key=key) as file:
        report = load_report(file, choose_summary(path, file.reports(), number), form_library()).report
        kept = {facts.sha256: facts.media_type for facts in file.attachments(report.id)}
    return report, [
        ListedFile(
            place, each, kept.get(each.sha256) or media_type(each.name, b""), is_here=each.sha256 in kept
        )
        for place, each in files_of(report)
    ]


def save_listed(
    path: Path, report: Report, files: Iterable[ListedFile], folder: Path, *, key: Key | None = None
) -> dict[str, Path]:
    """Write the files that are here into ``folder``, which is made when it is missing, the same bytes once.

    Returns where each went, by SHA-256. Nothing that is there is replaced. CannotWriteError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise writing_error(error, folder) from error
    read = attachment_bytes(path, report.id, key=key)
    saved: dict[str, Path] = {}
    for each in files:
        if each.is_here and each.file.sha256 not in saved:
            saved[each.file.sha256] = save_into(read, each.file, folder)
    return saved


def place_of(report: Report, path: str) -> str:
    """``path``, where an entry of a list may also be named by its number, from 1: ``LIST/NUMBER``."""
    place = read_path(path)
    row_list = report.lists.get(place.head)
    if row_list is None or place.row is None or row_list.row(place.row) is not None:
        return path
    if not place.row.isascii() or not place.row.isdigit() or not 0 < int(place.row) <= len(row_list.rows):
        return path
    return row_path(place.head, row_list.rows[int(place.row) - 1].id, place.field)
