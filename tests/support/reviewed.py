"""A workbook that goes out, is written in as reviewers do, and comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.report import Report
from desktop_app.report.text import markup
from desktop_app.services.review import ReadWorkbook, ReviewPreview, preview, read_workbook
from tests.support.workbooks import FORMS, example_workbook, opened, written

LIBRARY = FormLibrary([FORMS])


class Reviewed:
    """The workbook of a report in the hands of a reviewer. Columns are named by their codes."""

    def __init__(self, folder: Path, report: Report | None = None, data: bytes | None = None) -> None:
        """``report``: whose workbook it is; the example's for None."""
        self.folder = folder
        self.book: Workbook = opened(data or (example_workbook() if report is None else written(report)))
        self._columns: dict[tuple[str, str], int] = {}
        for name, defined in self.book.defined_names.items():
            if name.startswith("col."):
                _col, sheet, code = name.split(".", 2)
                letters = str(defined.attr_text).rpartition("!")[2].strip("$").partition("$")[0]
                self._columns[sheet, code] = self.book[sheet][f"{letters}1"].column

    def sheet(self, name: str) -> Worksheet:
        """A sheet by its name."""
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def column(self, sheet: str, code: str) -> int:
        """The number that the column had when the workbook went out."""
        return self._columns[sheet, code]

    def cell(self, sheet: str, row: int, code: str) -> Cell:
        """A cell of a flat sheet."""
        found = self.sheet(sheet).cell(row, self.column(sheet, code))
        assert isinstance(found, Cell)
        return found

    def write(self, sheet: str, row: int, **words: Any) -> None:
        """Type into cells of a row."""
        for code, value in words.items():
            self.cell(sheet, row, code).value = value

    def comment(self, row: int, comment: Any = None, **words: Any) -> None:
        """Type into a reviewer's columns: ``decision``, ``question``, ``reviewer``, ``date``, ``kind``."""
        self.write("Review", row, **{f"review_{code}": value for code, value in words.items()})
        if comment is not None:
            self.write("Review", row, review_comment=comment)

    def note(self, sheet: str, place: str, words: str, author: str = "Ana") -> None:
        """Put a note on a cell."""
        self.sheet(sheet)[place].comment = Comment(words, author)

    def row_of(self, sheet: str, code: str, value: object) -> int:
        """The first row with these words in a column."""
        for row in range(2, self.sheet(sheet).max_row + 1):
            if self.cell(sheet, row, code).value == value:
                return row
        raise AssertionError(f"{sheet} has no {value} in {code}")

    def copy_row(self, sheet: str, row: int, target: int) -> None:
        """Cut and paste a whole row, hidden columns too."""
        for column in range(1, self.sheet(sheet).max_column + 1):
            self.sheet(sheet).cell(target, column).value = self.sheet(sheet).cell(row, column).value

    def key(self, row: int) -> str:
        """The hidden key of a row of the sheet for reviews."""
        return str(self.cell("Review", row, "key").value)

    def saved(self, name: str = "returned.xlsx") -> Path:
        """The file as it comes back."""
        path = self.folder / name
        self.book.save(path)
        return path

    def read(self, name: str = "returned.xlsx") -> ReadWorkbook:
        """What the program reads of it."""
        return read_workbook(self.saved(name), LIBRARY)

    def held_for(self, report: Report, name: str = "returned.xlsx") -> ReviewPreview:
        """What it holds for a report."""
        return preview(report, self.read(name), LIBRARY)


def said(held: ReviewPreview) -> dict[str, list[str]]:
    """The words of all comments by what they are about."""
    found: dict[str, list[str]] = {}
    for each in held.comments:
        found.setdefault(each.comment.about, []).append(markup.read(each.comment.words).plain_text())
    return found


def told(held: ReviewPreview) -> str:
    """All sentences."""
    return "\n".join((*held.refusals, *held.warnings))


def written_in(reviewed: Reviewed, *rows: int) -> dict[str, list[str]]:
    """Comment on these rows; what must come back."""
    expected = {}
    for row in rows:
        reviewed.comment(row, f"About row {row}", decision="clarification", reviewer="Zoë")
        expected[reviewed.key(row)] = [f"About row {row}"]
    return expected
