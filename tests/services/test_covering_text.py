"""The words for the mail: what it is, how to check it, how to answer; nothing that does not fit."""

from __future__ import annotations

import pytest

from desktop_app.services.covering_text import SentPackage, covering_text
from tests.support.workbooks import example, planned_action, report_of, row_id

SUBMISSION = SentPackage("al-s2.zip", "ab" * 32, submission=2, amends=1, signed_by="ABCD EFGH")


def test_an_amendment_says_all_there_is_to_know() -> None:
    words = covering_text(example(), SUBMISSION, "Ana")
    for part in (
        "attached is an amendment of the report of Albania. It replaces submission 1.",
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
    assert "attached is a draft of the report of Albania. It is not submitted yet." in words
    assert "Submission: none, this is a draft" in words
    assert "Signature: none" in words
    assert "receipt" not in words
    assert words.endswith("With kind regards\n")


@pytest.mark.parametrize(
    ("package", "said"),
    [
        (SentPackage("al-s1.zip", "ab" * 32, 1), "attached is the report of Albania."),
        (SentPackage("al-s1.zip.age", "ab" * 32, 1, is_encrypted=True), "The file is encrypted for you"),
        (SentPackage("al-s1-public.zip", "ab" * 32, 1, is_public=True), "attached is the public copy"),
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
