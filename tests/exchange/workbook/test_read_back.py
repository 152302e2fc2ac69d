from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app.exchange.workbook import check_workbook
from desktop_app.exchange.workbook.read_back import ReadBackError, compare
from tests.support.small_form import filled_report
from tests.support.workbooks import example, opened, plan_of, planned_action, report_of, written


def test_a_workbook_reads_as_it_was_planned(tmp_path: Path) -> None:
    for report in (example(), filled_report(), report_of("mnr"), report_of("ga-commitments")):
        path = tmp_path / "report.xlsx"
        path.write_bytes(written(report))
        assert compare(path, plan_of(report)) == []


def changed(edit: Callable[[Workbook], None]) -> list[str]:
    """The differences after somebody else wrote the workbook of the example with an edit."""
    workbook = opened(
        written(report_of("ga-commitments", *planned_action(1, description="Train <b>police</b>.")))
    )
    edit(workbook)
    stream = BytesIO()
    workbook.save(stream)
    return compare(
        stream.getvalue(),
        plan_of(report_of("ga-commitments", *planned_action(1, description="Train <b>police</b>."))),
    )


def test_a_changed_word_is_found_by_its_place() -> None:
    def edit(workbook: Workbook) -> None:
        workbook["Cover"]["A2"].value = "Atlantis"

    assert "Cover!A2" in changed(edit)


def test_an_added_cell_and_an_added_row_are_found() -> None:
    def edit(workbook: Workbook) -> None:
        workbook["Codes"]["H3"].value = "more"
        workbook["Codes"].append(["more"])

    found = changed(edit)
    assert "Codes!H3" in found
    assert any(place.startswith("Codes!A") for place in found)


def test_a_lost_format_is_found() -> None:
    assert any(place.startswith("T1!B") for place in changed(lambda workbook: None))


def test_a_missing_sheet_is_found() -> None:
    def edit(workbook: Workbook) -> None:
        del workbook["Goals"]

    assert changed(edit)


def test_a_lost_space_between_formats_is_found() -> None:
    report = report_of("ga-commitments", *planned_action(1, description="a<b> </b>b"))
    data = written(report)
    parts = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name).replace(b'xml:space="preserve"> <', b'xml:space="preserve"><')
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert any(place.startswith("T1!B") for place in compare(stream.getvalue(), plan_of(report)))


def test_a_file_that_is_no_workbook_differs() -> None:
    assert compare(b"no workbook", plan_of(report_of("ga-commitments")))


def test_the_sentence_names_the_place() -> None:
    report, other = report_of("ga-commitments"), report_of("ga-commitments", country="FR")
    with pytest.raises(ReadBackError, match=r"Cover!A2.*Nothing was exported"):
        check_workbook(BytesIO(written(other)), plan_of(report))
