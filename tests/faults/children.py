"""What runs in processes without a window: typing into a session, commands, and holders of files."""

from __future__ import annotations

import contextlib
import importlib
import itertools
import os
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from desktop_app import cli
from desktop_app.formdef.model import State
from desktop_app.report.review import comment_path
from desktop_app.report.text.model import Text
from desktop_app.runtime.errors import DeskError
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.protection import read_key
from desktop_app.services.reports import form_library
from desktop_app.services.review import answer, comment
from tests.faults.moments import reached
from tests.faults.witness import Teller, Witness

FIELDS = ("cover.authority", "cover.focal_point", "cover.contact")
LISTS = ("T1.planned", "T2.undertaken", "T3.planned")
WORDS = (
    "Train",
    "investigators",
    "été",
    "حماية",
    "👩‍👧",
    "=1+1",
    "until 2014",
    "(2nd phase)",
    "Щит",
    "a & b",
)


def words(chance: random.Random, count: int) -> str:
    """Some words in several scripts."""
    return " ".join(chance.choice(WORDS) for _word in range(count))


class Typist:
    """Makes one random step of work after another in a session."""

    def __init__(self, session: EntrySession, seed: int) -> None:
        """The same steps for the same seed."""
        self._session = session
        self._chance = random.Random(seed)

    def step(self) -> None:
        """Type somewhere, add, remove, bring back, undo, redo, mark, or leave a field."""
        steps: list[Callable[[], object]] = [
            self._type,
            self._type,
            self._type,
            self._type,
            self._add,
            self._type_in_row,
            self._type_in_row,
            self._remove,
            self._bring_back,
            self._session.undo,
            self._session.redo,
            self._mark,
            self._name,
            self._remove_for_good,
            self._session.leave,
        ]
        self._chance.choice(steps)()

    def _type(self) -> None:
        path = self._chance.choice(FIELDS)
        for count in range(1, self._chance.randint(2, 6)):
            self._session.type(path, Text.plain(words(self._chance, count)))

    def _add(self) -> None:
        description = Text.plain(words(self._chance, 3))
        self._session.add_row(self._chance.choice(LISTS), {"description": description})

    def _row(self) -> tuple[str, str] | None:
        path = self._chance.choice(LISTS)
        rows = self._session.report.lists[path].rows
        return (path, self._chance.choice(rows).id) if rows else None

    def _type_in_row(self) -> None:
        if (found := self._row()) is not None:
            for count in range(1, 5):
                place = f"{found[0]}/{found[1]}/description"
                self._session.type(place, Text.plain(words(self._chance, count)))

    def _remove(self) -> None:
        if (found := self._row()) is not None:
            self._session.remove_rows(found[0], [found[1]])

    def _bring_back(self) -> None:
        path = self._chance.choice(LISTS)
        removed = list(self._session.report.lists[path].bin)
        if removed:
            self._session.restore_row(path, self._chance.choice(removed))

    def _name(self) -> None:
        self._session.set_restore_point(words(self._chance, 2))

    def _remove_for_good(self) -> None:
        path = self._chance.choice(FIELDS)
        if self._session.report.plain(path) is not None:
            self._session.remove_for_good([path], "typed by mistake")

    def _mark(self) -> None:
        path = f"T{self._chance.randint(1, 4)}.undertaken"
        if not self._session.report.lists[path].rows:
            self._session.set_state(path, self._chance.choice([None, State.NOT_AVAILABLE]))


def opened(path: Path, teller: Teller, passphrase: str | None = None) -> OpenReport:
    """The report, opened as the program does, with a witness."""
    key = read_key(path, passphrase=passphrase) if passphrase is not None else None
    found = open_report(path, form_library(), who="Ana", key=key)
    Witness(found.session, found.journal, teller)
    teller.tell("ready", time.monotonic())
    return found


def type_on(
    place: Path,
    path: str,
    seed: int,
    steps: int = 1_000_000,
    flush_every: int = 7,
    passphrase: str | None = None,
) -> dict[str, Any]:
    """Type without a pause until killed, or for ``steps`` steps; closes then."""
    found = opened(Path(path), Teller(place), passphrase)
    typist = Typist(found.session, seed)
    for number in range(steps):
        typist.step()
        if number % flush_every == 0:
            found.journal.flush(60)
    durability = found.journal.durability
    found.close()
    return {"failure": durability.failure}


def write_to_reviewers(place: Path, path: str, seed: int) -> None:
    """Write answers to reviewers without a pause until killed; some are sent, some discarded."""
    found = opened(Path(path), Teller(place))
    session, chance = found.session, random.Random(seed)
    said = [comment(session, f"T{number}", "Which?") for number in (1, 2)]
    for number in itertools.count():
        asked = chance.choice(said)
        for count in range(1, chance.randint(2, 6)):
            session.keep_draft(comment_path(asked), words(chance, count))
        draft = session.draft_at(comment_path(asked))
        end = chance.random()
        if draft is not None and end < 0.2:
            answer(session, asked, draft.words, draft.id)
        elif end < 0.3:
            session.keep_draft(comment_path(asked), "")
        if number % 7 == 0:
            found.journal.flush(60)


def open_and_close(place: Path, path: str) -> list[str]:
    """Open a report as the program does, wait until it is verified, and close it."""
    teller = Teller(place)
    teller.tell("begun", time.monotonic())
    found = opened(Path(path), teller)
    found.integrity.result()
    found.close()
    teller.tell("closed", time.monotonic())
    return list(found.notices)


def type_and_close(place: Path, path: str, seed: int, steps: int) -> None:
    """Type a little and close; says when closing begins."""
    teller = Teller(place)
    found = opened(Path(path), teller)
    typist = Typist(found.session, seed)
    for _step in range(steps):
        typist.step()
    teller.tell("closing", time.monotonic())
    found.close()
    teller.tell("closed", time.monotonic())


def command(place: Path, *, arguments: list[str], limits: dict[str, int] | None = None) -> int:
    """Carry out a command of the command line in this process; its exit code."""
    with limited(limits or {}):
        teller = Teller(place)
        teller.tell("begun", time.monotonic())
        code = cli.main(arguments)
        teller.tell("ended", time.monotonic())
    raise SystemExit(code)


@contextlib.contextmanager
def limited(limits: dict[str, int]) -> Iterator[None]:
    """The system gives this process no more than that (``FSIZE``, ``AS``, ``NOFILE``) in the block."""
    if "FSIZE" in limits:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in limits}
    for name, limit in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, before[name][1]))
    try:
        yield
    finally:
        for name, old in before.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), old)


def be_nobody(*folders: Path) -> None:
    """Give up root's rights, to which no permission applies; the folders become nobody's own."""
    nobody = 65534
    if os.geteuid() == 0:
        for folder in folders:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, nobody, nobody, follow_symlinks=False)
        os.setgroups([])
        os.setgid(nobody)
        os.setuid(nobody)


def type_and_stay(place: Path, path: str, seed: int) -> None:
    """Type a little, the last words in a field that is not left, and wait until killed."""
    found = opened(Path(path), Teller(place))
    typist = Typist(found.session, seed)
    for _step in range(6):
        typist.step()
    found.session.type(FIELDS[0], Text.plain(f"Being typed, {seed}"))
    assert found.journal.flush(60)
    Teller(place).tell("staying", time.monotonic())
    signal.pause()


def hold(place: Path, path: str) -> None:
    """Keep a report open for writing until killed."""
    found = opened(Path(path), Teller(place))
    found.session.type(FIELDS[0], Text.plain("Held by another"))
    found.journal.flush(60)
    Teller(place).tell("holding", time.monotonic())
    signal.pause()


def hold_with_sqlite(place: Path, path: str) -> None:
    """Hold the file in the middle of a write, as a SQLite browser may."""
    import sqlite3

    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    Teller(place).tell("holding", time.monotonic())
    signal.pause()


def save_settings(place: Path, path: str, count: int) -> None:
    """Save settings again and again; says after each that it was saved."""
    from desktop_app.runtime.settings import Settings, save_settings

    teller = Teller(place)
    for number in range(1, count + 1):
        save_settings(Settings(person=str(number)), Path(path))
        teller.tell("saved", number)


def type_limited(place: Path, path: str, limits: dict[str, int]) -> dict[str, Any]:
    """Type until the system refuses, within its limits; what was said then. Later it is saved."""
    found = opened(Path(path), Teller(place))
    found.integrity.result(60)
    failure = None
    with limited(limits):
        for number in range(200):
            found.session.set_value(FIELDS[number % 3], Text.plain(f"{number} " + "words " * 200))
            if not found.journal.flush(0.5) and found.journal.durability.failure:
                failure = found.journal.durability.failure
                break
    assert found.journal.flush(60)
    found.close()
    return {"failure": failure}


def type_with_errors(
    place: Path, path: str, seed: int, steps: int, patience: float, before: str
) -> dict[str, Any]:
    """Type while the disk fails; give up what it does not take in time. ``before``: the state at first."""
    teller = Teller(place)
    teller.tell("state", 0, time.monotonic(), before)
    try:
        found = opened(Path(path), teller)
    except DeskError as error:
        # Refused at once; the state is the one before.
        return {"failure": error.sentence}
    failures = []
    found.journal.listen(lambda state: failures.append(state.failure) if state.failure else None)
    typist = Typist(found.session, seed)
    for _step in range(steps):
        typist.step()
        found.journal.flush(0.3)
    found.session.leave()
    if found.journal.flush(patience):
        found.close()
    else:
        found.give_up()
    return {"failure": failures[-1] if failures else None}


def look_at(place: Path, path: str, open_files: int | None = None) -> dict[str, Any]:
    """Open a report; what is said. ``open_files``: how many more files this process may open."""
    from tests.faults.showing import opening

    limits = {}
    if open_files is not None:
        present = len(list(Path("/proc/self/fd").iterdir()))
        limits["NOFILE"] = present - 1 + open_files
    with limited(limits):
        said = opening(Path(path))
    return {"said": said}


def command_with_little_memory(place: Path, *, arguments: list[str], megabytes: int) -> int:
    """As ``command``, with only so much memory more than this process has."""
    # What is loaded by then is not the question here.
    for module in ("lxml.etree", "openpyxl"):
        importlib.import_module(module)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return command(place, arguments=arguments, limits={"AS": used + megabytes * 1_000_000})


def upgrade(place: Path, path: str) -> str:
    """Open a file of an older format of the small form, which brings it up to date; its state."""
    from desktop_app.services.backups import make_backup
    from desktop_app.storage.report_file import ReportFile
    from tests.faults.witness import digest
    from tests.support.small_form import small_form

    def back_up(found: Path) -> None:
        make_backup(found, "before upgrade")

    with ReportFile.open(Path(path), "write", before_upgrade=back_up) as file:
        damages = file.verify_chain()
        assert not damages, damages
        return digest(file.load(1, small_form()))


def look_as_nobody(place: Path, path: str) -> dict[str, Any]:
    """Open a report as somebody to whom permissions apply; what is said."""
    # Once before, so that all is loaded that only root may read.
    rehearsal = Path(shutil.copyfile(path, place / "rehearsal.adesk"))
    look_at(place, str(rehearsal))
    be_nobody(place.parents[1])
    return look_at(place, path)


def command_as_nobody(place: Path, arguments: list[str], rehearsal: list[str]) -> dict[str, Any]:
    """Carry out a command as somebody to whom permissions apply; ``rehearsal`` loads what it needs."""
    assert cli.main(rehearsal) == 0
    be_nobody(place.parents[1])
    code = cli.main(arguments)
    return {"code": code, "said": (place / "err").read_text()}


def command_without_temporary_folder(place: Path, arguments: list[str]) -> None:
    """Carry out a command where no folder for temporary files can be used, neither the set nor the usual."""
    import tempfile

    tempfile.tempdir = os.environ["TMPDIR"] = str(place / "not" / "there")
    command(place, arguments=arguments)


def state_here(place: Path, path: str) -> dict[str, Any]:
    """Open a report as the program does in this home, and close it; its state and what was said."""
    from tests.faults.witness import digest

    found = open_report(Path(path), form_library(), who="Ana")
    damages = found.integrity.result(60)
    assert not damages, damages
    state = digest(found.session.report)
    found.close()
    return {"state": state, "notices": list(found.notices), "read_only": found.read_only}


def hold_and_write(place: Path, path: str, words: list[str]) -> dict[str, Any]:
    """Write one answer, wait until told to go on, write the next, close; what is said about the place."""
    from tests.faults.witness import digest

    teller = Teller(place)
    found = opened(Path(path), teller)
    for number, each in enumerate(words):
        if number:
            teller.tell("holding", time.monotonic())
            assert reached((place.parent / "go-on").exists, 60)
        found.session.type(FIELDS[0], Text.plain(each))
        found.session.leave()
        assert found.journal.flush(60), found.journal.durability.failure
        if found.place is not None:
            found.place.wait_written(10)
    state = digest(found.session.report)
    said = found.place_state.sentence if found.place_state is not None else ""
    conflict = found.place.working.conflict if found.place is not None else None
    found.close()
    return {"state": state, "said": conflict.sentence if conflict is not None else said}
