"""Checks: what is missing or doubtful in a report, as problems with paths. Never an exception.

The parts are small on purpose: a session re-checks the row, list or section that changed and keeps
what it knew of the rest. Words of the form's own rules come from the form.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, Level, ListDefinition, Section
from desktop_app.report.field_checks import check_value
from desktop_app.report.paths import UNPLACED, row_path
from desktop_app.report.problems import Problem
from desktop_app.report.report import Report, Row, RowList
from desktop_app.report.rules import fires, is_relevant, row_names, section_names
from desktop_app.runtime.i18n import _, ngettext


def check_report(report: Report) -> list[Problem]:
    """All problems of the report, in the working order, within a place the heavier first."""
    problems = list(check_whole(report))
    for section in report.form.walk():
        problems.extend(check_section(report, section))
        for entry in section.lists:
            row_list = report.lists[entry.path]
            problems.extend(check_list(report, section, row_list))
            for row in row_list.rows:
                problems.extend(check_row(report, section, row_list, row))
    return problems


def check_whole(report: Report) -> Iterator[Problem]:
    """What concerns the report as a whole: the form's own rules, and words without a place."""
    names: dict[str, object] = {"country": report.country, "cycle": report.cycle}
    labels = Labels(report.form, report.language)
    for check in report.form.checks:
        if fires(report, check.when, names):
            yield Problem(check.code, check.level, check.field or "", labels.check(check.code))
    for key in report.unplaced:
        yield Problem(
            "unplaced",
            Level.WARNING,
            f"{UNPLACED}/{key}",
            _(
                "These words have no place in the form yet. Copy them to where they belong, then remove them here."
            ),
        )


def check_section(report: Report, section: Section) -> Iterator[Problem]:
    """The section's single answers, its choice of goals, and its own rules."""
    names = section_names(report, section)
    labels = Labels(report.form, report.language)
    for question in section.fields:
        path = section.field_path(question)
        if question.respondent or not is_relevant(report, question, names):
            continue
        if question.goal and question.goal not in (names.get(GOALS_CODE) or ()):  # type: ignore[operator]
            continue
        yield from _check_answer(report, section, question, path, path in report.states, names)
    if section.goals and not names.get(GOALS_CODE):
        yield Problem(
            "no_goal_chosen",
            Level.WARNING,
            f"{section.code}.{GOALS_CODE}",
            _("No operational goal is chosen here. Choose the goals your country has taken up."),
        )
    for check in section.checks:
        if fires(report, check.when, names):
            path = f"{section.code}.{check.field}" if check.field else section.code
            yield Problem(check.code, check.level, path, labels.check(check.code))


def check_list(report: Report, section: Section, row_list: RowList) -> Iterator[Problem]:
    """Whether the list has been answered at all, and has rows enough."""
    entry = row_list.definition
    if row_list.state is not None:
        return
    if not row_list.rows and entry.required is not None:
        yield Problem(
            "list_blank",
            entry.required,
            entry.path,
            _("This list is blank. Add an action, or say why there is none."),
        )
    elif 0 < len(row_list.rows) < entry.min_rows:
        yield Problem(
            "min_rows",
            Level.ERROR,
            entry.path,
            ngettext(
                "At least {count} entry is needed here.",
                "At least {count} entries are needed here.",
                entry.min_rows,
            ).format(count=entry.min_rows),
        )
    yield from _repeated(row_list, entry)


def _repeated(row_list: RowList, entry: ListDefinition) -> Iterator[Problem]:
    for question in entry.row.fields:
        if not question.unique:
            continue
        seen: set[object] = set()
        for row in row_list.rows:
            value = row.values.get(question.code)
            if value is None:
                continue
            key = repr(value)
            if key in seen:
                yield Problem(
                    "repeated",
                    Level.ERROR,
                    row_path(entry.path, row.id, question.code),
                    _("The same answer already stands in a row above. Each row needs its own."),
                )
            seen.add(key)


def check_row(report: Report, section: Section, row_list: RowList, row: Row) -> Iterator[Problem]:
    """One row: its answers, the goals it serves, and the rules of its type."""
    entry = row_list.definition
    names = row_names(report, section, row_list, row)
    labels = Labels(report.form, report.language)
    for question in entry.row.fields:
        if is_relevant(report, question, names):
            path = row_path(entry.path, row.id, question.code)
            yield from _check_answer(report, section, question, path, question.code in row.states, names)
            yield from _check_goals_chosen(report, section, question, row, path)
    for check in entry.row.checks:
        if fires(report, check.when, names):
            yield Problem(
                check.code, check.level, row_path(entry.path, row.id, check.field), labels.check(check.code)
            )


def _check_goals_chosen(
    report: Report, section: Section, question: Field, row: Row, path: str
) -> Iterator[Problem]:
    if question.choices != GOALS_CODE:
        return
    chosen = report.answers.get(f"{section.code}.{GOALS_CODE}") or ()
    served = row.values.get(question.code) or ()
    assert isinstance(chosen, tuple)
    assert isinstance(served, tuple)
    if any(code not in chosen for code in served):
        yield Problem(
            "goal_not_chosen",
            Level.WARNING,
            path,
            _(
                "This action serves a goal that is not chosen above. Choose the goal, or take it off the action."
            ),
        )


def _check_answer(
    report: Report, section: Section, question: Field, path: str, has_state: bool, names: dict[str, object]
) -> Iterator[Problem]:
    value = names.get(question.code)
    if value is not None:
        yield from check_value(report, section, question, path, value, names)
    elif question.required is not None and not has_state:
        yield Problem("required", question.required, path, _("This is still empty."))


def heaviest(problems: list[Problem]) -> Level | None:
    """The weightiest level among the problems; None when there are none."""
    return min(problems, key=_weight).level if problems else None


def _weight(problem: Problem) -> int:
    return problem.weight
