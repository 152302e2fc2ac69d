"""Protecting a file, changing its passphrase, taking the protection away: whole or not at all."""

from __future__ import annotations

import random
import sqlite3
import subprocess
from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.services.backups import BY_HAND, list_backups, make_backup, restore_backup
from desktop_app.services.demo import example_report
from desktop_app.services.doctor import salvage
from desktop_app.services.open_report import open_report
from desktop_app.services.protection import (
    AlreadyProtectedError,
    OlderBackups,
    change_passphrase,
    delete_backups,
    open_backups,
    protect,
    protect_backups,
    read_key,
    unprotect,
)
from desktop_app.services.reports import form_library, keep_report, read_report, start_report
from desktop_app.services.required_protection import (
    PassphraseRequiredError,
    ProtectionStaysError,
    new_key,
)
from desktop_app.storage.errors import (
    DamagedFileError,
    FileInUseError,
    FileMissingError,
    NotAReportFileError,
    NotProtectedError,
    ProtectedFileError,
    WrongPassphraseError,
)
from desktop_app.storage.format import is_plain
from desktop_app.storage.protection import Key, UnfitPassphraseError
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import edit, everything_in, make_file, start
from tests.support.small_form import FIRST_ROW, filled_report

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
PASSPHRASE = "correct horse battery"
ANOTHER = "staple of another sort"
WORDS = b"Ministry of Justice"


@pytest.fixture
def report() -> Report:
    return filled_report()


@pytest.fixture
def path(tmp_path: Path, report: Report) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return make_file(folder / "albania.adesk", report)


@pytest.fixture
def backups(home: Path) -> Path:
    """Where backups go when nobody says where."""
    return home / "share"


def content(path: Path, key: Key | None) -> tuple[list[object], Report]:
    with ReportFile.open(path, "read", key=key) as file:
        (summary,) = file.reports()
        assert file.verify_chain() == []
        return [summary, *file.operations(summary.id)], file.load(1, filled_report().form)


# ----------------------------------------------------------------------------------- what it does


def test_a_protected_file_holds_all_that_it_held(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, DESCRIPTION, "Another"))
    before = content(path, None)
    key = protect(path, PASSPHRASE).key
    assert content(path, key) == before
    assert content(path, Key.from_passphrase(path, PASSPHRASE)) == before
    assert content(path, Key.from_recovery_key(path, key.recovery_key)) == before
    with pytest.raises(ProtectedFileError):
        ReportFile.open(path, "read")
    assert [found.name for found in path.parent.iterdir()] == ["albania.adesk"]


def test_no_answer_stands_in_the_file_or_its_backup(path: Path, backups: Path) -> None:
    assert WORDS in path.read_bytes()
    key = protect(path, PASSPHRASE).key
    make_backup(path, BY_HAND, key=key)
    everything = everything_in(path.parent) | everything_in(backups)
    assert sum(name.endswith(".adesk") for name in everything) == 3
    for words in (WORDS, b"Vepra", b"CREATE TABLE", PASSPHRASE.encode(), key.recovery_key.encode()):
        assert not any(words in found for found in everything.values())


def test_it_can_be_undone(path: Path, report: Report) -> None:
    before = content(path, None)
    unprotect(path, protect(path, PASSPHRASE).key)
    assert is_plain(path)
    assert content(path, None) == before
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, DESCRIPTION, "Afterwards"))


def test_another_passphrase_takes_the_place_of_the_first(path: Path) -> None:
    before = content(path, None)
    first = protect(path, PASSPHRASE).key
    second = change_passphrase(path, first, ANOTHER).key
    assert content(path, second) == before
    assert second.recovery_key != first.recovery_key
    for old in (
        first,
        Key.from_passphrase(path, PASSPHRASE),
        Key.from_recovery_key(path, first.recovery_key),
    ):
        with pytest.raises(WrongPassphraseError):
            ReportFile.open(path, "read", key=old)


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(path: Path) -> None:
    paper = protect(path, PASSPHRASE).key.recovery_key
    change_passphrase(path, Key.from_recovery_key(path, paper), ANOTHER)
    assert len(content(path, Key.from_passphrase(path, ANOTHER))[0]) == 2


# ---------------------------------------------------------------------------------------- backups


def test_a_backup_follows_and_can_be_restored(path: Path) -> None:
    before = content(path, None)
    protected = protect(path, PASSPHRASE)
    assert protected.notices == ()
    (backup,) = list_backups(path, key=protected.key)
    assert (backup.why, backup.number_of_reports) == ("protected", 1)
    assert not is_plain(backup.path)
    path.unlink()
    restore_backup(backup, path, key=protected.key)
    assert content(path, protected.key) == before


def test_backups_made_before_are_protected_when_that_is_wanted(path: Path) -> None:
    first = make_backup(path, BY_HAND)
    key = protect(path, PASSPHRASE).key
    found = open_backups(path, key)
    assert [backup.path for backup in found] == [first.path]
    assert protect_backups(found, key) == OlderBackups(1)
    assert open_backups(path, key) == []
    assert WORDS not in first.path.read_bytes()
    assert [backup.why for backup in list_backups(path, key=key)] == ["protected", "by hand"]
    assert content(first.path, key) == content(path, key)


def test_backups_made_before_are_deleted_when_that_is_wanted(path: Path) -> None:
    first = make_backup(path, BY_HAND)
    key = protect(path, PASSPHRASE).key
    assert delete_backups(open_backups(path, key)).done == 1
    assert not first.path.exists()
    assert [backup.why for backup in list_backups(path, key=key)] == ["protected"]


def test_a_backup_that_cannot_be_protected_is_told_and_stays(path: Path) -> None:
    good, damaged = make_backup(path, BY_HAND), make_backup(path, BY_HAND)
    bytes_of_it = damaged.path.read_bytes()[:-4096]
    damaged.path.write_bytes(bytes_of_it)
    key = protect(path, PASSPHRASE).key
    result = protect_backups(open_backups(path, key), key)
    assert result.done == 1
    (told,) = result.failed
    assert told.startswith(f"The backup “{damaged.path}” stays as it is:") and "is damaged" in told
    assert damaged.path.read_bytes() == bytes_of_it
    assert not is_plain(good.path)


def test_backups_get_the_new_passphrase_too(path: Path) -> None:
    first = protect(path, PASSPHRASE).key
    make_backup(path, BY_HAND, key=first)
    second = change_passphrase(path, first, ANOTHER)
    assert second.notices == ()
    found = list_backups(path, key=second.key)
    assert len(found) == 3
    for backup in found:
        assert backup.number_of_reports == 1
        content(backup.path, second.key)


def test_that_no_backup_could_be_made_is_told(path: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    protected = protect(path, PASSPHRASE, folder=blocked)
    assert len(protected.notices) == 1
    assert protected.notices[0].startswith("No backup of “albania.adesk” was made.")
    content(path, protected.key)


# --------------------------------------------------------------------------------------- refusals


def test_what_is_refused_changes_nothing(path: Path, tmp_path: Path) -> None:
    before = everything_in(path.parent)
    with pytest.raises(UnfitPassphraseError):
        protect(path, "short")
    with pytest.raises(NotProtectedError):
        unprotect(path, Key.new(PASSPHRASE))
    with pytest.raises(NotProtectedError):
        change_passphrase(path, Key.new(PASSPHRASE), ANOTHER)
    with pytest.raises(FileMissingError):
        protect(path.with_name("none.adesk"), PASSPHRASE)
    assert everything_in(path.parent) == before
    text = tmp_path / "text.adesk"
    text.write_text("words " * 2000)
    with pytest.raises(NotAReportFileError):
        protect(text, PASSPHRASE)
    assert text.read_text() == "words " * 2000


def test_what_is_refused_of_a_protected_file_changes_nothing(path: Path) -> None:
    protect(path, PASSPHRASE)
    before = everything_in(path.parent)
    wrong = Key.from_passphrase(path, ANOTHER)
    with pytest.raises(AlreadyProtectedError, match="is protected with a passphrase already"):
        protect(path, PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        unprotect(path, wrong)
    with pytest.raises(WrongPassphraseError):
        change_passphrase(path, wrong, ANOTHER)
    with pytest.raises(UnfitPassphraseError):
        change_passphrase(path, Key.from_passphrase(path, PASSPHRASE), "short")
    with pytest.raises(ProtectedFileError):
        unprotect(path, None)
    assert everything_in(path.parent) == before


def test_a_file_somebody_has_open_is_left_alone(path: Path) -> None:
    with ReportFile.open(path, "write", who="Ana"), pytest.raises(FileInUseError):
        protect(path, PASSPHRASE)
    assert is_plain(path)


def test_a_damaged_file_is_left_as_it_is(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE answers SET value = '\"Another ministry\"' WHERE path = 'cover.authority'")
    connection.close()
    before = everything_in(path.parent)
    with pytest.raises(DamagedFileError):
        protect(path, PASSPHRASE)
    assert everything_in(path.parent) == before


# What a crash left: pages that were half written, and the journal that takes them back.
LEFT = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
connection.execute("UPDATE answers SET value = '\\"Half a write\\"'")
connection.execute("UPDATE changes SET new = '\\"Half a write\\"'")
connection.execute("INSERT INTO sources SELECT 9, 1, 'a', 'b', 'c', zeroblob(100000), 'd', zeroblob(32)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_crash_left_half_written_is_taken_back_first(path: Path) -> None:
    before = content(path, None)
    with start(LEFT, path) as process:
        process.wait()
    assert path.with_name("albania.adesk-journal").stat().st_size > 0
    key = protect(path, PASSPHRASE).key
    assert [found.name for found in path.parent.iterdir()] == ["albania.adesk"]
    assert content(path, key) == before


def test_one_damaged_page_does_not_keep_the_others_from_being_saved(tmp_path: Path) -> None:
    """After a damaged page SQLCipher reads nothing any more, on that connection."""
    path = keep_report(tmp_path / "example.adesk", example_report(), OperationKind.CREATE).path
    key = protect(path, PASSPHRASE).key
    before, whole = report_to_plain(read_report(path, key=key)), path.read_bytes()
    with ReportFile.open(path, "read", key=key) as file:
        connection = file._open_connection
        statement = "SELECT rootpage FROM sqlite_master WHERE name IN ('answers', 'rows', 'reports')"
        roots = [row[0] for row in connection.execute(statement)]
    assert len(roots) == 3
    for root in roots:
        content = bytearray(whole)
        content[(root - 1) * 4096 + 100] ^= 1
        path.write_bytes(content)
        with pytest.raises(DamagedFileError):
            ReportFile.open(path, "read", key=key)
        salvaged = salvage(path, tmp_path / f"saved {root}.adesk", key)
        assert not is_plain(salvaged.target)
        assert report_to_plain(read_report(salvaged.target, key=key)) == before


# ----------------------------------------------------------------------------------------- killed

TO_AND_FRO = """
import sys
from pathlib import Path
from desktop_app.services.protection import change_passphrase, protect, unprotect
path = Path(sys.argv[1])
print("begins", flush=True)
while True:
    key = protect(path, "correct horse battery").key
    key = change_passphrase(path, key, "staple of another sort").key
    unprotect(path, key)
"""


def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(path: Path) -> None:
    before = content(path, None)
    chance = random.Random(4)
    found: list[bool] = []
    # On a busy machine the program may be killed in the same part of its way again and again.
    while len(found) < 7 or len(set(found)) < 2:
        assert len(found) < 60
        with start(TO_AND_FRO, path) as process:
            assert process.stdout is not None
            process.stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.0, 1.5))
            process.kill()
        key = None
        if not is_plain(path):
            for passphrase in (PASSPHRASE, ANOTHER):
                key = Key.from_passphrase(path, passphrase)
                try:
                    content(path, key)
                    break
                except WrongPassphraseError:
                    pass
            unprotect(path, key)
        found.append(key is None)
        assert content(path, None) == before
    # What is left beside is hidden, and says by its name what it was for.
    names = {each.name for each in path.parent.iterdir()} - {"albania.adesk"}
    assert all(name.startswith(".albania.adesk.") for name in names)


# -------------------------------------------------------------------------------- what IT requires


@pytest.fixture
def required(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("require_protection = true\n", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))


@pytest.mark.usefixtures("required")
def test_an_unprotected_file_is_only_read(tmp_path: Path) -> None:
    path = start_report(tmp_path / "norway.adesk", "ga-commitments", "NO").path
    before = everything_in(tmp_path)
    opened = open_report(path, form_library())
    try:
        assert opened.read_only == (
            "Your IT department requires report files to be protected with a passphrase. “norway.adesk” can"
            " be read without one, but not changed."
        )
    finally:
        opened.close()
    assert everything_in(tmp_path) == before
    key = protect(path, PASSPHRASE).key
    opened = open_report(path, form_library(), key=key)
    try:
        assert opened.read_only == ""
        assert opened.key == key
    finally:
        opened.close()


@pytest.mark.usefixtures("required")
def test_the_protection_cannot_be_taken_away(path: Path) -> None:
    key = protect(path, PASSPHRASE).key
    with pytest.raises(ProtectionStaysError, match=r"so it cannot be removed from “.*”\."):
        unprotect(path, key)
    content(path, key)


@pytest.mark.usefixtures("required")
def test_a_new_file_needs_a_passphrase(tmp_path: Path) -> None:
    with pytest.raises(PassphraseRequiredError, match="Choose one for “new"):
        new_key(tmp_path / "new.adesk", None)
    assert new_key(tmp_path / "new.adesk", PASSPHRASE) is not None


def test_keys_for_new_and_present_files(tmp_path: Path, path: Path) -> None:
    assert new_key(tmp_path / "new.adesk", None) is None
    assert read_key(path, passphrase=PASSPHRASE) is None
    key = new_key(tmp_path / "new.adesk", PASSPHRASE)
    kept = start_report(tmp_path / "new.adesk", "ga-commitments", "NO", key=key)
    assert read_report(kept.path, key=read_key(kept.path, passphrase=PASSPHRASE)).country == "NO"
    assert read_key(kept.path) is None
    assert key is not None
    assert read_key(kept.path, recovery_key=key.recovery_key) == key
