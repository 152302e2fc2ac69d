"""One readable view for each list type of a form, for whoever opens a report file in a SQLite browser.

The program itself never reads them. The statements are fixed; the names in them are codes of a
form, which may only have small letters, digits and underscores.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlite_utils import Database

from desktop_app.formdef.model import Field, FieldType, Form

_CODE = re.compile(r"[a-z][a-z0-9_]*")

_FIRST = ("report_number", "country", "cycle", "section", "place")
_LAST = "row_id"
_OTHER_NAME = {name: f"{name}_answer" for name in (*_FIRST, _LAST)}
"""A field may be called like one of our own columns; a name can stand in a view only once."""

# json_each, because SQLite 3.40 takes json_extract for unsafe in a view of a file it does not trust.
_VALUE = "(SELECT value FROM json_each(rows.answers, '$.{code}'))"
_PART = "(SELECT value FROM json_each(rows.answers, '$.{{code}}.{part}'))"
_READABLE: Mapping[FieldType, str] = {
    FieldType.TEXT: _VALUE,
    FieldType.CHOICE: _VALUE,
    FieldType.CHOICES: "(SELECT group_concat(value, ', ') FROM json_each(rows.answers, '$.{code}'))",
    FieldType.NUMBER: _VALUE,
    FieldType.YEAR_SERIES: "(SELECT group_concat(key || ': ' || value, ', ')"
    " FROM json_each(rows.answers, '$.{code}'))",
    FieldType.DATE: _VALUE,
    FieldType.TIMEFRAME: _PART.format(part="text"),
    FieldType.YES_NO: f"CASE {_VALUE} WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END",
    FieldType.SCALE: _VALUE,
    FieldType.LINK: f"trim({_PART.format(part='label')} || ' ' || {_PART.format(part='url')})",
    FieldType.ATTACHMENT: _PART.format(part="name"),
}
"""How SQL makes one line of text of a field's JSON."""

_VIEW = """
    CREATE VIEW "{name}" AS
    SELECT
        reports.number AS report_number,
        reports.country AS country,
        reports.cycle AS cycle,
        substr(rows.list, 1, length(rows.list) - length('.{code}')) AS section,
        row_number() OVER (PARTITION BY rows.report, rows.list ORDER BY rows.position, rows.id) AS place,
        {columns}
        rows.id AS row_id
    FROM rows
    JOIN reports ON reports.number = rows.report
    WHERE reports.form_id = '{form}' AND rows.in_bin = 0 AND substr(rows.list, -length('.{code}')) = '.{code}'
    ORDER BY report_number, section, place
"""


def make_views(db: Database, form: Form) -> None:
    """Make the views of the form, or give those of an earlier version of it their new columns.

    To be called with the schema open. ValueError for codes that the form loader would have refused.
    """
    for list_code, fields in _list_types(form).items():
        name = view_name(form.id, list_code)
        columns = {question.code: _column(question) for question in fields.values()}
        for kept in _columns_of(db, name):
            # A question that only an earlier version had: its type is no longer known here.
            columns.setdefault(kept, _VALUE.format(code=_checked(kept)))
        _make_view(db, name, form.id, list_code, columns)


def view_name(form_id: str, list_code: str) -> str:
    """The name of the view: the form's id and the list's code, in letters a database needs no quotes for."""
    name = re.sub(r"[^a-z0-9_]", "_", f"{form_id}_{list_code}".lower())
    return name if _CODE.fullmatch(name) and not name.startswith("sqlite_") else f"form_{name}"


def _list_types(form: Form) -> dict[str, dict[str, Field]]:
    """The fields of each kind of list, by code. Sections share a kind; their rows may differ."""
    found: dict[str, dict[str, Field]] = {}
    for section in form.walk():
        for entry in section.lists:
            fields = found.setdefault(entry.code, {})
            for question in entry.row.fields:
                fields.setdefault(question.code, question)
    return found


def _column(question: Field) -> str:
    code = _checked(question.code)
    words = _READABLE[question.type].format(code=code)
    # Why an answer is empty is shown in its place.
    return f"coalesce({words}, (SELECT '(' || value || ')' FROM json_each(rows.states, '$.{code}')))"


def _make_view(db: Database, name: str, form_id: str, list_code: str, columns: Mapping[str, str]) -> None:
    taken = db.execute("SELECT 1 FROM sqlite_master WHERE name = ? AND type <> 'view'", (name,)).fetchone()
    if taken:
        name = f"{name}_list"
    words = [f'{sql} AS "{_OTHER_NAME.get(code, code)}",' for code, sql in columns.items()]
    db.execute(f'DROP VIEW IF EXISTS "{name}"')
    db.execute(
        _VIEW.format(
            name=name,
            code=_checked(list_code),
            form=form_id.replace("'", "''"),
            columns="\n        ".join(words),
        )
    )


def _columns_of(db: Database, name: str) -> list[str]:
    columns = [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]
    return [column for column in columns[len(_FIRST) : -1] if column not in _OTHER_NAME.values()]


def _checked(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError(code)
    return code
