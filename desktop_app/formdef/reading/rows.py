"""What is written once and used by sections: row types, lists of rows, and groups of fields."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.formdef.model import GOALS_CODE, ListDefinition, Presentation, RowType, State
from desktop_app.formdef.reading import codes
from desktop_app.formdef.reading.draft import SHARED_NAMES, Draft, Group, Home
from desktop_app.formdef.reading.fields import read_fields, read_required, without_goal
from desktop_app.formdef.reading.rules import read_checks, with_relevance
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.i18n import _

ROW_NAMES = SHARED_NAMES | {"list", "section", "section_goals", "goals_chosen"}
"""Names a rule of a row may use besides the codes of the row's fields."""

_MOST_ROWS = 10_000


def read_row_types(tables: Mapping[str, Table], draft: Draft) -> dict[str, RowType]:
    """The row types, ``[row.<code>]``, by their codes."""
    return {code: _read_row_type(code, table, draft) for code, table in tables.items()}


def _read_row_type(code: str, table: Table, draft: Draft) -> RowType:
    _check_name(code, table)
    fields = tuple(without_goal(entry) for entry in read_fields(table.tables("field"), code, draft))
    checks = table.tables("check")
    table.finish()
    if not fields and not table.content.get("field"):
        table.error("field", _("The row has no fields. Write [[row.{code}.field]].").format(code=code))
    leads = [entry for entry in fields if entry.question.presentation is Presentation.LEAD]
    for entry in leads[1:]:
        entry.table.error("presentation", _("Only one field of a row can be its lead. Write chips or more."))
    if not draft.takes(len(fields), len(checks)):
        return RowType(code, tuple(entry.question for entry in fields))
    home = Home(row=code)
    field_codes = {entry.question.code for entry in fields}
    names = ROW_NAMES.union(field_codes)
    return RowType(
        code,
        with_relevance(fields, names, home, draft, code),
        read_checks(checks, names, field_codes, home, draft),
    )


def read_groups(tables: Mapping[str, Table], draft: Draft) -> dict[str, Group]:
    """The groups of fields, ``[group.<code>]``, by their codes."""
    groups = {}
    for code, table in tables.items():
        _check_name(code, table)
        fields = read_fields(table.tables("field"), code, draft)
        for entry in fields:
            if entry.question.code == GOALS_CODE:
                entry.table.error("code", goals_sentence())
        groups[code] = Group(tuple(without_goal(entry) for entry in fields), tuple(table.tables("check")))
        table.finish()
        if not fields and not table.content.get("field"):
            sentence = _("The group has no fields. Write [[group.{code}.field]].")
            table.error("field", sentence.format(code=code))
    return groups


def goals_sentence() -> str:
    """Why a section's field or list cannot be called as the choice of goals is."""
    return _("“{code}” means the goals the country chose. Choose another code.").format(code=GOALS_CODE)


def read_lists(tables: Mapping[str, Table], draft: Draft) -> dict[str, ListDefinition]:
    """The lists, ``[list.<code>]``, by their codes. Their paths are given where sections use them."""
    return {code: _read_list(code, table, draft) for code, table in tables.items()}


def _read_list(code: str, table: Table, draft: Draft) -> ListDefinition:
    _check_name(code, table)
    reserved = goals_sentence() if code == GOALS_CODE else codes.reserved_sentence(code)
    if reserved is not None:
        table.error("", reserved)
    row = table.text("row", required=True)
    row_type = draft.row_types.get(row or "")
    if row is not None and row_type is None:
        sentence = _("There is no row type “{code}”.").format(code=shown(row))
        table.error("row", sentence + draft.mistakes.hint(row, draft.row_types, always=True))
    entry = ListDefinition(
        code,
        code,
        row_type or RowType(row or "", ()),
        table.options("states", State),
        read_required(table),
        table.whole("min_rows", 0, _MOST_ROWS) or 0,
    )
    table.finish()
    return entry


def _check_name(code: str, table: Table) -> None:
    if not codes.is_field_code(code):
        table.error("", codes.field_code_sentence(code))
