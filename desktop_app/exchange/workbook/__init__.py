"""The reviewers' workbook: planned, written, and read back.

``plan_workbook`` says what stands in every cell, ``write_workbook`` writes it, ``check_workbook`` reads
the file again and compares. openpyxl is loaded with the last two only, and what plans when it is asked for:
a file that is dropped is told apart by names of sheets alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from desktop_app.exchange.workbook.plan import WorkbookPlan
    from desktop_app.exchange.workbook.planning import plan_workbook, planning_steps

_LATER = {"WorkbookPlan": "plan", "plan_workbook": "planning", "planning_steps": "planning"}

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


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
