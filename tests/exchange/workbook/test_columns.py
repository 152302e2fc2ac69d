from __future__ import annotations

import datetime

import pytest

from desktop_app.exchange.workbook.answer_tables import SINGLE_TYPES
from desktop_app.exchange.workbook.columns import FLAT_TYPES, date_content, number_content
from desktop_app.exchange.workbook.plan import Piece
from desktop_app.exchange.workbook.readable import CHIP_WIDTHS, READABLE
from desktop_app.formdef.model import FieldType
from tests.support.small_form import EVERY_TYPE, FIRST_ROW, filled_report
from tests.support.workbooks import records, written


@pytest.mark.parametrize("field_type", FieldType)
def test_every_type_has_columns_words_and_a_width(field_type: FieldType) -> None:
    assert field_type in FLAT_TYPES
    assert field_type in SINGLE_TYPES
    assert field_type in READABLE
    assert field_type in CHIP_WIDTHS


def test_an_answer_of_every_type_stands_in_columns_of_its_own() -> None:
    [record] = [each for each in records(written(filled_report()), "Actions") if each["Row id"] == FIRST_ROW]
    wanted = {
        "description": "Vepra të turpshme, bold[1]\n\n[1] Article 108.",
        "goals: codes": "T1.G1; T1.G2",
        "goals": "T1.G1; T1.G2",
        "timeframe": "Till December 2013",
        "timeframe: from": None,
        "timeframe: to": datetime.datetime(2013, 12, 31),
        "timeframe: precision": "month",
        "timeframe: reading (EDTF)": "../2013-12",
        "timeframe: reading confirmed": "no",
        "budget": 12.5,
        "victims 2012": 5,
        "victims 2013": 7,
        "adopted": datetime.datetime(2013, 5, 2),
        "public": "yes",
        "phase: code": "second",
        "phase": "second",
        "law: address": "https://example.org/law",
        "law": "The law",
        "annex": "annex.pdf",
        "annex: bytes": 7,
        "annex: SHA-256": "a" * 64,
    }
    assert {label: record[label] for label in wanted} == wanted
    assert set(EVERY_TYPE) <= {label.partition(":")[0].split(" ")[0] for label in wanted}


@pytest.mark.parametrize("number", [0, -1, 12.5, 0.1, 1e-5, 999_999_999_999_999])
def test_a_number_that_excel_keeps_is_a_number(number: float) -> None:
    assert number_content(number) == number


@pytest.mark.parametrize("number", [0.1 + 0.2, 12345678901234567890, 10**400])
def test_a_number_that_excel_would_round_stays_in_words(number: float) -> None:
    assert number_content(number) == (Piece(str(number)),)


def test_a_day_that_excel_does_not_have_stays_in_words() -> None:
    assert date_content(datetime.date(1899, 12, 31)) == (Piece("1899-12-31"),)
    assert date_content(datetime.date(2013, 12, 31)) == datetime.date(2013, 12, 31)
