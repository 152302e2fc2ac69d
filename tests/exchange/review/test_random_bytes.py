"""Whatever stands in a workbook, reading it ends with a sentence or with what it says."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.exchange.review.grid import read_grid
from desktop_app.exchange.review.guard import guarded
from desktop_app.exchange.review.limited import found_in
from desktop_app.exchange.review.limited_process import answer
from desktop_app.exchange.review.read import matched
from desktop_app.exchange.review.reasons import ReturnedError
from desktop_app.exchange.review.returned import ReturnedWorkbook
from tests.support.returned_workbooks import LIBRARY, RESAVED, read_bytes, with_parts
from tests.support.workbooks import example_workbook

FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_here(data: bytes) -> ReturnedWorkbook | None:
    """Read without a process, for speed, through the same steps; None for what is refused."""
    try:
        found = found_in("a.xlsx", b"".join(answer(guarded("a.xlsx", data), [])))
        return matched("a.xlsx", read_grid("a.xlsx", found), "", LIBRARY)
    except ReturnedError as error:
        assert error.sentence.startswith("“a.xlsx”")
        return None


def scattered(content: bytes, seed: int) -> bytes:
    """The bytes with a few others among them, or some taken out."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _count in range(chance.randint(1, 6)):
        place = chance.randrange(len(changed)) if changed else 0
        match chance.randrange(3):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                changed[place:place] = chance.randbytes(chance.randint(1, 8))
            case _:
                del changed[place : place + chance.randint(1, 50)]
    return bytes(changed)


@FEW
@given(st.data())
def test_random_bytes_in_any_part(data: st.DataObject) -> None:
    workbook = data.draw(
        st.sampled_from([example_workbook(), (RESAVED / "reviewed_in_libreoffice.xlsx").read_bytes()])
    )
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        name = data.draw(st.sampled_from(archive.namelist()))
        content = archive.read(name)
    read_here(with_parts(workbook, {name: scattered(content, data.draw(st.integers(0, 1 << 32)))}))


@FEW
@given(st.integers(0, 1 << 32))
def test_random_bytes_in_the_file(seed: int) -> None:
    read_here(scattered(example_workbook(), seed))


@FEW
@given(st.data())
def test_other_words_in_the_hidden_sheet_and_in_headers(data: st.DataObject) -> None:
    """Numbers, keys and codes that are none, in XML that is whole."""
    workbook = example_workbook()
    old = data.draw(
        st.sampled_from(
            [
                b">format<",
                b">1<",
                b">data<",
                b">record.Review<",
                b"col.Review.key",
                b"$A$1",
                b'r="A1"',
                b't="inlineStr"',
            ]
        )
    )
    new = data.draw(st.sampled_from([b">99<", b">x<", b"", b'r="B9"', b't="s"', b"$XFD$9", b'"', b">-1<"]))
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    read_here(with_parts(workbook, {name: content.replace(old, new) for name, content in parts.items()}))


def test_an_honest_workbook_is_read_the_same_with_and_without_the_process(tmp_path: Path) -> None:
    here = read_here(example_workbook())
    there = read_bytes(tmp_path, example_workbook())
    assert here is not None
    assert (here.identity, here.records, here.edits) == (there.identity, there.records, there.edits)
