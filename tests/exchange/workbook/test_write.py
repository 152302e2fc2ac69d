from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from desktop_app.exchange.workbook.naming import letters
from desktop_app.report.report import Report
from desktop_app.report.text import Text, markup
from tests.support.other_process import DEAD_BATTERY, checksum_in_another_process
from tests.support.text_values import texts
from tests.support.workbooks import (
    MAIN,
    cell_element,
    column_places,
    example,
    example_workbook,
    opened,
    plan_of,
    planned_action,
    report_of,
    shown_text,
    written,
)

ROOT = Path(__file__).resolve().parents[3]

FORMULA_LIKE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org")',
    "#N/A",
    "#REF!",
    "TRUE",
    "1e5",
    "2013",
    "01/02/2013",
    "00123",
    "'quoted",
    "{=1}",
    "%",
    "_x000D_",
]


def reports(descriptions: list[str]) -> Report:
    changes = [
        change
        for number, words in enumerate(descriptions, start=1)
        for change in planned_action(
            number, description=markup.write(Text.plain(words)), timeframe={"text": words, "edtf": None}
        )
    ]
    return report_of("ga-commitments", *changes)


def description_places(data: bytes) -> list[str]:
    """The cells of the column of descriptions."""
    return column_places(data, "Actions", "Description")


def test_text_stays_text_whatever_it_begins_with() -> None:
    data = written(reports(FORMULA_LIKE))
    places = description_places(data)
    elements = [cell_element(data, "Actions", place) for place in places]
    assert [shown_text(element) for element in elements] == FORMULA_LIKE
    assert all(element.get("t") == "inlineStr" and element.find(f"{MAIN}f") is None for element in elements)
    sheet = opened(data)["Actions"]
    assert all(sheet[place].quotePrefix for place in places)


def test_no_sheet_has_a_formula() -> None:
    with zipfile.ZipFile(BytesIO(written(reports(FORMULA_LIKE)))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)


@settings(max_examples=25)
@given(st.lists(texts().filter(lambda text: not text.is_empty), min_size=1, max_size=6))
def test_any_text_reads_in_the_cell_as_it_was_written(found: list[Text]) -> None:
    changes = [
        change
        for number, text in enumerate(found, start=1)
        for change in planned_action(number, description=markup.write(text))
    ]
    data = written(report_of("ga-commitments", *changes))
    shown = [shown_text(cell_element(data, "Actions", place)) for place in description_places(data)]
    assert shown == [text.plain_text() for text in found]


def test_formats_reach_the_cell() -> None:
    notation = "Law of 2<sup>nd</sup> <b>May</b> <i>2013</i> <u>108</u>"
    data = written(report_of("ga-commitments", *planned_action(1, description=notation)))
    [place] = description_places(data)
    runs = {
        run.findtext(f"{MAIN}t"): {etree.QName(each).localname for each in run.iterfind(f"{MAIN}rPr/*")}
        for run in cell_element(data, "Actions", place).iter(f"{MAIN}r")
    }
    formats = {words: found & {"b", "i", "u", "vertAlign"} for words, found in runs.items()}
    assert formats == {
        "Law of 2": set(),
        "nd": {"vertAlign"},
        " ": set(),
        "May": {"b"},
        "2013": {"i"},
        "108": {"u"},
    }


def test_tables_are_named_and_have_exactly_the_headers_of_their_cells() -> None:
    workbook = opened(example_workbook())
    assert {name for sheet in workbook for name in sheet.tables} == {
        *("tblReview", "tblActions", "tblGoals", "tblAnswers", "tblLists", "tblDictionary", "tblCodes")
    }
    for sheet in workbook:
        for table in sheet.tables.values():
            assert table.ref == sheet.dimensions
            assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
            assert table.autoFilter.ref == table.ref


def test_a_table_without_records_still_has_a_row_for_them() -> None:
    assert opened(written(report_of("ga-commitments")))["Actions"].tables["tblActions"].ref.endswith("2")


def test_nothing_is_merged_and_no_sheet_is_protected() -> None:
    for sheet in opened(example_workbook()):
        assert not sheet.merged_cells.ranges
        assert not sheet.protection.sheet


def test_headers_stay_in_sight_and_on_every_page() -> None:
    workbook = opened(example_workbook())
    assert workbook["Actions"].freeze_panes == "B2"
    assert workbook["Actions"].print_title_rows == "$1:$1"
    assert workbook["T1"].freeze_panes == "A2"
    assert workbook["T1"].print_title_rows == "$1:$1"


def test_sheets_are_set_up_for_paper() -> None:
    sheet: Any = opened(example_workbook())["T1"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.left.text == "Albania"
    assert sheet.oddFooter.right.text == "T1 · Page &P of &N"


def test_every_page_of_a_section_says_what_the_short_columns_are() -> None:
    sheet = opened(example_workbook())["T1"]
    assert [sheet.cell(1, column).value for column in (1, 3, 4)] == [
        "Policy target No. 1",
        "Goals served",
        "When / Timeframe",
    ]
    assert sheet.print_title_rows == "$1:$1"


def test_words_in_the_margins_fit_there() -> None:
    for sheet in opened(written(report_of("ga-commitments", country="XK"))):
        assert len(str(sheet.oddHeader)) <= 255
        assert len(str(sheet.oddFooter)) <= 255


def test_long_answers_get_the_room_they_need() -> None:
    plan = plan_of(example())
    sheet = opened(example_workbook())["T2"]
    for number, row in enumerate(plan.sheet("T2").rows, start=1):
        assert sheet.row_dimensions[number].height == row.height


def test_the_workbook_opens_on_its_cover_and_hides_its_data() -> None:
    workbook = opened(example_workbook())
    assert workbook.active is workbook["Cover"]
    assert workbook["_meta"].sheet_state == "veryHidden"
    assert [sheet.title for sheet in workbook if sheet.sheet_state != "visible"] == ["_meta"]


def test_the_cover_links_to_every_sheet() -> None:
    sheet = opened(example_workbook())["Cover"]
    links = {cell.value: cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    assert links["T1"] == "'T1'!A1"
    assert set(links) == {
        "T1",
        "T2",
        "T3",
        "T4",
        "Review",
        "Actions",
        "Goals",
        "Answers",
        "Lists",
        "Dictionary",
        "Codes",
    }


def test_properties_say_what_it_is_and_nothing_of_the_machine() -> None:
    properties = opened(example_workbook()).properties
    assert (
        properties.title == "Albania: Global Alliance against Child Sexual Abuse Online: country commitments"
    )
    assert properties.language == "en"
    assert properties.creator == "Alliance Desk"
    assert properties.lastModifiedBy is None
    assert str(properties.modified) == str(properties.created) == "2013-01-01 00:00:00"


def test_the_date_of_the_report_stands_in_the_properties() -> None:
    data = written(report_of("ga-commitments", ("cover.date", "2014-03-01")))
    assert str(opened(data).properties.created) == "2014-03-01 00:00:00"


@pytest.mark.parametrize(
    ("language", "right_to_left"), [("en", False), ("ar", True), ("fa-AF", True), ("fr", False)]
)
def test_sheets_run_in_the_direction_of_the_language(language: str, right_to_left: bool) -> None:
    workbook = opened(written(report_of("ga-commitments", language=language)))
    assert all(bool(sheet.sheet_view.rightToLeft) is right_to_left for sheet in workbook)


def test_words_over_empty_cells_begin_at_the_right_where_sheets_do() -> None:
    sheet = opened(written(report_of("ga-commitments", language="ar")))["T1"]
    assert sheet["A1"].alignment.horizontal == "right"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_run_in_the_direction_of_their_script_whatever_the_sheet_does(language: str) -> None:
    words = ["• تدريب الشرطة مع INTERPOL.", "Train police in تيرانا.", "2014 — 1", "أكتوبر"]
    changes = [
        change
        for number, text in enumerate(words, start=1)
        for change in planned_action(number, description=text)
    ]
    data = written(report_of("ga-commitments", *changes, language=language))
    sheet = opened(data)["Actions"]
    orders = [int(sheet[place].alignment.readingOrder) for place in description_places(data)]
    assert orders == [2, 0, 0, 2]


def test_words_of_neighbouring_columns_do_not_touch() -> None:
    workbook = opened(example_workbook())
    for name in ("Review", "Actions", "Dictionary"):
        for row in (1, 2):
            for cell in workbook[name][row]:
                assert cell.alignment.indent == 1 or cell.number_format == "_(General_)"
            assert all(cell.alignment.horizontal in ("left", "right") for cell in workbook[name][row])
    heads = [cell for cell in workbook["T1"][1] if int(cell.column or 0) > 2]
    assert heads and all(cell.alignment.indent == 1 for cell in heads)


def test_words_are_indented_from_the_side_of_their_script() -> None:
    words = ["تدريب الشرطة", "Train police"]
    changes = [
        change
        for number, text in enumerate(words, start=1)
        for change in planned_action(number, description=text)
    ]
    for language in ("en", "ar"):
        data = written(report_of("ga-commitments", *changes, language=language))
        sheet = opened(data)["Actions"]
        sides = [sheet[place].alignment.horizontal for place in description_places(data)]
        assert sides == ["right", "left"]


def test_the_checksum_fits_into_its_column() -> None:
    sheet = opened(example_workbook())["Cover"]
    [cell] = [cell for row in sheet for cell in row if re.fullmatch("[0-9a-f]{64}", str(cell.value))]
    # No letter of a fixed face is wider than 0.602 of its size; a digit of the body type is 0.556.
    needed = 64 * 0.602 * float(cell.font.sz or 0) / (0.556 * 10)
    assert needed < sheet.column_dimensions[letters(int(cell.column or 0))].width - 1


def test_cells_without_a_look_have_the_font_of_all_others() -> None:
    workbook = opened(example_workbook())
    assert (workbook["Cover"]["Z99"].font.name, workbook["Cover"]["Z99"].font.sz) == ("Arial", 10)
    assert workbook["T1"]["B2"].font.name == "Arial"


# The same bytes.

_MAKING = """
from desktop_app.exchange.workbook import plan_workbook, workbook_bytes
from desktop_app.report.plain import canonical_bytes, report_to_plain
from tests.support.workbooks import example, planned_action, report_of, written
now = report_of("ga-commitments", *planned_action(1, description="New <b>words</b>"), ("T2.goals", ["T2.G1"]))
plan = plan_workbook(now, canonical_bytes(report_to_plain(now)), report_to_plain(example()))
content = written(example()) + workbook_bytes(plan)
"""


def test_the_same_report_makes_the_same_bytes() -> None:
    assert written(example()) == written(example())


def test_bytes_do_not_depend_on_clock_time_zone_or_hash_seed() -> None:
    plain = checksum_in_another_process(_MAKING, PYTHONHASHSEED="1", TZ="UTC")
    assert plain == checksum_in_another_process(_MAKING, PYTHONHASHSEED="2", TZ="Asia/Tokyo")
    assert plain == checksum_in_another_process(_MAKING, DEAD_BATTERY)


def test_every_part_has_the_same_fixed_time() -> None:
    with zipfile.ZipFile(BytesIO(example_workbook())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_openpyxl_is_loaded_only_for_writing() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import desktop_app.exchange.package, "
        "desktop_app.exchange.workbook; assert not {'openpyxl', 'lxml'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, str(ROOT)], check=True)


def test_no_part_names_a_time_of_this_machine() -> None:
    with zipfile.ZipFile(BytesIO(example_workbook())) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2013-01-01T00:00:00Z"}


@pytest.mark.parametrize(("language", "side"), [("ar", "right"), ("en", "left")])
def test_words_on_the_cover_stand_beside_what_they_are_called(language: str, side: str) -> None:
    cover = opened(written(report_of("ga-commitments", language=language)))["Cover"]
    words = [row[1] for row in cover.iter_rows(max_col=2) if row[0].value and row[1].value]
    assert len(words) > 15
    assert {cell.alignment.horizontal for cell in words if cell.alignment.wrap_text} == {side}


def test_words_of_short_tables_stand_below_their_headers() -> None:
    workbook = opened(written(report_of("ga-commitments", language="ar")))
    for name in ("Codes", "Dictionary", "Goals"):
        cells = [cell for row in workbook[name].iter_rows(max_row=3) for cell in row]
        assert {cell.alignment.horizontal for cell in cells if isinstance(cell.value, str)} == {"right"}


def test_what_is_indented_from_the_right_is_so_without_a_line_below_too() -> None:
    """LibreOffice overlooks the indent of a cell that only a line tells from the one above."""
    long = "".join(f"<p>{'Train police. ' * 60}</p>" for _paragraph in range(4))
    changes = planned_action(1, description="Short.", goals=["T1.G1"])
    changes += planned_action(2, description=long, goals=["T1.G1"])
    for language in ("en", "ar"):
        sheet = opened(written(report_of("ga-commitments", *changes, language=language)))["T1"]
        cells = [cell for cell in sheet["C"] if cell.value == "Goal 1.1"]
        [with_line, without] = sorted(cells, key=lambda cell: cell.border.bottom.style is None)
        assert with_line.border.bottom.style and not without.border.bottom.style
        assert (with_line.fill.fill_type != without.fill.fill_type) is (language == "ar")
