"""Which editor a question has: one table over the closed set of field types.

An editor is loaded with the first question that needs it, so that the first page is there sooner.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.formdef.model import GOALS_CODE, Field, FieldType, Presentation
from desktop_app.ui.editors.contract import EditorContext, FieldEditor

Factory = Callable[[Field, EditorContext], FieldEditor]


def make_editor(question: Field, context: EditorContext) -> FieldEditor:
    """An empty editor for ``question``; its owner names it, shows the answer and listens."""
    return EDITORS[question.type](question, context)


def _text(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.text import PlainTextEditor, RichTextEditor

    placeholder = context.placeholder(question)
    if question.plain:
        return PlainTextEditor(question.lines, placeholder)
    is_aside = context.entry is not None and question.presentation is not Presentation.LEAD
    return RichTextEditor(placeholder, max_words=question.max_words, min_lines=1 if is_aside else 3)


def _choice(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.choice import MOST_IN_SIGHT, ChoiceEditor, SearchChoiceEditor

    options = context.options(question)
    return ChoiceEditor(options) if len(options) <= MOST_IN_SIGHT else SearchChoiceEditor(options)


def _choices(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.choice import MOST_IN_SIGHT
    from desktop_app.ui.editors.choices import ChoicesEditor, SearchChoicesEditor

    options = context.options(question)
    if len(options) > MOST_IN_SIGHT:
        return SearchChoicesEditor(options)
    is_goals = question.choices == GOALS_CODE
    return ChoicesEditor(
        options, [context.labels.goal_short(code) for code, _words in options] if is_goals else ()
    )


def _number(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.number import NumberEditor

    return NumberEditor(context.placeholder(question), whole=question.whole)


def _year_series(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.year_series import YearSeriesEditor

    return YearSeriesEditor(question.baseline, whole=question.whole)


def _date(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.date import DateEditor

    return DateEditor(context.languages, context.placeholder(question))


def _timeframe(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.timeframe import TimeframeEditor

    return TimeframeEditor(context.languages, context.placeholder(question), context.cycle)


def _yes_no(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.yes_no import YesNoEditor

    return YesNoEditor()


def _scale(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.scale import ScaleEditor

    return ScaleEditor(context.options(question))


def _link(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.link import LinkEditor

    return LinkEditor(context.placeholder(question))


def _attachment(question: Field, context: EditorContext) -> FieldEditor:
    from desktop_app.ui.editors.attachment import AttachmentEditor

    return AttachmentEditor()


EDITORS: dict[FieldType, Factory] = {
    FieldType.TEXT: _text,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.NUMBER: _number,
    FieldType.YEAR_SERIES: _year_series,
    FieldType.DATE: _date,
    FieldType.TIMEFRAME: _timeframe,
    FieldType.YES_NO: _yes_no,
    FieldType.SCALE: _scale,
    FieldType.LINK: _link,
    FieldType.ATTACHMENT: _attachment,
}
