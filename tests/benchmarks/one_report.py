"""The group "one-report": workbook and package of the example report against bare openpyxl."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks.table import Row, ratio, untold
from tests.benchmarks.timing import ROOT, ratios, timed

BUDGET = 2.0
ROUNDS = 9

Measured = tuple[str, float | None, Callable[[], object]]
"""What, its budget if it has one, and the work."""

_BARE = "openpyxl, the same cells"
_READ = "openpyxl reads them"


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the table."""
    from desktop_app.exchange.package import write_package
    from desktop_app.exchange.review.read import read_returned
    from desktop_app.exchange.sending import Sending
    from desktop_app.exchange.workbook import check_workbook, plan_workbook, workbook_bytes
    from desktop_app.formdef.library import FormLibrary
    from desktop_app.report.example import read_example
    from desktop_app.report.plain import canonical_bytes, report_to_plain
    from tests.benchmarks import yardsticks

    report = read_example(FormLibrary([ROOT / "forms"]).form("ga-commitments"))
    answers = canonical_bytes(report_to_plain(report))
    plan = plan_workbook(report, answers)
    workbook = workbook_bytes(plan)
    path = folder / "report.xlsx"
    path.write_bytes(workbook)

    def written() -> bytes:
        return workbook_bytes(plan_workbook(report, answers))

    def checked() -> None:
        check_workbook(io.BytesIO(written()), plan)

    def package() -> None:
        with tempfile.TemporaryDirectory(dir=folder) as name:
            write_package(report, Path(name), Sending(documents=False))

    def others(write: yardsticks.Writer) -> Callable[[], object]:
        return lambda: write(plan, io.BytesIO())

    writing: list[Measured] = [
        ("workbook planned and written", BUDGET, written),
        ("the same, and read again", BUDGET, checked),
        ("package without documents", None, package),
    ]
    missing = []
    for name, module, write in yardsticks.WRITERS:
        if yardsticks.is_there(module):
            writing.append((f"  yardstick: {name}", None, others(write)))
        else:
            missing.append(untold(f"  yardstick: {name}", yardsticks.MISSING))
    yield from _against(writing, _BARE, lambda: yardsticks.write_bare(plan, io.BytesIO()))
    yield from missing
    reading: list[Measured] = [
        ("workbook read again and compared", None, lambda: check_workbook(io.BytesIO(workbook), plan)),
        ("returned workbook taken in", None, lambda: read_returned(path)),
    ]
    if yardsticks.is_there(yardsticks.CALAMINE):
        fast = "  yardstick: calamine, values only"
        reading.append((fast, None, lambda: yardsticks.read_calamine(workbook)))
    yield from _against(reading, _READ, lambda: yardsticks.read_openpyxl(workbook))
    if not yardsticks.is_there(yardsticks.CALAMINE):
        yield untold("  yardstick: calamine", yardsticks.MISSING)


def _against(measured: Sequence[Measured], usual: str, work: Callable[[], object]) -> Iterator[Row]:
    """All of them in turn, each against ``work``, which is called ``usual``."""
    found = ratios([timed(each) for _what, _budget, each in measured] + [timed(work)], ROUNDS)
    for (what, budget, _work), figure in zip(measured, found, strict=True):
        yield ratio(what, usual, figure, budget)
