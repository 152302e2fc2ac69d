"""What stands behind the sections: words without a place, accepted warnings, and the files that go along."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.exchange.documents.answers import text_answer
from desktop_app.exchange.documents.context import Context
from desktop_app.exchange.documents.plan import Block, Heading, Prose, Remark, Table, Tone
from desktop_app.report.accepted import acceptance_of
from desktop_app.report.file_names import shown_name
from desktop_app.report.file_words import size_words
from desktop_app.report.paths import UNPLACED
from desktop_app.report.placed_files import files_of
from desktop_app.report.places import place_name
from desktop_app.report.text import markup
from desktop_app.report.validation import check_report
from desktop_app.report.values import Attachment
from desktop_app.runtime.i18n import _


def annexes(context: Context) -> Iterator[Block]:
    """Those there are; a blank form has none."""
    if not context.is_blank:
        yield from _unplaced(context)
        yield from _accepted(context)
        yield from _attachments(context)


def _unplaced(context: Context) -> Iterator[Block]:
    report = context.report
    if not report.unplaced:
        return
    yield Heading(1, context.ours(_("Words without a place in the form")), UNPLACED)
    yield Remark(_("These words came with the report, but no question of the form asks for them."), Tone.NOTE)
    for kept in report.unplaced.values():
        if kept.near:
            place = place_name(report, kept.near, context.language)
            yield Remark(_("They stood near: {place}").format(place=place), Tone.NOTE)
        answer = text_answer(context, markup.read(kept.text))
        yield Prose(answer.text, answer.language)


def _accepted(context: Context) -> Iterator[Block]:
    report = context.report
    if not report.accepted:
        return
    known = tuple(report.accepted.values())
    rows = []
    for problem in check_report(report):
        accepted = acceptance_of(problem, known)
        if accepted is not None:
            place = place_name(report, problem.path, context.language)
            rows.append((place, problem.sentence, accepted.reason, _by(accepted.who, accepted.at)))
    if rows:
        yield Heading(1, context.ours(_("Accepted warnings")), "accepted")
        yield Remark(
            _("The country has looked at these warnings of the checks and stands by its answers."), Tone.NOTE
        )
        yield Table((_("Place"), _("Warning"), _("Reason"), _("By")), (0.22, 0.32, 0.3, 0.16), tuple(rows))


def _by(who: str, at: str) -> str:
    return ", ".join(part for part in (who, at.partition("T")[0]) if part)


def _attachments(context: Context) -> Iterator[Block]:
    report = context.report
    rows = tuple(
        (place_name(report, path, context.language), *_listed(file)) for path, file in files_of(report)
    )
    if rows:
        yield Heading(1, context.ours(_("Attached files")), "attachments")
        heads = (_("Place"), _("File"), _("Size"), _("SHA-256"))
        yield Table(heads, (0.24, 0.26, 0.12, 0.38), rows, codes=frozenset({3}))


def _listed(file: Attachment) -> tuple[str, str, str]:
    return shown_name(file.name), size_words(file.size), file.sha256
