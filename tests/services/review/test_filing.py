"""Review comments in a real report file: kept, verified, removed for good, carried to another form."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop_app.exchange.review.returned import ReturnedIdentity, ReturnedReview, ReturnedWorkbook
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.journal import Document
from desktop_app.report.report import Report
from desktop_app.report.review import ReviewComment, comment_path, threads_of, write_comment
from desktop_app.services.compared import Fate, compared_parts, compared_places
from desktop_app.services.doctor import salvage
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.form_upgrade import upgrade_file
from desktop_app.services.history import compare, traces_of, versions_of
from desktop_app.services.reports import read_report
from desktop_app.services.review import ReadWorkbook, answer, apply, preview, set_status
from desktop_app.services.review.filing import look, review_file
from desktop_app.storage.errors import FileInUseError
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.form_versions import FIRST_ROW, first_file, versioned_library
from tests.support.report_files import everything_in, make_file
from tests.support.reviewed import Reviewed

PATIENCE = 60.0
NAME = "Zoë Kowalczyk"


@pytest.fixture
def path(tmp_path: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example in a file of its own."""
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))
    folder = tmp_path / "reports"
    folder.mkdir()
    return make_file(folder / "albania.adesk", report)


@pytest.fixture
def workbook(reviewed: Reviewed) -> Path:
    """A workbook with a comment."""
    reviewed.comment(3, f"Ask {NAME} about it", decision="correction", reviewer="Ana")
    return reviewed.saved()


def kept(path: Path, comment: ReviewComment, comment_id: str = "1") -> None:
    """Put a comment into the newest report of a file."""
    with ReportFile.open(path, "write") as file:
        change = Change(comment_path(comment_id), None, write_comment(comment))
        file.record(Operation(file.reports()[-1].id, OperationKind.COMMENT, (change,)))


def test_a_comment_is_in_the_file_and_its_log(path: Path, workbook: Path) -> None:
    assert look(path, workbook).has_news
    assert not read_report(path).comments
    filed = review_file(path, workbook, who="Ana")
    assert filed.applied.comments == 1 and not filed.no_backup
    (thread,) = threads_of(read_report(path))
    assert thread.first.decision == "correction"
    with ReportFile.open(path, "read") as file:
        report_id = file.reports()[0].id
        assert file.verify_chain() == []
        (source,) = file.sources(report_id)
        assert (source.name, source.content) == (workbook.name, workbook.read_bytes())
        assert file.moments(report_id)[0].note == workbook.name
    again = review_file(path, workbook)
    assert again.applied.is_nothing and not again.preview.has_news
    with ReportFile.open(path, "read") as file:
        assert len(file.sources(report_id)) == 1


def test_a_window_has_the_file_open(path: Path, workbook: Path) -> None:
    before = everything_in(path.parent)
    with ReportFile.open(path, "write", who="Ana"):
        with pytest.raises(FileInUseError, match="Ana"):
            review_file(path, workbook)
        assert look(path, workbook).has_news
    assert everything_in(path.parent) == before


def test_through_the_worker_of_a_window(path: Path, workbook: Path) -> None:
    """Comment, workbook and answer are on disk together, and undo works across a restart."""
    held = look(path, workbook)
    worker = FileWorker(path, "Ana")
    worker.opened.result(PATIENCE)
    report = read_report(path)
    session = EntrySession(report, worker, who="Ana")
    apply(session, held, held.proposed())
    answer(session, held.comments[0].id, "In the annex")
    set_status(session, held.comments[0].id, "resolved")
    assert worker.flush(PATIENCE) and worker.durability.is_saved
    assert worker.close(PATIENCE)
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == [] and len(file.sources(report.id)) == 1
        log = file.operations(report.id)
    found = read_report(path)
    assert found.comments == report.comments and len(found.comments) == 2
    worker = FileWorker(path, "Ana")
    worker.opened.result(PATIENCE)
    session = EntrySession(found, worker, log, who="Ana")
    for _step in range(3):
        session.undo()
    assert found.comments == {}
    session.redo()
    assert worker.close(PATIENCE)
    assert len(read_report(path).comments) == 1
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []


def test_the_same_document_is_kept_once(path: Path, report: Report) -> None:
    document = Document("returned.xlsx", "application/x", b"PK words")
    with ReportFile.open(path, "write") as file:
        file.keep_document(report.id, document)
        file.keep_document(report.id, document)
        file.keep_document(report.id, Document("other.xlsx", "application/x", b"PK others"))
        assert [source.content for source in file.sources(report.id)] == [b"PK words", b"PK others"]
        file.purge(report.id, ["source/1"], "a name")
        file.keep_document(report.id, document)
        assert [source.content for source in file.sources(report.id)] == [b"", b"PK others", b"PK words"]
        assert file.verify_chain() == []


def test_removed_for_good(path: Path, report: Report) -> None:
    kept(path, ReviewComment("T1", words=f"Ask {NAME} about it"))
    report = read_report(path)
    with ReportFile.open(path, "read") as file:
        assert [trace.path for trace in traces_of(file, report, "kowalczyk")] == ["comment/1"]
    worker = FileWorker(path, "Ana")
    worker.opened.result(PATIENCE)
    EntrySession(report, worker, who="Ana").remove_for_good(["comment/1"], "a name")
    assert worker.close(PATIENCE)
    assert not read_report(path).comments
    assert not [name for name, data in everything_in(path.parent).items() if b"Kowalczyk" in data]
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []


def test_the_history_of_a_comment(path: Path, report: Report) -> None:
    comment = ReviewComment("T1", words="Why?", reviewer="Zoë")
    kept(path, comment)
    found = read_report(path)
    with ReportFile.open(path, "read") as file:
        (version,) = versions_of(file, found.id, "comment/1")
        assert version.value == write_comment(comment)
        (place,) = compared_places(found, compare(file, found.id, 1))
    assert (place.path, place.fate) == ("comment/1", Fate.ADDED)
    (part,) = compared_parts(found, place, Labels(found.form, "en"))
    assert (part.before, part.after) == ("", "Zoë\nWhy?")


@pytest.mark.parametrize("damage", ["", "UPDATE operations SET who = 'nobody' WHERE seq = 1"])
def test_saved_from_a_damaged_file(path: Path, tmp_path: Path, damage: str) -> None:
    """From the log, or where that is damaged from the tables."""
    comment = ReviewComment("T1", words="Why?", reviewer="Zoë", status="answered")
    kept(path, comment)
    if damage:
        connection = sqlite3.connect(path)
        connection.execute(damage)
        connection.commit()
        connection.close()
    saved = salvage(path, tmp_path / "new.adesk")
    assert read_report(saved.target).comments == {"1": comment}
    assert not [line for line in saved.lost if "“" in line]
    with ReportFile.open(saved.target, "read") as file:
        assert file.verify_chain() == []


def test_a_changed_comment_is_found_when_the_file_is_verified(path: Path) -> None:
    kept(path, ReviewComment("T1", words="Why?"))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE answers SET value = replace(value, 'Why', 'Who') WHERE path = 'comment/1'")
    connection.commit()
    connection.close()
    with ReportFile.open(path, "read") as file:
        assert "comment/1" in str(file.verify_chain())


# Another version of the form


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FormLibrary:
    """A form with two versions, the second with nearly everything moved."""
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("ALLIANCE_DESK_FORMS", str(tmp_path / "forms"))
    return versioned_library(tmp_path, "1", "2")


ABOUT = {
    "row": f"A.planned/{FIRST_ROW}",
    "field": f"A.planned/{FIRST_ROW}/time",
    "goal": "A.goals/A.G1",
    "section": "A",
    "answer": "cover.authority",
    "gone": "cover.old_note",
    "whole": "",
    "nowhere": "Z.nothing/1",
}


def test_comments_go_along_with_what_they_are_about(tmp_path: Path, versions: FormLibrary) -> None:
    path = first_file(tmp_path / "a.adesk", versions)
    for comment_id, about in ABOUT.items():
        kept(path, ReviewComment(about, words=comment_id), comment_id)
    upgrade_file(path, versions)
    comments = read_report(path).comments
    assert set(comments) == set(ABOUT)
    form = versions.form("tiny", "2")
    for comment_id, comment in comments.items():
        head = comment.about.partition("/")[0]
        assert not comment.about or form.list_at(head) or form.field_at(head) or form.section(head), (
            comment_id
        )
        if comment.about != ABOUT[comment_id]:
            assert comment.more["was_about"] == ABOUT[comment_id]
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []


def test_a_workbook_of_the_version_before(tmp_path: Path, versions: FormLibrary) -> None:
    path = first_file(tmp_path / "a.adesk", versions)
    old = read_report(path)
    identity = ReturnedIdentity(
        1, "", "tiny", "1", old.form.hash, old.id, old.country, old.cycle, old.language
    )
    reviews = [
        ReturnedReview(about, None, name, "", "Zoë", None, "official", "Review!M3")
        for name, about in ABOUT.items()
        if name in ("row", "goal")
    ]
    returned = ReturnedWorkbook(identity, tuple(reviews), (), (), (), (), b"", "0" * 64)
    upgrade_file(path, versions)
    held = preview(read_report(path), ReadWorkbook("r.xlsx", b"", returned), versions)
    assert not held.refusals
    assert "The workbook was made with version 1 of the form, the report has version 2." in held.warnings[0]
    for name in ("row", "goal"):
        kept(first_file(tmp_path / f"{name}.adesk", versions), ReviewComment(ABOUT[name]), name)
        upgrade_file(tmp_path / f"{name}.adesk", versions)
    carried = [read_report(tmp_path / f"{name}.adesk").comments[name].about for name in ("row", "goal")]
    # In the order of the report: goals stand before the rows.
    assert [each.comment.about for each in held.comments] == carried[::-1]
