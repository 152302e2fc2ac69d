"""The window while the disk takes half a second for each flush: the longest time it does nothing.

``python -m tests.benchmarks.slow_disk FILE`` is the program that is measured: the real window with the
report file, somebody typing into it, and a timer that should come every five milliseconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DELAY = 0.5
"""Seconds that each flush takes."""

BUDGET = 0.05
"""Seconds the window may do nothing."""


def measure(report_file: Path, delay: float = DELAY) -> tuple[float, int]:
    """The longest time in seconds the window did nothing while keys were pressed, and how many flushes.

    RuntimeError where strace, which slows the disk, is missing.
    """
    if shutil.which("strace") is None:
        raise RuntimeError("strace is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = Path(shutil.copyfile(report_file, folder / "report.adesk"))
        log = folder / "strace"
        calls = "fsync,fdatasync"
        command = ["strace", "--seccomp-bpf", "-f", "-o", str(log), "-e", f"trace={calls}"]
        command += ["-e", f"inject={calls}:delay_exit={round(delay * 1_000_000)}"]
        command += [sys.executable, "-m", "tests.benchmarks.slow_disk", str(path), str(folder)]
        from tests.faults.nursery import home_variables

        environment = {**os.environ, **home_variables(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=300
        )
        return float(done.stdout.split()[-1]), log.read_text().count("DELAYED")


def _be_measured(path: Path, folder: Path) -> int:
    from tests.benchmarks.ticks import Ticks
    from tests.faults.children import FIELDS
    from tests.faults.window_child import Act, Seat, wait_until, with_window

    found: list[float] = []

    def act(seat: Seat) -> Act:
        yield from wait_until(lambda: seat.is_open)
        seat.window.activateWindow()
        seat.go_to(FIELDS[0])
        yield 1500
        ticks = Ticks()
        yield 100
        ticks.begin()
        for round_number in range(6):
            for letter in "A law was passed in 2013 and is in force ":
                seat.type_letter(letter)
                yield 40
            seat.go_to(FIELDS[(round_number + 1) % 2])
            yield 100
        yield from wait_until(lambda: seat.opened.journal.durability.is_saved)
        found.append(ticks.longest)

    code = with_window(folder, [str(path)], act)
    print(found[-1])
    return code


if __name__ == "__main__":
    sys.exit(_be_measured(Path(sys.argv[1]), Path(sys.argv[2])))
