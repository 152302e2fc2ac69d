"""The workbook of one report against bare openpyxl writing the same cells."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path

BUDGET = 2.0
ROUNDS = 9

Entry = tuple[str, str, float, float]
"""What was measured, against what, the ratio, and the budget."""


def measure() -> list[Entry]:
    """The rows of the table, for the example report."""
    from desktop_app.exchange.workbook import check_workbook, plan_workbook, workbook_bytes
    from desktop_app.formdef.library import FormLibrary
    from desktop_app.report.example import read_example
    from desktop_app.report.plain import canonical_bytes, report_to_plain

    form = FormLibrary([Path(__file__).resolve().parents[2] / "forms"]).form("ga-commitments")
    report = read_example(form)
    answers = canonical_bytes(report_to_plain(report))
    plan = plan_workbook(report, answers)

    def written() -> bytes:
        return workbook_bytes(plan_workbook(report, answers))

    def checked() -> None:
        check_workbook(io.BytesIO(written()), plan)

    def bare() -> None:
        _write_bare(plan)

    return [
        ("workbook planned and written", "openpyxl, the same cells", _ratio(written, bare), BUDGET),
        ("workbook planned, written, read again", "openpyxl, the same cells", _ratio(checked, bare), BUDGET),
    ]


def _ratio(first: Callable[[], object], second: Callable[[], object]) -> float:
    """The median of the ratios of neighbouring runs, after one warm-up each."""
    first()
    second()
    ratios = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        first()
        middle = time.perf_counter()
        second()
        ratios.append((middle - start) / (time.perf_counter() - middle))
    return statistics.median(ratios)


def _write_bare(plan: object) -> None:
    """The same cells as anybody would write them: a value, then its font, alignment and border."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    from desktop_app.exchange.workbook.plan import WorkbookPlan, words_of
    from desktop_app.exchange.workbook.styles import STYLES

    assert isinstance(plan, WorkbookPlan)
    workbook = Workbook()
    for sheet in plan.sheets:
        worksheet = workbook.create_sheet(sheet.name)
        for index, width in enumerate(sheet.widths, start=1):
            worksheet.column_dimensions[get_column_letter(index)].width = width
        for row, column, planned in sheet.cells():
            style = STYLES[planned.look]
            words = words_of(planned.content) if isinstance(planned.content, tuple) else planned.content
            cell = worksheet.cell(row, column, words)
            cell.font = Font(name=style.family, size=style.size, bold=style.bold, color="FF" + style.colour)
            cell.alignment = Alignment(vertical=style.vertical, wrap_text=style.wrap)
            if planned.rule:
                cell.border = Border(bottom=Side("thin", "FFC9CED6"))
    workbook.save(io.BytesIO())


if __name__ == "__main__":
    for what, against, ratio, budget in measure():
        print(f"{what:<46} {against:<40} {ratio:>6.2f}  {budget:>6.2f}")
