"""The same workbook once more, after somebody went on in it: threads that grew, and were resolved."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.exchange.review.returned import ReturnedNote
from desktop_app.report.changes import Change
from desktop_app.report.review import CommentStatus, ReviewComment, comment_path, write_comment
from desktop_app.services.review import apply, preview, set_status, threads
from desktop_app.services.review.comments import id_of
from tests.services.review.test_applying import ROW, bring_in, note, returned, small_report
from tests.support.reviewed import LIBRARY

FIRST = note("Which budget?", at="2014-03-01T09:00:00", id="{1}")
REPLY = note("It is in the annex", author="Ana", at="2014-03-02T09:00:00", thread_of="{1}", id="{2}")
LATER = note("Thank you", at="2014-03-05T09:00:00", thread_of="{1}", id="{3}")


def resolved(*notes: ReturnedNote) -> list[ReturnedNote]:
    """As Excel has them: with its first comment all of the thread is done."""
    return [replace(each, resolved=True) for each in notes]


def test_a_thread_that_was_resolved_since_is_the_same_thread() -> None:
    report = small_report()
    session = bring_in(report, returned(report, notes=[FIRST, REPLY], name="one.xlsx"))
    later = returned(report, notes=resolved(FIRST, REPLY, LATER), name="two.xlsx")
    held = preview(report, later, LIBRARY)
    assert [(each.is_known, each.settles) for each in held.comments] == [
        (False, True),
        (True, False),
        (False, False),
    ]
    assert held.comments[0].told == ("It is in the report already, and was resolved in the workbook since.",)
    assert apply(session, held, held.proposed()).comments == 2
    (thread,) = threads(report, ROW)
    assert thread.status == CommentStatus.RESOLVED
    assert [each.words for _id, each in thread.answers] == ["It is in the annex", "Thank you"]
    assert not preview(report, later, LIBRARY).has_news
    session.undo()
    assert threads(report, ROW)[0].is_open


def test_a_thread_that_the_country_opened_again_stays_open() -> None:
    report = small_report()
    workbook = returned(report, notes=resolved(FIRST))
    session = bring_in(report, workbook)
    (thread,) = threads(report, ROW)
    assert thread.status == CommentStatus.RESOLVED
    set_status(session, thread.id, CommentStatus.OPEN)
    assert not preview(report, workbook, LIBRARY).has_news


def test_a_comment_that_came_in_resolved_before_is_known() -> None:
    """Its id said so once."""
    report = small_report()
    said = {"answers": None, "at": FIRST.at, "date": "2014-03-01", "kind": None, "reviewer": "Zoë"}
    before = id_of(ROW, FIRST.words, *said.values(), "resolved")
    comment = ReviewComment(ROW, words=FIRST.words, reviewer="Zoë", status="resolved")
    report.apply(Change(comment_path(before), None, write_comment(comment)))
    (known,) = preview(report, returned(report, notes=resolved(FIRST)), LIBRARY).comments
    assert (known.id, known.is_known, known.settles) == (before, True, False)
