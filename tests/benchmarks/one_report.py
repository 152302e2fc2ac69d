"""The group "one-report": workbook and package of the example report against bare openpyxl."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.table import Row, ratio, untold
from tests.benchmarks.timing import ROOT, timed
from tests.benchmarks.timing import ratio as in_pairs

BUDGET = 2.0
ROUNDS = 9

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

    bare = timed(lambda: yardsticks.write_bare(plan, io.BytesIO()))
    yield ratio("workbook planned and written", _BARE, in_pairs(timed(written), bare, ROUNDS), BUDGET)
    yield ratio("the same, and read again", _BARE, in_pairs(timed(checked), bare, ROUNDS), BUDGET)
    yield ratio("package without documents", _BARE, in_pairs(timed(package), bare, ROUNDS))
    for name, module, write in yardsticks.WRITERS:
        if not yardsticks.is_there(module):
            yield untold(f"  yardstick: {name}", yardsticks.MISSING)
            continue
        by_it = timed(lambda write=write: write(plan, io.BytesIO()))  # type: ignore[misc]
        yield ratio(f"  yardstick: {name}", _BARE, in_pairs(by_it, bare, ROUNDS))
    reading = timed(lambda: yardsticks.read_openpyxl(workbook))
    compared = timed(lambda: check_workbook(io.BytesIO(workbook), plan))
    yield ratio("workbook read again and compared", _READ, in_pairs(compared, reading, ROUNDS))
    returned = timed(lambda: read_returned(path))
    yield ratio("returned workbook taken in", _READ, in_pairs(returned, reading, ROUNDS))
    if yardsticks.is_there(yardsticks.CALAMINE):
        fast = timed(lambda: yardsticks.read_calamine(workbook))
        yield ratio("  yardstick: calamine, values only", _READ, in_pairs(fast, reading, ROUNDS))
    else:
        yield untold("  yardstick: calamine", yardsticks.MISSING)
