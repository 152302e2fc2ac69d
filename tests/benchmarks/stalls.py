"""The group "window": the longest time the window does nothing while it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks.table import Row, amount, untold

MILLISECONDS = 1000
ACTIONS = 10_000
COMMENTS = 1_000


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the table; report files are made in ``folder``."""
    yield from _slow_disk(folder)
    yield from _using(folder)
    yield from _sending(folder)


def reviewing(folder: Path) -> Iterator[Row]:
    """The group "review": a workbook that came back is brought in. It takes minutes."""
    from desktop_app.exchange.workbook import plan_workbook, workbook_bytes
    from desktop_app.report.changes import OperationKind
    from desktop_app.report.plain import canonical_bytes, report_to_plain
    from desktop_app.services.reports import keep_report
    from tests.benchmarks.large_reports import large_report
    from tests.benchmarks.review_in_window import BUDGET, measure, with_comments

    report, path, workbook = large_report(ACTIONS), folder / "report.adesk", folder / "reviewed.xlsx"
    written = workbook_bytes(plan_workbook(report, canonical_bytes(report_to_plain(report))))
    workbook.write_bytes(with_comments(written, COMMENTS))
    keep_report(path, report, OperationKind.IMPORT)
    found = {step: (clock, own) for step, (clock, _program, own) in measure(path, workbook).items()}
    yield from _steps(found, BUDGET, f"{COMMENTS:,} comments")


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
    usual = measure(path, 0.0)[0]
    against = f"{usual * MILLISECONDS:.0f} ms without the delay"
    yield amount(what, longest * MILLISECONDS, "ms", BUDGET * MILLISECONDS, against)


def _using(folder: Path) -> Iterator[Row]:
    from desktop_app.report.changes import OperationKind
    from desktop_app.services.reports import keep_report
    from tests.benchmarks.large_reports import large_report
    from tests.benchmarks.using import BUDGET, measure

    path = folder / "used.adesk"
    keep_report(path, large_report(ACTIONS), OperationKind.IMPORT)
    yield from _steps(measure(path), BUDGET, f"{ACTIONS:,} actions")


def _sending(folder: Path) -> Iterator[Row]:
    """Each by the clock, and as the time of processor that the window's thread takes without a pause."""
    from desktop_app.report.changes import OperationKind
    from desktop_app.services.reports import keep_report
    from tests.benchmarks.large_reports import large_report
    from tests.benchmarks.sending import BUDGET, measure

    path = folder / f"{ACTIONS} actions.adesk"
    keep_report(path, large_report(ACTIONS), OperationKind.IMPORT)
    yield from _steps(measure(path), BUDGET, f"{ACTIONS:,} actions")


def _steps(found: Mapping[str, tuple[float, float]], budget: float, of_what: str) -> Iterator[Row]:
    for step, (longest, busiest) in found.items():
        against = f"{longest * MILLISECONDS:.0f} ms by the clock"
        yield amount(f"{step}: {of_what}", busiest * MILLISECONDS, "ms", budget * MILLISECONDS, against)
