from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop_app.formdef.expression_reading import parse
from desktop_app.formdef.expressions import Expression, evaluate
from desktop_app.formdef.library import FormLibrary
from desktop_app.formdef.model import Form
from desktop_app.formdef.plain_form import form_from_plain, form_to_plain, read_later
from desktop_app.runtime.dataclass import values_of
from tests.support.toml_forms import ACTION, FORMS, toml_form

EVERYTHING = (
    """
[choices.levels]
codes = ["low", "high"]
ordered = true
"""
    + ACTION
    + """
required = "error"
max_words = 200
[[row.action.field]]
code = "cost"
type = "number"
minimum = 0.5
maximum = 10
whole = false
relevant = "description != 'x' and answer('A.level') == 'low'"
[[row.action.check]]
code = "dear"
level = "warning"
field = "cost"
when = "cost > 5"
[list.planned]
row = "action"
states = ["no_action_taken", "not_applicable"]
required = "warning"
min_rows = 2
[[section]]
code = "A"
number = "1"
lists = ["planned"]
[[section.goal]]
code = "A1"
[[section.field]]
code = "level"
type = "scale"
choices = "levels"
states = ["confidential"]
supplement = true
[[section.section]]
code = "A.B"
[[check]]
code = "whole"
level = "hint"
when = "country == 'AL' and state('A.planned') == 'no_action_taken'"
"""
)


def shipped() -> list[Form]:
    library = FormLibrary([FORMS])
    return [library.form(entry.id, entry.version) for entry in library.entries()]


def taken_up(form: Form) -> Form:
    assert form.folder is not None
    return form_from_plain(json.loads(json.dumps(form_to_plain(form), ensure_ascii=False)), form.folder)


def kinds_in(value: object) -> object:
    """What everything in a form is: a code would equal a level of the same name, and be no level."""
    if isinstance(value, Expression):
        return [type(value.names), type(value.answers)]
    if isinstance(value, Mapping):
        return {key: kinds_in(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(map(kinds_in, value))
    if type(value).__module__ == Form.__module__ and not isinstance(value, str):
        return type(value), {name: kinds_in(each) for name, each in values_of(value).items()}
    return type(value)


def rules_of(form: Form) -> list[Expression]:
    questions = [question for section in form.walk() for question in section.questions]
    questions += [question for row_type in form.row_types.values() for question in row_type.fields]
    checks = [*form.checks, *(check for section in form.walk() for check in section.checks)]
    checks += [check for row_type in form.row_types.values() for check in row_type.checks]
    return [*(each.relevant for each in questions if each.relevant), *(check.when for check in checks)]


@pytest.mark.parametrize("form", shipped(), ids=lambda form: form.id)
def test_a_shipped_form_comes_back_as_it_was(form: Form) -> None:
    again = taken_up(form)
    assert again == form
    assert (again.folder, list(again.field_paths())) == (form.folder, list(form.field_paths()))
    assert kinds_in(again) == kinds_in(form)


def test_a_form_with_a_bit_of_everything_comes_back_as_it_was() -> None:
    form = toml_form(EVERYTHING)
    again = taken_up(form)
    assert again == form
    assert kinds_in(again) == kinds_in(form)
    assert [rule.source for rule in rules_of(again)] == [rule.source for rule in rules_of(form)] != []


def test_rules_say_the_same_when_they_are_taken_up_again() -> None:
    form = toml_form(EVERYTHING)
    answers = {"A.level": "low"}
    for rule, again in zip(rules_of(form), rules_of(taken_up(form)), strict=True):
        for cost in (None, 1, 7):
            values = {"description": "y", "cost": cost, "country": "AL"}
            for _time in range(2):
                assert evaluate(again, values, answers.get) is evaluate(rule, values, answers.get)


def nothing(path: str) -> object:
    return None


def test_a_rule_that_is_prepared_later_is_the_rule() -> None:
    rule = parse("a > 3 or answer('S.b') == 'x'", names={"a", "c"})
    again = read_later(rule.source, rule.names, rule.answers)
    assert again == rule
    assert evaluate(again, {"a": 4}, nothing) is True
    assert evaluate(again, {"a": 1}, lambda path: "y") is False
    assert evaluate(again, {"a": 1}, nothing) is None


@pytest.mark.parametrize("part", ["id", "texts", "sections", "row_types", "choice_lists", "checks"])
def test_a_part_that_is_missing_is_not_made_up(part: str) -> None:
    plain = form_to_plain(toml_form(EVERYTHING))
    del plain[part]
    with pytest.raises(KeyError):
        form_from_plain(plain, Path())
