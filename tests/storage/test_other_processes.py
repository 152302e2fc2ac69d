"""Several programs at one file: readers beside a writer, and a writer that is killed at any moment."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from desktop_app.report.report import Report
from desktop_app.storage.errors import FileInUseError
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import edit, everything_in, run_script, start
from tests.support.small_form import FIRST_ROW

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"
ROUNDS = 20

# Hands over typing and steps as fast as it can and says after each commit how far the disk has come.
TYPE = """
import sys
from pathlib import Path
from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind
from desktop_app.storage.worker import FileWorker

path, report, place, first = sys.argv[1:]
worker = FileWorker(Path(path), who="Ana")
worker.opened.result()
handed = {}
worker.listen(lambda state: print(handed[state.durable], flush=True))
for number in range(int(first), int(first) + 100_000):
    words = f"{number} " + "words " * (number % 70)
    # Announced before it is handed over, so that the listener never meets an unknown number.
    handed[worker.durability.handed + 1] = f"typed {number}"
    worker.keep_open_edit(OpenEdit(report, place, words, "Ana"))
    if number % 3 == 0:
        handed[worker.durability.handed + 1] = f"left {number}"
        worker.record(Operation(report, OperationKind.EDIT, (Change(place, None, words),), "Ana"))
    if number % 7 == 0:
        worker.flush(60)
"""


def number_in(words: object) -> int:
    found = re.match(r"\d+", str(words))
    assert found is not None, words
    return int(found[0])


def test_a_killed_writer_loses_nothing_it_had_called_saved(path: Path, report: Report) -> None:
    """20 rounds on one file: after each the last saved words, or newer ones, are there, and all steps."""
    chance = random.Random(2013)
    saved_steps: set[int] = set()
    first = 1
    for round_number in range(ROUNDS):
        with start(TYPE, path, report.id, DESCRIPTION, first) as process:
            assert process.stdout is not None
            seen = [process.stdout.readline() for _line in range(chance.randint(1, 40))]
            process.kill()
            seen += process.stdout.readlines()
        # The last line may have been cut off.
        kinds = [line.split() for line in seen if line.endswith("\n")]
        acknowledged = max(int(number) for _kind, number in kinds)
        saved_steps |= {int(number) for kind, number in kinds if kind == "left"}
        if round_number % 2:
            with ReportFile.open(path, "read") as reader:
                assert number_in(reader.load(1, report.form).plain(DESCRIPTION)) >= acknowledged
        with ReportFile.open(path, "write", who="Ben") as file:
            assert file.verify_chain() == []
            now = number_in(file.load(1, report.form).plain(DESCRIPTION))
            assert now >= acknowledged
            steps = [number_in(step.changes[0].new) for step in file.operations(report.id)[1:]]
        assert saved_steps <= set(steps)
        assert steps == sorted(set(steps)), "a step was doubled or changed places"
        first = now + 1
    assert list(everything_in(path.parent)) == ["albania.adesk"]


READ = """
import sys
from pathlib import Path
from desktop_app.storage.report_file import ReportFile
from tests.support.small_form import small_form
with ReportFile.open(Path(sys.argv[1]), "read") as file:
    print(file.load(1, small_form()).plain(sys.argv[2]), len(file.verify_chain()))
"""


def test_other_programs_read_what_the_window_has_open(path: Path, report: Report) -> None:
    with ReportFile.open(path, "write", who="Ana") as file:
        for words in ("one", "two", "three"):
            file.record(edit(report, DESCRIPTION, words))
            before = everything_in(path.parent)
            assert run_script(READ, path, DESCRIPTION).stdout == f"{words} 0\n"
            assert everything_in(path.parent) == before


HOLD_READING = """
import sys
from pathlib import Path
from desktop_app.storage.report_file import ReportFile
from tests.support.small_form import small_form
with ReportFile.open(Path(sys.argv[1]), "read") as file:
    for line in sys.stdin:
        print(file.load(1, small_form()).plain(sys.argv[2]), flush=True)
"""


def test_a_reader_that_stays_does_not_hold_up_the_writer(path: Path, report: Report) -> None:
    with start(HOLD_READING, path, DESCRIPTION) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        with ReportFile.open(path, "write", who="Ana") as file:
            for words in ("one", "two"):
                file.record(edit(report, DESCRIPTION, words))
                print("again", file=reader.stdin, flush=True)
                assert reader.stdout.readline() == f"{words}\n"
        reader.stdin.close()


BROWSE = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("mode", ["read", "write"])
def test_a_file_another_program_works_in_is_said_to_be_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """A SQLite browser in the middle of a write, longer than anybody waits."""
    monkeypatch.setattr("desktop_app.storage.connection.BUSY_SECONDS", 0.05)
    with start(BROWSE, path) as browser:
        assert browser.stdout is not None
        browser.stdout.readline()
        before = everything_in(path.parent)
        with pytest.raises(FileInUseError, match="already open in another window or program"):
            ReportFile.open(path, mode)  # type: ignore[arg-type]
        assert everything_in(path.parent) == before
        browser.communicate("\n")
