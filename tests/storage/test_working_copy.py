"""Working copies with real files; a place that vanishes is a folder that is moved away."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.report.changes import OpenEdit
from desktop_app.report.report import Report
from desktop_app.runtime.files import FolderNotWritableError
from desktop_app.storage.copy_record import read_record
from desktop_app.storage.errors import (
    DamagedFileError,
    FileInUseError,
    FileMissingError,
    NotAReportFileError,
    ProtectedFileError,
)
from desktop_app.storage.format import is_protected
from desktop_app.storage.lock import FileLock, lock_path
from desktop_app.storage.place_state import Standing
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.working_copy import (
    NotWrittenBackError,
    WorkingCopy,
    name_of_own,
)
from tests.support.protected import key
from tests.support.report_files import edit, everything_in, make_file, start, unprivileged_folder
from tests.support.small_form import filled_report

AUTHORITY = "cover.authority"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def place(share: Path, report: Report) -> Path:
    return make_file(share / "albania.adesk", report)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "working copies"


CheckOut = Callable[[], WorkingCopy]


@pytest.fixture
def check_out(place: Path, folder: Path) -> Iterator[CheckOut]:
    """Each test ends like a program that is killed: locks go, files stay."""
    opened: list[WorkingCopy] = []

    def check_out() -> WorkingCopy:
        opened.append(WorkingCopy.check_out(place, folder, "Ana", now=lambda: MOMENT))
        return opened[-1]

    yield check_out
    for working in opened:
        crash(working)


MOMENT = datetime.datetime(2026, 11, 26, 14, 3)


def crash(working: WorkingCopy) -> None:
    """Let go of a working copy as the system does when the program is killed."""
    for lock in (working._lock, working._own_lock):
        if lock is not None and lock._handle is not None:
            os.close(lock._handle)
            lock._handle = None


def write(path: Path, report: Report, words: str) -> None:
    """One edit in a file that is open nowhere."""
    with ReportFile.open(path, "write", who="Ana") as file:
        file.record(edit(report, AUTHORITY, words))


def standing(working: WorkingCopy) -> Standing:
    return working.state.standing


def authority(path: Path, report: Report) -> object:
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
        return file.load(1, report.form).plain(AUTHORITY)


def take_away(folder: Path) -> Path:
    return folder.rename(folder.with_name(f"{folder.name} away"))


def bring_back(folder: Path) -> None:
    folder.with_name(f"{folder.name} away").rename(folder)


def test_the_work_is_written_back_and_a_clean_end_leaves_one_file(
    place: Path, folder: Path, check_out: CheckOut, report: Report
) -> None:
    place.chmod(0o640)
    working = check_out()
    assert working.path != place
    assert working.place == place
    assert working.path.is_relative_to(folder)
    assert standing(working) is Standing.IN_STEP
    assert not working.write_back()
    before = place.read_bytes()
    write(working.path, report, "Ministry")
    assert place.read_bytes() == before
    assert working.write_back()
    assert not working.write_back()
    assert working.state.is_written
    assert working.state.written_at
    assert working.release()
    assert authority(place, report) == "Ministry"
    assert place.stat().st_mode & 0o777 == 0o640
    assert list(everything_in(place.parent)) == ["albania.adesk"]
    assert list(folder.iterdir()) == []


def test_it_is_written_back_while_the_file_is_open_and_typed_in(
    place: Path, check_out: CheckOut, report: Report
) -> None:
    working = check_out()
    with ReportFile.open(working.path, "write", who="Ana") as file:
        file.record(edit(report, AUTHORITY, "Ministry"))
        file.keep_open_edit(OpenEdit(report.id, AUTHORITY, "In the middle of a wo"))
        assert working.write_back()
        with ReportFile.open(place, "read") as there:
            assert there.load(1, report.form).plain(AUTHORITY) == "In the middle of a wo"
        file.record(edit(report, AUTHORITY, "Ministry of Justice"))
        assert working.write_back()
    assert authority(place, report) == "Ministry of Justice"


def test_what_is_not_written_back_is_not_removed(check_out: CheckOut, place: Path, report: Report) -> None:
    working = check_out()
    write(working.path, report, "Ministry")
    assert not working.release()
    again = check_out()
    assert authority(again.path, report) == "Ministry"
    assert standing(again) is Standing.WAITING
    assert again.write_back()
    assert again.release()
    assert authority(place, report) == "Ministry"


def test_while_it_is_out_others_see_who_has_it(place: Path, folder: Path, check_out: CheckOut) -> None:
    working = check_out()
    with pytest.raises(FileInUseError, match="Ana"):
        ReportFile.open(place, "write", who="Ben")
    with pytest.raises(FileInUseError, match="Ana"):
        WorkingCopy.check_out(place, folder, "Ben")
    working.beat()
    assert working.release()
    ReportFile.open(place, "write", who="Ben").close()


def test_a_crash_loses_nothing(place: Path, check_out: CheckOut, report: Report) -> None:
    working = check_out()
    write(working.path, report, "Ministry")
    crash(working)
    assert lock_path(place).exists()
    again = check_out()
    assert authority(again.path, report) == "Ministry"
    assert again.conflict is None
    again.write_back()
    assert again.release()
    assert list(everything_in(place.parent)) == ["albania.adesk"]


# The place is away


def test_a_place_that_vanishes_keeps_the_work_here_until_it_is_back(
    share: Path, place: Path, check_out: CheckOut, report: Report
) -> None:
    working = check_out()
    write(working.path, report, "Ministry")
    take_away(share)
    with pytest.raises(
        NotWrittenBackError, match=r"cannot be reached at present\. Your work is kept"
    ) as caught:
        working.write_back()
    assert str(place) in caught.value.sentence
    assert standing(working) is Standing.AWAY
    assert working.state.sentence == caught.value.sentence
    assert not working.state.is_written
    bring_back(share)
    assert working.write_back()
    assert standing(working) is Standing.IN_STEP
    assert working.release()
    assert authority(place, report) == "Ministry"
    assert list(everything_in(share)) == ["albania.adesk"]


def test_without_its_place_a_working_copy_can_be_opened_and_says_so(
    share: Path, place: Path, check_out: CheckOut, report: Report
) -> None:
    working = check_out()
    write(working.path, report, "Ministry")
    take_away(share)
    assert not working.release()
    again = check_out()
    assert standing(again) is Standing.AWAY
    assert "kept on this computer" in again.state.sentence
    write(again.path, report, "Ministry of Justice")
    bring_back(share)
    assert again.write_back()
    assert again.release()
    assert authority(place, report) == "Ministry of Justice"


def test_another_folder_in_the_place_of_the_share_is_not_written_to(
    share: Path, place: Path, check_out: CheckOut, report: Report
) -> None:
    """The share is no longer mounted; what shows in its place is an empty folder of this computer's disk."""
    working = check_out()
    write(working.path, report, "Ministry")
    take_away(share)
    share.mkdir()
    # As a drive of another number would be.
    working._record.device += 1
    with pytest.raises(NotWrittenBackError, match="cannot be reached at present"):
        working.write_back()
    assert standing(working) is Standing.AWAY
    assert everything_in(share) == {}
    share.rmdir()
    bring_back(share)
    # A share may come back with another number: the file is in it.
    assert working.write_back()
    assert authority(place, report) == "Ministry"
    assert working._record.device == share.stat().st_dev


def test_without_place_and_working_copy_there_is_nothing_to_open(
    share: Path, place: Path, folder: Path
) -> None:
    take_away(share)
    with pytest.raises(FileMissingError):
        WorkingCopy.check_out(place, folder, "Ana")
    share.mkdir()
    with pytest.raises(FileMissingError, match=r"albania\.adesk"):
        WorkingCopy.check_out(place, folder, "Ana")
    assert everything_in(share) == {}
    assert list(folder.iterdir()) == []


def test_a_folder_that_may_only_be_read_is_said_at_once(folder: Path, report: Report) -> None:
    with unprivileged_folder() as share:
        place = make_file(share / "albania.adesk", report)
        share.chmod(0o500)
        copies = share.parent / f"{share.name} copies"
        with pytest.raises(FolderNotWritableError, match="can only be read"):
            WorkingCopy.check_out(place, copies, "Ana")
        copies.rmdir()


def test_a_place_that_turns_read_only_keeps_the_work_here(report: Report) -> None:
    with unprivileged_folder() as top:
        share = top / "share"
        share.mkdir()
        working = WorkingCopy.check_out(make_file(share / "albania.adesk", report), top / "copies", "Ana")
        write(working.path, report, "Ministry")
        share.chmod(0o500)
        with pytest.raises(NotWrittenBackError, match=r"cannot be written|Nothing may be written"):
            working.write_back()
        share.chmod(0o700)
        assert working.write_back()
        assert working.release()


def test_a_file_removed_meanwhile_is_written_anew(place: Path, check_out: CheckOut, report: Report) -> None:
    """Whoever moved it has the older version; nothing is written over."""
    working = check_out()
    write(working.path, report, "Ministry")
    elsewhere = place.rename(place.with_name("moved.adesk"))
    assert working.write_back()
    assert working.release()
    assert authority(place, report) == "Ministry"
    assert authority(elsewhere, report) != "Ministry"


# Somebody else changes the file


def change_elsewhere(place: Path, report: Report, words: str) -> None:
    """A change by someone whom no lock stopped: on another computer, or with a copy."""
    lock_path(place).unlink(missing_ok=True)
    write(place, report, words)


def test_a_file_changed_by_someone_else_is_kept_and_the_work_goes_beside_it(
    place: Path, check_out: CheckOut, report: Report
) -> None:
    working = check_out()
    write(working.path, report, "Mine")
    change_elsewhere(place, report, "Theirs")
    theirs = place.read_bytes()
    assert working.write_back()
    mine = place.with_name("albania (Ana, 2026-11-26 14.03).adesk")
    assert working.conflict is not None
    assert (working.conflict.theirs, working.conflict.mine) == (place, mine)
    assert str(mine) in working.conflict.sentence
    assert str(place) in working.conflict.sentence
    assert standing(working) is Standing.CONFLICT
    assert place.read_bytes() == theirs
    assert authority(mine, report) == "Mine"
    write(working.path, report, "Mine again")
    assert working.write_back()
    assert working.release()
    assert authority(mine, report) == "Mine again"
    assert place.read_bytes() == theirs
    assert sorted(everything_in(place.parent)) == [mine.name, place.name]


def test_after_a_crash_too(place: Path, folder: Path, check_out: CheckOut, report: Report) -> None:
    working = check_out()
    write(working.path, report, "Mine")
    crash(working)
    change_elsewhere(place, report, "Theirs")
    again = check_out()
    assert again.conflict is not None
    assert authority(again.path, report) == "Mine"
    assert standing(again) is Standing.WAITING
    crash(again)
    # Whichever of the two files is opened next: the work is found again.
    third = check_out()
    assert third.conflict == again.conflict
    third.write_back()
    write(third.path, report, "Mine again")
    crash(third)
    mine = again.conflict.mine
    fourth = WorkingCopy.check_out(mine, folder, "Ana")
    assert authority(fourth.path, report) == "Mine again"
    fourth.write_back()
    assert fourth.release()
    assert (authority(mine, report), authority(place, report)) == ("Mine again", "Theirs")


def test_without_work_of_its_own_the_file_is_taken_anew(
    place: Path, check_out: CheckOut, report: Report
) -> None:
    crash(check_out())
    change_elsewhere(place, report, "Theirs")
    again = check_out()
    assert again.conflict is None
    assert standing(again) is Standing.IN_STEP
    assert authority(again.path, report) == "Theirs"


def test_a_crash_right_after_writing_back_makes_nobody_a_stranger(
    place: Path, check_out: CheckOut, report: Report
) -> None:
    """The file was moved into place, and the program ended before it could note that."""
    working = check_out()
    write(working.path, report, "Ministry")
    record = working._home / "place.json"
    before = record.read_bytes()
    working.write_back()
    after = read_record(working._home)
    assert after is not None
    assert after.base is not None
    record.write_bytes(before)
    half = read_record(working._home)
    assert half is not None
    half.pending = after.base.fingerprint
    half.save(working._home)
    crash(working)
    write(working.path, report, "Ministry of Justice")
    again = check_out()
    assert again.conflict is None
    assert authority(again.path, report) == "Ministry of Justice"
    crash(again)
    # Not even when somebody has gone on from there.
    record.write_bytes(before)
    place.write_bytes(again.path.read_bytes())
    change_elsewhere(place, report, "Theirs, later")
    third = check_out()
    assert third.conflict is None
    assert authority(third.path, report) == "Theirs, later"


@pytest.mark.parametrize("words", [b"", b"{", b"[]", b'{"place": 3}', b"\xff", b"[" * 100_000])
def test_with_a_damaged_record_all_that_is_there_is_kept(
    place: Path, check_out: CheckOut, report: Report, words: bytes
) -> None:
    working = check_out()
    write(working.path, report, "Mine")
    crash(working)
    (working._home / "place.json").write_bytes(words)
    again = check_out()
    assert authority(again.path, report) == "Mine"
    again.write_back()
    assert again.conflict is not None
    assert authority(again.conflict.mine, report) == "Mine"


def test_a_damaged_working_copy_is_set_aside_and_not_written_back(
    place: Path, check_out: CheckOut, report: Report
) -> None:
    working = check_out()
    write(working.path, report, "Mine")
    content = bytearray(working.path.read_bytes())
    content[4096:8192] = bytes(4096)
    working.path.write_bytes(content)
    before = place.read_bytes()
    with pytest.raises(DamagedFileError):
        working.write_back()
    assert not working.release()
    assert place.read_bytes() == before
    again = check_out()
    assert again.conflict is None
    assert again.path.read_bytes() == before
    kept = [path for path in again.path.parent.iterdir() if path.name.startswith("damaged ")]
    assert [path.read_bytes() for path in kept] == [bytes(content)]


@pytest.mark.parametrize("content", [b"", b"something else", b"SQLite format 3\0" + bytes(500)])
def test_a_file_that_was_damaged_meanwhile_is_left_and_the_work_goes_beside_it(
    place: Path, check_out: CheckOut, report: Report, content: bytes
) -> None:
    working = check_out()
    write(working.path, report, "Mine")
    crash(working)
    place.write_bytes(content)
    again = check_out()
    assert again.conflict is not None
    again.write_back()
    assert authority(again.conflict.mine, report) == "Mine"
    assert place.read_bytes() == content


def test_what_is_no_report_file_is_refused_and_leaves_nothing(share: Path, folder: Path) -> None:
    (share / "notes.adesk").write_text("something else")
    with pytest.raises(NotAReportFileError):
        WorkingCopy.check_out(share / "notes.adesk", folder, "Ana")
    assert list(everything_in(share)) == ["notes.adesk"]
    assert list(folder.iterdir()) == []


def test_a_file_in_use_by_someone_else_is_not_written_to(
    place: Path, check_out: CheckOut, report: Report
) -> None:
    """This computer slept, and another one took the file over; when it is done, work goes beside it."""
    working = check_out()
    write(working.path, report, "Mine")
    lock_path(place).unlink()
    other = FileLock.take(place, "Ben")
    with pytest.raises(NotWrittenBackError, match="Ben"):
        working.write_back()
    assert standing(working) is Standing.IN_USE
    other.release()
    change_elsewhere(place, report, "Theirs")
    working.write_back()
    assert standing(working) is Standing.CONFLICT
    assert authority(place, report) == "Theirs"


def test_a_file_another_program_is_writing_is_not_written_over(
    place: Path, check_out: CheckOut, report: Report
) -> None:
    working = check_out()
    write(working.path, report, "Mine")
    place.with_name("albania.adesk-journal").write_bytes(b"half a write")
    before = place.read_bytes()
    working.write_back()
    assert working.conflict is not None
    assert place.read_bytes() == before


def test_an_emptied_journal_stops_nobody(place: Path, check_out: CheckOut, report: Report) -> None:
    working = check_out()
    write(working.path, report, "Mine")
    place.with_name("albania.adesk-journal").touch()
    assert working.write_back()
    assert working.conflict is None


HALF = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE meta SET value = 'x'")
connection.execute("CREATE TABLE big (words)")
connection.executemany("INSERT INTO big VALUES (?)", [("words " * 500,)] * 200)
os.kill(os.getpid(), 9)
"""


def test_half_a_write_left_at_the_place_is_taken_back_first(
    place: Path, check_out: CheckOut, report: Report
) -> None:
    before = authority(place, report)
    with start(HALF, place) as process:
        process.wait()
    assert place.with_name("albania.adesk-journal").exists()
    working = check_out()
    assert authority(working.path, report) == before
    assert not place.with_name("albania.adesk-journal").exists()
    assert working.release()


# Where it is found again


def test_links_lead_to_one_working_copy(
    place: Path, folder: Path, tmp_path: Path, check_out: CheckOut
) -> None:
    working = check_out()
    (tmp_path / "link.adesk").symlink_to(place)
    with pytest.raises(FileInUseError, match="Ana"):
        WorkingCopy.check_out(tmp_path / "link.adesk", folder, "Ana")
    assert working.release()


def test_a_stick_with_another_letter_finds_its_working_copy(
    share: Path, folder: Path, check_out: CheckOut, report: Report
) -> None:
    working = check_out()
    write(working.path, report, "Mine")
    crash(working)
    moved = share.rename(share.with_name("F"))
    lock_path(moved / "albania.adesk").unlink()
    again = WorkingCopy.check_out(moved / "albania.adesk", folder, "Ana")
    assert authority(again.path, report) == "Mine"
    again.write_back()
    assert again.release()
    assert authority(moved / "albania.adesk", report) == "Mine"
    assert list(folder.iterdir()) == []


def test_two_files_of_one_name_have_two_working_copies(
    tmp_path: Path, folder: Path, check_out: CheckOut, report: Report
) -> None:
    (tmp_path / "other").mkdir()
    other = make_file(tmp_path / "other" / "albania.adesk", report)
    working, second = check_out(), WorkingCopy.check_out(other, folder, "Ana")
    write(working.path, report, "Mine")
    working.write_back()
    assert working.release()
    assert second.release()
    assert authority(other, report) != "Mine"


def test_the_name_of_the_own_version_is_free_and_fit_for_every_drive(place: Path) -> None:
    first = name_of_own(place, "Ana/Ben: <x>.", MOMENT)
    assert first.name == "albania (Ana Ben   x, 2026-11-26 14.03).adesk"
    first.touch()
    assert name_of_own(place, "Ana/Ben: <x>.", MOMENT).name == (
        "albania (Ana Ben   x, 2026-11-26 14.03) 2.adesk"
    )
    assert name_of_own(place, "", MOMENT).name == "albania (my version, 2026-11-26 14.03).adesk"


def test_a_protected_file_has_a_protected_working_copy(share: Path, folder: Path, report: Report) -> None:
    place = share / "kosovo.adesk"
    ReportFile.create(place, fill=lambda file: file.add_report(report), key=key()).close()
    working = WorkingCopy.check_out(place, folder, "Ana", key=key())
    with ReportFile.open(working.path, "write", key=key()) as file:
        file.record(edit(report, AUTHORITY, "Very secret words"))
        assert working.write_back()
        file.record(edit(report, AUTHORITY, "More secret words"))
    assert all(b"secret" not in content for content in everything_in(folder).values())
    assert working.write_back()
    assert working.release()
    assert is_protected(place)
    with ReportFile.open(place, "read", key=key()) as file:
        assert file.verify_chain() == []
        assert file.load(1, report.form).plain(AUTHORITY) == "More secret words"
    with pytest.raises(ProtectedFileError):
        WorkingCopy.check_out(place, folder, "Ana")
    assert list(folder.iterdir()) == []


def test_without_its_key_a_protected_working_copy_is_not_taken_for_damaged(
    share: Path, folder: Path, report: Report
) -> None:
    """The place holds an ordinary file by now: both stay as they are until the key is there."""
    place = share / "kosovo.adesk"
    ReportFile.create(place, fill=lambda file: file.add_report(report), key=key()).close()
    working = WorkingCopy.check_out(place, folder, "Ana", key=key())
    with ReportFile.open(working.path, "write", key=key()) as file:
        file.record(edit(report, AUTHORITY, "Mine"))
    assert not working.release()
    place.unlink()
    make_file(place, filled_report())
    before = everything_in(folder) | everything_in(share)
    with pytest.raises(ProtectedFileError):
        WorkingCopy.check_out(place, folder, "Ana")
    assert everything_in(folder) | everything_in(share) == before
    again = WorkingCopy.check_out(place, folder, "Ana", key=key())
    assert again.conflict is not None
    assert again.write_back()
    assert again.release()


KILLED = """
import sys
from pathlib import Path
from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.storage.place_state import Standing
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.working_copy import WorkingCopy

place, folder, report, first = sys.argv[1:]
working = WorkingCopy.check_out(Path(place), Path(folder), "Ana")
with ReportFile.open(working.path, "write", who="Ana") as file:
    for number in range(int(first), 100_000):
        change = Change("cover.authority", None, f"{number}")
        file.record(Operation(report, OperationKind.EDIT, (change,), "Ana"))
        print(number, flush=True)
        working.write_back()
"""


def test_killed_at_any_moment_of_writing_back_nothing_is_lost(
    place: Path, folder: Path, report: Report
) -> None:
    first = 1
    for lines in (1, 2, 3, 5, 8, 2, 4, 1):
        with start(KILLED, place, folder, report.id, first) as process:
            assert process.stdout is not None
            seen = [process.stdout.readline() for _line in range(lines)]
            process.kill()
            seen += process.stdout.readlines()
        acknowledged = int([line for line in seen if line.endswith("\n")][-1])
        authority(place, report)
        working = WorkingCopy.check_out(place, folder, "Ana")
        assert working.conflict is None
        assert int(str(authority(working.path, report))) >= acknowledged
        working.write_back()
        assert working.release()
        first = int(str(authority(place, report))) + 1
    assert list(everything_in(place.parent)) == ["albania.adesk"]
