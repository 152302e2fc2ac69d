"""The content checksum: known before a report is submitted, and the same for the same answers."""

from __future__ import annotations

import hashlib
import json

from desktop_app.report.changes import Change
from desktop_app.report.content import content_bytes, submission_bytes, submission_checksum
from desktop_app.report.plain import report_from_plain, report_to_plain
from tests.support.small_form import filled_report
from tests.support.toml_forms import report_asked_if


def test_it_is_that_of_the_data_as_it_will_be_submitted_whatever_the_status_is() -> None:
    report = filled_report()
    checksums = set()
    for status in ("draft", "ready", "approved", "submitted"):
        report.status = status
        checksums.add(submission_checksum(report))
    assert checksums == {hashlib.sha256(submission_bytes(report)).hexdigest()}
    assert submission_bytes(report) == content_bytes(report_to_plain(report))
    assert json.loads(submission_bytes(report))["status"] == "submitted"
    report.apply(Change("cover.authority", report.plain("cover.authority"), "Another ministry"))
    assert submission_checksum(report) not in checksums


def test_what_was_submitted_is_put_together_again_byte_by_byte() -> None:
    report = filled_report()
    sent = submission_bytes(report)
    again = report_from_plain(json.loads(sent), report.form)
    assert content_bytes(report_to_plain(again)) == sent


def test_what_is_not_asked_stays_out() -> None:
    assert json.loads(submission_bytes(report_asked_if(has_unit=False)))["answers"] == {"A.has_unit": False}


def test_halves_of_characters_stay_out() -> None:
    assert content_bytes({"a": ["x\ud800y", {"b": "\udc00"}]}) == content_bytes({"a": ["xy", {"b": ""}]})
