"""What a reader must know first: whose report it is, how far it has come, how to tell copies apart."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.exchange.documents.answers import written
from desktop_app.exchange.documents.context import Context
from desktop_app.exchange.documents.plan import Fact, Remark, Room, Tone, Variant
from desktop_app.exchange.documents.sections import questions
from desktop_app.exchange.sending import Sending
from desktop_app.report.public_copy import public_copy_words
from desktop_app.report.report import Report
from desktop_app.report.state_words import status_words
from desktop_app.report.status import Status
from desktop_app.report.submissions import amendment_words, taken_back_before, taken_back_words
from desktop_app.runtime.i18n import _, ngettext


def country_name(context: Context) -> str:
    """The respondent's name, with an asterisk where a note belongs to it; empty when none is chosen."""
    country = context.report.country
    if not country:
        return ""
    star = "*" if context.labels.country_note(country) else ""
    return context.labels.country(country) + star


def country_note(context: Context) -> str:
    """The note that belongs to the respondent's name wherever it is printed; empty for most."""
    note = context.labels.country_note(context.report.country)
    return f"* {note}" if note else ""


# Facts.


def facts(context: Context, sending: Sending, checksum: str) -> Iterator[Fact]:
    """The lines of the first page, the answers about the respondent among them."""
    report, labels = context.report, context.labels
    country = country_name(context)
    yield Fact(_("Country"), written(context, country) if country else Room())
    yield Fact(_("Form"), written(context, labels.form_title()))
    yield Fact(_("Version"), written(context, f"{report.form.id} {report.form.version}"))
    yield Fact(_("Cycle"), written(context, report.cycle))
    yield from _about_the_respondent(context)
    if context.is_blank:
        return
    yield Fact(_("Status"), written(context, status_words(report.status)))
    yield from _submission(context, sending)
    yield Fact(_checksum_label(report, sending), written(context, checksum), is_code=True)
    if sending.signer is not None:
        words = written(context, sending.signer.fingerprint)
        yield Fact(_("Fingerprint of the signing key"), words, is_code=True)


def _checksum_label(report: Report, sending: Sending) -> str:
    """A draft's is not the one on the page to sign, which is of what will be submitted."""
    if report.left_out is not None:
        return _("Content checksum of this public copy")
    is_draft = sending.submission is None and report.status == Status.DRAFT
    return _("Checksum of this draft") if is_draft else _("Content checksum")


def _about_the_respondent(context: Context) -> Iterator[Fact]:
    if context.cover is None:
        return
    for is_supplement in (False, True):
        for question in questions(context, context.cover, supplements=is_supplement):
            yield Fact(question.label.words, question.answer, mark=question.mark)
            for line in question.attachments:
                yield Fact("", written(context, line))


def _submission(context: Context, sending: Sending) -> Iterator[Fact]:
    if sending.submission is not None:
        yield from _this_submission(context, sending)
    if about := amendment_words(context.report, sending.submission):
        yield Fact(_("What the amendment is about"), written(context, about))
    if back := taken_back_before(context.report, sending.submission):
        yield Fact(_("Taken back"), written(context, taken_back_words(back)))


def _this_submission(context: Context, sending: Sending) -> Iterator[Fact]:
    yield Fact(_("Submission"), written(context, str(sending.submission)))
    if sending.submitted_at:
        yield Fact(_("Submitted on"), written(context, _moment(sending.submitted_at)))
    if sending.submitted_by:
        yield Fact(_("Submitted by"), written(context, sending.submitted_by))
    if sending.previous is not None:
        before = _("Submission {number}").format(number=sending.previous.number)
        yield Fact(_("Takes the place of"), written(context, before))
        yield Fact(_("Its content checksum"), written(context, sending.previous.checksum), is_code=True)


def _moment(stored: str) -> str:
    """A stored moment (UTC, ISO 8601) for a reader, to the minute."""
    day, _mark, clock = stored.partition("T")
    return _("{day}, {time} UTC").format(day=day, time=clock[:5]) if clock else stored


# Remarks.


def remarks(context: Context) -> Iterator[Remark]:
    """What a reader must know before the first answer."""
    report, labels = context.report, context.labels
    if report.left_out is not None:
        yield Remark(public_copy_words(report, labels), Tone.WARNING)
    elif not context.is_blank and (count := _confidential_count(context)):
        words = ngettext(
            "Not for the public: {count} entry here is confidential. It is marked “Confidential”.",
            "Not for the public: {count} entries here are confidential. They are marked “Confidential”.",
            count,
        )
        yield Remark(words.format(count=count), Tone.WARNING)
    if not report.form.labels_verified:
        words = _(
            "Provisional form: its wording has not been compared with the published form. "
            "Check it before you quote from it."
        )
        yield Remark(words, Tone.WARNING)
    if context.is_translated:
        words = _(
            "The form was published in another language. Its translation here is unofficial; "
            "the official wording stands beside it."
        )
        yield Remark(words, Tone.NOTE)
    if context.is_blank and labels.note():
        yield Remark(labels.note(), Tone.WARNING)
    if context.variant is Variant.SHORT:
        yield Remark(_("Short version: questions without an answer are left out."), Tone.NOTE)


def _confidential_count(context: Context) -> int:
    """Answers, lists, rows, and fields of rows that are marked."""
    rows = sum(
        1 if "" in row.confidential else len(row.confidential) for *_place, row in context.report.rows()
    )
    return len(context.report.confidential) + rows
