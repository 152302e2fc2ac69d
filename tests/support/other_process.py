"""The bytes something makes in a process of its own: with another clock, time zone or hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]

_SCRIPT = """
import hashlib, sys
sys.path.insert(0, {root!r})
{before}
{making}
print(hashlib.sha256(content).hexdigest())
"""

DEAD_BATTERY = """
import time, datetime
moment = time.gmtime(157766400)
time.time = lambda: 157766400.0
time.localtime = lambda seconds=None: moment
time.gmtime = lambda seconds=None: moment
class Stopped(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(1975, 1, 1, tzinfo=tz)
    @classmethod
    def utcnow(cls):
        return cls(1975, 1, 1)
datetime.datetime = Stopped
"""
"""Statements after which it is always the same moment of 1975."""


def checksum_in_another_process(making: str, before: str = "", **environment: str) -> str:
    """The SHA-256 of the ``content`` that the statements ``making`` make, after those of ``before``."""
    script = _SCRIPT.format(root=str(_ROOT), before=before, making=making)
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
