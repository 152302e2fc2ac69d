"""Accepting a warning: only one that is there, only with a reason, and undone like anything else."""

from __future__ import annotations

import pytest

from desktop_app.report.status import FrozenError
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.operation_words import step_words
from desktop_app.services.staged_report import NoReasonError
from desktop_app.services.submitting import (
    NotAWarningError,
    accept_warning,
    preflight,
    withdraw_acceptance,
)

AUTHORITY = "cover.authority"
REQUIRED = "required"


def test_a_warning_is_accepted_with_its_reason_and_counts_no_more_as_open(session: EntrySession) -> None:
    before = preflight(session.report)
    assert any(each.problem.path == AUTHORITY for each in before.open_warnings)
    accept_warning(session, AUTHORITY, REQUIRED, "  The ministry is the state itself. ")
    (accepted,) = session.report.accepted.values()
    assert (accepted.path, accepted.code) == (AUTHORITY, REQUIRED)
    assert (accepted.reason, accepted.who) == ("The ministry is the state itself.", "Ana")
    found = preflight(session.report)
    assert len(found.open_warnings) == len(before.open_warnings) - 1
    assert [each.accepted for each in found.accepted_warnings] == [accepted]
    assert session.undo_step is not None
    assert step_words(session.report, session.undo_step) == ("Warning accepted, Cover, Authority or ministry")
    session.undo()
    assert session.report.accepted == {}


def test_accepted_again_it_has_the_new_reason_and_withdrawn_it_has_none(session: EntrySession) -> None:
    accept_warning(session, AUTHORITY, REQUIRED, "One")
    accept_warning(session, AUTHORITY, REQUIRED, "Two")
    assert [each.reason for each in session.report.accepted.values()] == ["Two"]
    withdraw_acceptance(session, AUTHORITY, REQUIRED)
    assert session.report.accepted == {}
    assert session.undo_step is not None
    assert step_words(session.report, session.undo_step) == "A warning is no longer accepted"
    with pytest.raises(NotAWarningError, match="was not accepted"):
        withdraw_acceptance(session, AUTHORITY, REQUIRED)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_accepted(session: EntrySession, reason: str) -> None:
    with pytest.raises(NoReasonError, match="the reason travels"):
        accept_warning(session, AUTHORITY, REQUIRED, reason)


def test_what_is_no_warning_is_not_accepted(session: EntrySession) -> None:
    with pytest.raises(NotAWarningError, match="ministry: there is no warning “too_long”"):
        accept_warning(session, AUTHORITY, "too_long", "Why not")
    session.set_value(AUTHORITY, Text.plain("Ministry of Justice"))
    with pytest.raises(NotAWarningError):
        accept_warning(session, AUTHORITY, REQUIRED, "Why not")


def test_an_acceptance_whose_problem_is_gone_is_ignored_and_counts_again_when_it_is_back(
    session: EntrySession,
) -> None:
    accept_warning(session, AUTHORITY, REQUIRED, "So it is")
    session.type(AUTHORITY, Text.plain("Ministry of Justice"))
    session.leave()
    found = preflight(session.report)
    assert found.accepted_warnings == ()
    (stale,) = found.stale
    assert (stale.accepted.reason, stale.where) == ("So it is", "Cover, Authority or ministry")
    session.set_value(AUTHORITY, None)
    assert len(preflight(session.report).accepted_warnings) == 1


def test_what_is_frozen_takes_no_acceptance(session: EntrySession) -> None:
    accept_warning(session, AUTHORITY, REQUIRED, "So it is")
    session.mark_ready()
    with pytest.raises(FrozenError):
        accept_warning(session, AUTHORITY, REQUIRED, "Otherwise")
    with pytest.raises(FrozenError):
        withdraw_acceptance(session, AUTHORITY, REQUIRED)
    assert [each.reason for each in session.report.accepted.values()] == ["So it is"]
