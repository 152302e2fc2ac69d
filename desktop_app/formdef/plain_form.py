"""A form that was read, as plain JSON and back: quicker to take up again than to read anew.

Made for ``kept_forms`` alone, which sees to it that nothing else is ever read here. What comes back equals
the form that was written; its rules are prepared again when they are first asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from desktop_app.formdef.expressions import Answer, Expression, Step
from desktop_app.formdef.model import (
    Check,
    Choice,
    ChoiceList,
    Field,
    FieldType,
    Form,
    Goal,
    Level,
    ListDefinition,
    Moved,
    Presentation,
    RowType,
    Section,
    State,
)
from desktop_app.formdef.texts import FormTexts
from desktop_app.runtime.dataclass import values_of

_USUAL = values_of(Field("", FieldType.TEXT, ""))
"""What most fields have in most places; only the rest is written."""


def form_to_plain(form: Form) -> dict[str, Any]:
    """The form in values that JSON has, or whose kinds are strings or tuples, which it takes for its own."""
    by_language = form.texts.by_language.items()
    return {
        "id": form.id,
        "version": form.version,
        "hash": form.hash,
        "official": form.texts.official,
        "texts": {tag: [[*key, text] for key, text in words.items()] for tag, words in by_language},
        "languages": form.languages,
        "labels_verified": form.labels_verified,
        "cycles": form.cycles,
        "respondents": form.respondents,
        "sections": [_section_to_plain(section) for section in form.sections],
        "row_types": [_row_type_to_plain(row_type) for row_type in form.row_types.values()],
        "choice_lists": [_choice_list_to_plain(entry) for entry in form.choice_lists.values()],
        "checks": _checks_to_plain(form.checks),
        "moved": [[moved.old, moved.new] for moved in form.moved],
    }


def form_from_plain(plain: Mapping[str, Any], folder: Path) -> Form:
    """The form that was read from ``folder``. Whatever Python raises when ``plain`` is of another shape."""
    texts = {
        tag: {(kind, code, part): text for kind, code, part, text in words}
        for tag, words in plain["texts"].items()
    }
    row_types = {each["code"]: _row_type_from_plain(each) for each in plain["row_types"]}
    lists = map(_choice_list_from_plain, plain["choice_lists"])
    return Form(
        plain["id"],
        plain["version"],
        plain["hash"],
        FormTexts(plain["official"], texts),
        tuple(plain["languages"]),
        plain["labels_verified"],
        tuple(plain["cycles"]),
        plain["respondents"],
        tuple(_section_from_plain(each, row_types) for each in plain["sections"]),
        row_types,
        {entry.code: entry for entry in lists},
        _checks_from_plain(plain["checks"]),
        tuple(Moved(old, new) for old, new in plain["moved"]),
        folder,
    )


def _section_to_plain(section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "number": section.number,
        "kind": section.kind,
        "goals": [goal.code for goal in section.goals],
        "fields": [_field_to_plain(question) for question in section.fields],
        "lists": [
            [entry.code, entry.path, entry.row.code, entry.states, entry.required, entry.min_rows]
            for entry in section.lists
        ],
        "checks": _checks_to_plain(section.checks),
        "sections": [_section_to_plain(child) for child in section.sections],
    }


def _section_from_plain(plain: Mapping[str, Any], row_types: Mapping[str, RowType]) -> Section:
    return Section(
        plain["code"],
        plain["number"],
        plain["kind"],
        tuple(map(Goal, plain["goals"])),
        tuple(map(_field_from_plain, plain["fields"])),
        tuple(
            ListDefinition(code, path, row_types[row], _states(states), _level(required), min_rows)
            for code, path, row, states, required, min_rows in plain["lists"]
        ),
        _checks_from_plain(plain["checks"]),
        tuple(_section_from_plain(child, row_types) for child in plain["sections"]),
    )


def _field_to_plain(question: Field) -> dict[str, Any]:
    unusual = {name: value for name, value in values_of(question).items() if value != _USUAL[name]}
    if question.relevant is not None:
        unusual["relevant"] = _rule_to_plain(question.relevant)
    return unusual


def _field_from_plain(plain: Mapping[str, Any]) -> Field:
    values = {**_USUAL, **plain}
    relevant = values["relevant"]
    values["type"] = FieldType(values["type"])
    values["presentation"] = Presentation(values["presentation"])
    values["required"] = _level(values["required"])
    values["states"] = _states(values["states"])
    values["relevant"] = None if relevant is None else _rule_from_plain(relevant)
    return Field(**values)


def _row_type_to_plain(row_type: RowType) -> dict[str, Any]:
    fields = [_field_to_plain(question) for question in row_type.fields]
    return {"code": row_type.code, "fields": fields, "checks": _checks_to_plain(row_type.checks)}


def _row_type_from_plain(plain: Mapping[str, Any]) -> RowType:
    fields = tuple(map(_field_from_plain, plain["fields"]))
    return RowType(plain["code"], fields, _checks_from_plain(plain["checks"]))


def _choice_list_to_plain(entry: ChoiceList) -> dict[str, Any]:
    choices = [
        [choice.code, choice.names, choice.aliases, choice.note, choice.valid_from, choice.valid_to]
        for choice in entry.choices
    ]
    return {"code": entry.code, "ordered": entry.ordered, "choices": choices}


def _choice_list_from_plain(plain: Mapping[str, Any]) -> ChoiceList:
    choices = tuple(
        Choice(code, names, tuple(aliases), *rest) for code, names, aliases, *rest in plain["choices"]
    )
    return ChoiceList(plain["code"], choices, plain["ordered"])


def _checks_to_plain(checks: Iterable[Check]) -> list[list[Any]]:
    return [[check.code, check.level, _rule_to_plain(check.when), check.field] for check in checks]


def _checks_from_plain(plain: Iterable[Any]) -> tuple[Check, ...]:
    return tuple(
        Check(code, Level(level), _rule_from_plain(when), place) for code, level, when, place in plain
    )


def _rule_to_plain(rule: Expression) -> list[Any]:
    return [rule.source, sorted(rule.names), sorted(rule.answers)]


def _rule_from_plain(plain: Iterable[Any]) -> Expression:
    source, names, answers = plain
    return read_later(source, frozenset(names), frozenset(answers))


def _level(plain: str | None) -> Level | None:
    return None if plain is None else Level(plain)


def _states(plain: Iterable[str]) -> tuple[State, ...]:
    return tuple(map(State, plain))


def read_later(source: str, names: frozenset[str], answers: frozenset[str]) -> Expression:
    """A rule that was read and checked before, prepared anew when it is first asked: most never are.

    ``names`` and ``answers``: as they were found then. What was ``compared`` is only for that check.
    """
    prepared: list[Step] = []

    def step(values: Mapping[str, object], answer: Answer) -> object:
        if not prepared:
            from desktop_app.formdef.expression_reading import parse

            prepared.append(parse(source, names=names).step)
        return prepared[0](values, answer)

    return Expression(source, names, answers, step=step)
