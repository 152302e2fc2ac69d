"""Submitting a report that is open: in its file, in a working copy, and with the file's own worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.report.text.model import Text
from desktop_app.services.backups import FOLDER_VARIABLE, list_backups, submission
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import form_library, read_report
from desktop_app.services.submitting import (
    file_state,
    freeze,
    preflight,
    secure,
    sent,
    submissions_left_behind,
    submit_file,
)
from desktop_app.services.working_places import copies_folder
from desktop_app.storage.report_file import ReportFile
from tests.support.form_versions import first_file, versioned_library
from tests.support.report_files import make_file
from tests.support.workbooks import example

AUTHORITY = "cover.authority"
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "backups"))


@pytest.fixture(params=["a local folder", "a synchronised folder"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A report file, worked on where it is or in a copy."""
    folder = tmp_path / "reports"
    folder.mkdir()
    path = make_file(folder / "albania.adesk", example())
    if request.param == "a synchronised folder":
        (folder / ".stfolder").mkdir()
    return path


@pytest.fixture
def opened(place: Path) -> Iterator[OpenReport]:
    opened = open_report(place, form_library(), who="Ana")
    yield opened
    opened.close()


def test_what_is_open_is_looked_through_frozen_kept_and_sent(place: Path, opened: OpenReport) -> None:
    session = opened.session
    session.type(AUTHORITY, Text.plain("Ministry of Justice"))
    session.leave()
    state = opened.journal.read(lambda file: file_state(file, session.report)).result(PATIENCE)
    record = freeze(session, preflight(session.report, state))
    assert opened.journal.flush(PATIENCE)
    is_copy = opened.place is not None
    assert secure(opened.local_path, record.number, place=opened.path if is_copy else None) == ""
    assert [each.why for each in list_backups(place)] == [submission(1)]

    def read(file: ReportFile) -> bytes:
        found = sent(file, session.report, record.number, form_library())
        assert found.report.plain(AUTHORITY) == "Ministry of Justice"
        assert found.sending.submitted_by == "Ana"
        return found.report.status.encode()

    assert opened.journal.read(read).result(PATIENCE) == b"submitted"
    opened.close()
    assert read_report(place).submissions == session.report.submissions
    with ReportFile.open(place, "read") as file:
        assert file.verify_chain() == []
    again = open_report(place, form_library(), who="Ana")
    try:
        assert again.session.is_frozen
        assert not again.session.can_undo
        again.session.amend()
        assert again.journal.flush(PATIENCE)
    finally:
        again.close()
    assert read_report(place).status == "draft"


def test_the_command_submits_in_a_working_copy_and_brings_it_back(place: Path, tmp_path: Path) -> None:
    done = submit_file(place, None, tmp_path / "out", who="Ana")
    assert done.submission is not None
    assert done.exported is not None
    assert done.notices == ("Nobody marked it as approved before.",)
    assert read_report(place).status == "submitted"
    assert [each.why for each in list_backups(place)] == [submission(1)]
    assert not copies_folder().exists() or list(copies_folder().iterdir()) == []
    assert submit_file(place, None, tmp_path / "out").already


def test_no_other_version_of_the_form_is_offered_while_a_report_is_frozen(tmp_path: Path) -> None:
    library = versioned_library(tmp_path, "1", "2")
    path = first_file(tmp_path / "tiny.adesk", library)

    def offered(step: Callable[[EntrySession], object]) -> str:
        opened = open_report(path, library, who="Ana")
        step(opened.session)
        opened.close()
        return opened.offered_version

    assert offered(lambda session: session.mark_ready()) == "2"
    assert offered(lambda session: session.back_to_draft()) == ""
    assert offered(lambda session: session.leave()) == "2"


def test_a_backup_from_before_a_submission_does_not_know_its_number(tmp_path: Path) -> None:
    path = make_file(tmp_path / "albania.adesk", example())
    older = tmp_path / "older.adesk"
    older.write_bytes(path.read_bytes())
    opened = open_report(path, form_library(), who="Ana")
    opened.session.submit()
    opened.close()
    (sentence,) = submissions_left_behind(path, older)
    assert sentence.startswith("Submission 1 of report 1 was made after this backup and is not in it.")
    assert "look" in sentence
    assert submissions_left_behind(older, path) == ()
    assert submissions_left_behind(path, path) == ()
    (tmp_path / "damaged.adesk").write_bytes(b"no report")
    assert submissions_left_behind(tmp_path / "damaged.adesk", path) == ()
