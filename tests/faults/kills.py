"""Killed at any moment: while typing, opening, closing, and in every command that writes."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from desktop_app.services.verifying import verify
from tests.faults import tracing
from tests.faults.fault import DamagedError, LostError, TracebackError, Trial, fault
from tests.faults.moments import some_time
from tests.faults.nursery import ROOT, Child
from tests.faults.witness import Account, state_of

PLAIN = "tests.faults.children"
WINDOW = "tests.faults.window_child"
ALBANIA = ROOT / "tests" / "data" / "albania-2013.md"

MOST_TYPING_LOST = 1.0
"""Seconds of typing a kill may cost; thrice that in the shortened form, beside other tests."""

RECOVERED = "The program did not end properly last time. {count} unfinished answer was recovered."

_ROUNDS_ON_ONE_FILE = 8


def no_traceback(child: Child) -> None:
    """TracebackError when a person saw what only programmers read."""
    shown = child.errors
    if "Traceback" in shown:
        raise TracebackError(shown)


def nothing_unforeseen(home: Path) -> None:
    """TracebackError when the log tells of an error that nobody had foreseen, in the window or a thread."""
    for log in home.rglob("alliance-desk.log"):
        words = log.read_text("utf-8", "replace")
        if "unforeseen" in words or "failed" in words.casefold():
            raise TracebackError(words[-2000:])


def only(folder: Path, names: Iterable[str]) -> None:
    """DamagedError when anything else lies in the folder; hidden files count."""
    found = {path.name for path in folder.iterdir() if not path.name.startswith("child-")}
    if found - set(names):
        raise DamagedError(f"left behind: {', '.join(sorted(found - set(names)))}")


# Typing


def _killed_while_typing(
    trial: Trial, task: str, rounds: int, longest: float, *, is_told: bool = True
) -> str:
    """Kill a typist ``rounds`` times; returns the last sentence about recovered words.

    ``is_told``: go on until there was one, at most ten times as often: a kill may come between two words,
    when there is nothing to recover.
    """
    chance = random.Random(2013)
    place = trial.folder / "reports"
    told, path = "", Path()
    for number in range(10 * rounds if is_told else rounds):
        if number >= rounds and told:
            break
        if number % _ROUNDS_ON_ONE_FILE == 0:
            place = trial.folder / f"reports-{number}"
            place.mkdir()
            path = trial.new_report(f"{place.name}/report.adesk")
        child = trial.nursery.start(task, trial.folder, trial.home, path=str(path), seed=number)
        child.wait_for("ready" if number % 3 else "durable")
        some_time(chance, 0.0, longest if number % 4 else 0.2)
        moment = child.kill()
        no_traceback(child)
        found = Account.of(child.told).compare(path, ended_at=moment)
        only(place, [path.name])
        trial.tally.add(kills=1, edits=found.edits)
        trial.tally.note_typing_lost(found.typing_lost)
        if found.typing_lost > MOST_TYPING_LOST * trial.many(1, 3):
            raise LostError(f"{found.typing_lost:.2f} seconds of typing lost")
        told = next(iter(found.notices), told)
    nothing_unforeseen(trial.home)
    return told


@fault(
    "A1",
    "The program is killed while somebody types (plain session, hundreds of edits a second)",
    expected="Everything that was called saved is there; the words being typed are recovered.",
    shows=RECOVERED,
    do="Look through the answer that was recovered and go on.",
    lost="At most the last second of typing.",
)
def killed_while_typing(trial: Trial) -> str:
    return _killed_while_typing(trial, f"{PLAIN}:type_on", trial.many(200, 6), 0.6)


@fault(
    "A1w",
    "The program is killed, or the computer crashes, while somebody types in the window",
    expected="Everything that was called saved is there; the words being typed are recovered.",
    shows=RECOVERED,
    do="Look through the answer that was recovered and go on.",
    lost="At most the last second of typing.",
)
def killed_in_the_window(trial: Trial) -> str:
    return _killed_while_typing(trial, f"{WINDOW}:type_in_window", trial.many(160, 4), 1.2)


@fault(
    "A1d",
    "The program is killed while somebody writes answers to reviewers",
    expected="Everything that was called saved is there; the answer being written stands in its box.",
    do="Go on writing it, and press “Answer”.",
    lost="At most the last second of typing.",
)
def killed_while_answering(trial: Trial) -> str:
    rounds = trial.many(100, 4)
    return _killed_while_typing(trial, f"{PLAIN}:write_to_reviewers", rounds, 0.6, is_told=False)


@fault(
    "A1o",
    "The program is killed while it opens a report and recovers what a crash before had left",
    expected="The next start recovers it.",
    shows=RECOVERED,
    do="Look through the answer that was recovered and go on.",
)
def killed_while_opening(trial: Trial) -> str:
    chance = random.Random(7)
    told = ""
    for number in range(trial.many(40, 2)):
        place = trial.folder / f"reports-{number}"
        place.mkdir()
        path = trial.new_report(f"{place.name}/report.adesk")
        typist = trial.nursery.start(
            f"{PLAIN}:type_and_stay", trial.folder, trial.home, path=str(path), seed=number
        )
        typist.wait_for("staying")
        typist.kill()
        opener = trial.nursery.start(f"{PLAIN}:open_and_close", trial.folder, trial.home, path=str(path))
        opener.wait_for("begun")
        some_time(chance, 0.0, 0.06 if number else 0.0)
        opener.kill()
        found = Account.of(typist.told).compare(path)
        only(place, [path.name])
        trial.tally.add(kills=2, edits=found.edits)
        # Whether the second start, killed, or the third one recovered it, it is recovered once.
        told = next(iter(found.notices), told) or next(iter(_notices(opener)), "")
    return told


def _notices(child: Child) -> list[str]:
    result = child.folder / "result"
    return json.loads(result.read_text()) if result.exists() else []


@fault(
    "A1c",
    "The program is killed while it closes a report",
    expected="The report is whole, with the last word.",
    lost="At most the last second of typing.",
)
def killed_while_closing(trial: Trial) -> None:
    chance = random.Random(11)
    tasks: list[tuple[str, dict[str, Any]]] = [
        (f"{PLAIN}:type_and_close", {"steps": 6}),
        (f"{WINDOW}:type_in_window", {"keys": 30, "pause": 2, "close": True}),
    ]
    for number in range(trial.many(40, 4)):
        place = trial.folder / f"reports-{number}"
        place.mkdir()
        path = trial.new_report(f"{place.name}/report.adesk")
        task, arguments = tasks[number % 4 == 3]
        child = trial.nursery.start(task, trial.folder, trial.home, path=str(path), seed=number, **arguments)
        child.wait_for("closing")
        some_time(chance, 0.0, 0.05)
        moment = child.kill()
        no_traceback(child)
        found = Account.of(child.told).compare(path, ended_at=moment)
        only(place, [path.name])
        trial.tally.add(kills=1, edits=found.edits)


# Commands

Arguments = Callable[[Path], list[str]]
Looks = Callable[[Path], None]


def killed_command(
    trial: Trial,
    arguments: Arguments,
    check: Looks,
    *,
    prepare: Looks | None = None,
    check_done: Looks | None = None,
    most: int = 20,
) -> None:
    """Kill a command before its writing calls, each time in a fresh folder; then carry it out.

    ``check`` looks at the folder after each kill, and after the command was given again and went well;
    ``check_done`` in its place then, where more is to be seen.
    """
    places: list[Path] = []

    def begin() -> Child:
        place = Path(tempfile.mkdtemp(prefix="round-", dir=trial.folder))
        if prepare is not None:
            prepare(place)
        places.append(place)
        return trial.nursery.start(
            f"{PLAIN}:command", trial.folder, trial.home, stopped=True, arguments=arguments(place)
        )

    def look(child: Child, number: int) -> None:
        no_traceback(child)
        check(places[-1])
        again = trial.nursery.start(
            f"{PLAIN}:command", trial.folder, trial.home, arguments=[*arguments(places[-1]), "--json"]
        )
        again.wait()
        no_traceback(again)
        (check_done or check)(places[-1])

    kills = tracing.killed_at_each_step(begin, look, trial.many(most, 2))
    trial.tally.add(kills=kills)


def _sound_reports(place: Path) -> None:
    """Every report file under its own name opens and is sound."""
    for path in place.glob("[!.]*.adesk"):
        state_of(path)


def _intact_packages(place: Path) -> None:
    """Every package under its own name is whole."""
    for path in place.glob("[!.]*.zip"):
        if not verify(path).intact:
            raise DamagedError(f"{path.name} is not intact")


@fault(
    "A4",
    "The program is killed while it makes a package",
    expected="The package is there and whole, or not there; the report file is as it was.",
    do="Export again.",
    slow=True,
)
def killed_while_exporting(trial: Trial) -> None:
    report = trial.full_report("example.adesk")
    before = report.read_bytes()

    def check(place: Path) -> None:
        _intact_packages(place)
        if report.read_bytes() != before:
            raise DamagedError("the export changed the report file")

    killed_command(trial, lambda place: ["export", str(report), "--to", str(place), "--replace"], check)


@fault(
    "A4r",
    "The program is killed while it replaces an older package",
    expected="The older package or the new one is there, whole.",
    do="Export again.",
    slow=True,
)
def killed_while_replacing_a_package(trial: Trial) -> None:
    from desktop_app.services.exporting import export_file

    older, newer = trial.new_report("older.adesk"), trial.new_report("newer.adesk")
    newer.write_bytes(older.read_bytes())
    trial.nursery.run(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(newer), seed=3, steps=30)

    def prepare(place: Path) -> None:
        export_file(older, None, place)

    def check(place: Path) -> None:
        packages = list(place.glob("[!.]*.zip"))
        if len(packages) != 1:
            raise LostError(f"{len(packages)} packages")
        _intact_packages(place)

    killed_command(
        trial,
        lambda place: ["export", str(newer), "--to", str(place), "--replace"],
        check,
        prepare=prepare,
    )


@fault(
    "A7n",
    "The program is killed while it starts a new report file",
    expected="The file is there and whole, or not there.",
    do="Start the report again.",
)
def killed_while_starting_a_report(trial: Trial) -> None:
    killed_command(
        trial,
        lambda place: ["new", str(place / "new.adesk"), "--form", "ga-commitments", "--country", "NO"],
        _sound_reports,
    )


@fault(
    "A7",
    "The program is killed while it brings a report into a file that holds one already",
    expected="The report is in the file as a whole, or not at all; the one before is untouched.",
    do="Import again.",
    slow=True,
)
def killed_while_importing(trial: Trial) -> None:
    from desktop_app.services.exporting import export_file
    from desktop_app.services.reports import read_report
    from tests.faults.witness import digest

    package = export_file(trial.full_report("example.adesk"), None, trial.folder).path
    before = trial.folder / "before.adesk"
    trial.command("import", str(before), str(ALBANIA))
    present = digest(read_report(before, 1))

    def prepare(place: Path) -> None:
        (place / "report.adesk").write_bytes(before.read_bytes())

    def check(place: Path) -> None:
        state_of(place / "report.adesk")
        if digest(read_report(place / "report.adesk", 1)) != present:
            raise LostError("the report that was there before is another one")

    killed_command(
        trial, lambda place: ["import", str(place / "report.adesk"), str(package)], check, prepare=prepare
    )


@fault(
    "A7d",
    "The program is killed while it makes the example",
    expected="Files are there and whole, or not there.",
    do="Give the command again.",
    slow=True,
)
def killed_while_making_the_example(trial: Trial) -> None:
    def check(place: Path) -> None:
        _sound_reports(place)
        _intact_packages(place)

    killed_command(trial, lambda place: ["demo", "--to", str(place)], check, most=8)
