"""Every workbook keeps the rules under which Excel opens it without offering a repair."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial

import pytest

from desktop_app.exchange.workbook import plan_workbook, workbook_bytes
from desktop_app.report.changes import Change
from desktop_app.report.plain import canonical_bytes, report_to_plain
from desktop_app.report.report import Report
from tests.support.long_reports import SENTENCES, long_report
from tests.support.ooxml import breaches, place_of
from tests.support.small_form import filled_report
from tests.support.workbooks import example, example_workbook, planned_action, report_of, written


def strange_report() -> Report:
    """Whatever gives a workbook trouble: long words, controls, halves of characters, other directions."""
    words = [
        "=1+1",
        "x" * 70_000,
        "a\nb" * 400,
        "_x000D_ _x005F_",
        "مرحبا 你好 🙂" * 20,
        "<>&\"'\t  ",
        "\x0b\ufffe",
    ]
    changes = [
        change
        for number, text in enumerate(words, start=1)
        for change in planned_action(number, timeframe={"text": text, "edtf": None}, remark="<b>a </b> b")
    ]
    return report_of("ga-commitments", *changes, language="ar", country="XK")


REPORTS: dict[str, Callable[[], Report]] = {
    "example": example,
    "every type of answer": filled_report,
    "a form with parts": lambda: report_of("mnr"),
    "nothing answered": lambda: report_of("ga-commitments"),
    "strange": strange_report,
    **{f"long, in {language}": partial(long_report, language) for language in SENTENCES},
}


@pytest.mark.parametrize("make", REPORTS.values(), ids=REPORTS.keys())
def test_a_workbook_keeps_the_rules(make: Callable[[], Report]) -> None:
    assert breaches(written(make())) == []


def test_the_workbook_of_a_second_submission_keeps_the_rules() -> None:
    before, now = report_to_plain(example()), example()
    row = now.lists["T1.planned"].rows[0]
    now.apply(Change(f"T1.planned/{row.id}/description", None, "<p>New <b>standards</b></p><p>And more</p>"))
    plan = plan_workbook(now, canonical_bytes(report_to_plain(now)), before)
    assert breaches(workbook_bytes(plan)) == []


# The rules find what they are there for.

SPOILT = {
    "a type": (b"[Content_Types].xml", b"worksheet+xml", b"sheet+xml", "its type is"),
    "a part": (b"xl/_rels/workbook.xml.rels", b"sheet2.xml", b"sheet99.xml", "is not there"),
    "order": (b"xl/worksheets/sheet6.xml", b"<sheetData>", b"<hyperlinks/><sheetData>", "another order"),
    "a style": (b"xl/worksheets/sheet6.xml", b' s="', b' s="9', "a style that is not there"),
    "a header": (b"xl/tables/table1.xml", b'name="Comment"', b'name="Remark"', "other names"),
    "a table's area": (b"xl/tables/table1.xml", b'ref="A1:', b'ref="B1:', "counts its columns"),
    "a table's name": (b"xl/tables/table2.xml", b"tblActions", b"tblReview", "is taken"),
    "a count": (b"xl/worksheets/sheet6.xml", b'ations count="4"', b'ations count="5"', "rules"),
    "a list": (b"xl/worksheets/sheet6.xml", b"'Codes'!$C$", b"'Codes'!$Z$", "a list"),
    "a link": (b"xl/worksheets/sheet1.xml", b"'T1'!A1", b"'T9'!A1", "a link to"),
    "a name": (b"xl/workbook.xml", b"col.Review.key", b"A1", "cannot be a name"),
    "a height": (b"xl/worksheets/sheet6.xml", b' ht="', b' ht="9', "high"),
    "a sheet's name": (b"xl/workbook.xml", b'name="Codes"', b'name="Cover"', "two sheets of one name"),
    "white space": (b"xl/worksheets/sheet7.xml", b' xml:space="preserve"', b"", "loses white space"),
}  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new", "words"), SPOILT.values(), ids=SPOILT.keys())
def test_a_broken_rule_is_found(part: bytes, old: bytes, new: bytes, words: str) -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(example_workbook())) as archive,
        zipfile.ZipFile(stream, "w") as spoilt,
    ):
        for name in archive.namelist():
            content = archive.read(name)
            if name == part.decode():
                assert old in content
                content = content.replace(old, new)
            spoilt.writestr(name, content)
    assert any(words in breach for breach in breaches(stream.getvalue()))


def test_a_place_outside_a_sheet_is_none() -> None:
    assert place_of("XFD1048576") == (1_048_576, 16_384)
    with pytest.raises(ValueError, match="XFE1"):
        place_of("XFE1")
