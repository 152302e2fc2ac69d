"""The words for the mail: what it is, how to check it, how to answer; nothing that does not fit."""

from __future__ import annotations

import pytest

from desktop_app.report.submissions import SubmissionRecord, TakenBack
from desktop_app.services.covering_text import SentPackage, covering_text, taken_back_text
from tests.support.workbooks import example, planned_action, report_of, row_id

SUBMISSION = SentPackage("al-s2.zip", "ab" * 32, submission=2, amends=1, signed_by="ABCD EFGH")


def test_an_amendment_says_all_there_is_to_know() -> None:
    words = covering_text(example(), SUBMISSION, "Ana")
    for part in (
        "Attached is an amendment of the report of Albania. It replaces submission 1.",
        "Country: Albania",
        "Cycle: 2013",
        "Submission: 2",
        "File: al-s2.zip",
        f"Content checksum (SHA-256): {'ab' * 32}",
        "Signed with the key: ABCD EFGH",
        "alliance-desk verify al-s2.zip",
        "alliance-desk receipt al-s2.zip",
        "the sheet “Review” of the workbook report.xlsx",
    ):
        assert part in words
    assert words.endswith("\n\nWith kind regards\nAna\n")
    assert "{" not in words


def test_a_draft_asks_for_no_receipt_and_is_not_signed() -> None:
    words = covering_text(example(), SentPackage("al-draft.zip", "ab" * 32))
    assert "Attached is a draft of the report of Albania. It is not submitted yet." in words
    assert "Submission: none, this is a draft" in words
    assert f"Checksum of this draft (SHA-256): {'ab' * 32}" in words
    assert "Signature: none" in words
    assert "receipt" not in words
    assert words.endswith("With kind regards\n")


@pytest.mark.parametrize(
    ("package", "said"),
    [
        (SentPackage("al-s1.zip", "ab" * 32, 1), "Attached is the report of Albania."),
        (SentPackage("al-s1.zip.age", "ab" * 32, 1, is_encrypted=True), "The file is encrypted for you"),
        (SentPackage("al-s1-public.zip", "ab" * 32, 1, is_public=True), "Attached is the public copy"),
    ],
)
def test_each_kind_of_package_is_named(package: SentPackage, said: str) -> None:
    assert said in covering_text(example(), package)


def test_it_says_how_many_entries_are_confidential() -> None:
    row = f"T1.planned/{row_id(1)}"
    report = report_of("ga-commitments", *planned_action(1, description="a"), (f"{row}#confidential", True))
    said = "1 entry in this package is confidential and marked so. Please do not pass it on."
    assert said in covering_text(report, SUBMISSION)
    assert "confidential and marked" not in covering_text(example(), SUBMISSION)
    public = SentPackage("al-s1-public.zip", "ab" * 32, 1, is_public=True)
    assert "confidential and marked" not in covering_text(report, public)


def test_an_amendment_says_what_it_is_about_and_what_was_taken_back() -> None:
    package = SentPackage("al-s3.zip", "ab" * 32, 3, 1, about="Two figures", taken_back=(2,))
    words = covering_text(example(), package)
    assert "What the amendment is about: Two figures\nTaken back: Submission 2\n" in words
    public = SentPackage("al-s3-public.zip", "ab" * 32, 3, 1, is_public=True, about="Two figures")
    assert "Two figures" not in covering_text(example(), public)


def test_a_package_that_was_taken_back_says_so_and_asks_for_no_receipt() -> None:
    package = SentPackage("al-s2.zip", "ab" * 32, 2, 1, taken_back_because="A page was missing")
    words = covering_text(example(), package)
    assert "Attached is submission 2 of the report of Albania, once more as it was sent." in words
    assert "It was taken back: A page was missing" in words
    assert "receipt" not in words


@pytest.mark.parametrize(
    ("held", "said"),
    [([], "Another submission will follow."), ([1], "Submission 1 stands until another one follows.")],
)
def test_whoever_has_it_is_told_that_it_was_taken_back(held: list[int], said: str) -> None:
    report, number = example(), len(held) + 1
    back = SubmissionRecord(number, "", "Ana", "ab" * 32, taken_back=TakenBack("A page was missing"))
    records = [*(SubmissionRecord(each, "", "Ana", "cd" * 32) for each in held), back]
    report.submissions = {str(each.number): each for each in records}
    words = taken_back_text(report, back, "Ana")
    assert f"Submission {number} of the report of Albania was taken back: A page was missing" in words
    assert said in words
    assert "ab" * 32 in words
    assert words.endswith("With kind regards\nAna\n")
