"""The names a form's rules may use, with what the report has for each of them.

Unanswered is None, and a rule with an unknown part does not fire.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.formdef.expressions import Expression, evaluate
from desktop_app.formdef.model import GOALS_CODE, Field, Section
from desktop_app.report.report import Report, Row, RowList


def _shared(report: Report, section: Section | None) -> dict[str, object]:
    names: dict[str, object] = {"country": report.country, "cycle": report.cycle}
    if section is not None:
        names["section"] = section.code
    return names


def row_names(report: Report, section: Section, row_list: RowList, row: Row) -> dict[str, object]:
    """What a rule of a row may use."""
    names = _shared(report, section)
    names["list"] = row_list.definition.code
    names["section_goals"] = tuple(goal.code for goal in section.goals)
    names["goals_chosen"] = report.answers.get(f"{section.code}.{GOALS_CODE}")
    for question in row_list.definition.row.fields:
        names[question.code] = row.values.get(question.code)
    return names


def section_names(report: Report, section: Section) -> dict[str, object]:
    """What a rule of a section may use."""
    names = _shared(report, section)
    for question in section.questions:
        names[question.code] = report.answers.get(section.field_path(question))
    for entry in section.lists:
        names[entry.code] = report.lists[entry.path]
    return names


def fires(report: Report, expression: Expression, names: Mapping[str, object]) -> bool:
    """Whether the rule is certainly true."""
    return evaluate(expression, names, report.answers.get) is True


def is_relevant(report: Report, question: Field, names: Mapping[str, object]) -> bool:
    """Whether the question is asked at all: not when its rule is certainly false."""
    if question.relevant is None:
        return True
    return evaluate(question.relevant, names, report.answers.get) is not False


def irrelevant_paths(report: Report) -> frozenset[str]:
    """The places whose answers are kept but not asked for now; they stay out of packages."""
    found: set[str] = set()
    for section in report.form.walk():
        if any(question.relevant for question in section.fields):
            names = section_names(report, section)
            found.update(
                section.field_path(question)
                for question in section.fields
                if section.field_path(question) in report.answers and not is_relevant(report, question, names)
            )
        for entry in section.lists:
            conditional = [question for question in entry.row.fields if question.relevant]
            row_list = report.lists[entry.path]
            for row in row_list.rows if conditional else ():
                names = row_names(report, section, row_list, row)
                found.update(
                    f"{entry.path}/{row.id}/{question.code}"
                    for question in conditional
                    if question.code in row.values and not is_relevant(report, question, names)
                )
    return frozenset(found)
