"""The readable sheet of a section: headings, goals, questions and lists as the form has them.

Three kinds of columns and nothing merged: numbers hang at the left, words fill the wide column, short
fields stand at the right, and what is confidential says so in the last. Parts of a section follow
below it on the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from desktop_app.exchange.workbook.cells import joined, plain
from desktop_app.exchange.workbook.confidential_marks import mark, row_mark
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.heights import may_be_cut, one_line_width
from desktop_app.exchange.workbook.paper import row_ends
from desktop_app.exchange.workbook.plan import Cell, Content, Look, Page, SheetPlan, Tone, Words, words_of
from desktop_app.exchange.workbook.readable import CHIP_WIDTHS, readable_words
from desktop_app.exchange.workbook.sheet_rows import SheetRows
from desktop_app.exchange.workbook.styles import STYLES
from desktop_app.formdef.model import GOALS_FIELD, Field, ListDefinition, Presentation, RowType, Section
from desktop_app.report.paths import row_path
from desktop_app.report.report import Row
from desktop_app.runtime.i18n import _

NUMBER, MAIN, FIRST_CHIP = 1, 2, 3
_NUMBER_WIDTH, _MAIN_WIDTH, _MAIN_BESIDE_MARKS, _MARK_WIDTH = 7.0, 72.0, 64.0, 14.0
_PORTRAIT_WIDTH = 135.0
_MOST_HEADS = 2
"""So many different names of a column stand above it on every page."""
_NARROW_TABLE = 36.0
"""As wide as the narrowest column of a table that shows an answer in full."""
_AIR = 4.0
"""Points between a hairline and the words below it; cells know no such margin."""


def section_sheet(context: Context, section: Section) -> SheetPlan:
    """The sheet of a top section with all its parts."""
    return _SectionSheet(context, section).plan()


class _SectionSheet:
    def __init__(self, context: Context, section: Section) -> None:
        self._context = context
        self._labels = context.labels
        self._section = section
        chips = _chip_widths(section)
        marks = (_MARK_WIDTH,) if _has_confidential(context, section) else ()
        self._main_width = _MAIN_BESIDE_MARKS if marks else _MAIN_WIDTH
        self._mark = FIRST_CHIP + len(chips)
        self._rows = SheetRows((_NUMBER_WIDTH, self._main_width, *chips, *marks))
        self._columns = range(NUMBER, len(self._rows.widths) + 1)

    def plan(self) -> SheetPlan:
        title = self._title()
        for part in self._section.walk():
            self._part(part)
        widths = (self._rows.width_beside(_NUMBER_WIDTH), *self._rows.widths[1:])
        sheet = SheetPlan(
            name=self._context.sheets[self._section.code],
            title=title,
            rows=tuple(self._rows.rows),
            widths=widths,
            page=Page.PORTRAIT if sum(widths) <= _PORTRAIT_WIDTH else Page.LANDSCAPE,
            frozen=(1, 0),
            repeated=(1, 0),
        )
        return replace(sheet, row_ends=row_ends(sheet))

    def _begins(self, path: str, *contents: Content) -> None:
        """What is at ``path`` stands in the next row. It is noted of texts that tables may have to cut."""
        if any(may_be_cut(words_of(content), _NARROW_TABLE, STYLES[Look.DATA]) for content in contents):
            self._context.places[path] = (self._context.sheets[self._section.code], len(self._rows.rows) + 1)

    # Headings.

    def _title(self) -> str:
        """A short name in the first cell, where people and screen readers look; below it the full title."""
        section = self._section
        kicker = self._labels.section_kicker(section)
        first = kicker or self._labels.section_short(section)
        full = self._labels.section_title(section) if kicker else self._labels.section_heading(section)
        heads = self._running_heads()
        room = _NUMBER_WIDTH + self._main_width
        if one_line_width(first, STYLES[Look.KICKER]) > room:
            heads = {}  # they would hide the end of the words
        self._rows.add({NUMBER: Cell(plain(first), Look.KICKER), **heads}, keeps=True)
        if full != first:
            self._rows.add({MAIN: Cell(plain(full), Look.TITLE)}, keeps=True)
        return full

    def _running_heads(self) -> dict[int, Cell]:
        """What the short fields of lists are called, for the row that stays in sight and on every page."""
        labels: dict[int, dict[str, None]] = {}
        for part in self._section.walk():
            for entry in part.lists:
                for column, question in enumerate(_chips(entry.row), start=FIRST_CHIP):
                    labels.setdefault(column, {})[self._labels.field_label(question, entry)] = None
        return {
            column: Cell(plain(" / ".join(found)), Look.LABEL_OVER_CHIP)
            for column, found in labels.items()
            if len(found) <= _MOST_HEADS
        }

    def _part(self, part: Section) -> None:
        if part is not self._section:
            self._rows.gap(14.0)
            self._rows.add({MAIN: Cell(plain(self._labels.section_heading(part)), Look.HEADING)}, keeps=True)
        self._goals(part)
        for question in part.fields:
            if question.goal is None:
                self._field(part, question)
        for entry in part.lists:
            self._list(part, entry)

    # Goals and single questions.

    def _goals(self, part: Section) -> None:
        if not part.goals:
            return
        path = part.field_path(GOALS_FIELD)
        chosen = self._context.report.answers.get(path)
        state = self._context.report.states.get(path)
        if state is not None:
            self._label(self._labels.field_label(GOALS_FIELD))
            self._rows.add({MAIN: Cell(plain(self._context.state(state)), Look.STATE)})
        self._rows.gap(4.0)
        for goal in part.goals:
            words = joined(
                (plain(self._labels.goal_heading(part), Tone.STRONG), plain(self._labels.goal(goal.code))),
                " ",
            )
            taken = isinstance(chosen, tuple) and goal.code in chosen
            cells = {
                MAIN: Cell(words),
                **self._beside(self._labels.goal_short(goal.code), _("Chosen") if taken else _("Not chosen")),
                **self._confidential_mark(self._context.is_confidential(path)),
            }
            self._rows.add(cells, mark=NUMBER)
            for question in part.fields:
                if question.goal == goal.code:
                    self._field(part, question)

    def _beside(self, short: str, chosen: str) -> dict[int, Cell]:
        """Name of a goal and whether it was chosen, in the first column at the right if there is one.

        What the further columns are called, in the row that stays in sight, is not said of goals.
        """
        if self._mark > FIRST_CHIP:
            return {FIRST_CHIP: Cell(plain(f"{short}\n{chosen}"), Look.CHIP)}
        return {NUMBER: Cell(plain(chosen), Look.QUIET)}

    def _field(self, part: Section, question: Field) -> None:
        """A question outside lists: its label, below it the answer. Empty supplements are left out."""
        path = part.field_path(question)
        value = self._context.report.answers.get(path)
        state = self._context.report.states.get(path)
        is_empty = value is None and state is None and not self._context.left_out(path)
        if question.respondent or (is_empty and question.supplement):
            return
        label = self._labels.field_label(question)
        if question.goal is not None:
            label = f"{self._labels.goal_short(question.goal)}: {label}"
        self._label(label)
        if value is not None:
            cell = Cell(readable_words(question, value, self._labels))
        else:
            cell = Cell(plain(self._context.empty_words(path, state)), Look.STATE)
        mark = self._confidential_mark(self._context.is_confidential(path))
        self._begins(path, cell.content)
        self._rows.add({MAIN: cell, **mark}, mark=NUMBER)
        for line in self._context.file_words(path):
            self._rows.add({MAIN: Cell(plain(line), Look.QUIET)}, mark=NUMBER)

    def _label(self, label: str) -> None:
        self._rows.gap(4.0)
        self._rows.add({MAIN: Cell(plain(label), Look.LABEL)}, keeps=True)

    # Lists.

    def _list(self, part: Section, entry: ListDefinition) -> None:
        row_list = self._context.report.lists[entry.path]
        self._rows.gap(14.0)
        heading = Cell(plain(self._labels.list_title(entry)), Look.LIST_HEADING)
        mark = self._confidential_mark(self._context.is_confidential(entry.path))
        line = {column: Cell(None, Look.LIST_HEADING, rule=True) for column in self._columns}
        self._rows.add({**line, MAIN: heading, **mark}, keeps=True)
        if row_list.state is not None or not row_list.rows:
            words = self._context.empty_words(entry.path, row_list.state)
            self._rows.gap(_AIR)
            self._rows.add({MAIN: Cell(plain(words), Look.STATE)})
        if not row_list.rows:
            return
        self._column_heads(entry)
        for number, row in enumerate(row_list.rows, start=1):
            self._row(entry, number, row)
            if self._context.row_planned is not None:
                self._context.row_planned()

    def _column_heads(self, entry: ListDefinition) -> None:
        lead = self._labels.list_prompt(entry) or self._labels.field_label(entry.row.lead, entry)
        heads = {NUMBER: _("No."), MAIN: lead}
        for column, question in enumerate(_chips(entry.row), start=FIRST_CHIP):
            heads[column] = self._labels.field_label(question, entry)
        line = {column: Cell(None, _head_look(column), rule=True) for column in self._columns}
        words = {column: Cell(plain(head), _head_look(column)) for column, head in heads.items()}
        self._rows.add({**line, **words}, keeps=True)

    def _row(self, entry: ListDefinition, number: int, row: Row) -> None:
        """A row and, in smaller type below it, whatever else was filled in."""
        further = list(self._further(entry, row))
        self._rows.gap(_AIR)
        contents: dict[int, tuple[Content, Look]] = {
            NUMBER: (plain(str(number)), Look.NUMBER),
            MAIN: self._answer(entry, entry.row.lead, row),
        }
        if row.confidential:
            contents[self._mark] = (self._row_mark(entry, row), Look.MARK)
        for column, question in enumerate(_chips(entry.row), start=FIRST_CHIP):
            contents[column] = (self._answer(entry, question, row)[0], Look.CHIP)
        cells: dict[int, Cell] = {}
        for column in self._columns:
            content, look = contents.get(column, (None, Look.CHIP))
            cells[column] = Cell(content, look, not further) if content else _blank(not further)
        words = (content for content, _look in contents.values())
        self._begins(row_path(entry.path, row.id), *words, *(cell.content for cell in further))
        self._rows.add(cells, mark=NUMBER, keeps=bool(further))
        if further:
            self._rows.gap(_AIR)
        for position, cell in enumerate(further, start=1):
            last = position == len(further)
            line = {column: Cell(None, Look.QUIET, last) for column in self._columns}
            self._rows.add({**line, MAIN: _with_rule(cell, last)}, mark=NUMBER)

    def _answer(self, entry: ListDefinition, question: Field, row: Row) -> tuple[Content, Look]:
        """The lead or a short field of a row: the answer, or why there is none."""
        value = row.values.get(question.code)
        if value is not None:
            return readable_words(question, value, self._labels), Look.BODY
        is_lead = question.presentation is Presentation.LEAD
        state = row.states.get(question.code) or (row.states.get("") if is_lead else None)
        if state is not None:
            return plain(self._context.state(state)), Look.STATE
        path = row_path(entry.path, row.id, question.code)
        if is_lead or self._context.left_out(path):
            return plain(self._context.empty_words(path, None)), Look.STATE
        return None, Look.BODY

    def _further(self, entry: ListDefinition, row: Row) -> Iterator[Cell]:
        shown = {entry.row.lead.code, *(question.code for question in _chips(entry.row))}
        for question in entry.row.fields:
            if question.code in shown:
                continue
            state = row.states.get(question.code)
            words = readable_words(question, row.values.get(question.code), self._labels, Tone.SAME)
            if not words and state is not None:
                words = plain(self._context.state(state))
            if words:
                label = f"{self._labels.field_label(question, entry)}:"
                yield Cell(joined((plain(label, Tone.STRONG), words), " "), Look.QUIET)
        path = row_path(entry.path, row.id)
        fields = (f"{path}/{question.code}" for question in entry.row.fields)
        for line in self._context.file_words(path, *fields):
            yield Cell(plain(line), Look.QUIET)

    # What is confidential.

    def _confidential_mark(self, confidential: bool) -> dict[int, Cell]:
        return {self._mark: Cell(mark(), Look.MARK)} if confidential else {}

    def _row_mark(self, entry: ListDefinition, row: Row) -> Words:
        """What of a row is confidential."""
        return row_mark(self._context, entry, row)


def _head_look(column: int) -> Look:
    """Heads of short fields are indented like these."""
    return Look.COLUMN_HEAD if column < FIRST_CHIP else Look.COLUMN_HEAD_BESIDE


@cache
def _blank(rule: bool) -> Cell:
    """The many cells of long reports without anything in them."""
    return Cell(None, Look.CHIP, rule)


def _chips(row_type: RowType) -> list[Field]:
    """The short fields of a row, beside its main words."""
    lead = row_type.lead
    return [
        question
        for question in row_type.fields
        if question.presentation is Presentation.CHIPS and question is not lead
    ]


def _chip_widths(section: Section) -> tuple[float, ...]:
    """Widths of the columns for short fields: each as wide as any list of the sheet needs."""
    widths: list[float] = []
    for part in section.walk():
        for entry in part.lists:
            for index, question in enumerate(_chips(entry.row)):
                wide = CHIP_WIDTHS[question.type]
                if index == len(widths):
                    widths.append(wide)
                widths[index] = max(widths[index], wide)
    return tuple(widths)


def _has_confidential(context: Context, section: Section) -> bool:
    """Whether anything on the sheet needs the column that says so."""
    for part in section.walk():
        paths = [part.field_path(question) for question in part.questions]
        paths += [entry.path for entry in part.lists]
        if any(context.is_confidential(path) for path in paths):
            return True
        if any(row.confidential for entry in part.lists for row in context.report.lists[entry.path].rows):
            return True
    return False


def _with_rule(cell: Cell, rule: bool) -> Cell:
    return Cell(cell.content, cell.look, rule, cell.sheet)
