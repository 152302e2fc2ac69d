"""The names a form's rules may use, with what the report has for each of them.

Unanswered is None, and a rule with an unknown part does not fire.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping

from desktop_app.formdef.expressions import Expression, evaluate
from desktop_app.formdef.model import GOALS_CODE, Field, ListDefinition, Section
from desktop_app.report.paths import row_path
from desktop_app.report.report import Report, Row, RowList


def chosen_goals(report: Report, section: Section) -> tuple[str, ...]:
    """The codes of the section's goals the country chose."""
    chosen = report.answers.get(f"{section.code}.{GOALS_CODE}")
    return chosen if isinstance(chosen, tuple) else ()


def takes_up_nothing(report: Report, section: Section) -> bool:
    """Whether the country says of every list of the section why it is empty: no goal is expected then."""
    lists = [report.lists[entry.path] for entry in section.lists]
    asked = [each for each in lists if each.definition.states]
    return bool(asked) and not any(each.rows for each in lists) and all(each.state for each in asked)


def whole_names(report: Report) -> dict[str, object]:
    """What a rule of the form as a whole may use."""
    return {"country": report.country, "cycle": report.cycle}


def list_names(report: Report, section: Section, entry: ListDefinition) -> dict[str, object]:
    """What a rule of any row of the list may use, besides the row's answers."""
    return {
        **whole_names(report),
        "section": section.code,
        "list": entry.code,
        "section_goals": tuple(goal.code for goal in section.goals),
        "goals_chosen": chosen_goals(report, section) or None,
    }


def row_names(of_list: Mapping[str, object], entry: ListDefinition, row: Row) -> dict[str, object]:
    """What a rule of a row may use; ``of_list`` are the names of its list."""
    names = dict(of_list)
    for question in entry.row.fields:
        names[question.code] = row.values.get(question.code)
    return names


def section_names(report: Report, section: Section) -> dict[str, object]:
    """What a rule of a section may use."""
    names = {**whole_names(report), "section": section.code}
    for question in section.questions:
        names[question.code] = _answer(report, section.field_path(question))
    for entry in section.lists:
        names[entry.code] = report.lists[entry.path]
    return names


def _answer(report: Report, path: str) -> object:
    found = report.form.field_at(path)
    if found is not None and found[1].respondent:
        return report.country
    return report.answers.get(path)


def fires(report: Report, expression: Expression, names: Mapping[str, object]) -> bool:
    """Whether the rule is certainly true."""
    return evaluate(expression, names, lambda path: _answer(report, path)) is True


def is_relevant(report: Report, section: Section, question: Field, names: Mapping[str, object]) -> bool:
    """Whether the question is asked at all.

    Not when it is about a goal that is not chosen, or when its rule is certainly false.
    """
    if question.goal is not None and question.goal not in chosen_goals(report, section):
        return False
    if question.relevant is None:
        return True
    return evaluate(question.relevant, names, lambda path: _answer(report, path)) is not False


def _is_conditional(question: Field) -> bool:
    return question.goal is not None or question.relevant is not None


def irrelevant_paths(report: Report) -> frozenset[str]:
    """The places whose answers are kept but not asked for now; they stay out of packages."""
    from desktop_app.report.plain import result_of

    return result_of(irrelevant_steps(report))


def irrelevant_steps(report: Report) -> Generator[None, None, frozenset[str]]:
    """As ``irrelevant_paths``, row by row; the report may not change between two steps."""
    found: set[str] = set()
    for section in report.form.walk():
        conditional = [question for question in section.fields if _is_conditional(question)]
        if conditional:
            names = section_names(report, section)
            found.update(
                path
                for question in conditional
                if (path := section.field_path(question)) in report.answers or path in report.states
                if not is_relevant(report, section, question, names)
            )
        for entry in section.lists:
            for paths in _irrelevant_in_rows(report, section, report.lists[entry.path]):
                found.update(paths)
                yield
    return frozenset(found)


def _irrelevant_in_rows(report: Report, section: Section, row_list: RowList) -> Iterator[list[str]]:
    """Of each row, where there may be any."""
    entry = row_list.definition
    conditional = [question for question in entry.row.fields if _is_conditional(question)]
    of_list = list_names(report, section, entry)
    for row in row_list.rows if conditional else ():
        names = row_names(of_list, entry, row)
        yield [
            row_path(entry.path, row.id, question.code)
            for question in conditional
            if question.code in row.values or question.code in row.states
            if not is_relevant(report, section, question, names)
        ]
