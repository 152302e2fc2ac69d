"""The power goes at any moment: what programs asked of the disk is recorded with strace and replayed.

After each step several states of the disk are built and opened as the program opens them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_app.runtime.errors import DeskError
from desktop_app.services.verifying import verify
from desktop_app.storage.protection import Key
from tests.faults import tracing
from tests.faults.disk import Disk, Recording, Step, StraceLog
from tests.faults.fault import DamagedError, LostError, NotTriedError, Trial, fault
from tests.faults.nursery import ROOT
from tests.faults.witness import Account, State, state_of

PLAIN = "tests.faults.children"
KEPT = Path(__file__).with_name("data") / "typing.steps.gz"
"""A recording of a session, for machines without strace."""

PASSPHRASE = "eleven quiet lamps on the shelf"

WAYS = ("nothing", "names", "everything", "torn", "torn")

_MEMORY = Path("/dev/shm")

Look = Callable[[Path, list[str]], int]
"""Looks at a folder after a cut, with the lines that had been told before it; returns acknowledged edits."""


def record(trial: Trial, folder: Path, task: str, **arguments: Any) -> tuple[Recording, list[str]]:
    """What a child asks of the disk in ``folder``, and all the lines it told."""
    tracing.needed()
    # Wider than the folder: what is copied into it comes from beside it.
    around = trial.folder.parent
    present = {
        str(path.relative_to(around)): path.read_bytes() for path in around.rglob("*") if path.is_file()
    }
    child = trial.nursery.start(task, trial.folder, trial.home, stopped=True, **arguments)
    log = trial.folder / f"{child.folder.name}.strace"
    options = ("-y", "-xx", "-s", "50000000", "-e", f"trace={StraceLog.CALLS}", "-e", "signal=none")
    with tracing.traced(child, *options, log=log):
        child.wait()
    if child.failure:
        raise AssertionError(child.failure)
    with log.open(encoding="ascii", errors="replace") as lines:
        steps = list(StraceLog(around, child.folder / "told", present).steps(lines))
    log.unlink()
    inside = f"{folder.relative_to(around)}/"
    before = {name.removeprefix(inside): data for name, data in present.items() if name.startswith(inside)}
    return Recording(before, list(_only(steps, inside))), child.told


def _only(steps: Iterable[Step], inside: str) -> Iterator[Step]:
    """The steps in one folder, with names as they are there."""
    for step in steps:
        if step.kind == "tell":
            yield step
        elif f"{step.name}/" == inside:
            yield replace(step, name=".")
        elif step.name.startswith(inside) and (not step.to or step.to.startswith(inside)):
            yield replace(step, name=step.name.removeprefix(inside), to=step.to.removeprefix(inside))


def replay(trial: Trial, recording: Recording, look: Look, wanted: int, *, seed: int = 1) -> None:
    """Cut the power ``wanted`` times, spread over the recording, and look each time.

    Only states that differ count, in what is on the disk or in what had been told.
    """
    seen: set[bytes] = set()
    cuts: set[tuple[int, int]] = set()
    for place, number, content, told in _states(recording, seed):
        mark = hashlib.sha256(told)
        for name, data in sorted(content.items()):
            mark.update(repr((name, len(data))).encode() + data)
        if mark.digest() not in seen:
            seen.add(mark.digest())
            cuts.add((place, number))
    if len(cuts) > wanted:
        cuts = set(random.Random(seed).sample(sorted(cuts), wanted))
    with _quick_folder() as quick:
        for place, number, content, told in _states(recording, seed, cuts):
            folder = quick / f"{place}-{number}"
            lay_out(folder, content)
            try:
                edits = look(folder, told.decode("utf-8", "surrogateescape").splitlines())
            except (LostError, DamagedError, DeskError) as error:
                words = f"cut after step {place} ({_words(recording.steps[place])}, {WAYS[number]}): {error}"
                raise (LostError if isinstance(error, LostError) else DamagedError)(words) from error
            trial.tally.add(cuts=1, edits=edits)
            shutil.rmtree(folder)


def _states(
    recording: Recording, seed: int, chosen: Container[tuple[int, int]] | None = None
) -> Iterator[tuple[int, int, dict[str, bytes], bytes]]:
    """After each step, in each way: the step, the way, what is found on the disk, what had been told."""
    disk, told = Disk(recording.before), b""
    for place, step in enumerate(recording.steps):
        disk.take(step)
        if step.kind == "tell":
            told += step.data
            continue
        for number, how in enumerate(WAYS):
            if chosen is None or (place, number) in chosen:
                chance = random.Random(f"{seed} {place} {number}")
                yield place, number, disk.after_cut(how, chance), told


def _words(step: Step) -> str:
    return f"{step.kind} {step.name}"


def lay_out(folder: Path, content: dict[str, bytes]) -> None:
    """Make the files."""
    folder.mkdir(parents=True)
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@contextlib.contextmanager
def _quick_folder() -> Iterator[Path]:
    place = _MEMORY if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="alliance-desk-cuts-", dir=place) as name:
        yield Path(name)


def _look_at_report(name: str, states: Sequence[State]) -> Look:
    """Compares the report of that name with all states there were and what was acknowledged by then."""

    def look(folder: Path, lines: list[str]) -> int:
        account = Account.of(lines)
        return Account(tuple(states), (), account.durable).compare(folder / name).edits

    return look


def record_typing(trial: Trial, steps: int) -> Recording:
    """A session of ``steps`` steps of work on a new report."""
    place = trial.folder / "reports"
    place.mkdir()
    path = trial.new_report(f"{place.name}/report.adesk")
    recording, told = record(
        trial, place, f"{PLAIN}:type_on", path=str(path), seed=5, steps=steps, flush_every=2
    )
    assert Account.of(told).durable > 0, "nothing was acknowledged"
    return recording


def protected_report(trial: Trial, name: str) -> tuple[Path, Key]:
    """A report file protected with ``PASSPHRASE``."""
    from desktop_app.services.protection import protect, read_key
    from desktop_app.storage.errors import ProtectionMissingError

    path = trial.new_report(name)
    try:
        protect(path, PASSPHRASE)
    except ProtectionMissingError as error:
        raise NotTriedError("sqlcipher3 is not installed") from error
    key = read_key(path, passphrase=PASSPHRASE)
    assert key is not None
    return path, key


@fault(
    "A2p",
    "The power goes while answers are saved in a file that is protected with a passphrase",
    expected="Everything that was called saved is there and opens with the passphrase.",
    lost="At most the last second of typing.",
    slow=True,
)
def power_cut_in_a_protected_file(trial: Trial) -> None:
    place = trial.folder / "reports"
    place.mkdir()
    path, key = protected_report(trial, "reports/report.adesk")
    arguments = {"path": str(path), "seed": 6, "steps": 12, "flush_every": 2, "passphrase": PASSPHRASE}
    recording, told = record(trial, place, f"{PLAIN}:type_on", **arguments)
    states = Account.of(told).states

    def look(folder: Path, lines: list[str]) -> int:
        account = Account.of(lines)
        return Account(states, (), account.durable).compare(folder / path.name, key=key).edits

    replay(trial, recording, look, trial.many(150, 8))


def told_in(recording: Recording) -> list[str]:
    """All lines the program told in the recording."""
    told = b"".join(step.data for step in recording.steps if step.kind == "tell")
    return told.decode("utf-8", "surrogateescape").splitlines()


@fault(
    "A2",
    "The power goes while answers are saved",
    expected="Everything that was called saved is there, whatever order the disk wrote in.",
    lost="At most the last second of typing.",
)
def power_cut_while_saving(trial: Trial) -> None:
    recording = Recording.load(KEPT) if tracing.why_not() else record_typing(trial, trial.many(30, 5))
    states = Account.of(told_in(recording)).states
    replay(trial, recording, _look_at_report("report.adesk", states), trial.many(900, 60))


@fault(
    "A2k",
    "The power goes while answers are saved (a recording that is kept)",
    expected="As above; the recording shows that files of this format stay readable.",
    lost="At most the last second of typing.",
)
def power_cut_in_a_kept_recording(trial: Trial) -> None:
    recording = Recording.load(KEPT)
    states = Account.of(told_in(recording)).states
    replay(trial, recording, _look_at_report("report.adesk", states), trial.many(150, 25), seed=2)


@fault(
    "A2n",
    "The power goes while a report is brought into a new file",
    expected="The file is there and whole, or not there.",
    do="Import again.",
)
def power_cut_while_importing(trial: Trial) -> None:
    place = trial.folder / "reports"
    place.mkdir()
    document = ROOT / "tests" / "data" / "albania-2013.md"
    recording, _told = record(
        trial, place, f"{PLAIN}:command", arguments=["import", str(place / "new.adesk"), str(document)]
    )

    def look(folder: Path, lines: list[str]) -> int:
        path = folder / "new.adesk"
        has_ended = any(line.startswith("ended") for line in lines)
        if path.exists():
            state_of(path)
        elif has_ended:
            raise LostError("the file is not there although the command had ended")
        return int(has_ended)

    replay(trial, recording, look, trial.many(150, 8))


@fault(
    "A3",
    "The power goes while a package takes the place of an older one",
    expected="The older package or the new one is there, whole.",
    do="Export again.",
    slow=True,
)
def power_cut_while_exporting(trial: Trial) -> None:
    place = trial.folder / "packages"
    place.mkdir()
    report = trial.new_report()
    arguments = ["export", str(report), "--to", str(place), "--replace"]
    trial.command(*arguments)
    trial.nursery.run(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(report), seed=3, steps=12)
    recording, _told = record(trial, place, f"{PLAIN}:command", arguments=arguments)

    def look(folder: Path, lines: list[str]) -> int:
        packages = list(folder.glob("[!.]*.zip"))
        if len(packages) != 1:
            raise LostError(f"{len(packages)} packages")
        if not verify(packages[0]).intact:
            raise DamagedError("the package is not intact")
        return int(any(line.startswith("ended") for line in lines))

    replay(trial, recording, look, trial.many(150, 8))


@fault(
    "A3s",
    "The power goes while the settings are saved",
    expected="The settings are the older or the newer ones.",
)
def power_cut_while_saving_settings(trial: Trial) -> None:
    from desktop_app.runtime.settings import load_settings

    place = trial.folder / "config"
    place.mkdir()
    path = place / "settings.json"
    recording, _told = record(trial, place, f"{PLAIN}:save_settings", path=str(path), count=6)

    def look(folder: Path, lines: list[str]) -> int:
        saved = max((int(line.split()[1]) for line in lines if line.startswith("saved")), default=0)
        settings = load_settings(folder / "settings.json")
        if not (settings.person or "0").isdigit() or int(settings.person or "0") < saved:
            raise LostError(f"settings {settings.person or 'none'} of {saved}")
        if (folder / "settings.damaged.json").exists():
            raise DamagedError("the settings were damaged")
        return 0

    replay(trial, recording, look, trial.many(150, 8))


@fault(
    "A6b",
    "The power goes while a backup is made",
    expected="The backup is there and whole, or not there; older ones and the report stay as they were.",
)
def power_cut_while_backing_up(trial: Trial) -> None:
    place = trial.folder / "backups"
    place.mkdir()
    report = trial.full_report()
    wanted, _notices = state_of(report)
    recording, _told = record(
        trial, place, f"{PLAIN}:command", arguments=["backup", str(report), "--to", str(place)]
    )

    def look(folder: Path, lines: list[str]) -> int:
        has_ended = any(line.startswith("ended") for line in lines)
        found = [path for path in folder.rglob("*.adesk") if not path.name.startswith(".")]
        for path in found:
            path.chmod(0o600)
            if state_of(path)[0] != wanted:
                raise DamagedError("the backup is another report")
        if has_ended and not found:
            raise LostError("there is no backup although the command had ended")
        return int(has_ended)

    replay(trial, recording, look, trial.many(100, 8))


@fault(
    "A6c",
    "The power goes while a backup is restored",
    expected="The report is as before or as in the backup, whole.",
    do="Restore again.",
    slow=True,
)
def power_cut_while_restoring(trial: Trial) -> None:
    place, backups = trial.folder / "reports", trial.folder / "backups"
    place.mkdir()
    report = trial.new_report("reports/report.adesk")
    assert trial.command("backup", str(report), "--to", str(backups))[0] == 0
    (backup,) = backups.rglob("*.adesk")
    older, _notices = state_of(report)
    trial.nursery.run(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(report), seed=3, steps=12)
    newer, _notices = state_of(report)
    arguments = ["restore", str(report), str(backup), "--from", str(backups)]
    recording, _told = record(trial, place, f"{PLAIN}:command", arguments=arguments)

    def look(folder: Path, lines: list[str]) -> int:
        has_ended = any(line.startswith("ended") for line in lines)
        found, _notices = state_of(folder / report.name)
        if found not in ((older,) if has_ended else (older, newer)):
            raise LostError("the report is neither as before nor as in the backup")
        return int(has_ended)

    replay(trial, recording, look, trial.many(100, 8))


@fault(
    "A15",
    "The power goes and the disk had lied about what it had written",
    expected="What is missing or damaged is noticed on opening; nothing damaged opens as if it were sound.",
    shows="“{file}” is damaged and was left as it is. {rest}",
    do="Take the newest backup. Use disks that keep their word; cheap USB sticks often do not.",
    lost="What the disk had not written, as far as there is no backup.",
)
def lying_disk(trial: Trial) -> str:
    """Every state opens as one there was, or is refused; which of them only the disk knows."""
    recording = Recording.load(KEPT)
    digests = {state.digest for state in Account.of(told_in(recording)).states}
    chance = random.Random(3)
    places = [number for number, step in enumerate(recording.steps) if step.kind == "flush"]
    seen = ""
    with _quick_folder() as quick:
        for number in range(trial.many(120, 12)):
            disk = Disk(recording.before, lies=True)
            for step in recording.steps[: chance.choice(places)]:
                disk.take(step)
            folder = quick / str(number)
            lay_out(folder, disk.after_cut("torn", chance))
            path = folder / "report.adesk"
            trial.tally.add(cuts=1)
            seen = _noticed(path, digests) or seen
    return seen


def _noticed(path: Path, digests: set[str]) -> str:
    """What the program says of the file; DamagedError when it opens as something that never was."""
    try:
        found, _notices = state_of(path)
    except DeskError as error:
        return error.sentence
    except DamagedError:
        # Found behind the first page; nothing was written.
        return ""
    if found not in digests:
        raise DamagedError("a state that never was opens as if it were sound")
    return ""


def main() -> int:
    """Make the kept recording anew."""
    from tests.faults.fault import Tally
    from tests.faults.nursery import home_variables, nursery

    with nursery() as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        home_variables(folder / "home")
        trial = Trial(folder, folder / "home", server, Tally())
        try:
            recording = record_typing(trial, 6)
        except NotTriedError as error:
            print(error)
            return 1
    KEPT.parent.mkdir(exist_ok=True)
    recording.save(KEPT)
    print(f"{len(recording.steps)} steps, {KEPT.stat().st_size} bytes: {KEPT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
