"""Which report a returned workbook was made of, and who wrote in it, in sentences."""

from __future__ import annotations

from desktop_app.formdef.labels import Labels
from desktop_app.report.report import Report
from desktop_app.report.state_words import status_words
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.review import ReadWorkbook, ReviewPreview


def about_words(report: Report, read: ReadWorkbook, preview: ReviewPreview) -> tuple[str, ...]:
    """For the top of the preview."""
    return tuple(filter(None, (_reviewers(preview), _report(report, read))))


def _reviewers(preview: ReviewPreview) -> str:
    comments = [found.comment for found in preview.comments]
    names = sorted({comment.reviewer for comment in comments if comment.reviewer}, key=str.casefold)
    if names:
        return _("Reviewed by: {names}").format(names=", ".join(names))
    return _("Nobody wrote a name as the reviewer.") if comments else ""


def _report(report: Report, read: ReadWorkbook) -> str:
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


def counts_words(comments: int, suggestions: int, rows: int, refused: int) -> str:
    """What was brought in, counted; what there is none of is left out."""
    parts = (
        (comments, ngettext("{count} comment", "{count} comments", comments)),
        (suggestions, ngettext("{count} suggestion", "{count} suggestions", suggestions)),
        (rows, ngettext("{count} new row", "{count} new rows", rows)),
        (refused, ngettext("{count} refused suggestion", "{count} refused suggestions", refused)),
    )
    return ", ".join(words.format(count=count) for count, words in parts if count)


def undecided_words(count: int) -> str:
    """What is to be done about suggestions that wait: nothing of them is kept in the report."""
    return ngettext(
        "{count} suggestion was not decided; open the workbook again to decide.",
        "{count} suggestions were not decided; open the workbook again to decide.",
        count,
    ).format(count=count)
