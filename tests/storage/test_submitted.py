"""Submissions in the file: kept whole or not at all, any changed bit noticed, saved from damage."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind
from desktop_app.report.report import Report
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.words_held import traces_of
from desktop_app.storage.errors import NoSuchReportError
from desktop_app.storage.rebuilding import Salvaged, rebuild
from desktop_app.storage.report_file import ReportFile
from tests.support.into_the_file import IntoTheFile
from tests.support.small_form import small_form

AUTHORITY = "cover.authority"


@pytest.fixture
def submitted(tmp_path: Path, report: Report) -> Path:
    """A report file with two submissions, the first of them taken back."""
    path = tmp_path / "reports" / "albania.adesk"
    path.parent.mkdir()
    with ReportFile.create(path, fill=lambda file: file.add_report(report)) as file:
        session = EntrySession(file.load(1, small_form()), IntoTheFile(file), who="Ana")
        session.submit()
        session.take_back("A page was missing")
        session.set_confidential("cover.date", True)
        session.submit()
    return path


def damages(path: Path) -> list[str]:
    with ReportFile.open(path, "read") as file:
        return [each.sentence for each in file.verify_chain()]


def change(path: Path, statement: str, *parameters: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement, parameters).rowcount > 0
    connection.close()


def rebuilt(path: Path, target: Path) -> Salvaged:
    return rebuild(
        path, target, form_of=lambda *_names: small_form(), name_report=lambda *_facts: None, who="Ana"
    )


def records(path: Path) -> dict[str, bool]:
    """Which submissions the report knows, and whether what was submitted is there."""
    with ReportFile.open(path, "read") as file:
        report = file.load(1, small_form())
        return {
            key: file.submission(report.id, each.number) is not None
            for key, each in report.submissions.items()
            if each.is_here
        } | {key: False for key, each in report.submissions.items() if not each.is_here}


def test_a_submission_is_read_as_it_was_kept(submitted: Path) -> None:
    assert damages(submitted) == []
    with ReportFile.open(submitted, "read") as file:
        report = file.load(1, small_form())
        first, second = (file.submission(report.id, number) for number in (1, 2))
        assert file.submission(report.id, 3) is None
        with pytest.raises(NoSuchReportError):
            file.submission("another", 1)
        with pytest.raises(NoSuchReportError):
            file.report_after("another", 1, small_form())
        assert first is not None
        assert second is not None
        then = file.report_after(report.id, first.operation, small_form())
    assert (first.number, first.who) == (1, "Ana")
    assert first.checksum == report.submissions["1"].checksum != second.checksum
    assert first.at == report.submissions["1"].at
    assert then.status == "submitted"
    assert list(then.submissions) == ["1"]
    assert then.submissions["1"].taken_back is None


def test_every_bit_that_changes_in_a_submission_is_noticed(submitted: Path) -> None:
    connection = sqlite3.connect(submitted)
    (text,) = connection.execute("SELECT content FROM submissions WHERE number = 1").fetchone()
    connection.close()
    drawn = random.Random(7)
    whole = text.encode()
    for _try in range(12):
        spoiled = bytearray(whole)
        spoiled[drawn.randrange(len(whole))] ^= 1
        change(
            submitted,
            "UPDATE submissions SET content = ? WHERE number = 1",
            bytes(spoiled).decode("utf-8", "replace"),
        )
        assert damages(submitted) == ["Submission 1 of report 1 is no longer what was submitted."]
    change(submitted, "UPDATE submissions SET content = ? WHERE number = 1", text)
    assert damages(submitted) == []


@pytest.mark.parametrize(
    "column", ["at = '2026'", "who = 'Zoë'", "checksum = 'f'", "operation = 1", "digest = x'00'"]
)
def test_so_is_whatever_is_said_of_it(submitted: Path, column: str) -> None:
    change(submitted, f"UPDATE submissions SET {column} WHERE number = 2")
    assert damages(submitted) == ["Submission 2 of report 1 is no longer what was submitted."]


def test_a_submission_that_is_gone_is_noticed(submitted: Path) -> None:
    change(submitted, "DELETE FROM submissions WHERE number = 1")
    assert damages(submitted) == ["What was submitted as submission 1 of report 1 is missing."]


def test_a_rebuilt_file_keeps_the_submissions(submitted: Path, tmp_path: Path) -> None:
    target = tmp_path / "saved.adesk"
    assert rebuilt(submitted, target).lost == []
    assert damages(target) == []
    assert records(target) == {"1": True, "2": True}
    with ReportFile.open(target, "read") as file:
        report = file.load(1, small_form())
    assert report.status == "submitted"
    assert report.submissions["1"].taken_back is not None


def test_of_a_damaged_submission_what_is_known_stays(submitted: Path, tmp_path: Path) -> None:
    change(submitted, "UPDATE submissions SET content = 'x' WHERE number = 1")
    target = tmp_path / "saved.adesk"
    assert rebuilt(submitted, target).lost == [
        "What was sent as submission 1 of report 1 is damaged and was not kept. The report still says that it"
        " was submitted, but that package cannot be made again."
    ]
    assert damages(target) == []
    assert records(target) == {"1": False, "2": True}
    with ReportFile.open(target, "write") as file:
        # The file takes words again, and the next number is the next one.
        session = EntrySession(file.load(1, small_form()), IntoTheFile(file), who="Ana")
        session.amend()
        assert session.submit().number == 3
    assert damages(target) == []


def test_of_a_submission_that_only_its_content_is_left_of_the_report_knows_again(
    submitted: Path, tmp_path: Path
) -> None:
    change(submitted, "DELETE FROM answers WHERE path = 'submission/2'")
    change(submitted, "UPDATE changes SET new = 'x' WHERE path = 'submission/2'")
    target = tmp_path / "saved.adesk"
    rebuilt(submitted, target)
    assert damages(target) == []
    assert records(target) == {"1": True, "2": True}


def test_a_submission_keeps_what_was_sent_when_it_is_removed_for_good(submitted: Path) -> None:
    with ReportFile.open(submitted, "write") as file:
        report = file.load(1, small_form())
        words = str(report.plain(AUTHORITY))
        session = EntrySession(report, IntoTheFile(file), who="Ana")
        session.amend("A name must go")
        session.remove_for_good([AUTHORITY], "a name")
        found = traces_of(file, session.report, words)
        stored = file.submission(report.id, 2)
    assert [(trace.kind, trace.name) for trace in found] == [("submission", "1"), ("submission", "2")]
    assert stored is not None
    assert words in stored.text
    assert damages(submitted) == []


def test_what_was_submitted_is_no_change_of_the_answers(submitted: Path) -> None:
    with ReportFile.open(submitted, "read") as file:
        report = file.load(1, small_form())
        steps = [each for each in file.moments(report.id) if each.kind is OperationKind.STATUS]
        assert [each.step for each in reversed(steps)] == ["submitted", "taken_back", "submitted"]
        assert steps[1].note == "A page was missing"
        before, after = file.compared(report.id, steps[0].seq - 1, None)
    assert {*before, *after} == {"#status", "submission/2"}
