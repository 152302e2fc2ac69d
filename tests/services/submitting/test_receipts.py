"""Filing receipts with the submission they are about, and what asks for a correction."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.exchange.proof.receipts import Receipt
from desktop_app.report.changes import Change
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.operation_words import what_words
from desktop_app.services.review.talking import set_status
from desktop_app.services.submitting import (
    OtherReceiptError,
    correction_requested,
    file_receipt,
    submissions,
    submit,
)
from tests.support.memory_journal import MemoryJournal
from tests.support.workbooks import example


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def session(journal: MemoryJournal) -> EntrySession:
    """The example, submitted once."""
    session = EntrySession(example(), journal, who="Ana")
    submit(session)
    return session


def receipt(session: EntrySession, **other: Any) -> Receipt:
    report = session.report
    facts = {
        "package": "al-s1.zip",
        "package_sha256": "0" * 64,
        "content": report.submissions["1"].checksum,
        "report": report.id,
        "country": report.country,
        "form": report.form.id,
        "form_version": report.form.version,
        "cycle": report.cycle,
        "submission": 1,
        "decision": "correction_requested",
        "words": "Target 3 is not complete.",
        "who": "L. Berg",
        "at": "2026-03-01T08:00:00Z",
        "key": None,
        "signature": None,
    }
    return Receipt(facts | other, None)


def test_a_receipt_is_filed_once_with_all_it_says(session: EntrySession, journal: MemoryJournal) -> None:
    first = file_receipt(session, receipt(session))
    assert file_receipt(session, receipt(session)) == first
    assert len(journal.operations) == 2
    operation = journal.operations[-1]
    assert what_words(operation.kind, [change.path for change in operation.changes]) == "Filed a receipt"
    (submission,) = submissions(session.report)
    (filed,) = submission.receipts
    assert filed.signed == receipt(session).signed
    assert (filed.filed_by, filed.words, filed.who) == ("Ana", "Target 3 is not complete.", "L. Berg")
    assert not session.can_undo
    assert submission.to_plain()["receipts"][0]["decision"] == "correction_requested"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"country": "FR"}, "This receipt is for FR, not for AL."),
        ({"report": "another", "cycle": "2015"}, "another report of AL (cycle 2015)"),
        ({"submission": 2}, "about submission 2, which this report does not have"),
        ({"content": "1" * 64}, "about other content than what was sent as submission 1"),
    ],
)
def test_a_receipt_of_something_else_is_refused_in_a_sentence(
    session: EntrySession, other: dict[str, Any], words: str
) -> None:
    with pytest.raises(OtherReceiptError) as refusal:
        file_receipt(session, receipt(session, **other))
    assert words in refusal.value.sentence
    assert session.report.receipts == {}


def test_a_receipt_that_returns_the_report_asks_for_a_correction_until_the_next_submission(
    session: EntrySession,
) -> None:
    file_receipt(session, receipt(session, decision="received", words=""))
    assert correction_requested(session.report) == ()
    filed = file_receipt(session, receipt(session))
    (request,) = correction_requested(session.report)
    assert (request.source, request.id, request.words) == ("receipt", filed, "Target 3 is not complete.")
    assert request.to_plain()["where"] == "The whole report"
    session.amend(request.words)
    assert correction_requested(session.report) == (request,)
    submit(session)
    assert correction_requested(session.report) == ()


def test_what_was_taken_back_is_not_to_be_corrected(session: EntrySession) -> None:
    file_receipt(session, receipt(session))
    session.take_back("It was the wrong file")
    assert correction_requested(session.report) == ()


def test_a_reviewer_asks_for_a_correction_until_it_is_resolved(session: EntrySession) -> None:
    said = ReviewComment(
        about="T1.goals",
        decision="correction",
        words="Goal 2 is missing.",
        reviewer="L. Berg",
        date="2026-03-01",
    )
    session.comment([Change(comment_path("x"), None, write_comment(said))])
    (request,) = correction_requested(session.report)
    assert (request.source, request.id, request.about) == ("comment", "x", "T1.goals")
    assert (request.words, request.who, request.at) == ("Goal 2 is missing.", "L. Berg", "2026-03-01")
    assert request.where
    session.amend(request.words)
    set_status(session, "x", "resolved")
    assert correction_requested(session.report) == ()
