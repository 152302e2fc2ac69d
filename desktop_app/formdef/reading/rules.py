"""Rules: the conditions of checks, and those that decide whether a question is asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop_app.formdef.expression_reading import parse
from desktop_app.formdef.expression_syntax import ExpressionError
from desktop_app.formdef.expressions import Expression
from desktop_app.formdef.model import Check, Field, Level
from desktop_app.formdef.reading.codes import read_field_code
from desktop_app.formdef.reading.draft import Draft, DraftField, Home, PlacedRule
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.dataclass import replace
from desktop_app.runtime.i18n import _


def read_rule(
    table: Table, key: str, names: Collection[str], home: Home, draft: Draft, decides: str | None = None
) -> Expression | None:
    """The expression at ``key``; None when it is absent or wrong, which is then reported."""
    source = table.text(key)
    if source is None:
        return None
    try:
        expression = parse(source, names=names)
    except ExpressionError as error:
        table.error(key, error.sentence)
        return None
    draft.rules.append(PlacedRule(table.where.key(key), expression, home, decides))
    return expression


def read_checks(
    tables: Sequence[Table], names: Collection[str], places: Collection[str], home: Home, draft: Draft
) -> tuple[Check, ...]:
    """The checks of a row type, section or form. ``places``: what their ``field`` may name."""
    found: dict[str, Check] = {}
    for table in tables:
        check = _read_check(table, names, places, home, draft)
        if check is None:
            continue
        if check.code in found:
            table.error("code", _("There are two checks “{code}” here.").format(code=check.code))
        found[check.code] = check
    return tuple(found.values())


def _read_check(
    table: Table, names: Collection[str], places: Collection[str], home: Home, draft: Draft
) -> Check | None:
    code = read_field_code(table)
    level = table.option("level", Level, required=True)
    place = table.text("field")
    if "when" not in table:
        table.error("when", _('This is missing. Write when = "..." with the condition of the problem.'))
    when = read_rule(table, "when", names, home, draft)
    table.finish()
    if place is not None and place not in places:
        sentence = _("There is no field “{code}” beside this check.").format(code=shown(place))
        table.error("field", sentence + draft.mistakes.hint(place, places, always=True))
    if code is None or level is None or when is None:
        return None
    return Check(code, level, when, place)


def with_relevance(
    fields: Sequence[DraftField], names: Collection[str], home: Home, draft: Draft, owner: str
) -> tuple[Field, ...]:
    """The fields with their rules ``relevant``; ``owner`` and the field's code are its path."""
    return tuple(
        replace(
            entry.question,
            relevant=read_rule(
                entry.table, "relevant", names, home, draft, decides=f"{owner}.{entry.question.code}"
            ),
        )
        if "relevant" in entry.table
        else entry.question
        for entry in fields
    )
