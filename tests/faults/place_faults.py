"""Reports on shares and in synchronised folders, where the work happens in a copy on this computer."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.faults.fault import DamagedError, LostError, NotTriedError, Trial, fault
from tests.faults.kills import MOST_TYPING_LOST, no_traceback
from tests.faults.moments import some_time
from tests.faults.power_cuts import PASSPHRASE, protected_report, record, replay, told_in
from tests.faults.showing import words_at
from tests.faults.storage_faults import needs_root, sure
from tests.faults.witness import Account, state_of

PLAIN = "tests.faults.children"
SCENES = "tests.faults.window_scenes"
COPY = (
    "This file lies in a folder that {program} copies to other computers. You work in a copy on this"
    " computer; it is written back as you go."
)


def synchronised(trial: Trial) -> Path:
    """A folder that a program in this home says it copies to other computers."""
    place = trial.folder / "Dropbox"
    place.mkdir()
    about = trial.home / ".dropbox" / "info.json"
    about.parent.mkdir(exist_ok=True)
    about.write_text(json.dumps({"personal": {"path": str(place)}}))
    return place


@fault(
    "P1",
    "The program is killed while somebody works on a file in a synchronised folder or on a share",
    expected="The file there is always whole; what was saved in the copy here is there at the next start.",
    shows=COPY,
    do="Open the report again on the same computer.",
    lost="At most the last second of typing.",
)
def killed_in_a_working_copy(trial: Trial) -> str:
    chance = random.Random(31)
    place = synchronised(trial)
    seen = ""
    for number in range(trial.many(25, 2)):
        path = trial.new_report(f"{place.name}/report-{number}.adesk")
        child = trial.nursery.start(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(path), seed=number)
        child.wait_for("durable", 2)
        some_time(chance, 0.0, 0.5)
        moment = child.kill()
        # The file itself was never half written.
        states = {state.digest for state in Account.of(child.told).states}
        copy = Path(shutil.copyfile(path, trial.folder / "seen.adesk"))
        if state_of(copy)[0] not in states:
            raise LostError("the file at its place holds a state that never was")
        found = trial.nursery.run(f"{PLAIN}:state_here", trial.folder, trial.home, path=str(path))
        judged = Account.of(child.told).judge(found["state"], ended_at=moment)
        if judged.typing_lost > MOST_TYPING_LOST * trial.many(1, 3):
            raise LostError(f"{judged.typing_lost:.2f} seconds of typing lost")
        if state_of(path)[0] != found["state"]:
            raise LostError("what was recovered was not written back")
        trial.tally.add(kills=1, edits=judged.edits)
        seen = str(found["notices"][-1]) if found["notices"] else seen
        path.unlink()
    return seen


@fault(
    "P3",
    "The program is killed while somebody types in a file that is protected with a passphrase",
    expected="Everything that was called saved is there and opens with the passphrase.",
    do="Open it with its passphrase and go on.",
    lost="At most the last second of typing.",
    slow=True,
)
def killed_in_a_protected_file(trial: Trial) -> None:
    chance = random.Random(33)
    path, key = protected_report(trial, "report.adesk")
    for number in range(12):
        child = trial.nursery.start(
            f"{PLAIN}:type_on",
            trial.folder,
            trial.home,
            path=str(path),
            seed=number,
            passphrase=PASSPHRASE,
        )
        child.wait_for("durable")
        some_time(chance, 0.0, 0.4)
        moment = child.kill()
        found = Account.of(child.told).compare(path, ended_at=moment, key=key)
        trial.tally.add(kills=1, edits=found.edits)
    plain = b"investigators"
    for left in (trial.home, trial.folder):
        for each in left.rglob("*"):
            if each.is_file() and each.name not in ("told", "failure") and plain in each.read_bytes():
                raise DamagedError(f"{each.name} holds words of a protected file that anybody can read")


@fault(
    "P1w",
    "The power goes while a working copy is written back",
    expected="The file at its place is the older or the newer one, whole.",
    lost="Nothing: what was saved is in the copy on this computer.",
)
def power_cut_while_writing_back(trial: Trial) -> None:
    place = synchronised(trial)
    path = trial.new_report(f"{place.name}/report.adesk")
    recording, _told = record(
        trial, place, f"{PLAIN}:type_on", path=str(path), seed=5, steps=trial.many(12, 3), flush_every=2
    )
    states = {state.digest for state in Account.of(told_in(recording)).states}
    last = Account.of(told_in(recording)).states[-1].digest

    def look(folder: Path, lines: list[str]) -> int:
        found, _notices = state_of(folder / path.name)
        if found not in states:
            raise LostError("a state that never was")
        return 0

    replay(trial, recording, look, trial.many(150, 8))
    sure(last, state_of(path)[0], "written back at the end")


@fault(
    "B11",
    "Somebody else changes the file in a synchronised folder while it is open here",
    expected="Both versions are kept, the second beside the first under a name that says whose it is.",
    shows="“{file}” was changed by someone else while you worked on it. Nothing was written over: your"
    " version is “{ours}”, theirs is “{theirs}”. Compare them and go on with one.",
    do="Open both, compare them, and go on with one.",
)
def changed_by_someone_else(trial: Trial) -> str:
    place = synchronised(trial)
    path, other = trial.new_report(f"{place.name}/report.adesk"), trial.new_report("other.adesk")
    trial.nursery.run(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(other), seed=2, steps=9)
    theirs = other.read_bytes()
    their_state = state_of(other)[0]
    child = trial.nursery.start(
        f"{PLAIN}:hold_and_write",
        trial.folder,
        trial.home,
        path=str(path),
        words=["before", "after somebody else"],
    )
    child.wait_for("holding")
    other.write_bytes(theirs)
    other.replace(path)
    (trial.folder / "go-on").touch()
    result = child.result()
    versions = {state_of(found)[0] for found in place.glob("[!.]*.adesk")}
    if their_state not in versions:
        raise LostError("the version of the other is gone")
    if result["state"] not in versions:
        raise LostError("our version is gone")
    assert len(list(place.glob("[!.]*.adesk"))) == 2, list(place.iterdir())
    return str(result["said"])


@contextlib.contextmanager
def share(trial: Trial) -> Iterator[tuple[Path, Path]]:
    """A place that can go away as a share does: where it is seen, and where its files really are."""
    needs_root()
    if shutil.which("bindfs") is None:
        raise NotTriedError("bindfs is not installed (Debian: apt-get install bindfs)")
    behind, place = trial.folder / "behind", trial.folder / "share"
    behind.mkdir()
    place.mkdir()
    mount(behind, place)
    try:
        yield place, behind
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False, capture_output=True)


def mount(behind: Path, place: Path) -> None:
    """Show the folder ``behind`` at ``place`` through a process of its own."""
    made = subprocess.run(["bindfs", str(behind), str(place)], capture_output=True, text=True, check=False)
    if made.returncode:
        raise NotTriedError(f"bindfs does not work here: {made.stderr.strip()}")


def pull(place: Path) -> None:
    """Let the share go away without a farewell: its process is killed."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes().split(b"\0")
                if words[0] == b"bindfs" and str(place).encode() in words:
                    subprocess.run(["kill", "-9", entry.name], check=True)


@fault(
    "A14s",
    "A share goes away while somebody works on a report there, and comes back later",
    expected="The work goes on in the copy on this computer; it is written back when the share is there.",
    shows="“{file}” cannot be reached at present. Your work is kept on this computer and will be written to"
    " “{name}” as soon as that is possible.",
    do="Go on. Bring the share back, or open the report later on the same computer.",
    slow=True,
)
def share_goes_away(trial: Trial) -> str:
    with share(trial) as (place, behind):
        path = trial.new_report("behind/report.adesk")
        child = trial.nursery.start(
            f"{PLAIN}:hold_and_write",
            trial.folder,
            trial.home,
            path=str(place / path.name),
            words=["before", "while it was gone"],
        )
        child.wait_for("holding")
        pull(place)
        (trial.folder / "go-on").touch()
        result = child.result(120)
        subprocess.run(["umount", "-l", str(place)], check=True)
        state_of(Path(shutil.copyfile(path, trial.folder / "seen.adesk")))
        mount(behind, place)
        found = trial.nursery.run(
            f"{PLAIN}:state_here", trial.folder, trial.home, path=str(place / path.name)
        )
        sure(result["state"], found["state"], "after the share came back")
    sure("while it was gone", words_at(path), "written back")
    if "while it was gone" not in str(words_at(path)):
        raise DamagedError("not written back")
    trial.tally.add(edits=2)
    return str(result["said"])


@fault(
    "P2",
    "The window works on a file in a synchronised folder and is closed in the middle of a word",
    expected="The word is in the file at its place when the window has closed.",
    slow=True,
)
def closed_in_a_synchronised_folder(trial: Trial) -> None:
    place = synchronised(trial)
    path = trial.new_report(f"{place.name}/report.adesk")
    words = "A campaign for par"
    child = trial.nursery.start(
        f"{SCENES}:close_in_the_middle", trial.folder, trial.home, path=str(path), words=words
    )
    child.result()
    no_traceback(child)
    from tests.faults.program_faults import descriptions

    if words not in descriptions(path):
        raise LostError(f"“{words}” is not in the file at its place")
    assert [found.name for found in place.iterdir()] == [path.name], list(place.iterdir())
    left = [found.name for found in (trial.home / "share").rglob("report.adesk*")]
    assert not left, f"a working copy stayed behind: {left}"
    trial.tally.add(edits=1)
