"""A workbook that came back, as a person looks at it: what it holds, and which report it was made of."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.report import Report
from desktop_app.report.state_words import status_words
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _
from desktop_app.services.review.items import ReviewPreview
from desktop_app.services.review.notes import counted
from desktop_app.services.review.previewing import ReadWorkbook, preview
from desktop_app.storage.records import ReportSummary


@dataclass(frozen=True, slots=True)
class Looked:
    """What a workbook holds for a report. ``about``: sentences on which report it was made of.

    ``unknown``: sentences on what was not recognised in it; ``remarks``: on what was read all the same.
    """

    preview: ReviewPreview
    about: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def looked_at(
    report: Report, read: ReadWorkbook, library: FormLibrary, present: Sequence[ReportSummary] = ()
) -> Looked:
    """What ``read`` holds for ``report``; nothing is changed. ``present``: the reports of its file."""
    found = preview(report, read, library, present)
    about = tuple(filter(None, (_reviewers(found), _made_of(report, read))))
    return Looked(found, about, counted(read.returned.unknown), counted(read.returned.remarks))


def _reviewers(found: ReviewPreview) -> str:
    comments = [each.comment for each in found.comments]
    names = sorted({comment.reviewer for comment in comments if comment.reviewer}, key=str.casefold)
    if names:
        return _("Reviewed by: {names}").format(names=", ".join(names))
    return _("Nobody wrote a name as the reviewer.") if comments else ""


def _made_of(report: Report, read: ReadWorkbook) -> str:
    identity, labels = read.returned.identity, Labels(report.form, report.language)
    if not identity.report:
        return _("The workbook does not say which report it was made of.")
    form = labels.form_short() if identity.form_id == report.form.id else identity.form_id
    parts = [labels.country(identity.country) or identity.country, form, identity.cycle]
    if identity.submission:
        parts.append(_("submission {number}").format(number=identity.submission))
    elif identity.status:
        parts.append(status_words(identity.status))
    words = _("Made of: {report}")
    return words.format(report=" · ".join(filter(None, parts)))
