"""The plan of a whole document: first page, sections in the published order, what stands behind them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from desktop_app.exchange.dating import day_of
from desktop_app.exchange.documents.annexes import annexes
from desktop_app.exchange.documents.context import Context
from desktop_app.exchange.documents.first_page import country_name, country_note, facts, remarks
from desktop_app.exchange.documents.plan import Block, DocumentPlan, Running, Variant
from desktop_app.exchange.documents.sections import section_blocks
from desktop_app.exchange.documents.sign_off import sign_off
from desktop_app.exchange.languages import is_right_to_left
from desktop_app.exchange.sending import Sending
from desktop_app.report.content import content_bytes, submission_checksum
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.rules import irrelevant_paths
from desktop_app.report.state_words import status_words
from desktop_app.report.status import Status
from desktop_app.runtime.i18n import _, speaking

_DRAFT = Sending()


def plan_document(
    report: Report, variant: Variant, sending: Sending = _DRAFT, *, checksum: str | None = None
) -> DocumentPlan:
    """The document of ``report``, a public copy of it included; it says the same for the same report.

    ``checksum``: of the ``data.json`` that goes with it, in hexadecimal; found out when it is not given. From
    ready on it is not shown before the report is submitted: the page to sign has another one.
    It speaks the report's language. Of ``Variant.BLANK`` the report gives form, country, cycle and
    language; its answers are not looked at.
    """
    with speaking(report.language):
        return _planned(Context.of(report, variant), sending, checksum)


def _planned(context: Context, sending: Sending, checksum: str | None) -> DocumentPlan:
    report, labels = context.report, context.labels
    signed = "" if context.is_blank else submission_checksum(report)
    if checksum is None:
        checksum = "" if context.is_blank else _checksum(report)
    country = country_name(context)
    return DocumentPlan(
        variant=context.variant,
        language=report.language,
        spoken=context.spoken,
        right_to_left=is_right_to_left(report.language),
        title=f"{country}: {labels.form_title()}" if country else labels.form_title(),
        kicker=labels.form_heading(),
        headline=country or labels.form_title(),
        line=" · ".join(_line(context)),
        running=Running(
            country=country,
            form=labels.form_short(),
            version=_("Version {version}").format(version=report.form.version),
            foot=" · ".join(part for part in (_kind(context), country_note(context)) if part),
            page=_("Page {page} of {pages}"),
        ),
        facts=tuple(facts(context, sending, _shown_checksum(context, sending, checksum, signed))),
        remarks=tuple(remarks(context)),
        blocks=tuple(_blocks(context)),
        sign_off=sign_off(context, sending, country, signed),
        date=day_of(report, context.cover),
    )


def _shown_checksum(context: Context, sending: Sending, checksum: str, signed: str) -> str:
    """Until it is ready that of the draft; then that of what will be submitted, as on the page to sign."""
    status = context.report.status
    return signed if sending.submission is None and status != Status.DRAFT else checksum


def _checksum(report: Report) -> str:
    plain = report_to_plain(report, without=irrelevant_paths(report))
    return hashlib.sha256(content_bytes(plain)).hexdigest()


def _line(context: Context) -> Iterator[str]:
    yield context.labels.form_short()
    yield _("Cycle {cycle}").format(cycle=context.report.cycle)
    yield _kind(context)


def _kind(context: Context) -> str:
    """What is in the reader's hand, in a word or two."""
    if context.is_blank:
        return _("Blank form")
    status = status_words(context.report.status)
    if context.report.left_out is not None:
        return _("{status}, public copy").format(status=status)
    return _("{status}, short version").format(status=status) if context.variant is Variant.SHORT else status


def _blocks(context: Context) -> Iterator[Block]:
    for section in context.report.form.sections:
        yield from section_blocks(context, section)
    yield from annexes(context)
