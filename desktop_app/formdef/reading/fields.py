"""Fields, wherever they stand: in a section, in a row type, or in a group."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from desktop_app.formdef.mistakes import Mistakes
from desktop_app.formdef.model import GOALS_CODE, ChoiceList, Field, FieldType, Level, Presentation, State
from desktop_app.formdef.reading.codes import read_field_code, reserved_sentence
from desktop_app.formdef.reading.draft import Draft, DraftField
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.dataclass import replace
from desktop_app.runtime.i18n import _

_CHOOSING = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE})
_COUNTING = frozenset({FieldType.NUMBER, FieldType.YEAR_SERIES})

_ONLY_FOR: Mapping[str, frozenset[FieldType]] = {
    "choices": _CHOOSING,
    "respondent": frozenset({FieldType.CHOICE}),
    "plain": frozenset({FieldType.TEXT}),
    "lines": frozenset({FieldType.TEXT}),
    "max_words": frozenset({FieldType.TEXT}),
    "minimum": _COUNTING,
    "maximum": _COUNTING,
    "whole": _COUNTING,
    "baseline": frozenset({FieldType.YEAR_SERIES}),
    "after": frozenset({FieldType.DATE}),
}
"""Attributes that have a meaning for some types only."""

_COUNTRY = "country"
_MAX_LINES = 50
_MAX_WORDS = 1_000_000
_MAX_YEAR = 9999


def read_fields(tables: Sequence[Table], text_owner: str, draft: Draft) -> tuple[DraftField, ...]:
    """The fields of one section, row type or group; ``text_owner`` is its code, for the texts.

    Fields without a usable code are reported and left out. Rules are read later, when all names
    beside them are known.
    """
    found: dict[str, DraftField] = {}
    for table in tables:
        question = _read_field(table, text_owner, draft)
        if question is None:
            continue
        if question.code in found:
            table.error("code", _("There are two fields “{code}” here.").format(code=question.code))
        else:
            found[question.code] = DraftField(question, table)
    fields = tuple(found.values())
    dates = [entry.question.code for entry in fields if entry.question.type is FieldType.DATE]
    for entry in fields:
        _check_after(entry, dates, draft.mistakes)
    return fields


def _read_field(table: Table, text_owner: str, draft: Draft) -> Field | None:
    code = read_field_code(table)
    field_type = table.option("type", FieldType, required=True)
    attributes = _read_attributes(table)
    table.text("relevant")  # read later; asked for here so that it is known
    table.finish()
    if code is None:
        return None
    question = Field(code, field_type or FieldType.TEXT, text_key=f"{text_owner}.{code}", **attributes)
    reserved = reserved_sentence(code)
    if reserved is not None:
        table.error("code", reserved)
    if code == _COUNTRY and not question.respondent:
        sentence = _("“{code}” has a meaning of its own in rules. Change it, or write respondent = true.")
        table.error("code", sentence.format(code=code))
    if field_type is not None:
        _check_attributes(table, question)
        _check_choices(table, question, draft)
    return question


def _read_attributes(table: Table) -> dict[str, Any]:
    return {
        "presentation": table.option("presentation", Presentation) or Presentation.MORE,
        "required": read_required(table),
        "supplement": table.flag("supplement"),
        "choices": table.text("choices"),
        "goal": table.text("goal"),
        "plain": table.flag("plain"),
        "lines": table.whole("lines", 1, _MAX_LINES) or 1,
        "max_words": table.whole("max_words", 1, _MAX_WORDS),
        "minimum": table.number("minimum"),
        "maximum": table.number("maximum"),
        "whole": table.flag("whole"),
        "baseline": table.whole("baseline", 1, _MAX_YEAR),
        "after": table.text("after"),
        "unique": table.flag("unique"),
        "respondent": table.flag("respondent"),
        "states": table.options("states", State),
    }


def read_required(table: Table) -> Level | None:
    """``required = true`` is an error, or the level is named; None when an answer is not needed."""
    value = table.content.get("required")
    if isinstance(value, str):
        return table.option("required", Level)
    return Level.ERROR if table.flag("required") else None


def _check_attributes(table: Table, question: Field) -> None:
    for key, types in _ONLY_FOR.items():
        if key in table and question.type not in types:
            sentence = _("“{key}” has no meaning for the type “{type}”. It is for: {types}.").format(
                key=key, type=question.type.value, types=", ".join(sorted(types))
            )
            table.error(key, sentence)
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        table.error("minimum", _("The minimum is greater than the maximum."))


def _check_choices(table: Table, question: Field, draft: Draft) -> None:
    if question.type not in _CHOOSING:
        return
    if question.choices is None:
        if "choices" not in table:
            table.error(
                "choices", _('This is missing. Write choices = "..." with the code of a choice list.')
            )
        return
    if question.choices == GOALS_CODE:
        if question.type is FieldType.SCALE:
            table.error("choices", _('Goals have no order. Write type = "choice" or type = "choices".'))
        return
    draft.used_choice_lists.add(question.choices)
    known = draft.choice_lists.get(question.choices)
    if known is None:
        sentence = _("There is no choice list “{code}”.").format(code=shown(question.choices))
        known_codes = [*draft.choice_lists, GOALS_CODE]
        table.error("choices", sentence + draft.mistakes.hint(question.choices, known_codes, always=True))
        return
    _check_choice_list(table, question, known, draft)


def _check_choice_list(table: Table, question: Field, known: ChoiceList, draft: Draft) -> None:
    if question.type is FieldType.SCALE and not known.ordered:
        sentence = _("A scale needs a list in order. Write ordered = true below [choices.{code}].")
        table.error("choices", sentence.format(code=known.code))
    if question.respondent and known.code != draft.head.respondents:
        sentence = _('The respondent is chosen from “{code}”. Write choices = "{code}".')
        table.error("choices", sentence.format(code=draft.head.respondents))


def _check_after(entry: DraftField, dates: Sequence[str], mistakes: Mistakes) -> None:
    code = entry.question.after
    if code is None or entry.question.type is not FieldType.DATE:
        return
    if code not in dates or code == entry.question.code:
        others = [date for date in dates if date != entry.question.code]
        sentence = _("There is no other date “{code}” beside this one.").format(code=shown(code))
        entry.table.error("after", sentence + mistakes.hint(code, others, always=True))


def check_goal(entry: DraftField, goals: Collection[str], mistakes: Mistakes) -> None:
    """Report a field of a section that asks about a goal the section does not have."""
    question = entry.question
    if question.goal is not None and question.goal not in goals:
        sentence = _("The section has no goal “{code}”.").format(code=shown(question.goal))
        entry.table.error("goal", sentence + mistakes.hint(question.goal, goals, always=True))
    if question.choices == GOALS_CODE and not goals:
        entry.table.error("choices", _("The section has no goals to choose from."))


def without_goal(entry: DraftField) -> DraftField:
    """A field of a row or group, which cannot ask about one goal; reported if it does."""
    if entry.question.goal is None:
        return entry
    entry.table.error("goal", _("Only a field that stands in a section itself can ask about one goal."))
    return replace(entry, question=replace(entry.question, goal=None))
