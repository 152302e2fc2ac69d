from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop_app.exchange.workbook.plan import SheetPlan, words_of
from desktop_app.formdef.expression_reading import parse
from desktop_app.formdef.model import Check, Level
from desktop_app.formdef.texts import FormTexts
from desktop_app.report.validation import check_report
from desktop_app.runtime import i18n
from tests.support.small_form import empty_report, small_form
from tests.support.workbooks import example, plan_of, planned_action, records, report_of, written


def of_sheet(sheet: str, *changes: tuple[str, Any]) -> list[dict[str, Any]]:
    return records(written(report_of("ga-commitments", *changes)), sheet)


def words(sheet: SheetPlan) -> list[str]:
    return [words_of(cell.content) for *_place, cell in sheet.cells() if cell.content is not None]


def test_a_row_says_what_was_found_the_worst_first() -> None:
    frame = {"text": "Till May 2014", "edtf": "../2014-05", "confirmed": False}
    with_frame, without = of_sheet(
        "Actions", *planned_action(1, description="a", timeframe=frame), *planned_action(2, description="b")
    )
    assert with_frame["Check: code"] == "hint"
    assert without["Check: code"] == "warning"
    first, *_rest = without["Check"].split("\n")
    assert first.startswith("Warning: Timeframe: This planned action has no timeframe.")
    assert all(line.startswith("Hint: ") for line in _rest)


def test_answers_and_lists_say_what_was_found() -> None:
    authority = next(each for each in of_sheet("Answers") if each["Reference"] == "cover.authority")
    assert (authority["Check: code"], authority["Check"]) == ("warning", "Warning: This is still empty.")
    undertaken = next(each for each in of_sheet("Lists") if each["Reference"] == "T1.undertaken")
    assert undertaken["Check: code"] == "error"
    assert undertaken["Check"].startswith("Error: This list is blank.")


def test_an_accepted_warning_says_so_with_the_reason() -> None:
    reason = {"path": "cover.authority", "code": "required", "reason": "It is the state.", "who": "Ana"}
    changes = (("accepted/x", reason), ("accepted/y", {**reason, "path": "cover.country"}))
    authority = next(each for each in of_sheet("Answers", *changes) if each["Reference"] == "cover.authority")
    assert authority["Check"] == ("Warning, accepted: This is still empty. Reason: It is the state. (Ana)")
    assert authority["Check: code"] == "warning"
    told = words(plan_of(report_of("ga-commitments", *changes)).sheet("Cover"))
    assert "1 warning was accepted, with the reason beside it." in "\n".join(told)
    assert not any("accepted" in line for line in words(plan_of(report_of("ga-commitments")).sheet("Cover")))


def test_a_goal_says_what_was_found_in_the_choice_it_belongs_to() -> None:
    goal = next(each for each in of_sheet("Goals") if each["Goal: code"] == "T1.G1")
    assert "No operational goal is chosen here." in goal["Check"]


def test_where_nothing_was_found_nothing_stands() -> None:
    answered = next(
        each
        for each in of_sheet("Answers", ("cover.authority", "Ministry"))
        if each["Reference"] == "cover.authority"
    )
    assert answered["Check: code"] is answered["Check"] is None


def test_the_cover_counts_what_was_found_and_tells_how_to_comment() -> None:
    report = example()
    counts = {level: sum(each.level is level for each in check_report(report)) for level in Level}
    found = words(plan_of(report).sheet("Cover"))
    assert f"{counts[Level.WARNING]} warnings, {counts[Level.HINT]} hints" in "\n".join(found)
    steps = [line for line in found if line[:2] in ("1.", "2.", "3.")]
    assert steps == [
        "1. Open the sheet Review",
        "2. Write in the tinted columns",
        "3. Save it and send it back",
    ]


def test_what_belongs_to_no_single_answer_stands_on_the_cover() -> None:
    form = small_form()
    texts = FormTexts("en", {"en": {("check", "unready", "message"): "The report is not ready."}})
    check = Check("unready", Level.ERROR, parse("cycle == '2013'", names={"cycle"}))
    report = empty_report(replace(form, checks=(check,), texts=texts))
    assert "Error: The report is not ready." in words(plan_of(report).sheet("Cover"))


def test_the_workbook_speaks_the_language_of_its_report_and_the_notices_that_of_the_person(
    tmp_path: Path,
) -> None:
    messages = Catalog("fr")
    messages.add("How to comment", "Comment commenter")
    messages.add("Page {page} of {pages}", "Page {page} sur {pages}")
    place = tmp_path / "fr" / "LC_MESSAGES" / f"{i18n.DOMAIN}.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as file:
        write_mo(file, messages)
    i18n.install("en", tmp_path)
    french = plan_of(report_of("ga-commitments", language="fr"))
    assert "Comment commenter" in words(french.sheet("Cover"))
    assert french.printed.page == "Page {page} sur {pages}"
    assert "How to comment" in words(plan_of(report_of("ga-commitments")).sheet("Cover"))
    i18n.install("fr", tmp_path)
    assert "How to comment" in words(plan_of(report_of("ga-commitments", language="sq")).sheet("Cover"))
