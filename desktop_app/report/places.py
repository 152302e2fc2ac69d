"""Words for the places of a report: what problems, history and messages call them."""

from __future__ import annotations

from desktop_app.formdef.labels import Labels
from desktop_app.report.drafts import about_of
from desktop_app.report.file_names import shown_name
from desktop_app.report.paths import (
    ACCEPTED,
    ATTACHED,
    COMMENT,
    RECEIPT,
    SOURCE,
    SUBMISSION,
    UNPLACED,
    read_path,
)
from desktop_app.report.report import Report
from desktop_app.report.text import Text
from desktop_app.runtime.i18n import _

_BEGINNING = 40
"""Characters of a removed row's words by which people know it."""


def place_name(report: Report, path: str, language: str | None = None) -> str:
    """The place at ``path`` for a person, such as "Target 1, planned action 5, Timeframe"."""
    place = read_path(path)
    if place.head == UNPLACED:
        return _("Unplaced text")
    if place.head == COMMENT:
        return _comment_name(report, place.row or "", language)
    if place.head == ATTACHED:
        return _attached_name(report, place.row or "", language)
    if place.head == ACCEPTED:
        accepted = report.accepted.get(place.row or "")
        about = place_name(report, accepted.path, language) if accepted is not None else ""
        return _("Accepted warning: {place}").format(place=about) if about else _("Accepted warning")
    if place.head == RECEIPT:
        return _("Receipt")
    if place.head == SUBMISSION:
        return _("Submission {number}").format(number=place.row)
    if place.head == SOURCE:
        return _("Original document")
    if not place.head:
        return _("Report")
    labels = Labels(report.form, language or report.language)
    whole = report.form.section(place.head)
    if whole is not None:
        return labels.section_short(whole)
    single = report.form.field_at(place.head)
    if single is not None and place.row in {goal.code for goal in single[0].goals}:
        return f"{labels.section_short(single[0])}, {labels.goal_short(place.row or '')}"
    if single is not None:
        return f"{labels.section_short(single[0])}, {labels.field_label(single[1])}"
    found = report.form.list_at(place.head)
    if found is None:
        return path
    section, entry = found
    parts = [labels.section_short(section)]
    if place.row is None:
        parts.append(labels.list_short(entry))
    else:
        parts.append(_row_name(report, place.head, place.row, labels.row_name(entry)))
    if place.field is not None:
        parts.append(_field_name(labels, report, place.head, place.field))
    return ", ".join(parts)


def _comment_name(report: Report, comment_id: str, language: str | None) -> str:
    comment, draft = report.comments.get(comment_id), report.drafts.get(comment_id)
    if draft is not None:
        about = place_name(report, about_of(report, draft), language)
        return _("Unfinished comment on {place}").format(place=about)
    if comment is None:
        return _("Review comment")
    return _("Comment on {place}").format(place=place_name(report, comment.about, language))


def _attached_name(report: Report, attached_id: str, language: str | None) -> str:
    attached = report.attached.get(attached_id)
    if attached is None:
        return _("Attachment")
    return _("{place}, attached file “{file}”").format(
        place=place_name(report, attached.about, language), file=shown_name(attached.file.name)
    )


def _row_name(report: Report, list_path: str, row_id: str, name: str) -> str:
    index = report.lists[list_path].index(row_id)
    if index is None:
        row = report.lists[list_path].bin.get(row_id)
        words = row.values.get(report.lists[list_path].definition.row.lead.code) if row is not None else None
        # It has no number any more: its words say which one it was.
        if isinstance(words, Text) and (beginning := words.first_line(_BEGINNING)):
            return _("{row} “{words}” in the bin").format(row=name, words=beginning)
        return _("{row} in the bin").format(row=name)
    return f"{name} {index + 1}"


def _field_name(labels: Labels, report: Report, list_path: str, code: str) -> str:
    entry = report.lists[list_path].definition
    for question in entry.row.fields:
        if question.code == code:
            return labels.field_label(question, entry)
    return code
