"""What a report knows of its submissions, and what of the receipts that were returned for them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.changes import Change
from desktop_app.report.receipts import (
    FiledReceipt,
    ReceiptDecision,
    read_receipt,
    receipt_decision_words,
    receipt_path,
    receipt_words,
    receipts_of,
    write_receipt,
)
from desktop_app.report.submissions import (
    SubmissionRecord,
    TakenBack,
    amended_by_the_next,
    last_submission,
    read_submission,
    submission_path,
    submission_words,
    submissions_of,
    write_submission,
)
from tests.support.small_form import filled_report

numbers = st.integers(min_value=1, max_value=999)
plains = st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.booleans())
records = st.builds(
    SubmissionRecord,
    number=numbers,
    at=st.text(),
    who=st.text(),
    checksum=st.text(),
    amendment_of=st.none() | numbers,
    taken_back=st.none() | st.builds(TakenBack, st.text(), st.text(), st.text()),
    is_here=st.booleans(),
    amended_because=st.text(),
    more=st.dictionaries(st.sampled_from(["seen", "kind"]), st.integers() | st.text()),
)
receipts = st.builds(FiledReceipt, numbers, plains, st.text(), st.text())


@given(records)
def test_a_submission_is_read_as_it_was_written(record: SubmissionRecord) -> None:
    plain = json.loads(json.dumps(write_submission(record)))
    assert read_submission(plain) == record
    assert write_submission(read_submission(plain)) == plain


@given(receipts)
def test_a_receipt_is_read_as_it_was_written(receipt: FiledReceipt) -> None:
    plain = json.loads(json.dumps(write_receipt(receipt)))
    assert read_receipt(plain) == receipt


@pytest.mark.parametrize(
    "plain",
    [
        None,
        "1",
        {},
        {"number": 0},
        {"number": True},
        {"number": "1"},
        {"number": 1, "amendment_of": "1"},
        {"number": 1, "who": 7},
        {"number": 1, "taken_back": "yes"},
        {"number": 1, "taken_back": {"reason": None}},
    ],
)
def test_what_is_no_submission_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_submission(plain)


@pytest.mark.parametrize(
    "plain",
    [
        None,
        {},
        {"signed": {}},
        {"signed": {}, "submission": True},
        {"signed": {}, "submission": 1, "filed_by": 2},
    ],
)
def test_what_is_no_receipt_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_receipt(plain)


def test_a_report_keeps_them_in_their_order_and_the_next_amends_the_last_that_stands() -> None:
    report = filled_report()
    assert last_submission(report) is None
    assert amended_by_the_next(report) is None
    for number in (10, 2, 1):
        record = SubmissionRecord(number, f"2026-01-{number:02}T00:00:00Z", "Ana", "0" * 64)
        report.apply(Change(submission_path(number), None, write_submission(record)))
    assert [each.number for each in submissions_of(report)] == [1, 2, 10]
    assert amended_by_the_next(report) == 10
    last = last_submission(report)
    assert last is not None
    assert submission_words(last) == f"Content checksum {'0' * 64}"
    back = SubmissionRecord(10, "", "Ana", "0" * 64, taken_back=TakenBack("A page was missing"))
    report.apply(Change(submission_path(10), report.plain(submission_path(10)), write_submission(back)))
    assert submission_words(back).splitlines()[1:] == ["Taken back: A page was missing"]
    assert last_submission(report) == back
    assert amended_by_the_next(report) == 2


def test_receipts_belong_to_their_submission() -> None:
    report = filled_report()
    first = FiledReceipt(
        1,
        {
            "decision": "correction_requested",
            "words": "Complete T3.",
            "who": "L. Berg",
            "at": "2026-03-01T08:00Z",
        },
        "Ana",
        "2026-03-02T08:00:00Z",
    )
    second = FiledReceipt(1, {"decision": "received", "at": 7}, "Ana", "2026-03-03T08:00:00Z")
    other = FiledReceipt(2, {"decision": "signed for"})
    for key, receipt in (("b", second), ("a", first), ("c", other)):
        report.apply(Change(receipt_path(key), None, write_receipt(receipt)))
    assert receipts_of(report, 1) == [first, second]
    assert first.asks_correction
    assert not second.asks_correction
    assert receipt_words(first) == "Submission 1 · Correction requested · L. Berg · 2026-03-01\nComplete T3."
    assert receipt_words(second) == "Submission 1 · Received"
    assert receipt_decision_words("signed for") == "signed for"
    assert {receipt_decision_words(each) for each in ReceiptDecision} == {"Received", "Correction requested"}
