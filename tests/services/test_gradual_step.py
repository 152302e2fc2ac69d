"""Many changes of one step, made little by little: all of them are recorded, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.report.changes import Change, OperationKind
from desktop_app.report.report import Report, UnknownPlaceError
from desktop_app.report.review import ReviewComment, comment_path, write_comment
from desktop_app.report.status import FrozenError
from desktop_app.report.text.model import Text
from desktop_app.runtime.half_characters import HalfCharacterError
from desktop_app.services.demo import fresh_example
from desktop_app.services.entry_session import EntrySession, ReadOnlyError
from desktop_app.services.gradual_report import MANY
from desktop_app.services.open_report import open_report
from desktop_app.services.reports import form_library, read_report
from desktop_app.services.review import NewComment, ReviewPreview, bring_in
from tests.support.memory_journal import MemoryJournal

GOAL = "T1.goals/T1.G1"


def held(count: int, words: str = "Comment {number}") -> ReviewPreview:
    """A workbook with so many comments."""
    comments = [
        NewComment(str(number), GOAL, ReviewComment(GOAL, words=words.format(number=number)))
        for number in range(count)
    ]
    return ReviewPreview(comments=tuple(comments), name="back.xlsx")


def ids(count: int) -> set[str]:
    return {str(number) for number in range(count)}


def test_nothing_is_recorded_before_all_of_it_is_made(session: EntrySession, journal: MemoryJournal) -> None:
    told: list[frozenset[str]] = []
    session.listen(told.append)
    bringing = bring_in(session, held(5), ids(5))
    while bringing.step.done < 3:
        next(bringing.step.steps)
    assert (bringing.step.total, len(session.report.comments)) == (5, 3)
    assert not journal.operations and not told and not session.can_undo
    bringing.step.finish()
    [operation] = journal.operations
    assert operation.kind is OperationKind.COMMENT and operation.note == "back.xlsx"
    assert len(session.report.comments) == bringing.applied.comments == 5
    assert len(told) == 1 and bringing.step.is_over
    session.undo()
    assert not session.report.comments
    session.redo()
    assert len(session.report.comments) == 5


@pytest.mark.parametrize("made", [0, 1, 4])
def test_given_up_it_leaves_nothing(session: EntrySession, journal: MemoryJournal, made: int) -> None:
    step = bring_in(session, held(5), ids(5)).step
    next(step.steps)
    while step.done < made:
        next(step.steps)
    step.give_up()
    step.finish()
    assert step.is_over and step.failure is None and step.done == 0
    assert not session.report.comments and not journal.operations
    bring_in(session, held(5), ids(5)).step.finish()
    assert len(session.report.comments) == 5


def test_what_is_typed_meanwhile_comes_behind_it(session: EntrySession, journal: MemoryJournal) -> None:
    step = bring_in(session, held(5), ids(5)).step
    while step.done < 2:
        next(step.steps)
    session.set_value("cover.authority", Text.plain("Ministry of Justice"))
    assert [each.kind for each in journal.operations] == [OperationKind.COMMENT, OperationKind.EDIT]
    assert step.is_over and len(session.report.comments) == 5
    assert next(step.steps, "over") == "over"


def test_typing_letter_by_letter_waits_for_it_too(session: EntrySession, journal: MemoryJournal) -> None:
    step = bring_in(session, held(5), ids(5)).step
    next(step.steps)
    session.type("cover.authority", Text.plain("M"))
    assert [each.kind for each in journal.operations] == [OperationKind.COMMENT]
    assert step.is_over


def test_what_cannot_be_kept_leaves_nothing_and_says_why(
    session: EntrySession, journal: MemoryJournal
) -> None:
    step = bring_in(session, held(3, "Half \ud800 a character"), ids(3)).step
    step.finish()
    assert isinstance(step.failure, HalfCharacterError)
    assert not session.report.comments and not journal.operations


def test_answers_of_a_frozen_report_stay(session: EntrySession, journal: MemoryJournal) -> None:
    session.mark_ready()
    change = Change("cover.authority", session.report.plain("cover.authority"), "Another ministry")

    def planned() -> Iterator[Change | None]:
        yield Change(comment_path("1"), None, write_comment(ReviewComment(GOAL, words="Why?")))
        yield change

    step = session.comment_gradually(planned())
    step.finish()
    assert isinstance(step.failure, FrozenError)
    assert session.report.plain("cover.authority") == change.old and not session.report.comments


def test_what_cannot_be_planned_to_the_end_leaves_nothing_and_says_why(
    session: EntrySession, journal: MemoryJournal
) -> None:
    def planned() -> Iterator[Change | None]:
        yield Change(comment_path("1"), None, write_comment(ReviewComment(GOAL, words="Why?")))
        raise UnknownPlaceError("T9.gone")

    step = session.comment_gradually(planned())
    step.finish()
    assert step.is_over and not step.is_made
    assert isinstance(step.failure, UnknownPlaceError)
    assert not session.report.comments and not journal.operations


def test_a_report_that_is_only_read_takes_nothing(report: Report, journal: MemoryJournal) -> None:
    session = EntrySession(report, journal, read_only="It is read-only.")
    with pytest.raises(ReadOnlyError):
        bring_in(session, held(1), ids(1))


def test_a_program_that_ends_in_between_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """The file is looked at from outside, as after a kill."""
    path = fresh_example(tmp_path)
    opened = open_report(path, form_library(), who="Ana")
    try:
        step = bring_in(opened.session, held(200), ids(200)).step
        while step.done < 150:
            next(step.steps)
        assert opened.journal.flush(30)
        assert not read_report(path).comments
        step.finish()
        assert opened.journal.flush(30)
        assert len(read_report(path).comments) == 200
    finally:
        opened.close()


def test_a_long_step_is_taken_back_and_made_again_little_by_little(
    session: EntrySession, journal: MemoryJournal
) -> None:
    assert session.retrace_gradually(backwards=True) is None
    bring_in(session, held(MANY), ids(MANY)).step.finish()
    back = session.retrace_gradually(backwards=True)
    assert back is not None
    while back.done < 10:
        next(back.steps)
    # The note with the name of the workbook is a change of the step as well.
    assert len(session.report.comments) == MANY - 9
    assert len(journal.operations) == 1 and session.can_undo
    # Whatever else is done comes behind all of it.
    session.set_value("cover.authority", Text.plain("Interior"))
    assert not session.report.comments and back.is_made
    assert [operation.kind for operation in journal.operations][1:] == [
        OperationKind.UNDO,
        OperationKind.EDIT,
    ]
    session.undo()
    bring_in(session, held(MANY, "Again {number}"), ids(MANY)).step.finish()
    session.undo()
    again = session.retrace_gradually(backwards=False)
    assert again is not None
    again.finish()
    assert len(session.report.comments) == MANY and not session.can_redo
    again = session.retrace_gradually(backwards=True)
    assert again is not None
    next(again.steps)
    again.give_up()
    again.finish()
    assert len(session.report.comments) == MANY and not again.is_made and session.can_undo


def test_what_is_typed_is_the_step_before_a_long_one(session: EntrySession) -> None:
    bring_in(session, held(MANY), ids(MANY)).step.finish()
    session.type("cover.authority", Text.plain("Interior"))
    assert session.retrace_gradually(backwards=True) is None
    session.undo()
    assert len(session.report.comments) == MANY
