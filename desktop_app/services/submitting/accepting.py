"""Accepting a warning: it is right as it stands, and here is why. The reason travels with the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.report.accepted import (
    AcceptedProblem,
    accepted_path,
    can_be_accepted,
    write_accepted,
)
from desktop_app.report.changes import Change, new_id, utc_now
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.services.staged_report import NoReasonError

if TYPE_CHECKING:
    from desktop_app.services.entry_session import EntrySession


class NotAWarningError(DeskError):
    """There is no such warning that could be accepted, or no acceptance that could be withdrawn."""


def accept_warning(session: EntrySession, path: str, code: str, reason: str) -> str:
    """Accept the warning ``code`` at ``path``, in one step. Returns the id of the acceptance.

    One that is accepted already is accepted with the new reason. NoReasonError; NotAWarningError when there
    is no such warning; FrozenError.
    """
    reason = reason.strip()
    if not reason:
        raise NoReasonError(_("Say why the warning is accepted: the reason travels with the report."))
    session.leave()
    report = session.report
    if not any(each.code == code and can_be_accepted(each) for each in session.problems.at(path)):
        raise NotAWarningError(
            _("{place}: there is no warning “{code}” that could be accepted.").format(
                place=place_name(report, path), code=code
            )
        )
    ids = _ids_of(report, path, code)
    accepted_id = ids[0] if ids else new_id()
    accepted = AcceptedProblem(path, code, reason, session.who, utc_now())
    others = [_change(report, each) for each in ids[1:]]
    session.keep_accepted([_change(report, accepted_id, accepted), *others], reason)
    return accepted_id


def withdraw_acceptance(session: EntrySession, path: str, code: str) -> None:
    """The warning is not accepted any more, in one step. NotAWarningError when it was not; FrozenError."""
    session.leave()
    report = session.report
    ids = _ids_of(report, path, code)
    if not ids:
        raise NotAWarningError(
            _("{place}: the warning “{code}” was not accepted.").format(
                place=place_name(report, path), code=code
            )
        )
    session.keep_accepted([_change(report, each) for each in ids])


def _ids_of(report: Report, path: str, code: str) -> list[str]:
    return sorted(key for key, each in report.accepted.items() if (each.path, each.code) == (path, code))


def _change(report: Report, accepted_id: str, accepted: AcceptedProblem | None = None) -> Change:
    path = accepted_path(accepted_id)
    return Change(path, report.plain(path), None if accepted is None else write_accepted(accepted))
