"""The rows of a list as one table: number, main words, short answers beside them, the rest below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from desktop_app.exchange.documents.answers import answer_of, attached_words, room_for, written
from desktop_app.exchange.documents.context import Context
from desktop_app.exchange.documents.plan import (
    Answer,
    Column,
    Entries,
    Entry,
    Label,
    Missing,
    Question,
    Room,
    Variant,
)
from desktop_app.formdef.model import Field, ListDefinition, Presentation, Section
from desktop_app.report.paths import row_path
from desktop_app.report.report import Row
from desktop_app.report.rules import list_names, row_names
from desktop_app.report.state_words import state_words
from desktop_app.runtime.i18n import _

BLANK_ROWS, FEWER_ROWS = 5, 3
"""Empty rows of each list in a blank form; fewer where it has many lists, so that paper is saved."""
_MANY_LISTS = 10
_BLANK_LINES, _FEWER_LINES = 4, 3
"""Lines to write on in such a row; fewer where it has many lists."""
_MOST_BESIDE = 4
"""Short answers that a page has room for beside the main words; the others stand below them."""


def list_table(context: Context, section: Section, entry: ListDefinition) -> Entries | None:
    """The table of a list; None when there is no row."""
    table = _ListTable(context, section, entry)
    entries = tuple(table.blank() if context.is_blank else table.filled())
    if not entries:
        return None
    columns = tuple(table.columns())
    if context.variant is Variant.SHORT:
        columns, entries = _without_empty_columns(columns, entries)
    return Entries(_("No."), columns, entries)


def _without_empty_columns(
    columns: tuple[Column, ...], entries: tuple[Entry, ...]
) -> tuple[tuple[Column, ...], tuple[Entry, ...]]:
    kept = [
        at for at in range(len(columns)) if at == 0 or any(entry.cells[at] is not None for entry in entries)
    ]
    if len(kept) == len(columns):
        return columns, entries
    return tuple(columns[at] for at in kept), tuple(
        replace(entry, cells=tuple(entry.cells[at] for at in kept)) for entry in entries
    )


class _ListTable:
    """The rows of one list, their fields sorted into columns and what stands below them."""

    def __init__(self, context: Context, section: Section, entry: ListDefinition) -> None:
        self._context, self._section, self._entry = context, section, entry
        fields = entry.row.fields
        lead = entry.row.lead
        short = [each for each in fields if _is_short(each) and each is not lead]
        self._shown = [lead, *short[:_MOST_BESIDE]]
        self._further = [each for each in fields if each not in self._shown]
        self._has_conditions = any(each.goal is not None or each.relevant is not None for each in fields)
        self._of_list = list_names(context.report, section, entry)

    def columns(self) -> Iterator[Column]:
        """The heads: the words the form prints above the list, and the labels of the short fields."""
        lead, *short = self._shown
        prompt = self._context.label(
            lambda labels: labels.list_prompt(self._entry) or labels.field_label(lead, self._entry)
        )
        yield Column(prompt, lead.type)
        for question in short:
            yield Column(self._label(question), question.type)

    def _label(self, question: Field) -> Label:
        return self._context.label(
            lambda labels: labels.field_label(question, self._entry), official=not question.supplement
        )

    # To be filled in.

    def blank(self) -> Iterator[Entry]:
        """Empty rows."""
        _lead, *short = self._shown
        many = len(list(self._context.report.form.list_paths())) > _MANY_LISTS
        cells: list[Answer] = [Room(_FEWER_LINES if many else _BLANK_LINES)]
        cells += [room_for(self._context, question, self._section) for question in short]
        for number in range(1, (FEWER_ROWS if many else BLANK_ROWS) + 1):
            yield Entry(number, tuple(cells), row_path(self._entry.path, str(number)))

    # Filled in.

    def filled(self) -> Iterator[Entry]:
        """The rows there are, by position."""
        for number, row in enumerate(self._context.report.lists[self._entry.path].rows, start=1):
            path = row_path(self._entry.path, row.id)
            names = row_names(self._of_list, self._entry, row) if self._has_conditions else {}
            yield Entry(
                number,
                tuple(self._cell(path, row, question, names) for question in self._shown),
                path,
                tuple(self._below(path, row, names)),
                self._mark(row),
                tuple(self._attachments(path)),
            )

    def _cell(self, path: str, row: Row, question: Field, names: Mapping[str, object]) -> Answer | None:
        if self._has_conditions and not self._context.is_asked(self._section, question, names):
            return None
        value = row.values.get(question.code)
        if value is not None:
            return answer_of(self._context, question, value)
        state = row.states.get(question.code)
        return self._context.missing(f"{path}/{question.code}", state)

    def _below(self, path: str, row: Row, names: Mapping[str, object]) -> Iterator[Question]:
        """Whatever stands in no column; of supplements only what was filled in.

        What nobody has answered is said in one line, for there may be much of it.
        """
        unanswered: list[str] = []
        for question in self._further:
            answer = self._cell(path, row, question, names)
            if answer is None:
                continue
            if not is_unanswered(answer):
                yield Question(self._label(question), answer, f"{path}/{question.code}")
            elif not question.supplement:
                unanswered.append(self._label(question).words)
        if unanswered:
            words = written(self._context, ", ".join(unanswered))
            yield Question(self._context.ours(_("Not answered")), words, f"{path}#unanswered")

    def _mark(self, row: Row) -> str:
        """What is confidential in a row; and a state that stands beside an answer, against the rules."""
        parts = []
        if "" in row.confidential:
            parts.append(_("Confidential"))
        elif row.confidential:
            marked = [each for each in self._entry.row.fields if each.code in row.confidential]
            labels = ", ".join(self._label(question).words for question in marked)
            parts.append(_("Confidential: {fields}").format(fields=labels))
        for question in self._entry.row.fields if row.states else ():
            if question.code in row.states and question.code in row.values:
                words = state_words(row.states[question.code], self._context.labels)
                parts.append(f"{self._label(question).words}: {words}")
        return " · ".join(parts)

    def _attachments(self, path: str) -> Iterator[str]:
        if not self._context.attached:
            return
        yield from attached_words(self._context, path)
        for question in self._entry.row.fields:
            label = self._label(question).words
            yield from (
                f"{label}: {words}" for words in attached_words(self._context, f"{path}/{question.code}")
            )


def is_unanswered(answer: Answer) -> bool:
    """Whether nobody has said anything, not even why there is no answer."""
    return isinstance(answer, Missing) and not answer.is_state


def _is_short(question: Field) -> bool:
    return question.presentation is Presentation.CHIPS and not question.supplement
