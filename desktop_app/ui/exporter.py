"""The export of the open report, as the page to send needs it: only what is on disk leaves in a package."""

from __future__ import annotations

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.export import Export, ExportOutcome, Order, PackageInTheWayError
from desktop_app.ui.jobs import Report

PATIENCE = 10.0
"""Seconds the disk has for the last words before an export says that they are missing."""


class NotSavedYetError(DeskError):
    """The report file does not hold the last words yet."""


def exporter(opened: OpenReport) -> Export:
    """Exports ``opened``; called in a thread of its own, it reads the file by itself."""
    # Of a file on a share, the copy on this computer has the last words.
    path, number, journal = opened.local_path, opened.session.report.number, opened.journal

    def export(order: Order, report: Report) -> ExportOutcome:
        from desktop_app.exchange.package import PackageExistsError
        from desktop_app.services.exporting import export_file

        if not journal.flush(PATIENCE):
            words = _("Your last changes are not on the disk yet, so there is no package of them. {reason}")
            raise NotSavedYetError(words.format(reason=journal.durability.failure or "").strip())
        try:
            exported = export_file(
                path, number, order.folder, replace=order.replace, progress=report, key=opened.key
            )
        except PackageExistsError as error:
            raise PackageInTheWayError(error.sentence) from error
        return ExportOutcome(exported.path, exported.checksum, tuple(exported.notices), order.submission)

    return export
