"""The bytes of attached files: there before what names them, once, whole, and gone when removed for good."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.field_checks import LARGEST_ATTACHMENT
from desktop_app.report.journal import Document
from desktop_app.report.report import Report
from desktop_app.services.entry_session import EntrySession
from desktop_app.storage.hand_overs import KeptAttachment
from desktop_app.storage.rebuilding import rebuild
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.protected import ProtectedReportFile, make_protected_file
from tests.support.report_files import everything_in, make_file
from tests.support.small_form import FIRST_ROW, filled_report, small_form

PATIENCE = 60.0
ROW = f"T1.planned/{FIRST_ROW}"
NAMES = b"A list of names that nobody was to see. "
CONTENT = NAMES * 100_000
"""Four million bytes: more than a piece, and more than SQLite keeps in memory."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept(report: Report, content: bytes = CONTENT, name: str = "names.txt") -> KeptAttachment:
    return KeptAttachment(report.id, sha256(content), Document(name, "text/plain", content))


def attaching(
    report: Report, key: str, content: bytes = CONTENT, name: str = "names.txt", about: str = ROW
) -> Operation:
    plain = {"path": about, "name": name, "sha256": sha256(content), "size": len(content)}
    change = Change(f"attached/{key}", report.plain(f"attached/{key}"), plain)
    report.apply(change)
    return Operation(report.id, OperationKind.ATTACH, (change,))


def detaching(report: Report, key: str) -> Operation:
    change = Change(f"attached/{key}", report.plain(f"attached/{key}"), None)
    report.apply(change)
    return Operation(report.id, OperationKind.DETACH, (change,))


def content(file: ReportFile, report: Report, wanted: str) -> bytes:
    pieces: list[bytes] = []
    file.read_attachment(report.id, wanted, pieces.append)
    assert all(len(piece) <= 1024 * 1024 for piece in pieces)
    return b"".join(pieces)


def holding(folder: Path, words: bytes) -> list[str]:
    return [name for name, found in everything_in(folder).items() if words in found]


def test_the_bytes_come_back_as_they_were(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1")])
    with ReportFile.open(path, "read") as file:
        assert content(file, report, sha256(CONTENT)) == CONTENT
        (facts,) = file.attachments(report.id)
        assert (facts.name, facts.media_type, facts.size) == ("names.txt", "text/plain", len(CONTENT))
        assert file.load(1, small_form()).attached == report.attached
        assert file.verify_chain() == []
        with pytest.raises(KeyError):
            content(file, report, "0" * 64)


def test_the_same_bytes_are_kept_once(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1")])
        size = path.stat().st_size
        file.keep([kept(report, name="again.txt"), attaching(report, "2", name="again.txt")])
        assert len(file.attachments(report.id)) == 1
        assert path.stat().st_size - size < 100_000


def test_an_empty_list_of_files(path: Path, report: Report) -> None:
    with ReportFile.open(path, "read") as file:
        assert file.attachments(report.id) == []
        assert file.attached_once(report.id, ROW) == []


def test_what_was_taken_off_can_come_back(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1")])
        file.record(detaching(report, "1"))
        assert content(file, report, sha256(CONTENT)) == CONTENT
        assert file.attached_once(report.id, ROW) == ["attached/1"]
        assert file.attached_once(report.id, "cover.authority") == []


def test_the_largest_file_fits_and_words_typed_behind_it_are_kept(path: Path, report: Report) -> None:
    large = bytes(range(256)) * (LARGEST_ATTACHMENT // 256)
    worker = FileWorker(path)
    worker.opened.result(PATIENCE)
    session = EntrySession(report, worker)
    session.attach([(sha256(large), Document("large.bin", "", large))], attaching(report, "1", large).changes)
    session.set_state("T1.undertaken", None)
    session.set_confidential("T1.planned", True)
    assert worker.flush(PATIENCE)
    assert worker.close(PATIENCE)
    with ReportFile.open(path, "read") as file:
        assert content(file, report, sha256(large)) == large
        assert "T1.planned" in file.load(1, small_form()).confidential


def test_a_protected_file_keeps_them_too(tmp_path: Path, report: Report) -> None:
    path = make_protected_file(tmp_path / "protected.adesk", report)
    with ProtectedReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1")])
        assert file.verify_chain() == []
        found: list[bytes] = []
        file.read_attachment(report.id, sha256(CONTENT), found.append)
        assert b"".join(found) == CONTENT
    assert holding(tmp_path, NAMES) == []


# Damage


def damaged(path: Path, statement: str) -> list[str]:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()
    with ReportFile.open(path, "read") as file:
        return [damage.sentence for damage in file.verify_chain()]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attachments SET content = substr(content, 2)",
        "UPDATE attachments SET content = x''",
        "UPDATE attachments SET name = 'other.txt'",
        f"UPDATE attachments SET sha256 = '{'0' * 64}'",
    ],
)
def test_a_file_that_is_not_what_was_attached_is_damage(path: Path, report: Report, statement: str) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1")])
    assert any("is no longer what was attached" in sentence for sentence in damaged(path, statement))


def test_salvaging_brings_the_whole_ones_along(path: Path, report: Report, tmp_path: Path) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1"), kept(report, b"second", "b.txt")])
    damaged(path, f"UPDATE attachments SET content = x'00' WHERE sha256 = '{sha256(b'second')}'")
    saved = rebuild(
        path,
        tmp_path / "saved.adesk",
        form_of=lambda _id, _version: small_form(),
        name_report=lambda _number, _answers: None,
    )
    assert any("b.txt" in sentence for sentence in saved.lost)
    with ReportFile.open(saved.target, "read") as file:
        assert content(file, report, sha256(CONTENT)) == CONTENT
        assert len(file.attachments(report.id)) == 1
        assert file.verify_chain() == []


# Removing for good


@pytest.mark.parametrize("place", ["attached/1", ROW, f"{ROW}/description"])
def test_removed_for_good_no_byte_is_left(tmp_path: Path, report: Report, place: str) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    path = make_file(folder / "albania.adesk", report)
    about = place if place.startswith("T1") else ROW
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1", about=about)])
        assert holding(folder, NAMES)
        file.purge(report.id, [place], "names")
        assert file.attachments(report.id) == []
        assert file.verify_chain() == []
    assert holding(folder, NAMES) == []
    assert holding(folder, b"names.txt") == []


def test_a_file_that_was_taken_off_before_goes_with_its_row(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1"), detaching(report, "1")])
        file.purge(report.id, [ROW], "names")
        assert file.attachments(report.id) == []
        assert file.verify_chain() == []


def test_an_answer_that_is_a_file_goes_with_its_bytes(path: Path, report: Report) -> None:
    annex = {"name": "annex.txt", "sha256": sha256(CONTENT), "size": len(CONTENT)}
    change = Change(f"{ROW}/annex", report.plain(f"{ROW}/annex"), annex)
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), Operation(report.id, OperationKind.ATTACH, (change,))])
        file.purge(report.id, [f"{ROW}/annex"], "names")
        assert file.attachments(report.id) == []


def test_bytes_that_another_answer_has_too_stay(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.keep([kept(report), attaching(report, "1"), attaching(report, "2", about="cover.authority")])
        file.purge(report.id, ["attached/1"], "names")
        assert content(file, report, sha256(CONTENT)) == CONTENT
        assert file.verify_chain() == []


def test_bytes_that_a_submission_has_stay(path: Path, report: Report) -> None:
    worker = FileWorker(path)
    worker.opened.result(PATIENCE)
    session = EntrySession(report, worker)
    document = Document("names.txt", "text/plain", CONTENT)
    session.attach([(sha256(CONTENT), document)], attaching(report, "1").changes)
    session.submit()
    session.take_back("Names were in it")
    session.remove_for_good(["attached/1"], "names")
    assert worker.flush(PATIENCE)
    assert worker.close(PATIENCE)
    with ReportFile.open(path, "read") as file:
        assert content(file, report, sha256(CONTENT)) == CONTENT
        assert file.load(1, small_form()).attached == {}


def test_other_reports_of_the_file_keep_theirs(path: Path, report: Report) -> None:
    other = filled_report()
    with ReportFile.open(path, "write") as file:
        file.add_report(other, attachments=[kept(other)])
        file.keep([kept(report), attaching(report, "1")])
        file.purge(report.id, ["attached/1"], "names")
        assert file.attachments(report.id) == []
        assert content(file, other, sha256(CONTENT)) == CONTENT
