"""What a workbook will hold, cell by cell, before anything of Excel comes in.

A plan is plain, immutable and complete: writing adds nothing to it, and reading back is compared with
it. Rows and columns count from 1, widths are in characters of the body type, heights in points.

Nothing of a plan is changed once it is made. Pieces, cells and rows are not frozen all the same: long reports
have millions of them, and to make a frozen one takes four times as long.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from desktop_app.report.text import Mark

MAX_CHARACTERS = 32_767
"""Characters of a cell, as Excel counts them (UTF-16 units); "Excel specifications and limits"."""
MAX_LINE_FEEDS = 253
"""Line feeds of a cell; the same source."""
MAX_ROW_HEIGHT = 409.0
"""Points; the same source."""
MAX_SHEET_NAME = 31
MAX_RULE_TITLE, MAX_RULE_WORDS = 32, 255
"""Characters of what a rule for typing says; ECMA-376 part 1, 18.3.1.32."""


class Look(Enum):
    """How a cell is set; ``styles`` says what each means."""

    __hash__ = object.__hash__  # each is one object, looked up for every cell

    KICKER = auto()
    TITLE = auto()
    HEADING = auto()
    LIST_HEADING = auto()
    COLUMN_HEAD = auto()
    COLUMN_HEAD_BESIDE = auto()
    NUMBER = auto()
    BODY = auto()
    BODY_BESIDE = auto()
    CHIP = auto()
    LABEL = auto()
    LABEL_BESIDE = auto()
    LABEL_OVER_CHIP = auto()
    CAPTION = auto()
    QUIET = auto()
    QUIET_BESIDE = auto()
    STATE = auto()
    STATE_BESIDE = auto()
    MARK = auto()
    COVER_TITLE = auto()
    COVER_LINE = auto()
    LINK = auto()
    WARNING = auto()
    CHECKSUM = auto()
    ENTRY = auto()
    COUNT_HEAD = auto()
    COUNT = auto()
    DATA_HEAD = auto()
    DATA = auto()
    DATA_CODE = auto()
    DATA_NUMBER = auto()
    DATA_DATE = auto()
    DATA_LINK = auto()
    MIDDLE = auto()
    MIDDLE_CODE = auto()
    MIDDLE_NUMBER = auto()
    OPEN_HEAD = auto()
    OPEN = auto()
    OPEN_DATE = auto()
    HIDDEN = auto()


class Tone(Enum):
    """How a piece stands out from its cell."""

    __hash__ = object.__hash__

    SAME = auto()
    QUIET = auto()
    STRONG = auto()
    ADDED = auto()
    REMOVED = auto()


@dataclass(slots=True, unsafe_hash=True)
class Piece:
    """Characters of a cell that share one format."""

    text: str
    marks: frozenset[Mark] = frozenset()
    tone: Tone = Tone.SAME


Words = tuple[Piece, ...]
Content = Words | int | float | datetime.date | None
"""What a cell holds: words, a number, a day, or nothing."""


def words_of(content: Content) -> str:
    """The characters of a cell's content as a reader sees them; dates in ISO format."""
    if content is None:
        return ""
    if isinstance(content, tuple):
        return content[0].text if len(content) == 1 else "".join(piece.text for piece in content)
    return content.isoformat() if isinstance(content, datetime.date) else str(content)


@dataclass(slots=True, unsafe_hash=True)
class Cell:
    """One cell. ``rule``: a hairline below it; ``sheet``: the sheet that it is a link to, and its ``row``."""

    content: Content
    look: Look = Look.BODY
    rule: bool = False
    sheet: str | None = None
    row: int = 1

    def __post_init__(self) -> None:
        """No words are nothing: a cell does not tell them apart."""
        if self.content == ():
            self.content = None


@dataclass(slots=True)
class RowPlan:
    """One row: its cells by column, and its height (None: as high as an empty row).

    ``keeps``: it is printed on one page with the row below, as a heading is. ``grows``: it is as high as
    what people type in it, once they do.
    """

    cells: Mapping[int, Cell]
    height: float | None = None
    keeps: bool = False
    grows: bool = False


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A named table over the whole sheet; its header is the first row.

    ``names``: a hidden name for the header of each column, by column. It goes where the column goes,
    whatever its header is called then.
    """

    name: str
    columns: int
    rows: int
    names: Mapping[int, str] = field(default_factory=dict)


class Typing(Enum):
    """What a rule lets people type."""

    REFUSED = auto()
    LISTED = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule for what is typed into the cells of ``places``, ranges such as ``A1:C9``.

    ``source``: the range with the words to choose from. ``prompt`` is shown beside a cell that is
    entered, ``error`` when something else is typed: a title and words.
    """

    typing: Typing
    places: tuple[str, ...]
    source: str = ""
    prompt: tuple[str, str] = ("", "")
    error: tuple[str, str] = ("", "")


class Page(Enum):
    """How a sheet is printed."""

    PORTRAIT = auto()
    LANDSCAPE = auto()


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet.

    ``frozen``: rows and columns that stay in sight. ``printed``: how many columns are printed, all for 0;
    ``repeated``: rows and columns printed on every page; ``page_ends``: columns after which a page ends, none
    where all stand on one; ``row_ends``: the same of rows, none where pages end anywhere.
    ``hidden``: not to be shown from Excel's menus; ``hidden_columns``: there for the program, not for
    people; ``links``: the column of a table with links, 0 for none.
    """

    name: str
    title: str
    rows: Sequence[RowPlan]
    widths: tuple[float, ...]
    page: Page = Page.PORTRAIT
    printed: int = 0
    page_ends: tuple[int, ...] = ()
    row_ends: tuple[int, ...] = ()
    frozen: tuple[int, int] = (0, 0)
    repeated: tuple[int, int] = (0, 0)
    grid: bool = False
    table: TablePlan | None = None
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    links: int = 0
    validations: tuple[Validation, ...] = ()

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Row, column and cell, in reading order."""
        for row, planned in enumerate(self.rows, start=1):
            for column, cell in planned.cells.items():
                yield row, column, cell


@dataclass(frozen=True, slots=True)
class Printed:
    """The words in the margins of every printed page. ``page`` has places for ``{page}`` and ``{pages}``.

    ``left`` and ``right`` change places where sheets run from right to left.
    """

    left: str
    centre: str
    right: str
    foot: str
    page: str


@dataclass(frozen=True, slots=True)
class WorkbookPlan:
    """The whole workbook. ``date`` stands in its properties instead of the clock's."""

    sheets: tuple[SheetPlan, ...]
    title: str
    language: str
    date: datetime.date
    right_to_left: bool
    printed: Printed
    notices: tuple[str, ...] = field(default=())

    @property
    def row_count(self) -> int:
        """The rows of all sheets."""
        return sum(len(sheet.rows) for sheet in self.sheets)

    def sheet(self, name: str) -> SheetPlan:
        """The sheet of that name; KeyError when there is none."""
        for found in self.sheets:
            if found.name == name:
                return found
        raise KeyError(name)
