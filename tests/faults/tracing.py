"""strace at a child: what it asks the system for, with errors, delays or death put in its way.

Linux only. Everything else in these trials works without it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from tests.faults.fault import NotTriedError
from tests.faults.moments import reached
from tests.faults.nursery import Child, HangsError

MISSING = "strace is not installed (Debian: apt-get install strace)"
REFUSED = "strace is not allowed to look at processes here"

WRITING = "pwrite64,write,ftruncate,fsync,fdatasync,rename,link,linkat,unlink"
"""What changes a file, its size or its name, or brings it to the disk."""

_ATTACHED = 20.0


@cache
def why_not() -> str:
    """Why strace cannot be used here; empty when it can."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return MISSING
    sleeper = subprocess.Popen(["sleep", "5"])
    try:
        tried = subprocess.run(
            ["timeout", "2", "strace", "-p", str(sleeper.pid), "-e", "trace=none", "-o", os.devnull],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        sleeper.kill()
        sleeper.wait()
    return "" if "attached" in tried.stderr else REFUSED


def needed() -> None:
    """NotTriedError where strace cannot be used."""
    if why_not():
        raise NotTriedError(why_not())


@contextlib.contextmanager
def traced(child: Child, *options: str, log: Path | None = None) -> Iterator[None]:
    """Attach strace with these options to a child that waits stopped, and let it go on."""
    needed()
    with tempfile.TemporaryFile() as said:
        tracer = subprocess.Popen(
            ["strace", "-f", "-p", str(child.pid), "-o", str(log or os.devnull), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:

            def is_attached() -> bool:
                return tracer.poll() is not None or b"attached" in os.pread(said.fileno(), 4096, 0)

            if not reached(is_attached, _ATTACHED) or tracer.poll() is not None:
                raise HangsError(f"strace: {os.pread(said.fileno(), 4096, 0).decode()}")
            child.signal(signal.SIGCONT)
            yield
            # Whoever is let go of may have to end by itself first.
        finally:
            if not child.has_ended:
                tracer.terminate()
            tracer.wait()


Check = Callable[[Child, int], None]
"""Looks at what a child left, killed before the call of this number."""


def killed_at_each_step(begin: Callable[[], Child], check: Check, most: int, *, calls: str = WRITING) -> int:
    """Kill a child before its first writing call, its second, and so on; ``most`` of them, evenly spread.

    ``begin`` starts it anew, stopped. Once it runs to its end, to see how many there are. Returns the kills.
    """
    child = begin()
    log = child.folder / "calls"
    with traced(child, "-e", f"trace={calls}", "-e", "signal=none", log=log):
        child.wait()
    check(child, 0)
    count = sum(" = " in line for line in log.read_text("utf-8", "replace").splitlines())
    assert count, "it wrote nothing"
    numbers = sorted({1 + number * (count - 1) // max(1, most - 1) for number in range(min(most, count))})
    kills = 0
    for number in numbers:
        child = begin()
        with traced(child, "-e", f"trace={calls}", "-e", f"inject={calls}:signal=SIGKILL:when={number}"):
            code = child.wait()
        check(child, number)
        kills += code == -signal.SIGKILL
    return kills
