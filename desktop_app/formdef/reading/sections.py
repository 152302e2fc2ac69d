"""Sections with their goals, fields and lists, nested as the form nests them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop_app.formdef.mistakes import KeyPath
from desktop_app.formdef.model import GOALS_CODE, Check, Field, Goal, ListDefinition, Section
from desktop_app.formdef.reading import codes
from desktop_app.formdef.reading.draft import (
    MAX_NESTING,
    MAX_SECTIONS,
    SHARED_NAMES,
    Draft,
    DraftField,
    Group,
    Home,
)
from desktop_app.formdef.reading.fields import check_goal, read_fields
from desktop_app.formdef.reading.rows import goals_sentence
from desktop_app.formdef.reading.rules import read_checks, with_relevance
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.dataclass import replace
from desktop_app.runtime.i18n import _


def read_sections(tables: Sequence[Table], draft: Draft, depth: int = 1) -> tuple[Section, ...]:
    """The sections of one level, with all below them. What cannot be used is reported and left out."""
    if tables and depth > MAX_NESTING:
        sentence = _("Sections are nested more than {limit} levels deep. Make the form flatter.")
        tables[0].error("", sentence.format(limit=MAX_NESTING))
        return ()
    sections = []
    for table in tables:
        if len(draft.section_places) >= MAX_SECTIONS:
            sentence = _("The form has more than {limit} sections. Split it into several forms.")
            draft.mistakes.error(KeyPath(table.where.file), sentence.format(limit=MAX_SECTIONS))
            break
        section = _read_section(table, draft, depth)
        if section is not None:
            sections.append(section)
    return tuple(sections)


def _read_section(table: Table, draft: Draft, depth: int) -> Section | None:
    code = _read_code(table, draft.section_places)
    section = Section(
        code or "",
        table.text("number") or "",
        _read_kind(table),
        _read_goals(table.tables("goal"), draft.goal_places),
        lists=_read_lists(table, code or "", draft),
    )
    fields, checks = _read_fields(table, code or "", section, draft)
    if draft.takes(len(fields), len(checks)):
        section = _with_rules(section, fields, checks, draft)
    below = table.tables("section")
    table.finish()
    section = replace(section, sections=read_sections(below, draft, depth + 1))
    return section if code is not None else None


def _read_code(table: Table, places: dict[str, KeyPath]) -> str | None:
    code = codes.read_section_code(table)
    if code is None:
        # Counted all the same: the number of sections is limited.
        places[f"{table.where.path} "] = table.where
    elif code in places:
        table.error("code", _("There are two sections “{code}”.").format(code=code))
    else:
        places[code] = table.where.key("code")
    return code


def _read_kind(table: Table) -> str:
    kind = table.text("kind") or ""
    if kind and not codes.is_field_code(kind):
        table.error("kind", codes.field_code_sentence(kind))
    return kind


def _read_goals(tables: Sequence[Table], places: dict[str, KeyPath]) -> tuple[Goal, ...]:
    goals = []
    for table in tables:
        code = codes.read_section_code(table)
        table.finish()
        if code is None:
            continue
        if code in places:
            table.error("code", _("There are two goals “{code}”.").format(code=code))
            continue
        places[code] = table.where.key("code")
        goals.append(Goal(code))
    return tuple(goals)


def _read_lists(table: Table, section: str, draft: Draft) -> tuple[ListDefinition, ...]:
    found = []
    for code in table.texts("lists"):
        entry = draft.lists.get(code)
        if entry is None:
            sentence = _("There is no list “{code}”.").format(code=shown(code))
            table.error("lists", sentence + draft.mistakes.hint(code, draft.lists, always=True))
        else:
            found.append(replace(entry, path=f"{section}.{code}"))
    return tuple(found)


def _read_groups(table: Table, draft: Draft) -> list[Group]:
    groups = []
    for code in table.texts("groups"):
        if code in draft.groups:
            draft.used_groups.add(code)
            groups.append(draft.groups[code])
        else:
            sentence = _("There is no group “{code}”.").format(code=shown(code))
            table.error("groups", sentence + draft.mistakes.hint(code, draft.groups, always=True))
    return groups


def _read_fields(
    table: Table, code: str, section: Section, draft: Draft
) -> tuple[list[DraftField], list[Table]]:
    """The section's fields, those of its groups first, and the tables of its checks."""
    groups = _read_groups(table, draft)
    own = read_fields(table.tables("field"), code, draft)
    fields: dict[str, DraftField] = {}
    lists = {entry.code for entry in section.lists}
    goals = {goal.code for goal in section.goals}
    for entry in [*(entry for group in groups for entry in group.fields), *own]:
        name = entry.question.code
        if name in fields:
            # Two of the section's own fields were told apart before: one of these is a group's.
            table.error("groups", _("The field “{code}” stands here and in a group.").format(code=name))
        if name in lists:
            table.error("lists", _("“{code}” is a field and a list of this section.").format(code=name))
        if name == GOALS_CODE:
            entry.table.error("code", goals_sentence())
        check_goal(entry, goals, draft.mistakes)
        fields[name] = entry
    checks = [check for group in groups for check in group.checks]
    return list(fields.values()), [*checks, *table.tables("check")]


def _with_rules(
    section: Section, fields: Sequence[DraftField], checks: Sequence[Table], draft: Draft
) -> Section:
    home = Home(section=section.code)
    beside = {entry.question.code for entry in fields} | {entry.code for entry in section.lists}
    if section.goals:
        beside.add(GOALS_CODE)
    names = SHARED_NAMES.union(beside, {"section"})
    questions: tuple[Field, ...] = with_relevance(fields, names, home, draft, section.code)
    rules: tuple[Check, ...] = read_checks(checks, names, beside, home, draft)
    return replace(section, fields=questions, checks=rules)


def walk(sections: Collection[Section]) -> list[Section]:
    """All sections, parents before their parts."""
    return [section for top in sections for section in top.walk()]
