from __future__ import annotations

import hashlib
import io

import pytest

from desktop_app.exchange.review.allowance import Budget, budget_for
from desktop_app.exchange.review.zip_parts import ZipParts
from tests.support.hostile_workbooks import padded, zipped
from tests.support.workbooks import example_workbook

HIDDEN, SHEET = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet1.xml"


def fingerprints(count: int) -> bytes:
    """The cells of a hidden sheet, one with a fingerprint that is its own in each."""
    stream = io.BytesIO()
    for number in range(count):
        stream.write(b"<c><v>%b</v></c>" % hashlib.sha256(b"%d" % number).hexdigest().encode())
    return stream.getvalue()


def budget(hidden: bytes, size: int) -> Budget | None:
    """What a workbook may ask for that has so many bytes in a sheet, and this hidden one."""
    data = zipped([(SHEET, b"x" * size), (HIDDEN, hidden)])
    return budget_for(ZipParts(data), [HIDDEN])


def test_an_ordinary_workbook_is_allowed_the_same_however_large_its_file_is() -> None:
    for data in (example_workbook(), padded(example_workbook())):
        assert budget_for(ZipParts(data), []) == Budget()


def test_a_long_one_is_allowed_what_its_records_need() -> None:
    known = fingerprints(1000)
    assert budget(known, 20_000_000) == Budget.of(1000)
    assert budget(known * 30, 20_000_000) == Budget.of(1000), "each counts once"
    assert budget(b"<c><v>abc</v></c>" * 1000, 20_000_000) == Budget()
    assert budget(b"<c><v>abc</v></c>" * 1000, Budget().unpacked + 1) is None
    assert budget(known, Budget().unpacked + 1) == Budget.of(1000)


def test_a_fingerprint_between_two_pieces_is_found() -> None:
    known = b" " * ((1 << 18) - 40) + fingerprints(3)
    assert budget(known, 20_000_000) == Budget.of(3)


@pytest.mark.parametrize("records", [0, 1, 74_000])
def test_more_records_never_allow_less(records: int) -> None:
    one, more = Budget.of(records), Budget.of(records + 1)
    assert more.marks > one.marks and more.cells >= one.cells and more.characters >= one.characters
    assert Budget.of(1_000_000).characters == 240_000_000
