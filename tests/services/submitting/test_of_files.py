"""Submitting in a report file that no window has open."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop_app.exchange.workbook import plan_workbook, workbook_bytes
from desktop_app.report.changes import Change, OpenEdit
from desktop_app.report.content import submission_bytes
from desktop_app.report.status import FrozenError
from desktop_app.report.text.model import Text
from desktop_app.services.backups import FOLDER_VARIABLE, list_backups, submission
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.exporting import export_file
from desktop_app.services.form_upgrade import upgrade_file
from desktop_app.services.importing import import_document
from desktop_app.services.reports import form_library, read_report
from desktop_app.services.review.filing import review_file
from desktop_app.services.submitting import (
    Acceptance,
    NotAWarningError,
    SubmittedWithoutPackageError,
    change_file,
    correction_requested,
    sent,
    submit_file,
)
from desktop_app.storage.errors import FileInUseError
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import everything_in, make_file
from tests.support.reviewed import Reviewed
from tests.support.workbooks import example

AUTHORITY = "cover.authority"


@pytest.fixture(autouse=True)
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "backups"))


def test_a_report_is_submitted_once_and_its_package_is_written_again(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    accept = [Acceptance(AUTHORITY, "required", "It is the state itself.")]
    done = submit_file(path, None, out, accept=accept, who="Ana")
    assert done.submission is not None
    assert done.exported is not None
    assert done.preflight is not None
    assert (done.submission.number, done.submission.who, done.already) == (1, "Ana", False)
    assert done.exported.path.name == "al-ga-commitments-2013.1-2013-s1.zip"
    assert done.exported.checksum == done.submission.checksum
    assert [each.problem.path for each in done.preflight.accepted_warnings] == [AUTHORITY]
    assert [each.why for each in list_backups(path)] == [submission(1)]
    report = read_report(path)
    assert report.status == "submitted"
    before, package = path.read_bytes(), done.exported.path.read_bytes()
    again = submit_file(path, None, out, accept=accept, who="Zoë")
    assert again.already
    assert again.notices == ("No warning was accepted, because the report is submitted already.",)
    assert again.exported is not None
    assert again.exported.already_there
    assert again.submission == done.submission
    other = export_file(path, folder=tmp_path / "other")
    assert (other.submission, other.path.read_bytes()) == (1, package)
    assert path.read_bytes() == before


def test_while_errors_are_open_nothing_is_written(path: Path, tmp_path: Path) -> None:
    def spoil(session: EntrySession) -> None:
        for section in session.report.form.walk():
            for entry in section.lists:
                session.add_rows(entry.path, [{} for _row in range(2)])

    change_file(path, None, spoil)
    before = everything_in(tmp_path)
    done = submit_file(path, None, tmp_path / "out", accept=[Acceptance(AUTHORITY, "required", "So it is")])
    assert (done.submission, done.exported) == (None, None)
    assert done.preflight is not None
    assert done.preflight.errors
    assert everything_in(tmp_path) == before


def test_a_warning_that_is_not_there_is_not_accepted_and_nothing_is_written(
    path: Path, tmp_path: Path
) -> None:
    before = everything_in(tmp_path)
    with pytest.raises(NotAWarningError):
        submit_file(path, None, tmp_path / "out", accept=[Acceptance(AUTHORITY, "too_long", "So it is")])
    assert everything_in(tmp_path) == before


def test_a_package_that_cannot_be_written_leaves_the_report_submitted_and_comes_later(
    path: Path, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "out"
    in_the_way.write_text("a file", encoding="utf-8")
    with pytest.raises(SubmittedWithoutPackageError, match="submitted as submission 1") as refusal:
        submit_file(path, None, in_the_way, who="Ana")
    assert refusal.value.number == 1
    assert "nothing is submitted twice" in refusal.value.sentence
    assert read_report(path).status == "submitted"
    done = submit_file(path, None, tmp_path / "elsewhere")
    assert done.already
    assert done.exported is not None
    with zipfile.ZipFile(done.exported.path) as package:
        assert "data.json" in package.namelist()
    assert list(read_report(path).submissions) == ["1"]


def test_what_was_being_typed_is_submitted_too(path: Path) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep_open_edit(OpenEdit(read_report(path).id, AUTHORITY, "Ministry of Justice", "Ana"))
    change_file(path, None, lambda session: session.submit())
    with ReportFile.open(path, "read") as file:
        stored = file.submission(read_report(path).id, 1)
        assert file.open_edits() == []
    assert stored is not None
    assert "Ministry of Justice" in stored.text


def test_somebody_who_has_the_file_open_is_not_disturbed(path: Path, tmp_path: Path) -> None:
    with ReportFile.open(path, "write", who="Ana"), pytest.raises(FileInUseError, match="Ana"):
        submit_file(path, None, tmp_path / "out")
    assert read_report(path).status == "draft"
    assert not (tmp_path / "out").exists()


def test_without_a_backup_it_is_submitted_and_that_is_said(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "no folder"
    in_the_way.write_text("a file", encoding="utf-8")
    monkeypatch.setenv(FOLDER_VARIABLE, str(in_the_way))
    done = submit_file(path, None, tmp_path / "out")
    assert done.submission is not None
    assert "No backup of “albania.adesk” was made." in " ".join(done.notices)


def test_a_change_that_is_refused_leaves_the_file_as_it_was(path: Path) -> None:
    change_file(path, None, lambda session: session.mark_ready("For the minister"), who="Ana")
    before = path.read_bytes()
    with pytest.raises(FrozenError, match="marked as ready"):
        change_file(path, None, lambda session: session.set_value(AUTHORITY, Text.plain("Other")))
    with pytest.raises(FrozenError, match="marked as ready"):
        upgrade_file(path, form_library())
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_the_report_that_is_named_is_submitted(tmp_path: Path) -> None:
    path = make_file(tmp_path / "two.adesk", example())
    other = example()
    other.id = "22222222-2222-4222-8222-222222222222"
    other.apply(Change("#cycle", other.cycle, "2015"))
    with ReportFile.open(path, "write") as file:
        file.add_report(other)
    change_file(path, 1, lambda session: session.submit())
    assert [read_report(path, number).status for number in (1, 2)] == ["submitted", "draft"]


def test_what_came_back_in_a_workbook_of_a_submission_waits_for_an_amendment(
    path: Path, tmp_path: Path
) -> None:
    change_file(path, None, lambda session: session.submit(), who="Ana")
    with ReportFile.open(path, "read") as file:
        found = sent(file, read_report(path), 1, form_library())
    plan = plan_workbook(found.report, submission_bytes(found.report), submission=1)
    returned = Reviewed(tmp_path, data=workbook_bytes(plan))
    returned.comment(3, "Which budget?", decision="correction", reviewer="Zoë")
    words = str(returned.cell("Actions", 2, "description").value)
    returned.write("Actions", 2, description=f"{words} Really?")
    workbook = returned.saved()

    before = path.read_bytes()
    with pytest.raises(FrozenError, match="Open an amendment"):
        review_file(path, workbook, suggestions=True)
    assert path.read_bytes() == before
    filed = review_file(path, workbook)
    assert (filed.applied.comments, filed.applied.suggestions) == (1, 0)
    assert [each.source for each in correction_requested(read_report(path))] == ["comment"]

    # A secretariat that has nothing but the workbook: the submission comes in as it was sent.
    other = tmp_path / "secretariat.adesk"
    brought = import_document(other, workbook)
    report = read_report(other)
    assert report.status == "submitted"
    assert report.submissions["1"].checksum == read_report(path).submissions["1"].checksum
    assert len(report.comments) == 1
    assert any("Open an amendment" in notice for notice in brought.notices)
    with ReportFile.open(other, "read") as file:
        assert file.verify_chain() == []
        assert sent(file, report, 1, form_library()).report.comments == {}
