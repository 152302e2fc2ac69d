"""Commands about a report's way: submit it, and see or change how far it is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.commands import Commands
from desktop_app.cli.keys import add_proof, proof_of
from desktop_app.cli.output import DONE, NO, Output
from desktop_app.cli.secrets import key_of
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

if TYPE_CHECKING:
    from desktop_app.report.report import Report
    from desktop_app.services.entry_session import EntrySession
    from desktop_app.services.exporting import Exported
    from desktop_app.services.submitting import Acceptance, CheckedProblem, Preflight, SubmittedFile


class WrongAcceptanceError(DeskError):
    """An option does not say which warning is accepted and why."""


def add_to(commands: Commands) -> None:
    """Offer these commands."""
    submit = commands.add(
        "submit",
        _submit,
        _(
            "freeze and number a report and write its package; 1 while errors are open. A report that is"
            " submitted already is not submitted again: the very same package is written once more"
        ),
        commands.report,
    )
    submit.add_argument(
        "--to", metavar=_("DIR"), type=Path, help=_("folder of the package; else beside the file")
    )
    submit.add_argument("--replace", action="store_true", help=_("replace a different package that is there"))
    submit.add_argument(
        "--accept",
        metavar=_("PATH:CODE=REASON"),
        action="append",
        default=[],
        help=_(
            "accept the warning CODE at PATH, as “check --json” names them; the reason travels in the"
            " package. May be given more than once. Warnings that are not accepted do not block, but are told"
        ),
    )
    submit.add_argument(
        "--who", default="", metavar=_("NAME"), help=_("who submits it; else the account's name")
    )
    add_proof(submit)
    _add_status(commands)


def _add_status(commands: Commands) -> None:
    status = commands.add(
        "status",
        _status,
        _("print how far a report is, its submissions and receipts; with an option, change that"),
        commands.report,
    )
    change = status.add_mutually_exclusive_group()
    change.add_argument(
        "--ready", action="store_true", help=_("a draft is ready for clearance; it is frozen")
    )
    change.add_argument("--approve", action="store_true", help=_("the report is approved; it is frozen"))
    change.add_argument(
        "--draft", action="store_true", help=_("a ready or approved report is a draft again, and may change")
    )
    change.add_argument(
        "--take-back",
        metavar=_("REASON"),
        help=_("take the submission back: it is kept, with the reason; the report is a draft again"),
    )
    change.add_argument(
        "--amend",
        metavar=_("REASON"),
        nargs="?",
        const="",
        help=_("open an amendment of a submitted report: a draft, whose submission points to the one before"),
    )
    change.add_argument(
        "--receipt", metavar=_("PATH"), type=Path, help=_("file the receipt that was returned for a package")
    )
    status.add_argument(
        "--note", default="", metavar=_("WORDS"), help=_("a note on the change, for the history")
    )
    status.add_argument(
        "--who", default="", metavar=_("NAME"), help=_("who changes it; else the account's name")
    )


# Submitting


def _submit(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.submitting import submit_file

    done = submit_file(
        options.file,
        options.report,
        options.to,
        accept=[_acceptance(each) for each in options.accept],
        who=_who(options),
        key=key_of(options, options.file),
        proof=proof_of(options),
        replace=options.replace,
    )
    if done.preflight is not None:
        for line in _preflight_lines(done.preflight, is_refused=done.submission is None):
            output.line(line)
    for line in _done_lines(done):
        output.line(line)
    output.result(_plain(done))
    return NO if done.submission is None else DONE


def _who(options: argparse.Namespace) -> str:
    from desktop_app.runtime.person import account_name

    return options.who.strip() or account_name()


def _acceptance(option: str) -> Acceptance:
    """WrongAcceptanceError."""
    from desktop_app.services.submitting import Acceptance

    problem, equals, reason = option.partition("=")
    path, _colon, code = problem.rpartition(":")
    if not equals or not path or not code or not reason.strip():
        raise WrongAcceptanceError(
            _("“{option}” does not say which warning is accepted, and why. Write it like {example}.").format(
                option=option, example="--accept 'T1.goals:goals_chosen=…'"
            )
        )
    return Acceptance(path, code, reason)


def _preflight_lines(found: Preflight, *, is_refused: bool) -> Iterator[str]:
    for problem in found.errors if is_refused else ():
        yield _problem_line(problem)
    for problem in found.open_warnings:
        yield _problem_line(problem)
        if not is_refused:
            continue
        yield "  " + _("Accept it with --accept '{problem}=…', if it is right as it stands.").format(
            problem=f"{problem.problem.path}:{problem.problem.code}"
        )
    for problem in found.accepted_warnings:
        assert problem.accepted is not None
        yield _("Accepted: {where}: {sentence} Reason: {reason}").format(
            where=problem.problem.where, sentence=problem.problem.sentence, reason=problem.accepted.reason
        )
    if found.unanswered:
        count = len(found.unanswered)
        words = ngettext(
            "{count} review comment has no answer yet.", "{count} review comments have no answer yet.", count
        )
        yield words.format(count=count)
    if found.is_unchanged and found.last is not None:
        yield _("Nothing has changed since submission {number}.").format(number=found.last.number)
    yield from found.blocks


def _problem_line(problem: CheckedProblem) -> str:
    found = problem.problem
    return f"{found.level_words}: {found.where}: {found.sentence}"


def _done_lines(done: SubmittedFile) -> Iterator[str]:
    if done.submission is None or done.exported is None:
        yield _("Nothing was submitted.")
        return
    number, exported = done.submission.number, done.exported
    if done.already:
        yield _("It is submitted already, as submission {number}. Nothing was submitted again.").format(
            number=number
        )
    else:
        yield _("Submitted: submission {number}").format(number=number)
    there = _("The same package is already there: {path}")
    yield (there if exported.already_there else _("Package: {path}")).format(path=exported.path)
    yield _("Content checksum: {checksum}").format(checksum=exported.checksum)
    yield from (*exported.proof, *exported.notices, *done.notices)


def _plain(done: SubmittedFile) -> dict[str, Any]:
    return {
        "submission": None if done.submission is None else done.submission.number,
        "already_submitted": done.already,
        "preflight": None if done.preflight is None else done.preflight.to_plain(),
        **(_exported_plain(done.exported) if done.exported is not None else {"package": None}),
        "notices": [*(done.exported.notices if done.exported is not None else ()), *done.notices],
    }


def _exported_plain(exported: Exported) -> dict[str, Any]:
    return {
        "package": str(exported.path),
        "checksum": exported.checksum,
        "already_there": exported.already_there,
        "proof": list(exported.proof),
    }


# How far it is


def _status(options: argparse.Namespace, output: Output) -> int:
    from desktop_app.services.reports import read_report
    from desktop_app.services.submitting import change_file
    from desktop_app.services.working_places import left_here

    key = key_of(options, options.file)
    number, told = options.report, list[str]()
    if _is_change(options):

        def change(session: EntrySession) -> int:
            told.extend(_change(options, session))
            return session.report.number

        number = change_file(options.file, number, change, who=_who(options), key=key)
    report = read_report(left_here(options.file) or options.file, number, key=key)
    for line in (*told, *_status_lines(report)):
        output.line(line)
    output.result(_status_plain(report, told))
    return DONE


def _is_change(options: argparse.Namespace) -> bool:
    flags = options.ready or options.approve or options.draft
    return flags or any(each is not None for each in (options.take_back, options.amend, options.receipt))


def _change(options: argparse.Namespace, session: EntrySession) -> list[str]:
    """Make the step that was asked for; returns what is to be told besides."""
    if options.ready:
        session.mark_ready(options.note)
    elif options.approve:
        session.approve(options.note)
    elif options.draft:
        session.back_to_draft(options.note)
    elif options.take_back is not None:
        session.take_back(options.take_back)
    elif options.amend is not None:
        session.amend(options.amend or options.note)
    else:
        return _file_receipt(options.receipt, session)
    return []


def _file_receipt(path: Path, session: EntrySession) -> list[str]:
    from desktop_app.services.receipts import read_receipt_file
    from desktop_app.services.submitting import file_receipt, is_filed

    read = read_receipt_file(path)
    already = [_("The receipt is already filed.")] if is_filed(session.report, read.receipt) else []
    file_receipt(session, read.receipt)
    return [*already, *read.lines]


def _status_lines(report: Report) -> Iterator[str]:
    from desktop_app.report.receipts import receipt_decision_words
    from desktop_app.report.state_words import status_words
    from desktop_app.services.submitting import correction_requested, submissions
    from desktop_app.services.to_reviewers import status_lines

    yield _("Status: {status}").format(status=status_words(report.status))
    for each in submissions(report):
        words = _("Submission {number}, {day}, {who}: {checksum}")
        yield words.format(number=each.number, day=each.at[:10], who=each.who or "?", checksum=each.checksum)
        if not each.is_here:
            yield "  " + _("What was sent is not in this file: its package cannot be made again.")
        if each.amendment_of is not None:
            yield "  " + _("It amends submission {number}.").format(number=each.amendment_of)
        if each.taken_back is not None:
            yield "  " + _("Taken back, {day}: {reason}").format(
                day=each.taken_back.at[:10], reason=each.taken_back.reason
            )
        for receipt in each.receipts:
            unsigned = "" if receipt.is_signed else _("no signature")
            decided = receipt_decision_words(receipt.decision)
            parts = (decided, receipt.who, receipt.at[:10], unsigned, receipt.words)
            yield "  " + _("Receipt: {words}").format(words=" · ".join(filter(None, parts)))
    for request in correction_requested(report):
        yield _("Correction requested: {where}: {words}").format(where=request.where, words=request.words)
    yield from status_lines(report)


def _status_plain(report: Report, told: list[str]) -> dict[str, Any]:
    from desktop_app.report.content import submission_checksum
    from desktop_app.services.submitting import correction_requested, submissions
    from desktop_app.services.to_reviewers import not_sent_yet, unfinished

    return {
        "report": report.number,
        "status": report.status,
        "submission_checksum": submission_checksum(report),
        "submissions": [each.to_plain() for each in submissions(report)],
        "corrections": [each.to_plain() for each in correction_requested(report)],
        "answers_not_sent": len(not_sent_yet(report)),
        "answers_unfinished": len(unfinished(report)),
        "told": told,
    }
