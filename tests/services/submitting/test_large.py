"""A very long report is kept as it was submitted; one beyond all measure stays a draft, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.report.status import Status
from desktop_app.report.text import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.form_versions import load_report
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library
from desktop_app.services.staged_report import MOST_BYTES, ReportTooLargeError
from desktop_app.services.submitting import sent
from desktop_app.storage.report_file import ReportFile

PIECE = "Police officers are trained. " * 40_000
"""More than a million characters."""


def fill(session: EntrySession, pieces: int) -> None:
    session.add_rows("T1.planned", [{"description": Text.plain(PIECE)} for _number in range(pieces)])


def test_what_is_larger_than_a_file_keeps_of_a_submission_is_refused_before(session: EntrySession) -> None:
    fill(session, MOST_BYTES // len(PIECE) + 1)
    session.mark_ready()
    for step in (session.approve, session.submit):
        with pytest.raises(ReportTooLargeError, match="one submission can have 49 MB"):
            step()
        assert session.report.status == Status.READY
    assert not session.report.submissions


def test_a_report_of_tens_of_megabytes_is_submitted_and_kept(path: Path) -> None:
    opened = open_report(path, form_library(), who="Ana")
    try:
        fill(opened.session, 22)
        checksum = opened.session.submit().checksum
        assert opened.journal.flush(60.0)
    finally:
        opened.close()
    with ReportFile.open(path, "read") as file:
        report = load_report(file, file.reports()[0], form_library()).report
        found = sent(file, report, 1, form_library())
        assert file.verify_chain() == []
    assert report.status == Status.SUBMITTED
    assert len(found.report.lists["T1.planned"].rows) >= 22
    assert report.submissions["1"].checksum == checksum
