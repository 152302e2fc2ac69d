"""Random edits, and what must hold after each of them and when all are taken back."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.formdef.model import State
from desktop_app.report.changes import Change, Operation, OperationKind
from desktop_app.report.plain import changes_of_report, report_to_plain
from desktop_app.report.report import Report, Row
from desktop_app.report.validation import check_report
from desktop_app.report.values import read_value
from desktop_app.services.entry_session import EntrySession
from tests.support.memory_journal import MemoryJournal
from tests.support.report_content import as_people_see_it, everything
from tests.support.toml_forms import ACTION, report_of, toml_form

FORM = toml_form(
    ACTION
    + """
required = true
max_words = 2
unique = true
states = ["not_available"]
[[row.action.field]]
code = "goals"
type = "choices"
choices = "goals"
[[row.action.field]]
code = "when"
type = "timeframe"
relevant = "list == 'planned'"
[[row.action.check]]
code = "in_the_past"
level = "warning"
field = "when"
when = "ends(when) < answer('A.date')"
[list.undertaken]
row = "action"
required = true
states = ["no_action_taken", "confidential"]
[list.planned]
row = "action"
required = true
min_rows = 2
states = ["no_action_taken"]
[[section]]
code = "A"
lists = ["undertaken", "planned"]
[[section.goal]]
code = "A.G1"
[[section.goal]]
code = "A.G2"
[[section.field]]
code = "authority"
type = "text"
required = "warning"
states = ["not_available"]
[[section.field]]
code = "date"
type = "date"
[[section.check]]
code = "many"
level = "hint"
when = "count(planned) > count(undertaken)"
"""
)
LISTS = ("A.undertaken", "A.planned")
ANSWERS: dict[str, tuple[Any, ...]] = {
    "A.authority": (None, "Ministry of <b>Justice</b>", "Police"),
    "A.date": (None, "2013-01-01", "2014-01-01"),
    "A.goals": (None, ["A.G1"], ["A.G1", "A.G2"]),
    "description": (None, "Train", "Train judges", "Train many judges"),
    "goals": (None, ["A.G1"], ["A.G2"]),
    "when": (None, {"text": "soon"}, {"text": "2013", "edtf": "2013"}),
}
CODES = ("description", "goals", "when")
STATES = st.none() | st.sampled_from([State.NO_ACTION_TAKEN, State.NOT_AVAILABLE, State.CONFIDENTIAL])
NUMBERS = st.integers(0, 20)


class Editing(RuleBasedStateMachine):
    """One report in a session, edited at random."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    @initialize(with_rows=st.booleans(), is_slow=st.booleans())
    def begin(self, with_rows: bool, is_slow: bool) -> None:
        report = report_of(FORM)
        if with_rows:
            for path, new in {
                "A.authority": "Police",
                "A.undertaken#state": "no_action_taken",
                # No room between neighbours, so that the list must be numbered anew.
                "A.planned/r1": {"position": 1},
                "A.planned/r1/description": "Train",
                "A.planned/r2": {"position": 2},
                "A.planned/r2/goals": ["A.G1"],
                "A.planned/r2#confidential": True,
                "unplaced/7": {"text": "Words", "near": "A"},
            }.items():
                report.apply(Change(path, None, new))
        self.journal = MemoryJournal(is_slow=is_slow)
        created = Operation(report.id, OperationKind.CREATE, changes_of_report(report))
        self.journal.record(created)
        # What the journal plays back is the report as a file would give it.
        self.restart()
        self.initial = self.content()

    def content(self) -> dict[str, Any]:
        return as_people_see_it(everything(self.session.report))

    def played(self) -> Report:
        return self.journal.play(report_of(FORM))

    def clock(self) -> float:
        return self.now

    def restart(self) -> None:
        self.session = EntrySession(self.played(), self.journal, self.journal.operations, "me", self.clock)
        self.told: list[frozenset[str]] = []
        self.session.listen(self.told.append)

    def rows(self, list_path: str) -> list[Row]:
        return self.session.report.lists[list_path].rows

    def pick(self, list_path: str, number: int) -> str | None:
        rows = self.rows(list_path)
        return rows[number % len(rows)].id if rows else None

    def place(self, data: st.DataObject) -> tuple[str, str]:
        """A path to answer, and the key of its possible answers."""
        places = [(path, path) for path in ("A.authority", "A.date", "A.goals")]
        for list_path in LISTS:
            places += [
                (f"{list_path}/{row.id}/{code}", code) for row in self.rows(list_path) for code in CODES
            ]
        return data.draw(st.sampled_from(places))

    def answer(self, data: st.DataObject) -> tuple[str, Any]:
        path, key = self.place(data)
        plain = data.draw(st.sampled_from(ANSWERS[key]))
        return path, read_value(self.session.report.question(path).type, plain)

    # What a person does

    @rule(seconds=st.sampled_from([0.2, 2.0, 400.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(data=st.data(), times=st.integers(1, 3))
    def type(self, data: st.DataObject, times: int) -> None:
        path, key = self.place(data)
        field_type = self.session.report.question(path).type
        for _time in range(times):
            self.now += 0.2
            self.session.type(path, read_value(field_type, data.draw(st.sampled_from(ANSWERS[key]))))

    @rule()
    def leave(self) -> None:
        self.session.leave()
        assert self.session.open_path is None
        assert self.journal.open_edits == []

    @rule(data=st.data())
    def set_value(self, data: st.DataObject) -> None:
        path, value = self.answer(data)
        self.session.set_value(path, value)
        assert self.session.report.value(path) == value

    @rule(data=st.data())
    def set_values(self, data: st.DataObject) -> None:
        self.session.set_values(dict(self.answer(data) for _number in range(3)))

    @rule(path=st.sampled_from([*LISTS, "A.authority"]), state=STATES)
    def set_state(self, path: str, state: State | None) -> None:
        self.session.set_state(path, state)

    @rule(data=st.data(), state=STATES)
    def set_state_of_a_field(self, data: st.DataObject, state: State | None) -> None:
        path, _key = self.place(data)
        self.session.set_state(path, state)

    @rule(data=st.data(), confidential=st.booleans(), whole=st.booleans())
    def mark(self, data: st.DataObject, confidential: bool, whole: bool) -> None:
        path, _key = self.place(data)
        if whole and "/" in path:
            path = path.rpartition("/")[0]
        self.session.set_confidential(path, confidential)

    @rule(list_path=st.sampled_from(LISTS), count=st.integers(1, 3), number=st.none() | NUMBERS)
    def add_rows(self, list_path: str, count: int, number: int | None) -> None:
        after = None if number is None else self.pick(list_path, number)
        before = [row.id for row in self.rows(list_path)]
        values = [{}, {"goals": ("A.G1",)}, {}][:count]
        ids = self.session.add_rows(list_path, values, after)
        place = before.index(after) + 1 if after is not None else len(before)
        assert [row.id for row in self.rows(list_path)] == [*before[:place], *ids, *before[place:]]
        assert self.session.report.lists[list_path].state is None

    @rule(list_path=st.sampled_from(LISTS))
    def add_a_row_and_drop_it(self, list_path: str) -> None:
        self.session.leave()
        before = self.content()
        self.session.drop_blank_row(list_path, self.session.add_row(list_path))
        after = self.content()
        if after["lists"][list_path][0] == before["lists"][list_path][0]:
            assert after == before

    @rule(list_path=st.sampled_from(LISTS), number=NUMBERS)
    def drop_if_blank(self, list_path: str, number: int) -> None:
        row_id = self.pick(list_path, number)
        if row_id is not None:
            row = self.session.report.lists[list_path].row(row_id)
            assert row is not None
            self.session.drop_blank_row(list_path, row_id)
            is_there = self.session.report.lists[list_path].row(row_id) is not None
            assert is_there == bool(row.values or row.states)

    @rule(list_path=st.sampled_from(LISTS), number=NUMBERS)
    def duplicate(self, list_path: str, number: int) -> None:
        row_id = self.pick(list_path, number)
        if row_id is not None:
            copy = self.session.duplicate_row(list_path, row_id)
            row_list = self.session.report.lists[list_path]
            one, other = row_list.row(row_id), row_list.row(copy)
            assert one and other
            assert (one.values, one.states, one.confidential) == (
                other.values,
                other.states,
                other.confidential,
            )
            assert row_list.rows.index(other) == row_list.rows.index(one) + 1

    @rule(list_path=st.sampled_from(LISTS), numbers=st.lists(NUMBERS, max_size=3))
    def remove(self, list_path: str, numbers: list[int]) -> None:
        ids = [row_id for number in numbers if (row_id := self.pick(list_path, number)) is not None]
        self.session.remove_rows(list_path, ids)
        assert not {row.id for row in self.rows(list_path)} & set(ids)

    @rule(list_path=st.sampled_from(LISTS), number=NUMBERS)
    def restore(self, list_path: str, number: int) -> None:
        binned = list(self.session.report.lists[list_path].bin)
        if binned:
            row_id = binned[number % len(binned)]
            self.session.restore_row(list_path, row_id)
            assert self.session.report.lists[list_path].row(row_id) is not None
            assert self.session.report.lists[list_path].state is None

    @rule(list_path=st.sampled_from(LISTS), number=NUMBERS, index=st.integers(-1, 12))
    def move(self, list_path: str, number: int, index: int) -> None:
        row_id = self.pick(list_path, number)
        if row_id is not None:
            others = [row.id for row in self.rows(list_path) if row.id != row_id]
            self.session.move_row(list_path, row_id, index)
            place = max(0, min(index, len(others)))
            expected = [*others[:place], row_id, *others[place:]]
            assert [row.id for row in self.rows(list_path)] == expected

    @rule(number=NUMBERS, forth=st.booleans())
    def move_to_the_other_list(self, number: int, forth: bool) -> None:
        source, target = LISTS if forth else reversed(LISTS)
        row_id = self.pick(source, number)
        if row_id is not None:
            row = self.session.report.lists[source].row(row_id)
            assert row is not None
            fresh = self.session.move_row_to_list(source, row_id, target)
            moved = self.rows(target)[-1]
            assert (moved.id, moved.values, moved.states, moved.confidential) == (
                fresh,
                row.values,
                row.states,
                row.confidential,
            )
            assert self.session.report.lists[source].row(row_id) is None

    @rule()
    def dismiss_unplaced(self) -> None:
        for key in list(self.session.report.unplaced):
            self.session.dismiss_unplaced(key)
        assert not self.session.report.unplaced

    @rule()
    def undo(self) -> None:
        before, could = self.content(), self.session.can_undo
        paths = self.session.undo()
        assert bool(paths) is could
        if not could:
            assert self.content() == before
        elif self.session.can_redo:
            after = self.content()
            self.session.redo()
            assert self.content() == before
            self.session.undo()
            assert self.content() == after

    @rule()
    def redo(self) -> None:
        could = self.session.can_redo
        assert bool(self.session.redo()) is could

    @rule()
    def close_and_open_again(self) -> None:
        self.session.leave()
        before = self.content()
        self.restart()
        assert self.content() == before

    @precondition(lambda self: self.session.open_path is not None)
    @rule()
    def crash_and_open_again(self) -> None:
        """What was being typed is there, and is made an ordinary change, as a report file does it."""
        before = self.content()
        report = self.played()
        for edit in self.journal.open_edits:
            old = self.journal.play_log(report_of(FORM)).plain(edit.path)
            change = Change(edit.path, old, edit.value)
            self.journal.record(Operation(report.id, OperationKind.EDIT, (change,)))
        self.restart()
        assert self.content() == before

    # What always holds

    @invariant()
    def rows_stand_in_order_each_at_its_own_place(self) -> None:
        for row_list in self.session.report.lists.values():
            positions = [row.position for row in row_list.rows]
            assert positions == sorted(set(positions))
            ids = [row.id for row in row_list.rows]
            assert len({*ids, *row_list.bin}) == len(ids) + len(row_list.bin)

    @invariant()
    def the_problems_are_those_of_the_report(self) -> None:
        assert self.session.problems.problems() == check_report(self.session.report)

    @invariant()
    def the_journal_has_every_word(self) -> None:
        assert everything(self.played()) == everything(self.session.report)
        assert report_to_plain(self.played()) == report_to_plain(self.session.report)
        open_paths = [edit.path for edit in self.journal.open_edits]
        assert open_paths == ([self.session.open_path] if self.session.open_path else [])

    @invariant()
    def listeners_know_what_changed(self) -> None:
        assert all(self.told)

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        self.session.leave()
        self.all_the_way(redo=True)
        final = self.content()
        self.all_the_way(redo=False)
        assert self.content() == self.initial
        self.all_the_way(redo=True)
        assert self.content() == final
        assert as_people_see_it(everything(self.played())) == final
        self.journal.flush(0)
        assert self.journal.durability.is_saved

    def all_the_way(self, *, redo: bool) -> None:
        while self.session.can_redo if redo else self.session.can_undo:
            assert self.session.redo() if redo else self.session.undo()


TestEditing = Editing.TestCase
