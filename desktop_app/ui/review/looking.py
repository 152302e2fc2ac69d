"""Reading a returned workbook and comparing it with the open report, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop_app.formdef.library import FormLibrary
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.jobs import JobCancelledError, Report

if TYPE_CHECKING:
    from desktop_app.services.form_versions import ReportRead
    from desktop_app.services.open_report import OpenReport
    from desktop_app.services.review.looking import Looked
    from desktop_app.storage.records import ReportSummary
    from desktop_app.storage.report_file import ReportFile

T = TypeVar("T")


class ClosedMeanwhileError(DeskError):
    """There is no report any more that the workbook could be compared with."""


class NotOpenedError(DeskError):
    """A file that is no workbook, while the page of another one stands there."""


def looking_at(
    opened: OpenReport, path: Path, library: FormLibrary, *, is_another_shown: bool
) -> Callable[[Report], Looked]:
    """What a job does to look at the workbook at ``path``; its progress only tells that it is still wanted.

    A long report is compared in a process of its own. It is compared with what was recorded so far, behind
    all that was typed. ``is_another_shown``: the page of another workbook stands there, so that a failure
    has to name this one.
    """
    from desktop_app.services.review.lengths import is_long

    number, session = opened.session.report.number, opened.session
    is_apart = is_long(session.report, path)

    def load(file: ReportFile) -> tuple[ReportRead, list[ReportSummary]]:
        from desktop_app.services.form_versions import load_report
        from desktop_app.services.reports import choose_summary

        present = file.reports()
        return load_report(file, choose_summary(file.path, present, number), library), present

    def look_here(report: Report) -> Looked:
        from desktop_app.services.review import read_workbook
        from desktop_app.services.review.looking import looked_at

        read = read_workbook(path, library)
        report(0, 1)
        found, present = _recorded(opened, load, path)
        return looked_at(found.report, read, library, present)

    def look_apart(report: Report) -> Looked:
        from desktop_app.services.review import apart

        # Only so that all that was typed is in the file.
        _recorded(opened, _nothing, path)
        return apart.look_apart(
            opened.local_path, path, number, library, key=opened.key, still_wanted=lambda: report(0, 1)
        )

    def look(report: Report) -> Looked:
        # What brings it in is loaded here as well: the window would wait for it later.
        from desktop_app.services.review import applying  # noqa: F401
        from desktop_app.ui.review import bringing, preview_page  # noqa: F401

        try:
            return look_apart(report) if is_apart else look_here(report)
        except (ClosedMeanwhileError, JobCancelledError):
            raise
        except DeskError as error:
            if not is_another_shown:
                raise
            words = _("“{file}” was not opened: {reason}")
            raise NotOpenedError(words.format(file=path.name, reason=error.sentence)) from error

    return look


def _recorded(opened: OpenReport, task: Callable[[ReportFile], T], path: Path) -> T:
    try:
        return opened.journal.read(task).result()
    except (RuntimeError, CancelledError) as error:
        # Its worker has ended meanwhile.
        words = _("The report was closed while “{file}” was read. Open it and try again.")
        raise ClosedMeanwhileError(words.format(file=path.name)) from error


def _nothing(file: ReportFile) -> None:
    pass
