from __future__ import annotations

import datetime
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from lxml import etree

from desktop_app.exchange.workbook import check_workbook, plan_workbook, workbook_bytes
from desktop_app.exchange.workbook.naming import span
from desktop_app.exchange.workbook.paper import ACROSS
from desktop_app.exchange.workbook.plan import SheetPlan, Typing, Validation, words_of
from desktop_app.exchange.workbook.read_back import compare
from desktop_app.exchange.workbook.review_table import OPEN_COLUMNS, READ_ONLY_COLUMNS
from desktop_app.report.changes import Change
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from tests.support.workbooks import (
    MAIN,
    example,
    example_workbook,
    opened,
    plan_of,
    planned_action,
    records,
    report_of,
    row_id,
    written,
)


def review(report: Report) -> list[dict[str, Any]]:
    return records(written(report), "Review")


def columns(plan_sheet: SheetPlan) -> dict[str, int]:
    """The columns of the sheet by the codes of their hidden names."""
    assert plan_sheet.table is not None
    return {name.removeprefix("col.Review."): column for column, name in plan_sheet.table.names.items()}


def test_every_goal_and_every_row_has_a_record_in_the_working_order() -> None:
    report = example()
    keys = []
    for section in report.form.walk():
        keys += [f"{section.code}.goals/{goal.code}" for goal in section.goals]
        for entry in section.lists:
            keys += [f"{entry.path}/{row.id}" for row in report.lists[entry.path].rows]
    for section in report.form.walk():
        keys += [section.field_path(each) for each in section.fields if not each.respondent]
    keys += [path for path, row_list in report.lists.items() if not row_list.rows]
    assert [record["Key: do not change"] for record in review(report)] == keys
    assert len(keys) > 30


def test_goals_are_there_whether_chosen_or_not() -> None:
    found = review(report_of("ga-commitments", ("T2.goals", ["T2.G2"])))
    assert [(record["Reference"], record["Goal chosen"]) for record in found][:3] == [
        ("T1.G1", "no"),
        ("T2.G1", "no"),
        ("T2.G2", "yes"),
    ]


def test_a_row_says_what_it_is_where_it_stands_and_by_when() -> None:
    values = {
        "description": "Train <b>police</b>.",
        "timeframe": {"text": "Till May 2014", "edtf": "../2014-05"},
        "goals": ["T1.G1"],
    }
    [record] = [
        each
        for each in review(report_of("ga-commitments", *planned_action(1, **values)))
        if each["Timeframe"]
    ]
    assert record["Key: do not change"] == f"T1.planned/{row_id(1)}"
    assert (record["Kind: code"], record["Kind"], record["No."]) == ("planned", "Planned action", 1)
    assert (record["Section: code"], record["Section"]) == ("T1", "Target 1")
    assert (record["Official words"], record["Timeframe"]) == ("Train police.", "Till May 2014")
    assert record["Serves goals"] == "T1.G1"


def test_a_row_without_words_says_so() -> None:
    found = review(report_of("ga-commitments", *planned_action(1)))
    assert [each["Official words"] for each in found if each["Kind: code"] == "planned"] == ["Not answered"]


def test_a_form_without_goals_and_timeframes_has_no_columns_for_them() -> None:
    head = [cell.value for cell in opened(written(report_of("mnr")))["Review"][1]]
    assert "Decision" in head
    assert not {"Goal chosen", "Serves goals"} & set(head)


def test_columns_are_found_by_the_hidden_names_of_their_headers() -> None:
    workbook = opened(example_workbook())
    sheet = workbook["Review"]
    for code, title in (
        ("review_decision", "Decision"),
        ("key", "Key: do not change"),
        ("thread", "Said before"),
    ):
        name = workbook.defined_names[f"col.Review.{code}"]
        assert name.hidden
        [(place, cell)] = name.destinations
        assert (place, sheet[cell].value) == ("Review", title)
    actions = workbook.defined_names["col.Actions.row_id"]
    assert [workbook[place][cell].value for place, cell in actions.destinations] == ["Row id"]


def test_the_key_is_hidden_and_the_reference_stays_in_sight() -> None:
    sheet = opened(example_workbook())["Review"]
    assert sheet.column_dimensions["A"].hidden
    assert not sheet.column_dimensions["B"].hidden
    assert sheet.freeze_panes == "C2"


def test_the_codes_of_the_reviewers_columns_stand() -> None:
    found = columns(plan_of(example()).sheet("Review"))
    assert (
        *("review_decision", "review_comment", "review_question"),
        *("review_reviewer", "review_date", "review_kind"),
    ) == OPEN_COLUMNS
    places = [found[code] for code in (*OPEN_COLUMNS, *READ_ONLY_COLUMNS[:3])]
    assert places == list(range(places[0], places[0] + 9))


def test_what_was_said_before_stands_between_the_words_and_what_is_said_now() -> None:
    found = columns(plan_of(reviewed(("c1", comment(ABOUT, words="By when?")))).sheet("Review"))
    codes = ("words", "timeframe", "thread", *OPEN_COLUMNS, "country_answer", "status")
    places = [found[code] for code in codes]
    assert places == list(range(places[0], places[0] + len(codes)))


# Rules for typing.


def rules(sheet: SheetPlan, typing: Typing) -> list[Validation]:
    return [rule for rule in sheet.validations if rule.typing is typing]


def test_every_official_cell_refuses_typing_and_no_other_does() -> None:
    plan = plan_of(example()).sheet("Review")
    sheet = opened(example_workbook())["Review"]
    [refused] = [rule for rule in sheet.data_validations.dataValidation if rule.type == "custom"]
    assert (refused.formula1, refused.errorStyle or "stop", refused.showErrorMessage) == (
        "FALSE",
        "stop",
        True,
    )
    assert not refused.allowBlank
    assert "Decision, Comment" in refused.error
    open_places = {columns(plan)[code] for code in OPEN_COLUMNS}
    for row in sheet.iter_rows():
        for cell in row:
            official = cell.row == 1 or cell.column not in open_places
            assert (cell.coordinate in refused.sqref) is official


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("review_decision", ["Accepted", "Clarification needed", "Correction needed"]),
        ("review_kind", ["Official", "Internal"]),
    ],
)
def test_decision_and_kind_are_chosen_from_the_sheet_of_codes(code: str, words: list[str]) -> None:
    plan = plan_of(example()).sheet("Review")
    workbook = opened(example_workbook())
    cell = workbook["Review"].cell(row=5, column=columns(plan)[code])
    [rule] = [
        each
        for each in workbook["Review"].data_validations.dataValidation
        if each.type == "list" and cell.coordinate in each.sqref
    ]
    sheet, _mark, place = rule.formula1.rpartition("!")
    found = workbook[sheet.strip("'")][place.replace("$", "")]
    assert [row[0].value for row in found] == words


def test_words_and_comments_are_printed_side_by_side() -> None:
    planned = plan_of(example()).sheet("Review")
    sheet = opened(example_workbook())["Review"]
    found = columns(planned)
    assert [found[code] for code in ("reference", "words", "review_decision")] == [2, 3, 5]
    # One page across. Who comments, and what is there to sort by, is not printed.
    last = found["review_question"]
    assert sheet.print_area == f"'Review'!{span(1, 1, last, len(planned.rows), fixed=True)}"
    assert not sheet.col_breaks.brk
    properties = sheet.sheet_properties.pageSetUpPr
    assert properties is not None and properties.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert printed_size(planned) > 7.5
    assert sheet.print_title_rows == "$1:$1"


def printed_size(planned: SheetPlan) -> float:
    """Points that type of nine has on paper."""
    shown = planned.widths[: planned.printed]
    across = sum(width for column, width in enumerate(shown, 1) if column not in planned.hidden_columns)
    return 9 * min(ACROSS[planned.page] / across, 1)


def test_what_was_said_before_is_printed_on_the_same_page() -> None:
    planned = plan_of(reviewed(("c1", comment(ABOUT, words="By when?")))).sheet("Review")
    assert planned.page_ends == ()
    assert planned.printed == columns(planned)["review_question"]
    assert printed_size(planned) > 6.9


def test_marks_and_texts_that_are_cut_leave_room_for_all_on_one_page() -> None:
    report = reviewed(("c1", comment(ABOUT, words="By when?")))
    report.apply(Change(f"{ABOUT}/description", None, "<p>Train the police.</p>" * 600))
    report.apply(Change(f"{ABOUT}#confidential", None, True))
    planned = plan_of(report).sheet("Review")
    found = columns(planned)
    assert planned.page_ends == ()
    assert found["words"] < found["whole_text"] < planned.printed < found["words_2"] < found["words_3"]
    assert printed_size(planned) > 6


def test_rows_grow_with_what_a_reviewer_types() -> None:
    with zipfile.ZipFile(BytesIO(example_workbook())) as archive:
        head, *rows = etree.fromstring(archive.read("xl/worksheets/sheet6.xml")).iter(f"{MAIN}row")
    assert head.get("customHeight") == "1"
    assert all(row.get("customHeight") is None for row in rows)
    # Three lines of Excel's, before anything is typed.
    assert all(float(row.get("ht", "0")) >= 36 for row in rows)


def test_the_date_is_a_date() -> None:
    plan = plan_of(example()).sheet("Review")
    sheet = opened(example_workbook())["Review"]
    cell = sheet.cell(row=3, column=columns(plan)["review_date"])
    assert cell.number_format == "yyyy-mm-dd"
    [rule] = [each for each in sheet.data_validations.dataValidation if each.type == "date"]
    assert cell.coordinate in rule.sqref
    assert (rule.operator, rule.formula1) == ("greaterThanOrEqual", "36526")
    assert datetime.date(1899, 12, 30) + datetime.timedelta(days=36526) == datetime.date(2000, 1, 1)


def test_what_the_rules_say_fits_into_excel() -> None:
    for rule in plan_of(example()).sheet("Review").validations:
        assert all(len(title) <= 32 and len(words) <= 255 for title, words in (rule.prompt, rule.error))


def spoilt(edit: str, to: str) -> list[str]:
    """The differences after one thing on the sheet for reviewers was exchanged in its XML."""
    data, stream = example_workbook(), BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(stream, "w") as changed:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "xl/worksheets/sheet6.xml":
                assert edit.encode() in content
                content = content.replace(edit.encode(), to.encode(), 1)
            changed.writestr(name, content)
    return compare(stream.getvalue(), plan_of(example()))


@pytest.mark.parametrize(
    ("edit", "to"),
    [
        ("<formula1>FALSE</formula1>", "<formula1>TRUE</formula1>"),
        ("'Codes'!$C$", "'Codes'!$B$"),
        ('operator="greaterThanOrEqual"', 'operator="lessThan"'),
        ("Choose one of the words in the list.", "Choose."),
        (' hidden="1"', ""),
    ],
)
def test_a_changed_rule_or_a_shown_column_is_found_when_it_is_read_back(edit: str, to: str) -> None:
    assert any(place.startswith("Review!") for place in spoilt(edit, to))


# Earlier threads.


def comment(about: str, **more: Any) -> Mapping[str, Any]:
    return {
        "about": about, "kind": "official", "decision": None, "words": "", "question": None, "reviewer": "",
        "date": None, "status": "open", "answers": None, "source": None, **more,
    }  # fmt: skip


def reviewed(*comments: tuple[str, Mapping[str, Any]]) -> Report:
    report = report_of("ga-commitments", *planned_action(1, description="Train police."))
    for key, content in comments:
        report.apply(Change(f"comment/{key}", None, dict(content)))
    return report


ABOUT = f"T1.planned/{row_id(1)}"


def of_the_action(report: Report) -> dict[str, Any]:
    [found] = [record for record in review(report) if record["Key: do not change"] == ABOUT]
    return found


def test_earlier_words_stand_beside_the_row_with_who_when_and_the_answer() -> None:
    asked = comment(
        ABOUT, decision="clarification", words="By <b>when</b>?", question="Who pays?", reviewer="Ana",
        date="2014-03-01", status="answered",
    )  # fmt: skip
    answer = comment(ABOUT, kind="country", words="The ministry.", date="2014-04-01", answers="c1")
    found = of_the_action(reviewed(("c1", asked), ("c2", answer)))
    assert found["Status"] == "Answered"
    assert found["Country's answer"] == "The ministry."
    assert found["Said before"] == (
        "Ana · 2014-03-01 · Clarification needed · Answered\nBy when?\nQuestion: Who pays?\n"
        "Answer of the country, 2014-04-01:\nThe ministry."
    )
    assert found["Decision"] is None
    assert "Internal comments before" not in found


def test_what_another_reviewer_replied_is_not_called_an_answer_of_the_country() -> None:
    asked = comment(ABOUT, words="By when?", reviewer="Ana", date="2014-03-01")
    reply = comment(ABOUT, words="I ask the same.", reviewer="Ben", date="2014-03-02", answers="c1")
    found = of_the_action(reviewed(("c1", asked), ("c2", reply)))
    assert found["Said before"] == ("Ana · 2014-03-01 · Open\nBy when?\nBen · 2014-03-02\nI ask the same.")
    assert not found["Country's answer"]


def test_a_comment_without_a_name_is_that_of_a_reviewer_without_one() -> None:
    asked, reply = comment(ABOUT, words="By when?"), comment(ABOUT, words="When?", answers="c1")
    found = of_the_action(reviewed(("c1", asked), ("c2", reply)))
    assert found["Said before"] == (
        "A reviewer who gave no name · no date · Open\nBy when?\nA reviewer who gave no name · no date\nWhen?"
    )


def test_a_reply_to_a_comment_that_is_gone_is_shown_all_the_same() -> None:
    reply = comment(ABOUT, words="I ask the same.", reviewer="Ben", answers="gone")
    assert of_the_action(reviewed(("c2", reply)))["Said before"].endswith("I ask the same.")


def test_what_reviewers_keep_to_themselves_stands_apart() -> None:
    found = of_the_action(
        reviewed(
            ("c1", comment(ABOUT, kind="internal", words="Weak.", reviewer="Ana")),
            ("c2", comment(ABOUT, words="Fine.", reviewer="Ben", status="resolved")),
        )
    )
    assert "Weak." in found["Internal comments before"]
    assert "Weak." not in found["Said before"]
    assert found["Status"] == "Resolved"


def test_a_thread_is_open_while_any_of_its_comments_is() -> None:
    comments = (("c1", comment(ABOUT, words="a", status="resolved")), ("c2", comment(ABOUT, words="b")))
    assert of_the_action(reviewed(*comments))["Status"] == "Open"


def test_what_the_country_said_on_its_own_is_an_answer_too() -> None:
    found = of_the_action(reviewed(("c1", comment(ABOUT, kind="country", words="Delayed.", status="open"))))
    assert found["Country's answer"] == "Delayed."
    assert found["Said before"].startswith("From the country · no date · Open")


def test_a_removed_row_that_was_talked_about_stands_last_in_its_section() -> None:
    report = report_of(
        "ga-commitments",
        *planned_action(1, description="Train police."),
        *planned_action(2, description="Train judges."),
        *planned_action(3, description="Train teachers."),
    )
    for number in (1, 2):
        report.apply(Change(f"T1.planned/{row_id(number)}", {"position": number * 1024}, None))
    report.apply(Change("comment/c1", None, dict(comment(ABOUT, words="By when?", reviewer="Ana"))))
    records = [
        record
        for record in review(report)
        if record["Section: code"] == "T1" and record["Kind: code"] not in ("list", "question")
    ]
    found, before = records[-1], records[-2]
    assert found["Key: do not change"] == ABOUT
    assert (found["Kind: code"], found["Kind"]) == (before["Kind: code"], before["Kind"])
    assert found["Official words"] == "Removed: Train police."
    assert found["No."] is None and before["Official words"] == "Train teachers."
    assert found["Said before"].endswith("By when?") and found["Status"] == "Open"
    assert not any(record["Official words"] == "Removed: Train judges." for record in records)


def test_of_a_removed_row_without_words_only_that_is_said() -> None:
    report = report_of("ga-commitments", *planned_action(1))
    report.apply(Change(ABOUT, {"position": 1024}, None))
    report.apply(Change("comment/c1", None, dict(comment(ABOUT, words="By when?"))))
    assert of_the_action(report)["Official words"] == "Removed"


def test_comments_are_no_part_of_the_answers() -> None:
    plain, commented = reviewed(), reviewed(("c1", comment(ABOUT, words="Fine.")))
    assert canonical_bytes(report_to_plain(plain)) == canonical_bytes(report_to_plain(commented))
    plan = plan_workbook(commented, canonical_bytes(report_to_plain(commented)))
    check_workbook(BytesIO(workbook_bytes(plan)), plan)
    content = [[words_of(cell.content) for cell in row.cells.values()] for row in plan.sheet("_meta").rows]
    parts = {part for part, *words in content if any("Fine." in each for each in words)}
    assert parts == {"said.thread"}


def test_questions_and_empty_lists_can_be_commented_on() -> None:
    report = report_of(
        "ga-commitments",
        ("cover.authority", "Ministry of <b>Justice</b>"),
        ("T4.undertaken#state", "no_action_taken"),
    )
    found = {record["Key: do not change"]: record for record in review(report)}
    authority, undertaken = found["cover.authority"], found["T4.undertaken"]
    assert (authority["Kind: code"], authority["Kind"]) == ("question", "Question")
    assert (authority["Reference"], authority["Section: code"]) == ("cover.authority", "cover")
    assert authority["Official words"] == "Authority or ministry:\nMinistry of Justice"
    assert (undertaken["Kind"], undertaken["Section: code"]) == ("List", "T4")
    assert undertaken["Official words"] == "Actions ALREADY UNDERTAKEN:\nNo action taken."
    assert found["cover.contact"]["Official words"].endswith(":\nNot answered")
    asked = {
        section.field_path(question)
        for section in report.form.walk()
        for question in section.fields
        if not question.respondent
    }
    assert asked <= found.keys()


def test_whatever_was_talked_about_has_a_record() -> None:
    report = report_of("ga-commitments", *planned_action(1, description="Train police."))
    field = f"T1.planned/{row_id(1)}/timeframe"
    for number, about in enumerate(("", "T2", field, "T1.planned", "cover.contact")):
        report.apply(Change(f"comment/c{number}", None, dict(comment(about, words=f"About {about}"))))
    found = {record["Key: do not change"]: record for record in review(report)}
    kinds = {key: found[key]["Kind: code"] for key in ("*", "T2", field, "T1.planned", "cover.contact")}
    assert list(kinds.values()) == ["report", "section", "question", "list", "question"]
    assert found["*"]["Official words"] == "Report"
    assert found[field]["Official words"] == "Target 1, planned action 1, Timeframe"
    for key in kinds:
        assert found[key]["Said before"].rstrip().endswith(f"About {key.strip('*')}".strip())


def test_what_is_confidential_says_so_where_reviewers_work() -> None:
    row, other = (f"T1.planned/{row_id(number)}" for number in (1, 2))
    report = report_of(
        "ga-commitments",
        *planned_action(1, description="a"),
        *planned_action(2, description="b", remark="c"),
        ("T2.goals", ["T2.G2"]),
        (f"{row}#confidential", True),
        (f"{other}/remark#confidential", True),
        ("T2.goals#confidential", True),
    )
    found = {each["Key: do not change"]: each["Confidential"] for each in review(report)}
    assert (found[row], found[other]) == ("Confidential", "Confidential: Remark")
    assert (found["T2.goals/T2.G2"], found["T1.goals/T1.G1"]) == ("Confidential", None)
