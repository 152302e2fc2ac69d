"""What the steps asked of a row do to the report, and where the keyboard goes after them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.report.paths import row_path
from desktop_app.ui.rows.context import ListContext
from desktop_app.ui.rows.row_menu import RowStep


@dataclass(frozen=True, slots=True)
class NextRow:
    """The row to go on with; None where the list has no more. ``edit``: it is opened for editing."""

    list_path: str
    row: str | None
    edit: bool = False


def take_step(context: ListContext, row_id: str, step: RowStep) -> NextRow:
    """Carry out a step on a row that nobody is typing in. KeyError when the row is not in the list."""
    path, session = context.path, context.session
    index = context.row_list.index(row_id)
    if index is None:
        raise KeyError(row_id)
    match step:
        case RowStep.EDIT:
            return NextRow(path, row_id, edit=True)
        case RowStep.ADD_BELOW:
            return NextRow(path, session.add_row(path, after=row_id), edit=True)
        case RowStep.DUPLICATE:
            return NextRow(path, session.duplicate_row(path, row_id), edit=True)
        case RowStep.UP | RowStep.DOWN:
            session.move_row(path, row_id, index + (1 if step is RowStep.DOWN else -1))
        case RowStep.OTHER_LIST:
            target = context.sibling_lists[0].path
            return NextRow(target, session.move_row_to_list(path, row_id, target))
        case RowStep.CONFIDENTIAL:
            row = context.row_list.rows[index]
            session.set_confidential(row_path(path, row_id), "" not in row.confidential)
        case RowStep.REMOVE:
            session.remove_rows(path, [row_id])
            rows = context.row_list.rows
            return NextRow(path, rows[min(index, len(rows) - 1)].id if rows else None)
        case RowStep.DONE | RowStep.COPY | RowStep.ATTACH | RowStep.REMOVE_FOR_GOOD:
            pass
    return NextRow(path, row_id)
