"""Operations in words."""

from __future__ import annotations

import pytest

from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import State
from desktop_app.report.changes import OperationKind, new_id
from desktop_app.report.report import Report
from desktop_app.report.status import StatusStep
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.operation_words import kind_words, operation_words, step_words, what_words
from desktop_app.services.reports import form_library
from tests.support.memory_journal import MemoryJournal

LIST = "T1.planned"


@pytest.fixture(scope="module")
def library() -> FormLibrary:
    return form_library()


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def session(library: FormLibrary, journal: MemoryJournal) -> EntrySession:
    form = library.form("ga-commitments", "2013.1")
    return EntrySession(Report(new_id(), form, "AL", "2013", "en"), journal, who="Ana")


def last(session: EntrySession, journal: MemoryJournal) -> str:
    return step_words(session.report, journal.operations[-1])


def test_an_answer_is_named_with_its_question(session: EntrySession, journal: MemoryJournal) -> None:
    session.set_value("cover.authority", Text.plain("Ministry"))
    assert last(session, journal).startswith("Edited, Cover, ")


def test_steps_about_rows_name_their_list(session: EntrySession, journal: MemoryJournal) -> None:
    rows = session.add_rows(LIST, [{"description": Text.plain(words)} for words in ("one", "two")])
    assert last(session, journal) == "Added 2 entries, Target 1, planned actions"
    session.remove_rows(LIST, rows[:1])
    assert last(session, journal) == "Removed an entry, Target 1, planned actions"
    session.restore_row(LIST, rows[0])
    assert last(session, journal) == "Brought an entry back, Target 1, planned actions"
    session.duplicate_row(LIST, rows[0])
    assert last(session, journal) == "Duplicated an entry, Target 1, planned actions"
    session.move_row_to_list(LIST, rows[1], "T1.undertaken")
    assert last(session, journal) == "Moved an entry, Target 1"


def test_a_field_of_a_row_is_named_with_its_row(session: EntrySession, journal: MemoryJournal) -> None:
    row = session.add_row(LIST, {"description": Text.plain("one")})
    session.set_value(f"{LIST}/{row}/description", Text.plain("other words"))
    assert last(session, journal).startswith("Edited, Target 1, planned action 1, ")


def test_a_reason_for_an_empty_list(session: EntrySession, journal: MemoryJournal) -> None:
    session.set_state(LIST, State.NO_ACTION_TAKEN)
    assert last(session, journal) == "Changed why it is empty, Target 1, planned actions"


def test_what_spans_sections_counts_its_places(session: EntrySession) -> None:
    words = operation_words(session.report, OperationKind.REVERT, ["T1.goals", "T2.goals", "T2.goals#state"])
    assert words == "Brought back earlier words, 2 places"


def test_a_restore_point_has_its_name_and_no_place(session: EntrySession) -> None:
    words = operation_words(session.report, OperationKind.RESTORE_POINT, ["#note"], "Before the minister")
    assert words == "Restore point: Before the minister"


def test_what_was_removed_for_good_says_why(session: EntrySession) -> None:
    words = operation_words(session.report, OperationKind.PURGE, ["T1.goals", "#note"], "a name")
    assert words.startswith("Removed for good: a name, Target 1, ")


def test_each_step_of_the_way_has_its_words() -> None:
    paths = ["#status", "#step", "submission/2"]
    said = {step: what_words(OperationKind.STATUS, paths, "", step) for step in StatusStep}
    assert len(set(said.values())) == len(StatusStep)
    assert said[StatusStep.SUBMITTED] == "Submitted: submission 2"
    taken_back = what_words(OperationKind.STATUS, paths, "A page was missing", StatusStep.TAKEN_BACK)
    assert taken_back == "Submission 2 taken back: A page was missing"
    assert what_words(OperationKind.STATUS, paths, "", "of a later program") == "Changed the status"


@pytest.mark.parametrize("kind", list(OperationKind))
def test_every_kind_has_words(kind: OperationKind) -> None:
    assert kind_words(kind, 1, "x")
