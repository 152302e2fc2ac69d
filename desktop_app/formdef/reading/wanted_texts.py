"""Which words a form needs, and which it could use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from desktop_app.formdef.model import Check, State
from desktop_app.formdef.reading.cross_checks import WholeForm
from desktop_app.formdef.texts import Key
from desktop_app.runtime.dataclass import dataclass

PARTS: Mapping[str, Collection[str]] = {
    "form": ("title", "short", "heading", "note", "about"),
    "kind": ("heading", "kicker", "short", "goal"),
    "section": ("title", "short", "guidance", "suggestions"),
    "goal": ("label", "short"),
    "list": ("title", "prompt", "short", "row", "empty"),
    "field": ("label", "help", "placeholder"),
    "choice": (),
    "state": ("label",),
    "check": ("message",),
}
"""The parts of each kind of text; those of a choice list are the codes of its choices."""


@dataclass(frozen=True, slots=True)
class WantedTexts:
    """``required``: each entry needs words under one of its keys. ``codes``: by kind, what may have words.

    ``choices``: the codes of each choice list.
    """

    required: tuple[tuple[Key, ...], ...]
    codes: Mapping[str, Collection[str]]
    choices: Mapping[str, Collection[str]]


def wanted_texts(whole: WholeForm) -> WantedTexts:
    """What the texts of this form have to be."""
    fields = dict(_fields(whole))
    choices = {
        code: {choice.code for choice in choice_list.choices}
        for code, choice_list in whole.draft.choice_lists.items()
    }
    codes: Mapping[str, Collection[str]] = {
        "form": [""],
        "kind": {section.kind for section in whole.sections.values() if section.kind},
        "section": whole.sections,
        "goal": list(_goals(whole)),
        "list": whole.draft.lists.keys() | whole.lists.keys(),
        "field": {code for keys in fields.values() for code in keys} | fields.keys(),
        "choice": choices,
        "state": [state.value for state in State],
        "check": [check.code for check in _checks(whole)],
    }
    return WantedTexts(tuple(dict.fromkeys(_required(whole, fields))), codes, choices)


def _required(whole: WholeForm, fields: Mapping[str, Collection[str]]) -> Iterator[tuple[Key, ...]]:
    yield (("form", "", "title"),)
    for code in whole.sections:
        yield (("section", code, "title"),)
    for code in _goals(whole):
        yield (("goal", code, "label"),)
    for path, (_section, entry) in whole.lists.items():
        yield ("list", entry.code, "title"), ("list", path, "title")
    for text_key, of_lists in fields.items():
        # Words of every list that shows the field do as well as words of the field itself.
        for code in of_lists or (text_key,):
            yield tuple(dict.fromkeys((("field", text_key, "label"), ("field", code, "label"))))
    for choice_list in whole.draft.choice_lists.values():
        for choice in choice_list.choices:
            if not choice.names:
                yield (("choice", choice_list.code, choice.code),)
    for check in _checks(whole):
        yield (("check", check.code, "message"),)


def _fields(whole: WholeForm) -> Iterator[tuple[str, Collection[str]]]:
    """The text key of every field, with the keys its lists may use instead (``<list>.<field>``)."""
    for section in whole.sections.values():
        for question in section.questions:
            yield question.text_key, ()
    # A group that no section uses is a warning of its own; its texts are no second one.
    for group in whole.draft.groups.values():
        for grouped in group.fields:
            yield grouped.question.text_key, ()
    lists = defaultdict(list)
    for entry in whole.draft.lists.values():
        lists[entry.row.code].append(entry.code)
    for code, row_type in whole.draft.row_types.items():
        for question in row_type.fields:
            yield question.text_key, [f"{name}.{question.code}" for name in lists[code]]


def _goals(whole: WholeForm) -> Iterator[str]:
    for section in whole.sections.values():
        yield from (goal.code for goal in section.goals)


def _checks(whole: WholeForm) -> Iterator[Check]:
    yield from whole.draft.checks
    for row_type in whole.draft.row_types.values():
        yield from row_type.checks
    for section in whole.sections.values():
        yield from section.checks
