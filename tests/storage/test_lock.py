from __future__ import annotations

import contextlib
import datetime
import errno
import json
import os
import platform
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.report.report import Report
from desktop_app.runtime.files import FolderNotWritableError
from desktop_app.storage.errors import FileInUseError
from desktop_app.storage.lock import FileLock, ForeignLockError, lock_path
from desktop_app.storage.lock_words import STALE_AFTER, Holder, in_words, read_words, this_machine, utc
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.report_files import edit, everything_in, start, unprivileged_folder

HOLD = """
import sys
from pathlib import Path
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
with ReportFile.open(Path(sys.argv[1]), "write", who="Ana Hoxha"):
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_a_second_opening_for_writing_names_the_holder(path: Path) -> None:
    with start(HOLD, path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        before = everything_in(path.parent)
        with pytest.raises(FileInUseError) as caught:
            ReportFile.open(path, "write", who="Ben")
        assert everything_in(path.parent) == before
        assert (caught.value.who, caught.value.host) == ("Ana Hoxha", platform.node())
        assert caught.value.since
        assert "“albania.adesk” is already open: Ana Hoxha, on computer" in str(caught.value)
        holder.communicate("\n")
    with ReportFile.open(path, "write", who="Ben"):
        assert json.loads(lock_path(path).read_text())["who"] == "Ben"
    assert list(everything_in(path.parent)) == ["albania.adesk"]


def test_in_one_program_too_there_is_one_writer(path: Path) -> None:
    with ReportFile.open(path, "write", who="Ana"), pytest.raises(FileInUseError, match="Ana"):
        ReportFile.open(path, "write")


def test_a_lock_left_by_a_crash_is_taken_over_silently(path: Path, report: Report) -> None:
    with start(HOLD, path) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    assert lock_path(path).exists()
    with ReportFile.open(path, "write", who="Ben") as file:
        file.record(edit(report, "cover.authority", "Ministry"))
        words = json.loads(lock_path(path).read_text())
    assert (words["who"], words["pid"]) == ("Ben", os.getpid())
    assert list(everything_in(path.parent)) == ["albania.adesk"]


@pytest.mark.parametrize("words", [b"", b"{", b"[1]", b"\xff\xfe", b'{"who": 3}', b"x" * 10_000])
def test_a_lock_file_with_unknown_words_stops_nobody(path: Path, words: bytes) -> None:
    lock_path(path).write_bytes(words)
    with ReportFile.open(path, "write"):
        assert json.loads(lock_path(path).read_bytes())["pid"] == os.getpid()


def test_a_holder_without_words_is_met_all_the_same(path: Path) -> None:
    with ReportFile.open(path, "write"):
        lock_path(path).write_bytes(b"")
        with pytest.raises(FileInUseError, match="in another window or program"):
            ReportFile.open(path, "write")


def test_two_names_of_one_file_are_one_file(path: Path, home: Path) -> None:
    other = path.with_name("other name.adesk")
    other.hardlink_to(path)
    (path.parent / "link.adesk").symlink_to(path)
    with ReportFile.open(path, "write", who="Ana"):
        for name in (other, path.parent / "link.adesk"):
            with pytest.raises(FileInUseError, match="Ana"):
                ReportFile.open(name, "write", who="Ben")
    with ReportFile.open(other, "write", who="Ben"), pytest.raises(FileInUseError, match="Ben"):
        ReportFile.open(path, "write")
    ReportFile.open(path, "write").close()
    assert not [name for name in everything_in(path.parent) if name.endswith(".lock")]
    assert not [name for name in everything_in(home) if name.endswith(".lock")]


def test_a_lock_whose_file_was_removed_is_no_longer_held(path: Path) -> None:
    lock = FileLock.take(path, "Ana")
    lock_path(path).unlink()
    assert not lock.is_held
    second = FileLock.take(path, "Ben")
    lock.release()
    assert second.is_held
    second.release()
    assert not lock_path(path).exists()


def test_a_name_of_any_kind_can_be_said(path: Path) -> None:
    for who in ("أنا", "half \ud83d", 'quote " and \\'):
        with ReportFile.open(path, "write", who=who), pytest.raises(FileInUseError):
            ReportFile.open(path, "write")


# Holders on other computers, where the operating system's lock does not reach


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.moment = utc()

    def __call__(self) -> datetime.datetime:
        return self.moment

    def go(self, seconds: float) -> None:
        self.moment += datetime.timedelta(seconds=seconds)


def elsewhere(path: Path, last: datetime.datetime, *, touched: float = 0, **others: object) -> bytes:
    """Leave the words of a holder on another computer, written ``touched`` seconds ago by the drive."""
    holder = {
        "who": "Ben",
        "host": "desk-7",
        "pid": 1,
        "since": "2026-11-26T08:00:00.000Z",
        "beat": in_words(last),
        "machine": "another",
        "id": "b",
    }
    words = json.dumps({**holder, **others}).encode()
    lock_path(path).write_bytes(words)
    moment = time.time() - touched
    os.utime(lock_path(path), (moment, moment))
    return words


LONG_AGO = 2 * STALE_AFTER


def test_a_holder_on_another_computer_that_gives_signs_is_respected(path: Path) -> None:
    words = elsewhere(path, utc(), touched=LONG_AGO)
    with pytest.raises(FileInUseError, match="Ben, on computer desk-7, since") as caught:
        ReportFile.open(path, "write", who="Ana")
    assert caught.value.who == "Ben"
    assert lock_path(path).read_bytes() == words
    assert sorted(everything_in(path.parent)) == [".albania.adesk.lock", "albania.adesk"]


def test_by_the_clock_of_the_drive_too(path: Path) -> None:
    """The other computer's clock is an hour behind."""
    elsewhere(path, utc() - datetime.timedelta(hours=1), touched=30)
    with pytest.raises(FileInUseError, match="Ben"):
        FileLock.take(path, "Ana")


@pytest.mark.parametrize("beat", ["", "yesterday", "2026-01-01T00:00:00", "9999-12-31T23:59:59+00:00"])
def test_without_a_sign_of_life_it_is_gone_and_the_lock_taken_over(path: Path, beat: str) -> None:
    elsewhere(path, utc(), touched=LONG_AGO, beat=beat, since="")
    with ReportFile.open(path, "write", who="Ana"):
        assert json.loads(lock_path(path).read_text())["who"] == "Ana"
    assert list(everything_in(path.parent)) == ["albania.adesk"]


def test_a_computer_of_the_same_name_is_another_one(path: Path) -> None:
    elsewhere(path, utc(), host=platform.node(), machine="another")
    with pytest.raises(FileInUseError, match="Ben"):
        FileLock.take(path, "Ana")
    elsewhere(path, utc(), host="renamed since", machine=this_machine())
    FileLock.take(path, "Ana").release()


def test_a_holder_gives_signs_of_life_and_its_words_keep_their_length(path: Path) -> None:
    clock = Clock()
    lock = FileLock.take(path, "Ana", clock)
    before = lock_path(path).read_bytes()
    clock.go(60)
    assert lock.beat()
    after = lock_path(path).read_bytes()
    assert len(after) == len(before)
    words = read_words(lock_path(path))
    assert (words.since, words.beat) == (
        in_words(clock.moment - datetime.timedelta(minutes=1)),
        in_words(clock()),
    )
    lock.release()
    assert not lock.beat()


def test_a_lock_taken_over_while_this_computer_slept_is_lost_and_left_alone(path: Path) -> None:
    """On a share the other computer writes its words into the very file this one has locked."""
    lock = FileLock.take(path, "Ana")
    words = elsewhere(path, utc())
    assert not lock.is_held
    assert not lock.beat()
    assert lock_path(path).read_bytes() == words
    with pytest.raises(FileInUseError, match="Ben"):
        lock.take_again()
    lock.release()
    assert lock_path(path).read_bytes() == words
    lock_path(path).unlink()
    lock.take_again().release()


def test_a_lock_file_in_use_elsewhere_is_seen_by_what_has_it_open_here(path: Path, report: Report) -> None:
    """After the drive was away the lock is taken anew; another holder's is not."""
    with ReportFile.open(path, "write", who="Ana") as file:
        lock_path(path).unlink()
        elsewhere(path, utc())
        with pytest.raises(FileInUseError, match="Ben"):
            file.reconnect([])
        lock_path(path).unlink()
        assert file.reconnect([]) == []
        file.record(edit(report, "cover.authority", "Ministry"))
        assert json.loads(lock_path(path).read_text())["who"] == "Ana"


def test_a_file_taken_over_meanwhile_is_not_written(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write", who="Ana") as file:
        file.beat()
        elsewhere(path, utc())
        before = path.read_bytes()
        step = edit(report, "cover.authority", "Ministry")
        with pytest.raises(FileInUseError, match="Ben"):
            file.record(step)
        assert path.read_bytes() == before
        lock_path(path).unlink()
        assert file.reconnect([step.id]) == []
        file.record(step)


def test_the_file_worker_gives_signs_of_life(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.storage.worker.BEAT", 0.01)
    worker = FileWorker(path, who="Ana")
    worker.opened.result()
    first = read_words(lock_path(path)).beat
    deadline = time.monotonic() + 20
    while read_words(lock_path(path)).beat == first:
        assert time.monotonic() < deadline
    assert worker.close(20)


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive on which the operating system cannot lock."""

    def refuse(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)


@pytest.mark.usefixtures("no_locks")
def test_where_the_system_cannot_lock_the_words_decide(path: Path) -> None:
    lock = FileLock.take(path, "Ana")
    with pytest.raises(FileInUseError, match="Ana"):
        FileLock.take(path, "Ana")
    lock.release()
    FileLock.take(path, "Ana").release()


@pytest.mark.usefixtures("no_locks")
def test_where_the_system_cannot_lock_a_living_process_counts_and_a_killed_one_does_not(path: Path) -> None:
    with start(HOLD, path) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(FileInUseError, match="Ana Hoxha"):
            FileLock.take(path, "Ben")
        holder.kill()
        holder.wait()
        lock = FileLock.take(path, "Ben")
    assert json.loads(lock_path(path).read_text())["who"] == "Ben"
    lock.release()


@pytest.mark.usefixtures("no_locks")
def test_the_number_of_a_dead_process_may_be_another_living_one(path: Path) -> None:
    long_ago = utc() - datetime.timedelta(seconds=LONG_AGO)
    elsewhere(path, long_ago, touched=LONG_AGO, machine=this_machine(), pid=os.getppid())
    FileLock.take(path, "Ana").release()


def test_a_folder_that_may_only_be_read_cannot_be_locked() -> None:
    with unprivileged_folder() as folder:
        folder.chmod(0o500)
        with pytest.raises(FolderNotWritableError, match="can only be read"):
            FileLock.take(folder / "albania.adesk", "Ana")


@pytest.mark.parametrize("rights", [0o664, 0o660, 0o600])
def test_whoever_may_write_the_report_may_lock_it_too(path: Path, rights: int) -> None:
    path.chmod(rights)
    before = os.umask(0o077)
    try:
        with ReportFile.open(path, "write", who="Ana"):
            assert lock_path(path).stat().st_mode & 0o777 == rights
    finally:
        os.umask(before)


@contextlib.contextmanager
def lock_of_another_account(rights: int) -> Iterator[Path]:
    """A report in a folder that may be written; whoever has it open left a lock with these ``rights``."""
    with unprivileged_folder() as folder:
        path = folder / "albania.adesk"
        lock = FileLock.take(path, "Ana Hoxha")
        lock_path(path).chmod(rights)
        try:
            yield path
        finally:
            lock.release()


def test_a_lock_that_may_only_be_read_tells_who_has_the_report_open() -> None:
    with lock_of_another_account(0o444) as path:
        with pytest.raises(FileInUseError, match="already open: Ana Hoxha, on computer"):
            FileLock.take(path, "Ben")
        assert read_words(lock_path(path)).who == "Ana Hoxha"


def test_what_a_crash_of_another_account_left_is_taken_over() -> None:
    with unprivileged_folder() as folder:
        path = folder / "albania.adesk"
        lock_path(path).write_bytes(Holder.here("Ana Hoxha", utc()).to_bytes())
        lock_path(path).chmod(0o444)
        lock = FileLock.take(path, "Ben")
        assert read_words(lock_path(path)).who == "Ben"
        lock.release()
        assert not lock_path(path).exists()


def test_a_lock_that_may_not_even_be_read_is_named() -> None:
    with (
        lock_of_another_account(0o000) as path,
        pytest.raises(ForeignLockError, match=rf"left “{lock_path(path)}”, which yours may not"),
    ):
        FileLock.take(path, "Ben")


@pytest.mark.parametrize("words", [b"[" * 100_000, b'{"pid": true, "who": "Ben"}', b'{"pid": 1e400}'])
def test_words_of_any_kind_can_be_read(path: Path, words: bytes) -> None:
    lock_path(path).write_bytes(words)
    assert read_words(lock_path(path)) in (Holder(), Holder(who="Ben"))


@pytest.mark.parametrize("name", ["Ana Hoxha of the Ministry of Justice", "A", "Ана", ""])
def test_the_holder_can_take_another_name(path: Path, name: str) -> None:
    lock = FileLock.take(path, "Ana Hoxha")
    before = read_words(lock_path(path))
    lock.tell_name(name)
    assert read_words(lock_path(path)) == before.called(name)
    lock.tell_name("Ana")
    assert lock.beat()
    assert read_words(lock_path(path)).who == "Ana"
    assert lock.is_held
    lock.release()
    assert not lock_path(path).exists()
