"""A file that is moved, replaced or emptied while it is open in place: noticed, and nothing written over."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.report.report import Report
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.report_files import edit, make_file
from tests.support.small_form import filled_report

AUTHORITY = "cover.authority"
SOON = 20.0


def rename(path: Path) -> None:
    path.rename(path.with_name("renamed.adesk"))


def delete(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def replace_by_another(path: Path) -> None:
    make_file(path.with_name("another.adesk"), filled_report()).replace(path)


def replace_by_an_older_state(path: Path) -> None:
    path.with_name("older.adesk").replace(path)


def go_on_elsewhere(path: Path) -> None:
    """A copy that was worked on by somebody else is put in its place."""
    copy = path.with_name("copy.adesk")
    shutil.copyfile(path, copy)
    with ReportFile.open(copy, "write", who="Ben") as file:
        report = filled_report()
        file.add_report(report)
    copy.replace(path)


def cut_the_history(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM changes")
        connection.execute("DELETE FROM operations WHERE seq > 1")
    connection.close()


def until(worker: FileWorker, is_said: Callable[[str], bool]) -> None:
    """Wait for a failure of the worker."""
    for _time in range(400):
        if is_said(worker.durability.failure or ""):
            return
        assert not worker.flush(0.05)
    raise AssertionError(worker.durability.failure)


CHANGED = "was changed by another program while it was open. Nothing was written over."
CASES = [
    (rename, "There is no file"),
    (delete, "There is no file"),
    (empty, "is not a report file"),
    (replace_by_another, CHANGED),
    (replace_by_an_older_state, CHANGED),
    (go_on_elsewhere, CHANGED),
    (cut_the_history, CHANGED),
]


@pytest.mark.parametrize(("happen", "sentence"), CASES)
def test_it_is_said_and_the_words_stay_in_memory(
    path: Path, report: Report, happen: Callable[[Path], None], sentence: str
) -> None:
    shutil.copyfile(path, path.with_name("older.adesk"))
    worker = FileWorker(path, who="Ana")
    worker.record(edit(report, AUTHORITY, "First"))
    assert worker.flush(SOON)
    happen(path)
    there = path.read_bytes() if path.exists() else None
    step = edit(report, AUTHORITY, "Second")
    worker.record(step)
    # The first try finds that something is wrong, the second what it is.
    until(worker, lambda failure: sentence in failure)
    assert worker.unsaved == (step,)
    assert (path.read_bytes() if path.exists() else None) == there
    assert worker.give_up() == (step,)
    assert (path.read_bytes() if path.exists() else None) == there


def test_a_file_moved_away_and_back_is_gone_on_with(path: Path, report: Report) -> None:
    worker = FileWorker(path, who="Ana")
    worker.record(edit(report, AUTHORITY, "First"))
    assert worker.flush(SOON)
    moved = path.rename(path.with_name("moved.adesk"))
    worker.record(edit(report, AUTHORITY, "Second"))
    until(worker, bool)
    moved.rename(path)
    assert worker.flush(SOON)
    assert worker.close(SOON)
    with ReportFile.open(path, "read") as file:
        assert file.load(1, report.form).plain(AUTHORITY) == "Second"


def test_the_same_file_put_back_by_a_program_that_synchronises_is_the_same(
    path: Path, report: Report
) -> None:
    worker = FileWorker(path, who="Ana")
    worker.record(edit(report, AUTHORITY, "First"))
    assert worker.flush(SOON)
    shutil.copyfile(path, path.with_name("copy"))
    path.with_name("copy").replace(path)
    worker.record(edit(report, AUTHORITY, "Second"))
    assert worker.flush(SOON)
    assert worker.close(SOON)
    with ReportFile.open(path, "read") as file:
        assert file.verify_chain() == []
        assert file.load(1, report.form).plain(AUTHORITY) == "Second"
