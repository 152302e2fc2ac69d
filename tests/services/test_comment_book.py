from __future__ import annotations

from desktop_app.report.changes import Change
from desktop_app.report.report import Report
from desktop_app.report.review import asks_correction, comment_path, read_comment, waits, write_comment
from desktop_app.services.comment_book import CommentBook
from tests.support.workbooks import example, planned_action, report_of, row_id

FIRST, SECOND = f"T1.planned/{row_id(1)}", f"T1.planned/{row_id(2)}"


def report_with_rows() -> Report:
    rows = [*planned_action(1, description="One"), *planned_action(2, description="Two")]
    return report_of("ga-commitments", ("T1.goals", ["T1.G1"]), *rows)


def say(report: Report, book: CommentBook, comment_id: str, about: str, **said: str) -> None:
    path = comment_path(comment_id)
    comment = read_comment({"about": about, **said})
    report.apply(Change(path, report.plain(path), write_comment(comment)))
    book.check_again([path])


def test_a_report_without_comments_has_none_anywhere() -> None:
    report = example()
    book = CommentBook(report)
    assert book.within("T1.goals") == book.of_section("T1") == ()
    assert book.open_of_section("T1") == 0
    assert not book.needs_correction
    assert book.next_thread("T1", None, waits) is None


def test_what_is_said_of_a_field_or_goal_counts_where_it_belongs() -> None:
    report = report_with_rows()
    book = CommentBook(report)
    say(report, book, "a", f"{FIRST}/timeframe", words="When?")
    say(report, book, "b", "T1.goals/T1.G1", words="Why?")
    assert [thread.id for thread in book.within(FIRST)] == ["a"]
    assert [thread.id for thread in book.within("T1.planned")] == ["a"]
    assert [thread.id for thread in book.within("T1.goals")] == ["b"]
    assert book.within(SECOND) == ()
    assert book.open_of_section("T1") == 2


def test_answered_resolved_and_own_comments_wait_for_nobody() -> None:
    report = report_with_rows()
    book = CommentBook(report)
    for number, said in enumerate(
        [{"status": "answered"}, {"status": "resolved"}, {"kind": "country"}, {"status": "from the future"}]
    ):
        say(report, book, str(number), FIRST, words="Words", **said)
    assert book.open_of_section("T1") == 1
    assert len(book.within(FIRST)) == 4


def test_the_section_has_its_threads_in_its_own_order() -> None:
    report = report_with_rows()
    book = CommentBook(report)
    for comment_id, about in (
        ("row 2", SECOND),
        ("row 1", FIRST),
        ("goal", "T1.goals/T1.G1"),
        ("section", "T1"),
        ("field of row 1", f"{FIRST}/timeframe"),
    ):
        say(report, book, comment_id, about, words="Words")
    found = [thread.id for thread in book.of_section("T1")]
    assert found == ["section", "goal", "row 1", "field of row 1", "row 2"]
    report.apply(Change(SECOND, {"position": 2048}, {"position": 1}))
    book.check_again([SECOND])
    assert [thread.id for thread in book.of_section("T1")][2] == "row 2"


def test_what_is_about_the_whole_report_or_nothing_known_stands_in_the_first_section() -> None:
    report = report_with_rows()
    book = CommentBook(report)
    say(report, book, "whole", "", words="Thank you")
    say(report, book, "gone", "T9.planned/1", words="Old")
    assert {thread.id for thread in book.of_section("cover")} == {"whole", "gone"}


def test_the_next_thread_goes_through_the_report_and_round() -> None:
    report = report_with_rows()
    book = CommentBook(report)
    for comment_id, about in (("cover", ""), ("target", "T1"), ("one", FIRST), ("late", "T3")):
        say(report, book, comment_id, about, words="Words")
    place: tuple[str, str | None] = ("cover", None)
    met = []
    for _step in range(5):
        thread = book.next_thread(*place, waits)
        assert thread is not None
        met.append(thread.id)
        place = book.section_of(thread.first.about), thread.first.about
    assert met == ["cover", "target", "one", "late", "cover"]


def test_a_correction_is_asked_for_until_it_is_resolved() -> None:
    report = report_with_rows()
    book = CommentBook(report)
    say(report, book, "a", FIRST, words="Wrong year", decision="correction", kind="internal")
    assert not book.needs_correction
    for status, needed in (("open", True), ("answered", True), ("resolved", False)):
        say(report, book, "b", FIRST, words="Wrong year", decision="correction", status=status)
        assert book.needs_correction is needed
        assert any(map(asks_correction, book.within(FIRST))) is needed


def test_a_comment_on_a_row_in_the_bin_comes_last() -> None:
    report = report_with_rows()
    book = CommentBook(report)
    say(report, book, "a", FIRST, words="Words")
    say(report, book, "b", SECOND, words="Words")
    report.apply(Change(FIRST, {"position": 1024}, None))
    book.check_again([FIRST])
    assert [thread.id for thread in book.of_section("T1")] == ["b", "a"]


def test_the_thread_of_a_comment_is_found_by_its_place() -> None:
    report = report_with_rows()
    book = CommentBook(report)
    say(report, book, "a", FIRST, words="When?")
    say(report, book, "b", FIRST, words="Soon", kind="country", answers="a")
    for path in ("comment/a", "comment/b"):
        thread = book.thread_at(path)
        assert thread is not None and thread.id == "a"
    assert book.thread_at(FIRST) is book.thread_at("comment/c") is None
