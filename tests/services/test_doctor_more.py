"""What the doctor saves beside the answers, of protected files, and when a disk fails for a moment."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.services.backups import BY_HAND, list_backups, make_backup, restore_backup
from desktop_app.services.doctor import examine, salvage
from desktop_app.services.importing import import_document
from desktop_app.services.reports import UnknownCountryError, read_report
from desktop_app.storage.errors import ProtectedFileError, WrongPassphraseError
from desktop_app.storage.rebuilding import NothingSavedError
from desktop_app.storage.records import (
    SourceDocument,
    attachment_digest,
    comment_digest,
    submission_digest,
)
from desktop_app.storage.report_file import ReportFile
from tests.support.protected import key
from tests.support.report_files import ROOT, edit, make_file
from tests.support.small_form import FIRST_ROW, filled_report, small_form

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"


@pytest.fixture
def report() -> Report:
    return filled_report()


@pytest.fixture
def path(tmp_path: Path, report: Report) -> Path:
    folder = tmp_path / "damaged"
    folder.mkdir()
    return make_file(folder / "albania.adesk", report)


def change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
    connection.close()


def rows_of(path: Path, table: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
    connection.close()
    return rows


def fill_the_rest(path: Path) -> None:
    """A submission, an attachment, and a thread of two review comments."""
    submitted: dict[str, Any] = {"report": 1, "number": 1, "operation": 1, "at": "2013-05-02", "who": "Ana"}
    submitted |= {"checksum": "c", "content": "{}"}
    attached: dict[str, Any] = {
        "report": 1,
        "sha256": "",
        "name": "a.pdf",
        "media_type": "application/pdf",
        "at": "2013",
    }
    content = b"%PDF"
    attached["sha256"] = SourceDocument("", "", content).sha256
    first: dict[str, Any] = {
        "id": "z",
        "report": 1,
        "path": "cover.authority",
        "answers_to": None,
        "decision": "ok",
    }
    first |= {"words": "Why?", "who": "Ben", "at": "2014", "status": "open"}
    answer = {**first, "id": "a", "answers_to": "z", "words": "Because"}
    with sqlite3.connect(path) as connection:
        for table, line, digest in (
            ("submissions", submitted, submission_digest(**submitted)),
            ("attachments", {**attached, "content": content}, attachment_digest(**attached)),
            ("comments", first, comment_digest(**first)),
            ("comments", answer, comment_digest(**answer)),
        ):
            line = {**line, "digest": digest}
            marks = ", ".join("?" for column in line)
            connection.execute(f"INSERT INTO {table} ({', '.join(line)}) VALUES ({marks})", [*line.values()])
    connection.close()


TABLES = ("submissions", "attachments", "comments")


def test_submissions_attachments_and_comments_are_saved(path: Path, tmp_path: Path) -> None:
    fill_the_rest(path)
    assert examine(path).is_sound
    saved = salvage(path, tmp_path / "new.adesk")
    assert saved.lost == []
    assert [rows_of(saved.target, table) for table in TABLES] == [rows_of(path, table) for table in TABLES]


def test_what_is_damaged_beside_the_answers_is_named(path: Path, tmp_path: Path) -> None:
    fill_the_rest(path)
    change(
        path,
        "UPDATE submissions SET content = '[]'",
        "UPDATE attachments SET content = x'00'",
        "UPDATE comments SET words = 'Who?' WHERE id = 'z'",
    )
    saved = salvage(path, tmp_path / "new.adesk")
    assert saved.lost == [
        "The document “a.pdf” of report 1 is damaged and was not kept.",
        "What was sent as submission 1 of report 1 is damaged and was not kept. The report still says that it"
        " was submitted, but that package cannot be made again.",
        "A review comment on “cover.authority” in report 1 is damaged and was not kept.",
    ]
    assert [rows_of(saved.target, table) for table in ("submissions", "attachments")] == [[], []]
    ((left, *_rest),) = rows_of(saved.target, "comments")
    assert left == "a"
    assert examine(saved.target).is_sound


def test_without_the_history_submissions_are_kept_all_the_same(path: Path, tmp_path: Path) -> None:
    fill_the_rest(path)
    change(path, "UPDATE operations SET who = 'Ben'")
    saved = salvage(path, tmp_path / "new.adesk")
    assert len(rows_of(saved.target, "submissions")) == 1
    assert examine(saved.target).is_sound


def test_what_was_removed_for_good_stays_removed(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "albania.adesk"
    source = SourceDocument("list.txt", "text/plain", b"The name of a child")
    with ReportFile.create(path, fill=lambda file: file.add_report(report, source=source)) as file:
        file.record(edit(report, DESCRIPTION, "The name of a child"))
        file.purge(report.id, [DESCRIPTION, "source/1"], "A name", "Ana")
        file.record(edit(report, "cover.authority", "Ministry"))
    whole = salvage(path, tmp_path / "whole.adesk")
    assert whole.lost == []
    # The removal itself can no longer be read: what it explains must not look like a damage.
    change(path, "UPDATE operations SET who = 'Ben' WHERE kind = 'purge'")
    part = salvage(path, tmp_path / "part.adesk")
    for saved in (whole, part):
        assert examine(saved.target).is_sound
        assert b"The name of a child" not in saved.target.read_bytes()
        with ReportFile.open(saved.target, "read") as file:
            assert file.load(1, small_form()).plain(DESCRIPTION) is None
    assert not [line for line in part.lost if "list.txt" in line or DESCRIPTION in line]


def test_a_form_is_never_guessed_from_a_few_places(path: Path, tmp_path: Path) -> None:
    change(path, "UPDATE reports SET country = 'XX'")
    with pytest.raises(NothingSavedError, match="no longer says of which country and form"):
        salvage(path, tmp_path / "new.adesk", country="AL")
    assert not (tmp_path / "new.adesk").exists()


def test_a_report_that_lost_its_name_is_saved_when_the_country_is_named(tmp_path: Path) -> None:
    path = tmp_path / "albania.adesk"
    import_document(path, ROOT / "tests" / "data" / "albania-2013.md")
    before = read_report(path)
    change(path, "UPDATE reports SET form_id = 'lost', cycle = 'lost', created_at = 'lost'")
    with pytest.raises(NothingSavedError, match="Name the country and try again"):
        salvage(path, tmp_path / "new.adesk")
    with pytest.raises(UnknownCountryError):
        salvage(path, tmp_path / "new.adesk", country="Atlantis")
    saved = salvage(path, tmp_path / "new.adesk", country="Albania")
    after = read_report(saved.target)
    before.id = after.id
    assert report_to_plain(after) == report_to_plain(before)
    assert saved.lost[0] == "Report 1 no longer said what it is. It was taken for AL, ga-commitments."


# Protected files


@pytest.fixture
def protected(tmp_path: Path, report: Report) -> Path:
    path = tmp_path / "protected" / "albania.adesk"
    path.parent.mkdir()
    with ReportFile.create(path, fill=lambda file: file.add_report(report), key=key()) as file:
        for number in range(120):
            row = f"T2.planned/row-{number}"
            words = f"{number} " + "words " * 60 + "end"
            changes = (Change(row, None, {"position": number}), Change(f"{row}/description", None, words))
            file.record(Operation(report.id, OperationKind.PASTE, changes, "Ana", "s1"))
    return path


def test_backups_of_a_protected_file_are_protected(protected: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    backup = make_backup(protected, BY_HAND, folder=folder, key=key())
    assert (backup.number_of_reports, backup.title) == (1, "AL 2013")
    assert b"Vepra" not in backup.path.read_bytes()
    with pytest.raises(ProtectedFileError):
        ReportFile.open(backup.path, "read")
    # Without the key a backup is listed, but not what is in it.
    (listed,) = list_backups(protected, folder=folder)
    assert (listed.path, listed.number_of_reports, listed.title) == (backup.path, 0, "")
    with ReportFile.open(protected, "write", key=key()) as file:
        written = file.load(1, small_form())
        file.record(edit(written, DESCRIPTION, "Newer"))
    kept = restore_backup(backup, protected, folder=folder, key=key())
    assert kept is not None
    with ReportFile.open(protected, "read", key=key()) as file:
        assert file.load(1, small_form()).plain(DESCRIPTION) != "Newer"
    with ReportFile.open(kept.path, "read", key=key()) as file:
        assert file.load(1, small_form()).plain(DESCRIPTION) == "Newer"


def test_a_protected_file_is_examined_and_saved_with_its_key(protected: Path, tmp_path: Path) -> None:
    assert examine(protected, key()).is_sound
    with pytest.raises(ProtectedFileError):
        examine(protected)
    content = bytearray(protected.read_bytes())
    page = len(content) // 4096 * 2 // 3
    content[page * 4096 + 100] ^= 1
    protected.write_bytes(content)
    found = examine(protected, key())
    assert (found.is_sound, found.is_report_file) == (False, True)
    saved = salvage(protected, tmp_path / "new.adesk", key())
    with pytest.raises(ProtectedFileError):
        ReportFile.open(saved.target, "read")
    with ReportFile.open(saved.target, "read", key=key()) as file:
        assert file.verify_chain() == []
        report = file.load(1, small_form())
        rows = {row.id: row for row in report.lists["T2.planned"].rows}
    for number in range(120):
        wanted = f"{number} " + "words " * 60 + "end"
        path = f"T2.planned/row-{number}"
        is_named = any(f"“{path}" in line for line in saved.lost)
        is_right = f"row-{number}" in rows and report.plain(f"{path}/description") == wanted
        assert is_named or is_right
    assert len(rows) > 100


def test_another_key_is_not_taken_for_damage(protected: Path, tmp_path: Path) -> None:
    from desktop_app.storage.protection import Key

    other = Key.from_passphrase(protected, "another passphrase")
    with pytest.raises(WrongPassphraseError):
        examine(protected, other)


# A disk that fails for a moment


def test_a_disk_that_fails_once_is_read_again(path: Path) -> None:
    """The second reading of a page fails, the system says; the file is sound all the same."""
    if shutil.which("strace") is None:
        return
    traced = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", str(path)]
    asked = [sys.executable, "-m", "desktop_app", "doctor", str(path)]
    for number in (1, 3, 8):
        fault = ["-e", f"inject=pread64:error=EIO:when={number}"]
        ran = subprocess.run([*traced, *fault, *asked], cwd=ROOT, capture_output=True, text=True, check=False)
        if "ptrace" in ran.stderr:
            return  # Tracing is not allowed here.
        assert (ran.returncode, "is sound" in ran.stdout) == (0, True), ran.stdout + ran.stderr


def test_noise_is_never_read_as_a_report(tmp_path: Path) -> None:
    chance = random.Random(9)
    for number in range(20):
        path = tmp_path / f"{number}.adesk"
        path.write_bytes(b"SQLite format 3\x00" + chance.randbytes(chance.randrange(30_000)))
        found = examine(path)
        assert not found.is_sound
        with pytest.raises(NothingSavedError, match="Nothing in"):
            salvage(path, tmp_path / "new.adesk")
