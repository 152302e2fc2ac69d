"""The flat table of goals: chosen or not, and what the lists have for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import Column, Subject, columns_of, contents_of, yes_no
from desktop_app.exchange.workbook.common_columns import (
    Contents,
    check_columns,
    code_column,
    confidential_column,
    depth_of,
    number_column,
    section_columns,
    section_contents,
    sentence_case,
    state_columns,
    state_contents,
    words_column,
)
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.naming import GOALS
from desktop_app.exchange.workbook.tables import FlatTable
from desktop_app.formdef.model import GOALS_CODE, GOALS_FIELD, FieldType, Goal, ListDefinition, Section
from desktop_app.report.report import Row
from desktop_app.runtime.i18n import _

CHOSEN = "chosen"
"""The column that says whether a goal was chosen, here and on the sheet for reviews."""


def goal_table(context: Context) -> FlatTable | None:
    """One record for each goal; None for a form without goals."""
    sections = [section for section in context.report.form.walk() if section.goals]
    if not sections:
        return None
    depth = depth_of(context, sections)
    subjects = list(_tied_questions(context, sections))
    lists = _lists(sections)
    columns = (
        code_column("goal", _("Goal: code"), allowed=GOALS_CODE),
        *section_columns(depth),
        words_column("goal_short", _("Goal")),
        words_column("goal_title", _("Wording of the goal"), 56.0),
        code_column(CHOSEN, _("Chosen"), allowed="yes_no"),
        *state_columns("state"),
        *(column for entry in lists.values() for column in _list_columns(context, entry)),
        *_tied_columns(context, subjects),
        *check_columns(aside=True),
        confidential_column("yes_no"),
    )
    goals = [(section, goal) for section in sections for goal in section.goals]
    return FlatTable(
        sheet=GOALS,
        about=_("Every goal in one table, chosen or not, with what serves it"),
        columns=columns,
        records=tuple(_record(context, section, goal, depth, subjects) for section, goal in goals),
        short=True,
        keys=tuple(goal.code for _section, goal in goals),
    )


def _tied_questions(context: Context, sections: list[Section]) -> Iterator[Subject]:
    """The single questions that belong to one goal, such as a series of figures."""
    for section in sections:
        for question in section.fields:
            if question.goal is not None:
                label = context.labels.field_label(question)
                yield Subject(
                    question, context.labels, f"answer_{question.code}", label, section.field_path(question)
                )


def _tied_columns(context: Context, subjects: list[Subject]) -> Iterator[Column]:
    """Their columns; questions of the same code in several sections share theirs."""
    for code, first in {subject.code: subject for subject in reversed(subjects)}.items():
        values = (context.report.value(subject.source) for subject in subjects if subject.code == code)
        yield from columns_of(first, values)


def _lists(sections: list[Section]) -> dict[str, ListDefinition]:
    """The lists of sections with goals, by code, one for all sections that have it."""
    return {entry.code: entry for section in sections for entry in section.lists}


def _list_columns(context: Context, entry: ListDefinition) -> list[Column]:
    label = sentence_case(context.labels.list_short(entry))
    unattached = number_column(
        f"list_{entry.code}_unattached",
        _("{list}: attached to no goal (at the first goal)").format(list=label),
        16.0,
    )
    return [
        number_column(f"list_{entry.code}", _("{list}: serving this goal").format(list=label), 16.0),
        replace(unattached, aside=True),
        *state_columns(f"list_{entry.code}_state", label),
    ]


def _record(context: Context, section: Section, goal: Goal, depth: int, subjects: list[Subject]) -> Contents:
    report, path = context.report, section.field_path(GOALS_FIELD)
    chosen = report.answers.get(path)
    record: Contents = {
        "goal": plain(goal.code),
        **section_contents(context, section, depth),
        "goal_short": plain(context.labels.goal_short(goal.code)),
        "goal_title": plain(context.labels.goal(goal.code)),
        CHOSEN: yes_no(isinstance(chosen, tuple) and goal.code in chosen),
        **state_contents(context, "state", report.states.get(path)),
        "confidential": plain("yes" if context.is_confidential(path) else ""),
    }
    for entry in section.lists:
        row_list = report.lists[entry.path]
        served = [_goals_of(row, entry) for row in row_list.rows]
        record[f"list_{entry.code}"] = sum(goal.code in codes for codes in served)
        if goal is section.goals[0]:  # once, or adding up the column would count them for each goal
            record[f"list_{entry.code}_unattached"] = sum(not codes for codes in served)
        record |= state_contents(context, f"list_{entry.code}_state", row_list.state)
    for subject in subjects:
        if subject.question.goal == goal.code:
            record |= contents_of(subject, report.value(subject.source))
    tied = [subject.source for subject in subjects if subject.question.goal == goal.code]
    return record | context.checks.contents(path, *tied)


def _goals_of(row: Row, entry: ListDefinition) -> set[str]:
    """The goals a row serves."""
    codes: set[str] = set()
    for question in entry.row.fields:
        value = row.values.get(question.code)
        if question.type is FieldType.CHOICES and question.choices == GOALS_CODE and isinstance(value, tuple):
            codes.update(value)
    return codes
