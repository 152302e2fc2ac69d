from __future__ import annotations

import pytest

from desktop_app.services.open_report import OpenReport
from desktop_app.ui.rows.row_menu import RowStep
from desktop_app.ui.rows.row_steps import NextRow, take_step
from tests.support.window_parts import add_actions, context_of, words_of

LIST = "T2.planned"


def ids(opened: OpenReport) -> list[str]:
    return [row.id for row in opened.session.report.lists[LIST].rows]


@pytest.fixture
def rows(norway: OpenReport) -> list[str]:
    return add_actions(norway.session, LIST, "one", "two", "three")


def test_up_and_down_move_the_row_and_stay_with_it(norway: OpenReport, rows: list[str]) -> None:
    context = context_of(norway.session, LIST)
    assert take_step(context, rows[1], RowStep.UP) == NextRow(LIST, rows[1])
    assert ids(norway) == [rows[1], rows[0], rows[2]]
    take_step(context, rows[1], RowStep.DOWN)
    assert ids(norway) == rows


def test_the_first_row_goes_no_further_up_and_the_last_no_further_down(
    norway: OpenReport, rows: list[str]
) -> None:
    context = context_of(norway.session, LIST)
    take_step(context, rows[0], RowStep.UP)
    take_step(context, rows[2], RowStep.DOWN)
    assert ids(norway) == rows


def test_a_duplicate_stands_behind_its_row_and_is_opened(norway: OpenReport, rows: list[str]) -> None:
    following = take_step(context_of(norway.session, LIST), rows[0], RowStep.DUPLICATE)
    assert following == NextRow(LIST, ids(norway)[1], edit=True)
    assert words_of(norway.session, LIST) == ["one", "one", "two", "three"]


def test_one_can_be_added_below(norway: OpenReport, rows: list[str]) -> None:
    following = take_step(context_of(norway.session, LIST), rows[1], RowStep.ADD_BELOW)
    assert ids(norway).index(following.row or "") == 2
    assert following.edit


def test_after_removing_one_goes_on_with_the_row_that_took_its_place(
    norway: OpenReport, rows: list[str]
) -> None:
    context = context_of(norway.session, LIST)
    assert take_step(context, rows[1], RowStep.REMOVE).row == rows[2]
    assert take_step(context, rows[2], RowStep.REMOVE).row == rows[0]
    assert take_step(context, rows[0], RowStep.REMOVE).row is None


def test_a_row_moved_to_the_other_list_is_followed_there(norway: OpenReport, rows: list[str]) -> None:
    following = take_step(context_of(norway.session, LIST), rows[0], RowStep.OTHER_LIST)
    assert following.list_path == "T2.undertaken"
    assert words_of(norway.session, "T2.undertaken") == ["one"]
    assert words_of(norway.session, LIST) == ["two", "three"]


def test_the_mark_confidential_is_put_on_and_taken_off(norway: OpenReport, rows: list[str]) -> None:
    context = context_of(norway.session, LIST)
    for marked in (True, False):
        take_step(context, rows[0], RowStep.CONFIDENTIAL)
        assert ("" in context.row_list.rows[0].confidential) is marked


def test_a_row_that_is_not_there_is_an_error(norway: OpenReport) -> None:
    with pytest.raises(KeyError):
        take_step(context_of(norway.session, LIST), "gone", RowStep.UP)
