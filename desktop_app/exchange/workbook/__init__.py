"""The reviewers' workbook: planned, written, and read back.

``plan_workbook`` says what stands in every cell, ``workbook_bytes`` writes it, ``check_workbook`` reads
the file again and compares. openpyxl is loaded with the last two only.
"""

from __future__ import annotations

from desktop_app.exchange.workbook.plan import WorkbookPlan
from desktop_app.exchange.workbook.planning import plan_workbook

__all__ = ["WorkbookPlan", "check_workbook", "plan_workbook", "workbook_bytes"]


def workbook_bytes(plan: WorkbookPlan) -> bytes:
    """The xlsx file of a plan: the same bytes for the same plan."""
    from desktop_app.exchange.workbook.write import workbook_bytes as write

    return write(plan)


def check_workbook(data: bytes, plan: WorkbookPlan) -> None:
    """ReadBackError, naming the first place, when the workbook ``data`` is not what was planned."""
    from desktop_app.exchange.workbook.read_back import check_workbook as check

    check(data, plan)
