"""Files and packages of other versions, and clocks that are wrong."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

from desktop_app.report.plain import canonical_bytes
from desktop_app.services.verifying import verify
from desktop_app.storage.format import FORMAT
from desktop_app.storage.report_file import ReportFile
from tests.faults import tracing
from tests.faults.fault import DamagedError, LostError, NotTriedError, Trial, fault
from tests.faults.file_faults import unchanged
from tests.faults.nursery import ROOT, home_variables
from tests.faults.showing import open_to_type, opening, type_words, words_at
from tests.faults.storage_faults import NO_FORM
from tests.faults.witness import state_of

PLAIN = "tests.faults.children"
FILES = ROOT / "tests" / "data" / "files"


def _with_sql(path: Path, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@fault(
    "C1",
    "The file was made by a newer version of the program",
    expected="It opens to read, or is refused; the sentence names the version that is needed.",
    shows="“{file}” needs version {version} of this program or a newer one.",
    do="Install that version.",
)
def newer_format(trial: Trial) -> str:
    path = trial.full_report()
    _with_sql(
        path,
        f"PRAGMA user_version = {FORMAT + 7}",
        f"UPDATE meta SET value = '{FORMAT + 7}' WHERE key = 'format'",
        "UPDATE meta SET value = '9.9' WHERE key = 'program'",
    )
    before = path.read_bytes()
    seen = opening(path)
    unchanged(path, before)
    return seen


@fault(
    "C2",
    "The file was made by an older version of the program",
    expected="A backup is made, then it is brought up to date as a whole; every answer is there.",
    do="Nothing. Older programs cannot open it any more; the backup they can.",
)
def older_formats(trial: Trial) -> None:
    for source in sorted(FILES.glob("*.adesk")):
        path = trial.folder / source.name
        path.write_bytes(source.read_bytes())
        first = trial.nursery.run(f"{PLAIN}:upgrade", trial.folder, trial.home, path=str(path))
        again = trial.nursery.run(f"{PLAIN}:upgrade", trial.folder, trial.home, path=str(path))
        if first != again:
            raise LostError(f"{source.name}: the answers are others after it was brought up to date")
    backups = list((trial.home / "share").rglob("*.adesk"))
    assert len(backups) >= FORMAT - 1, backups


@fault(
    "C2c",
    "A command is to write into a file of an older format",
    expected="It is refused; the file is left as it is.",
    shows="“{file}” was made by an older version of this program. Open it once in the window;"
    " it is backed up and brought up to date there.",
    do="Open the file once in the window.",
    slow=True,
)
def older_format_and_a_command(trial: Trial) -> str:
    path = trial.folder / "old.adesk"
    path.write_bytes((FILES / "format-1.adesk").read_bytes())
    before = path.read_bytes()
    code, seen = trial.command("new", str(path), "--form", "ga-commitments", "--country", "AL")
    assert code == 2, seen
    unchanged(path, before)
    return seen


@fault(
    "C3",
    "A write or a flush fails while a file is brought up to date (every such call in turn)",
    expected="The file stays as it was; the next opening brings it up to date.",
    do="Open it again.",
)
def upgrade_fails(trial: Trial) -> None:
    wanted = None
    for number in range(1, trial.many(20, 2) + 1):
        path = trial.folder / f"old-{number}.adesk"
        path.write_bytes((FILES / "format-1.adesk").read_bytes())
        child = trial.nursery.start(
            f"{PLAIN}:upgrade", trial.folder, trial.home, stopped=True, path=str(path)
        )
        calls = "pwrite64,fdatasync,fsync,ftruncate"
        options = ["-P", str(path), "-P", f"{path}-journal", "-e", f"trace={calls}"]
        with tracing.traced(child, *options, "-e", f"inject={calls}:error=EIO:when={number}"):
            child.wait()
        found = trial.nursery.run(f"{PLAIN}:upgrade", trial.folder, trial.home, path=str(path))
        wanted = wanted or found
        if found != wanted:
            raise LostError(f"after the failure of call {number} the answers are others")


@fault(
    "C5",
    "The form of the report is not installed here",
    expected="The report opens to be looked at as far as that goes, or one sentence names the form.",
    shows=NO_FORM,
    do="Install the form, or ask the secretariat for it.",
)
def form_missing(trial: Trial) -> str:
    path = trial.folder / "other-form.adesk"
    path.write_bytes((FILES / "format-1.adesk").read_bytes())
    trial.nursery.run(f"{PLAIN}:upgrade", trial.folder, trial.home, path=str(path))
    before = path.read_bytes()
    seen = opening(path)
    unchanged(path, before)
    return seen


@fault(
    "C6",
    "A package was made by a newer version of the program",
    expected="It is refused; nothing is imported.",
    shows="“{file}” was made by a newer version of this program. Install that version to read it.",
    do="Install the newer version.",
    slow=True,
)
def newer_package(trial: Trial) -> str:
    code, said = trial.command("export", str(trial.full_report()), "--to", str(trial.folder))
    assert code == 0, said
    (package,) = trial.folder.glob("*.zip")
    newer = trial.folder / "newer.zip"
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(newer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = _of_format(99, content)
            new.writestr(old.getinfo(name), content)
    target = trial.folder / "new.adesk"
    code, seen = trial.command("import", str(target), str(newer))
    assert code == 2, (code, seen)
    assert not target.exists()
    return seen


def _of_format(number: int, manifest: bytes) -> bytes:
    """A manifest of another format, in order in every other way."""
    facts = {**json.loads(manifest), "format": number, "sha256": ""}
    facts["sha256"] = hashlib.sha256(canonical_bytes(facts)).hexdigest()
    return canonical_bytes(facts)


@fault(
    "C9",
    "The installation is damaged: a module fails to load",
    expected="One sentence, and the details are in the log; nothing is changed.",
    shows="Something went wrong inside the program. Nothing was changed; details are in {folder}.",
    do="Install the program again; send the log to IT, it holds no answers.",
)
def half_an_installation(trial: Trial) -> str:
    broken = trial.folder / "broken" / "openpyxl"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise RuntimeError('half of an update')\n")
    report = trial.full_report()
    before = report.read_bytes()
    code, seen = _program(
        trial, "export", str(report), "--to", str(trial.folder), PYTHONPATH=str(broken.parent)
    )
    assert code == 2, seen
    unchanged(report, before)
    assert not list(trial.folder.glob("*.zip"))
    return seen


def _program(trial: Trial, *arguments: str, **environment: str) -> tuple[int, str]:
    """The program as a whole process of its own, with other variables."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", *arguments],
        cwd=ROOT,
        env={**os.environ, **home_variables(trial.home), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


# Time


def _at(trial: Trial, moment: str, *arguments: str) -> str:
    """Carry out a command at another time; its output, which must be good."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
    if library is None:
        raise NotTriedError("faketime is not installed (Debian: apt-get install faketime)")
    code, said = _program(
        trial, *arguments, LD_PRELOAD=str(library), FAKETIME=moment, FAKETIME_DONT_FAKE_MONOTONIC="1"
    )
    assert code == 0, said
    return said


def _work_at(trial: Trial, moment: str) -> None:
    """Start, import, check, export, back up and verify at another time."""
    place = trial.folder / moment.replace(" ", "-").replace(":", "-")
    place.mkdir()
    report = place / "report.adesk"
    _at(trial, moment, "new", str(report), "--form", "ga-commitments", "--country", "NO")
    with open_to_type(report) as opened:
        type_words(opened, moment)
        assert opened.journal.flush(20)
    _at(trial, moment, "export", str(report), "--to", str(place))
    _at(trial, moment, "backup", str(report), "--to", str(place / "backups"))
    (package,) = place.glob("*.zip")
    if not verify(package).intact:
        raise DamagedError("the package is not intact")
    if words_at(report) is None:
        raise LostError("the answer is gone")
    state_of(report)


@fault(
    "T1",
    "The clock stands at 1975 (an empty battery on the main board)",
    expected="Everything works; the order of steps does not come from the clock.",
    do="Set the clock.",
    slow=True,
)
def clock_in_1975(trial: Trial) -> None:
    _work_at(trial, "1975-01-01 12:00:00")


@fault(
    "T2",
    "The clock stands at 2038 and later, and is corrected afterwards",
    expected="Everything works; nothing of the future stands in the way.",
    do="Set the clock.",
    slow=True,
)
def clock_in_2038(trial: Trial) -> None:
    _work_at(trial, "2038-01-20 03:14:08")
    _work_at(trial, "2106-02-08 06:28:16")


@fault(
    "T3",
    "The clock is set back between two backups",
    expected="Both backups stay; the newest report is in one of them.",
    do="Set the clock.",
    slow=True,
)
def clock_set_back(trial: Trial) -> None:
    report, backups = trial.new_report(), trial.folder / "backups"
    _at(trial, "2031-05-01 10:00:00", "backup", str(report), "--to", str(backups))
    with open_to_type(report) as opened:
        type_words(opened, "typed with the right time")
        assert opened.journal.flush(20)
    _at(trial, "2026-05-01 10:00:00", "backup", str(report), "--to", str(backups))
    found = list(backups.rglob("*.adesk"))
    assert len(found) == 2, found
    states = set()
    for number, backup in enumerate(found):
        copy = Path(shutil.copyfile(backup, trial.folder / f"copy-{number}.adesk"))
        states.add(state_of(copy)[0])
    if len(states) != 2:
        raise LostError("one of the two states is in no backup")


@fault(
    "T4",
    "The computer is in another time zone, or changes to summer time",
    expected="Times are kept in UTC; packages and answers are the same.",
    slow=True,
)
def time_zones(trial: Trial) -> None:
    report = trial.full_report()
    packages = set()
    for zone in trial.few(["Pacific/Kiritimati", "America/St_Johns", "UTC", "Asia/Kathmandu"]):
        place = trial.folder / zone.replace("/", "-")
        place.mkdir()
        code, said = _program(trial, "export", str(report), "--to", str(place), TZ=zone)
        assert code == 0, said
        (package,) = place.glob("*.zip")
        with zipfile.ZipFile(package) as opened:
            packages.add(opened.read("data.json"))
    assert len(packages) == 1
    with ReportFile.open(report, "read") as file:
        (summary,) = file.reports()
        assert summary.created_at.endswith("Z") or "+00:00" in summary.created_at, summary.created_at
