"""Unfinished comments in a report file: kept like an open edit, and never part of what the report says."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from desktop_app.runtime.dataclass import replace
from desktop_app.storage.backups import read_content
from desktop_app.storage.copy_record import folder_for
from desktop_app.storage.errors import NoSuchReportError
from desktop_app.storage.format import FORMAT
from desktop_app.storage.rebuilding import rebuild
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.working_copy import WorkingCopy
from tests.support.small_form import FIRST_ROW, small_form

ROW = f"T1.planned/{FIRST_ROW}"


def draft(report: Report, words: str, place: str = ROW, id: str = "d1") -> CommentDraft:
    return CommentDraft(report.id, id, place, words, "Ana", "2026-11-26T10:00:00.000Z")


def drafts_in(path: Path) -> list[CommentDraft]:
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
        return list(file.load(1, small_form()).drafts.values())


def recorded(report: Report, id: str, words: str) -> Operation:
    said = write_comment(ReviewComment(ROW, "country", words=words))
    return Operation(report.id, OperationKind.COMMENT, (Change(comment_path(id), None, said),))


def test_a_draft_is_kept_with_its_last_words_and_is_no_content(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        before = report_to_plain(file.load(1, report.form))
        steps = len(file.operations(report.id))
        file.keep([draft(report, "The Min"), draft(report, "The Ministry")])
        file.keep([draft(report, "An answer", comment_path("c1"), "d2")])
        assert len(file.operations(report.id)) == steps
        assert report_to_plain(file.load(1, report.form)) == before
    found = drafts_in(path)
    assert found == [draft(report, "The Ministry"), draft(report, "An answer", comment_path("c1"), "d2")]
    assert [each.answers for each in found] == [None, "c1"]
    with ReportFile.open(path, "write") as file:
        # Nothing is recovered of it: it is no change.
        assert file.recovered == ()


def test_blank_words_and_the_comment_itself_end_a_draft(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([draft(report, "One"), draft(report, "Two", id="d2"), draft(report, "Three", id="d3")])
        file.keep([draft(report, " \n")])
        file.record(recorded(report, "d2", "Two, said"))
        assert [each.words for each in file.load(1, report.form).drafts.values()] == ["Three"]
    assert [each.words for each in drafts_in(path)] == ["Three"]
    assert b"One" not in path.read_bytes()


def test_a_draft_of_no_report_is_refused(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file, pytest.raises(NoSuchReportError):
        file.keep([replace(draft(report, "Words"), report="another")])


def test_a_draft_that_is_not_what_was_written_is_found(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([draft(report, "The Ministry")])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE comments SET words = 'The ministry'")
    connection.close()
    with ReportFile.open(path, "read") as file:
        (damage,) = file.verify_chain()
    assert damage.sentence.startswith(f"A review comment on “{ROW}” in report 1 is no longer")


def test_a_draft_is_in_the_format_that_earlier_programs_read(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([draft(report, "The Ministry")])
    with sqlite3.connect(path) as connection:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        kept = connection.execute("SELECT path, words, status, answers_to FROM comments").fetchall()
    connection.close()
    assert (found, FORMAT) == (2, 2)
    assert kept == [(ROW, "The Ministry", "draft", None)]


def test_a_rebuilt_file_has_the_drafts_and_says_so(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([draft(report, "The Ministry"), draft(report, "Spoilt", id="d2")])
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE comments SET words = 'Spoiled' WHERE id = 'd2'")
    connection.close()
    new = path.with_name("saved.adesk")
    saved = rebuild(path, new, form_of=lambda *_names: report.form, name_report=lambda *_facts: None)
    assert "An unfinished comment or answer of report 1; it stands beside its place." in saved.saved
    assert f"A review comment on “{ROW}” in report 1 is damaged and was not kept." in saved.lost
    assert drafts_in(new) == [draft(report, "The Ministry")]


def test_a_draft_can_be_removed_for_good(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([draft(report, "The informant Lulzim")])
        file.purge(report.id, [comment_path("d1")], "A name")
    assert drafts_in(path) == []
    assert b"Lulzim" not in path.read_bytes()


def test_a_report_saved_anew_takes_its_drafts_along(path: Path, report: Report, tmp_path: Path) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([draft(report, "The Ministry")])
        loaded = file.load(1, report.form)
    copy = tmp_path / "copy.adesk"
    ReportFile.create(copy, fill=lambda file: file.add_report(loaded)).close()
    assert drafts_in(copy) == [draft(report, "The Ministry")]


def test_a_backup_is_due_when_only_a_draft_has_changed(path: Path, report: Report) -> None:
    before = read_content(path)
    with ReportFile.open(path, "write") as file:
        file.keep([draft(report, "The Ministry")])
    after = read_content(path)
    assert before is not None
    assert after is not None
    assert before.head == after.head
    assert before.drafts != after.drafts


def test_a_working_copy_brings_a_draft_to_its_place(path: Path, report: Report, tmp_path: Path) -> None:
    working = WorkingCopy.check_out(path, tmp_path / "copies", "Ana")
    with ReportFile.open(working.path, "write") as file:
        file.keep([draft(report, "The Ministry")])
    assert working.write_back()
    assert working.release()
    assert drafts_in(path) == [draft(report, "The Ministry")]


def test_a_draft_left_in_a_working_copy_is_not_thrown_away(
    path: Path, report: Report, tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    working = WorkingCopy.check_out(path, copies, "Ana")
    with ReportFile.open(working.path, "write") as file:
        file.keep([draft(report, "The Ministry")])
    working._own_lock.release()
    if working._lock is not None:
        working._lock.release()
    with ReportFile.open(path, "write") as file:
        # Somebody else went on at the place.
        file.record(recorded(report, "c9", "Theirs"))
    again = WorkingCopy.check_out(path, copies, "Ana")
    assert folder_for(path, copies).is_dir()
    assert again.conflict is not None
    assert drafts_in(again.path) == [draft(report, "The Ministry")]
    again._own_lock.release()
    if again._lock is not None:
        again._lock.release()
