"""What the export wrote into the flat sheets: planned again from the answers in the workbook itself.

Where that cannot be done (the form is not here, the answers are damaged), codes and headers of columns
and the fingerprints of the hidden sheet remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.exchange.review.grid import Grid
from desktop_app.exchange.review.hidden_sheet import HiddenSheet
from desktop_app.exchange.strict_json import read_json
from desktop_app.exchange.workbook.naming import CODES, DICTIONARY, REVIEW, Names, column_name
from desktop_app.exchange.workbook.plan import WorkbookPlan, words_of
from desktop_app.exchange.workbook.planning import plan_tables, plan_workbook
from desktop_app.formdef.model import Form
from desktop_app.report.plain import report_from_plain
from desktop_app.report.report import Report
from desktop_app.runtime.errors import DeskError

WITHOUT_KEY = frozenset({DICTIONARY, CODES})
"""Tables that explain the others."""
MOST_PLANNED = 6_000
"""Records up to which the readable sheets are planned too; planning them takes long."""


@dataclass
class OfficialTable:
    """A flat sheet as it was written. ``records`` is empty when only fingerprints are known.

    ``columns``: code and header in order; ``sources``: where a column comes from, by code.
    """

    sheet: str
    columns: list[tuple[str, str]]
    fingerprints: dict[str, str] = field(default_factory=dict)
    records: dict[str, dict[str, str]] = field(default_factory=dict)
    planned: dict[str, str] = field(default_factory=dict)
    """Fingerprints of the records as planned again; they differ where the program writes otherwise now."""
    sources: dict[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """The codes of the columns in order."""
        return [code for code, _label in self.columns]

    def continued(self) -> dict[str, list[str]]:
        """The columns in which the texts of a column go on, by its code."""
        places = {code: place for place, code in enumerate(self.codes)}
        found: dict[str, list[str]] = {}
        for code in places:
            last = code
            while self._goes_on(code, last, further := f"{code}_{len(found.get(code, ())) + 2}", places):
                found.setdefault(code, []).append(further)
                last = further
        return found

    def _goes_on(self, code: str, last: str, further: str, places: Mapping[str, int]) -> bool:
        """Whether texts of ``code`` go on in ``further``: a column from the same place, or just behind."""
        if further not in places:
            return False
        sources = self.sources.get(code), self.sources.get(further)
        return sources[0] == sources[1] if all(sources) else places[further] == places[last] + 1


@dataclass
class Official:
    """All tables by sheet, and the report and plan when they could be made again."""

    tables: dict[str, OfficialTable]
    names: dict[str, tuple[str, str]]
    """Sheet and column code by the hidden name of a column's header."""
    report: Report | None = None
    plan: WorkbookPlan | None = None
    hidden: HiddenSheet = field(default_factory=HiddenSheet)

    def table(self, sheet: str) -> OfficialTable | None:
        """The table of a sheet."""
        return self.tables.get(sheet)


def official(hidden: HiddenSheet, grid: Grid, form: Form | None) -> Official:
    """What is known of what was written. ``form``: the version it was made of, None if it is not here."""
    tables = {
        sheet: OfficialTable(sheet, columns, hidden.fingerprints.get(sheet, {}))
        for sheet, columns in hidden.columns.items()
    }
    for sheet, columns, sources in _dictionary(grid):
        table = tables.setdefault(sheet, OfficialTable(sheet, columns, hidden.fingerprints.get(sheet, {})))
        table.sources.update(sources)
    found = Official(tables, _header_names(tables.values()), hidden=hidden)
    if form is not None and hidden.answers:
        _plan_again(found, hidden.answers, form)
    return found


def _header_names(tables: Iterable[OfficialTable]) -> dict[str, tuple[str, str]]:
    found = {}
    for table in tables:
        names = Names()
        for code in table.codes:
            found[column_name(names, table.sheet, code)] = (table.sheet, code)
    return found


def _dictionary(grid: Grid) -> Iterable[tuple[str, list[tuple[str, str]], dict[str, str]]]:
    """Columns and sources by sheet as the dictionary in the workbook has them."""
    columns: dict[str, list[tuple[str, str]]] = {}
    sources: dict[str, dict[str, str]] = {}
    for sheet in grid.sheets:
        if sheet.name != DICTIONARY:
            continue
        for row, cells in sorted(sheet.rows.items()):
            name, label, code = (cells[column].words if column in cells else "" for column in (1, 2, 3))
            if row > 1 and name and code:
                columns.setdefault(name, []).append((code, label))
                sources.setdefault(name, {})[code] = cells[6].words if 6 in cells else ""
    for name, listed in columns.items():
        yield name, listed, sources[name]


def _plan_again(found: Official, answers: bytes, form: Form) -> None:
    """Plan the workbook of the answers again. Without success the fingerprints must do."""
    try:
        plain: Any = read_json("data.json", answers)
        report = report_from_plain(plain, form)
        tables = plan_tables(report)
        rows = sum(len(table.keys) for table in tables)
        found.plan = plan_workbook(report, answers) if rows <= MOST_PLANNED else None
    except (DeskError, KeyError, TypeError, ValueError, AttributeError):
        return
    found.report = report
    for planned in tables:
        labels = [(column.code, column.label) for column in planned.columns]
        table = found.tables.setdefault(planned.sheet, OfficialTable(planned.sheet, labels))
        table.sources.update((column.code, column.source) for column in planned.columns)
        for key, record, mark in zip(planned.keys, planned.records, planned.fingerprints, strict=True):
            # A number is kept even when it is none: a cell with 0 in it is not an empty one.
            words = {code: words_of(content) for code, content in record.items()}
            table.records[key] = {code: each for code, each in words.items() if each}
            table.planned[key] = mark.hex()
    found.names.update(_header_names(found.tables.values()))


def is_review(table: OfficialTable) -> bool:
    """Whether it is the table that reviewers write in."""
    return table.sheet == REVIEW
