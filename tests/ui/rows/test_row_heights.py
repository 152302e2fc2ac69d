from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from desktop_app.ui.rows.row_heights import GAP, RowHeights

ROWS = st.lists(
    st.tuples(st.uuids().map(str), st.integers(1, 900)), min_size=1, max_size=40, unique_by=lambda r: r[0]
)


def filled(rows: list[tuple[str, int]]) -> RowHeights:
    heights = RowHeights()
    heights.set_rows([row_id for row_id, _height in rows])
    for row_id, height in rows:
        heights.set_height(row_id, height)
    return heights


@given(ROWS)
def test_rows_stand_below_each_other_with_room_for_a_hairline(rows: list[tuple[str, int]]) -> None:
    heights = filled(rows)
    top = 0
    for index, (row_id, height) in enumerate(rows):
        assert heights.index(row_id) == index
        assert (heights.top(index), heights.bottom(index)) == (top, top + height)
        top += height + GAP
    assert heights.total == top - GAP


@given(ROWS, st.integers(-100, 40_000))
def test_every_place_belongs_to_the_row_that_is_there(rows: list[tuple[str, int]], y: int) -> None:
    heights = filled(rows)
    index = heights.at(y)
    assert y >= heights.top(index) or index == 0
    assert y < heights.bottom(index) + GAP or index == len(rows) - 1


def test_rows_never_shown_are_guessed_like_those_that_were() -> None:
    heights = RowHeights()
    heights.set_rows(["a", "b", "c"])
    heights.set_height("a", 50)
    assert heights.total == 3 * 50 + 2 * GAP


def test_what_was_measured_stays_when_rows_move_and_goes_with_its_row() -> None:
    heights = filled([("a", 10), ("b", 20), ("c", 30)])
    heights.set_rows(["c", "a"])
    assert [heights.bottom(0) - heights.top(0), heights.bottom(1) - heights.top(1)] == [30, 10]
    assert heights.index("b") is None


def test_an_empty_list_has_no_height() -> None:
    assert RowHeights().total == 0


def test_a_height_that_is_known_is_no_news() -> None:
    heights = filled([("a", 10)])
    assert not heights.set_height("a", 10)
    assert heights.set_height("a", 11)


@given(ROWS, st.data())
def test_a_few_measured_rows_place_all_the_others(rows: list[tuple[str, int]], data: st.DataObject) -> None:
    heights = RowHeights()
    heights.set_rows([row_id for row_id, _height in rows])
    measured = dict(data.draw(st.lists(st.sampled_from(rows), min_size=1, max_size=8)))
    for row_id, height in measured.items():
        heights.set_height(row_id, height)
    order = data.draw(st.permutations(rows))
    heights.set_rows([row_id for row_id, _height in order])
    guess, top = round(sum(measured.values()) / len(measured)), 0
    for index, (row_id, _height) in enumerate(order):
        assert heights.top(index) == top
        assert heights.at(top) == index
        top += measured.get(row_id, guess) + GAP


def test_a_row_that_is_not_in_the_list_takes_nothing() -> None:
    heights = filled([("a", 10)])
    assert not heights.set_height("b", 20)
    assert heights.total == 10


def test_the_edge_is_the_row_at_a_place_or_behind_the_last_one() -> None:
    heights = RowHeights()
    assert heights.edge(0) == 0
    heights.set_rows(["a", "b"])
    heights.set_height("a", 100)
    heights.set_height("b", 50)
    found = [heights.edge(y) for y in (-20, 0, 99, 102, heights.total - 1, heights.total, 900)]
    assert found == [0, 0, 0, 1, 1, 2, 2]
