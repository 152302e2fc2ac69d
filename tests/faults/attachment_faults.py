"""Killed in the middle of attaching: no report ever names a file whose bytes did not reach the disk."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from desktop_app.report.placed_files import files_of
from desktop_app.services.attachments import attach, attachment_bytes, file_of
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report
from tests.faults.fault import DamagedError, LostError, Trial, fault
from tests.faults.kills import no_traceback, only
from tests.faults.moments import some_time
from tests.faults.nursery import Child
from tests.faults.witness import Teller, state_of

AUTHORITY = "cover.authority"
MOST_BYTES = 2 * 1024 * 1024


def attach_on(place: Path, path: str, seed: int) -> None:
    """Attach a file, take every third one off, again and again, and tell each that is safe."""
    opened = open_report(Path(path), form_library(), who="Ana")
    teller, chance = Teller(place), random.Random(seed)
    for number in range(1_000_000):
        file = file_of(f"annex {number}.pdf", chance.randbytes(chance.randint(1, MOST_BYTES)))
        at = attach(opened.session, AUTHORITY, [file])
        teller.tell("attaching", file.sha256)
        assert opened.journal.flush(60)
        if number % 3 == 2:
            opened.session.detach(at[0])
        else:
            teller.tell("attached", file.sha256)


def _whole_files(path: Path) -> set[str]:
    """The files that the report names. DamagedError unless the very bytes of each are there."""
    report = read_report(path)
    read = attachment_bytes(path, report.id)
    named = {file.sha256 for _place, file in files_of(report)}
    for sha256 in named:
        try:
            content = read(sha256)
        except KeyError as error:
            raise DamagedError(f"the report names a file without its bytes: {sha256}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedError(f"the bytes of a file are others: {sha256}")
    return named


def _acknowledged(child: Child) -> Iterator[str]:
    for line in child.told:
        kind, *rest = line.split()
        if kind == "attached":
            yield rest[0]


@fault(
    "A27",
    "The program is killed at any moment while files are attached",
    expected="A file that was called saved is there byte by byte; no answer names one that is not.",
    do="Attach the last file again if it is missing.",
    lost="At most the file that was being attached.",
)
def killed_while_attaching(trial: Trial) -> None:
    chance = random.Random(2015)
    for number in range(trial.many(60, 3)):
        place = trial.folder / f"attached-{number}"
        place.mkdir()
        path = trial.new_report(f"{place.name}/report.adesk")
        child = trial.nursery.start(
            f"{__name__}:attach_on", trial.folder, trial.home, path=str(path), seed=number
        )
        child.wait_for("attached" if number % 3 else "attaching")
        some_time(chance, 0.0, 0.3)
        child.kill()
        no_traceback(child)
        state_of(path)
        found = _whole_files(path)
        lost = [sha256 for sha256 in _acknowledged(child) if sha256 not in found]
        if lost:
            raise LostError(f"{lost[0]} had been acknowledged")
        only(place, [path.name])
        trial.tally.add(kills=1)
