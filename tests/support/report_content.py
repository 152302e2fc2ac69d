"""All that a report holds, to compare reports by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop_app.report.report import Report, Row


def everything(report: Report) -> dict[str, Any]:
    """All that a report holds, its bin too."""
    return {
        "whole": (report.country, report.cycle, report.language, report.status),
        "answers": dict(report.answers),
        "states": dict(report.states),
        "confidential": set(report.confidential),
        "unplaced": dict(report.unplaced),
        "comments": dict(report.comments),
        "attached": dict(report.attached),
        "lists": {
            path: (row_list.state, [_row(row) for row in row_list.rows], _rows(row_list.bin.values()))
            for path, row_list in report.lists.items()
        },
    }


def _row(row: Row) -> tuple[Any, ...]:
    return row.id, row.position, dict(row.values), dict(row.states), set(row.confidential)


def _rows(rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    return sorted(_row(row) for row in rows)


def as_people_see_it(content: dict[str, Any]) -> dict[str, Any]:
    """What an undo must bring back.

    Rows are never forgotten: one that was added and taken back stays in the bin with nothing in it,
    and a row in the bin remembers the place it was last at.
    """
    lists = {
        path: (state, rows, [(row[0], *row[2:]) for row in binned if any(row[2:])])
        for path, (state, rows, binned) in content["lists"].items()
    }
    return {**content, "lists": lists}
