"""The group "window": the longest time the window does nothing while it is used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.table import Row, amount, untold

MILLISECONDS = 1000
ACTIONS = 10_000


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the table; report files are made in ``folder``."""
    yield from _slow_disk(folder)
    yield from _sending(folder)


def _slow_disk(folder: Path) -> Iterator[Row]:
    from tests.benchmarks.slow_disk import BUDGET, DELAY, measure
    from tests.benchmarks.timing import Programs

    path = folder / "new.adesk"
    programs = Programs(folder / "home")
    programs.run("-m", "desktop_app", "new", str(path), "--form", "ga-commitments", "--country", "NO")
    what = f"typing while each flush takes {DELAY * MILLISECONDS:.0f} ms"
    try:
        # Other programs can only make a stall longer: the least of three runs is the window's own.
        longest = min(measure(path)[0] for _run in range(3))
    except RuntimeError as error:
        yield untold(what, str(error))
        return
    usual = min(measure(path, 0.0)[0] for _run in range(3))
    against = f"{usual * MILLISECONDS:.0f} ms without the delay"
    yield amount(what, longest * MILLISECONDS, "ms", BUDGET * MILLISECONDS, against)


def _sending(folder: Path) -> Iterator[Row]:
    """Each by the clock, and as the time of processor that the window's thread takes without a pause."""
    from tests.benchmarks.sending import BUDGET, measure

    from desktop_app.report.changes import OperationKind
    from desktop_app.services.reports import keep_report
    from tests.benchmarks.large_reports import large_report

    path = folder / f"{ACTIONS} actions.adesk"
    keep_report(path, large_report(ACTIONS), OperationKind.IMPORT)
    for step, (longest, busiest) in measure(path).items():
        what = f"{step}: {ACTIONS:,} actions"
        against = f"{longest * MILLISECONDS:.0f} ms by the clock"
        yield amount(what, busiest * MILLISECONDS, "ms", BUDGET * MILLISECONDS, against)
