"""Export a package: the answers as they stand, whatever the checks say. The report file is not changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.report.plain import report_from_plain, report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.rules import irrelevant_paths
from desktop_app.runtime.i18n import ngettext
from desktop_app.services.proof import Proof
from desktop_app.services.reports import look_into

if TYPE_CHECKING:
    from desktop_app.exchange.sending import Sending
    from desktop_app.storage.protection import Key

Progress = Callable[[int, int], None]
"""Told the steps done and the steps in all."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The package that was written, or was there already with the same content.

    ``proof``: sentences on who signed it, and who can open it when it is encrypted.
    """

    path: Path
    checksum: str
    notices: tuple[str, ...]
    already_there: bool
    proof: tuple[str, ...] = ()


def export_file(
    path: Path,
    number: int | None = None,
    folder: Path | None = None,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    key: Key | None = None,
    proof: Proof | None = None,
) -> Exported:
    """Write the package of report ``number`` (the newest for None) into ``folder``, else beside the file."""
    from desktop_app.exchange.sending import Sending

    read = look_into(path, number, key=key)
    place = folder or path.absolute().parent
    proven = proof or Proof()
    exported = export_report(read.report, place, proven.onto(Sending()), replace=replace, progress=progress)
    return dataclasses.replace(exported, notices=(*read.sentences, *exported.notices), proof=proven.told)


def export_report(
    report: Report,
    folder: Path,
    sending: Sending | None = None,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write the package of a report in memory, without the answers to questions that are not asked now."""
    from desktop_app.exchange.package import DRAFT, write_package

    left_out = irrelevant_paths(report)
    asked = report
    if left_out:
        asked = report_from_plain(report_to_plain(report, without=left_out), report.form)
        asked.number, asked.comments = report.number, dict(report.comments)
        # What was said about a removed row is told beside what the row said.
        for path, row_list in report.lists.items():
            asked.lists[path].bin = dict(row_list.bin)
    written = write_package(asked, folder, sending or DRAFT, replace=replace, progress=progress)
    notices = (*_left_out_notice(len(left_out)), *written.notices)
    return Exported(written.path, written.checksum, notices, written.already_there)


def _left_out_notice(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    told = ngettext(
        "{count} answer was left out, because its question is not asked now. It is kept in the report file.",
        "{count} answers were left out, because their questions are not asked now."
        " They are kept in the report file.",
        count,
    )
    return (told.format(count=count),)
