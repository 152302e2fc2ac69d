"""What every part of the plan needs to know of a report: its words, sheet names and the order of sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.exchange.workbook.check_results import CheckResults
from desktop_app.exchange.workbook.naming import Names, rows_sheet_name, sheet_name, sheet_names
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, Section, State
from desktop_app.report.attachments import Attached
from desktop_app.report.file_words import file_words
from desktop_app.report.placed_files import attached_by_place
from desktop_app.report.report import Report, Row
from desktop_app.report.state_words import empty_words, state_words
from desktop_app.runtime.i18n import _


@dataclass
class Context:
    """A report and what the program calls its parts in the workbook.

    ``previous`` is the plain content of the submission before, if there was one.
    ``cover`` is the section that says who reports: the one with the respondent's question. ``sheets``:
    the names of the readable sheets by the code of their section; ``row_sheets``: those of the flat
    sheets by row type. ``row_planned`` is called whenever something of one row was planned.
    """

    report: Report
    labels: Labels
    checks: CheckResults
    previous: Mapping[str, Any] | None = None
    cover: Section | None = None
    sheets: dict[str, str] = field(default_factory=dict)
    row_sheets: dict[str, str] = field(default_factory=dict)
    row_planned: Callable[[], object] | None = None
    attached: Mapping[str, list[tuple[str, Attached]]] = field(default_factory=dict)
    """The files that go with answers, rows and lists, by path."""
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Sheet and row where an answer or a row stands to be read, by path; known of sheets that are planned."""

    _ancestors: dict[str, tuple[Section, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        report: Report,
        previous: Mapping[str, Any] | None = None,
        row_planned: Callable[[], object] | None = None,
    ) -> Context:
        """Look through the form once, and check the report."""
        labels = Labels(report.form, report.language)
        checks = CheckResults.of(report, labels, row_planned)
        context = cls(report, labels, checks, previous, row_planned=row_planned)
        if report.attached:
            context.attached = attached_by_place(report)
        names: Names = sheet_names()
        for section in report.form.sections:
            context._place(section, ())
            if context.cover is None and any(question.respondent for question in section.fields):
                context.cover = section
            elif _has_content(section):
                context.sheets[section.code] = sheet_name(names, section.code)
        used = {entry.row.code for section in report.form.walk() for entry in section.lists}
        for code in report.form.row_types:
            if code in used:
                context.row_sheets[code] = rows_sheet_name(names, code)
        return context

    def _place(self, section: Section, above: tuple[Section, ...]) -> None:
        self._ancestors[section.code] = above
        for part in section.sections:
            self._place(part, (*above, section))

    def ancestors(self, section: Section) -> tuple[Section, ...]:
        """The sections around this one, the outermost first."""
        return self._ancestors[section.code]

    def readable(self) -> Iterator[Section]:
        """The sections that have a sheet of their own, in the working order."""
        return (section for section in self.report.form.sections if section.code in self.sheets)

    def state(self, state: State) -> str:
        """The words for a state."""
        return state_words(state, self.labels)

    def single_fields(self) -> Iterator[tuple[Section, Field, str]]:
        """Every question outside lists that the respondent answers, with its path."""
        for section in self.report.form.walk():
            for question in section.fields:
                if not question.respondent:
                    yield section, question, section.field_path(question)

    def empty_words(self, path: str, state: State | None) -> str:
        """Why there is no answer at ``path``."""
        return empty_words(self.report, path, state, self.labels)

    def file_words(self, *paths: str) -> list[str]:
        """The files that go with the places at these paths, a line for each."""
        return [
            _("Attached: {file}").format(file=file_words(each.file))
            for path in (paths if self.attached else ())
            for _key, each in self.attached.get(path, ())
        ]

    def left_out(self, path: str) -> bool:
        """Whether something at ``path`` is missing because this is a public copy."""
        return path in (self.report.left_out or ())

    def is_confidential(self, path: str) -> bool:
        """Whether a single answer or a list is marked."""
        return path in self.report.confidential


def _has_content(section: Section) -> bool:
    return any(part.goals or part.fields or part.lists for part in section.walk())


def confidential_codes(row: Row) -> list[str]:
    """Codes of what is confidential in a row: ``row`` for all of it, else its fields."""
    if "" in row.confidential:
        return [WHOLE_ROW]
    return sorted(row.confidential)


WHOLE_ROW = "row"
"""The code for a row that is confidential as a whole."""
