"""A report opened to be written in: its session, and the worker that keeps every word of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import Operation
from desktop_app.report.report import Report
from desktop_app.runtime.i18n import ngettext
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.reports import choose_summary
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker

CLOSING = 30.0
"""Seconds the worker may take to write what is left."""


@dataclass(slots=True)
class OpenReport:
    """``notices``: sentences for the person, such as that unfinished text was recovered."""

    path: Path
    session: EntrySession
    journal: FileWorker
    notices: tuple[str, ...] = ()

    def close(self) -> None:
        """Write what is left and close the file."""
        self.session.leave()
        self.journal.close(CLOSING)

    def give_up(self) -> None:
        """Close the file without what could not be written: the person decided so."""
        self.journal.give_up()


def open_report(path: Path, library: FormLibrary, number: int | None = None, *, who: str = "") -> OpenReport:
    """Open report ``number`` (the newest for None) of the file for writing. DeskError when it cannot be."""
    worker = FileWorker(path, who=who)
    recovered = len(worker.opened.result())

    def load(file: ReportFile) -> tuple[Report, list[Operation]]:
        summary = choose_summary(path, file.reports(), number)
        form = library.form(summary.form_id, summary.form_version)
        return file.load(summary.number, form), file.operations(summary.id, undoable=True)

    try:
        report, log = worker.read(load).result()
    except BaseException:
        worker.close(CLOSING)
        raise
    notices: tuple[str, ...] = ()
    if recovered:
        notices = (
            ngettext(
                "The program did not end properly last time. {count} unfinished answer was recovered.",
                "The program did not end properly last time. {count} unfinished answers were recovered.",
                recovered,
            ).format(count=recovered),
        )
    return OpenReport(path, EntrySession(report, worker, log, who), worker, notices)
