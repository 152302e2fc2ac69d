"""What was submitted is put together again as it was, whatever became of the report since."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.exchange.package import write_package
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.content import submission_bytes
from desktop_app.report.submissions import SubmissionRecord
from desktop_app.report.text.model import Text
from desktop_app.services.attachments import attach, file_of
from desktop_app.services.collected_journal import CollectedJournal
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.form_upgrade import upgrade_file
from desktop_app.services.form_versions import load_report
from desktop_app.services.reports import form_library, read_report
from desktop_app.services.review.talking import comment
from desktop_app.services.submitting import (
    NoSubmissionError,
    Sent,
    SubmissionChangedError,
    accept_warning,
    change_file,
    differences_since,
    draft_sending,
    file_state,
    preflight,
    sent,
    submissions,
    submit,
)
from desktop_app.services.verifying import verify
from desktop_app.storage.protection import Key
from desktop_app.storage.report_file import ReportFile
from tests.support.form_versions import first_file, versioned_library
from tests.support.protected import key as protected_key
from tests.support.workbooks import COMMITMENTS, FORMS, example

AUTHORITY = "cover.authority"
LIST = "T1.planned"


def talked_about(session: EntrySession) -> None:
    """Before it is submitted: a warning accepted, a row in the bin that was talked about."""
    row = session.report.lists[LIST].rows[0].id
    accept_warning(session, AUTHORITY, "required", "It is the state itself.")
    comment(session, f"{LIST}/{row}", "Is this still planned?")
    session.remove_rows(LIST, [row])


def changed(session: EntrySession) -> None:
    """After that: another answer, another comment, a row more, and one back from the bin."""
    session.set_value(AUTHORITY, Text.plain("Ministry of Justice"))
    comment(session, AUTHORITY, "Now it is there.")
    session.restore_row(LIST, next(iter(session.report.lists[LIST].bin)))
    session.add_row(LIST, {"description": Text.plain("Train every judge")})


def read_sent(path: Path, number: int, key: Key | None = None, library: FormLibrary | None = None) -> Sent:
    with ReportFile.open(path, "read", key=key) as file:
        report = file.load(1, form_library().form(COMMITMENTS))
        return sent(file, report, number, library or form_library(), key=key)


def package(found: Sent, folder: Path) -> bytes:
    """Without documents, which take their time and are others' concern."""
    sending = dataclasses.replace(found.sending, documents=False)
    return write_package(found.report, folder, sending).path.read_bytes()


def do(path: Path, *steps: object, key: Key | None = None) -> None:
    for step in steps:
        assert callable(step)
        change_file(path, None, step, who="Ana", key=key)


def amend(session: EntrySession) -> None:
    session.amend("As asked")


def test_the_package_of_a_submission_is_the_same_for_ever(path: Path, tmp_path: Path) -> None:
    do(path, talked_about)
    expected = submission_bytes(read_report(path))
    do(path, submit)
    first = package(read_sent(path, 1), tmp_path / "at once")
    do(path, lambda session: comment(session, "T1.goals", "A word after it was sent."))
    assert package(read_sent(path, 1), tmp_path / "after a comment") == first
    do(path, amend, changed, submit)
    again = read_sent(path, 1)
    assert package(again, tmp_path / "after an amendment") == first
    assert again.notices == ()
    with zipfile.ZipFile(tmp_path / "at once" / "al-ga-commitments-2013.1-2013-s1.zip") as found:
        assert found.read("data.json") == expected
        manifest = json.loads(found.read("manifest.json"))
    assert manifest["submission"] == 1
    assert manifest["submitted"]["by"] == "Ana"
    assert manifest["previous"] is None


def test_what_was_removed_for_good_since_is_all_that_its_workbook_lacks(path: Path, tmp_path: Path) -> None:
    """Personal data that reached a comment must be gone everywhere; whatever was sent besides stays."""
    do(path, talked_about, lambda session: comment(session, AUTHORITY, "Fine."), submit)
    before = read_sent(path, 1)
    first = package(before, tmp_path)
    asked = next(key for key, each in before.report.comments.items() if "still planned" in each.words)
    do(path, lambda session: session.remove_for_good([f"comment/{asked}"], "a name"))
    again = read_sent(path, 1)
    assert {
        key: each for key, each in before.report.comments.items() if key != asked
    } == again.report.comments
    with (
        zipfile.ZipFile(io.BytesIO(first)) as old,
        zipfile.ZipFile(io.BytesIO(package(again, tmp_path / "again"))) as new,
    ):
        others = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert others == {"report.xlsx", "manifest.json"}
        workbooks = [load_workbook(io.BytesIO(each.read("report.xlsx"))) for each in (old, new)]
    lost = {
        (sheet.title, cell.value)
        for sheet, now in zip(workbooks[0], workbooks[1], strict=True)
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value and cell.value not in {each.value for row in now.iter_rows() for each in row}
    }
    # The hidden sheet has the fingerprint of each row, and the removed one goes with its comment.
    assert {title for title, _words in lost} == {"Review", "_meta"}
    assert any("Is this still planned?" in str(words) for _title, words in lost)


def test_the_second_points_to_the_first_and_says_what_changed(path: Path, tmp_path: Path) -> None:
    do(path, talked_about, submit, amend, changed, submit)
    second = read_sent(path, 2)
    assert second.sending.previous is not None
    assert second.sending.previous.number == 1
    first = read_report(path).submissions["1"]
    assert second.sending.previous.checksum == first.checksum
    data = package(second, tmp_path)
    with zipfile.ZipFile(tmp_path / "al-ga-commitments-2013.1-2013-s2.zip") as found:
        manifest = json.loads(found.read("manifest.json"))
        workbook = zipfile.ZipFile(found.open("report.xlsx")).read("xl/workbook.xml").decode()
    assert data
    assert manifest["previous"] == {"submission": 1, "content": first.checksum}
    assert 'name="Changes"' in workbook


def test_a_draft_is_compared_with_the_last_submission(path: Path) -> None:
    with ReportFile.open(path, "read") as file:
        assert draft_sending(file, read_report(path)).previous is None
    do(path, submit, amend)
    with ReportFile.open(path, "read") as file:
        sending = draft_sending(file, read_report(path))
    assert sending.submission is None
    assert sending.previous is not None
    assert sending.previous.number == 1
    assert sending.previous.content["status"] == "submitted"


def test_what_was_taken_back_is_not_compared_with(path: Path, tmp_path: Path) -> None:
    """Who holds submission 1 alone reads all that changed since, and that 2 does not count."""
    do(path, talked_about, submit, amend, changed, submit)
    sent_once = package(read_sent(path, 2), tmp_path / "once")
    do(path, lambda session: session.take_back("A page was missing"))
    with ReportFile.open(path, "read") as file:
        report = read_report(path)
        draft = draft_sending(file, report)
        found = preflight(report, file_state(file, report))
    assert draft.previous is not None
    assert draft.previous.number == 1
    assert found.last is not None
    assert found.last.number == 1
    assert found.is_unchanged is False
    do(path, submit)
    third = read_sent(path, 3)
    package(third, tmp_path)
    with zipfile.ZipFile(tmp_path / "al-ga-commitments-2013.1-2013-s3.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        strings = b"".join(
            zipfile.ZipFile(archive.open("report.xlsx")).read(name)
            for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
            if name in zipfile.ZipFile(archive.open("report.xlsx")).namelist()
        ).decode()
    assert manifest["previous"]["submission"] == 1
    assert (manifest["taken_back"], manifest["about"]) == ([2], "As asked")
    for said in ("What the amendment is about", "As asked", "Taken back", "Submission 2"):
        assert said in strings
    again = read_sent(path, 2)
    assert package(again, tmp_path / "again") == sent_once
    assert again.notices[0].startswith("Submission 2 was taken back on 20")
    assert again.notices[0].endswith(": A page was missing")
    told = verify(tmp_path / "again" / "al-ga-commitments-2013.1-2013-s2.zip", path)
    assert told.compared is not None
    assert told.compared.taken_back == "A page was missing"
    assert "It was taken back on 20" in told.lines[-1]
    told = verify(tmp_path / "al-ga-commitments-2013.1-2013-s3.zip")
    assert told.lines[-2:] == ["What it is about: As asked", "Taken back before it: Submission 2"]


def test_nothing_stands_when_all_were_taken_back(path: Path) -> None:
    do(path, submit, lambda session: session.take_back("A page was missing"), submit)
    assert read_sent(path, 2).sending.previous is None


def test_submissions_are_listed_with_what_became_of_them(path: Path) -> None:
    do(path, submit, lambda session: session.take_back("A page was missing"), submit, amend, submit)
    found = submissions(read_report(path))
    assert [(each.number, each.amendment_of) for each in found] == [(1, None), (2, None), (3, 2)]
    assert [each.taken_back.reason for each in found if each.taken_back] == ["A page was missing"]
    assert found[0].to_plain()["taken_back"]["who"] == "Ana"
    assert {each.who for each in found} == {"Ana"}


def test_what_is_not_there_is_said(path: Path) -> None:
    with pytest.raises(NoSubmissionError, match="There is no submission 1 of report 1 in"):
        read_sent(path, 1)
    report = read_report(path)
    report.submissions["1"] = SubmissionRecord(1, "", "Ana", "0" * 64, is_here=False)
    with (
        ReportFile.open(path, "read") as file,
        pytest.raises(NoSubmissionError, match="was lost when the file was damaged"),
    ):
        sent(file, report, 1, form_library())


def test_a_submission_needs_the_form_it_answered(path: Path, tmp_path: Path) -> None:
    do(path, submit)
    folder = tmp_path / "forms" / COMMITMENTS
    shutil.copytree(FORMS / COMMITMENTS, folder)
    (changed_form,) = folder.glob("*/form.toml")
    words = changed_form.read_text(encoding="utf-8")
    changed_form.write_text(words.replace("required = true", "required = false", 1), encoding="utf-8")
    with pytest.raises(SubmissionChangedError, match="which is not here as it was then"):
        read_sent(path, 1, library=FormLibrary([tmp_path / "forms"]))


def test_a_history_that_was_lost_leaves_the_answers_as_they_were(path: Path) -> None:
    do(path, talked_about, submit)
    expected = read_report(path).submissions["1"].checksum
    connection = sqlite3.connect(path)
    with connection:
        # What a rebuilt file may say: the report came to be with an answer that its form has no place for.
        connection.execute(
            "UPDATE changes SET path = 'cover.gone' WHERE path = 'cover.country' OR path = 'T1.goals'"
        )
    connection.close()
    found = read_sent(path, 1)
    assert "What reviewers had said by then is not known any more" in found.notices[0]
    assert found.report.comments == {}
    assert hashlib.sha256(submission_bytes(found.report)).hexdigest() == expected


def test_a_protected_file_gives_the_same(tmp_path: Path) -> None:
    opens = protected_key()
    protected = tmp_path / "protected.adesk"
    ReportFile.create(protected, fill=lambda file: file.add_report(example()), key=opens).close()
    do(protected, talked_about, submit, key=opens)
    one = package(read_sent(protected, 1, opens), tmp_path / "one")
    do(protected, amend, changed, submit, key=opens)
    assert package(read_sent(protected, 1, opens), tmp_path / "two") == one
    assert b"It is the state itself." not in protected.read_bytes()


def test_a_report_in_a_later_version_of_its_form_still_gives_what_was_sent(tmp_path: Path) -> None:
    library = versioned_library(tmp_path, "1", "2")
    path = first_file(tmp_path / "tiny.adesk", library)
    with ReportFile.open(path, "write") as file:
        report = file.load(1, library.form("tiny", "1"))
        journal = CollectedJournal()
        session = EntrySession(report, journal, who="Ana")
        expected = submission_bytes(report)
        comment(session, "cover.authority", "Before it was sent.")
        session.submit()
        session.amend()
        file.keep(journal.items)
    upgrade_file(path, library, version="2", who="Ana")
    with ReportFile.open(path, "read") as file:
        report = load_report(file, file.reports()[0], library).report
        found = sent(file, report, 1, library)
        changed = differences_since(file, report, 1, lambda: library)
    assert (report.form.version, found.report.form.version) == ("2", "1")
    assert submission_bytes(found.report) == expected
    assert [each.about for each in found.report.comments.values()] == ["cover.authority"]
    assert found.notices == ()
    # Moving to another version is no change of what was said.
    assert "cover.ministry" not in {each.path for each in changed or ()}


def test_an_attached_file_that_was_sent_is_kept_for_ever(path: Path, tmp_path: Path) -> None:
    row = read_report(path).lists[LIST].rows[0].id
    law = file_of("law.pdf", b"%PDF-1.4 a law")

    def attached(session: EntrySession) -> None:
        attach(session, f"{LIST}/{row}", [law])

    def removed(session: EntrySession) -> None:
        session.amend("A name stood in it")
        session.remove_for_good([f"{LIST}/{row}"], "a name")

    do(path, attached, submit)
    first = package(read_sent(path, 1), tmp_path / "at once")
    with zipfile.ZipFile(tmp_path / "at once" / "al-ga-commitments-2013.1-2013-s1.zip") as found:
        assert any(name.startswith("attachments/") for name in found.namelist())
    do(path, removed)
    assert read_report(path).attached == {}
    assert package(read_sent(path, 1), tmp_path / "after the removal") == first
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
