"""Who saw what: every state of a report while it is edited, what was acknowledged of it, and the comparison.

In the process that edits, a ``Witness`` writes one line for each state handed over and one for each
acknowledgement, after it was given. Whoever looks later, with the lines alone, says whether the file
holds the last acknowledged state or a later one.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from desktop_app.report.journal import Durability, Journal
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library
from desktop_app.storage.report_file import ReportFile
from tests.faults.fault import DamagedError, LostError

TOLD = "told"
"""The file of lines, beside nothing that is under test."""


def digest(report: Report) -> str:
    """What stands for everything a report says."""
    return hashlib.sha256(canonical_bytes(report_to_plain(report))).hexdigest()[:20]


class Teller:
    """Writes lines that are whole or not there."""

    def __init__(self, place: Path) -> None:
        """Into the folder ``place``."""
        self._handle = os.open(place / TOLD, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def tell(self, *words: object) -> None:
        """One line."""
        line = " ".join(str(word) for word in words) + "\n"
        os.write(self._handle, line.encode("utf-8", "surrogateescape"))


class Witness:
    """Watches one session and its journal."""

    def __init__(self, session: EntrySession, journal: Journal, teller: Teller) -> None:
        """From now on."""
        self._session, self._journal, self._teller = session, journal, teller
        self._lock = threading.Lock()
        self._told = 0
        self._tell_state()
        session.listen(self._on_changed)
        journal.listen(self._on_durability_changed)

    def _on_changed(self, paths: frozenset[str]) -> None:
        self._tell_state()

    def _tell_state(self) -> None:
        handed = self._journal.durability.handed
        self._teller.tell("state", handed, time.monotonic(), digest(self._session.report))

    def _on_durability_changed(self, durability: Durability) -> None:
        with self._lock:
            if durability.durable > self._told:
                self._told = durability.durable
                self._teller.tell("durable", durability.durable, time.monotonic())

    def tell_now(self) -> None:
        """What is acknowledged at this moment, for whoever closes right after."""
        self._on_durability_changed(self._journal.durability)


@dataclass(frozen=True, slots=True)
class State:
    """A state that was handed over as number ``handed`` at ``at``."""

    handed: int
    at: float
    digest: str


@dataclass(frozen=True, slots=True)
class Found:
    """How a file compares: ``edits`` were acknowledged and are all there; ``typing_lost`` in seconds."""

    edits: int
    typing_lost: float
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What was told of one session."""

    states: tuple[State, ...]
    keys: tuple[float, ...]
    durable: int

    @classmethod
    def of(cls, lines: list[str]) -> Account:
        """Read the lines of a witness."""
        states, keys, durable = [], [], 0
        for line in lines:
            match line.split():
                case ["state", handed, at, found]:
                    states.append(State(int(handed), float(at), found))
                case ["durable", number, _at]:
                    durable = max(durable, int(number))
                case ["key", at]:
                    keys.append(float(at))
        return cls(tuple(states), tuple(keys), durable)

    def compare(self, path: Path, *, ended_at: float | None = None) -> Found:
        """Open the file as the program does and compare. LostError, DamagedError."""
        present, notices = state_of(path)
        fitting = [state for state in self.states if state.digest == present]
        if not fitting:
            raise LostError(f"{path.name} holds a state that never was ({self.durable} acknowledged)")
        state = fitting[-1]
        later = self.states[self.states.index(state) + 1 :]
        if later and later[0].handed <= self.durable:
            raise LostError(f"{path.name} holds number {state.handed} of {self.durable} acknowledged")
        lost = 0.0
        if ended_at is not None:
            missing = [key for key in self.keys if key > state.at]
            lost = ended_at - missing[0] if missing else 0.0
        return Found(self.durable, lost, notices)


def state_of(path: Path) -> tuple[str, tuple[str, ...]]:
    """The state a file is in when the program opens it, checked in full. DamagedError.

    Returns its digest and what the person is told.
    """
    opened = open_report(path, form_library())
    try:
        damages = opened.integrity.result() if hasattr(opened, "integrity") else []
        present, notices = digest(opened.session.report), opened.notices
    finally:
        opened.close()
    with ReportFile.open(path, "read") as file:
        damages = [*damages, *file.verify_chain()]
    if damages:
        raise DamagedError(f"{path.name}: {damages[0].sentence}")
    return present, notices
