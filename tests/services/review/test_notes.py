"""Sentences on many cells of a returned workbook."""

from __future__ import annotations

from desktop_app.services.review.notes import counted


def test_the_same_of_many_cells_is_one_line_with_a_count() -> None:
    gone = [f"Review!F{row}: the hidden key of this row is gone." for row in range(2, 37)]
    assert counted(["A sheet is gone.", *gone, "Actions!C2: other words."]) == (
        "A sheet is gone.",
        "Review!F2 and 34 more cells: the hidden key of this row is gone.",
        "Actions!C2: other words.",
    )


def test_a_few_stay_as_they_are_and_nothing_is_said_twice() -> None:
    assert counted(["A!B2: gone.", "A!B3: gone.", "A!B2: gone.", "Note: gone."]) == (
        "A!B2: gone.",
        "A!B3: gone.",
        "Note: gone.",
    )
