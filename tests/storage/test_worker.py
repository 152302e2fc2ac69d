from __future__ import annotations

import contextlib
import logging
import resource
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest

from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind
from desktop_app.report.journal import Durability, Journal
from desktop_app.report.report import Report
from desktop_app.storage.connection import Connection
from desktop_app.storage.errors import DamagedFileError, FileInUseError, FileMissingError
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.report_files import edit, everything_in, run_script
from tests.support.small_form import FIRST_ROW, empty_report, small_form

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
PATIENCE = 20.0
"""Seconds after which a test gives up; nothing here should take one."""


class Watcher:
    """What a window would show: every state the worker tells."""

    def __init__(self, worker: FileWorker) -> None:
        self._condition = threading.Condition()
        self.seen: list[Durability] = []
        worker.listen(self._on_told)

    def _on_told(self, durability: Durability) -> None:
        with self._condition:
            self.seen.append(durability)
            self._condition.notify_all()

    def wait_for(self, wanted: Callable[[Durability], bool]) -> Durability:
        with self._condition:
            assert self._condition.wait_for(lambda: any(map(wanted, self.seen)), PATIENCE), self.seen
            return next(filter(wanted, self.seen))


@contextlib.contextmanager
def working(path: Path) -> Iterator[FileWorker]:
    worker = FileWorker(path, who="Ana")
    try:
        worker.opened.result(PATIENCE)
        yield worker
    finally:
        worker.give_up()


@contextlib.contextmanager
def busy(worker: FileWorker) -> Iterator[None]:
    """The thread stands still, as on a disk that takes its time."""
    begun, go_on = threading.Event(), threading.Event()

    def stand_still(file: ReportFile) -> None:
        begun.set()
        go_on.wait(PATIENCE)

    worker.read(stand_still)
    assert begun.wait(PATIENCE)
    try:
        yield
    finally:
        go_on.set()


@contextlib.contextmanager
def no_room() -> Iterator[None]:
    """No file may grow, as under a used-up quota."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def on_disk(path: Path, place: str = DESCRIPTION) -> object:
    """What another program reads."""
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
        return file.load(1, small_form()).plain(place)


# ------------------------------------------------------------------------------------- everyday


def test_what_is_handed_over_gets_to_disk_in_order(path: Path, report: Report) -> None:
    with working(path) as worker:
        journal: Journal = worker
        numbers = [journal.record(edit(report, DESCRIPTION, f"words {number}")) for number in range(20)]
        assert numbers == list(range(1, 21))
        assert journal.flush(PATIENCE)
        state = journal.durability
        assert (state.handed, state.durable, state.is_saved, state.failure) == (20, 20, True, None)
        assert state.at is not None
        assert on_disk(path) == "words 19"
        log = worker.read(lambda file: file.operations(report.id)).result(PATIENCE)
    assert [operation.changes[0].new for operation in log[1:]] == [f"words {number}" for number in range(20)]


def test_nothing_handed_over_is_saved(path: Path) -> None:
    with working(path) as worker:
        assert worker.durability == Durability()
        assert worker.durability.is_saved
        assert worker.flush(0)


def test_typing_is_on_disk_well_within_a_second(path: Path, report: Report) -> None:
    with working(path) as worker:
        worker.record(edit(report, "cover.authority", "warm"))
        assert worker.flush(PATIENCE)
        watcher = Watcher(worker)
        began = time.monotonic()
        number = worker.keep_open_edit(OpenEdit(report.id, DESCRIPTION, "Som"))
        watcher.wait_for(lambda state: state.durable >= number)
        assert time.monotonic() - began < 0.5
        assert on_disk(path) == "Som"


def test_handing_over_never_waits_for_the_disk(path: Path, report: Report) -> None:
    with working(path) as worker:
        with busy(worker):
            worker.record(edit(report, DESCRIPTION, "words"))
            for length in range(1, 100):
                worker.keep_open_edit(OpenEdit(report.id, "cover.authority", "x" * length))
            assert (worker.durability.handed, worker.durability.durable) == (100, 0)
            assert not worker.durability.is_saved
            assert not worker.flush(0)
            # Only the latest content of the field still waits.
            assert [type(item).__name__ for item in worker.unsaved] == ["Operation", "OpenEdit"]
        assert worker.flush(PATIENCE)
        assert worker.durability.durable == 100
        assert on_disk(path, "cover.authority") == "x" * 99


def test_leaving_a_field_ends_its_open_edit(path: Path, report: Report) -> None:
    with working(path) as worker:
        worker.keep_open_edit(OpenEdit(report.id, DESCRIPTION, "Som"))
        worker.record(edit(report, DESCRIPTION, "Some"))
        worker.keep_open_edit(OpenEdit(report.id, "cover.authority", "Min"))
        assert worker.flush(PATIENCE)
        edits = worker.read(ReportFile.open_edits).result(PATIENCE)
    assert [kept.path for kept in edits] == ["cover.authority"]


def test_other_tasks_run_in_the_same_thread(path: Path) -> None:
    second = empty_report()
    with working(path) as worker:
        assert worker.read(lambda file: file.add_report(second)).result(PATIENCE) == 2
        assert worker.read(lambda file: file.load(2, second.form)).result(PATIENCE).id == second.id
        worker.record(edit(second, "cover.authority", "Ministry"))
        failing = worker.read(lambda file: file.load(9, second.form))
        with pytest.raises(Exception, match="no report 9"):
            failing.result(PATIENCE)
        assert worker.flush(PATIENCE)


def test_a_task_sees_what_was_handed_over_before_it(path: Path, report: Report) -> None:
    with working(path) as worker:
        for number in range(10):
            worker.record(edit(report, DESCRIPTION, f"{number}"))
            loaded = worker.read(lambda file: file.load(1, report.form))
            assert loaded.result(PATIENCE).plain(DESCRIPTION) == f"{number}"


# ------------------------------------------------------------------------------ opening, closing


def test_closing_waits_for_everything(path: Path, report: Report) -> None:
    worker = FileWorker(path)
    for number in range(50):
        worker.record(edit(report, DESCRIPTION, f"words {number}"))
    worker.keep_open_edit(OpenEdit(report.id, "cover.authority", "unfinished wor"))
    assert worker.close(PATIENCE)
    assert worker.unsaved == ()
    assert list(everything_in(path.parent)) == ["albania.adesk"]
    assert on_disk(path) == "words 49"
    assert on_disk(path, "cover.authority") == "unfinished wor"
    with pytest.raises(RuntimeError):
        worker.record(edit(report, DESCRIPTION, "too late"))
    with pytest.raises(RuntimeError):
        worker.read(ReportFile.reports)
    assert worker.close(PATIENCE)


def test_the_next_opening_tells_what_was_recovered(path: Path, report: Report) -> None:
    worker = FileWorker(path)
    worker.keep_open_edit(OpenEdit(report.id, DESCRIPTION, "unfinished wor"))
    assert worker.close(PATIENCE)
    again = FileWorker(path)
    (recovered,) = again.opened.result(PATIENCE)
    assert recovered.changes[0].new == "unfinished wor"
    assert again.close(PATIENCE)


def test_why_a_file_cannot_be_opened_is_told(tmp_path: Path, path: Path, report: Report) -> None:
    with working(path):
        refused = FileWorker(path)
        with pytest.raises(FileInUseError, match="Ana"):
            refused.opened.result(PATIENCE)
    assert refused.close(PATIENCE)
    missing = FileWorker(tmp_path / "none.adesk")
    with pytest.raises(FileMissingError):
        missing.opened.result(PATIENCE)
    with pytest.raises(RuntimeError):
        missing.record(edit(report, DESCRIPTION, "nowhere"))
    assert missing.close(PATIENCE)


def test_tasks_left_at_the_end_are_cancelled(path: Path) -> None:
    with working(path) as worker:
        with busy(worker):
            left = worker.read(ReportFile.reports)
            ending = threading.Thread(target=worker.give_up)
            ending.start()
            # Given up before the thread can go on.
            with worker._condition:
                assert worker._condition.wait_for(lambda: worker._has_given_up, PATIENCE)
        ending.join(PATIENCE)
        with pytest.raises(CancelledError):
            left.result(PATIENCE)


# ------------------------------------------------------------------------------------- failures


def test_without_room_everything_waits_and_goes_on_by_itself(path: Path, report: Report) -> None:
    before = report.plain(DESCRIPTION)
    with working(path) as worker:
        watcher = Watcher(worker)
        with no_room():
            made = [edit(report, DESCRIPTION, f"words {number}") for number in range(5)]
            for operation in made:
                worker.record(operation)
            worker.keep_open_edit(OpenEdit(report.id, "cover.authority", "unfinished wor"))
            failed = watcher.wait_for(lambda state: state.failure is not None)
            assert failed.failure is not None
            assert str(path) in failed.failure
            assert not failed.is_saved
            assert [item for item in worker.unsaved if isinstance(item, Operation)] == made
            assert not worker.flush(0.01)
            assert on_disk(path) == before
            # Tasks run all the same and see what is on disk.
            loaded = worker.read(lambda file: file.load(1, report.form)).result(PATIENCE)
            assert loaded.plain(DESCRIPTION) == before
        watcher.wait_for(lambda state: state.durable == 6 and state.is_saved)
        log = worker.read(lambda file: file.operations(report.id)).result(PATIENCE)
        assert log[1:] == made
        assert worker.unsaved == ()
    assert on_disk(path) == "words 4"


def test_a_folder_that_comes_back_is_written_again(path: Path, report: Report) -> None:
    away = path.parent.with_name("unplugged")
    with working(path) as worker:
        watcher = Watcher(worker)
        path.parent.rename(away)
        worker.record(edit(report, DESCRIPTION, "without a drive"))
        watcher.wait_for(lambda state: state.failure is not None)
        assert on_disk(away / path.name) == report_before()
        away.rename(path.parent)
        assert worker.flush(PATIENCE)
        assert worker.durability.is_saved
        assert worker.close(PATIENCE)
    assert on_disk(path) == "without a drive"
    assert list(everything_in(path.parent)) == ["albania.adesk"]


def report_before() -> object:
    return "Vepra të turpshme, <b>bold</b><note>Article 108.</note>"


def test_a_file_replaced_meanwhile_is_not_written_over(path: Path, report: Report) -> None:
    other = everything_in(path.parent)["albania.adesk"]
    with working(path) as worker:
        watcher = Watcher(worker)
        worker.record(edit(report, DESCRIPTION, "mine"))
        assert worker.flush(PATIENCE)
        path.write_bytes(other)
        made = edit(report, DESCRIPTION, "mine again")
        worker.record(made)
        failed = watcher.wait_for(lambda state: state.failure is not None)
        assert failed.failure is not None
        assert "Nothing was written over" in failed.failure
        assert not worker.close(0.1)
        assert worker.give_up() == (made,)
    assert path.read_bytes() == other


def test_closing_says_when_the_disk_does_not_take_it(path: Path, report: Report) -> None:
    with working(path) as worker:
        watcher = Watcher(worker)
        with no_room():
            worker.record(edit(report, DESCRIPTION, "first"))
            watcher.wait_for(lambda state: state.failure is not None)
            assert not worker.close(0.1)
            worker.record(edit(report, DESCRIPTION, "second"))
        assert worker.close(PATIENCE)
    assert on_disk(path) == "second"


def test_giving_up_hands_back_what_was_not_written(path: Path, report: Report) -> None:
    worker = FileWorker(path)
    watcher = Watcher(worker)
    with no_room():
        made = edit(report, DESCRIPTION, "lost otherwise")
        worker.record(made)
        watcher.wait_for(lambda state: state.failure is not None)
        assert not worker.close(0.1)
        assert worker.give_up() == (made,)
    assert on_disk(path) == report_before()


def test_an_edit_that_landed_although_reported_as_failed_is_not_doubled(
    path: Path, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock error after the commit, as a share gives: the words are on disk, the error says they are not."""
    failures = 2

    def execute(self: Connection, statement: str, *arguments: Any) -> sqlite3.Cursor:
        nonlocal failures
        done = sqlite3.Connection.execute(self, statement, *arguments)
        if statement == "COMMIT" and failures:
            failures -= 1
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_UNLOCK
            error.sqlite_errorname = "SQLITE_IOERR_UNLOCK"
            raise error
        return done

    with working(path) as worker:
        watcher = Watcher(worker)
        monkeypatch.setattr(Connection, "execute", execute)
        with busy(worker):
            made = [edit(report, DESCRIPTION, words) for words in ("one", "two", "three")]
            for operation in made:
                worker.record(operation)
        failed = watcher.wait_for(lambda state: state.failure is not None)
        assert failed.failure is not None
        assert "The disk does not answer" in failed.failure
        watcher.wait_for(lambda state: state.durable == 3 and state.is_saved)
        made.append(edit(report, DESCRIPTION, "four"))
        worker.record(made[-1])
        watcher.wait_for(lambda state: state.durable == 4 and state.is_saved)
        assert worker.read(lambda file: file.operations(report.id)).result(PATIENCE)[1:] == made
    assert on_disk(path) == "four"


def test_one_item_nobody_can_write_holds_up_only_what_follows(path: Path, report: Report) -> None:
    with working(path) as worker:
        watcher = Watcher(worker)
        good = edit(report, DESCRIPTION, "good")
        bad = Operation(report.id, OperationKind.EDIT, (Change("T1.planned/nowhere/budget", None, 1),))
        with busy(worker):
            worker.record(good)
            worker.record(bad)
        watcher.wait_for(lambda state: state.durable == 1 and state.failure is not None)
        assert worker.unsaved == (bad,)
        assert on_disk(path) == "good"


def test_a_mistake_of_the_program_is_told_as_one(path: Path, report: Report) -> None:
    with working(path) as worker:
        watcher = Watcher(worker)
        worker.record(Operation(report.id, OperationKind.EDIT, (Change("cover.date", None, object()),)))
        failed = watcher.wait_for(lambda state: state.failure is not None)
        assert failed.failure is not None
        assert "a mistake in the program (TypeError)" in failed.failure


def test_a_listener_that_fails_stops_nothing(
    path: Path, report: Report, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(state: Durability) -> None:
        raise KeyError("window")

    with working(path) as worker, caplog.at_level(logging.ERROR):
        worker.listen(fail)
        watcher = Watcher(worker)
        worker.record(edit(report, DESCRIPTION, "words"))
        watcher.wait_for(lambda state: state.is_saved and state.durable == 1)
    assert "a listener of the file worker failed" in caplog.text


def test_the_log_holds_no_answers(path: Path, report: Report, caplog: pytest.LogCaptureFixture) -> None:
    with working(path) as worker, caplog.at_level(logging.DEBUG):
        watcher = Watcher(worker)
        with no_room():
            worker.record(edit(report, DESCRIPTION, "SECRET words"))
            watcher.wait_for(lambda state: state.failure is not None)
        assert worker.flush(PATIENCE)
    assert "was not written: CannotWriteError" in caplog.text
    assert "SECRET" not in caplog.text


def test_damage_is_told_to_whoever_asks(path: Path, report: Report) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE rows SET answers = '['")
    connection.close()
    with working(path) as worker, pytest.raises(DamagedFileError):
        worker.read(lambda file: file.load(1, report.form)).result(PATIENCE)


def test_nothing_is_written_over_damage(path: Path, report: Report) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE rows SET answers = replace(answers, 'Vepra', 'Vepta')")
    connection.close()
    before = path.read_bytes()
    worker = FileWorker(path)
    worker.opened.result(PATIENCE)
    worker.record(edit(report, DESCRIPTION, "new words"))
    (damage,) = worker.integrity.result(PATIENCE)
    assert damage.path == DESCRIPTION.rpartition("/")[0]
    assert not worker.close(0.5)
    failure = worker.durability.failure
    assert failure is not None and "damaged" in failure
    (item,) = worker.give_up()
    assert isinstance(item, Operation) and item.changes[0].new == "new words"
    assert path.read_bytes() == before


def test_a_sound_file_is_verified_behind_the_tasks_that_wait(path: Path, report: Report) -> None:
    worker = FileWorker(path)
    worker.opened.result(PATIENCE)
    assert not worker.integrity.done()
    worker.verify()
    assert worker.integrity.result(PATIENCE) == []
    assert worker.close(PATIENCE)


FIRST_WORDS = """
import sys
from pathlib import Path
from desktop_app.storage.worker import FileWorker

worker = FileWorker(Path(sys.argv[1]))
worker.opened.result()
before = "sqlite_utils" in sys.modules
worker.verify()
worker.integrity.result()
print(before, worker.read(lambda file: "sqlite_utils" in sys.modules).result())
worker.close(60)
"""


def test_the_first_words_do_not_wait_for_what_writes_them_to_be_loaded(path: Path) -> None:
    assert run_script(FIRST_WORDS, path).stdout == "False True\n"


def test_a_file_opened_to_read_answers_and_can_be_verified_beside_a_writer(
    path: Path, report: Report
) -> None:
    with working(path):
        reader = FileWorker(path, mode="read")
        reader.opened.result(PATIENCE)
        assert reader.read(lambda file: file.load(1, report.form)).result(PATIENCE).id == report.id
        reader.verify()
        assert reader.integrity.result(PATIENCE) == []
        assert reader.close(PATIENCE)
