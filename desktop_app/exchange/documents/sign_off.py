"""The page a minister signs: these answers and no others."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.exchange.documents.answers import written
from desktop_app.exchange.documents.context import Context
from desktop_app.exchange.documents.plan import Fact, Remark, SignOff, Tone, Written
from desktop_app.exchange.documents.sections import questions
from desktop_app.exchange.sending import Sending
from desktop_app.formdef.model import GOALS_CODE
from desktop_app.report.report import Report
from desktop_app.report.state_words import status_words
from desktop_app.report.status import Status
from desktop_app.runtime.i18n import _, ngettext


def sign_off(context: Context, sending: Sending, country: str, checksum: str) -> SignOff:
    """``checksum``: SHA-256 of the data as it will be submitted, in hexadecimal."""
    return SignOff(
        title=_("Sign-off"),
        statement=_(
            "I have read this report and approve that it is submitted. The content checksum stands for "
            "exactly these answers: it changes with every change of a word."
        ),
        facts=tuple(_facts(context, sending, country, checksum)),
        lines=(_("Name"), _("Function"), _("Place and date"), _("Signature")),
        remarks=tuple(_remarks(context, sending)),
    )


def _remarks(context: Context, sending: Sending) -> Iterator[Remark]:
    if sending.submission is None and context.report.status == Status.DRAFT:
        yield Remark(
            _(
                "The report is a draft: its words may still change, and the checksum with them. "
                "Sign a page that was printed when the report was ready, approved or submitted."
            ),
            Tone.WARNING,
        )


def _facts(context: Context, sending: Sending, country: str, checksum: str) -> Iterator[Fact]:
    report, labels = context.report, context.labels
    yield Fact(_("Country"), written(context, country))
    yield from _about_the_respondent(context)
    yield Fact(_("Form"), written(context, labels.form_title()))
    yield Fact(_("Version"), written(context, f"{report.form.id} {report.form.version}"))
    yield Fact(_("Cycle"), written(context, report.cycle))
    yield Fact(_("Status"), written(context, status_words(report.status)))
    if sending.submission is not None:
        yield Fact(_("Submission"), written(context, str(sending.submission)))
    yield Fact(_("What it holds"), written(context, _holds(report)))
    yield Fact(_("Content checksum"), written(context, checksum), is_code=True)
    if sending.signer is not None:
        words = written(context, sending.signer.fingerprint)
        yield Fact(_("Fingerprint of the signing key"), words, is_code=True)


def _about_the_respondent(context: Context) -> Iterator[Fact]:
    """What was answered about who reports, such as the authority."""
    if context.cover is None:
        return
    for is_supplement in (False, True):
        for question in questions(context, context.cover, supplements=is_supplement):
            if isinstance(question.answer, Written):
                yield Fact(question.label.words, question.answer, mark=question.mark)


def _holds(report: Report) -> str:
    """So many goals, entries and answers, for whoever compares the page with the report at a glance."""
    rows = len(list(report.rows()))
    goals = sum(
        len(value)
        for path, value in report.answers.items()
        if path.endswith(f".{GOALS_CODE}") and isinstance(value, tuple)
    )
    answers = sum(1 for path in report.answers if not path.endswith(f".{GOALS_CODE}"))
    parts = [
        ngettext("{count} goal chosen", "{count} goals chosen", goals).format(count=goals) if goals else "",
        ngettext("{count} entry in lists", "{count} entries in lists", rows).format(count=rows),
        ngettext("{count} other answer", "{count} other answers", answers).format(count=answers)
        if answers
        else "",
    ]
    return ", ".join(part for part in parts if part)
