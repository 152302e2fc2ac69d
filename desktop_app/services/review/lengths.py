"""Which workbooks take so long to look at that it is done in a process of its own.

Asked by the window before anything that reads workbooks is loaded.
"""

from __future__ import annotations

from pathlib import Path

from desktop_app.report.report import Report

MANY_ROWS = 500
LARGE_FILE = 500_000
"""Bytes. From one of the two on a window would stand still now and then while its own process looks."""


def is_long(report: Report, workbook: Path) -> bool:
    """Whether the report or the workbook is a long one."""
    rows = sum(len(row_list.rows) for row_list in report.lists.values())
    try:
        return rows > MANY_ROWS or workbook.stat().st_size > LARGE_FILE
    except OSError:
        return False  # whoever reads it says why it cannot be read
