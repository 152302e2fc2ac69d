"""The reviewers' workbook: planned, written, and read back.

``plan_workbook`` says what stands in every cell, ``write_workbook`` writes it, ``check_workbook`` reads
the file again and compares. openpyxl is loaded with the last two only.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

from desktop_app.exchange.workbook.plan import WorkbookPlan
from desktop_app.exchange.workbook.planning import plan_workbook, planning_steps

__all__ = [
    "WorkbookPlan",
    "check_workbook",
    "plan_workbook",
    "planning_steps",
    "workbook_bytes",
    "write_workbook",
]


def workbook_bytes(plan: WorkbookPlan) -> bytes:
    """The xlsx file of a plan: the same bytes for the same plan."""
    stream = io.BytesIO()
    write_workbook(plan, stream)
    return stream.getvalue()


def write_workbook(
    plan: WorkbookPlan, stream: BinaryIO, row_written: Callable[[], object] | None = None
) -> None:
    """Write the xlsx file of a plan into the empty, seekable ``stream``. OSError.

    ``row_written`` is called for each row; no sheet is ever whole in memory.
    """
    from desktop_app.exchange.workbook.write import write_workbook as write

    write(plan, stream, row_written)


def check_workbook(
    workbook: BinaryIO, plan: WorkbookPlan, row_read: Callable[[], object] | None = None
) -> None:
    """ReadBackError, naming the first place, when the ``workbook`` is not what was planned.

    ``row_read`` is called for each row.
    """
    from desktop_app.exchange.workbook.read_back import check_workbook as check

    check(workbook, plan, row_read)
