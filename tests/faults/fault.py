"""What a fault is, the list of all of them, and what a trial of one has at hand.

A fault is tried by a function that provokes it in a folder of its own and returns the sentence a
person sees. Whatever is claimed of it (what happens, what is shown, what to do, what is lost) stands
beside the function, is compared with what came out, and makes the table in ``resources/help``.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.faults.nursery import Nursery

T = TypeVar("T")

NOTHING = "Nothing."


class LostError(Exception):
    """Something that had been acknowledged is not there."""


class DamagedError(Exception):
    """A file is not sound, and the program did not say so."""


class TracebackError(Exception):
    """A person was shown what only programmers read."""


class NotTriedError(Exception):
    """This machine or this user cannot provoke the fault; the words say why."""


@dataclass(slots=True)
class Tally:
    """What all trials together have done. Threads add to it."""

    kills: int = 0
    cuts: int = 0
    edits: int = 0
    lost: int = 0
    damaged: int = 0
    tracebacks: int = 0
    longest_typing_lost: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, *, kills: int = 0, cuts: int = 0, edits: int = 0) -> None:
        """Count what a trial did."""
        with self._lock:
            self.kills += kills
            self.cuts += cuts
            self.edits += edits

    def note(self, error: BaseException) -> None:
        """Count what a trial found."""
        with self._lock:
            self.lost += isinstance(error, LostError)
            self.damaged += isinstance(error, DamagedError)
            self.tracebacks += isinstance(error, TracebackError)

    def note_typing_lost(self, seconds: float) -> None:
        """Remember the worst."""
        with self._lock:
            self.longest_typing_lost = max(self.longest_typing_lost, seconds)


@dataclass(slots=True)
class Trial:
    """What the trial of one fault has at hand. ``folder`` is empty and its own; so is ``home``."""

    folder: Path
    home: Path
    nursery: Nursery
    tally: Tally
    is_long: bool = False

    def new_report(self, name: str = "report.adesk") -> Path:
        """A report file nobody has written in yet."""
        return Path(shutil.copyfile(_templates() / "new.adesk", self.folder / name))

    def full_report(self, name: str = "report.adesk") -> Path:
        """A report file with many answers: the example."""
        return Path(shutil.copyfile(_templates() / "full.adesk", self.folder / name))

    def command(self, *arguments: str) -> tuple[int, str]:
        """Carry out a command in a process of its own; its exit code and all it printed."""
        child = self.nursery.start(
            "tests.faults.children:command", self.folder, self.home, arguments=list(arguments)
        )
        code = child.wait()
        if child.failure or "Traceback" in child.errors:
            raise TracebackError(child.failure or child.errors)
        return code, child.errors

    def few(self, all_of_them: Sequence[T]) -> Sequence[T]:
        """All in the long form; the first three in the shortened one."""
        return all_of_them if self.is_long else all_of_them[:3]

    def many(self, long: int, short: int) -> int:
        """How often to try: in the long form, and in the shortened one."""
        return long if self.is_long else short


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``shows`` is a sentence with ``{places}`` for names, or empty when nothing is said."""

    id: str
    what: str
    expected: str
    shows: str
    do: str
    lost: str
    carry_out: Callable[[Trial], str | None]
    is_slow: bool

    def check(self, seen: str | None) -> None:
        """Compare what a person saw with what is claimed. AssertionError."""
        if not matches(self.shows, seen or ""):
            raise AssertionError(f"{self.id}: expected “{self.shows}”, seen “{seen}”")


FAULTS: dict[str, Fault] = {}
"""All faults by their ids, in the order they are written down."""


@dataclass(frozen=True, slots=True)
class Untried:
    """A fault that cannot be provoked here, and why; it is not counted."""

    id: str
    what: str
    why: str


UNTRIED: list[Untried] = []


def fault(
    identifier: str,
    what: str,
    *,
    expected: str,
    shows: str = "",
    do: str = "Nothing.",
    lost: str = NOTHING,
    slow: bool = False,
) -> Callable[[Callable[[Trial], str | None]], Callable[[Trial], str | None]]:
    """Put the fault that the decorated function provokes into the list. ``slow``: long form only."""

    def register(carry_out: Callable[[Trial], str | None]) -> Callable[[Trial], str | None]:
        assert identifier not in FAULTS, identifier
        FAULTS[identifier] = Fault(identifier, what, expected, shows, do, lost, carry_out, slow)
        return carry_out

    return register


def matches(claimed: str, seen: str) -> bool:
    """Whether ``seen`` is the sentence ``claimed``, whatever stands at its ``{places}``."""
    parts = re.split(r"\{\w+\}", claimed)
    pattern = ".+?".join(re.escape(part) for part in parts)
    return re.fullmatch(pattern, seen.strip(), re.DOTALL) is not None


@cache
def _templates() -> Path:
    """A folder with the files that trials begin with, made once."""
    from desktop_app.services.demo import fresh_example
    from desktop_app.services.reports import start_report

    holder = tempfile.TemporaryDirectory(prefix="alliance-desk-faults-")
    _kept.append(holder)
    folder = Path(holder.name)
    start_report(folder / "new.adesk", "ga-commitments", "NO")
    fresh_example(folder).rename(folder / "full.adesk")
    return folder


_kept: list[tempfile.TemporaryDirectory[str]] = []
