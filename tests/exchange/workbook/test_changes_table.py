from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from desktop_app.exchange.workbook import WorkbookPlan, check_workbook, plan_workbook, workbook_bytes
from desktop_app.exchange.workbook.plan import Tone
from desktop_app.report.attachments import attached_path
from desktop_app.report.changes import Change
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from desktop_app.services.entry_session import EntrySession
from tests.support.memory_journal import MemoryJournal
from tests.support.small_form import filled_report
from tests.support.workbooks import example, planned_action, records, report_of, row_id


def planned(now: Report, before: Mapping[str, Any]) -> WorkbookPlan:
    return plan_workbook(now, canonical_bytes(report_to_plain(now)), before)


def changes(now: Report, before: Report | Mapping[str, Any]) -> list[dict[str, Any]]:
    plain = report_to_plain(before) if isinstance(before, Report) else before
    plan = planned(now, plain)
    data = workbook_bytes(plan)
    check_workbook(BytesIO(data), plan)
    return records(data, "Changes")


def one(found: list[dict[str, Any]]) -> dict[str, Any]:
    assert len(found) == 1, found
    return found[0]


def with_action(description: str, **more: Any) -> Report:
    return report_of("ga-commitments", *planned_action(1, description=description, **more))


def test_a_first_submission_has_no_sheet_of_changes() -> None:
    report = example()
    names = [sheet.name for sheet in plan_workbook(report, b"{}").sheets]
    assert "Changes" not in names
    assert "Changes" in [sheet.name for sheet in planned(report, report_to_plain(report)).sheets]


def test_nothing_changed_is_said() -> None:
    for report in (example(), filled_report()):
        found = one(changes(report, report))
        assert (found["Change: code"], found["Change"]) == ("none", "Nothing changed")


def test_a_changed_wording_is_marked_and_told_in_words() -> None:
    found = one(changes(with_action("Train all the police twice."), with_action("Train the police.")))
    assert (found["Reference"], found["Change: code"]) == ("T1.planned 1", "changed")
    assert found["Question or row"] == "Planned action 1, Description"
    assert found["What changed"] == "2 words put in"
    assert (found["Words before"], found["Words now"]) == ("Train the police.", "Train all the police twice.")
    assert found["Row id"] == row_id(1)


def test_what_came_is_underlined_and_what_went_is_struck_through() -> None:
    now, before = with_action("Train judges."), with_action("Train police.")
    sheet = planned(now, report_to_plain(before)).sheet("Changes")
    [column] = [
        column
        for column, name in (sheet.table.names if sheet.table else {}).items()
        if name.endswith(".marked")
    ]
    content = list(sheet.rows)[1].cells[column].content
    assert isinstance(content, tuple)
    tones = {piece.text.strip(): piece.tone for piece in content}
    assert tones["police"] is Tone.REMOVED
    assert tones["judges"] is Tone.ADDED


def test_only_the_formatting_changed() -> None:
    found = one(changes(with_action("Train <b>police</b>."), with_action("Train police.")))
    assert found["What changed"] == "The same words, with other formatting or details"
    assert found["Taken out struck through, put in underlined"] is None


def test_only_punctuation_changed() -> None:
    assert (
        one(changes(with_action("Train police!"), with_action("Train police.")))["What changed"]
        == "Punctuation"
    )


def test_rows_come_and_go_with_all_their_words() -> None:
    frame = {"text": "in 2014", "edtf": "2014"}
    full, empty = with_action("Train police.", timeframe=frame), report_of("ga-commitments")
    came, went = one(changes(full, empty)), one(changes(empty, full))
    assert (came["Change: code"], went["Change: code"]) == ("added", "removed")
    words = "Train police.\nTimeframe: in 2014\nin 2014, not confirmed"
    assert came["Words now"] == went["Words before"] == words
    assert came["Words before"] is went["Words now"] is None


def test_a_planned_action_that_is_undertaken_now_has_moved() -> None:
    path = f"T1.undertaken/{row_id(1)}"
    now = report_of(
        "ga-commitments", (path, {"position": 1024}), (f"{path}/description", "Police were trained.")
    )
    found = changes(now, with_action("Police are trained."))
    assert [each["Change: code"] for each in found] == ["moved", "changed"]
    assert found[0]["Words before"] == "Target 1, planned actions"
    assert found[0]["Words now"] == "Target 1, actions already undertaken"


def test_the_order_of_rows_is_no_change() -> None:
    first, second = planned_action(1, description="a"), planned_action(2, description="b")
    moved = [(path, {"position": 9_999} if path.endswith(row_id(1)) else value) for path, value in first]
    now = report_of("ga-commitments", *moved, *second)
    before = report_of("ga-commitments", *first, *second)
    assert one(changes(now, before))["Change: code"] == "none"


def test_states_goals_and_marks_are_changes_too() -> None:
    now = report_of(
        "ga-commitments",
        ("T1.undertaken#state", "no_action_taken"),
        ("T2.goals", ["T2.G1"]),
        ("cover.authority", "Ministry"),
        ("cover.authority#confidential", True),
    )
    found = {each["Reference"]: each for each in changes(now, report_of("ga-commitments"))}
    assert found["T1.undertaken"]["Words now"] == "No action taken."
    assert found["T2.goals"]["Words now"] == "Goal 2.1"
    assert found["cover.authority"]["Words now"] == "Ministry\nConfidential"


def test_answers_of_an_earlier_form_are_shown_though_it_asks_no_more() -> None:
    before = report_to_plain(report_of("ga-commitments"))
    before["answers"] = {"T9.old": "Words of old", "cover.date": {"odd": 1}}
    before["lists"] = {
        "T9.planned": {"state": None, "rows": [{"id": "r", "values": {"description": "Gone"}}]},
    }
    found = {each["Reference"]: each for each in changes(report_of("ga-commitments"), before)}
    assert found["T9.old"]["Words before"] == "Words of old"
    assert found["T9.old"]["Question or row"] == "Asked for by an earlier version of the form"
    assert found["T9.planned 1"]["Words before"] == "description: Gone"
    assert found["cover.date"]["Words before"] == '{"odd": 1}'


def test_every_type_of_answer_has_words_when_it_comes() -> None:
    full = filled_report()
    plain = report_to_plain(full)
    empty = {**plain, "answers": {}, "lists": {path: {"state": None, "rows": []} for path in full.lists}}
    found = changes(
        full, {key: value for key, value in empty.items() if key not in ("states", "confidential")}
    )
    assert {each["Change: code"] for each in found} == {"added"}
    assert all(each["Words now"] for each in found)


def test_words_without_a_place_come_and_go() -> None:
    before = report_to_plain(report_of("ga-commitments"))
    before["unplaced"] = {"x": {"text": "Kept words", "near": ""}}
    found = one(changes(report_of("ga-commitments"), before))
    assert (found["Question or row"], found["Words before"]) == ("Unplaced text", "Kept words")


def test_a_mark_that_is_set_or_taken_off_is_said_to_be_that_and_nothing_is_added() -> None:
    plain = with_action("Police are trained.")
    marked = report_of(
        "ga-commitments",
        *planned_action(1, description="Police are trained."),
        (f"T1.planned/{row_id(1)}#confidential", True),
        (f"T1.planned/{row_id(1)}/description#confidential", True),
    )
    for now, before, words in (
        (marked, plain, "Marked as confidential"),
        (plain, marked, "No longer confidential"),
    ):
        found = changes(now, before)
        assert [(each["Change: code"], each["What changed"]) for each in found] == [("changed", words)] * 2


def marks(now: Report, before: Report) -> list[list[tuple[str, Tone]]]:
    """The pieces of each record that say what went and came, without spaces alone."""
    sheet = planned(now, report_to_plain(before)).sheet("Changes")
    assert sheet.table is not None
    [column] = [column for column, name in sheet.table.names.items() if name.endswith(".marked")]
    contents = [row.cells[column].content for row in list(sheet.rows)[1:]]
    return [[(piece.text, piece.tone) for piece in each] for each in contents if isinstance(each, tuple)]


def test_all_that_came_and_went_stands_in_one_column() -> None:
    full, empty = with_action("Train police."), report_of("ga-commitments")
    assert marks(full, empty) == [[("Train police.", Tone.ADDED)]]
    assert marks(empty, full) == [[("Train police.", Tone.REMOVED)]]


def test_another_date_or_number_is_shown_whole() -> None:
    def dated(day: str) -> Report:
        return report_of("ga-commitments", ("cover.date", day))

    assert marks(dated("2014-01-02"), dated("2014-01-01")) == [
        [("2014-01-01", Tone.REMOVED), (" ", Tone.SAME), ("2014-01-02", Tone.ADDED)]
    ]
    assert one(changes(dated("2014-01-02"), dated("2014-01-01")))["What changed"] == "Another answer"


def test_the_wordings_before_and_now_stand_together_behind_what_changed() -> None:
    sheet = planned(with_action("Train judges."), report_to_plain(with_action("Train police."))).sheet(
        "Changes"
    )
    assert sheet.table is not None
    codes = [name.rpartition(".")[2] for name in sheet.table.names.values()]
    assert codes[:8] == [
        *("reference", "section_title", "place", "change_label", "marked", "what_changed"),
        *("old", "new"),
    ]
    # Side by side they say the same, and fit on one page.
    assert (sheet.page_ends, sheet.printed) == ((), 6)


def test_what_is_attached_stands_at_the_number_of_its_row() -> None:
    now = with_action("Train police.")
    file = {"path": f"T1.planned/{row_id(1)}", "name": "plan.pdf", "sha256": "a" * 64, "size": 10}
    now.apply(Change(attached_path(row_id(9)), None, file))
    assert one(changes(now, with_action("Train police.")))["Reference"] == "T1.planned 1"


def test_what_is_or_was_confidential_says_so_whatever_became_of_it() -> None:
    row = f"T1.planned/{row_id(1)}"
    file = (attached_path(row_id(9)), {"path": row, "name": "a.pdf", "sha256": "ab" * 32, "size": 12})
    held = [*planned_action(1, description="Train police."), file, (f"{row}#confidential", True)]
    full, empty = report_of("ga-commitments", *held), report_of("ga-commitments")
    for found in (changes(empty, full), changes(full, empty)):
        assert [each["Confidential"] for each in found] == ["Confidential", "Confidential"]
    other = report_of("ga-commitments", *held, (f"{row}/remark", "Soon."))
    assert one(changes(other, full))["Confidential"] == "Confidential"
    assert "Confidential" not in one(changes(with_action("a"), with_action("b")))


def moved_by_hand(*ways: tuple[str, str]) -> tuple[Report, Report]:
    """A report before and after its first planned action was moved, as a person moves it in the window."""
    before, session = example(), EntrySession(example(), MemoryJournal(), who="Ana")
    row = before.lists["T1.planned"].rows[0].id
    for source, target in ways:
        row = session.move_row_to_list(source, row, target)
    return before, session.report


def test_an_action_that_a_person_moved_is_told_as_moved() -> None:
    before, now = moved_by_hand(("T1.planned", "T1.undertaken"))
    found = one(changes(now, before))
    assert (found["Change"], found["Reference"]) == ("Moved to another list", "T1.undertaken 2")
    assert found["Words before"] == "Target 1, planned actions"


def test_so_is_one_that_was_moved_twice() -> None:
    before, now = moved_by_hand(("T1.planned", "T2.planned"), ("T2.planned", "T1.undertaken"))
    assert one(changes(now, before))["Change: code"] == "moved"


def test_an_action_that_was_moved_and_brought_back_is_where_it_was() -> None:
    before, now = moved_by_hand(("T1.planned", "T1.undertaken"), ("T1.undertaken", "T1.planned"))
    found = changes(now, before)
    assert [each["Change: code"] for each in found] == ["none"]
