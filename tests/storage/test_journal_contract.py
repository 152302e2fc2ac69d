"""What the entry session relies on, whoever keeps its edits: the report file or the memory of a test."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app.formdef.model import State
from desktop_app.report.changes import Change, OpenEdit, Operation, OperationKind, inverse
from desktop_app.report.journal import Durability, Journal
from desktop_app.report.plain import changes_of_report
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.history import Difference
from desktop_app.storage.report_file import ReportFile
from desktop_app.storage.worker import FileWorker
from tests.support.memory_journal import MemoryJournal
from tests.support.report_content import everything
from tests.support.small_form import FIRST_ROW, SECOND_ROW, empty_report, filled_report, small_form

PATIENCE = 20.0
"""Seconds after which a test gives up; nothing here should take one."""

AUTHORITY = "cover.authority"
DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a journal would give back: the operations since the report was made, and what is being typed."""

    operations: list[Operation]
    open_edits: list[OpenEdit]
    report: Report


@dataclass(frozen=True, slots=True)
class Keeper:
    """A journal with the filled report in it, and a way to look at what it keeps."""

    journal: Journal
    report: Report
    look: Callable[[], Kept]

    def saved(self) -> Kept:
        """What it keeps once all that was handed over is durable."""
        assert self.journal.flush(PATIENCE)
        assert self.journal.durability.is_saved
        return self.look()


def in_memory(*, is_slow: bool) -> Keeper:
    report = filled_report()
    journal = MemoryJournal(is_slow=is_slow)
    journal.operations.append(Operation(report.id, OperationKind.CREATE, changes_of_report(report)))

    def look() -> Kept:
        played = journal.play(Report(report.id, report.form, "AL", "2013", "en"))
        return Kept(journal.operations[1:], journal.open_edits, played)

    return Keeper(journal, report, look)


def in_a_file(worker: FileWorker, report: Report) -> Keeper:
    def look_at(file: ReportFile) -> Kept:
        return Kept(file.operations(report.id)[1:], file.open_edits(), file.load(1, small_form()))

    return Keeper(worker, report, lambda: worker.read(look_at).result(PATIENCE))


@pytest.fixture(params=["memory", "slow memory", "report file"])
def keeper(request: pytest.FixtureRequest, path: Path, report: Report) -> Iterator[Keeper]:
    if request.param != "report file":
        yield in_memory(is_slow=request.param == "slow memory")
        return
    worker = FileWorker(path)
    try:
        worker.opened.result(PATIENCE)
        yield in_a_file(worker, report)
    finally:
        worker.give_up()


def edit(keeper: Keeper, path: str, new: object, **more: str) -> Operation:
    """One edit, made in the report in memory too."""
    change = Change(path, keeper.report.plain(path), new)
    keeper.report.apply(change)
    return Operation(keeper.report.id, OperationKind.EDIT, (change,), **more)


def test_nothing_handed_over_is_saved(keeper: Keeper) -> None:
    assert keeper.journal.durability == Durability()
    assert keeper.journal.flush(PATIENCE)
    assert keeper.saved().operations == []


def test_hand_overs_are_numbered_from_one_and_saved_up_to_the_last(keeper: Keeper) -> None:
    operation = edit(keeper, AUTHORITY, "Police")
    typing = OpenEdit(keeper.report.id, DESCRIPTION, "Train")
    assert [keeper.journal.record(operation), keeper.journal.keep_open_edit(typing)] == [1, 2]
    assert keeper.journal.durability.handed == 2
    keeper.saved()
    durability = keeper.journal.durability
    assert (durability.handed, durability.durable, durability.failure) == (2, 2, None)
    assert durability.at is not None
    assert durability.at.endswith("Z")


def test_operations_are_kept_whole_and_in_order(keeper: Keeper) -> None:
    first = edit(keeper, AUTHORITY, "Ministria e Drejtësisë", who="Arta", sitting="s1")
    row = Change(f"T1.planned/{SECOND_ROW}", {"position": 2048}, None)
    keeper.report.apply(row)
    second = Operation(
        keeper.report.id, OperationKind.REMOVE, (row, Change("T1.planned#state", None, "no_action_taken"))
    )
    keeper.report.apply(second.changes[1])
    back = Operation(keeper.report.id, OperationKind.UNDO, inverse(second.changes), of=second.id)
    for change in back.changes:
        keeper.report.apply(change)
    for operation in (first, second, back):
        keeper.journal.record(operation)
    kept = keeper.saved()
    assert kept.operations == [first, second, back]
    assert everything(kept.report) == everything(keeper.report)


def test_what_is_being_typed_is_kept_in_its_latest_words(keeper: Keeper) -> None:
    for words in ("T", "Tr", "Train"):
        typed = OpenEdit(keeper.report.id, DESCRIPTION, words, "Arta", "s1")
        keeper.journal.keep_open_edit(typed)
    kept = keeper.saved()
    assert kept.open_edits == [typed]
    assert kept.operations == []
    assert kept.report.plain(DESCRIPTION) == "Train"


def test_an_operation_ends_the_open_edits_at_its_places_and_no_other(keeper: Keeper) -> None:
    other = OpenEdit(keeper.report.id, AUTHORITY, "Police")
    keeper.journal.keep_open_edit(OpenEdit(keeper.report.id, DESCRIPTION, "Trai"))
    keeper.journal.keep_open_edit(other)
    keeper.journal.record(edit(keeper, DESCRIPTION, "Train"))
    kept = keeper.saved()
    assert kept.open_edits == [other]
    assert kept.report.plain(DESCRIPTION) == "Train"


def test_typing_after_an_operation_is_an_open_edit_again(keeper: Keeper) -> None:
    keeper.journal.record(edit(keeper, DESCRIPTION, "Train"))
    typed = OpenEdit(keeper.report.id, DESCRIPTION, "Train judges")
    keeper.journal.keep_open_edit(typed)
    assert keeper.saved().open_edits == [typed]


def test_an_emptied_field_is_kept_as_empty(keeper: Keeper) -> None:
    keeper.journal.keep_open_edit(OpenEdit(keeper.report.id, DESCRIPTION, None))
    kept = keeper.saved()
    assert [edit.value for edit in kept.open_edits] == [None]
    assert kept.report.plain(DESCRIPTION) is None


def test_listeners_hear_when_everything_is_saved(keeper: Keeper) -> None:
    is_saved = threading.Event()

    def on_durability(durability: Durability) -> None:
        if durability.is_saved and durability.durable == 2:
            is_saved.set()

    keeper.journal.listen(on_durability)
    keeper.journal.record(edit(keeper, AUTHORITY, "Police"))
    keeper.journal.record(edit(keeper, AUTHORITY, "Ministry"))
    assert keeper.journal.flush(PATIENCE)
    assert is_saved.wait(PATIENCE)


def test_a_session_is_kept_with_its_undo(keeper: Keeper) -> None:
    session = EntrySession(keeper.report, keeper.journal, (), "Arta")
    first, second = session.add_rows("T2.planned", [{"description": Text.plain("Train")}, {}])
    session.type(f"T2.planned/{second}/description", Text.plain("Plan"))
    session.move_row("T2.planned", second, 0)
    session.duplicate_row("T2.planned", first)
    session.remove_rows("T2.planned", [first])
    session.set_confidential(f"T2.planned/{second}", True)
    session.set_state(AUTHORITY, State.NOT_AVAILABLE)
    session.set_value(AUTHORITY, Text.plain("Police"))
    session.undo()
    session.type(AUTHORITY, Text.plain("Polic"))
    kept = keeper.saved()
    assert everything(kept.report) == everything(session.report)
    session.leave()
    kept = keeper.saved()
    assert everything(kept.report) == everything(session.report)
    again = EntrySession(kept.report, keeper.journal, kept.operations)
    while again.can_undo:
        again.undo()
    kept = keeper.saved()
    assert everything(kept.report) == everything(again.report)
    assert kept.report.lists["T2.planned"].rows == []
    assert kept.report.plain(AUTHORITY) == filled_report().plain(AUTHORITY) != empty_report().plain(AUTHORITY)


def test_the_past_goes_through_a_session_like_any_step(keeper: Keeper) -> None:
    session = EntrySession(keeper.report, keeper.journal, (), "Arta")
    session.set_restore_point("before the minister's changes")
    (row,) = session.add_rows("T2.planned", [{"description": Text.plain("Train")}])
    session.revert_value(AUTHORITY, "Police")
    back = [
        Difference(AUTHORITY, "Ministry of Justice", "Police"),
        Difference(f"T2.planned/{row}", None, {"position": 1024}),
        Difference(f"T2.planned/{row}/description", None, "Train"),
    ]
    assert session.revert(back, "before the minister's changes") == []
    session.undo()
    session.redo()
    kept = keeper.saved()
    assert [operation.kind for operation in kept.operations] == [
        OperationKind.RESTORE_POINT,
        OperationKind.ADD,
        OperationKind.REVERT,
        OperationKind.REVERT,
        OperationKind.UNDO,
        OperationKind.REDO,
    ]
    assert kept.operations[0].note == kept.operations[3].note == "before the minister's changes"
    assert everything(kept.report) == everything(session.report)
    assert list(kept.report.lists["T2.planned"].bin) == [row]
    again = EntrySession(kept.report, keeper.journal, kept.operations)
    again.undo()
    assert [each.id for each in again.report.lists["T2.planned"].rows] == [row]
    assert again.report.plain(AUTHORITY) == "Police"


def test_a_removal_for_good_is_kept_and_ends_undo(keeper: Keeper) -> None:
    session = EntrySession(keeper.report, keeper.journal, (), "Arta")
    session.set_value(AUTHORITY, Text.plain("A name"))
    session.type(DESCRIPTION, Text.plain("A name"))
    session.remove_for_good([AUTHORITY, f"T1.planned/{FIRST_ROW}", "unplaced/1"], "personal data")
    assert not session.can_undo
    kept = keeper.saved()
    assert kept.open_edits == []
    assert kept.operations[-1].kind is OperationKind.PURGE
    assert kept.operations[-1].note == "personal data"
    assert all(change.old is None for change in kept.operations[-1].changes)
    assert everything(kept.report) == everything(session.report)
    assert kept.report.plain(AUTHORITY) is None
    assert kept.report.unplaced == {}
    assert kept.report.lists["T1.planned"].bin[FIRST_ROW].values == {}
    again = EntrySession(kept.report, keeper.journal, kept.operations)
    assert not again.can_undo
