"""A section of the form as blocks: its heading, goals, questions and lists, in the published order.

What the published form does not have, the supplements, stands apart behind the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from desktop_app.exchange.documents.answers import answer_of, attached_words, room_for, written
from desktop_app.exchange.documents.context import Context
from desktop_app.exchange.documents.entries import is_unanswered, list_table
from desktop_app.exchange.documents.plan import (
    Answer,
    Block,
    GoalLine,
    Goals,
    Heading,
    Label,
    Missing,
    Options,
    Question,
    Remark,
    Tone,
    Variant,
)
from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_FIELD, Field, ListDefinition, Section, State
from desktop_app.report.paths import state_path
from desktop_app.report.public_copy import left_out_words
from desktop_app.report.rules import section_names
from desktop_app.report.state_words import state_words
from desktop_app.runtime.i18n import _

_DEEPEST = 6


def section_blocks(context: Context, section: Section, level: int = 1) -> Iterator[Block]:
    """The section and all below it; a short document leaves out what has no answer.

    The questions about the respondent stand on the first page, so that often nothing is left to say here.
    """
    is_cover = section is context.cover
    own = list(_own_blocks(context, section, min(level + 1, _DEEPEST)))
    parts = [block for part in section.sections for block in section_blocks(context, part, level + 1)]
    if own or parts or (context.variant is not Variant.SHORT and not is_cover):
        label = context.label(lambda labels: labels.section_heading(section))
        yield Heading(min(level, _DEEPEST), label, section.code, section.number)
        yield from own
        yield from parts


def _own_blocks(context: Context, section: Section, level: int) -> Iterator[Block]:
    is_cover = section is context.cover
    yield from _goals(context, section)
    if not is_cover:
        yield from questions(context, section, supplements=False)
    for entry in section.lists:
        yield from _list(context, section, entry, level)
    apart = [] if is_cover else list(questions(context, section, supplements=True))
    if apart:
        words = context.ours(_("Supplementary information (not part of the published form)"))
        yield Heading(level, words, f"{section.code}#supplements")
        yield from apart


# Goals.


def _goals(context: Context, section: Section) -> Iterator[Block]:
    if not section.goals:
        return
    path = section.field_path(GOALS_FIELD)
    chosen = context.report.answers.get(path)
    codes = chosen if isinstance(chosen, tuple) and not context.is_blank else ()
    why = None if codes or context.is_blank else context.missing(path, context.report.states.get(path))
    # Nobody may conclude from a public copy what was chosen where that is confidential.
    is_silent = context.is_blank or bool(context.left_out(path))
    lines = tuple(
        _goal_line(context, section, goal.code, None if is_silent else goal.code in codes)
        for goal in section.goals
        if goal.code in codes or context.variant is not Variant.SHORT
    )
    state = why.words if why is not None and why.is_state else ""
    if lines:
        yield Goals(lines, state, context.mark(path))
    elif state:
        yield Remark(state)


def _goal_line(context: Context, section: Section, code: str, chosen: bool | None) -> GoalLine:
    return GoalLine(
        label=context.label(lambda labels: labels.goal(code)),
        lead=context.labels.goal_heading(section),
        short=context.labels.goal_short(code),
        chosen=chosen,
        words="" if chosen is None else _("Chosen") if chosen else _("Not chosen"),
    )


# Questions outside lists.


def questions(context: Context, section: Section, *, supplements: bool) -> Iterator[Question]:
    """The questions of a section that are asked, the supplements or the others; of those, only answers."""
    names = section_names(context.report, section)
    for question in section.fields:
        if question.respondent or question.supplement is not supplements:
            continue
        if not context.is_asked(section, question, names):
            continue
        path = section.field_path(question)
        answer = _answer(context, section, question, path)
        files = attached_words(context, path)
        if answer is None or (supplements and is_unanswered(answer)):
            if not files:
                continue
            answer = Missing(_("Not answered"), is_state=False)
        yield Question(_label(context, question), answer, path, _mark(context, path), files)
        if context.is_blank and question.states:
            yield _reasons(context, path, question.states)


def _answer(context: Context, section: Section, question: Field, path: str) -> Answer | None:
    if context.is_blank:
        return room_for(context, question, section)
    value = context.report.answers.get(path)
    if value is not None:
        return answer_of(context, question, value)
    return context.missing(path, context.report.states.get(path))


def _label(context: Context, question: Field) -> Label:
    def words(labels: Labels) -> str:
        label = labels.field_label(question)
        return f"{labels.goal_short(question.goal)}: {label}" if question.goal is not None else label

    return context.label(words, official=not question.supplement)


def _mark(context: Context, path: str) -> str:
    """Whether it is confidential; and a state that stands beside an answer, against the rules."""
    parts = [context.mark(path)]
    report = context.report
    if not context.is_blank and path in report.answers and path in report.states:
        parts.append(state_words(report.states[path], context.labels))
    return " · ".join(part for part in parts if part)


def _reasons(context: Context, path: str, states: Iterable[State]) -> Question:
    """What to tick in a blank form where there is no answer."""
    options = tuple(context.label(partial(state_words, state), official=False) for state in states)
    return Question(context.ours(_("If there is none, tick why")), Options(options), state_path(path))


# Lists.


def _list(context: Context, section: Section, entry: ListDefinition, level: int) -> Iterator[Block]:
    title = context.label(lambda labels: labels.list_title(entry))
    blocks = list(_list_blocks(context, section, entry))
    if blocks:
        yield Heading(level, title, entry.path, mark=context.mark(entry.path))
        yield from blocks


def _list_blocks(context: Context, section: Section, entry: ListDefinition) -> Iterator[Block]:
    row_list = context.report.lists[entry.path]
    table = list_table(context, section, entry)
    if context.is_blank:
        if table is not None:
            yield table
        if entry.states:
            yield _reasons(context, entry.path, entry.states)
        return
    if row_list.state is not None or (table is None and not context.left_out(entry.path)):
        why = context.missing(entry.path, row_list.state)
        if why is not None:
            yield Remark(why.words)
    if count := context.left_out(entry.path):
        yield Remark(left_out_words(count), Tone.NOTE)
    if table is not None:
        yield table
    if files := attached_words(context, entry.path):
        yield Question(
            context.ours(_("Files")), written(context, "\n".join(files)), f"{entry.path}#attachments"
        )
