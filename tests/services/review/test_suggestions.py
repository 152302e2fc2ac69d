"""Changed cells that stand for no answer of their own: which column it was, and no more than was changed."""

from __future__ import annotations

from desktop_app.report.report import Report
from tests.support.reviewed import Reviewed


def test_only_the_cell_that_was_changed_is_told_with_its_column(reviewed: Reviewed, report: Report) -> None:
    for row in range(2, reviewed.sheet("Goals").max_row + 1):
        if reviewed.cell("Goals", row, "list_undertaken").value == 0:
            break
    else:
        raise AssertionError("every goal is served")
    reviewed.write("Goals", row, goal_short="Another name")
    [found] = reviewed.held_for(report).suggestions
    assert found.found == "Another name"
    assert found.where.endswith(", Goal") and found.kept.where == found.where


def test_an_answer_in_several_columns_is_told_with_its_column(reviewed: Reviewed, report: Report) -> None:
    row = reviewed.row_of("Actions", "list", "planned")
    reviewed.write("Actions", row, timeframe_to="2031-05-31", description="All new words")
    parts = {found.found: found.where for found in reviewed.held_for(report).suggestions}
    assert parts["2031-05-31"].endswith(", Timeframe: to")
    assert parts["All new words"].endswith(", Description")
