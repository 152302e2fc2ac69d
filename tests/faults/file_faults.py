"""Locks, places, names and settings: files others have, that may not be written, or have odd names."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.faults.children import FIELDS
from tests.faults.fault import DamagedError, LostError, NotTriedError, Trial, fault
from tests.faults.moments import some_time
from tests.faults.showing import open_to_type, opening, refusal, type_words, words_at
from tests.faults.storage_faults import needs_root, small_disk, sure
from tests.faults.witness import Account, state_of

PLAIN = "tests.faults.children"
IN_USE = "“{file}” is already open: {who}, on computer {host}, since {since}."


def unchanged(path: Path, before: bytes) -> None:
    """DamagedError when a file is not as it was."""
    if path.read_bytes() != before:
        raise DamagedError(f"{path.name} was changed")


# Locks


@fault(
    "B1",
    "A report that is open already is opened a second time",
    expected="The second opening says who has it, where and since when, and offers to read; nothing is lost.",
    shows=IN_USE,
    do="Open to read, or ask that it is closed there.",
)
def second_instance(trial: Trial) -> str:
    path = trial.new_report()
    holder = trial.nursery.start(f"{PLAIN}:hold", trial.folder, trial.home, path=str(path))
    holder.wait_for("holding")
    seen = opening(path)
    holder.kill()
    sure("Held by another", words_at(path), "typed by the first")
    trial.tally.add(edits=Account.of(holder.told).compare(path).edits, kills=1)
    return seen


@fault(
    "B2",
    "A lock was left by a program that was killed",
    expected="It is taken over without a question.",
)
def stale_lock(trial: Trial) -> str:
    path = trial.new_report()
    holder = trial.nursery.start(f"{PLAIN}:hold", trial.folder, trial.home, path=str(path))
    holder.wait_for("holding")
    holder.kill()
    assert path.with_name(f".{path.name}.lock").exists()
    opening(path)
    assert not path.with_name(f".{path.name}.lock").exists()
    trial.tally.add(kills=1)
    return opening(path)


@fault(
    "B3",
    "Somebody on another computer has the file open (the lock there gives signs of life)",
    expected="Refused with who, where and since when; reading is offered.",
    shows=IN_USE,
    do="Open to read, or ask that it is closed there.",
)
def locked_elsewhere(trial: Trial) -> str:
    from desktop_app.report.changes import utc_now

    path = trial.new_report()
    lock = path.with_name(f".{path.name}.lock")
    holder = {"who": "Ben", "host": "ministry-7", "since": utc_now(), "beat": utc_now()}
    lock.write_text(json.dumps({**holder, "machine": "other", "id": "x" * 32, "pid": 1}))
    before = path.read_bytes()
    seen = opening(path)
    unchanged(path, before)
    return seen


@fault(
    "B4",
    "Another program (a SQLite browser) is in the middle of a write in the file",
    expected="After a few seconds one sentence; the file is not touched.",
    shows="“{file}” is already open in another window or program.",
    do="Close the other program and try again.",
)
def locked_by_another_program(trial: Trial) -> str:
    path = trial.new_report()
    holder = trial.nursery.start(f"{PLAIN}:hold_with_sqlite", trial.folder, trial.home, path=str(path))
    holder.wait_for("holding")
    before = path.read_bytes()
    seen = opening(path)
    holder.kill()
    unchanged(path, before)
    return seen


@fault(
    "B4w",
    "Another program holds the file while somebody types",
    expected="NOT SAVED with the reason; the words are saved by themselves when it lets go.",
    shows="“{file}” is already open in another window or program.",
    do="Close the other program.",
    slow=True,
)
def held_while_typing(trial: Trial) -> str:
    path = trial.new_report()
    with open_to_type(path) as opened:
        type_words(opened, "before")
        assert opened.journal.flush(20)
        holder = trial.nursery.start(f"{PLAIN}:hold_with_sqlite", trial.folder, trial.home, path=str(path))
        holder.wait_for("holding")
        type_words(opened, "while it was held")
        seen = refusal(opened, 12)
        holder.kill()
        assert opened.journal.flush(30), opened.journal.durability.failure
    sure("while it was held", words_at(path), "typed meanwhile")
    trial.tally.add(edits=2)
    return seen


# Places that may not be written


@contextlib.contextmanager
def unchangeable(path: Path) -> Iterator[None]:
    """A file that not even root may write or replace; stands for one another program holds."""
    needs_root()
    tried = subprocess.run(["chattr", "+i", str(path)], capture_output=True, text=True, check=False)
    if tried.returncode:
        raise NotTriedError(f"chattr does not work here: {tried.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(path)], check=True)


@fault(
    "B5",
    "The package to replace is held by another program",
    expected="One sentence; the older package stays whole.",
    shows="“{file}” cannot be written. It is read-only, or another program has it open: {reason}.",
    do="Close the other program, or export into another folder.",
    slow=True,
)
def package_held(trial: Trial) -> str:
    report, out = trial.new_report(), trial.folder / "out"
    out.mkdir()
    assert trial.command("export", str(report), "--to", str(out))[0] == 0
    (package,) = out.glob("*.zip")
    before = package.read_bytes()
    trial.nursery.run(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(report), seed=1, steps=9)
    with unchangeable(package):
        code, seen = trial.command("export", str(report), "--to", str(out), "--replace")
    assert code == 2, seen
    unchanged(package, before)
    assert [path.name for path in out.iterdir()] == [package.name]
    return seen


@fault(
    "B7",
    "The report lies on a medium that can only be read",
    expected="It opens to read, and says so.",
    shows="“{file}” can only be read: nothing may be written into its folder “{folder}”.",
    do="Save a copy on a disk that can be written; the window offers it.",
)
def read_only_medium(trial: Trial) -> str:
    with small_disk(trial.folder / "medium", "2m") as medium:
        path = Path(shutil.copyfile(trial.full_report(), medium / "report.adesk"))
        before = path.read_bytes()
        subprocess.run(["mount", "-o", "remount,ro", str(medium)], check=True)
        seen = opening(path)
        unchanged(path, before)
    return seen


@fault(
    "B8",
    "The report file is read-only",
    expected="It opens to read, and says so.",
    shows="“{file}” is read-only. Open it to read, or make a copy.",
    do="Save a copy; the window offers it.",
)
def read_only_file(trial: Trial) -> str:
    path = trial.full_report()
    before = path.read_bytes()
    path.chmod(0o444)
    seen = trial.nursery.run(f"{PLAIN}:look_as_nobody", trial.folder, trial.home, path=str(path))
    unchanged(path, before)
    return str(seen["said"])


@fault(
    "B8f",
    "The folder of the report is read-only",
    expected="It opens to read, and says so.",
    shows="“{file}” can only be read: nothing may be written into its folder “{folder}”.",
    do="Save a copy elsewhere; the window offers it.",
)
def read_only_folder(trial: Trial) -> str:
    place = trial.folder / "archive"
    place.mkdir()
    path = trial.full_report("archive/report.adesk")
    before = path.read_bytes()
    place.chmod(0o555)
    seen = trial.nursery.run(f"{PLAIN}:look_as_nobody", trial.folder, trial.home, path=str(path))
    unchanged(path, before)
    return str(seen["said"])


@fault(
    "B8n",
    "The person may not read the report file at all",
    expected="One sentence.",
    shows="“{file}” cannot be read: {reason}.",
    do="Ask whoever owns the file, or IT, for the right to read it.",
)
def unreadable_file(trial: Trial) -> str:
    path = trial.full_report()
    path.chmod(0)
    seen = trial.nursery.run(f"{PLAIN}:look_as_nobody", trial.folder, trial.home, path=str(path))
    return str(seen["said"])


@fault(
    "B9",
    "A package is to go into a folder that may not be written",
    expected="One sentence; nothing is left behind.",
    shows="Nothing may be written into the folder “{folder}”. Choose another place.",
    do="Choose another folder.",
)
def target_not_writable(trial: Trial) -> str:
    report, out = trial.new_report(), trial.folder / "out"
    out.mkdir()
    out.chmod(0o555)
    seen = trial.nursery.run(
        f"{PLAIN}:command_as_nobody",
        trial.folder,
        trial.home,
        arguments=["export", str(report), "--to", str(out)],
        rehearsal=["export", str(report), "--to", str(trial.folder)],
    )
    assert seen["code"] == 2
    assert not list(out.iterdir())
    return str(seen["said"])


# Moved and replaced


@fault(
    "B10",
    "The file is replaced by another one while it is open",
    expected="Nothing is written over; the words stay in the window.",
    shows="“{file}” was changed by another program while it was open. Nothing was written over."
    " Save your work under another name.",
    do="Save a copy elsewhere; both files are kept.",
    slow=True,
)
def replaced_while_open(trial: Trial) -> str:
    path, other = trial.new_report(), trial.full_report("other.adesk")
    content = other.read_bytes()
    from desktop_app.services.open_report import open_report
    from desktop_app.services.reports import form_library

    opened = open_report(path, form_library(), who="Ana")
    opened.integrity.result(60)
    type_words(opened, "before")
    assert opened.journal.flush(20)
    other.replace(path)
    type_words(opened, "after")
    seen = refusal(opened, 4)
    kept = opened.session.report.plain(FIELDS[0])
    opened.give_up()
    unchanged(path, content)
    sure("after", kept, "in the window")
    return seen


@fault(
    "B10r",
    "The file is renamed while it is open, and named as before again",
    expected="NOT SAVED meanwhile; the words are saved when it is back.",
    shows="There is no file “{file}”. Was it moved or renamed?",
    do="Give the file its name again, or save a copy elsewhere.",
)
def renamed_while_open(trial: Trial) -> str:
    path = trial.new_report()
    with open_to_type(path) as opened:
        type_words(opened, "before")
        assert opened.journal.flush(20)
        path.rename(path.with_name("renamed.adesk"))
        type_words(opened, "while it was away")
        seen = refusal(opened, 2)
        assert seen
        path.with_name("renamed.adesk").rename(path)
        assert opened.journal.flush(20), opened.journal.durability.failure
    sure("while it was away", words_at(path), "typed meanwhile")
    trial.tally.add(edits=2)
    return seen


@fault(
    "B15",
    "The report is opened through a symbolic link",
    expected="The file itself is locked and written; the link stays one.",
)
def symbolic_link(trial: Trial) -> str:
    path = trial.new_report()
    link = trial.folder / "link.adesk"
    link.symlink_to(path)
    with open_to_type(link) as opened:
        type_words(opened, "through the link")
        assert opened.journal.flush(20)
        second = opening(path)
        assert "already open" in second, second
    assert link.is_symlink()
    sure("through the link", words_at(path), "typed")
    return opening(link)


@fault(
    "B15h",
    "The report has a second name (a hard link) under which it is opened too",
    expected="It is the same file: refused with who, where and since when.",
    shows=IN_USE,
    do="Use one name only.",
)
def hard_link(trial: Trial) -> str:
    path = trial.new_report()
    twin = trial.folder / "twin.adesk"
    os.link(path, twin)
    with open_to_type(path) as opened:
        type_words(opened, "under the first name")
        assert opened.journal.flush(20)
        seen = opening(twin)
    sure("under the first name", words_at(twin), "typed")
    state_of(path)
    trial.tally.add(edits=1)
    return seen


# Names


@fault(
    "B12",
    "File and folder have names in Arabic, with emoji, spaces and the characters % # ? & ' + =",
    expected="Everything works.",
    slow=True,
)
def odd_names(trial: Trial) -> None:
    names = ["50% #1?mode=ro", "تقرير", "📄 Bericht", "it's & + =", "a;b,c", "..x", "été", "e\u0301te\u0301"]
    for number, name in enumerate(trial.few(names)):
        place = trial.folder / f"{name} {number}"
        place.mkdir()
        path = trial.new_report(f"{place.name}/{name}.adesk")
        with open_to_type(path) as opened:
            type_words(opened, "typed")
            assert opened.journal.flush(20)
        sure("typed", words_at(path), name)
        code, said = trial.command("export", str(path), "--to", str(place))
        assert code == 0, said
        assert {each.suffix for each in place.iterdir()} == {".adesk", ".zip"}
        trial.tally.add(edits=1)


@fault(
    "B13",
    "The name of the file is as long as the disk allows, so that nothing can be made beside it",
    expected="It opens to read, or one sentence says that the name is too long.",
    shows="The name “{file}” is too long. Choose a shorter one.",
    do="Rename the file.",
)
def long_name(trial: Trial) -> str:
    path = trial.new_report()
    longest = path.with_name("n" * 249 + ".adesk")
    path.rename(longest)
    before = longest.read_bytes()
    seen = opening(longest)
    unchanged(longest, before)
    return seen


@fault(
    "B13n",
    "A new report gets a name that is longer than the disk allows",
    expected="One sentence; nothing is made.",
    shows="The name “{file}” is too long. Choose a shorter one.",
    do="Choose a shorter name.",
)
def name_too_long(trial: Trial) -> str:
    path = trial.folder / ("n" * 300 + ".adesk")
    code, seen = trial.command("new", str(path), "--form", "ga-commitments", "--country", "NO")
    assert code == 2
    return seen


@fault(
    "B16",
    "The folder for temporary files is missing or full",
    expected="Everything works: what is made is made beside its target.",
)
def no_temporary_folder(trial: Trial) -> None:
    report = trial.full_report()
    child = trial.nursery.start(
        f"{PLAIN}:command_without_temporary_folder",
        trial.folder,
        trial.home,
        arguments=["export", str(report), "--to", str(trial.folder)],
    )
    assert child.wait() == 0, child.errors + child.failure


@fault(
    "B17",
    "The file is not there (a wrong name, a moved file)",
    expected="One sentence; no new empty file is made.",
    shows="There is no file “{file}”. Was it moved or renamed?",
    do="Look for it where it was moved to.",
)
def missing_file(trial: Trial) -> str:
    path = trial.folder / "mistyped.adesk"
    seen = opening(path)
    assert not path.exists()
    return seen


@fault(
    "B17f",
    "The folder named for a new report is not there",
    expected="One sentence; nothing is made.",
    shows="There is no folder “{folder}”. Choose another place for “{file}”.",
    do="Choose a folder that exists.",
)
def missing_folder(trial: Trial) -> str:
    path = trial.folder / "not" / "there" / "new.adesk"
    code, seen = trial.command("new", str(path), "--form", "ga-commitments", "--country", "NO")
    assert code == 2, seen
    return seen


@fault(
    "B17d",
    "A folder has the name of a report file",
    expected="One sentence.",
    shows="“{file}” is not a report file. Choose a file made by this program.",
    do="Choose the file.",
)
def folder_as_file(trial: Trial) -> str:
    place = trial.folder / "folder.adesk"
    place.mkdir()
    return opening(place)


@fault(
    "B19",
    "The settings file is damaged",
    expected="Defaults are used; the damaged file is kept beside.",
)
def damaged_settings(trial: Trial) -> None:
    from desktop_app.runtime.settings import Settings, load_settings

    path = trial.folder / "settings.json"
    chance = random.Random(19)
    contents = [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"recent": 5, "places": [], "side_panel": "yes"}',
        b"[" * 100_000,
    ]
    contents += [chance.randbytes(chance.randrange(1, 400)) for _number in range(trial.many(200, 20))]
    for content in contents:
        path.write_bytes(content)
        settings = load_settings(path)
        assert (settings.recent, settings.side_panel) == ([], True)
        aside = path.with_suffix(".damaged.json")
        if not path.exists():
            assert aside.read_bytes() == content, content[:40]
        assert settings == Settings(others=settings.others)


@fault(
    "K7",
    "The computer sleeps while a report is open, and wakes up again",
    expected="Everything goes on.",
)
def sleep_and_wake(trial: Trial) -> None:
    path = trial.new_report()
    child = trial.nursery.start(f"{PLAIN}:type_on", trial.folder, trial.home, path=str(path), seed=7)
    chance = random.Random(7)
    for _number in range(3):
        child.wait_for("durable", 2)
        child.signal(signal.SIGSTOP)
        second = opening(path)
        assert "already open" in second, second
        some_time(chance, 0.05, 0.2)
        child.signal(signal.SIGCONT)
        durable = sum(line.startswith("durable") for line in child.told)
        child.wait_for("durable", durable + 2)
    moment = child.kill()
    found = Account.of(child.told).compare(path, ended_at=moment)
    trial.tally.add(edits=found.edits, kills=1)
    if not found.edits:
        raise LostError("nothing was acknowledged")
