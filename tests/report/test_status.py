"""What may be done to a report, by its status."""

from __future__ import annotations

import pytest

from desktop_app.report.changes import Change, noting
from desktop_app.report.state_words import STATUSES
from desktop_app.report.status import Status, changes_content, frozen_words, is_frozen


def test_only_a_draft_may_change_and_every_other_status_says_why_and_what_to_do() -> None:
    assert tuple(Status) == STATUSES
    assert [is_frozen(each) for each in (*STATUSES, "archived")] == [False, True, True, True, True]
    assert frozen_words("draft") == ""
    said = [frozen_words(each) for each in (*STATUSES[1:], "archived")]
    assert len(set(said)) == 4
    assert "back to draft" in said[0]
    assert "approved again" in said[1]
    assert "amendment" in said[2]
    assert "newer version" in said[3]


@pytest.mark.parametrize(
    ("path", "is_content"),
    [
        ("cover.authority", True),
        ("cover.authority#state", True),
        ("T1.planned", True),
        ("T1.planned/row", True),
        ("T1.planned/row/budget#confidential", True),
        ("unplaced/x", True),
        ("accepted/x", True),
        ("attached/x", True),
        ("#language", True),
        ("#form", True),
        ("comment/x", False),
        ("receipt/x", False),
        ("submission/1", False),
        ("#note", False),
        ("#step", False),
        ("source/1", False),
    ],
)
def test_what_is_content_and_what_is_only_said_about_it(path: str, *, is_content: bool) -> None:
    assert changes_content([noting("words"), Change(path, None, None)]) is is_content
