from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from desktop_app.exchange.workbook import plan_workbook
from desktop_app.exchange.workbook.heights import one_line_width
from desktop_app.exchange.workbook.plan import Look, Page, SheetPlan, Tone, words_of
from desktop_app.exchange.workbook.styles import SHADES, STYLES
from desktop_app.formdef.model import Field, FieldType
from desktop_app.report.attachments import attached_path
from desktop_app.report.changes import Change
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from desktop_app.report.text import Text
from desktop_app.report.timeframe import Timeframe
from tests.support.small_form import empty_report, filled_report, small_form, with_field
from tests.support.workbooks import (
    example,
    example_workbook,
    plan_of,
    planned_action,
    records,
    report_of,
    row_id,
    written,
)


def words(sheet: SheetPlan) -> list[str]:
    return [words_of(cell.content) for _row, _column, cell in sheet.cells() if cell.content is not None]


def all_words(sheet: SheetPlan) -> str:
    return "\n".join(words(sheet))


def actions(*changes: tuple[str, Any]) -> list[dict[str, Any]]:
    return records(written(report_of("ga-commitments", *changes)), "Actions")


# Which sheets there are.


def test_the_sheets_stand_in_the_order_in_which_they_are_read() -> None:
    names = [sheet.name for sheet in plan_of(example()).sheets]
    assert names == [
        *("Cover", "T1", "T2", "T3", "T4"),
        *("Review", "Actions", "Goals", "Answers", "Lists", "Dictionary", "Codes", "_meta"),
    ]


def test_a_form_with_parts_has_a_sheet_for_each_top_section_and_one_for_its_kind_of_rows() -> None:
    plan = plan_of(report_of("mnr"))
    names = [sheet.name for sheet in plan.sheets]
    assert names[:7] == ["Cover", *(f"domain_{number}" for number in range(1, 7))]
    assert "Proofs" in names
    assert "Goals" not in names
    assert "Capability 4: Dedicated Law Enforcement" in words(plan.sheet("domain_2"))


def test_sheet_names_are_short_and_differ_in_more_than_case() -> None:
    base = small_form()
    cover, target = base.sections[0], base.sections[1]
    long = "a_very_long_code_of_a_section_with_words"
    sections = (cover, *(replace(target, code=code) for code in (long, f"{long}_2", "goals", "HISTORY")))
    form = replace(base, sections=sections, _sections={}, _lists={}, _fields={})
    names = [sheet.name for sheet in plan_of(empty_report(form)).sheets]
    assert all(len(name) <= 31 for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert "history" not in {name.casefold() for name in names}


def test_every_sheet_has_its_title_in_the_first_cell() -> None:
    plan = plan_of(example())
    assert words_of(plan.sheet("T2").rows[0].cells[1].content) == "Policy target No. 2"
    assert all(1 in sheet.rows[0].cells for sheet in plan.sheets)


def test_readable_sheets_are_upright_and_wide_tables_are_not() -> None:
    plan = plan_of(example())
    assert plan.sheet("T1").page is Page.PORTRAIT
    assert plan.sheet("Actions").page is Page.LANDSCAPE
    assert plan.sheet("Actions").page_ends == ()


# Nothing is lost.


def texts_of(report: Report) -> list[Text]:
    found = [value for value in report.answers.values() if isinstance(value, Text)]
    found += [
        value for *_place, row in report.rows() for value in row.values.values() if isinstance(value, Text)
    ]
    return found


@pytest.mark.parametrize("report", [example(), filled_report()], ids=["example", "every type"])
def test_every_text_stands_whole_in_a_readable_sheet(report: Report) -> None:
    plan = plan_of(report)
    readable = "\n".join(
        all_words(sheet) for sheet in plan.sheets if sheet.table is None and not sheet.hidden
    )
    for text in texts_of(report):
        assert text.plain_text() in readable


def test_every_text_stands_whole_in_a_flat_table() -> None:
    report = example()
    found = records(written(report), "Actions")
    wanted = [row.values["description"] for *_place, row in report.rows()]
    assert [record["Description"] for record in found] == [
        text.plain_text() for text in wanted if isinstance(text, Text)
    ]


def test_every_timeframe_keeps_its_own_words() -> None:
    report = example()
    plan = plan_of(report)
    frames = [
        value for *_p, row in report.rows() for value in row.values.values() if isinstance(value, Timeframe)
    ]
    assert frames
    assert all(frame.text in all_words(plan.sheet("Actions")) for frame in frames)
    assert "Till December 2013\nby 31 Dec 2013, not confirmed" in words(plan.sheet("T1"))


def test_a_confirmed_reading_says_no_more_than_itself() -> None:
    frame = {"text": "Till December 2013", "edtf": "../2013-12", "confirmed": True}
    plan = plan_of(report_of("ga-commitments", *planned_action(1, description="Train.", timeframe=frame)))
    assert "Till December 2013\nby 31 Dec 2013" in words(plan.sheet("T1"))
    frame = {"text": "In 2014", "edtf": "2014", "confirmed": True}
    plan = plan_of(report_of("ga-commitments", *planned_action(1, description="x", timeframe=frame)))
    assert "In 2014" in words(plan.sheet("T1"))


def test_a_long_answer_goes_on_in_further_rows_with_its_part_named() -> None:
    text = "".join(
        f"<p>{'A long sentence about the training of the police. ' * 12}</p>" for _paragraph in range(8)
    )
    plan = plan_of(report_of("ga-commitments", *planned_action(1, description=text)))
    sheet = plan.sheet("T1")
    marks = [part for part in words(sheet) if part.endswith(")") and "/" in part]
    count = len(marks)
    assert count > 1
    assert marks == [f"1\n(1/{count})", *(f"({number}/{count})" for number in range(2, count + 1))]
    assert all(row.height is None or row.height <= 409 for row in sheet.rows)


@pytest.mark.parametrize("paragraphs", [1, 4, 70, 300])
def test_which_part_of_how_many_a_row_is_stands_on_one_line(paragraphs: int) -> None:
    paragraph = f"<p>{'A long sentence about the training of the police. ' * 12}</p>"
    changes = planned_action(1, description=paragraph * paragraphs)
    sheet = plan_of(report_of("ga-commitments", *changes)).sheet("T1")
    [*_others, last] = [part for part in words(sheet) if part.endswith(")") and "/" in part] or ["1"]
    grey = replace(STYLES[Look.NUMBER], size=SHADES[Tone.QUIET].size or 0)
    assert sheet.widths[0] >= max(one_line_width(last, grey), 7)
    assert sheet.widths[0] < one_line_width(last, grey) + 1 or sheet.widths[0] == 7
    assert (last == "1") is (paragraphs == 1)


def test_a_text_too_long_for_a_cell_goes_on_in_further_columns() -> None:
    text = "One sentence more. " * 4000
    [record] = actions(*planned_action(1, description=text.strip()))
    parts = [record["Description"], record["Description (2)"], record["Description (3)"]]
    assert "".join(parts) == text.strip()
    assert all(len(part) <= 32_767 for part in parts)


def test_words_without_a_place_have_a_sheet() -> None:
    data = written(filled_report())
    assert records(data, "Unplaced") == [
        {"Reference": "unplaced/1", "Stood near": "T1", "Words": "Words of nobody"}
    ]


# States, goals, lists.


def test_an_empty_list_says_why_and_invents_no_action() -> None:
    plan = plan_of(example())
    assert "No action taken." in words(plan.sheet("T4"))
    data = example_workbook()
    assert not [each for each in records(data, "Actions") if each["Reference"].startswith("T4.undertaken")]
    [found] = [each for each in records(data, "Lists") if each["Reference"] == "T4.undertaken"]
    assert (found["Rows"], found["State: code"], found["State"]) == (0, "no_action_taken", "No action taken.")


def test_an_empty_list_without_a_reason_says_that_nobody_answered() -> None:
    assert "Not answered" in words(plan_of(report_of("ga-commitments")).sheet("T1"))


def test_goals_say_whether_they_were_chosen_and_what_serves_them() -> None:
    data = written(
        report_of(
            "ga-commitments",
            ("T1.goals", ["T1.G1"]),
            ("T1.victims_identified", {"2012": 5, "2013": 7}),
            *planned_action(1, description="a", goals=["T1.G1"]),
            *planned_action(2, description="b"),
        )
    )
    first, second = records(data, "Goals")[:2]
    assert first["Goal: code"] == "T1.G1"
    assert (first["Chosen"], second["Chosen"]) == ("yes", "no")
    assert first["Planned actions: serving this goal"] == 1
    unattached = "Planned actions: attached to no goal (at the first goal)"
    counts = {each["Goal: code"]: each[unattached] for each in records(data, "Goals")}
    assert [counts[f"{target}.G1"] for target in ("T1", "T2", "T3", "T4")] == [1, 0, 0, 0]
    assert sum(count is not None for count in counts.values()) == 4, "a sum would count some twice"
    assert (first["Victims identified 2012"], first["Victims identified 2013"]) == (5, 7)
    assert second["Victims identified 2012"] is None


def test_a_goal_shows_the_series_that_belongs_to_it() -> None:
    plan = plan_of(report_of("ga-commitments", ("T1.victims_identified", {"2012": 5})))
    found = words(plan.sheet("T1"))
    assert found[found.index("Goal 1.1: Victims identified") + 1] == "2012: 5"


def test_a_goal_is_chosen_in_the_column_of_goals_and_nothing_stands_under_the_heading_of_times() -> None:
    sheet = plan_of(
        report_of("ga-commitments", ("T2.goals", ["T2.G1"]), *planned_action(1, description="a"))
    ).sheet("T2")
    stand = {
        words_of(cell.content): column for _row, column, cell in sheet.cells() if cell.content is not None
    }
    beside = {told: column for told, column in stand.items() if told.startswith("Goal 2.")}
    assert beside == dict.fromkeys(("Goal 2.1\nChosen", "Goal 2.2\nNot chosen"), stand["Goals served"])


def test_parents_stand_on_every_record() -> None:
    path = f"capability_4.evidence/{row_id(1)}"
    report = report_of("mnr", (path, {"position": 1}), (f"{path}/description", "A law"))
    [record] = records(written(report), "Proofs")
    assert record["Part of: code"] == "domain_2"
    assert record["Part of"] == "Criminal Justice"
    assert record["Section: code"] == "capability_4"
    assert record["Reference"] == "capability_4.evidence 1"


def test_single_answers_have_a_table_answered_or_not() -> None:
    report = report_of("mnr", ("capability_1.phase", "maturity"), ("cover.date", "2016-03-01"))
    found = {each["Reference"]: each for each in records(written(report), "Answers")}
    assert found["capability_1.phase"]["Answer"] == "Maturity"
    assert found["capability_1.phase"]["Answer: codes"] == "maturity"
    assert found["capability_2.phase"]["Answer"] is None
    assert str(found["cover.date"]["From"]).startswith("2016-03-01")


def test_empty_supplements_are_left_out_of_readable_sheets() -> None:
    found = all_words(plan_of(example()).sheet("T1"))
    assert "Responsible authority" not in found
    filled = plan_of(report_of("ga-commitments", *planned_action(1, description="a", authority="Police")))
    assert "Responsible authority: Police" in words(filled.sheet("T1"))


# What is confidential.


def test_a_confidential_row_is_marked_in_both_kinds_of_sheets() -> None:
    changes = planned_action(1, description="a")
    changes.append((f"T1.planned/{row_id(1)}#confidential", True))
    plan = plan_of(report_of("ga-commitments", *changes))
    assert "Confidential" in words(plan.sheet("T1"))
    found = actions(*changes)[0]
    assert (found["Confidential: code"], found["Confidential"]) == ("row", "Confidential")
    codes = list(records(written(report_of("ga-commitments", *changes)), "Codes"))
    assert ("confidential", "row", "The whole row") in [tuple(each.values())[:3] for each in codes]
    assert plan.notices == ("1 answer marked confidential is in this package, marked as such.",)


def test_a_confidential_field_is_named() -> None:
    changes = planned_action(1, description="a", remark="b")
    changes.append((f"T1.planned/{row_id(1)}/remark#confidential", True))
    assert "Confidential: Remark" in words(plan_of(report_of("ga-commitments", *changes)).sheet("T1"))
    found = actions(*changes)[0]
    assert (found["Confidential: code"], found["Confidential"]) == ("remark", "Confidential: Remark")


def test_without_anything_confidential_no_column_takes_room_for_it() -> None:
    assert len(plan_of(example()).sheet("T1").widths) == 4
    for sheet in ("Review", "Actions"):
        assert "Confidential" not in records(written(example()), sheet)[0]


def test_a_file_of_a_confidential_row_is_marked_too() -> None:
    row = f"T1.planned/{row_id(1)}"
    file = {"path": row, "name": "plan.pdf", "sha256": "ab" * 32, "size": 12}
    changes = [*planned_action(1, description="a"), (attached_path(row_id(9)), file)]
    assert "Confidential" not in records(written(report_of("ga-commitments", *changes)), "Attachments")[0]
    changes.append((f"{row}#confidential", True))
    [found] = records(written(report_of("ga-commitments", *changes)), "Attachments")
    assert found["Confidential"] == "Confidential"


# The cover.


def test_the_cover_says_who_what_and_how_many() -> None:
    plan = plan_of(example())
    found = words(plan.sheet("Cover"))
    assert found[0] == "Global Alliance against Child Sexual Abuse Online"
    assert "Albania" in found
    assert "Commitments · Cycle 2013 · Draft" in found
    assert "10" in found
    links = [cell.sheet for *_place, cell in plan.sheet("Cover").cells() if cell.sheet]
    assert links == [sheet.name for sheet in plan.sheets[1:-1]]


def test_the_cover_warns_of_a_provisional_form() -> None:
    def warns(report: Report) -> bool:
        return any(cell.look is Look.WARNING for *_place, cell in plan_of(report).sheet("Cover").cells())

    assert warns(report_of("mnr"))
    assert not warns(example())


def test_the_note_that_belongs_to_a_name_stands_beside_it() -> None:
    plan = plan_of(report_of("ga-commitments", country="XK"))
    found = words(plan.sheet("Cover"))
    assert "Kosovo*" in found
    assert any(each.startswith("* This designation") for each in found)
    assert plan.printed.left == "Kosovo*"
    assert plan.printed.foot.startswith("* This designation")


# The sheets that explain the others.


def test_the_dictionary_names_every_column_of_every_table() -> None:
    data = example_workbook()
    explained = {(each["Sheet"], each["Column"]) for each in records(data, "Dictionary")}
    for sheet in ("Actions", "Goals", "Answers", "Lists"):
        assert {(sheet, label) for label in records(data, sheet)[0]} <= explained


def test_every_code_in_the_actions_has_words() -> None:
    data = example_workbook()
    known = {(each["List"], each["Code"]) for each in records(data, "Codes")}
    for record in records(data, "Actions"):
        assert ("sections", record["Section: code"]) in known
        assert ("lists", record["List: code"]) in known
        for code in (record["Goals served: codes"] or "").split("; "):
            assert not code or ("goals", code) in known
        assert not record["Timeframe: precision"] or ("precision", record["Timeframe: precision"]) in known


def test_headers_are_unique_whatever_the_labels_are() -> None:
    form = with_field(small_form(), Field("number", FieldType.TEXT, "action.description"))
    sheet = plan_of(filled_report_of(form)).sheet("Actions")
    heads = [words_of(cell.content).casefold() for cell in sheet.rows[0].cells.values()]
    assert len(set(heads)) == len(heads)


def test_a_question_called_like_a_column_of_ours_keeps_its_answers() -> None:
    report = filled_report_of(with_field(small_form(), Field("number", FieldType.TEXT, "action.number")))
    [[_section, row_list, row]] = list(report.rows())
    report.apply(Change(f"{row_list.definition.path}/{row.id}/number", None, "Law 9887"))
    [record] = records(written(report), "Actions")
    assert record["No."] == 1
    assert record["number"] == "Law 9887"


def filled_report_of(form: Any) -> Report:
    report = empty_report(form)
    path = f"T1.planned/{row_id(1)}"
    report.apply(Change(path, None, {"position": 1}))
    return report


# What the sender is told.


def test_characters_that_no_workbook_can_hold_are_told() -> None:
    report = report_of("ga-commitments", *planned_action(1, description="a"))
    report.lists["T1.planned"].rows[0].values["timeframe"] = Timeframe("by\x07 2013")
    plan = plan_of(report)
    assert plan.notices == (
        "Target 1, planned action 1, Timeframe: "
        "1 control character was taken out, which no workbook can hold.",
    )
    assert "by 2013" in words(plan.sheet("T1"))


@pytest.mark.parametrize(
    ("status", "submission", "label"),
    [
        ("draft", None, "Checksum of this draft"),
        ("ready", None, "Checksum of this draft"),
        ("submitted", 1, "Content checksum"),
    ],
)
def test_a_draft_s_checksum_is_not_called_as_the_one_to_sign(
    status: str, submission: int | None, label: str
) -> None:
    report = example()
    report.status = status
    answers = canonical_bytes(report_to_plain(report))
    cover = plan_workbook(report, answers, submission=submission).sheet("Cover")
    said = words(cover)
    assert said[said.index(label) + 1] == hashlib.sha256(answers).hexdigest()
