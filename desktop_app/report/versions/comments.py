"""What a review comment is about in another version of the form."""

from __future__ import annotations

from desktop_app.formdef.model import GOALS_FIELD, Form
from desktop_app.report.paths import Place, read_path, row_path
from desktop_app.report.versions.lineage import Moves


def moved_about(about: str, form: Form, moves: Moves, row_type: str | None) -> str:
    """The place as ``form`` has it now; the section around it where it is gone, or the whole report.

    ``row_type``: the code of the row type its list had, None when that is not known.
    """
    place = read_path(about)
    return (
        _moved_row(place, form, moves, row_type)
        or _moved_goal(place, form, moves)
        or _moved_answer(place, form, moves)
        or _moved_section(place, form, moves)
    )


def _moved_row(place: Place, form: Form, moves: Moves, row_type: str | None) -> str:
    path = moves.list(place.head)
    found = form.list_at(path)
    if found is None:
        return ""
    if not place.row:
        return path
    code = moves.row_field(place.field, row_type, found[1]) if place.field else None
    return row_path(path, place.row, code)


def _moved_goal(place: Place, form: Form, moves: Moves) -> str:
    if not place.row:
        return ""
    code = moves.goal(place.row)
    for section in form.walk():
        if any(goal.code == code for goal in section.goals):
            return row_path(section.field_path(GOALS_FIELD), code)
    return ""


def _moved_answer(place: Place, form: Form, moves: Moves) -> str:
    path = moves.answer(place.head)
    return path if form.field_at(path) is not None else ""


def _moved_section(place: Place, form: Form, moves: Moves) -> str:
    """The section itself, or the nearest one around the place."""
    code = moves.section(place.head)
    while code and form.section(code) is None:
        code = moves.section(code.rpartition(".")[0])
    return code
