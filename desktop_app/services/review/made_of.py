"""Which report of a file a workbook that came back was made of: a file holds all cycles of a country."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.i18n import _
from desktop_app.services.reports import choose_summary

if TYPE_CHECKING:
    from desktop_app.exchange.review.returned import ReturnedIdentity
    from desktop_app.report.report import Report
    from desktop_app.storage.records import ReportSummary


def chosen_report(
    path: Path, present: list[ReportSummary], number: int | None, identity: ReturnedIdentity
) -> tuple[ReportSummary, tuple[str, ...]]:
    """Report ``number``; for None the one the workbook was made of, else the newest. NoReportError.

    With it a sentence where nobody named the report and it is not the newest.
    """
    newest = choose_summary(path, present, number)
    made_of = _made_of(identity, present)
    if number is not None or made_of is None or made_of.number == newest.number:
        return newest, ()
    words = _("It is for report {number} of “{file}”, cycle {cycle}: the workbook was made of that one.")
    return made_of, (words.format(number=made_of.number, file=path.name, cycle=made_of.cycle),)


def other_report(
    report: Report, identity: ReturnedIdentity, present: Sequence[ReportSummary]
) -> ReportSummary | None:
    """The report the workbook was made of, where the file of ``report`` holds it and it is another one.

    ``present``: the reports of the file.
    """
    made_of = _made_of(identity, present)
    return made_of if made_of is not None and made_of.id != report.id else None


def _made_of(identity: ReturnedIdentity, present: Sequence[ReportSummary]) -> ReportSummary | None:
    return next((each for each in present if each.id == identity.report), None)


def other_words(made_of: ReportSummary) -> str:
    """The sentence that the workbook was made of another report of the file."""
    words = _(
        "The workbook was made of another report of this file: report {number}, cycle {cycle}. "
        "Open that report, and bring it in there."
    )
    return words.format(number=made_of.number, cycle=made_of.cycle)
