"""``[[moved]]``: under which code answers stand now that once stood under another."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.formdef.model import Moved
from desktop_app.formdef.reading.cross_checks import WholeForm
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.i18n import _

CHOICE = "choice"
"""How the codes of options begin here, as in the form's texts."""


def read_moved(tables: Sequence[Table], whole: WholeForm) -> tuple[Moved, ...]:
    """The moves. ``from`` is no code of this form any more; ``to`` is one: of a section, goal, field or list.

    A field of rows is named by its row type and its own code, such as ``action.description``; an option by
    its choice list, such as ``choice.phases.planned``, and both sides name the same list.
    """
    known = _codes(whole)
    found: dict[str, Moved] = {}
    for table in tables:
        old, new = table.text("from", required=True), table.text("to", required=True)
        table.finish()
        if old is None or new is None:
            continue
        if old in known:
            sentence = _("“{code}” is a code of this form, so nothing moved away.")
            table.error("from", sentence.format(code=shown(old)))
        if new not in known:
            sentence = _("This form has no section, goal, field, list or option “{code}”.").format(
                code=shown(new)
            )
            table.error("to", sentence + whole.mistakes.hint(new, known))
        if _choice_list(old) != _choice_list(new):
            sentence = _(
                "An option can only move within its choice list: “choice.<list>.<code>” on both sides."
            )
            table.error("from", sentence)
        if old in found:
            table.error("from", _("“{code}” is moved twice. Keep one of the two.").format(code=shown(old)))
        found.setdefault(old, Moved(old, new))
    return tuple(found.values())


def _codes(whole: WholeForm) -> set[str]:
    goals = {goal.code for section in whole.sections.values() for goal in section.goals}
    in_rows = {question.text_key for row in whole.draft.row_types.values() for question in row.fields}
    options = {
        f"{CHOICE}.{code}.{choice.code}"
        for code, choices in whole.draft.choice_lists.items()
        for choice in choices.choices
    }
    return goals | in_rows | options | whole.sections.keys() | whole.fields.keys() | whole.lists.keys()


def _choice_list(code: str) -> str | None:
    """The choice list an option belongs to; None for what is no option."""
    parts = code.split(".", 2)
    return parts[1] if len(parts) == 3 and parts[0] == CHOICE else None
