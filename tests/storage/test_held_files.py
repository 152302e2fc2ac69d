"""Looking at the beginning of a report file must not take SQLite's locks on it away."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from desktop_app.report.report import Report
from desktop_app.storage import held_files
from desktop_app.storage.connection import connect
from desktop_app.storage.format import look_at
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import make_file, run_script

WRITE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    connection.execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as error:
    print(error)
else:
    print("took the lock")
"""


def another_program_writes(path: Path) -> str:
    return run_script(WRITE, path).stdout.strip()


def open_handles(path: Path) -> int:
    folder = Path("/proc/self/fd")
    handles = []
    for entry in folder.iterdir():
        with contextlib.suppress(OSError):
            handles.append(str(entry.readlink()))
    return handles.count(str(path))


def test_a_look_at_the_file_leaves_the_writers_lock_in_force(tmp_path: Path, report: Report) -> None:
    path = make_file(tmp_path / "albania.adesk", report)
    connection = connect(path, "rw")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for _time in range(5):
            assert look_at(path)
            with ReportFile.open(path, "read") as reader:
                assert len(reader.reports()) == 1
        assert another_program_writes(path) == "database is locked"
        assert open_handles(path) <= 3  # SQLite itself keeps one more for the same reason
        connection.execute("ROLLBACK")
    finally:
        connection.close()
    assert open_handles(path) == 0
    assert another_program_writes(path) == "took the lock"


def test_a_file_that_took_the_name_of_one_in_use_is_read_itself(tmp_path: Path) -> None:
    path, other = tmp_path / "one", tmp_path / "two"
    path.write_bytes(b"the first")
    held = held_files.hold(path)
    assert held_files.read_beginning(path, 100) == (b"the first", 9)
    other.write_bytes(b"another")
    other.replace(path)
    assert held_files.read_beginning(path, 100) == (b"another", 7)
    held_files.let_go(held)
    assert open_handles(path) == 0


def test_a_plain_sqlite_connection_would_lose_its_lock(tmp_path: Path) -> None:
    """Why all this: the rule of POSIX that it works around is still in force."""
    path = tmp_path / "plain.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE t (a)")
    connection.execute("BEGIN IMMEDIATE")
    path.read_bytes()
    assert another_program_writes(path) == "took the lock"
    connection.close()
