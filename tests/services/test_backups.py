"""Backups: whole and verified or not there at all, thinned by number and not by the clock."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.changes import OperationKind
from desktop_app.report.report import Report
from desktop_app.runtime import paths
from desktop_app.runtime.files import DiskFullError
from desktop_app.runtime.policy import VARIABLE as POLICY
from desktop_app.runtime.settings import Settings, save_settings
from desktop_app.services.backups import (
    BEFORE_RESTORE,
    BEFORE_UPGRADE,
    BY_HAND,
    CLOSED,
    DAMAGED,
    FOLDER_VARIABLE,
    HALF_HOURLY,
    OPENED,
    Backup,
    BackupSchedule,
    DamagedBackupError,
    Kept,
    NoBackupError,
    OtherFileError,
    backup_folder,
    list_backups,
    make_backup,
    newest_sound,
    purge_backups,
    restore_backup,
    submission,
    thin_backups,
)
from desktop_app.services.backups.thinning import to_drop
from desktop_app.storage.backups import copy_whole
from desktop_app.storage.errors import FileInUseError, NotAReportFileError
from desktop_app.storage.records import SourceDocument
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.report_files import (
    ROOT,
    edit,
    everything_in,
    make_file,
    run_script,
    start,
    unprivileged_folder,
)
from tests.support.small_form import FIRST_ROW, empty_report, filled_report, small_form

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
NOON = datetime.datetime(2026, 11, 26, 12, 0, tzinfo=datetime.UTC)


class Clock:
    """A clock that goes on by a minute each time it is asked, and can be set."""

    def __init__(self, now: datetime.datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime.datetime:
        self.now += datetime.timedelta(minutes=1)
        return self.now


@pytest.fixture
def report() -> Report:
    return filled_report()


@pytest.fixture
def path(tmp_path: Path, report: Report) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return make_file(folder / "albania.adesk", report)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def write(path: Path, report: Report, words: str) -> None:
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, DESCRIPTION, words))


def words_in(path: Path) -> object:
    with ReportFile.open(path, "read") as file:
        return file.load(1, small_form()).plain(DESCRIPTION)


def overwrite(path: Path, at: int, content: bytes = b"\xa5" * 600) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        assert connection.execute(statement).rowcount > 0
    connection.close()


# Making


def test_a_backup_is_a_whole_report_file_with_a_readable_name(path: Path, folder: Path) -> None:
    backup = make_backup(path, BY_HAND, folder=folder, clock=lambda: NOON)
    assert words_in(backup.path) == words_in(path)
    local = NOON.astimezone().strftime("%Y-%m-%d %H-%M-%S")
    assert backup.path.name == f"albania 0001 {local} by hand.adesk"
    assert backup.path.parent.name.startswith("albania ")
    assert (backup.at, backup.why, backup.why_words) == ("2026-11-26T12:00:00Z", BY_HAND, "made by hand")
    assert (backup.size, backup.number_of_reports, backup.title) == (path.stat().st_size, 1, "AL 2013")
    assert list_backups(path, folder=folder) == [backup]
    assert not [name for name in everything_in(folder) if Path(name).name.startswith(".")]
    assert os.name == "nt" or backup.path.stat().st_mode & 0o077 == 0


def test_two_files_of_one_name_do_not_mix(tmp_path: Path, path: Path, folder: Path) -> None:
    (tmp_path / "other").mkdir()
    other = make_file(tmp_path / "other" / path.name, filled_report())
    make_backup(path, BY_HAND, folder=folder)
    make_backup(other, OPENED, folder=folder)
    assert [backup.why for backup in list_backups(path, folder=folder)] == [BY_HAND]
    assert [backup.why for backup in list_backups(other, folder=folder)] == [OPENED]


def test_a_renamed_file_keeps_its_backups(path: Path, folder: Path) -> None:
    make_backup(path, BY_HAND, folder=folder)
    renamed = path.rename(path.with_name("Shqipëria 2026 – 100% final.adesk"))
    second = make_backup(renamed, CLOSED, folder=folder)
    assert [backup.why for backup in list_backups(renamed, folder=folder)] == [CLOSED, BY_HAND]
    assert second.path.name.startswith("Shqipëria 2026 – 100% final 0002 ")


def test_names_that_not_every_disk_can_have(path: Path, folder: Path) -> None:
    awkward = path.rename(path.with_name("a:b? " + "ë" * 110 + ".adesk"))
    backup = make_backup(awkward, submission(3), folder=folder)
    assert backup.path.name.startswith("a_b_ ëëë")
    assert list_backups(awkward, folder=folder) == [backup]
    assert backup.why_words == "submission 3"


def test_without_the_note_about_them_backups_are_found_all_the_same(path: Path, folder: Path) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    for lost in (None, b"\xff", b"[]"):
        about = backup.path.with_name("about.json")
        about.unlink(missing_ok=True)
        if lost is not None:
            about.write_bytes(lost)
        (found,) = list_backups(path, folder=folder)
        assert (found.path, found.place) == (backup.path, "")
        assert found.is_of(path)


def test_backups_of_a_file_that_is_gone_or_damaged_are_found_by_its_place(path: Path, folder: Path) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    overwrite(path, 0)
    assert list_backups(path, folder=folder) == [backup]
    path.unlink()
    assert list_backups(path, folder=folder) == [backup]
    assert list_backups(path.with_name("other.adesk"), folder=folder) == []


def test_it_makes_no_backup_of_a_damaged_file_and_takes_none_away(
    path: Path, folder: Path, report: Report
) -> None:
    clock = Clock()
    for number in range(15):
        write(path, report, str(number))
        make_backup(path, HALF_HOURLY, folder=folder, clock=clock, kept=Kept(latest=99))
    before = everything_in(folder)
    change(path, "UPDATE answers SET value = '\"Mini\"' WHERE path = 'cover.authority'")
    with pytest.raises(NoBackupError, match=r"No backup of “albania\.adesk” was made\..*is damaged"):
        make_backup(path, HALF_HOURLY, folder=folder, clock=clock, kept=Kept(latest=1, days=1, weeks=1))
    assert everything_in(folder) == before


@pytest.mark.parametrize("content", [b"", b"# A text", b"SQLite format 3\x00" + bytes(200)])
def test_it_makes_no_backup_of_something_else(tmp_path: Path, folder: Path, content: bytes) -> None:
    other = tmp_path / "other.adesk"
    other.write_bytes(content)
    with pytest.raises(NoBackupError):
        make_backup(other, BY_HAND, folder=folder)
    with pytest.raises(NoBackupError, match="Was it moved or renamed"):
        make_backup(tmp_path / "none.adesk", BY_HAND, folder=folder)
    assert not folder.exists()


def test_a_crashed_file_is_backed_up_as_it_was_before_the_half_write(
    path: Path, folder: Path, report: Report
) -> None:
    """The journal that takes a half write back stays beside the file, and the file as it is."""
    script = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE changes SET path = path || 'x' ")
connection.execute("CREATE TABLE filler (words TEXT)")
connection.execute("INSERT INTO filler SELECT hex(randomblob(2000)) FROM changes, changes AS more LIMIT 900")
os._exit(9)
"""
    assert run_script(script, path).returncode == 9
    assert path.with_name(path.name + "-journal").stat().st_size
    before = everything_in(path.parent)
    backup = make_backup(path, BY_HAND, folder=folder)
    assert everything_in(path.parent) == before
    assert words_in(backup.path) == words_in(path)


def test_a_folder_that_cannot_be_written_is_named(report: Report) -> None:
    with unprivileged_folder() as place:
        path = make_file(place / "albania.adesk", report)
        closed = place / "closed"
        closed.mkdir()
        closed.chmod(0o500)
        with pytest.raises(NoBackupError, match=f"Nothing may be written into the folder “{closed}”"):
            make_backup(path, BY_HAND, folder=closed)
        file = place / "a file"
        file.write_text("")
        with pytest.raises(NoBackupError, match="a file"):
            make_backup(path, BY_HAND, folder=file)
        closed.chmod(0o700)
        shelf = make_backup(path, BY_HAND, folder=closed).path.parent
        shelf.chmod(0o500)
        with pytest.raises(NoBackupError, match="Nothing may be written into the folder"):
            make_backup(path, BY_HAND, folder=closed)
        shelf.chmod(0o700)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 300 kB; None where one may not be mounted: then the limit in the next test has to do."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        yield None
        return
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_gets_no_half_backup(path: Path, small_disk: Path | None) -> None:
    if small_disk is None:
        return
    with pytest.raises(NoBackupError, match="no room left"):
        make_backup(path, BY_HAND, folder=small_disk)
    assert not [name for name in everything_in(small_disk) if ".adesk" in name]
    (small_disk / "filler").write_bytes(bytes(270_000))
    target = small_disk / "copy"
    target.touch()
    with pytest.raises(DiskFullError):
        copy_whole(path, target)


def test_a_disk_that_refuses_in_the_middle_gets_no_half_backup(path: Path, folder: Path) -> None:
    """No file may grow beyond 64 kB; the report file has more."""
    assert path.stat().st_size > 65_536
    script = """
import resource, signal, sys
from pathlib import Path
from desktop_app.runtime.errors import DeskError
from desktop_app.services.backups import make_backup
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
try:
    make_backup(Path(sys.argv[1]), "by hand", folder=Path(sys.argv[2]))
except DeskError as error:
    print(error.sentence)
"""
    ran = run_script(script, path, folder)
    assert ran.stdout.startswith("No backup of “albania.adesk” was made. ")
    assert [Path(name).name for name in everything_in(folder)] == ["about.json"]


def test_killed_in_the_middle_it_leaves_no_backup_that_is_not_whole(path: Path, folder: Path) -> None:
    make_backup(path, BY_HAND, folder=folder)
    script = """
import sys
from pathlib import Path
from desktop_app.services.backups import make_backup
print("ready", flush=True)
while True:
    make_backup(Path(sys.argv[1]), "by hand", folder=Path(sys.argv[2]))
    print("made", flush=True)
"""
    for pause in range(6):
        with start(script, path, folder) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            for _made in range(pause):
                process.stdout.readline()
            process.kill()
    backups = list_backups(path, folder=folder)
    assert len(backups) >= 11
    for backup in backups:
        assert backup.number_of_reports == 1
        assert words_in(backup.path) == words_in(path)


def test_what_a_killed_program_left_is_swept_away_later(path: Path, folder: Path) -> None:
    shelf = make_backup(path, BY_HAND, folder=folder).path.parent
    left = shelf / ".albania 0002 2026-11-26 14-03-22 closed.adesk.new-12345678"
    left.write_bytes(b"half")
    make_backup(path, CLOSED, folder=folder)
    assert left.exists(), "it could be one that is being made at this moment"
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=2)
    make_backup(path, CLOSED, folder=folder, clock=lambda: later)
    assert not left.exists()


def test_backups_are_made_beside_a_writer(path: Path, folder: Path, report: Report) -> None:
    """Every edit is kept meanwhile, and every backup is of one moment."""
    worker = FileWorker(path)
    worker.opened.result()
    made: list[Backup] = []

    def back_up() -> None:
        for _round in range(5):
            made.append(make_backup(path, HALF_HOURLY, folder=folder))

    thread = threading.Thread(target=back_up)
    thread.start()
    number = 0
    while thread.is_alive():
        number += 1
        worker.record(edit(report, DESCRIPTION, f"Words {number}"))
        assert worker.flush(5)
    thread.join()
    assert worker.close(5)
    assert len(made) == 5
    assert words_in(path) == f"Words {number}"
    for backup in made:
        with ReportFile.open(backup.path, "read") as file:
            assert file.verify_chain() == []


def test_two_programs_may_make_backups_at_once(path: Path, folder: Path) -> None:
    script = """
import sys
from pathlib import Path
from desktop_app.services.backups import make_backup
for _round in range(8):
    make_backup(Path(sys.argv[1]), "by hand", folder=Path(sys.argv[2]))
"""
    processes = [start(script, path, folder) for _each in range(2)]
    for process in processes:
        with process:
            process.communicate()
        assert process.returncode == 0
    assert len(list_backups(path, folder=folder)) == 16


# Where they go


def test_the_folder_is_that_of_it_or_of_the_person_or_the_programs_own(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backup_folder() == paths.data_folder() / "backups"
    settings = Settings(backup_folder=str(tmp_path / "mine"))
    save_settings(settings, paths.config_folder() / "settings.json")
    assert backup_folder() == tmp_path / "mine"
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "of it"))
    assert backup_folder() == tmp_path / "of it"
    monkeypatch.setenv(POLICY, str(tmp_path / "policy.toml"))
    words = f"backup_folder = '{tmp_path / 'settled'}'\nbackups_kept = {{ latest = 3, weeks = 2 }}\n"
    (tmp_path / "policy.toml").write_text(words)
    assert backup_folder() == tmp_path / "settled"
    assert Kept.settled() == Kept(3, 14, 2)


# Thinning


def backup_of(number: int, day: datetime.date, why: str = HALF_HOURLY, hour: int = 12) -> Backup:
    at = datetime.datetime(day.year, day.month, day.day, hour).astimezone(datetime.UTC)
    return Backup(Path(f"b {number:04d}"), at.isoformat().replace("+00:00", "Z"), why, 1, 1, "", number)


FIRST = datetime.date(2026, 1, 1)


def kept_numbers(backups: list[Backup], kept: Kept) -> list[int]:
    dropped = {backup.number for backup in to_drop(backups, kept)}
    return [backup.number for backup in backups if backup.number not in dropped]


def test_the_latest_are_kept_then_days_then_weeks() -> None:
    # Three a day for a hundred days.
    backups = [backup_of(n + 1, FIRST + datetime.timedelta(days=n // 3), hour=8 + n % 3) for n in range(300)]
    kept = [backup for backup in backups if backup not in to_drop(backups, Kept())]
    assert [backup.number for backup in kept[-10:]] == list(range(291, 301))
    days = {backup.day for backup in kept}
    assert {FIRST + datetime.timedelta(days=99 - n) for n in range(14)} <= days
    assert len({backup.day.isocalendar()[:2] for backup in kept}) == 8
    assert len(kept) == 10 + 10 + 5, "the last three weeks have days of their own"
    # Of a day, the last one made.
    assert all(backup.number % 3 == 0 for backup in kept[:-10])


def test_submissions_and_those_made_by_hand_are_kept_for_ever() -> None:
    backups = [backup_of(1, FIRST, submission(1)), backup_of(2, FIRST, BY_HAND)]
    backups += [backup_of(3 + n, FIRST + datetime.timedelta(days=n)) for n in range(50)]
    assert kept_numbers(backups, Kept(latest=1, days=1, weeks=1)) == [1, 2, 52]


def test_a_clock_that_was_set_back_or_ahead_takes_no_backup_away() -> None:
    """The first was made while the clock was ten years ahead, the last while it stood at 1975."""
    backups = [backup_of(1, datetime.date(2036, 1, 1))]
    backups += [backup_of(2 + n, FIRST + datetime.timedelta(days=n)) for n in range(12)]
    backups += [backup_of(14, datetime.date(1975, 1, 1))]
    assert kept_numbers(backups, Kept()) == list(range(1, 15))
    assert kept_numbers(backups, Kept(latest=1, days=1, weeks=1)) == [14]


@given(
    st.lists(st.tuples(st.dates(datetime.date(1975, 1, 1), datetime.date(2040, 1, 1)), st.booleans())),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_thinning_keeps_the_last_and_what_it_promises(
    made: list[tuple[datetime.date, bool]], latest: int, days: int, weeks: int
) -> None:
    backups = [
        backup_of(number, day, BY_HAND if by_hand else CLOSED)
        for number, (day, by_hand) in enumerate(made, start=1)
    ]
    dropped = to_drop(backups, Kept(latest, days, weeks))
    left = [backup for backup in backups if backup not in dropped]
    assert not backups or backups[-1] in left
    assert not [backup for backup in dropped if backup.is_kept_for_ever]
    counted = [backup for backup in backups if backup.why == CLOSED]
    assert set(counted[-max(latest, 1) :]) <= set(left)
    assert to_drop(left, Kept(latest, days, weeks)) == []


def test_making_thins_and_numbers_go_on(path: Path, folder: Path) -> None:
    clock = Clock()
    for number in range(6):
        if number == 3:
            clock.now = datetime.datetime(1975, 1, 1, tzinfo=datetime.UTC)
        last = make_backup(path, CLOSED, folder=folder, clock=clock, kept=Kept(2, 1, 1))
    assert [backup.number for backup in list_backups(path, folder=folder)] == [6, 5]
    assert list_backups(path, folder=folder)[0] == last


def test_the_last_whole_one_is_never_taken_away(path: Path, folder: Path, report: Report) -> None:
    for number in range(4):
        write(path, report, str(number))
        make_backup(path, CLOSED, folder=folder, kept=Kept(latest=9))
    backups = list_backups(path, folder=folder)
    for damaged in backups[:2]:
        overwrite(damaged.path, 20_000)
    backups = list_backups(path, folder=folder)
    assert newest_sound(path, folder=folder) == backups[2]
    assert thin_backups(path, folder=folder, kept=Kept(1, 1, 1)) == [backups[1], backups[3]]
    assert list_backups(path, folder=folder) == [backups[0], backups[2]]
    overwrite(backups[2].path, 20_000)
    assert thin_backups(path, folder=folder, kept=Kept(1, 1, 1)) == []
    assert newest_sound(path, folder=folder) is None


# By themselves


def test_a_backup_is_due_when_something_has_changed(path: Path, folder: Path, report: Report) -> None:
    clock = Clock()
    schedule = BackupSchedule(path, folder, clock)
    first = schedule.run(OPENED)
    assert first is not None
    assert (first.why, first.number) == (OPENED, 1)
    assert BackupSchedule(path, folder, clock).run(OPENED) is None
    assert not schedule.due(CLOSED)
    write(path, report, "More")
    assert not schedule.due(HALF_HOURLY), "half an hour has not passed"
    clock.now += datetime.timedelta(minutes=30)
    half = schedule.run(HALF_HOURLY)
    assert half is not None
    assert words_in(half.path) == "More"
    assert not schedule.due(CLOSED)
    write(path, report, "Even more")
    assert schedule.due(CLOSED)
    clock.now -= datetime.timedelta(days=3650)
    assert schedule.due(HALF_HOURLY), "a clock that was set back does not stop backups for years"


def test_after_a_failure_it_waits_for_the_next_half_hour(path: Path, tmp_path: Path) -> None:
    clock = Clock()
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    schedule = BackupSchedule(path, blocked, clock)
    clock.now += datetime.timedelta(minutes=30)
    with pytest.raises(NoBackupError):
        schedule.run(HALF_HOURLY)
    assert schedule.run(HALF_HOURLY) is None
    blocked.unlink()
    clock.now += datetime.timedelta(minutes=30)
    assert schedule.run(HALF_HOURLY) is not None


# Restoring


def test_restoring_backs_up_first(path: Path, folder: Path, report: Report) -> None:
    old = make_backup(path, BY_HAND, folder=folder)
    words = words_in(path)
    write(path, report, "Newer")
    kept = restore_backup(old, path, folder=folder)
    assert words_in(path) == words
    assert kept is not None
    assert (kept.why, words_in(kept.path)) == (BEFORE_RESTORE, "Newer")
    assert [backup.why for backup in list_backups(path, folder=folder)] == [BEFORE_RESTORE, BY_HAND]
    assert list(everything_in(path.parent)) == [path.name]
    write(path, filled_report_of(path), "Goes on")


def filled_report_of(path: Path) -> Report:
    with ReportFile.open(path, "read") as file:
        return file.load(1, small_form())


def test_restoring_never_thins_what_is_to_be_restored(path: Path, folder: Path, report: Report) -> None:
    old = make_backup(path, CLOSED, folder=folder, clock=Clock())
    for number in range(12):
        write(path, report, str(number))
        make_backup(path, CLOSED, folder=folder, clock=Clock())
    oldest = list_backups(path, folder=folder)[-1]
    assert oldest.number > old.number
    restore_backup(oldest, path, folder=folder)
    assert oldest.path.exists()
    # Nor when the restored file is opened and backed up.
    for number in range(12):
        write(path, filled_report_of(path), f"again {number}")
        make_backup(path, CLOSED, folder=folder, clock=Clock())
    assert oldest.path.exists()
    assert len(list_backups(path, folder=folder)) < 24


def test_a_damaged_file_is_kept_beside(path: Path, folder: Path) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    words = words_in(path)
    overwrite(path, 0, os.urandom(20_000))
    damaged = path.read_bytes()
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(b"left by a crash")
    kept = restore_backup(backup, path, folder=folder, clock=lambda: NOON)
    assert words_in(path) == words
    assert kept is not None
    assert (kept.why, kept.path.read_bytes()) == (DAMAGED, damaged)
    assert kept.path.name.startswith("albania damaged 2026-11-26 ")
    assert not journal.exists(), "SQLite would take it for the journal of the restored file"
    overwrite(path, 0, damaged)
    again = restore_backup(backup, path, folder=folder, clock=lambda: NOON)
    assert again is not None
    assert again.path.name.endswith(" 2.adesk")


def test_a_file_that_is_gone_is_restored(path: Path, folder: Path) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    words = words_in(path)
    path.unlink()
    assert restore_backup(backup, path, folder=folder) is None
    assert words_in(path) == words


def test_another_files_backup_is_never_restored_unasked(tmp_path: Path, path: Path, folder: Path) -> None:
    france = empty_report()
    france.country = "FR"
    other = make_file(tmp_path / "france.adesk", france)
    foreign = make_backup(other, BY_HAND, folder=folder)
    before = everything_in(path.parent)
    with pytest.raises(OtherFileError, match=r"another report file \(FR 2013\), not of “albania\.adesk”"):
        restore_backup(foreign, path, folder=folder)
    assert everything_in(path.parent) == before
    kept = restore_backup(foreign, path, folder=folder, even_if_other=True)
    assert kept is not None
    with ReportFile.open(path, "read") as file:
        assert [summary.country for summary in file.reports()] == ["FR"]


def test_a_backup_does_not_replace_what_is_no_report_file_unasked(
    tmp_path: Path, path: Path, folder: Path
) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    text = tmp_path / "notes.txt"
    text.write_text("Do not lose me")
    with pytest.raises(OtherFileError):
        restore_backup(backup, text, folder=folder)
    assert text.read_text() == "Do not lose me"


def test_a_damaged_backup_is_not_restored(path: Path, folder: Path, report: Report) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    change(backup.path, "UPDATE rows SET position = 9")
    before = everything_in(path.parent)
    with pytest.raises(DamagedBackupError, match="is damaged itself"):
        restore_backup(backup, path, folder=folder)
    assert everything_in(path.parent) == before
    text = path.with_name("text.adesk")
    text.write_text("A text")
    with pytest.raises(NotAReportFileError):
        restore_backup(text, path, folder=folder)


def test_a_file_somebody_has_open_is_not_replaced(path: Path, folder: Path) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    before = path.read_bytes()
    with ReportFile.open(path, "write", who="Ana"), pytest.raises(FileInUseError):
        restore_backup(backup, path, folder=folder)
    assert path.read_bytes() == before


def test_without_a_backup_of_the_present_file_nothing_is_restored(
    path: Path, folder: Path, tmp_path: Path
) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    before = everything_in(path.parent)
    with pytest.raises(NoBackupError):
        restore_backup(backup, path, folder=blocked)
    assert everything_in(path.parent) == before


def test_killed_in_the_middle_of_a_restore_the_file_is_the_old_or_the_new(
    path: Path, folder: Path, report: Report
) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    old = words_in(path)
    write(path, report, "Newer")
    script = """
import sys
from pathlib import Path
from desktop_app.services.backups import restore_backup
print("ready", flush=True)
while True:
    restore_backup(Path(sys.argv[1]), Path(sys.argv[2]), folder=Path(sys.argv[3]))
    print("done", flush=True)
"""
    for pause in range(5):
        with start(script, backup.path, path, folder) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            for _done in range(pause):
                process.stdout.readline()
            process.kill()
        assert words_in(path) in (old, "Newer")
    kept = [words_in(backup.path) for backup in list_backups(path, folder=folder)]
    assert old in kept
    assert "Newer" in [*kept, words_in(path)]


def test_json_of_a_backup(path: Path, folder: Path) -> None:
    backup = make_backup(path, BY_HAND, folder=folder)
    assert json.loads(json.dumps(backup.to_plain()))["why"] == BY_HAND


# Removing for good


def test_what_was_removed_for_good_is_removed_from_the_backups_too(
    path: Path, folder: Path, report: Report
) -> None:
    before = make_backup(path, OPENED, folder=folder, clock=lambda: NOON)
    write(path, report, "The name of a child")
    holding = make_backup(path, HALF_HOURLY, folder=folder)
    write(path, report, "Another wording")
    later = make_backup(path, CLOSED, folder=folder)
    damaged = make_backup(path, BY_HAND, folder=folder)
    overwrite(damaged.path, 20_000)
    untouched = before.path.read_bytes()
    assert b"The name of a child" in holding.path.read_bytes()

    purged = purge_backups(path, report.id, [f"{DESCRIPTION}s"], "A name", folder=folder)
    assert purged.done == ()
    purged = purge_backups(path, report.id, [DESCRIPTION], "A name", folder=folder, who="Ana")

    # The first wording ever stood in all of them.
    assert purged.done == (later, holding, before)
    assert [str(damaged.path) in sentence for sentence in purged.failed] == [True]
    for backup in (later, holding, before):
        assert b"The name of a child" not in backup.path.read_bytes()
        assert words_in(backup.path) is None
        with ReportFile.open(backup.path, "read") as file:
            assert file.verify_chain() == []
    assert before.path.read_bytes() != untouched
    again = purge_backups(path, report.id, [DESCRIPTION], "A name", folder=folder)
    assert again.done == ()
    left = [Path(name).name for name in everything_in(folder) if Path(name).name.startswith(".")]
    assert left == []


def test_a_row_is_removed_from_backups_that_had_it(path: Path, folder: Path, report: Report) -> None:
    before = make_backup(path, OPENED, folder=folder)
    row = "T2.planned/new"
    with ReportFile.open(path, "write") as file:
        file.record(edit(report, row, {"position": 1024}, OperationKind.ADD))
        file.record(edit(report, f"{row}/description", "The name of a child"))
    holding = make_backup(path, CLOSED, folder=folder)
    untouched = before.path.read_bytes()
    purged = purge_backups(path, report.id, [row], "A name", folder=folder)
    assert (purged.done, purged.failed) == ((holding,), ())
    assert before.path.read_bytes() == untouched
    assert b"The name of a child" not in holding.path.read_bytes()


def test_a_document_is_removed_from_backups_that_have_it(path: Path, folder: Path, report: Report) -> None:
    make_backup(path, OPENED, folder=folder)
    assert purge_backups(path, report.id, ["source/1"], "A name", folder=folder).done == ()
    other = path.with_name("other.adesk")
    source = SourceDocument("list.txt", "text/plain", b"The name of a child")
    ReportFile.create(other, fill=lambda file: file.add_report(report, source=source)).close()
    backup = make_backup(other, OPENED, folder=folder)
    assert purge_backups(other, report.id, ["source/1"], "A name", folder=folder).done == (backup,)
    assert b"The name of a child" not in backup.path.read_bytes()


def test_another_report_of_the_file_has_nothing_to_remove(path: Path, folder: Path) -> None:
    make_backup(path, OPENED, folder=folder)
    assert purge_backups(path, "no report", [DESCRIPTION], "A name", folder=folder).done == ()


def test_backups_of_an_older_format_can_be_restored_and_removed_from(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "old.adesk"
    path.write_bytes((ROOT / "tests" / "data" / "files" / "format-1.adesk").read_bytes())
    made: list[Backup] = []

    def before_upgrade(old: Path) -> None:
        made.append(make_backup(old, BEFORE_UPGRADE, folder=folder))

    with ReportFile.open(path, "write", before_upgrade=before_upgrade) as file:
        (summary,) = file.reports()
    (old,) = made
    kept = restore_backup(old, path, folder=folder)
    assert kept is not None
    assert path.read_bytes() == old.path.read_bytes()
    purged = purge_backups(path, summary.id, ["cover.authority"], "A name", folder=folder)
    assert ([backup.path for backup in purged.done], purged.failed) == ([kept.path, old.path], ())
    assert b"Ministry of Justice" not in old.path.read_bytes()
