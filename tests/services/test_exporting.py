"""Exporting a report in memory: what goes into the package, and what is announced."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl

from desktop_app.report.changes import Change, new_id
from desktop_app.report.report import Report
from desktop_app.services.exporting import export_report
from tests.support.toml_forms import ASKED_IF, report_asked_if, toml_form


def words_in(package: Path) -> tuple[dict[str, object], str]:
    """The answers in data.json, and all words of the workbook."""
    with zipfile.ZipFile(package) as found:
        answers = json.loads(found.read("data.json"))["answers"]
        with found.open("report.xlsx") as stream:
            book = openpyxl.load_workbook(stream, read_only=True)
            cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
            book.close()
    return answers, " ".join(str(cell) for cell in cells if cell is not None)


def test_answers_to_questions_not_asked_now_stay_out_and_are_announced(tmp_path: Path) -> None:
    report = report_asked_if(has_unit=False)
    exported = export_report(report, tmp_path)
    answers, workbook = words_in(exported.path)
    assert answers == {"A.has_unit": False}
    assert "Cybercrime section" not in workbook
    assert "1 answer was left out" in exported.notices[0]
    assert "A.unit_name" in report.answers


def test_answers_that_are_asked_go_with_the_package(tmp_path: Path) -> None:
    exported = export_report(report_asked_if(has_unit=True), tmp_path)
    answers, workbook = words_in(exported.path)
    assert answers == {"A.has_unit": True, "A.unit_name": "Cybercrime section"}
    assert "Cybercrime section" in workbook
    assert exported.notices == ()


LISTED = """
[row.action]
[[row.action.field]]
code = "what"
type = "text"
presentation = "lead"
[list.planned]
row = "action"
"""


def test_a_removed_row_that_was_talked_about_goes_along_without_what_is_not_asked(tmp_path: Path) -> None:
    form = toml_form(LISTED + ASKED_IF.replace('code = "A"', 'code = "A"\nlists = ["planned"]'))
    report, about = Report(new_id(), form, "AL", "2013", "en"), f"A.planned/{new_id()}"
    report.apply(Change("A.has_unit", None, False))
    report.apply(Change("A.unit_name", None, "Cybercrime section"))
    report.apply(Change(about, None, {"position": 1024}))
    report.apply(Change(f"{about}/what", None, "Train police"))
    report.apply(Change(about, {"position": 1024}, None))
    said = {"about": about, "kind": "official", "words": "By when?", "reviewer": "Ana", "status": "open"}
    report.apply(Change(f"comment/{new_id()}", None, said))
    exported = export_report(report, tmp_path)
    _answers, workbook = words_in(exported.path)
    assert "Removed: Train police" in workbook and "By when?" in workbook
    assert "Cybercrime section" not in workbook
