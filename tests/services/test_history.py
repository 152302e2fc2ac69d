"""What was: the moments of a report, the versions of a place, and what lies between two moments."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.formdef.model import State
from desktop_app.report.changes import Operation, OperationKind
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.runtime.errors import DeskError
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.history import (
    Difference,
    Moment,
    compare,
    content_at,
    moments,
    restore_points,
    versions_of,
)
from desktop_app.storage.errors import DamagedFileError, NoSuchReportError
from desktop_app.storage.report_file import ReportFile
from tests.support.into_the_file import IntoTheFile
from tests.support.memory_journal import MemoryJournal
from tests.support.report_content import as_people_see_it, everything
from tests.support.report_files import make_file
from tests.support.small_form import FIRST_ROW, SECOND_ROW, filled_report, small_form

AUTHORITY = "cover.authority"
PLANNED = "T1.planned"
FIRST, SECOND = f"{PLANNED}/{FIRST_ROW}", f"{PLANNED}/{SECOND_ROW}"


class Desk:
    """A person who works in a file that stays open."""

    def __init__(self, file: ReportFile) -> None:
        self.file = file
        report = file.load(1, small_form())
        self.session = EntrySession(report, IntoTheFile(file), file.operations(report.id), "Ana")

    @property
    def report(self) -> Report:
        return self.session.report

    @property
    def id(self) -> str:
        return self.session.report.id

    def say(self, path: str, words: str | None) -> None:
        self.session.set_value(path, None if words is None else Text.plain(words))

    def compare(self, first: int | None, second: int | None = None) -> list[Difference]:
        return compare(self.file, self.id, first, second)

    @property
    def now(self) -> int:
        return moments(self.file, self.id)[0].seq


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    path = make_file(tmp_path / "albania.adesk", filled_report())
    with ReportFile.open(path, "write") as file:
        # Another report of the same form, whose places have the same names.
        other = filled_report()
        file.add_report(other)
        file.record(Operation(other.id, OperationKind.RESTORE_POINT, ()))
        yield Desk(file)


def kinds(found: list[Moment]) -> list[str]:
    return [str(moment.kind) for moment in found]


# Moments and versions


def test_moments_are_the_operations_of_one_report_newest_first(desk: Desk) -> None:
    desk.say(AUTHORITY, "Police")
    desk.session.remove_rows(PLANNED, [FIRST_ROW])
    found = moments(desk.file, desk.id)
    assert kinds(found) == ["remove", "edit", "create"]
    assert found[0].paths == (FIRST,)
    assert (found[1].who, found[1].sitting, found[1].note) == ("Ana", desk.session.sitting, "")
    assert found[1].seq < found[0].seq
    assert found[1].at.endswith("Z")
    assert {AUTHORITY, "#status", f"{FIRST}/description"} <= set(found[2].paths)


def test_a_restore_point_has_a_name_and_touches_nothing(desk: Desk) -> None:
    desk.session.set_restore_point("before the minister's changes")
    desk.say(AUTHORITY, "Police")
    desk.session.set_restore_point("after them")
    found = restore_points(desk.file, desk.id)
    assert [(moment.note, moment.paths) for moment in found] == [
        ("after them", ()),
        ("before the minister's changes", ()),
    ]
    assert desk.file.verify_chain() == []


def test_versions_of_an_answer(desk: Desk) -> None:
    for words in ("Police", "Police and courts", None):
        desk.say(AUTHORITY, words)
    desk.session.undo()
    found = versions_of(desk.file, desk.id, AUTHORITY)
    assert [version.value for version in found] == [
        "Police and courts",
        None,
        "Police and courts",
        "Police",
        "Ministry of Justice",
    ]
    assert kinds([version.moment for version in found]) == ["undo", "edit", "edit", "edit", "create"]
    assert all(version.moment.paths == (AUTHORITY,) for version in found)
    assert not any(version.is_purged for version in found)


def test_versions_of_a_field_of_a_row_and_of_the_row_as_a_whole(desk: Desk) -> None:
    desk.say(f"{SECOND}/description", "Train judges")
    desk.session.remove_rows(PLANNED, [SECOND_ROW])
    desk.session.restore_row(PLANNED, SECOND_ROW)
    assert [version.value for version in versions_of(desk.file, desk.id, f"{SECOND}/description")] == [
        "Train judges",
        "= not a formula",
    ]
    row = versions_of(desk.file, desk.id, SECOND)
    assert [version.value for version in row] == [{"position": 2048}, None, {"position": 2048}]
    assert kinds([version.moment for version in row]) == ["restore", "remove", "create"]


def test_versions_of_a_list_state_and_of_a_mark(desk: Desk) -> None:
    desk.session.set_state("T2.undertaken", None)
    desk.session.set_confidential(f"{FIRST}/budget", True)
    desk.session.set_confidential(f"{FIRST}/budget", False)
    states = versions_of(desk.file, desk.id, "T2.undertaken#state")
    assert [version.value for version in states] == [None, "no_action_taken"]
    marks = versions_of(desk.file, desk.id, f"{FIRST}/budget#confidential")
    assert [version.value for version in marks] == [None, True]


def test_a_place_nobody_touched_has_no_versions(desk: Desk) -> None:
    assert versions_of(desk.file, desk.id, "T2.planned#state") == []


def test_a_change_to_the_same_value_is_no_version(desk: Desk) -> None:
    desk.session.type(AUTHORITY, Text.plain("Polic"))
    desk.session.type(AUTHORITY, Text.plain("Ministry of Justice"))
    desk.session.leave()
    assert kinds(moments(desk.file, desk.id)) == ["edit", "create"]
    assert [version.value for version in versions_of(desk.file, desk.id, AUTHORITY)] == [
        "Ministry of Justice"
    ]


def test_a_report_that_is_not_there_has_no_history(desk: Desk) -> None:
    with pytest.raises(NoSuchReportError):
        moments(desk.file, "other")
    with pytest.raises(NoSuchReportError):
        versions_of(desk.file, "other", AUTHORITY)
    with pytest.raises(NoSuchReportError):
        compare(desk.file, "other", 1)
    with pytest.raises(NoSuchReportError):
        content_at(desk.file, "other", None)


# Comparing


def test_nothing_differs_from_now(desk: Desk) -> None:
    assert desk.compare(None) == []
    assert desk.compare(desk.now) == []


def test_compare_tells_answers_states_marks_and_properties(desk: Desk) -> None:
    before = desk.now
    desk.say(AUTHORITY, "Police")
    desk.session.set_state("T2.undertaken", None)
    desk.session.set_confidential(FIRST, True)
    desk.session.dismiss_unplaced("1")
    assert desk.compare(before) == [
        Difference(f"{FIRST}#confidential", None, True),
        Difference("T2.undertaken#state", "no_action_taken", None),
        Difference(AUTHORITY, "Ministry of Justice", "Police"),
        Difference("unplaced/1", {"text": "Words of nobody", "near": "T1"}, None),
    ]


def test_compare_tells_rows_with_all_they_hold(desk: Desk) -> None:
    before = desk.now
    added = desk.session.add_row(PLANNED, {"description": Text.plain("New")}, after=FIRST_ROW)
    desk.session.remove_rows(PLANNED, [SECOND_ROW])
    position = desk.report.plain(f"{PLANNED}/{added}")
    assert desk.compare(before) == [
        Difference(f"{PLANNED}/{added}", None, position),
        Difference(f"{PLANNED}/{added}/description", None, "New"),
        Difference(SECOND, {"position": 2048}, None),
        Difference(f"{SECOND}#confidential", True, None),
        Difference(f"{SECOND}/description", "= not a formula", None),
        Difference(f"{SECOND}/timeframe#state", "not_applicable", None),
    ]


def test_compare_goes_in_both_directions_and_leaves_out_what_was_taken_back(desk: Desk) -> None:
    first = desk.now
    desk.say(AUTHORITY, "Police")
    second = desk.now
    desk.session.undo()
    assert desk.compare(first) == []
    assert desk.compare(second, first) == [Difference(AUTHORITY, "Police", "Ministry of Justice")]


def test_compare_with_before_the_beginning_tells_everything(desk: Desk) -> None:
    paths = {difference.path for difference in desk.compare(0)}
    assert {AUTHORITY, "#status", FIRST, f"{FIRST}/law"} <= paths
    assert all(difference.before is None for difference in desk.compare(0))


def test_content_at_a_moment_leaves_out_the_bin(desk: Desk) -> None:
    before = content_at(desk.file, desk.id, None)
    assert before[AUTHORITY] == "Ministry of Justice"
    assert before[SECOND] == {"position": 2048}
    desk.session.remove_rows(PLANNED, [SECOND_ROW])
    now = content_at(desk.file, desk.id, None)
    assert not any(path.startswith(SECOND) for path in now)
    assert content_at(desk.file, desk.id, 1) == before


def test_a_damaged_history_is_not_shown_as_if_it_were_sound(desk: Desk, tmp_path: Path) -> None:
    """A text that is not where the log says it is."""
    import sqlite3

    desk.say(AUTHORITY, "Police")
    desk.file.close()
    path = tmp_path / "albania.adesk"
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "UPDATE changes SET old_salt = zeroblob(16) WHERE old_salt NOT NULL AND old IS NULL"
        )
    connection.close()
    with ReportFile.open(path, "read") as file, pytest.raises(DamagedFileError):
        versions_of(file, file.reports()[0].id, AUTHORITY)


# Going back


def test_a_value_goes_back_as_one_step(desk: Desk) -> None:
    desk.say(AUTHORITY, "Police")
    old = versions_of(desk.file, desk.id, AUTHORITY)[1]
    desk.session.revert_value(AUTHORITY, old.value)
    assert desk.report.plain(AUTHORITY) == "Ministry of Justice"
    assert kinds(moments(desk.file, desk.id))[0] == "revert"
    desk.session.undo()
    assert desk.report.plain(AUTHORITY) == "Police"


def test_a_value_that_comes_back_ends_the_state_that_said_why_there_was_none(desk: Desk) -> None:
    desk.say(AUTHORITY, None)
    desk.session.set_state(AUTHORITY, State.NOT_AVAILABLE)
    desk.session.revert_value(AUTHORITY, "Ministry of Justice")
    assert desk.report.plain(f"{AUTHORITY}#state") is None
    desk.session.undo()
    assert desk.report.plain(f"{AUTHORITY}#state") == "not_available"
    assert desk.report.plain(AUTHORITY) is None


def test_a_value_that_is_there_already_is_no_step(desk: Desk) -> None:
    desk.session.revert_value(AUTHORITY, "Ministry of Justice")
    assert kinds(moments(desk.file, desk.id)) == ["create"]


def test_what_does_not_fit_the_question_does_not_go_back(desk: Desk) -> None:
    before = everything(desk.report)
    with pytest.raises(DeskError):
        desk.session.revert_value(f"{FIRST}/budget", "many")
    assert everything(desk.report) == before


def test_the_whole_report_goes_back_as_one_step(desk: Desk) -> None:
    then, point = everything(desk.report), desk.now
    added = desk.session.add_row(PLANNED, {"description": Text.plain("New")}, after=FIRST_ROW)
    desk.session.remove_rows(PLANNED, [SECOND_ROW])
    desk.session.move_row(PLANNED, FIRST_ROW, 5)
    desk.say(AUTHORITY, None)
    desk.session.set_state(AUTHORITY, State.NOT_AVAILABLE)
    desk.session.set_state("T1.undertaken", State.NO_ACTION_TAKEN)
    desk.session.set_confidential(f"{FIRST}/budget", True)
    desk.session.dismiss_unplaced("1")
    now = everything(desk.report)
    assert desk.session.revert(desk.compare(point), "the beginning") == []
    assert desk.report.lists[PLANNED].bin.keys() == {added}
    assert desk.report.plain(f"{PLANNED}/{added}/description") == "New"
    lists = as_people_see_it(everything(desk.report))
    lists["lists"][PLANNED][2].clear()
    assert lists == as_people_see_it(then)
    newest = moments(desk.file, desk.id)[0]
    assert (newest.kind, newest.note) == (OperationKind.REVERT, "the beginning")
    desk.session.undo()
    assert everything(desk.report) == now
    desk.session.redo()
    assert desk.compare(point) == []
    assert everything(desk.file.load(1, small_form())) == everything(desk.report)


def test_going_back_leaves_the_status_alone(desk: Desk) -> None:
    differences = [Difference("#status", "draft", "submitted"), Difference("#language", "en", "sq")]
    assert desk.session.revert([*differences, Difference("#cycle", "2012", "2013")]) == []
    assert (desk.report.status, desk.report.language, desk.report.cycle) == ("draft", "en", "2012")


def test_going_back_tells_what_the_form_has_no_place_for(desk: Desk) -> None:
    differences = [
        Difference("cover.gone", "Words", None),
        Difference("T9.planned/r1", {"position": 1}, None),
        Difference(f"{FIRST}/gone", "Words", None),
        Difference("cover.gone#state", "not_available", None),
        Difference(f"{FIRST}/budget", "many", 12.5),
        Difference(f"{PLANNED}/never/description", "Words", None),
        Difference(AUTHORITY, "Police", "Ministry of Justice"),
    ]
    assert desk.session.revert(differences) == [difference.path for difference in differences[:-1]]
    assert desk.report.plain(AUTHORITY) == "Police"


def test_going_back_to_now_is_no_step(desk: Desk) -> None:
    assert desk.session.revert([], "now") == []
    assert kinds(moments(desk.file, desk.id)) == ["create"]


# Undo beside all that


def test_a_restore_point_is_no_step_and_forgets_none(desk: Desk) -> None:
    desk.say(AUTHORITY, "Police")
    desk.say(AUTHORITY, "Police and courts")
    desk.session.undo()
    desk.session.set_restore_point("now")
    assert desk.session.can_redo
    desk.session.redo()
    desk.session.undo()
    desk.session.undo()
    assert desk.report.plain(AUTHORITY) == "Ministry of Justice"
    assert not desk.session.can_undo
    again = EntrySession(desk.report, MemoryJournal(), desk.file.operations(desk.id))
    assert not again.can_undo
    assert again.can_redo


def random_step(desk: Desk, chance: random.Random) -> None:
    """One thing a person may do."""
    session, lists = desk.session, [PLANNED, "T1.undertaken", "T2.planned"]
    list_path = chance.choice(lists)
    rows = [row.id for row in desk.report.lists[list_path].rows]
    match chance.randrange(9):
        case 0:
            desk.say(AUTHORITY, chance.choice(["Police", "Courts", None]))
        case 1:
            session.add_rows(list_path, [{"description": Text.plain(f"Row {chance.random()}")}] * 2)
        case 2 if rows:
            session.remove_rows(list_path, [chance.choice(rows)])
        case 3 if desk.report.lists[list_path].bin:
            session.restore_row(list_path, chance.choice(sorted(desk.report.lists[list_path].bin)))
        case 4 if rows:
            session.move_row(list_path, chance.choice(rows), chance.randrange(len(rows)))
        case 5 if rows:
            desk.say(f"{list_path}/{chance.choice(rows)}/description", chance.choice(["x", "y" * 600, None]))
        case 6 if rows:
            session.set_confidential(f"{list_path}/{chance.choice(rows)}", chance.random() < 0.5)
        case 7:
            session.undo()
        case 8 if not rows:
            session.set_state(list_path, chance.choice([None, State.NO_ACTION_TAKEN]))


def shown(report: Report) -> dict[str, object]:
    """The content by path, asked of the report in memory."""
    places = ["#status", "#language", "#cycle", *(f"unplaced/{key}" for key in report.unplaced)]
    for path in report.form.field_paths():
        places += [path, f"{path}#state", f"{path}#confidential"]
    for path, row_list in report.lists.items():
        places += [f"{path}#state", f"{path}#confidential"]
        for row in row_list.rows:
            places += [f"{path}/{row.id}", f"{path}/{row.id}#confidential"]
            for question in row_list.definition.row.fields:
                place = f"{path}/{row.id}/{question.code}"
                places += [place, f"{place}#state", f"{place}#confidential"]
    found = {place: report.plain(place) for place in places}
    return {place: plain for place, plain in found.items() if plain is not None}


@pytest.mark.parametrize("seed", range(5))
def test_every_moment_can_be_looked_at_compared_and_gone_back_to(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    seen = {desk.now: shown(desk.report)}
    for _step in range(40):
        random_step(desk, chance)
        seen[desk.now] = shown(desk.report)
    for seq, expected in seen.items():
        assert content_at(desk.file, desk.id, seq) == expected
    for _pair in range(20):
        one, other = chance.choice(list(seen)), chance.choice(list(seen))
        expected = {
            path: (seen[one].get(path), seen[other].get(path))
            for path in seen[one].keys() | seen[other].keys()
            if seen[one].get(path) != seen[other].get(path)
        }
        found = desk.compare(one, other)
        assert {each.path: (each.before, each.after) for each in found} == expected
    for _round in range(5):
        seq, before = chance.choice(list(seen)), everything(desk.report)
        desk.session.revert(desk.compare(seq))
        assert shown(desk.report) == seen[seq]
        assert desk.file.verify_chain() == []
        if everything(desk.report) != before:
            desk.session.undo()
        assert as_people_see_it(everything(desk.report)) == as_people_see_it(before)
