"""A report on its way: each step, what is frozen at it, and what undo does about it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from desktop_app.formdef.model import State
from desktop_app.report.changes import Change, OperationKind, UndoStacks, noting
from desktop_app.report.content import submission_bytes, submission_checksum
from desktop_app.report.paths import STEP_PATH
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from desktop_app.report.status import FrozenError, StatusStep
from desktop_app.report.submissions import TakenBack
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.runtime.half_characters import HalfCharacterError
from desktop_app.services.entry_session import EntrySession, ReadOnlyError
from desktop_app.services.review.talking import comment
from desktop_app.services.staged_report import NoReasonError, WrongStatusError
from tests.support.memory_journal import MemoryJournal
from tests.support.small_form import FIRST_ROW, filled_report

AUTHORITY = "cover.authority"
LIST = "T1.planned"
DESCRIPTION = f"{LIST}/{FIRST_ROW}/description"
TIMEFRAME = f"{LIST}/{FIRST_ROW}/timeframe"


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def session(journal: MemoryJournal) -> EntrySession:
    return EntrySession(filled_report(), journal, who="Ana")


def steps(journal: MemoryJournal) -> list[tuple[str, str]]:
    """The steps of the way in the log, each with its note."""
    return [
        (next(change.new for change in each.changes if change.path == STEP_PATH), each.note)
        for each in journal.operations
        if each.kind is OperationKind.STATUS
    ]


def played(journal: MemoryJournal) -> Report:
    """What the log makes of the report that the session began with."""
    report = filled_report()
    report.id = journal.operations[0].report
    return journal.play(report)


def test_the_way_of_a_report_is_in_its_log(session: EntrySession, journal: MemoryJournal) -> None:
    report, checksum = session.report, submission_checksum(session.report)
    session.mark_ready("For the minister")
    session.back_to_draft()
    session.approve("Signed today")
    submission = session.submit()
    assert report.status == "submitted"
    session.amend("As asked")
    session.submit()
    session.take_back("A page was missing")
    assert report.status == "draft"
    assert steps(journal) == [
        (StatusStep.READY, "For the minister"),
        (StatusStep.BACK_TO_DRAFT, ""),
        (StatusStep.APPROVED, f"Signed today · Content checksum {checksum}"),
        (StatusStep.SUBMITTED, ""),
        (StatusStep.AMENDED, "As asked"),
        (StatusStep.SUBMITTED, ""),
        (StatusStep.TAKEN_BACK, "A page was missing"),
    ]
    assert all(each.who == "Ana" for each in journal.operations)
    assert submission.checksum == checksum
    back = report.submissions["2"]
    assert back.amendment_of == 1
    assert back.taken_back == TakenBack("A page was missing", "Ana", journal.operations[-1].at)
    assert played(journal).submissions == report.submissions
    assert played(journal).status == "draft"


def test_what_is_submitted_is_handed_over_with_its_step(
    session: EntrySession, journal: MemoryJournal
) -> None:
    session.type(AUTHORITY, Text.plain("Ministry of Justice and of the Interior"))
    expected = submission_bytes(session.report)
    record = session.submit()
    ((operation, content),) = journal.submissions
    assert operation is journal.operations[-1]
    assert content.text.encode() == expected
    assert content.number == record.number == 1
    assert content.checksum == record.checksum == hashlib.sha256(expected).hexdigest()
    assert record.at == operation.at
    assert journal.open_edits == []
    assert submission_bytes(session.report) == expected


def test_what_was_worked_out_is_submitted_unless_the_report_has_changed(
    session: EntrySession, journal: MemoryJournal
) -> None:
    session.type(AUTHORITY, Text.plain("Ministry of Justice"))
    session.leave()
    steps = list(session.work_out())
    assert len(steps) > 1
    first = submission_bytes(session.report)
    assert session.submit().checksum == hashlib.sha256(first).hexdigest()
    session.take_back("Not yet")
    assert list(session.work_out())
    session.type(AUTHORITY, Text.plain("Ministry of the Interior"))
    second = submission_bytes(session.report)
    assert second != first
    session.submit()
    assert [content.text.encode() for _step, content in journal.submissions] == [first, second]


def test_working_out_ends_with_a_change(session: EntrySession) -> None:
    steps = session.work_out()
    next(steps)
    session.type(AUTHORITY, Text.plain("Ministry of Health"))
    assert list(steps) == []
    assert session.submit().checksum == submission_checksum(session.report)


def test_a_number_is_never_given_twice(session: EntrySession) -> None:
    numbers = []
    for _again in range(3):
        numbers.append(session.submit().number)
        session.take_back("Not yet")
    assert numbers == [1, 2, 3]
    assert [each.amendment_of for each in session.report.submissions.values()] == [None, None, None]
    assert all(each.taken_back for each in session.report.submissions.values())


def freeze_ready(session: EntrySession) -> None:
    session.mark_ready()


def freeze_approved(session: EntrySession) -> None:
    session.approve()


def freeze_submitted(session: EntrySession) -> None:
    session.submit()


FREEZES = [freeze_ready, freeze_approved, freeze_submitted]

EDITS: dict[str, Callable[[EntrySession], object]] = {
    "type": lambda session: session.type(AUTHORITY, Text.plain("Other")),
    "set": lambda session: session.set_value(AUTHORITY, Text.plain("Other")),
    "state": lambda session: session.set_state(AUTHORITY, State.NOT_AVAILABLE),
    "mark": lambda session: session.set_confidential("cover.date", True),
    "add": lambda session: session.add_row(LIST),
    "duplicate": lambda session: session.duplicate_row(LIST, FIRST_ROW),
    "remove": lambda session: session.remove_rows(LIST, [FIRST_ROW]),
    "move": lambda session: session.move_row(LIST, FIRST_ROW, 1),
    "move to list": lambda session: session.move_row_to_list(LIST, FIRST_ROW, "T2.planned"),
    "revert": lambda session: session.revert_value(AUTHORITY, "Before"),
    "purge": lambda session: session.remove_for_good([AUTHORITY], "a name"),
    "undo": lambda session: session.undo(),
    "redo": lambda session: session.redo(),
}


@pytest.mark.parametrize("freeze", FREEZES)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_nothing_of_a_frozen_report_changes_and_the_sentence_says_what_to_do(
    session: EntrySession,
    journal: MemoryJournal,
    freeze: Callable[[EntrySession], None],
    edit: Callable[[EntrySession], object],
) -> None:
    session.set_value(AUTHORITY, Text.plain("First"))
    session.set_value(AUTHORITY, Text.plain("Second"))
    session.undo()
    freeze(session)
    before, logged = submission_bytes(session.report), len(journal.operations)
    assert session.is_frozen
    with pytest.raises(FrozenError) as refusal:
        edit(session)
    assert refusal.value.sentence == session.frozen_words
    assert ("amendment" if session.report.status == "submitted" else "back to draft") in session.frozen_words
    assert submission_bytes(session.report) == before
    assert len(journal.operations) == logged
    assert not session.can_undo
    assert not session.can_redo


def test_a_blank_row_of_a_frozen_report_stays(session: EntrySession) -> None:
    row = session.add_row(LIST)
    session.mark_ready()
    with pytest.raises(FrozenError):
        session.drop_blank_row(LIST, row)
    assert session.report.lists[LIST].row(row) is not None


def test_comments_still_come_in_and_can_be_undone(session: EntrySession) -> None:
    session.submit()
    comment(session, DESCRIPTION, "Which budget?")
    assert len(session.report.comments) == 1
    assert session.can_undo
    session.undo()
    assert session.report.comments == {}
    session.redo()
    assert len(session.report.comments) == 1
    session.set_restore_point("As it was sent")
    said = Change(comment_path("x"), None, write_comment(ReviewComment(about="", words="Ok")))
    with pytest.raises(FrozenError):
        # What was chosen of a workbook: a comment, and a suggested wording with it.
        session.comment([said, Change(AUTHORITY, session.report.plain(AUTHORITY), "Suggested")])
    assert len(session.report.comments) == 1


def test_undo_never_goes_back_over_a_step_of_the_way(session: EntrySession, journal: MemoryJournal) -> None:
    session.set_value(AUTHORITY, Text.plain("First"))
    session.mark_ready()
    session.back_to_draft()
    assert not session.can_undo
    assert session.undo() == frozenset()
    session.set_value(AUTHORITY, Text.plain("Second"))
    session.undo()
    assert session.report.plain(AUTHORITY) == "First"
    again = UndoStacks.of_log(journal.operations)
    assert (again.done, len(again.undone)) == ([], 1)


def test_what_is_being_typed_is_a_change_before_the_report_is_frozen(
    session: EntrySession, journal: MemoryJournal
) -> None:
    session.type(AUTHORITY, Text.plain("Being typed"))
    session.mark_ready()
    assert [each.kind for each in journal.operations] == [OperationKind.EDIT, OperationKind.STATUS]
    assert played(journal).plain(AUTHORITY) == "Being typed"


@pytest.mark.parametrize(
    ("status", "step", "words"),
    [
        ("draft", lambda session: session.back_to_draft(), "is a draft"),
        ("draft", lambda session: session.take_back("Why"), "is a draft"),
        ("draft", lambda session: session.amend(), "is a draft"),
        ("ready", lambda session: session.mark_ready(), "marked as ready"),
        ("ready", lambda session: session.amend(), "marked as ready"),
        ("approved", lambda session: session.approve(), "is approved"),
        ("approved", lambda session: session.mark_ready(), "is approved"),
        ("submitted", lambda session: session.back_to_draft(), "Open an amendment"),
        ("submitted", lambda session: session.approve(), "Open an amendment"),
        ("submitted", lambda session: session.submit(), "Open an amendment"),
        ("archived", lambda session: session.amend(), "newer version"),
    ],
)
def test_a_step_that_does_not_lead_on_says_what_does(
    session: EntrySession,
    journal: MemoryJournal,
    status: str,
    step: Callable[[EntrySession], object],
    words: str,
) -> None:
    session.report.status = status
    with pytest.raises(WrongStatusError, match=words):
        step(session)
    assert session.report.status == status
    assert journal.operations == []


def test_taking_back_needs_a_reason_and_a_submission(session: EntrySession) -> None:
    session.report.status = "submitted"
    with pytest.raises(NoReasonError, match="Say why"):
        session.take_back("  ")
    with pytest.raises(WrongStatusError, match="brought in as submitted"):
        session.take_back("Why")
    session.amend()
    assert session.report.status == "draft"


def test_what_can_only_be_read_takes_no_step(journal: MemoryJournal) -> None:
    session = EntrySession(filled_report(), journal, read_only="Somebody else has it open.")
    for step in (session.mark_ready, session.approve, session.submit):
        with pytest.raises(ReadOnlyError, match="Somebody else"):
            step()
    assert journal.operations == []


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("draft", lambda session, words: session.mark_ready(words)),
        ("draft", lambda session, words: session.approve(words)),
        ("ready", lambda session, words: session.back_to_draft(words)),
        ("submitted", lambda session, words: session.take_back(words)),
        ("submitted", lambda session, words: session.amend(words)),
        ("draft", lambda session, words: session.set_restore_point(words)),
        ("draft", lambda session, words: session.remove_for_good([AUTHORITY], words)),
        ("draft", lambda session, words: session.type(TIMEFRAME, Timeframe(words))),
        ("draft", lambda session, words: session.set_value(TIMEFRAME, Timeframe(words))),
        ("draft", lambda session, words: session.add_row(LIST, {"timeframe": Timeframe(words)})),
        ("draft", lambda session, words: session.keep_accepted([noting("why")], words)),
    ],
)
def test_half_a_character_is_refused_and_nothing_is_changed(
    session: EntrySession,
    journal: MemoryJournal,
    status: str,
    step: Callable[[EntrySession, str], object],
) -> None:
    if status == "submitted":
        session.submit()
    elif status == "ready":
        session.mark_ready()
    before, known = report_to_plain(session.report), len(journal.operations)
    with pytest.raises(HalfCharacterError, match="only half there"):
        step(session, "half \udcff of it")
    assert (report_to_plain(session.report), len(journal.operations)) == (before, known)
    assert session.open_path is None
    assert session.report.status == status


def test_a_name_with_half_a_character_signs_nothing(journal: MemoryJournal) -> None:
    session = EntrySession(filled_report(), journal, who="A\udcffa")
    with pytest.raises(HalfCharacterError):
        session.submit()
    assert (session.report.status, journal.operations) == ("draft", [])
