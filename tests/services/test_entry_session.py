from __future__ import annotations

import pytest

from desktop_app.formdef.model import State
from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.plain import changes_of_report
from desktop_app.report.report import Report, UnknownPlaceError, WrongValueError
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.open_field import LONGEST_EDIT
from desktop_app.services.typing_steps import PAUSE
from tests.support.memory_journal import MemoryJournal
from tests.support.report_content import as_people_see_it, everything
from tests.support.toml_forms import report_of, shipped_form

PLANNED, UNDERTAKEN = "T1.planned", "T1.undertaken"
AUTHORITY = "cover.authority"


class Desk:
    """A person at the desk: a report of the shipped form, its session and its journal."""

    def __init__(self, *, is_slow: bool = False) -> None:
        self.now = 0.0
        self.journal = MemoryJournal(is_slow=is_slow)
        self.session = EntrySession(
            report_of(shipped_form("ga-commitments")), self.journal, (), "Arta", self.clock
        )
        self.told: list[frozenset[str]] = []
        self.session.listen(self.told.append)

    def clock(self) -> float:
        return self.now

    @property
    def report(self) -> Report:
        return self.session.report

    def type(self, path: str, words: str, after: float = 0.2) -> None:
        self.now += after
        self.session.type(path, Text.plain(words))

    def rows(self, list_path: str = PLANNED) -> list[str]:
        """The rows by their words."""
        rows = self.report.lists[list_path].rows
        return [str(self.report.plain(f"{list_path}/{row.id}/description") or "") for row in rows]

    def add(self, words: str, list_path: str = PLANNED) -> str:
        return self.session.add_row(list_path, {"description": Text.plain(words)})

    @property
    def last(self) -> Operation:
        return self.journal.operations[-1]


@pytest.fixture
def desk() -> Desk:
    return Desk()


# Typing


def test_typing_is_in_memory_and_handed_over_at_once_and_recorded_when_the_field_is_left(desk: Desk) -> None:
    for words in ("Mi", "Minis", "Ministry"):
        desk.type(AUTHORITY, words)
        assert desk.report.plain(AUTHORITY) == words
        assert [(edit.path, edit.value, edit.who) for edit in desk.journal.open_edits] == [
            (AUTHORITY, words, "Arta")
        ]
    assert desk.journal.operations == []
    opened = desk.session.open_path
    desk.session.leave()
    assert (opened, desk.session.open_path, desk.journal.open_edits) == (AUTHORITY, None, [])
    assert desk.last.changes == (Change(AUTHORITY, None, "Ministry"),)
    assert (desk.last.kind, desk.last.who, desk.last.sitting) == (
        OperationKind.EDIT,
        "Arta",
        desk.session.sitting,
    )


def test_the_same_words_again_are_no_edit(desk: Desk) -> None:
    desk.session.set_value(AUTHORITY, Text.plain("Police"))
    desk.told.clear()
    desk.type(AUTHORITY, "Police")
    assert (desk.told, desk.journal.open_edits, desk.session.open_path) == ([], [], None)


def test_typing_elsewhere_leaves_the_field(desk: Desk) -> None:
    desk.type(AUTHORITY, "Police")
    desk.type("cover.focal_point", "A person")
    assert desk.last.changes == (Change(AUTHORITY, None, "Police"),)
    assert desk.session.open_path == "cover.focal_point"


def test_long_typing_becomes_a_change_every_five_minutes(desk: Desk) -> None:
    desk.type(AUTHORITY, "M")
    desk.type(AUTHORITY, "Mi", after=LONGEST_EDIT)
    assert desk.journal.operations == []
    desk.type(AUTHORITY, "Min", after=1)
    assert desk.last.changes == (Change(AUTHORITY, None, "Mi"),)
    desk.session.leave()
    assert desk.last.changes == (Change(AUTHORITY, "Mi", "Min"),)


def test_typing_taken_back_by_hand_ends_the_open_edit_on_disk_too(desk: Desk) -> None:
    desk.type(AUTHORITY, "P")
    desk.type(AUTHORITY, "")
    desk.session.leave()
    assert desk.journal.open_edits == []
    assert not desk.session.can_undo


def test_leaving_without_typing_records_nothing(desk: Desk) -> None:
    desk.session.leave()
    assert desk.journal.operations == []


def test_undo_takes_back_bursts_of_typing_and_then_the_steps_before(desk: Desk) -> None:
    desk.session.set_value("cover.focal_point", Text.plain("A person"))
    desk.type(AUTHORITY, "Ministry")
    desk.type(AUTHORITY, "Ministry of Justice", after=PAUSE + 1)
    assert desk.session.undo() == {AUTHORITY}
    assert desk.report.plain(AUTHORITY) == "Ministry"
    assert desk.session.undo() == {AUTHORITY}
    assert desk.report.plain(AUTHORITY) is None
    assert desk.session.redo() == {AUTHORITY}
    assert desk.report.plain(AUTHORITY) == "Ministry"
    desk.session.undo()
    assert desk.session.undo() == {"cover.focal_point"}
    assert everything(desk.report) == everything(report_of(desk.report.form))
    assert not desk.session.can_undo
    assert desk.session.undo() == frozenset()


def test_typing_forgets_steps_that_were_taken_back(desk: Desk) -> None:
    desk.session.set_value("cover.focal_point", Text.plain("A person"))
    desk.session.undo()
    assert desk.session.can_redo
    desk.type(AUTHORITY, "Police")
    assert (desk.session.can_redo, desk.session.redo()) == (False, frozenset())
    assert desk.report.plain(AUTHORITY) == "Police"


# Answers and states


def test_several_answers_are_one_step(desk: Desk) -> None:
    desk.session.set_values({AUTHORITY: Text.plain("Police"), "T1.goals": ("T1.G1",), "cover.date": None})
    assert desk.last.changes == (Change(AUTHORITY, None, "Police"), Change("T1.goals", None, ["T1.G1"]))
    desk.session.undo()
    assert not desk.report.answers


def test_an_answer_that_changes_nothing_is_not_recorded(desk: Desk) -> None:
    desk.session.set_value(AUTHORITY, Text.plain("  "))
    assert desk.journal.operations == []


def test_an_answer_ends_the_state_that_said_why_there_was_none(desk: Desk) -> None:
    for answer in (desk.type, lambda path, words: desk.session.set_value(path, Text.plain(words))):
        desk.session.set_state(AUTHORITY, State.NOT_AVAILABLE)
        answer(AUTHORITY, "Police")
        desk.session.leave()
        assert not desk.report.states
        assert len(desk.last.changes) == 2
        desk.session.undo()
        assert desk.report.states == {AUTHORITY: State.NOT_AVAILABLE}
        assert desk.report.plain(AUTHORITY) is None
        desk.session.set_state(AUTHORITY, None)


def test_an_operation_that_does_not_fit_changes_nothing(desk: Desk) -> None:
    before, operations = everything(desk.report), len(desk.journal.operations)
    with pytest.raises(WrongValueError):
        desk.session.set_values({AUTHORITY: Text.plain("Police"), "T1.victims_identified": {"12": 5}})
    with pytest.raises(UnknownPlaceError):
        desk.session.set_value("cover.colour", Text.plain("red"))
    assert everything(desk.report) == before
    assert (len(desk.journal.operations), desk.told) == (operations, [])


# Rows


def test_rows_are_added_at_the_end_or_behind_another(desk: Desk) -> None:
    first = desk.add("one")
    desk.add("three")
    desk.session.add_row(PLANNED, {"description": Text.plain("two")}, after=first)
    assert desk.rows() == ["one", "two", "three"]


def test_adding_ends_no_action_taken_and_undo_brings_it_back(desk: Desk) -> None:
    desk.session.set_state(UNDERTAKEN, State.NO_ACTION_TAKEN)
    desk.add("Train", UNDERTAKEN)
    assert desk.report.lists[UNDERTAKEN].state is None
    desk.session.undo()
    assert desk.report.lists[UNDERTAKEN].state is State.NO_ACTION_TAKEN
    assert desk.rows(UNDERTAKEN) == []


def test_many_rows_pasted_between_two_neighbours_are_one_step(desk: Desk) -> None:
    first = desk.add("first")
    desk.add("last")
    rows = [{"description": Text.plain(str(number))} for number in range(3000)]
    ids = desk.session.add_rows(PLANNED, rows, first, OperationKind.PASTE)
    assert desk.rows() == ["first", *(str(number) for number in range(3000)), "last"]
    assert [row.id for row in desk.report.lists[PLANNED].rows][1:-1] == ids
    assert desk.last.kind is OperationKind.PASTE
    desk.session.undo()
    assert desk.rows() == ["first", "last"]


def test_a_copy_holds_all_that_the_row_holds(desk: Desk) -> None:
    row = desk.add("Train")
    desk.session.set_value(f"{PLANNED}/{row}/timeframe", Timeframe("Within 2014", "2014"))
    desk.session.set_state(f"{PLANNED}/{row}/link", State.NOT_AVAILABLE)
    desk.session.set_confidential(f"{PLANNED}/{row}", True)
    desk.session.set_confidential(f"{PLANNED}/{row}/remark", True)
    desk.add("Plan")
    copy = desk.session.duplicate_row(PLANNED, row)
    assert desk.rows() == ["Train", "Train", "Plan"]
    one, other = desk.report.lists[PLANNED].row(row), desk.report.lists[PLANNED].row(copy)
    assert one and other
    assert one.id != other.id
    assert (one.values, one.states, one.confidential) == (other.values, other.states, other.confidential)
    assert other.confidential == {"", "remark"}


def test_a_row_moves_within_its_list(desk: Desk) -> None:
    ids = [desk.add(words) for words in ("one", "two", "three")]
    desk.session.move_row(PLANNED, ids[2], 0)
    assert desk.rows() == ["three", "one", "two"]
    desk.session.move_row(PLANNED, ids[2], 1)
    assert desk.rows() == ["one", "three", "two"]
    assert len(desk.last.changes) == 1
    operations = len(desk.journal.operations)
    desk.session.move_row(PLANNED, ids[1], 99)
    assert len(desk.journal.operations) == operations


def test_a_row_moves_to_the_other_list_with_all_it_holds(desk: Desk) -> None:
    desk.session.set_state(UNDERTAKEN, State.NO_ACTION_TAKEN)
    row = desk.add("Train")
    desk.session.set_confidential(f"{PLANNED}/{row}", True)
    desk.session.set_state(f"{PLANNED}/{row}/link", State.NOT_AVAILABLE)
    before = as_people_see_it(everything(desk.report))
    fresh = desk.session.move_row_to_list(PLANNED, row, UNDERTAKEN)
    moved = desk.report.lists[UNDERTAKEN].row(fresh)
    assert moved is not None
    assert (moved.confidential, moved.states) == ({""}, {"link": State.NOT_AVAILABLE})
    assert (desk.rows(), desk.rows(UNDERTAKEN)) == ([], ["Train"])
    assert desk.report.lists[UNDERTAKEN].state is None
    assert row in desk.report.lists[PLANNED].bin
    desk.session.undo()
    assert as_people_see_it(everything(desk.report)) == before


def test_rows_go_to_the_bin_and_come_back_to_where_they_stood(desk: Desk) -> None:
    ids = [desk.add(words) for words in ("one", "two", "three")]
    desk.session.remove_rows(PLANNED, [ids[1], ids[0], ids[1], "nobody"])
    assert desk.rows() == ["three"]
    assert len(desk.last.changes) == 2
    desk.session.restore_row(PLANNED, ids[1])
    assert desk.rows() == ["two", "three"]
    desk.session.restore_row(PLANNED, ids[0])
    assert desk.rows() == ["one", "two", "three"]
    operations = len(desk.journal.operations)
    desk.session.restore_row(PLANNED, ids[0])
    assert len(desk.journal.operations) == operations


def test_a_row_comes_back_behind_the_one_that_took_its_place(desk: Desk) -> None:
    ids = [desk.add(words) for words in ("one", "two", "three")]
    desk.session.remove_rows(PLANNED, [ids[1]])
    desk.session.add_row(PLANNED, {"description": Text.plain("new")}, after=ids[0])
    desk.session.restore_row(PLANNED, ids[1])
    assert desk.rows() == ["one", "new", "two", "three"]
    positions = [row.position for row in desk.report.lists[PLANNED].rows]
    assert positions == sorted(set(positions))


def test_a_row_that_comes_back_ends_no_action_taken(desk: Desk) -> None:
    row = desk.add("Train")
    desk.session.remove_rows(PLANNED, [row])
    desk.session.set_state(PLANNED, State.NO_ACTION_TAKEN)
    desk.session.restore_row(PLANNED, row)
    assert desk.report.lists[PLANNED].state is None


def test_a_row_opened_by_mistake_leaves_no_trace(desk: Desk) -> None:
    row = desk.session.add_row(PLANNED)
    desk.session.drop_blank_row(PLANNED, row)
    assert desk.rows() == []
    assert not desk.session.can_undo
    assert desk.session.undo() == frozenset()


def test_only_the_blank_row_itself_is_dropped(desk: Desk) -> None:
    first, second = desk.session.add_rows(PLANNED, [{}, {}])
    desk.session.drop_blank_row(PLANNED, second)
    assert [row.id for row in desk.report.lists[PLANNED].rows] == [first]
    written = desk.add("Train")
    desk.session.drop_blank_row(PLANNED, written)
    assert desk.rows() == ["", "Train"]


def test_unplaced_words_are_dismissed_and_come_back(desk: Desk) -> None:
    desk.report.apply(Change("unplaced/7", None, {"text": "Words", "near": "T1"}))
    desk.session.dismiss_unplaced("7")
    assert not desk.report.unplaced
    desk.session.undo()
    assert desk.report.plain("unplaced/7") == {"text": "Words", "near": "T1"}


# Journal, restarts and listeners


def test_undo_goes_on_after_a_restart(desk: Desk) -> None:
    row = desk.add("Train")
    desk.type(f"{PLANNED}/{row}/description", "Train judges")
    desk.session.leave()
    again = EntrySession(
        desk.journal.play(report_of(desk.report.form)), desk.journal, desk.journal.operations
    )
    assert again.undo() == {f"{PLANNED}/{row}/description"}
    assert again.report.plain(f"{PLANNED}/{row}/description") == "Train"
    again.undo()
    assert again.report.lists[PLANNED].rows == []
    third = EntrySession(again.report, desk.journal, desk.journal.operations)
    assert not third.can_undo
    third.redo()
    third.redo()
    assert third.report.plain(f"{PLANNED}/{row}/description") == "Train judges"


def test_an_import_is_not_taken_back() -> None:
    report = report_of(shipped_form("ga-commitments"))
    report.apply(Change(AUTHORITY, None, "Police"))
    imported = Operation(report.id, OperationKind.IMPORT, changes_of_report(report))
    session = EntrySession(report, MemoryJournal(), [imported])
    assert not session.can_undo
    assert session.undo() == frozenset()


def test_edits_are_saved_when_the_journal_says_so() -> None:
    desk = Desk(is_slow=True)
    seen: list[bool] = []
    desk.journal.listen(lambda durability: seen.append(durability.is_saved))
    desk.type(AUTHORITY, "Police")
    desk.session.leave()
    before = desk.journal.durability.is_saved
    assert desk.journal.flush(1)
    assert (before, desk.journal.durability.is_saved, seen) == (False, True, [True])


def test_listeners_are_told_what_changed_until_they_are_ignored(desk: Desk) -> None:
    row = desk.add("Train")
    assert desk.told[-1] == {f"{PLANNED}/{row}", f"{PLANNED}/{row}/description"}
    desk.type(AUTHORITY, "Police")
    assert desk.told[-1] == {AUTHORITY}
    desk.session.ignore(desk.told.append)
    desk.session.ignore(desk.told.append)
    count = len(desk.told)
    desk.session.leave()
    assert len(desk.told) == count


def test_a_listener_may_stop_listening_while_it_is_told(desk: Desk) -> None:
    told: list[frozenset[str]] = []

    def once(paths: frozenset[str]) -> None:
        told.append(paths)
        desk.session.ignore(once)

    desk.session.listen(once)
    desk.add("one")
    desk.add("two")
    assert len(told) == 1


def test_problems_follow_each_edit(desk: Desk) -> None:
    def codes() -> set[str]:
        return {problem.code for problem in desk.session.problems.at(AUTHORITY)}

    assert codes() == {"required"}
    desk.type(AUTHORITY, "Police")
    assert codes() == set()
    desk.session.undo()
    assert codes() == {"required"}


def test_a_report_of_ten_thousand_rows_is_typed_in(desk: Desk) -> None:
    rows = [{"description": Text.plain(f"Action {number}")} for number in range(10_000)]
    ids = desk.session.add_rows(PLANNED, rows, kind=OperationKind.PASTE)
    assert len(desk.session.problems.of_section("T1")) > 10_000
    path = f"{PLANNED}/{ids[5000]}/description"
    desk.type(path, "Changed")
    assert desk.report.plain(path) == "Changed"
    desk.session.move_row(PLANNED, ids[5000], 0)
    assert desk.rows()[0] == "Changed"
