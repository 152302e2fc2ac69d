"""What is streamed, against what openpyxl writes for the same plan."""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from desktop_app.exchange.workbook import WorkbookPlan, workbook_bytes
from desktop_app.exchange.workbook.plan import (
    Cell,
    Look,
    Page,
    Piece,
    Printed,
    RowPlan,
    SheetPlan,
    TablePlan,
    Tone,
    Typing,
    Validation,
)
from desktop_app.report.report import Report
from desktop_app.report.text import Mark
from tests.support.openpyxl_writer import openpyxl_bytes
from tests.support.small_form import filled_report
from tests.support.workbooks import MAIN, example, plan_of, report_of

SPACE = "{http://www.w3.org/XML/1998/namespace}space"

WORDS = [
    (Piece("plain"),),
    (Piece(" kept at both ends \n"),),
    (Piece("a <b> & \"c\" 'd' ]]> >"),),
    (Piece("_x000D_ and _x0041_"),),
    (Piece("=1+1\nnext line\ttab"),),
    (Piece("עברית العربية 中文 😀 \u00a0\u2028"),),
    (Piece(""),),
    (Piece("two "), Piece("pieces")),
    (
        Piece("rich ", frozenset({Mark.BOLD})),
        Piece(" "),
        Piece("2"),
        Piece("nd", frozenset({Mark.SUPERSCRIPT})),
    ),
    *((Piece("a ", tone=tone), Piece("_x000D_<b>", frozenset(Mark), tone)) for tone in Tone),
]
CONTENTS = [
    *WORDS,
    None,
    0,
    -7,
    12.5,
    0.1,
    999_999_999_999_999,
    123456789.125,
    1e-7,
    datetime.date(1900, 3, 1),
    datetime.date(2013, 12, 31),
    datetime.date(9999, 12, 31),
]


def everything() -> WorkbookPlan:
    """A plan with every look, content, kind of sheet and rule."""
    looks = [
        RowPlan(
            {
                column: Cell(content, look, rule)
                for column, content in enumerate(CONTENTS, start=1 + number % 2)
            },
            height,
        )
        for number, (look, rule) in enumerate((look, rule) for look in Look for rule in (False, True))
        for height in (None, 15.0 + number, 20.25)
    ]
    readable = SheetPlan(
        name="It's <all> & more",
        title="All",
        rows=(
            RowPlan({}, 12.0),
            RowPlan({}),
            *looks,
            RowPlan({2: Cell((Piece("to the table"),), Look.LINK, sheet="Tab", row=2)}),
        ),
        widths=(7.5, 40.0, 13.0),
        page=Page.LANDSCAPE,
        printed=2,
        page_ends=(1,),
        row_ends=(3, 7),
        frozen=(2, 1),
        repeated=(2, 1),
    )
    head = RowPlan(
        {column: Cell((Piece(f"Head {column} _x000D_"),), Look.DATA_HEAD) for column in (1, 2, 3)}, 30.0
    )
    table = SheetPlan(
        name="Tab",
        title="Table",
        rows=(
            head,
            RowPlan(
                {
                    1: Cell((Piece("a"),), Look.DATA_LINK, sheet="Nothing"),
                    2: Cell(None, Look.OPEN),
                    3: Cell(3, Look.DATA_NUMBER),
                },
                14.0,
            ),
        ),
        widths=(10.0, 20.0, 30.0),
        frozen=(1, 2),
        repeated=(1, 2),
        printed=2,
        links=1,
        grid=True,
        table=TablePlan("tblTab", 3, 2, {1: "col.Tab.a"}),
        hidden_columns=frozenset({1}),
        validations=(
            Validation(Typing.REFUSED, ("A1:C1", "A2:A2"), error=("No", "Not here")),
            Validation(
                Typing.LISTED, ("B2:B2",), "'Tab'!$A$2:$A$2", ("Choose", "One & <more>"), ("No", "Choose")
            ),
            Validation(Typing.DAY, ("C2:C2",)),
        ),
    )
    empty = replace(
        table, name="Empty", rows=(head, RowPlan({})), table=TablePlan("tblEmpty", 3, 2), validations=()
    )
    hidden = SheetPlan(
        "_meta", "Hidden", (RowPlan({3: Cell((Piece("x"),), Look.HIDDEN)}),), (1.0, 2.0, 3.0), hidden=True
    )
    nothing = SheetPlan("Nothing", "Nothing", (), ())
    printed = Printed("left & right", "centre", "right", "foot", "Page {page} of {pages}")
    return WorkbookPlan(
        (readable, table, empty, hidden, nothing), "Title", "en", datetime.date(2014, 3, 1), False, printed
    )


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def canonical(part: bytes) -> str:
    """The XML with all that means the same written the same: formats of pieces in one order."""
    tree = etree.fromstring(part)
    for properties in tree.iter(f"{MAIN}rPr"):
        properties[:] = sorted(properties, key=lambda each: str(each.tag))
        for each in properties:
            if each.get("val") in ("1", "single"):
                del each.attrib["val"]
    for text in tree.iterfind(f".//{MAIN}r/{MAIN}t"):
        # openpyxl forgets to protect a piece of white space alone; ours always are.
        text.attrib.pop(SPACE, "")
    return etree.tostring(tree, method="c14n").decode()


def assert_as_openpyxl(plan: WorkbookPlan) -> None:
    ours, theirs = parts(workbook_bytes(plan)), parts(openpyxl_bytes(plan))
    assert set(ours) == set(theirs)
    for name in theirs:
        if name.endswith((".xml", ".rels")) and name != "docProps/core.xml":
            assert canonical(ours[name]) == canonical(theirs[name]), name


@pytest.mark.parametrize("right_to_left", [False, True])
def test_every_look_and_content_is_written_as_openpyxl_writes_it(right_to_left: bool) -> None:
    assert_as_openpyxl(replace(everything(), right_to_left=right_to_left))


@pytest.mark.parametrize(
    "report",
    [example(), filled_report(), report_of("ga-commitments", language="ar"), report_of("mnr")],
    ids=["example", "every type", "empty, from right to left", "another form"],
)
def test_workbooks_of_reports_are_written_as_openpyxl_writes_them(report: Report) -> None:
    assert_as_openpyxl(plan_of(report))


@settings(max_examples=60)
@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")
        )
        | st.text("_x0D5F&<>\"' \n\t]"),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_any_characters_are_written_as_openpyxl_writes_them(texts: list[str], rich: bool) -> None:
    marks = frozenset({Mark.BOLD}) if rich else frozenset()
    rows = tuple(RowPlan({1: Cell((Piece(text, marks), Piece(text)))}) for text in texts if text)
    sheet = SheetPlan("Sheet", "Sheet", rows, (10.0,))
    assert_as_openpyxl(replace(everything(), sheets=(sheet,)))


def test_white_space_of_every_piece_is_protected() -> None:
    for name, part in parts(workbook_bytes(everything())).items():
        if name.startswith("xl/worksheets/sheet"):
            for text in etree.fromstring(part).iter(f"{MAIN}t"):
                if text.text != (text.text or "").strip():
                    assert text.get(SPACE) == "preserve"
