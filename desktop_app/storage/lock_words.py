"""What a lock file says: who holds it, on which computer, since when, and when the holder last gave a sign.

On one computer the operating system knows whether a holder is still alive. On a share it often does
not know of holders elsewhere; there the sign decides, which every holder gives each minute.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from desktop_app.runtime.dataclass import dataclass, replace, values_of
from desktop_app.runtime.files import hidden_beside

BEAT = 60.0
"""Seconds from one sign of life to the next."""

STALE_AFTER = 300.0
"""Seconds without a sign of life after which a holder on another computer counts as gone."""

_LONGEST = 1 << 16


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever has locked a file. Times are UTC, ISO 8601; what a lock file does not tell is empty.

    ``machine`` tells computers of the same name apart, ``id`` one taking of a lock from another.
    """

    who: str = ""
    host: str = ""
    since: str = ""
    beat: str = ""
    machine: str = ""
    id: str = ""
    pid: int = 0

    @classmethod
    def here(cls, who: str, now: datetime.datetime) -> Holder:
        """This program, from ``now`` on."""
        at = in_words(now)
        return cls(who, this_host(), at, at, this_machine(), os.urandom(16).hex(), os.getpid())

    def still_here(self, now: datetime.datetime) -> Holder:
        """The same, alive at ``now``. Its words are as long as before."""
        return replace(self, beat=in_words(now))

    def called(self, who: str) -> Holder:
        """The same, under another name."""
        return replace(self, who=who)

    @property
    def is_known(self) -> bool:
        """Whether the lock file could be read."""
        return bool(self.id or self.host or self.who)

    @property
    def is_on_this_machine(self) -> bool:
        """Whether it is a program of this computer; so it is taken to be where nothing is said."""
        if self.machine:
            return self.machine == this_machine()
        return not self.host or self.host.casefold() == this_host().casefold()

    def to_bytes(self) -> bytes:
        """The words of the lock file."""
        return json.dumps(values_of(self), ensure_ascii=False).encode(errors="replace")

    def for_error(self) -> dict[str, str]:
        """What FileInUseError says."""
        return {"who": self.who, "host": self.host, "since": self.since}


def read_words(path: Path) -> Holder:
    """What the lock file at ``path`` says; nothing where it cannot be read."""
    try:
        with path.open("rb") as stream:
            found = json.loads(stream.read(_LONGEST))
    except (OSError, ValueError, RecursionError):
        return Holder()
    if not isinstance(found, Mapping):
        return Holder()
    texts = {
        name: found[name]
        for name in ("who", "host", "since", "beat", "machine", "id")
        if isinstance(found.get(name), str)
    }
    pid = found.get("pid")
    return Holder(**texts, pid=pid if type(pid) is int else 0)


def gave_a_sign(holder: Holder, path: Path, now: datetime.datetime) -> bool:
    """Whether the holder was alive a few minutes ago, by its own clock or by that of the drive.

    Clocks of two computers may differ by more than that; the drive dates the lock file and a new
    file beside it by one clock.
    """
    try:
        beat = datetime.datetime.fromisoformat(holder.beat or holder.since)
        if abs((now - beat).total_seconds()) < STALE_AFTER:
            return True
    except (ValueError, TypeError, OverflowError):
        # No time, or one without its zone.
        pass
    return _age_by_the_drive(path) < STALE_AFTER


def _age_by_the_drive(path: Path) -> float:
    probe = hidden_beside(path, "clock")
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return abs(probe.stat().st_mtime - path.stat().st_mtime)
    except OSError:
        return STALE_AFTER
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()


def is_alive(pid: int) -> bool:
    """Whether there is a process of this number on this computer; True where that cannot be asked."""
    if sys.platform == "win32" or pid <= 0:
        # Under Windows asking in this way would end the process.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def this_host() -> str:
    """The name of this computer in its network; empty where it has none."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    import platform

    return platform.node()


@cache
def this_machine() -> str:
    """A short name of this computer, the same after a restart, that gives nothing of it away."""
    try:
        own = _own_number()
    except (OSError, ValueError):
        own = ""
    if not own:
        import uuid

        own = f"{uuid.getnode():x}"
    return _sha256(f"alliance-desk lock {own}".encode())[:12]


def _sha256(words: bytes) -> str:
    """SHA-256 in hexadecimal, by Python's own module where that can be had.

    Every start takes a lock, and ``hashlib`` loads all of OpenSSL, which takes longer than reading a report.
    """
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]  # later than 3.11 named otherwise
    except ImportError:
        from hashlib import sha256
    return str(sha256(words).hexdigest())


if sys.platform == "win32":

    def _own_number() -> str:
        import winreg

        # The addresses of network cards, which also tell computers apart, come and go with a docking station.
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography", 0, access) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])

else:

    def _own_number() -> str:
        return Path("/etc/machine-id").read_text().strip()


def in_words(moment: datetime.datetime) -> str:
    """A moment in UTC, to the millisecond; always of the same length."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc() -> datetime.datetime:
    """The present moment."""
    return datetime.datetime.now(datetime.UTC)
