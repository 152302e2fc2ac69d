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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.report.changes import OpenEdit, Operation
from desktop_app.report.drafts import CommentDraft
from desktop_app.report.journal import Document, Durability, Journal, SubmittedContent
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.review import comments_to_plain
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library
from desktop_app.storage.protection import Key
from desktop_app.storage.report_file import ReportFile
from tests.faults.fault import DamagedError, LostError

TOLD = "told"
"""The file of lines, beside nothing that is under test."""


def digest(report: Report) -> str:
    """What stands for everything a report says, with what is said to reviewers, finished or not."""
    plain = report_to_plain(report)
    if report.comments or report.drafts:
        # Left out where there are none: the recording that is kept was made before there were drafts.
        drafts = {each.place: each.words for each in report.drafts.values()}
        plain = {**plain, **comments_to_plain(report), "drafts": drafts}
    return hashlib.sha256(canonical_bytes(plain)).hexdigest()[:20]


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
    """Stands between a session and its journal, and tells each state before it is handed over."""

    def __init__(self, session: EntrySession, journal: Journal, teller: Teller) -> None:
        """From now on."""
        self._session, self._journal, self._teller = session, journal, teller
        self._lock = threading.Lock()
        self._told = 0
        self._tell_state(journal.durability.handed)
        # Told after the hand-over, a state could be on the disk before anybody knew of it.
        session._journal = self
        journal.listen(self._on_durability_changed)

    # The journal

    def record(self, operation: Operation) -> int:
        """Tell the state, then hand over."""
        self._tell_state(self._journal.durability.handed + 1)
        return self._journal.record(operation)

    def record_submission(self, operation: Operation, content: SubmittedContent) -> int:
        """Tell the state, then hand over."""
        self._tell_state(self._journal.durability.handed + 1)
        return self._journal.record_submission(operation, content)

    def keep_open_edit(self, edit: OpenEdit) -> int:
        """Tell the state, then hand over."""
        self._tell_state(self._journal.durability.handed + 1)
        return self._journal.keep_open_edit(edit)

    def keep_draft(self, draft: CommentDraft) -> int:
        """Tell the state, then hand over."""
        self._tell_state(self._journal.durability.handed + 1)
        return self._journal.keep_draft(draft)

    def keep_document(self, report: str, document: Document) -> int:
        """Tell the state, then hand over."""
        self._tell_state(self._journal.durability.handed + 1)
        return self._journal.keep_document(report, document)

    def keep_attachment(self, report: str, sha256: str, document: Document) -> int:
        """Tell the state, then hand over."""
        self._tell_state(self._journal.durability.handed + 1)
        return self._journal.keep_attachment(report, sha256, document)

    @property
    def durability(self) -> Durability:
        """As the journal itself."""
        return self._journal.durability

    def listen(self, callback: Callable[[Durability], None]) -> None:
        """As the journal itself."""
        self._journal.listen(callback)

    def flush(self, timeout: float) -> bool:
        """As the journal itself."""
        return self._journal.flush(timeout)

    # Telling

    def _tell_state(self, handed: int) -> None:
        self._teller.tell("state", handed, time.monotonic(), digest(self._session.report))

    def _on_durability_changed(self, durability: Durability) -> None:
        with self._lock:
            if durability.durable > self._told:
                self._told = durability.durable
                self._teller.tell("durable", durability.durable, time.monotonic())


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

    def compare(self, path: Path, *, ended_at: float | None = None, key: Key | None = None) -> Found:
        """Open the file as the program does and compare. LostError, DamagedError."""
        present, notices = state_of(path, key)
        return self.judge(present, notices, ended_at=ended_at)

    def judge(self, present: str, notices: Sequence[str] = (), *, ended_at: float | None = None) -> Found:
        """Whether a report in the state ``present`` has everything that was acknowledged. LostError."""
        fitting = [state for state in self.states if state.digest == present]
        if not fitting:
            raise LostError(f"the file holds a state that never was ({self.durable} acknowledged)")
        state = fitting[-1]
        later = self.states[self.states.index(state) + 1 :]
        if later and later[0].handed <= self.durable:
            raise LostError(f"the file holds number {state.handed} of {self.durable} acknowledged")
        lost = 0.0
        if ended_at is not None:
            missing = [key for key in self.keys if key > state.at]
            lost = ended_at - missing[0] if missing else 0.0
        return Found(self.durable, lost, tuple(notices))


def state_of(path: Path, key: Key | None = None) -> tuple[str, tuple[str, ...]]:
    """The state a file is in when the program opens it, checked in full. DamagedError.

    Returns its digest and what the person is told.
    """
    opened = open_report(path, form_library(), key=key)
    try:
        damages = opened.integrity.result() if hasattr(opened, "integrity") else []
        present, notices = digest(opened.session.report), opened.notices
    finally:
        opened.close()
    with ReportFile.open(path, "read", key=key) as file:
        damages = [*damages, *file.verify_chain()]
    if damages:
        raise DamagedError(f"{path.name}: {damages[0].sentence}")
    return present, notices
