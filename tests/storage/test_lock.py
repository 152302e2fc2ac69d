from __future__ import annotations

import json
import os
import platform
from pathlib import Path

import pytest

from desktop_app.report.report import Report
from desktop_app.storage.errors import FileInUseError
from desktop_app.storage.lock import FileLock, lock_path
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import edit, everything_in, start

HOLD = """
import sys
from pathlib import Path
from desktop_app.storage.report_file import ReportFile
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
