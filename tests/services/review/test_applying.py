"""Bringing in what was chosen: one step, undone as one, the same whichever workbook comes first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.exchange.review.returned import (
    ReturnedEdit,
    ReturnedIdentity,
    ReturnedNote,
    ReturnedReview,
    ReturnedWorkbook,
)
from desktop_app.report.changes import OperationKind
from desktop_app.report.plain import report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.review import CommentStatus, needs_correction, open_counts, write_comment
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession, ReadOnlyError
from desktop_app.services.operation_words import step_words
from desktop_app.services.review import (
    NoCommentError,
    OtherReportError,
    ReadWorkbook,
    accept,
    answer,
    apply,
    comment,
    preview,
    refuse,
    set_status,
    threads,
    where,
)
from desktop_app.services.word_differences import word_differences
from tests.support.memory_journal import MemoryJournal
from tests.support.report_content import as_people_see_it, everything
from tests.support.reviewed import LIBRARY, Reviewed
from tests.support.workbooks import example, planned_action, report_of, row_id

ROW = f"T1.planned/{row_id(1)}"
DESCRIPTION = f"{ROW}/description"
GOAL = "T1.goals/T1.G1"


OFFICIAL = "Train the police in every district"


def small_report(description: str = OFFICIAL) -> Report:
    """A report with one planned action."""
    return report_of("ga-commitments", *planned_action(1, description=description))


def returned(
    report: Report,
    *,
    reviews: Sequence[ReturnedReview] = (),
    notes: Sequence[ReturnedNote] = (),
    edits: Sequence[ReturnedEdit] = (),
    name: str = "returned.xlsx",
) -> ReadWorkbook:
    """A workbook of the report with this in it."""
    identity = ReturnedIdentity(
        format=1,
        form_id=report.form.id,
        form_version=report.form.version,
        form_hash=report.form.hash,
        report=report.id,
        country=report.country,
        cycle=report.cycle,
    )
    sha256 = name.encode().hex()
    found = ReturnedWorkbook(identity, tuple(reviews), tuple(notes), (), tuple(edits), (), b"", sha256)
    return ReadWorkbook(name, b"the workbook " + name.encode(), found)


def review(key: str = ROW, comment: str = "Which budget?", **said: str) -> ReturnedReview:
    """What a reviewer wrote on a row."""
    return ReturnedReview(
        key=key,
        decision=said.get("decision"),
        comment=comment,
        question=said.get("question", ""),
        reviewer=said.get("reviewer", "Zoë"),
        date=said.get("date"),
        kind=said.get("kind", "official"),
        cell="Review!M3",
    )


def note(
    words: str, author: str = "Zoë", at: str = "", thread_of: str | None = None, id: str = ""
) -> ReturnedNote:
    """A note on the official words of the row."""
    return ReturnedNote("Review", ROW, "words", author, words, at, thread_of, "Review!H3", id)


def edit(official: str, found: str, path: str = DESCRIPTION, column: str = "description") -> ReturnedEdit:
    """A changed cell."""
    return ReturnedEdit(path, column, official, found, "Actions!G2")


def bring_in(report: Report, *workbooks: ReadWorkbook) -> EntrySession:
    """All of them, one after the other."""
    session = EntrySession(report, MemoryJournal(), who="Ana")
    for workbook in workbooks:
        held = preview(report, workbook, LIBRARY)
        apply(session, held, held.proposed(suggestions=True, rows=True))
    return session


# One step


def test_all_of_a_real_workbook_is_one_step(
    reviewed: Reviewed, report: Report, session: EntrySession, journal: MemoryJournal
) -> None:
    before, plain = everything(report), report_to_plain(report)
    reviewed.comment(3, "Which budget?", decision="correction", reviewer="Zoë")
    words = str(reviewed.cell("Actions", 2, "description").value)
    reviewed.write("Actions", 2, description=words.replace("investigation", "inquiry", 1))
    last = reviewed.sheet("Actions").max_row + 1
    reviewed.write(
        "Actions", last, section="T2", list="planned", description="Train every judge", goals="nine"
    )
    held = reviewed.held_for(report, "from Zoë.xlsx")
    done = apply(session, held, held.proposed(suggestions=True, rows=True))
    assert (done.comments, done.suggestions, done.rows) == (1, 1, 1)
    (operation,) = journal.operations
    assert operation.kind is OperationKind.COMMENT and operation.note == "from Zoë.xlsx"
    assert step_words(report, operation).startswith("Review brought in: from Zoë.xlsx")
    assert [document.content for _report, document in journal.documents] == [
        (reviewed.folder / "from Zoë.xlsx").read_bytes()
    ]
    assert needs_correction(report) and open_counts(report) == {"T1": 1, "T2": 1}
    assert report.lists["T2.planned"].rows[-1].values["description"] == Text.plain("Train every judge")
    session.undo()
    assert as_people_see_it(everything(report))["comments"] == before["comments"] == {}
    assert report_to_plain(report) == plain
    session.redo()
    assert len(report.comments) == 3


def test_only_what_was_chosen(report: Report, session: EntrySession) -> None:
    small = small_report()
    held = preview(small, returned(small, reviews=[review(), review(comment="Why?")]), LIBRARY)
    session = EntrySession(small, MemoryJournal())
    assert apply(session, held, [held.comments[1].id]).comments == 1
    assert [markup.read(each.words).plain_text() for each in small.comments.values()] == ["Why?"]
    assert apply(session, held, []).is_nothing


def test_nothing_chosen_is_no_step() -> None:
    report, journal = small_report(), MemoryJournal()
    held = preview(report, returned(report, reviews=[review()]), LIBRARY)
    assert apply(EntrySession(report, journal), held, []).is_nothing
    assert not journal.operations and not journal.documents


def test_a_report_that_is_only_read() -> None:
    report, journal = small_report(), MemoryJournal()
    held = preview(report, returned(report, reviews=[review()]), LIBRARY)
    with pytest.raises(ReadOnlyError, match="only read"):
        apply(EntrySession(report, journal, read_only="It is only read."), held, held.proposed())
    assert not journal.documents and not report.comments


def test_another_country_only_when_told() -> None:
    report = small_report()
    other = report_of("ga-commitments", country="NO")
    held = preview(report, returned(other, reviews=[review()]), LIBRARY)
    session = EntrySession(report, MemoryJournal())
    with pytest.raises(OtherReportError, match="The workbook is of Norway"):
        apply(session, held, held.proposed())
    assert not report.comments
    assert apply(session, held, held.proposed(), even_if_other=True).comments == 1


# Again, and in any order


def test_the_same_workbook_again() -> None:
    report = small_report()
    workbook = returned(report, reviews=[review()], edits=[edit(OFFICIAL, "Train")])
    session = bring_in(report, workbook)
    before = everything(report)
    held = preview(report, workbook, LIBRARY)
    assert not held.has_news and held.comments[0].is_known
    assert apply(session, held, {each.id for each in held.comments}).is_nothing
    assert everything(report) == before


REVIEWS = st.builds(
    review,
    key=st.sampled_from([ROW, GOAL, "T2.goals/T2.G1", "T9.gone/x"]),
    comment=st.sampled_from(["Which budget?", "Good", ""]),
    decision=st.sampled_from(["accepted", "correction"]),
    reviewer=st.sampled_from(["Zoë", "Ana"]),
    question=st.sampled_from(["", "Why?"]),
    date=st.sampled_from(["2014-03-01", "2014-03-02"]),
)
"""All with a day: without one a comment stands where it came in."""


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(REVIEWS, max_size=5), st.lists(REVIEWS, max_size=5))
def test_two_reviewers_in_either_order(one: list[ReturnedReview], other: list[ReturnedReview]) -> None:
    results = []
    for order in (("one", "other"), ("other", "one"), ("one", "other", "one", "other")):
        report = small_report()
        books = {
            "one": returned(report, reviews=one, name="one"),
            "other": returned(report, reviews=other, name="other"),
        }
        bring_in(report, *(books[name] for name in order))
        said = {key: {**write_comment(each), "source": None} for key, each in report.comments.items()}
        results.append((said, [thread.id for thread in threads(report)], open_counts(report)))
    assert results[0] == results[1] == results[2]


# Threads from Excel, and the country's answers


def test_a_thread_from_excel_stays_one() -> None:
    report = small_report()
    reply = note("It is in the annex", author="Ana", at="2014-03-02T09:00:00", thread_of="{1}", id="{2}")
    notes = [reply, note("Which budget?", at="2014-03-01T09:00:00", id="{1}")]
    bring_in(report, returned(report, notes=notes))
    (thread,) = threads(report, ROW)
    assert (thread.first.reviewer, thread.first.words, thread.first.date) == (
        "Zoë",
        "Which budget?",
        "2014-03-01",
    )
    assert [(each.reviewer, each.words) for _id, each in thread.answers] == [("Ana", "It is in the annex")]


def test_an_answer_and_what_becomes_of_the_thread() -> None:
    report = small_report()
    session = bring_in(report, returned(report, reviews=[review()]))
    (thread,) = threads(report)
    assert where(report, thread.first) == "Target 1, planned action 1"
    said = answer(session, thread.id, "In the annex.\nPage 3.")
    (thread,) = threads(report, ROW)
    assert (thread.status, thread.is_open) == (CommentStatus.ANSWERED, False)
    ((answer_id, answered),) = thread.answers
    assert (answer_id, answered.kind, answered.reviewer) == (said, "country", "Ana")
    assert markup.read(answered.words).plain_text() == "In the annex.\nPage 3."
    assert open_counts(report) == {}
    session.undo()
    assert threads(report)[0].is_open and not threads(report)[0].answers
    session.redo()
    set_status(session, said, "resolved")
    answer(session, said, "And page 4.")
    (thread,) = threads(report)
    assert thread.status == CommentStatus.RESOLVED and len(thread.answers) == 2
    set_status(session, thread.id, CommentStatus.OPEN)
    set_status(session, thread.id, CommentStatus.OPEN)
    assert threads(report)[0].is_open


def test_the_country_comments_on_its_own() -> None:
    report = small_report()
    session = EntrySession(report, MemoryJournal(), who="Ana")
    comment(session, GOAL, "This goal is for the next cycle.")
    (thread,) = threads(report, GOAL)
    assert thread.first.kind == "country" and open_counts(report) == {}


def test_no_words_and_no_comment() -> None:
    report = small_report()
    session = bring_in(report, returned(report, reviews=[review()]))
    with pytest.raises(NoCommentError, match="a comment needs words"):
        answer(session, next(iter(report.comments)), " \n")
    with pytest.raises(NoCommentError, match="no longer in the report"):
        answer(session, "gone", "Yes")
    with pytest.raises(NoCommentError, match="no longer in the report"):
        set_status(session, "gone", "open")


# Suggestions


def test_word_by_word() -> None:
    official = "Train the police in every district by 2013."
    report = small_report(official)
    workbook = returned(report, edits=[edit(official, "Train all police in each district by 2014.")])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert [(each.removed, each.inserted) for each in suggestion.hunks] == [
        ("the", "all"),
        ("every", "each"),
        ("2013", "2014"),
    ]
    session = EntrySession(report, MemoryJournal())
    assert accept(session, suggestion, {0, 2})
    assert report.value(DESCRIPTION) == Text.plain("Train all police in every district by 2014.")
    (kept,) = report.comments.values()
    assert kept.status == CommentStatus.RESOLVED and kept.about == ROW
    assert "Suggested wording, taken over in part:" in kept.words
    assert not preview(report, workbook, LIBRARY).open_suggestions
    assert not accept(session, suggestion)
    session.undo()
    assert report.value(DESCRIPTION) == Text.plain(official) and not report.comments


WORDS = st.lists(st.sampled_from(["a", "b", "cc", ",", "\n", "d"]), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_all_of_the_changes_make_the_suggestion(old: list[str], new: list[str]) -> None:
    report = small_report(markup.write(Text.plain(" ".join(old))) or "a")
    value = report.value(DESCRIPTION)
    if not isinstance(value, Text) or not "".join(new).strip():
        return
    workbook = returned(report, edits=[edit(value.plain_text(), " ".join(new))])
    for suggestion in preview(report, workbook, LIBRARY).suggestions:
        assert accept(EntrySession(report, MemoryJournal()), suggestion)
        assert report.value(DESCRIPTION) == Text.plain(" ".join(new))


def test_the_format_of_other_words_stays() -> None:
    report = small_report("<p>Train <b>the police</b> in:</p><ul><li><i>north</i></li><li>south</li></ul>")
    official = "Train the police in:\n• north\n• south"
    workbook = returned(report, edits=[edit(official, "Train the whole police in:\n• north\n• west")])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert suggestion.in_parts and not suggestion.obstacle
    assert accept(EntrySession(report, MemoryJournal()), suggestion)
    assert report.plain(DESCRIPTION) == (
        "<p>Train <b>the whole police</b> in:</p><ul><li><i>north</i></li><li>west</li></ul>"
    )


@pytest.mark.parametrize(
    ("description", "official", "found"),
    [
        ("Train<note>see 1</note> them", "Train[1] them\n\n[1] see 1", "Train[1] all of them\n\n[1] see 1"),
        ('<a href="https://example.org">Train</a> them', "Train (https://example.org) them", "Train them"),
        ("<ul><li>north</li></ul>", "• north", "• north\n• west"),
    ],
)
def test_what_would_lose_its_format_is_not_taken_over(description: str, official: str, found: str) -> None:
    report = small_report(description)
    workbook = returned(report, edits=[edit(official, found)])
    held = preview(report, workbook, LIBRARY)
    (suggestion,) = held.suggestions
    assert "has a list, link or footnote just there" in suggestion.obstacle
    assert suggestion.id not in held.proposed(suggestions=True) and held.conflicts
    session = EntrySession(report, MemoryJournal())
    assert apply(session, held, {suggestion.id}).kept_in_words == 1
    assert report.plain(DESCRIPTION) == description
    (kept,) = report.comments.values()
    assert kept.status == CommentStatus.OPEN and "Suggested wording:" in kept.words


def test_a_refusal_is_kept() -> None:
    report = small_report()
    workbook = returned(report, edits=[edit(OFFICIAL, "Train nobody")])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    session = EntrySession(report, MemoryJournal())
    refuse(session, suggestion)
    (kept,) = report.comments.values()
    assert markup.read(kept.words).plain_text() == (
        "Suggested wording, not taken over:\nTrain nobody\nInstead of: Train the police in every district"
    )
    assert kept.status == CommentStatus.RESOLVED
    held = preview(report, workbook, LIBRARY)
    assert held.suggestions[0].is_known and not held.has_news
    refuse(session, suggestion)
    assert len(report.comments) == 1


def test_words_changed_since() -> None:
    report = small_report("Train the police in every town")
    workbook = returned(report, edits=[edit(OFFICIAL, "Train all police")])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert (suggestion.obstacle, suggestion.is_stale) == ("", True)
    assert suggestion.told[-1].startswith("The words of the report were changed since the workbook was made.")
    assert (suggestion.official, suggestion.now) == (
        "Train the police in every district",
        "Train the police in every town",
    )
    held = preview(report, workbook, LIBRARY)
    assert held.proposed(suggestions=True) == frozenset()
    [conflict] = held.conflicts
    assert "were changed since" in conflict


def test_of_words_changed_since_a_part_can_be_taken_over() -> None:
    report = small_report("Train the police in every town")
    workbook = returned(report, edits=[edit(OFFICIAL, "Train all police in every district")])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert suggestion.pieces == tuple(word_differences(suggestion.now, suggestion.found))
    session = EntrySession(report, MemoryJournal())
    assert accept(session, suggestion, [0])
    assert report.value(DESCRIPTION) == Text.plain("Train all police in every town")


CHANGED_SINCE = "The answer was changed in the report since the workbook was made"


def test_a_timeframe_changed_since_is_still_suggested() -> None:
    report = report_of(
        "ga-commitments", *planned_action(1, description="Train", timeframe={"text": "2015", "edtf": "2015"})
    )
    path = f"{ROW}/timeframe"
    workbook = returned(report, edits=[edit("2013", "By June 2014", path, "timeframe")])
    held = preview(report, workbook, LIBRARY)
    (suggestion,) = held.suggestions
    assert (suggestion.obstacle, suggestion.is_stale, suggestion.now) == ("", True, "2015")
    assert suggestion.told[-1].startswith(f"{CHANGED_SINCE}, so this suggestion comes from an older version.")
    assert suggestion.pieces == tuple(word_differences("2015", "By June 2014"))
    assert held.proposed(suggestions=True) == frozenset()
    assert any("older version" in each for each in held.conflicts)
    session = EntrySession(report, MemoryJournal())
    assert accept(session, suggestion)
    assert report.plain(path)["text"] == "By June 2014"
    session.undo()
    assert report.plain(path)["text"] == "2015"


@pytest.mark.parametrize(
    ("sent", "now", "found", "wanted"),
    [
        ("T2.G1", None, "T2.G1; T2.G2", ("T2.G2",)),
        ("T2.G1; T2.G2", ["T2.G2"], "T2.G1", None),
        ("T2.G1", ["T2.G1", "T2.G2"], "Goal 2.2", ("T2.G2",)),
    ],
)
def test_of_options_changed_since_only_what_the_reviewer_changed_changes(
    sent: str, now: list[str] | None, found: str, wanted: tuple[str, ...] | None
) -> None:
    row = f"T2.planned/{row_id(1)}"
    report = report_of(
        "ga-commitments", (row, {"position": 1024}), *([(f"{row}/goals", now)] if now is not None else [])
    )
    workbook = returned(report, edits=[edit(sent, found, f"{row}/goals", "goals")])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert suggestion.is_stale and not suggestion.obstacle
    assert suggestion.value == wanted
    assert suggestion.outcome == "; ".join(wanted or ())


def test_options_that_are_so_by_now_are_no_suggestion() -> None:
    row = f"T2.planned/{row_id(1)}"
    report = report_of("ga-commitments", (row, {"position": 1024}), (f"{row}/goals", ["T2.G2"]))
    for found in ("T2.G1; T2.G2", ""):
        edits = [edit("T2.G1", found, f"{row}/goals", "goals")]
        assert not preview(report, returned(report, edits=edits), LIBRARY).suggestions


def test_what_was_emptied_since_can_be_answered_again() -> None:
    report = report_of("ga-commitments", *planned_action(1, description="Train"))
    workbook = returned(report, edits=[edit("2013", "2014", f"{ROW}/timeframe", "timeframe")])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert suggestion.is_stale and suggestion.now == "" and suggestion.value is not None


def test_what_was_changed_since_and_cannot_be_read_is_left_and_said() -> None:
    report = report_of("ga-commitments", *planned_action(1, description="Train", goals=["T1.G1"]))
    workbook = returned(report, edits=[edit("T1.G2", "Goal nine", f"{ROW}/goals", "goals")])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert suggestion.obstacle.startswith(f"{CHANGED_SINCE}. This cannot be an answer to the question:")
    session = EntrySession(report, MemoryJournal())
    assert not accept(session, suggestion)
    [kept] = report.comments.values()
    assert "Goal nine" in kept.words and report.plain(f"{ROW}/goals") == ["T1.G1"]


def test_a_goal_that_was_switched_is_a_suggestion() -> None:
    report = report_of("ga-commitments", ("T2.goals", ["T2.G1"]))
    switched = [
        ReturnedEdit("T2.goals/T2.G1", "chosen", "yes", "no", "Review!Q9", label="Goal chosen"),
        ReturnedEdit("T2.goals/T2.G2", "chosen", "no", "Yes", "Goals!F4", label="Chosen"),
        ReturnedEdit("T2.goals/T2.G2", "chosen", "no", "yes", "Review!Q10", label="Goal chosen"),
        ReturnedEdit("T1.goals/T1.G1", "chosen", "no", "perhaps", "Review!Q2", label="Goal chosen"),
    ]
    held = preview(report, returned(report, edits=switched), LIBRARY)
    assert [(each.where, each.value, bool(each.obstacle)) for each in held.suggestions] == [
        ("Target 1, Goal 1.1, Goal chosen", None, True),
        ("Target 2, Goal 2.1, Goal chosen", None, False),
        ("Target 2, Goal 2.2, Chosen", ("T2.G1", "T2.G2"), False),
    ]
    session = EntrySession(report, MemoryJournal())
    assert apply(session, held, held.proposed(suggestions=True)).suggestions == 2
    assert report.value("T2.goals") == ("T2.G2",)


def test_other_words_changed_to_the_same_ones_count_each() -> None:
    report = report_of("ga-commitments")
    made = [
        ReturnedEdit("T1.goals/T1.G1", code, official, "Other", f"Goals!{cell}", label=code)
        for code, official, cell in (("goal_short", "Goal 1.1", "D2"), ("goal_title", "Increase", "E2"))
    ]
    held = preview(report, returned(report, edits=made), LIBRARY)
    assert [each.official for each in held.suggestions] == ["Goal 1.1", "Increase"]


def test_changed_between_preview_and_acceptance() -> None:
    report = small_report()
    (suggestion,) = preview(report, returned(report, edits=[edit(OFFICIAL, "Train")]), LIBRARY).suggestions
    session = EntrySession(report, MemoryJournal())
    session.set_value(DESCRIPTION, Text.plain("Other words"))
    assert not accept(session, suggestion)
    assert report.value(DESCRIPTION) == Text.plain("Other words")


def test_answers_that_are_no_words() -> None:
    row = f"T2.planned/{row_id(1)}"
    frame = {"text": "2013", "edtf": "2013", "confirmed": True}
    report = report_of(
        "ga-commitments",
        (row, {"position": 1024}),
        (f"{row}/goals", ["T2.G1"]),
        (f"{row}/timeframe", frame),
    )
    edits = [
        edit("T2.G1", "t2.g2; T2.G1", f"{row}/goals", "goals"),
        edit("2013", "By June 2014", f"{row}/timeframe", "timeframe"),
    ]
    session = bring_in(report, returned(report, edits=edits))
    assert report.plain(f"{row}/goals") == ["T2.G2", "T2.G1"]
    timeframe = report.plain(f"{row}/timeframe")
    assert (timeframe["text"], timeframe["confirmed"]) == ("By June 2014", False)
    session.undo()
    assert report.plain(f"{row}/timeframe") == frame


@pytest.mark.parametrize(
    ("found", "column", "said"),
    [
        (
            "Goal nine",
            "goals",
            "This cannot be an answer to the question: “Goal nine” is none of",
        ),
        ("Goal nine", "goals_labels", "This cannot be an answer to the question: “Goal nine” is none of"),
    ],
)
def test_what_cannot_be_an_answer(found: str, column: str, said: str) -> None:
    report = report_of("ga-commitments", *planned_action(1, description="Train", goals=["T1.G1"]))
    official = "T1.G1" if column == "goals" else "Goal 1.1"
    workbook = returned(report, edits=[edit(official, found, f"{ROW}/goals", column)])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert suggestion.obstacle.startswith(said)


def test_an_entry_removed_since() -> None:
    report = small_report()
    workbook = returned(report, edits=[edit(OFFICIAL, "Train")])
    EntrySession(report, MemoryJournal()).remove_rows("T1.planned", [row_id(1)])
    (suggestion,) = preview(report, workbook, LIBRARY).suggestions
    assert suggestion.obstacle == "The entry was removed from the report since."


def test_a_confidential_entry_keeps_its_comments() -> None:
    report = small_report()
    session = EntrySession(report, MemoryJournal())
    session.set_confidential(ROW, True)
    held = preview(report, returned(report, reviews=[review()]), LIBRARY)
    apply(session, held, held.proposed())
    assert len(threads(report, ROW)) == 1


def test_a_workbook_too_large_to_be_kept() -> None:
    report, journal = small_report(), MemoryJournal()
    read = returned(report, reviews=[review()])
    large = ReadWorkbook(read.name, b"x" * (20 * 1024 * 1024 + 1), read.returned)
    held = preview(report, large, LIBRARY)
    assert "The workbook has more than 20 MB, so it is not kept with the report." in "".join(held.warnings)
    assert apply(EntrySession(report, journal), held, held.proposed()).comments == 1
    assert not journal.documents


def test_a_workbook_in_its_package(tmp_path: Path) -> None:
    from desktop_app.services.exporting import export_report
    from desktop_app.services.review import read_workbook

    package = export_report(example(), tmp_path).path
    read = read_workbook(package, LIBRARY)
    assert read.name == f"{package.stem}.xlsx" and read.content.startswith(b"PK")
    assert not preview(example(), read, LIBRARY).has_news
