"""Timing whole programs and pieces of work in pairs.

The speed of a machine drifts, and other programs take their share; the ratio of neighbours does not drift.
Two things are timed in turn, A B A B, and the median of the ratios of the pairs is the figure.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.nursery import home_variables

ROOT = Path(__file__).resolve().parents[2]
START_UP = str(ROOT / "tests" / "benchmarks" / "start_up.py")
PAINTED = "painted"
"""What ``start_up.py`` says when the window is painted; what comes after is not timed."""

FLUSHED = b"Flushing top level"
"""What Qt itself tells when the first picture of a window goes to the screen, if it is asked to."""


@dataclass(slots=True)
class Programs:
    """Starts whole programs, without a screen, at home in a folder of their own: no settings of anybody's."""

    home: Path
    python: str = sys.executable

    def environment(self) -> dict[str, str]:
        """What they find around them."""
        own = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return {**own, **home_variables(self.home), "QT_QPA_PLATFORM": "offscreen"}

    def run(self, *arguments: str) -> str:
        """What Python said with these arguments."""
        done = subprocess.run(
            [self.python, *arguments],
            cwd=ROOT,
            env=self.environment(),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def whole(self, *arguments: str) -> Callable[[], float]:
        """Seconds of a whole process of Python."""

        def seconds() -> float:
            start = time.perf_counter()
            self.run(*arguments)
            return time.perf_counter() - start

        return seconds

    def until_painted(self, *arguments: str) -> Callable[[], float]:
        """Seconds from the start of Python until it says that its window is painted."""

        def seconds() -> float:
            start = time.perf_counter()
            with subprocess.Popen(
                [self.python, *arguments],
                cwd=self.home,
                env=self.environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            ) as started:
                assert started.stdout is not None
                is_painted = any(line.strip() == PAINTED for line in started.stdout)
                taken = time.perf_counter() - start
            if not is_painted or started.returncode:
                raise RuntimeError(f"no window was painted by {arguments}")
            return taken

        return seconds

    def until_flushed(self, *command: str) -> Callable[[], float]:
        """Seconds from the start of a program, left as it is, until Qt flushes its first picture.

        The program is ended then, at once.
        """
        environment = {**self.environment(), "QT_LOGGING_RULES": "qt.widgets.painting.info=true"}

        def seconds() -> float:
            start = time.perf_counter()
            with subprocess.Popen(
                command, cwd=self.home, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            ) as started:
                assert started.stderr is not None
                is_flushed = any(FLUSHED in line for line in started.stderr)
                taken = time.perf_counter() - start
                started.kill()
            if not is_flushed:
                raise RuntimeError(f"no window was painted by {command}")
            return taken

        return seconds


def processor() -> float:
    """Seconds of the processor this process has taken so far, and its children that have ended."""
    own = os.times()
    return time.process_time() + own.children_user + own.children_system


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Seconds of the processor that a piece of work takes: what other programs take does not count."""

    def seconds() -> float:
        start = processor()
        work()
        return processor() - start

    return seconds


def ratio(first: Callable[[], float], second: Callable[[], float], rounds: int) -> float:
    """The median ratio of the seconds of ``first`` and ``second``, run in turn after one warm-up each."""
    return ratios([first, second], rounds)[0]


def ratios(parts: Sequence[Callable[[], float]], rounds: int) -> list[float]:
    """The median ratio of each part but the last to the last; run in turn after one warm-up each."""
    for part in parts:
        part()
    found = []
    for _round in range(rounds):
        seconds = [part() for part in parts]
        found.append([each / seconds[-1] for each in seconds[:-1]])
    return [statistics.median(column) for column in zip(*found, strict=True)]
