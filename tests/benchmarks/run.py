"""The budgets as ratios, measured in one run: ``make bench``.

Each row times two things in turn, A B A B, and prints the median of the ratios of the pairs. The
machine's speed drifts; the ratio of neighbours does not. Nothing here is a test.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 9
PAINTED = "painted"
"""What ``start_up.py`` says when the window is painted; what comes after is not timed."""


@dataclass(frozen=True)
class Row:
    """One line of the table. ``ratio`` is the median of the pairs."""

    what: str
    against: str
    ratio: float
    budget: float

    def __str__(self) -> str:
        verdict = "ok" if self.ratio <= self.budget else "OVER"
        return f"{self.what:<46} {self.against:<40} {self.ratio:>6.2f}  {self.budget:>6.2f}  {verdict}"


def pairs(first: Callable[[], object], second: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median ratio of the times of ``first`` and ``second``, run in turn after one warm-up each."""

    def timed(run: Callable[[], object]) -> Callable[[], float]:
        def seconds() -> float:
            start = time.perf_counter()
            run()
            return time.perf_counter() - start

        return seconds

    return ratio(timed(first), timed(second), rounds)


def ratio(first: Callable[[], float], second: Callable[[], float], rounds: int = ROUNDS) -> float:
    """As ``pairs``, of two that say themselves how many seconds they took."""
    first()
    second()
    return statistics.median(first() / second() for _round in range(rounds))


def process(*arguments: str) -> Callable[[], object]:
    """A whole Python process with these arguments, without a screen."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["QT_QPA_PLATFORM"] = "offscreen"

    def run() -> object:
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)

    return run


def until_painted(*arguments: str) -> Callable[[], float]:
    """The seconds from the start of a Python process until it says that its window is painted."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["QT_QPA_PLATFORM"] = "offscreen"

    def seconds() -> float:
        start = time.perf_counter()
        command = [sys.executable, *arguments]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as started:
            assert started.stdout is not None
            is_painted = any(line.strip() == PAINTED for line in started.stdout)
            taken = time.perf_counter() - start
        if not is_painted or started.returncode:
            raise RuntimeError(f"no window was painted by {arguments}")
        return taken

    return seconds


def measure(folder: Path) -> list[Row]:
    """All rows; files are made in ``folder``."""
    process("-m", "desktop_app", "demo", "--to", str(folder))()
    report_file = next(folder.glob("*.adesk"))
    start_up = str(ROOT / "tests" / "benchmarks" / "start_up.py")
    sys.path.insert(0, str(ROOT))
    from tests.benchmarks.export_large import measure as measure_large
    from tests.benchmarks.export_ratio import measure as measure_export
    from tests.benchmarks.many_actions import measure as measure_many

    version, nothing = process("-m", "desktop_app", "--version"), process("-c", "pass")
    rows = [
        Row("--version", "python -c pass", pairs(version, nothing), 3.0),
        Row(
            "first page of a report painted",
            "bare window with 40 widgets",
            ratio(until_painted(start_up, "page", str(report_file)), until_painted(start_up, "bare")),
            1.5,
        ),
    ]
    rows.extend(
        Row(*entry) for entry in (*measure_many(folder, until_painted), *measure_export(), *measure_large())
    )
    return rows


def slow_disk_line() -> str:
    """The longest time the window does nothing while each flush takes half a second, and without that.

    The least of three runs each.
    """
    from tests.benchmarks.slow_disk import BUDGET, DELAY, measure

    what = f"window while each flush takes {DELAY * 1000:.0f} ms"
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "new.adesk")
        process("-m", "desktop_app", "new", str(path), "--form", "ga-commitments", "--country", "NO")()
        try:
            # Other programs can only make a stall longer: the least of three runs is the window's own.
            longest = min(measure(path)[0] for _run in range(3))
            usual = min(measure(path, 0.0)[0] for _run in range(3))
        except RuntimeError as error:
            return f"{what}: not measured, {error}"
    verdict = "ok" if longest <= BUDGET else "OVER"
    longest, usual, budget = (round(seconds * 1000) for seconds in (longest, usual, BUDGET))
    return f"{what:<46} longest stall {longest} ms, without {usual} ms; budget {budget} ms  {verdict}"


def main(arguments: Sequence[str]) -> int:
    """Print the table; the exit code is 0 whatever it says."""
    with tempfile.TemporaryDirectory() as name:
        rows = measure(Path(name))
    print(f"{'what':<46} {'against':<40} {'ratio':>6}  {'budget':>6}")
    for row in rows:
        print(row)
    from tests.benchmarks.export_large import memory_line

    print(memory_line())
    print(slow_disk_line())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
