from __future__ import annotations

import datetime
import re

from desktop_app.report.changes import (
    FIXED,
    Change,
    Operation,
    OperationKind,
    UndoStacks,
    inverse,
    new_id,
    noting,
    utc_now,
)

STEP = (Change("cover.authority", None, "Ministry"),)


def edit(new: str, old: str | None = None) -> Operation:
    return Operation("r", OperationKind.EDIT, (Change("cover.authority", old, new),))


def undo(step: Operation) -> Operation:
    return Operation("r", OperationKind.UNDO, inverse(step.changes), of=step.id)


def redo(step: Operation) -> Operation:
    return Operation("r", OperationKind.REDO, step.changes, of=step.id)


def test_the_inverse_takes_changes_back_from_the_last_to_the_first() -> None:
    changes = (Change("a", None, 1), Change("a", 1, 2))
    assert inverse(changes) == (Change("a", 2, 1), Change("a", 1, None))
    assert inverse(inverse(changes)) == changes


def test_ids_and_moments_are_written_as_the_file_has_them() -> None:
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", new_id())
    assert new_id() != new_id()
    moment = utc_now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", moment)
    age = datetime.datetime.now(datetime.UTC) - datetime.datetime.fromisoformat(moment)
    assert abs(age) < datetime.timedelta(minutes=1)


def test_operations_are_told_apart_and_know_their_moment() -> None:
    one, other = edit("A"), edit("A")
    assert one.id != other.id
    assert one.at.endswith("Z")


def test_undo_and_redo_move_steps_from_one_stack_to_the_other() -> None:
    first, second = edit("A"), edit("B", "A")
    stacks = UndoStacks.of_log([first, second])
    assert (stacks.done, stacks.undone) == ([first, second], [])
    stacks.note(undo(second))
    assert (stacks.done, stacks.undone) == ([first], [second])
    stacks.note(undo(first))
    assert (stacks.done, stacks.undone) == ([], [second, first])
    stacks.note(redo(first))
    assert (stacks.done, stacks.undone) == ([first], [second])


def test_a_new_step_forgets_what_was_taken_back() -> None:
    first, second, third = edit("A"), edit("B", "A"), edit("C", "A")
    stacks = UndoStacks.of_log([first, second, undo(second), third])
    assert (stacks.done, stacks.undone) == ([first, third], [])


def test_what_changed_nothing_is_no_step() -> None:
    first = edit("A")
    stacks = UndoStacks.of_log([first, undo(first), edit("A", "A")])
    assert (stacks.done, stacks.undone) == ([], [first])


def test_nothing_before_an_import_or_a_new_status_is_taken_back() -> None:
    for kind in FIXED:
        stacks = UndoStacks.of_log([edit("A"), edit("B"), Operation("r", kind, STEP)])
        assert (stacks.done, stacks.undone) == ([], [])


def test_a_removal_for_good_ends_undo_although_it_tells_no_values() -> None:
    """They must not be anywhere any more, not in the memory of undo either."""
    first, second = edit("A"), edit("B", "A")
    removal = Operation("r", OperationKind.PURGE, (Change("cover.authority", None, None), noting("A name")))
    stacks = UndoStacks.of_log([first, second, undo(second), removal])
    assert (stacks.done, stacks.undone) == ([], [])
    assert removal.note == "A name"


def test_a_restore_point_is_no_step_and_forgets_none() -> None:
    first, second = edit("A"), edit("B", "A")
    point = Operation("r", OperationKind.RESTORE_POINT, (noting("before the minister's changes"),))
    stacks = UndoStacks.of_log([first, second, undo(second), point])
    assert (stacks.done, stacks.undone) == ([first], [second])
    assert point.note == "before the minister's changes"


def test_going_back_to_an_earlier_moment_is_a_step() -> None:
    first = edit("A")
    back = Operation("r", OperationKind.REVERT, (*STEP, noting("first draft")))
    stacks = UndoStacks.of_log([first, back])
    assert (stacks.done, stacks.undone) == ([first, back], [])
    assert (back.note, first.note) == ("first draft", "")


def test_an_undo_of_something_unknown_is_left_alone() -> None:
    first = edit("A")
    stacks = UndoStacks.of_log([first, undo(edit("B"))])
    assert (stacks.done, stacks.undone) == ([first], [])
