"""The sheets that explain the others: every column, and every code with its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.changes_table import FATES, fate_words
from desktop_app.exchange.workbook.columns import MEDIUM, NO, SHORT, YES
from desktop_app.exchange.workbook.common_columns import Contents, code_column, sentence_case, words_column
from desktop_app.exchange.workbook.context import WHOLE_ROW, Context
from desktop_app.exchange.workbook.naming import CODES, DICTIONARY
from desktop_app.exchange.workbook.review_entries import KINDS_BESIDE, kind_words
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.formdef.model import GOALS_CODE, FieldType, Level, State
from desktop_app.report.problems import level_words
from desktop_app.report.review import (
    REVIEWER_KINDS,
    CommentStatus,
    Decision,
    comment_kind_words,
    comment_status_words,
    decision_words,
)
from desktop_app.report.state_words import STATUSES, status_words
from desktop_app.report.timeframe.edtf import Precision
from desktop_app.runtime.i18n import _, pgettext


def dictionary_table(tables: Iterable[FlatTable]) -> FlatTable:
    """Every column of the finished flat ``tables``."""
    records: list[Contents] = [
        {
            "sheet": plain(table.sheet),
            "column": plain(column.label),
            "code": plain(column.code),
            "type": plain(column.type),
            "allowed": plain(column.allowed),
            "source": plain(column.source),
        }
        for table in tables
        for column in table.columns
    ]
    columns = (
        words_column("sheet", _("Sheet"), SHORT),
        words_column("column", _("Column"), MEDIUM),
        code_column("code", _("Code"), 32.0),
        code_column("type", _("Type")),
        code_column("allowed", _("List or notation"), 32.0),
        code_column("source", _("Comes from"), MEDIUM),
    )
    return FlatTable(
        DICTIONARY,
        _("Every column of the tables: its code, its kind, where it comes from"),
        columns,
        tuple(records),
        short=True,
    )


def code_table(context: Context) -> FlatTable:
    """Every code that stands in the workbook, with its words."""
    records: list[Contents] = [
        {"list": plain(code_list), "code": plain(code), "label": plain(label)}
        for code_list, entries in _code_lists(context)
        for code, label in entries
    ]
    columns = (
        code_column("list", _("List"), SHORT),
        code_column("code", _("Code"), 32.0),
        words_column("label", _("Words"), 86.0),
    )
    return FlatTable(CODES, _("Every code with its words"), columns, tuple(records), short=True)


Entries = Iterable[tuple[str, str]]


def _code_lists(context: Context) -> Iterator[tuple[str, Entries]]:
    form, labels = context.report.form, context.labels
    yield "sections", ((section.code, labels.section_heading(section)) for section in form.walk())
    yield (
        GOALS_CODE,
        ((goal.code, labels.goal(goal.code)) for section in form.walk() for goal in section.goals),
    )
    lists = {entry.code: entry for section in form.walk() for entry in section.lists}
    yield "lists", ((code, labels.list_title(entry)) for code, entry in lists.items())
    yield "states", ((state.value, context.state(state)) for state in State)
    yield "status", ((status, status_words(status)) for status in STATUSES)
    yield "review_decision", ((code.value, decision_words(code)) for code in Decision)
    yield "review_kind", ((code.value, comment_kind_words(code)) for code in REVIEWER_KINDS)
    yield "comment_status", ((code.value, comment_status_words(code)) for code in CommentStatus)
    yield (
        "kinds",
        (
            ("goal", _("Goal")),
            *((code, sentence_case(labels.row_name(entry))) for code, entry in lists.items()),
            *((code, kind_words(code)) for code in KINDS_BESIDE if code not in lists),
        ),
    )
    yield "confidential", _confidential(context)
    if context.previous is not None:
        yield "changes", ((code, fate_words(code)) for code in FATES)
    yield "levels", ((level.value, level_words(level)) for level in Level)
    yield "yes_no", ((YES, _("Yes")), (NO, _("No")))
    yield "precision", _precisions()
    yield "types", _types()
    for code, choices in form.choice_lists.items():
        yield code, ((choice.code, labels.list_choice(code, choice.code)) for choice in choices.choices)


def _confidential(context: Context) -> Entries:
    """What of a row may be confidential: all of it, or the answers to its questions."""
    found = {WHOLE_ROW: _("The whole row")}
    for row_type in context.report.form.row_types.values():
        for question in row_type.fields:
            found.setdefault(question.code, context.labels.field_label(question))
    return found.items()


def _precisions() -> Entries:
    return (
        (Precision.DAY.value, pgettext("how exact", "day")),
        (Precision.MONTH.value, pgettext("how exact", "month")),
        (Precision.SEASON.value, pgettext("how exact", "season")),
        (Precision.QUARTER.value, pgettext("how exact", "quarter")),
        (Precision.HALF.value, pgettext("how exact", "half-year")),
        (Precision.YEAR.value, pgettext("how exact", "year")),
    )


def _types() -> Entries:
    return (
        (FieldType.TEXT.value, _("Text")),
        (FieldType.CHOICE.value, _("One choice")),
        (FieldType.CHOICES.value, _("One or more choices")),
        (FieldType.NUMBER.value, _("Number")),
        (FieldType.YEAR_SERIES.value, _("A number for each year")),
        (FieldType.DATE.value, _("Date")),
        (FieldType.TIMEFRAME.value, _("Timeframe")),
        (FieldType.YES_NO.value, _("Yes or no")),
        (FieldType.SCALE.value, _("Step of a scale")),
        (FieldType.LINK.value, _("Link")),
        (FieldType.ATTACHMENT.value, _("Attached file")),
    )
