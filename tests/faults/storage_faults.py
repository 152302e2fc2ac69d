"""Disks that are full, fail, lie, or are gone; files that were cut, flipped or swapped."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from desktop_app.services.verifying import verify
from desktop_app.storage.report_file import ReportFile
from tests.faults import tracing
from tests.faults.children import FIELDS
from tests.faults.fault import DamagedError, LostError, NotTriedError, TracebackError, Trial, fault
from tests.faults.kills import Looks, killed_command
from tests.faults.nursery import ROOT, Child
from tests.faults.showing import open_to_type, opening, opening_and_state, refusal, type_words, words_at
from tests.faults.witness import Account, state_of

PLAIN = "tests.faults.children"
NO_FORM = (
    "“{file}” answers the form “{form}”, version “{version}”, which this program does not have. Ask whoever"
    " gave it to you for the folder of this form, put it into “{folder}”, and try again. Until then"
    " “show --json” prints the answers as they are kept."
)
DAMAGED = "“{file}” is damaged and was left as it is. Take a backup copy of it, if there is one."
NOT_A_REPORT = "“{file}” is not a report file. Choose a file made by this program."
FULL = "There is no room left on the disk for “{file}”. Free some space and try again."
GONE = "The disk does not answer for “{file}” ({reason}). Is its drive still there?"

OPEN_A_BACKUP = "Restore the last sound backup, or save what can be saved; the page that opens offers both."
KEEP_ON = "Go on typing; the words wait in the window. Free some space: they are saved by themselves then."


def needs_root() -> None:
    """NotTriedError for those who may not mount."""
    if os.geteuid() != 0:
        raise NotTriedError("only root may make a small disk here")


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A disk of that size at ``place``."""
    needs_root()
    place.mkdir(exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise NotTriedError(f"no disk can be mounted here: {made.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill_up(place: Path) -> Path:
    """Use all the room there is on a disk."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    return filler


def sure(wanted: object, found: object, what: str) -> None:
    """LostError when an acknowledged word is not there."""
    if wanted != found:
        raise LostError(f"{what}: {found!r} instead of {wanted!r}")


# Full


@fault(
    "A8",
    "The disk is full while somebody types",
    expected="NOT SAVED stands in the header with the reason; the words stay in the window and are saved"
    " by themselves once there is room.",
    shows=FULL,
    do=KEEP_ON,
)
def full_disk(trial: Trial) -> str:
    with small_disk(trial.folder / "disk", "900k") as disk:
        path = Path(shutil.copyfile(trial.new_report(), disk / "report.adesk"))
        with open_to_type(path) as opened:
            type_words(opened, "before")
            assert opened.journal.flush(20)
            filler = fill_up(disk)
            type_words(opened, "words " * 30_000, FIELDS[2])
            seen = refusal(opened, 2)
            sure("before", words_at(path), "while the disk was full")
            filler.unlink()
            assert opened.journal.flush(20), opened.journal.durability.failure
        sure("before", words_at(path), "after it was full")
        assert words_at(path, FIELDS[2]) is not None
        state_of(path)
        trial.tally.add(edits=2)
    return seen


@fault(
    "A8q",
    "The person's share of the disk is used up (a limit on the size of files)",
    expected="As with a full disk.",
    shows=GONE,
    do="Ask IT for more room; until then the words wait in the window, or go on in a copy elsewhere.",
)
def quota(trial: Trial) -> str:
    path = trial.new_report()
    child = trial.nursery.start(
        f"{PLAIN}:type_limited",
        trial.folder,
        trial.home,
        path=str(path),
        limits={"FSIZE": path.stat().st_size + 4096},
    )
    result = child.result()
    found = Account.of(child.told).compare(path)
    trial.tally.add(edits=found.edits)
    return str(result["failure"])


@fault(
    "A9",
    "The disk is full while a package is made",
    expected="The older package stays as it was; no half package.",
    shows=FULL,
    do="Free some space, or export into another folder.",
    slow=True,
)
def full_disk_on_export(trial: Trial) -> str:
    report = trial.new_report()
    with small_disk(trial.folder / "disk", "300k") as disk:
        assert trial.command("export", str(report), "--to", str(disk))[0] == 0
        (package,) = disk.glob("*.zip")
        before = package.read_bytes()
        trial.nursery.run(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(report), seed=1, steps=20)
        fill_up(disk)
        code, seen = trial.command("export", str(report), "--to", str(disk), "--replace")
        assert code == 2, seen
        if package.read_bytes() != before or not verify(package).intact:
            raise DamagedError("the older package was touched")
        left = {path.name for path in disk.iterdir()} - {package.name, "filler"}
        assert not left, left
    return seen


@fault(
    "A10",
    "The disk is full while a backup is made",
    expected="No half backup; the older ones and the report stay as they were.",
    shows=f"No backup of “{{file}}” was made. {FULL}",
    do="Free some space, or choose another folder for backups.",
)
def full_disk_on_backup(trial: Trial) -> str:
    report = trial.new_report()
    with small_disk(trial.folder / "disk", "6m") as disk:
        code, seen = trial.command("backup", str(report), "--to", str(disk))
        assert code == 0, seen
        (backup,) = disk.rglob("*.adesk")
        fill_up(disk)
        trial.nursery.run(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(report), seed=1, steps=5)
        code, seen = trial.command("backup", str(report), "--to", str(disk))
        assert code == 2, (code, seen)
        found = [path for path in disk.rglob("*") if path.is_file() and path.suffix == ".adesk"]
        assert found == [backup], found
        state_of(backup)
    return seen


# Errors of the disk


def _with_errors(trial: Trial, path: Path, *inject: str, patience: float) -> tuple[Child, str]:
    """A session whose disk calls on the report file and its journal fail as ``inject`` says."""
    child = trial.nursery.start(
        f"{PLAIN}:type_with_errors",
        trial.folder,
        trial.home,
        stopped=True,
        path=str(path),
        seed=4,
        steps=6,
        patience=patience,
        before=state_of(path)[0],
    )
    calls = inject[0].partition(":")[0]
    options = ["-P", str(path), "-P", f"{path}-journal", "-e", f"trace={calls}"]
    for each in inject:
        options += ["-e", f"inject={each}"]
    with tracing.traced(child, *options):
        result = child.result()
    return child, str(result["failure"] or "")


def _each_error(trial: Trial, calls: str, *, ever: bool, most: int) -> str:
    """Let the first call fail, then the second, and so on; after each the file is compared."""
    seen = ""
    for number in range(1, most + 1):
        path = trial.new_report(f"report-{number}.adesk")
        when = f"{number}+" if ever else str(number)
        child, failure = _with_errors(
            trial, path, f"{calls}:error=EIO:when={when}", patience=0.6 if ever else 20
        )
        seen = failure or seen
        found = Account.of(child.told).compare(path)
        trial.tally.add(edits=found.edits)
        path.unlink()
    return seen


@fault(
    "A11",
    "A write or a flush fails once (every such call in turn)",
    expected="The file is looked at anew and the words are written again by themselves.",
    do="Nothing. If it comes back, have the disk looked at.",
)
def one_write_fails(trial: Trial) -> None:
    _each_error(trial, "pwrite64,fdatasync,fsync,ftruncate", ever=False, most=trial.many(60, 3))


@fault(
    "A11e",
    "Writing fails from some moment on (every call in turn)",
    expected="NOT SAVED with the reason; what was saved before is there.",
    shows=GONE,
    do="Save a copy on another disk; the line NOT SAVED offers it.",
    lost="Nothing while the window stays open: its words can be kept in a copy.",
    slow=True,
)
def writing_fails_for_ever(trial: Trial) -> str:
    return _each_error(trial, "pwrite64,fdatasync,fsync,ftruncate", ever=True, most=trial.many(25, 2))


@fault(
    "A12",
    "A read fails once while a report is opened (every such call in turn)",
    expected="The file is read again before anything is said; it opens, or the disk is said not to answer.",
    shows=GONE,
    do="Nothing. If it comes back, have the disk looked at.",
)
def one_read_fails(trial: Trial) -> str:
    path = trial.full_report()
    before = path.read_bytes()
    said = ""
    for number in range(1, trial.many(30, 3) + 1):
        child = trial.nursery.start(
            f"{PLAIN}:look_at", trial.folder, trial.home, stopped=True, path=str(path)
        )
        options = ("-P", str(path), "-e", "trace=pread64", "-e", f"inject=pread64:error=EIO:when={number}")
        with tracing.traced(child, *options):
            seen = str(child.result()["said"])
        if path.read_bytes() != before:
            raise DamagedError("a failed read changed the file")
        assert "damaged" not in seen, seen
        said = seen or said
    return said


@fault(
    "A13",
    "The disk reports an error although it has kept what was written",
    expected="The file is looked at anew: what is there counts as saved, and nothing is there twice.",
)
def error_after_the_commit(trial: Trial) -> None:
    for number in range(1, trial.many(12, 2) + 1):
        path = trial.new_report(f"report-{number}.adesk")
        child = trial.nursery.start(
            f"{PLAIN}:type_with_errors",
            trial.folder,
            trial.home,
            stopped=True,
            path=str(path),
            seed=number,
            steps=6,
            patience=20,
            before=state_of(path)[0],
        )
        # The journal is flushed twice before the commit and once behind it; that third one fails.
        options = ["-P", f"{path}-journal", "-e", "trace=fsync,fdatasync"]
        options += ["-e", f"inject=fsync,fdatasync:error=EIO:when={number * 3}"]
        with tracing.traced(child, *options):
            child.result()
        found = Account.of(child.told).compare(path)
        with ReportFile.open(path, "read") as file:
            ids = [operation.id for operation in file.operations(file.reports()[0].id)]
        if len(ids) != len(set(ids)):
            raise DamagedError("a step is there twice")
        trial.tally.add(edits=found.edits)


@fault(
    "A14",
    "The folder of the report vanishes while somebody types (a stick is pulled, a share is gone) and returns",
    expected="NOT SAVED with the reason; the words are saved by themselves when it is back.",
    shows="There is no folder “{folder}”. Choose another place for “{file}”.",
    do="Bring the drive or folder back, or save a copy elsewhere.",
)
def vanished_folder(trial: Trial) -> str:
    place = trial.folder / "stick"
    place.mkdir()
    path = trial.new_report("stick/report.adesk")
    with open_to_type(path) as opened:
        type_words(opened, "before")
        assert opened.journal.flush(20)
        place.rename(trial.folder / "pulled")
        type_words(opened, "while it was gone", FIELDS[1])
        seen = refusal(opened, 2)
        assert seen, "nothing was said"
        assert not opened.journal.durability.is_saved
        (trial.folder / "pulled").rename(place)
        assert opened.journal.flush(20), opened.journal.durability.failure
    sure("before", words_at(path), "typed before")
    sure("while it was gone", words_at(path, FIELDS[1]), "typed meanwhile")
    state_of(path)
    trial.tally.add(edits=2)
    return seen


@fault(
    "A16",
    "The end of the file is missing (a copy that was broken off)",
    expected="The file is refused, wherever it was cut, and left as it is.",
    shows=DAMAGED,
    do=OPEN_A_BACKUP,
    lost="What was cut off, as far as there is no backup.",
)
def truncated_file(trial: Trial) -> str:
    whole = trial.full_report().read_bytes()
    chance, seen = random.Random(16), ""
    for number in range(trial.many(100, 12)):
        path = trial.folder / f"cut-{number}.adesk"
        content = whole[: chance.randrange(1, len(whole))]
        path.write_bytes(content)
        seen = opening(path)
        if not seen or path.read_bytes() != content:
            raise DamagedError(f"cut at {len(content)} of {len(whole)}: “{seen}”")
        path.unlink()
    return seen


@fault(
    "A17",
    "A single bit of the file changes (a failing disk or memory stick)",
    expected="Every change that touches an answer is noticed on opening; nothing is written into the file.",
    shows=DAMAGED,
    do=OPEN_A_BACKUP,
    lost="The answers named as damaged, as far as there is no backup.",
)
def bit_flips(trial: Trial) -> str:
    source = trial.full_report()
    whole = source.read_bytes()
    _said, state = opening_and_state(source)
    chance, said, noticed = random.Random(17), "", 0
    for number in range(trial.many(200, 20)):
        content = bytearray(whole)
        place = chance.randrange(len(content) * 8)
        content[place // 8] ^= 1 << place % 8
        path = trial.folder / f"flipped-{number}.adesk"
        path.write_bytes(content)
        seen, found = opening_and_state(path)
        if not seen and found != state:
            raise DamagedError(f"bit {place} changed an answer, and nobody noticed")
        if seen == opening(path) and "damaged" in seen:
            said = seen
        noticed += bool(seen)
        path.unlink()
    assert noticed, "no flip was noticed at all"
    return said


@fault(
    "A18",
    "Something else has the name of a report file: an empty file, a web page, a workbook, another database",
    expected="It is refused and left as it is.",
    shows=NOT_A_REPORT,
    do="Choose the right file; restore the backup if this was one.",
)
def not_a_report(trial: Trial) -> str:
    database = trial.folder / "database.adesk"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE notes (words)")
        connection.commit()
    contents = {
        "empty.adesk": b"",
        "page.adesk": b"<!DOCTYPE html><html><body>Sign in</body></html>",
        "workbook.adesk": b"PK\x03\x04" + bytes(2000),
        "database.adesk": database.read_bytes(),
        "words.adesk": "Rapport été".encode("utf-16"),
    }
    seen = set()
    for name, content in contents.items():
        path = trial.folder / name
        path.write_bytes(content)
        seen.add(opening(path).replace(name, "report.adesk"))
        if path.read_bytes() != content:
            raise DamagedError(f"{name} was changed")
    assert len(seen) == 1, seen
    return seen.pop()


@fault(
    "A19",
    "The journal beside the file is deleted after a crash in the middle of a write",
    expected="A half write is noticed, or there was none; nothing damaged opens as if it were sound.",
    do=OPEN_A_BACKUP,
    lost="What was being written, and what it touched, as far as there is no backup.",
)
def deleted_journal(trial: Trial) -> None:
    _half_written(trial, lambda journal: journal.unlink())


@fault(
    "A19s",
    "The journal beside the file is the one of another report",
    expected="It is not applied, or the damage is noticed; nothing damaged opens as if it were sound.",
    do=OPEN_A_BACKUP,
    lost="What was being written, and what it touched, as far as there is no backup.",
)
def swapped_journal(trial: Trial) -> None:
    other = trial.full_report("other.adesk")
    journals: list[bytes] = []
    _killed_in_a_write(trial, other, 2)
    journals.append(other.with_name("other.adesk-journal").read_bytes())

    def swap(journal: Path) -> None:
        journal.write_bytes(journals[0])

    _half_written(trial, swap)


def _killed_in_a_write(trial: Trial, path: Path, number: int) -> Account:
    """Kill a session before its write ``number`` into the file itself; its journal stays."""
    child = trial.nursery.start(
        f"{PLAIN}:type_on", trial.folder, trial.home, stopped=True, path=str(path), seed=number, steps=9
    )
    options = ("-P", str(path), "-e", "trace=pwrite64", "-e", f"inject=pwrite64:signal=SIGKILL:when={number}")
    with tracing.traced(child, *options):
        child.wait()
    return Account.of(child.told)


def _half_written(trial: Trial, spoil: object) -> None:
    assert callable(spoil)
    for number in range(1, trial.many(20, 3) + 1):
        path = trial.new_report(f"report-{number}.adesk")
        account = _killed_in_a_write(trial, path, number)
        journal = path.with_name(f"{path.name}-journal")
        if not journal.exists():
            continue
        spoil(journal)
        seen, state = opening_and_state(path)
        if not seen and state not in {each.digest for each in account.states}:
            raise DamagedError("a half write opens as if it were sound")
        path.unlink(missing_ok=True)
        journal.unlink(missing_ok=True)


@fault(
    "A20",
    "The file is copied while it is open and somebody types",
    expected="A copy made at rest is whole; one made in the middle of a write is whole or called damaged.",
    do="Copy again, best when the header says Saved.",
    slow=True,
)
def copied_while_open(trial: Trial) -> None:
    path = trial.new_report()
    child = trial.nursery.start(
        f"{PLAIN}:type_on", trial.folder, trial.home, path=str(path), seed=20, flush_every=3
    )
    child.wait_for("durable", 3)
    for number in range(trial.many(60, 6)):
        copy = Path(shutil.copyfile(path, trial.folder / f"copy-{number}.adesk"))
        seen, state = opening_and_state(copy)
        states = {each.digest for each in Account.of(child.told).states}
        if not seen and state not in states:
            raise DamagedError("a copy made in the middle of a write opens as if it were whole")
        copy.unlink()
    child.kill()
    with open_to_type(path) as opened:
        type_words(opened, "at rest")
        assert opened.journal.flush(20)
        copy = Path(shutil.copyfile(path, trial.folder / "copy.adesk"))
        sure("at rest", words_at(copy), "copied at rest")
    state_of(copy)
    trial.tally.add(edits=1)


@fault(
    "A21",
    "The memory is used up",
    expected="The command is refused in one sentence (with no memory left at all the program may just end);"
    " the files stay as they were.",
    shows="The memory of the computer is used up. Close other programs and try again.",
    do="Close other programs and try again.",
)
def out_of_memory(trial: Trial) -> str:
    report = trial.full_report()
    before = report.read_bytes()
    seen = ""
    for megabytes in trial.few([4, 1, 8, 2]):
        out = trial.folder / f"out-{megabytes}"
        child = trial.nursery.start(
            f"{PLAIN}:command_with_little_memory",
            trial.folder,
            trial.home,
            arguments=["export", str(report), "--to", str(out)],
            megabytes=megabytes,
        )
        code = child.wait()
        said = child.errors.strip()
        if child.failure or "Traceback" in said:
            raise TracebackError(child.failure or said)
        # With nothing left at all the interpreter cannot even raise the error, and ends itself.
        gave_up = code == -signal.SIGABRT and "MemoryError" in said
        assert code == 0 or gave_up or (code == 2 and "\n" not in said), (code, said)
        if report.read_bytes() != before:
            raise DamagedError("the report was changed")
        for package in out.glob("[!.]*.zip"):
            if not verify(package).intact:
                raise DamagedError("a half package was left")
        # What fails first differs: most often the memory is named, else what could not be done without.
        seen = said if said.startswith("The memory") else seen
    return seen


@fault(
    "A22",
    "Too many files are open",
    expected="One sentence about the first file that could not be read; the report stays as it was.",
    shows=NO_FORM,
    do="Close other programs and try again, whatever file the sentence names.",
)
def too_many_open_files(trial: Trial) -> str:
    report = trial.new_report()
    before = report.read_bytes()
    seen = ""
    for number in range(trial.many(24, 6)):
        said = trial.nursery.run(
            f"{PLAIN}:look_at", trial.folder, trial.home, path=str(report), open_files=number
        )["said"]
        seen = said or seen
        if report.read_bytes() != before:
            raise DamagedError("the report was changed")
    return seen


@fault(
    "A23",
    "Every third call to the disk fails, on and on",
    expected="Saved is said only of what is there.",
    slow=True,
)
def failing_disk(trial: Trial) -> None:
    for number in range(12):
        path = trial.new_report(f"report-{number}.adesk")
        rule = f"pwrite64,pread64,fdatasync,fsync,ftruncate:error=EIO:when={number + 2}+{7 + number}"
        child, _failure = _with_errors(trial, path, rule, patience=3)
        found = Account.of(child.told).compare(path)
        trial.tally.add(edits=found.edits)


# Backups


@fault(
    "A24",
    "A backup to restore is damaged",
    expected="It is refused before anything is touched; the report stays as it is.",
    shows="The backup “{file}” is damaged itself. Choose another one.",
    do="Take another backup from the list.",
)
def damaged_backup(trial: Trial) -> str:
    report = trial.full_report()
    code, said = trial.command("backup", str(report), "--to", str(trial.folder / "backups"))
    assert code == 0, said
    (backup,) = (trial.folder / "backups").rglob("*.adesk")
    before = report.read_bytes()
    content = bytearray(backup.read_bytes())
    place = content.index(b"description")
    content[place + 40] ^= 8
    backup.chmod(0o600)
    backup.write_bytes(content)
    code, seen = trial.command("restore", str(report), str(backup), "--from", str(trial.folder / "backups"))
    assert code == 2, (code, seen)
    if report.read_bytes() != before:
        raise DamagedError("the report was changed")
    return seen


@fault(
    "A24o",
    "A backup to restore is one of another report file",
    expected="It is refused before anything is touched.",
    shows="The backup is one of another report file ({which}), not of “{file}”. Nothing was changed.",
    do="Take a backup of this file; with --even-if-other it is done all the same.",
    slow=True,
)
def backup_of_another_file(trial: Trial) -> str:
    report, other = trial.full_report(), trial.folder / "other.adesk"
    assert trial.command("new", str(other), "--form", "ga-commitments", "--country", "AL")[0] == 0
    assert trial.command("backup", str(other), "--to", str(trial.folder / "backups"))[0] == 0
    (backup,) = (trial.folder / "backups").rglob("*.adesk")
    before = report.read_bytes()
    code, seen = trial.command("restore", str(report), str(backup), "--from", str(trial.folder / "backups"))
    assert code == 2, (code, seen)
    if report.read_bytes() != before:
        raise DamagedError("the report was changed")
    return seen


# Commands that were cut short


@fault(
    "A5",
    "The program is killed while it brings a file of an older format up to date",
    expected="The next start does it; the file is as it was, or up to date, and a backup was made before.",
    slow=True,
)
def killed_while_upgrading(trial: Trial) -> None:
    source = ROOT / "tests" / "data" / "files" / "format-1.adesk"
    reference = trial.folder / "reference.adesk"
    reference.write_bytes(source.read_bytes())
    wanted = trial.nursery.run(f"{PLAIN}:upgrade", trial.folder, trial.home, path=str(reference))
    numbers = iter(range(100_000))
    paths: list[Path] = []

    def begin() -> Child:
        place = trial.folder / f"round-{next(numbers)}"
        place.mkdir()
        paths.append(place / "old.adesk")
        paths[-1].write_bytes(source.read_bytes())
        return trial.nursery.start(
            f"{PLAIN}:upgrade", trial.folder, trial.home, stopped=True, path=str(paths[-1])
        )

    def check(child: Child, number: int) -> None:
        found = trial.nursery.run(f"{PLAIN}:upgrade", trial.folder, trial.home, path=str(paths[-1]))
        if found != wanted:
            raise LostError(f"killed before call {number}: the answers are others")

    trial.tally.add(kills=tracing.killed_at_each_step(begin, check, trial.many(20, 2)))


@fault(
    "A6",
    "The program is killed while it makes a backup",
    expected="No half backup has the name of one; older backups and the report stay as they were.",
    do="Nothing; the next backup is made by itself.",
    slow=True,
)
def killed_while_backing_up(trial: Trial) -> None:
    report = trial.full_report()
    before = report.read_bytes()

    def check(place: Path) -> None:
        for backup in place.rglob("[!.]*.adesk"):
            state_of_copy(backup, trial)
        if report.read_bytes() != before:
            raise DamagedError("the report was changed")

    killed_command(trial, lambda place: ["backup", str(report), "--to", str(place)], check)


@fault(
    "A6r",
    "The program is killed while it restores a backup",
    expected="The file is as before or as in the backup, whole; the state before is kept as a backup.",
    do="Restore again.",
    slow=True,
)
def killed_while_restoring(trial: Trial) -> None:
    older, newer = trial.new_report("older.adesk"), trial.new_report("newer.adesk")
    backups = trial.folder / "backups"
    assert trial.command("backup", str(older), "--to", str(backups))[0] == 0
    (backup,) = backups.rglob("*.adesk")
    trial.nursery.run(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(newer), seed=2, steps=12)
    states = {state_of(path)[0] for path in (older, newer)}

    def prepare(place: Path) -> None:
        shutil.copyfile(newer, place / "older.adesk")

    def check(place: Path) -> None:
        found, _notices = state_of(place / "older.adesk")
        if found not in states:
            raise LostError("neither the state before nor the backup")

    killed_command(
        trial,
        lambda place: [
            "restore",
            str(place / "older.adesk"),
            str(backup),
            "--from",
            str(place / "kept"),
            "--even-if-other",
        ],
        check,
        prepare=prepare,
    )


@fault(
    "A6s",
    "The program is killed while it saves what can be saved of a damaged file",
    expected="The new file is there and whole, or not there; the damaged one stays as it is.",
    do="Give the command again.",
    slow=True,
)
def killed_while_salvaging(trial: Trial) -> None:
    damaged = trial.full_report("damaged.adesk")
    content = bytearray(damaged.read_bytes())
    place_of_flip = content.index(b"description") + 40
    content[place_of_flip] ^= 8
    damaged.write_bytes(content)

    def check(place: Path) -> None:
        for path in place.glob("[!.]*.adesk"):
            state_of(path)
        if damaged.read_bytes() != content:
            raise DamagedError("the damaged file was changed")

    killed_command(
        trial, lambda place: ["doctor", str(damaged), "--salvage", str(place / "saved.adesk")], check
    )


@fault(
    "A6p",
    "The program is killed while it protects a report file with a passphrase, or takes the protection off",
    expected="The file is as before or as wanted, whole, and opens with its key.",
    do="Give the command again.",
    slow=True,
)
def killed_while_protecting(trial: Trial) -> None:
    ordinary, secret = trial.full_report("ordinary.adesk"), trial.folder / "secret"
    secret.write_text("eleven quiet lamps\n")
    protected = Path(shutil.copyfile(ordinary, trial.folder / "protected.adesk"))
    code, said = trial.command("protect", str(protected), "--new-passphrase-file", str(secret))
    if "sqlcipher3" in said:
        raise NotTriedError("sqlcipher3 is not installed")
    assert code == 0, said
    opens = {"--passphrase-file": str(secret)}

    def check(place: Path) -> None:
        (path,) = place.glob("[!.]*.adesk")
        flags = [word for pair in opens.items() for word in pair]
        tries = [trial.command("show", str(path), *given) for given in ([], flags)]
        if not any(code == 0 for code, _said in tries):
            raise DamagedError(f"opens neither with its key nor without: {tries}")

    def begin_with(source: Path) -> Looks:
        def prepare(place: Path) -> None:
            shutil.copyfile(source, place / "report.adesk")

        return prepare

    killed_command(
        trial,
        lambda place: ["protect", str(place / "report.adesk"), "--new-passphrase-file", str(secret)],
        check,
        prepare=begin_with(ordinary),
        most=6,
    )
    killed_command(
        trial,
        lambda place: ["unprotect", str(place / "report.adesk"), "--passphrase-file", str(secret)],
        check,
        prepare=begin_with(protected),
        most=6,
    )


def state_of_copy(path: Path, trial: Trial) -> str:
    """The state of a file that may not be changed, such as a backup, seen in a copy of it."""
    copy = trial.folder / f"seen-{time.monotonic_ns()}.adesk"
    shutil.copyfile(path, copy)
    try:
        return state_of(copy)[0]
    finally:
        copy.unlink()
