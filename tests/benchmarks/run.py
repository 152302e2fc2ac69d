"""The budgets, measured in one run: ``make bench``, or ``make bench ARGS="start-up builds"`` for some groups.

Each group prints its lines as soon as they are known. Times are ratios of neighbours, see ``timing``; what
cannot be measured here says why. Nothing here is a test: the exit code is 0 whatever the table says.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.benchmarks import (  # noqa: E402
    builds,
    large_workbook,
    long_reports,
    one_report,
    stalls,
    starting,
)
from tests.benchmarks.table import HEAD, Row  # noqa: E402

Group = Callable[[Path], Iterator[Row]]

GROUPS: dict[str, tuple[str, Group]] = {
    "start-up": ("Start-up", starting.rows),
    "long-reports": ("A report of many actions against one of few, in the window", long_reports.rows),
    "window": ("The longest time the window does nothing", stalls.rows),
    "one-report": ("The example report: export, and reading back", one_report.rows),
    "large-workbook": ("The workbook of a very long report", large_workbook.rows),
    "builds": ("Size of the builds", builds.rows),
}
ON_DEMAND: dict[str, tuple[str, Group]] = {
    "review": ("A workbook that came back brought in in the window", stalls.reviewing),
    "whole-export": ("The package of a very long report, with its documents", large_workbook.whole_export),
}


def tell_load() -> None:
    """Ratios of the clock are worth little while other programs want the processors."""
    if not hasattr(os, "getloadavg"):
        return
    load, processors = os.getloadavg()[0], os.cpu_count() or 1
    if load > processors / 2:
        print(
            f"Other programs are busy (load {load:.1f}, {processors} processors): wait, or doubt the times."
        )


def main(arguments: Sequence[str]) -> int:
    """Print the table, or some groups of it."""
    every = {**GROUPS, **ON_DEMAND}
    told = f"Groups: {', '.join(GROUPS)}. Only when asked for: {', '.join(ON_DEMAND)}."
    names = argparse.ArgumentParser(prog="make bench", description=told)
    names.add_argument("group", nargs="*", choices=[*every, []], help="what to measure; all groups for none")
    wanted = names.parse_args(arguments).group or list(GROUPS)
    tell_load()
    print(HEAD)
    over = 0
    for name in wanted:
        title, rows = every[name]
        print(f"\n{title} ({name})", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for row in rows(Path(folder)):
                print(row, flush=True)
                over += row.is_over
    print(f"\n{over} over budget" if over else "\nall budgets kept that were measured")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
