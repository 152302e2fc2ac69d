"""The cells of one sheet, read as a stream. Used in the limited process only.

Only cells with something in them are kept, so that a far cell, a false dimension or a giant merged
range costs nothing; the number of cells and of characters is limited for the whole workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop_app.exchange.review.allowance import Budget
from desktop_app.exchange.review.cell_values import CellValue, iso_moment, number
from desktop_app.exchange.review.characters import shown
from desktop_app.exchange.review.reasons import Reason, UnreadableError
from desktop_app.exchange.review.references import MAX_ROW, column_number
from desktop_app.exchange.review.struck import NAMES, Runs, struck_in
from desktop_app.exchange.review.xml_reading import MAX_DEPTH, MAX_WORDS, StopReading, parsed

MAX_FLAT_ROWS = 80_000
"""Rows of a table; a report of 36,000 actions has half."""
MAX_OTHER_ROWS = 5_000
"""Rows that are kept of a sheet that is no table."""
FEW_CELLS = 3
"""A table has at least so many headers in its first row."""

SheetRow = tuple[int, list[tuple[int, CellValue]]]
"""The number of a row, and its cells by the number of their column."""


@dataclass
class Values:
    """What all sheets need to know: shared strings, styles of days, the year that days count from.

    ``struck``: styles that strike words through; ``runs``: what is struck of strings with looks of their own.
    """

    strings: list[str] = field(default_factory=list)
    days: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    runs: dict[int, tuple[str, str]] = field(default_factory=dict)
    from_1904: bool = False


class SheetReader:
    """The rows of one sheet; those of a sheet that is no table only up to a limit, and the ``noted`` ones."""

    def __init__(self, part: str, values: Values, budget: Budget, flat: bool, noted: frozenset[int]) -> None:
        self._rows: list[SheetRow] = []
        self._kept = 0
        self.cut = False
        """Whether there was more than was kept."""
        self.struck: list[tuple[int, int, str]] = []
        """Row, column and words of cells in which words are struck through."""
        self._part = part
        self._values = values
        self._budget = budget
        self._flat = flat
        self._noted = noted
        self._last_noted = max(noted, default=0)
        self._row = self._column = self._depth = self._count = 0
        self._cells: list[tuple[int, CellValue]] = []
        self._type = ""
        self._is_day = self._is_struck = False
        self._runs = Runs()
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._inline: list[str] = []
        self._marks = budget.marks
        self._into: list[str] | None = None
        self._length = 0
        self._quiet = False

    def rows(self, pieces: Iterable[bytes]) -> Iterator[list[SheetRow]]:
        """The rows, some at a time, so that they need not all be kept. UnreadableError."""
        for _piece in parsed(pieces, self._part, self._start, self._end, self._text):
            if self._rows:
                rows, self._rows = self._rows, []
                yield rows
        self._budget.marks = self._marks

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        # Called for every element: the most frequent ones first, and nothing that is not needed.
        if name == "c":
            self._start_cell(attributes)
        elif name == "t":
            if not self._quiet:
                self._into = []
                self._length = 0
        elif name == "v":
            self._value = self._into = []
            self._length = 0
        elif name == "row":
            self._row = self._number(attributes.get("r"), self._row + 1, MAX_ROW)
            self._column = 0
            self._cells = []
        elif name == "f":
            self._formula = self._into = []
            self._length = 0
        elif name == "rPh":
            self._quiet = True
        elif name in NAMES:
            self._runs.start(name, attributes.get("val", "1"))
        elif ":" in name:
            self._start(name.rpartition(":")[2], attributes)
            return
        self._depth += 1
        self._marks -= 1 + len(attributes)
        if self._marks < 0 or self._depth > MAX_DEPTH:
            raise UnreadableError(Reason.TOO_MUCH, self._part)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "c":
            self._end_cell()
        elif name == "t":
            if self._into is not None:
                self._inline.append(shown("".join(self._into)))
                self._runs.add(self._inline[-1])
            self._into = None
        elif name in ("v", "f"):
            self._into = None
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._quiet = False
        elif name == "sheetData":
            raise StopReading
        elif ":" in name:
            self._depth += 1
            self._end(name.rpartition(":")[2])

    def _text(self, characters: str) -> None:
        if self._into is not None:
            self._into.append(characters)
            self._length += len(characters)
            if self._length > MAX_WORDS:
                raise UnreadableError(Reason.TOO_MUCH, self._part)

    def _number(self, text: str | None, default: int, most: int) -> int:
        if text is None:
            return default
        if not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= most:
            raise UnreadableError(Reason.DAMAGED, self._part)
        return int(text)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._column = column_number(reference.rstrip("0123456789"))
            if not self._column:
                raise UnreadableError(Reason.DAMAGED, self._part)
        self._type = attributes.get("t", "n")
        self._is_day = False
        if self._type == "n":
            self._is_day = self._is_of(attributes, self._values.days)
        self._is_struck = bool(self._values.struck) and self._is_of(attributes, self._values.struck)
        self._value = self._formula = None
        if self._inline or self._runs.is_rich:
            self._inline = []
            self._runs.begin()

    @staticmethod
    def _is_of(attributes: dict[str, str], styles: frozenset[int]) -> bool:
        style = attributes.get("s", "")
        return style.isdecimal() and int(style[:9]) in styles

    def _end_cell(self) -> None:
        content = self._content()
        if content is None or content == "":
            return
        self._cells.append((self._column, content))
        self._budget.cells -= 1
        self._budget.characters -= len(content) if isinstance(content, str) else 10
        if self._is_struck or self._values.runs or self._runs.is_rich:
            self._note_struck(content)
        if self._budget.cells < 0 or self._budget.characters < 0:
            raise UnreadableError(Reason.TOO_MUCH, self._part)

    def _note_struck(self, content: CellValue) -> None:
        whole = content if isinstance(content, str) else content[1]
        words = "", whole
        if self._type == "inlineStr" and self._runs.is_rich:
            words = self._runs.words()
        elif self._type == "s" and self._formula is None and self._value is not None:
            words = self._values.runs.get(int("".join(self._value)), words)
        struck = struck_in(words, self._is_struck)
        if struck:
            self.struck.append((self._row, self._column, struck))
            self._budget.characters -= len(struck)

    def _content(self) -> CellValue | None:
        if self._formula is not None:
            return ["f", "=" + shown("".join(self._formula))]
        if self._type == "inlineStr":
            return "".join(self._inline)
        if self._value is None:
            return None
        text = "".join(self._value)
        match self._type:
            case "s":
                return self._shared(text.strip())
            case "n":
                return number(text.strip(), self._is_day, self._values.from_1904) if text.strip() else None
            case "d":
                return ["d", iso_moment(text.strip())]
            case "b":
                return ["b", "yes" if text.strip() == "1" else "no"]
            case "e":
                return ["e", shown(text)]
            case _:
                return shown(text)

    def _shared(self, index: str) -> str:
        strings = self._values.strings
        if not index.isdecimal() or len(index) > 9 or int(index) >= len(strings):
            raise UnreadableError(Reason.DAMAGED, self._part)
        return strings[int(index)]

    def _end_row(self) -> None:
        self._count += 1
        if self._count == 1 and len(self._cells) >= FEW_CELLS:
            self._flat = True
        if self._flat and self._kept >= MAX_FLAT_ROWS:
            raise UnreadableError(Reason.TOO_MUCH, self._part)
        if self._flat or self._count <= MAX_OTHER_ROWS or self._row in self._noted:
            if self._cells:
                self._rows.append((self._row, self._cells))
                self._kept += 1
            self._cells = []
            return
        self.cut = True
        if self._row > self._last_noted:
            raise StopReading
