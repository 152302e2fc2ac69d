"""Checks: what is missing or doubtful in a report, as problems with paths. Never an exception.

The parts are small on purpose: a session re-checks the row, list or section that changed and keeps
what it knew of the rest. Words of the form's own rules come from the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import GOALS_CODE, Field, Level, ListDefinition, Section, State
from desktop_app.report.field_checks import Asked, check_value
from desktop_app.report.file_names import shown_name
from desktop_app.report.paths import UNPLACED, row_path
from desktop_app.report.placed_files import files_of
from desktop_app.report.problems import FILE_LOST, Problem
from desktop_app.report.report import Report, Row, RowList
from desktop_app.report.rules import (
    chosen_goals,
    fires,
    is_relevant,
    list_names,
    row_names,
    section_names,
    takes_up_nothing,
    whole_names,
)
from desktop_app.report.state_words import state_words
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _, ngettext


def check_report(report: Report, row_checked: Callable[[], object] | None = None) -> list[Problem]:
    """All problems of the report, in the working order. ``row_checked`` is called for each row."""
    problems = list(check_whole(report))
    for section in report.form.walk():
        problems.extend(check_section(report, section))
        for entry in section.lists:
            row_list = report.lists[entry.path]
            problems.extend(check_list(report, row_list))
            for _row, found in check_rows(report, section, row_list, row_list.rows):
                problems.extend(found)
                if row_checked is not None:
                    row_checked()
    return problems


def check_whole(report: Report) -> Iterator[Problem]:
    """What concerns the report as a whole: its files, the form's own rules, and words without a place."""
    for path, file in files_of(report) if report.lost else ():
        if file.sha256 in report.lost:
            sentence = _(
                "The content of the attached file “{file}” is not in this report file, so it would be missing"
                " from the package. Attach the file again, or take it off."
            )
            yield Problem(FILE_LOST, Level.ERROR, path, sentence.format(file=shown_name(file.name)))
    names = whole_names(report)
    for check in report.form.checks:
        if fires(report, check.when, names):
            yield Problem(check.code, check.level, check.field or "", _labels(report).check(check.code))
    for key in report.unplaced:
        yield Problem(
            "unplaced",
            Level.WARNING,
            f"{UNPLACED}/{key}",
            _(
                "These words have no place in the form yet. "
                "Copy them to where they belong, then remove them here."
            ),
        )


def check_section(report: Report, section: Section) -> Iterator[Problem]:
    """The section's single answers, its choice of goals, and its own rules."""
    names = section_names(report, section)
    for question in section.questions:
        path = section.field_path(question)
        value, state = report.answers.get(path), report.states.get(path)
        if not question.respondent and not _is_quiet(question, value, state):
            asked = Asked(report, section, question, path, section.questions, names)
            yield from _check_answer(asked, value, state)
    if section.goals and not chosen_goals(report, section) and not takes_up_nothing(report, section):
        yield Problem(
            "no_goal_chosen",
            Level.WARNING,
            f"{section.code}.{GOALS_CODE}",
            _("No operational goal is chosen here. Choose the goals your country has taken up."),
        )
    for check in section.checks:
        if fires(report, check.when, names):
            path = f"{section.code}.{check.field}" if check.field else section.code
            yield Problem(check.code, check.level, path, _labels(report).check(check.code))


def check_list(report: Report, row_list: RowList) -> Iterator[Problem]:
    """Whether the list has been answered at all, and has rows enough."""
    entry, count = row_list.definition, len(row_list.rows)
    if row_list.state is not None:
        yield from _check_state(report, row_list, row_list.state)
    elif count == 0 and entry.required is not None:
        sentence = (
            _("This list is blank. Add an entry, or say why there is none.")
            if entry.states
            else _("This list is blank. Add an entry.")
        )
        yield Problem("list_blank", entry.required, entry.path, sentence)
    elif count < entry.min_rows:
        sentence = ngettext(
            "At least {count} entry is needed here.",
            "At least {count} entries are needed here.",
            entry.min_rows,
        ).format(count=entry.min_rows)
        yield Problem("min_rows", Level.ERROR, entry.path, sentence)
    yield from _repeated(row_list, entry)


def _check_state(report: Report, row_list: RowList, state: State) -> Iterator[Problem]:
    entry = row_list.definition
    words = state_words(state, _labels(report)).rstrip(".")
    if row_list.rows:
        yield Problem(
            "state_beside_rows",
            Level.WARNING,
            entry.path,
            _(
                "This list says “{state}”, but it has entries. Take these words back, or remove the entries."
            ).format(state=words),
        )
    if state not in entry.states:
        yield Problem("state_not_offered", Level.ERROR, entry.path, _not_offered(words))


def _not_offered(words: str) -> str:
    return _("The form does not offer “{state}” here. Choose again.").format(state=words)


def _repeated(row_list: RowList, entry: ListDefinition) -> Iterator[Problem]:
    for question in entry.row.fields:
        if not question.unique:
            continue
        seen: set[str] = set()
        for row in row_list.rows:
            value = row.values.get(question.code)
            if value is None:
                continue
            # Not every value can be hashed.
            key = repr(value)
            if key in seen:
                yield Problem(
                    "repeated",
                    Level.ERROR,
                    row_path(entry.path, row.id, question.code),
                    _("The same answer already stands in an entry above. Each entry needs its own."),
                )
            seen.add(key)


def check_rows(
    report: Report, section: Section, row_list: RowList, rows: Iterable[Row]
) -> Iterator[tuple[Row, list[Problem]]]:
    """Each of ``rows`` of the list with its problems."""
    of_list = list_names(report, section, row_list.definition)
    for row in rows:
        names = row_names(of_list, row_list.definition, row)
        yield row, list(_check_row(report, section, row_list.definition, row, names))


def _check_row(
    report: Report, section: Section, entry: ListDefinition, row: Row, names: Mapping[str, object]
) -> Iterator[Problem]:
    """One row: its answers, the goals it serves, and the rules of its type."""
    for question in entry.row.fields:
        value, state = row.values.get(question.code), row.states.get(question.code)
        if not _is_quiet(question, value, state):
            path = row_path(entry.path, row.id, question.code)
            asked = Asked(report, section, question, path, entry.row.fields, names, entry)
            yield from _check_answer(asked, value, state)
    for check in entry.row.checks:
        if fires(report, check.when, names):
            path = row_path(entry.path, row.id, check.field)
            yield Problem(check.code, check.level, path, _labels(report).check(check.code))


def _check_goals_chosen(asked: Asked, value: Value) -> Iterator[Problem]:
    chosen = chosen_goals(asked.report, asked.section)
    served = value if isinstance(value, tuple) else (value,)
    if any(goal.code in served and goal.code not in chosen for goal in asked.section.goals):
        sentence = _(
            "This serves a goal that is not chosen above. Choose the goal there, or take it off here."
        )
        yield asked.problem("goal_not_chosen", Level.WARNING, sentence)


def _is_quiet(question: Field, value: Value | None, state: State | None) -> bool:
    """Whether there is nothing to check: most questions of most rows are optional and empty."""
    return value is None and state is None and question.required is None


def _check_answer(asked: Asked, value: Value | None, state: State | None) -> Iterator[Problem]:
    question = asked.question
    if not is_relevant(asked.report, asked.section, question, asked.beside):
        if value is not None or state is not None:
            sentence = _("This is no longer asked. The answer is kept, but it does not go into the package.")
            yield asked.problem("not_asked", Level.HINT, sentence)
        return
    if state is not None:
        yield from _check_answer_state(asked, value, state)
    if value is not None:
        yield from check_value(asked, value)
        if asked.entry is not None and question.choices == GOALS_CODE:
            yield from _check_goals_chosen(asked, value)
    elif state is None and question.required is not None:
        yield asked.problem("required", question.required, _("This is still empty."))


def _check_answer_state(asked: Asked, value: Value | None, state: State) -> Iterator[Problem]:
    words = state_words(state, _labels(asked.report)).rstrip(".")
    if state not in asked.question.states:
        yield asked.problem("state_not_offered", Level.ERROR, _not_offered(words))
    if value is not None:
        sentence = _("There is an answer here, and also “{state}”. Take one of them back.")
        yield asked.problem("state_beside_answer", Level.WARNING, sentence.format(state=words))


def _labels(report: Report) -> Labels:
    return Labels(report.form, report.language)
