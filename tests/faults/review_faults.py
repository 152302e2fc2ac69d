"""Killed in the middle of bringing in a reviewed workbook: all of the review is in the report, or nothing."""

from __future__ import annotations

import random
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from desktop_app.exchange.workbook import plan_workbook, workbook_bytes
from desktop_app.report.changes import OperationKind
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.services.reports import keep_report, read_report
from tests.benchmarks.large_reports import large_report
from tests.benchmarks.review_in_window import with_comments
from tests.faults.fault import DamagedError, LostError, Trial, fault
from tests.faults.kills import killed_command, no_traceback, nothing_unforeseen, only
from tests.faults.moments import some_time
from tests.faults.window_child import Act, Seat, wait_until, with_window
from tests.faults.witness import state_of

WORKBOOK = "reviewed.xlsx"
BRING_IN = "Bring in the chosen"


def bring_in_on(place: Path, path: str, workbook: str) -> int:
    """Bring the workbook in, take that back and make it again, on and on; tell what was called saved."""

    def act(seat: Seat) -> Act:
        yield from wait_until(lambda: seat.is_open, 120)
        seat.window.files_dropped.emit([Path(workbook)])
        yield from wait_until(lambda: seat.find(QAbstractButton, BRING_IN), 120)
        seat.teller.tell("bringing")
        seat.press(BRING_IN)
        yield from wait_until(lambda: "Brought in" in seat.notice, 120)
        while True:
            yield from wait_until(lambda: seat.opened.journal.durability.is_saved, 120)
            seat.teller.tell("brought")
            seat.window.undo()
            yield from wait_until(lambda: seat.session.can_redo, 120)
            seat.window.redo()
            yield from wait_until(lambda: not seat.session.can_redo, 120)

    return with_window(place, [path], act)


def _reviewed(trial: Trial, count: int) -> tuple[bytes, Path]:
    """A report file of so many actions, and its workbook with a comment on each."""
    report, path = large_report(count), trial.folder / "before.adesk"
    written = workbook_bytes(plan_workbook(report, canonical_bytes(report_to_plain(report))))
    workbook = trial.folder / WORKBOOK
    workbook.write_bytes(with_comments(written, count))
    keep_report(path, report, OperationKind.IMPORT)
    return path.read_bytes(), workbook


def _comments(path: Path, count: int) -> int:
    """How many are in the report. DamagedError for a part of them, or a file that is not sound."""
    state_of(path)
    found = len(read_report(path).comments)
    if found not in (0, count):
        raise DamagedError(f"{found} of {count} comments are in the report")
    return found


@fault(
    "A28",
    "The program is killed at any moment while a reviewed workbook is brought in, taken back and made again",
    expected="All of the review is in the report, or nothing; brought in again, nothing is there twice.",
    do="Open the reviewed workbook again: what is in the report already is not offered.",
)
def killed_while_bringing_in(trial: Trial) -> None:
    chance, count = random.Random(2016), trial.many(1000, 60)
    whole, workbook = _reviewed(trial, count)
    for number in range(trial.many(40, 2)):
        place = trial.folder / f"reviewed-{number}"
        place.mkdir()
        path = place / "report.adesk"
        path.write_bytes(whole)
        child = trial.nursery.start(
            f"{__name__}:bring_in_on", trial.folder, trial.home, path=str(path), workbook=str(workbook)
        )
        child.wait_for("brought" if number % 3 == 1 else "bringing", seconds=180)
        some_time(chance, 0.0, 1.0 if trial.is_long else 0.3)
        child.kill()
        no_traceback(child)
        nothing_unforeseen(trial.home)
        _comments(path, count)
        _bring_in_again(trial, path, workbook, count)
        only(place, [path.name])
        trial.tally.add(kills=1)


def _bring_in_again(trial: Trial, path: Path, workbook: Path, count: int) -> None:
    for _time in range(2):
        trial.command("review", str(path), str(workbook), "--apply")
        if _comments(path, count) != count:
            raise LostError("the review did not come in afterwards")


@fault(
    "A28c",
    "The program is killed while the command “review” brings a reviewed workbook in",
    expected="All of the review is in the report, or nothing; the same command then ends with all of it.",
    do="Give the command again: nothing is brought in twice.",
    slow=True,
)
def killed_while_the_command_brings_in(trial: Trial) -> None:
    count = 60
    whole, workbook = _reviewed(trial, count)

    def prepare(place: Path) -> None:
        (place / "report.adesk").write_bytes(whole)

    def check(place: Path) -> None:
        _comments(place / "report.adesk", count)

    def check_done(place: Path) -> None:
        if _comments(place / "report.adesk", count) != count:
            raise LostError("the review is not in the report")

    killed_command(
        trial,
        lambda place: ["review", str(place / "report.adesk"), str(workbook), "--apply"],
        check,
        prepare=prepare,
        check_done=check_done,
    )
