"""Killed in the middle of submitting: a report is submitted as a whole, or not at all."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

from desktop_app.report.text.model import Text
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report
from desktop_app.services.verifying import verify
from desktop_app.storage.report_file import ReportFile
from tests.faults.fault import DamagedError, LostError, Trial, fault
from tests.faults.kills import killed_command, no_traceback, only
from tests.faults.moments import some_time
from tests.faults.nursery import Child
from tests.faults.witness import Teller, state_of

AUTHORITY = "cover.authority"


def submit_on(place: Path, path: str) -> None:
    """Write something, submit it and take it back, again and again, and tell each number that is safe."""
    opened = open_report(Path(path), form_library(), who="Ana")
    session, teller = opened.session, Teller(place)
    while True:
        session.type(AUTHORITY, Text.plain(f"Ministry number {len(session.report.submissions) + 1}"))
        record = session.submit()
        assert opened.journal.flush(60)
        teller.tell("submitted", record.number, record.checksum)
        session.take_back("Something was missing")
        teller.tell("taken-back", time.monotonic())


def _refuse_half_submitted(path: Path) -> dict[int, str]:
    """DamagedError unless every submission is there with its step. The content checksums by number."""
    report = read_report(path)
    found = {each.number: each.checksum for each in report.submissions.values()}
    with ReportFile.open(path, "read") as file:
        stored = {number: file.submission(report.id, number) for number in [*found, len(found) + 1]}
    held = {number: each.checksum for number, each in stored.items() if each is not None}
    is_submitted = any(each.taken_back is None for each in report.submissions.values())
    if held != found or sorted(found) != [*range(1, len(found) + 1)]:
        raise DamagedError(f"the report knows of {sorted(found)}, the file holds {sorted(held)}")
    if (report.status == "submitted") is not is_submitted:
        raise DamagedError(f"the report is {report.status} with {len(found)} submissions")
    return found


def _acknowledged(child: Child) -> Iterator[tuple[int, str]]:
    for line in child.told:
        kind, *rest = line.split()
        if kind == "submitted":
            yield int(rest[0]), rest[1]


@fault(
    "A26",
    "The program is killed at any moment while reports are submitted and taken back",
    expected="A report is submitted as a whole, with its number and all it says, or it is a draft.",
    do="Look at the status of the report; submit it if it is a draft.",
)
def killed_while_submitting(trial: Trial) -> None:
    chance = random.Random(2014)
    for number in range(trial.many(60, 3)):
        place = trial.folder / f"reports-{number}"
        place.mkdir()
        path = trial.new_report(f"{place.name}/report.adesk")
        child = trial.nursery.start(f"{__name__}:submit_on", trial.folder, trial.home, path=str(path))
        child.wait_for("submitted" if number % 3 else "taken-back")
        some_time(chance, 0.0, 0.3)
        child.kill()
        no_traceback(child)
        state_of(path)
        found = _refuse_half_submitted(path)
        lost = [each for each in _acknowledged(child) if each not in found.items()]
        if lost:
            raise LostError(f"submission {lost[0][0]} had been acknowledged")
        only(place, [path.name])
        trial.tally.add(kills=1, edits=len(found))


@fault(
    "A26c",
    "The program is killed while the command “submit” freezes a report and writes its package",
    expected="The report is a draft, or submitted once; the same command then ends with its whole package.",
    do="Give the command again: nothing is submitted twice.",
    slow=True,
)
def killed_while_the_command_submits(trial: Trial) -> None:
    whole = trial.full_report("example.adesk").read_bytes()

    def prepare(place: Path) -> None:
        (place / "report.adesk").write_bytes(whole)

    def check(place: Path) -> None:
        path = place / "report.adesk"
        state_of(path)
        numbers = sorted(_refuse_half_submitted(path))
        if len(numbers) > 1:
            raise LostError(f"submitted {len(numbers)} times")
        for package in place.glob("out/[!.]*.zip"):
            if numbers != [1] or not verify(package).intact:
                raise DamagedError(f"{package.name} is there, and it is not what was submitted")

    def check_done(place: Path) -> None:
        check(place)
        if read_report(place / "report.adesk").status != "submitted":
            raise LostError("the report is not submitted")
        if not [*place.glob("out/*-s1.zip")]:
            raise LostError("there is no package")

    killed_command(
        trial,
        lambda place: ["submit", str(place / "report.adesk"), "--to", str(place / "out")],
        check,
        prepare=prepare,
        check_done=check_done,
    )
