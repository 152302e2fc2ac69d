from __future__ import annotations

import hashlib
import json

from desktop_app.exchange.workbook.plan import SheetPlan, words_of
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from tests.support.workbooks import example, opened, plan_of, planned_action, reader_text, report_of, written


def entries(report: Report) -> list[tuple[str, str, str]]:
    """The rows of the hidden sheet as Excel would show them."""
    sheet = opened(written(report))["_meta"]
    return [
        (str(part), str(key), reader_text(value))
        for part, key, value in sheet.iter_rows(values_only=True, max_col=3)
        if isinstance(value, str)
    ]


def facts(report: Report) -> dict[str, str]:
    return {key: value for part, key, value in entries(report) if part == "meta"}


def data(report: Report) -> str:
    pieces = {int(key): value for part, key, value in entries(report) if part == "data"}
    return "".join(pieces[number] for number in sorted(pieces))


def checksum(report: Report) -> str:
    return hashlib.sha256(canonical_bytes(report_to_plain(report))).hexdigest()


def test_the_answers_stand_in_the_workbook_byte_by_byte() -> None:
    report = example()
    assert data(report).encode() == canonical_bytes(report_to_plain(report))
    assert facts(report)["content"] == hashlib.sha256(data(report).encode()).hexdigest() == checksum(report)


def test_long_answers_are_spread_over_cells() -> None:
    report = report_of(
        "ga-commitments",
        *planned_action(1, description="_x000D_ " * 10_000 + "end", remark="<p>a</p><p>b</p>" * 600),
    )
    sheet: SheetPlan = plan_of(report).sheet("_meta")
    cells = [words_of(cell.content) for *_place, cell in sheet.cells()]
    assert all(len(text) <= 30_000 and text.count("\n") <= 253 for text in cells)
    assert data(report).encode() == canonical_bytes(report_to_plain(report))


def test_a_character_that_xml_cannot_hold_is_named_by_its_number() -> None:
    report = report_of(
        "ga-commitments", *planned_action(1, timeframe={"text": "by\uffff 2013", "edtf": None})
    )
    assert json.loads(data(report)) == report_to_plain(report)


def test_it_says_what_the_workbook_is() -> None:
    report = example()
    assert facts(report) == {
        "format": "1",
        "app": facts(report)["app"],
        "form.id": "ga-commitments",
        "form.version": "2013.1",
        "form.hash": report.form.hash,
        "report": report.id,
        "country": "AL",
        "cycle": "2013",
        "language": "en",
        "status": "draft",
        "content": checksum(report),
    }


def test_every_row_has_a_fingerprint_that_changes_with_its_words() -> None:
    def fingerprints(description: str) -> dict[str, str]:
        report = report_of(
            "ga-commitments",
            *planned_action(1, description=description),
            *planned_action(2, description="same"),
        )
        return {key: value for part, key, value in entries(report) if part == "record.Actions"}

    first, second = fingerprints("one"), fingerprints("two")
    ids = ["00000001-0000-4000-8000-000000000000", "00000002-0000-4000-8000-000000000000"]
    assert list(first) == ids
    assert first[ids[0]] != second[ids[0]]
    assert first[ids[1]] == second[ids[1]]
