"""The flat table of one row type: every row of the report, whatever section and list it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.exchange.workbook.attachment_table import files_columns, files_contents
from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import (
    BETWEEN_CODES,
    SHORT,
    WHOLE_TEXT,
    Column,
    Subject,
    columns_of,
    contents_of,
)
from desktop_app.exchange.workbook.common_columns import (
    Contents,
    check_columns,
    code_column,
    confidential_column,
    depth_of,
    number_column,
    section_columns,
    section_contents,
    state_columns,
    state_contents,
    words_column,
)
from desktop_app.exchange.workbook.confidential_marks import MARK, mark_column, place_mark
from desktop_app.exchange.workbook.context import Context, confidential_codes
from desktop_app.exchange.workbook.lazily import lazily
from desktop_app.exchange.workbook.plan import Words
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.formdef.model import ListDefinition, Presentation, RowType, Section
from desktop_app.report.attachments import Attached
from desktop_app.report.paths import read_path, row_path
from desktop_app.report.placed_files import attached_by_place
from desktop_app.report.report import Row
from desktop_app.runtime.i18n import _

ROW_ID = "row_id"


@dataclass(frozen=True, slots=True)
class _Place:
    """A row and where it stands; ``number`` counts from 1 in its list."""

    section: Section
    entry: ListDefinition
    number: int
    row: Row


def row_table(context: Context, row_type: RowType) -> FlatTable:
    """All rows of a type in the working order."""
    places = list(_places(context, row_type))
    sections = (section for section in context.report.form.walk() if _has_type(section, row_type))
    depth = depth_of(context, sections)
    attached = _attached_rows(context, places)
    is_marked = any(_mark(context, place) for place in places)
    first = _first_columns(depth, is_marked)
    last = [*files_columns(attached), *_last_columns(context, places)]
    taken = {WHOLE_TEXT, *(column.code for column in (*first, *last))}
    questions = list(_questions(context, row_type, places, taken))
    answers = (column for _subject, columns in questions for column in columns)
    beside, aside = [[column for column in first if column.aside is is_aside] for is_aside in (False, True)]
    record = _Records(context, [subject for subject, _columns in questions], depth, attached, is_marked)
    return FlatTable(
        sheet=context.row_sheets[row_type.code],
        about=_("Every row of the lists in one table, to sort and filter"),
        columns=(*beside, *answers, *aside, *last),
        records=lazily(places, record.of),
        keys=tuple(place.row.id for place in places),
        readable=frozenset(subject.code for subject, _columns in questions),
        path_of=lambda index: row_path(places[index].entry.path, places[index].row.id),
    )


def _places(context: Context, row_type: RowType) -> Iterator[_Place]:
    for section in context.report.form.walk():
        for entry in section.lists:
            if entry.row.code == row_type.code:
                for number, row in enumerate(context.report.lists[entry.path].rows, start=1):
                    yield _Place(section, entry, number, row)


def _attached_rows(context: Context, places: list[_Place]) -> Mapping[str, list[tuple[str, Attached]]]:
    """The files that go with each row and its answers, by the row's id."""
    if not context.report.attached:
        return {}
    ids = {place.row.id for place in places}
    found: dict[str, list[tuple[str, Attached]]] = {}
    for path, files in attached_by_place(context.report).items():
        if (row_id := read_path(path).row) in ids and row_id is not None:
            found.setdefault(row_id, []).extend(files)
    return found


def _has_type(section: Section, row_type: RowType) -> bool:
    return any(entry.row.code == row_type.code for entry in section.lists)


def _first_columns(depth: int, is_marked: bool) -> list[Column]:
    return [
        code_column("reference", _("Reference"), SHORT),
        *section_columns(depth),
        code_column("list", _("List: code"), allowed="lists", aside=True),
        words_column("list_title", _("List"), 17.0),
        replace(number_column("number", _("No."), 6.0), aside=True),
        *([mark_column()] if is_marked else ()),
    ]


def _last_columns(context: Context, places: list[_Place]) -> list[Column]:
    has_states = any("" in place.row.states for place in places)
    return [
        *(state_columns("state") if has_states else ()),
        *check_columns(aside=True),
        confidential_column("confidential"),
        code_column("country", _("Country: code"), allowed=context.report.form.respondents, aside=True),
        code_column("cycle", _("Cycle"), aside=True),
        code_column(ROW_ID, _("Row id"), 40.0, "UUID", aside=True),
    ]


def _mark(context: Context, place: _Place) -> Words:
    return place_mark(context, row_path(place.entry.path, place.row.id))


def _questions(
    context: Context, row_type: RowType, places: list[_Place], taken: set[str]
) -> Iterator[tuple[Subject, list[Column]]]:
    """The questions of a row with their columns, whose codes differ from all that are ``taken``."""
    for question in row_type.fields:
        label, source = context.labels.field_label(question), f"{row_type.code}.{question.code}"
        code = question.code
        while True:
            subject = Subject(question, context.labels, code, label, source)
            columns = list(_question_columns(subject, places))
            if taken.isdisjoint(column.code for column in columns):
                break
            code = f"answer_{code}"
        taken.update(column.code for column in columns)
        yield subject, columns


def _question_columns(subject: Subject, places: list[_Place]) -> Iterator[Column]:
    """The columns of a question; what is not shown beside the main words of a row stands aside."""
    code = subject.question.code
    is_aside = subject.question.presentation not in (Presentation.LEAD, Presentation.CHIPS)
    for column in columns_of(subject, (place.row.values.get(code) for place in places)):
        yield replace(column, aside=is_aside or column.aside)
    if subject.question.states or any(code in place.row.states for place in places):
        for column in state_columns(f"{subject.code}_state", subject.label):
            yield replace(column, aside=is_aside or column.aside)


class _Records:
    """Makes the records of rows. What all rows of a list share is made once."""

    def __init__(
        self,
        context: Context,
        subjects: list[Subject],
        depth: int,
        attached: Mapping[str, list[tuple[str, Attached]]],
        is_marked: bool,
    ) -> None:
        self._context, self._subjects, self._depth = context, subjects, depth
        self._attached, self._is_marked = attached, is_marked
        self._names = tuple((subject.question.code, subject.label) for subject in subjects)
        self._shared: dict[str, Contents] = {}

    def of(self, place: _Place) -> Contents:
        row, entry, states = place.row, place.entry, place.row.states
        record: Contents = {
            "reference": plain(f"{entry.path} {place.number}"),
            **self._of_list(place),
            "number": place.number,
            ROW_ID: plain(row.id),
            **self._context.checks.contents(row_path(entry.path, row.id), names=self._names),
        }
        if row.confidential:
            record["confidential"] = plain(BETWEEN_CODES.join(confidential_codes(row)))
        if self._is_marked:
            record[MARK] = _mark(self._context, place)
        if self._attached:
            record |= files_contents(self._attached.get(row.id, ()))
        if states:
            record |= state_contents(self._context, "state", states.get(""))
        for subject in self._subjects:
            code = subject.question.code
            value = row.values.get(code)
            if value is not None:
                record |= contents_of(subject, value)
            if code in states:
                record |= state_contents(self._context, f"{subject.code}_state", states[code])
        return record

    def _of_list(self, place: _Place) -> Contents:
        entry = place.entry
        if entry.path not in self._shared:
            report = self._context.report
            self._shared[entry.path] = {
                **section_contents(self._context, place.section, self._depth),
                "list": plain(entry.code),
                "list_title": plain(self._context.labels.list_title(entry)),
                "country": plain(report.country),
                "cycle": plain(report.cycle),
            }
        return self._shared[entry.path]
