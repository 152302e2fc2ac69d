"""What editing a list means in changes: rows added, copied, moved, removed and brought back.

Nothing is changed here; the entry session records what these functions return as one operation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from desktop_app.formdef.model import RowType
from desktop_app.report.attachments import attached_path, attached_within, write_attached
from desktop_app.report.changes import Change, new_id
from desktop_app.report.paths import Place, confidential_path, row_path, state_path
from desktop_app.report.plain import POSITION_STEP
from desktop_app.report.report import Report, Row, RowList, UnknownPlaceError
from desktop_app.report.review import comment_path, write_comment
from desktop_app.report.values import Plain, Value, write_value
from desktop_app.runtime.dataclass import replace

Content = Mapping[str, Plain]
"""What a row holds, in JSON: by what stands behind the row's path, such as ``/timeframe#state``."""


def content_of_values(values: Mapping[str, Value], row_type: RowType) -> Content:
    """The content of a row with these answers, by field code."""
    written = {f"/{code}": write_value(row_type.field(code).type, value) for code, value in values.items()}
    return {place: plain for place, plain in written.items() if plain is not None}


def content_of_row(row: Row, row_type: RowType) -> Content:
    """All that the row holds, marks and states included."""
    states = {state_path(f"/{code}"): state.value for code, state in row.states.items()}
    marks = {confidential_path(f"/{code}" if code else ""): True for code in row.confidential}
    return {**content_of_values(row.values, row_type), **states, **marks}


def held_by(report: Report, place: Place, path: str) -> list[str]:
    """The paths of all that the row at ``path``, in the list or its bin, can hold and is marked with.

    Of an answer, those of the files attached to it. Of a list that only an earlier version of the form had,
    nothing more is known here. UnknownPlaceError when the list has no such row.
    """
    files = [attached_path(key) for key, _attached in attached_within(report, path)]
    row_list = report.lists.get(place.head)
    if row_list is None or place.row is None or place.field is not None:
        return files
    row = row_list.find(place.row or "")
    if row is None:
        raise UnknownPlaceError(path)
    answers = [f"{path}/{question.code}" for question in row_list.definition.row.fields]
    states = [state_path(f"{path}/{code}") for code in row.states]
    marks = [confidential_path(f"{path}/{code}" if code else path) for code in sorted(row.confidential)]
    return [*answers, *states, *marks, *files]


def attaching_again(report: Report, old: str, new: str) -> list[Change]:
    """Attach the files of the row at the path ``old`` to its copy at ``new`` too."""
    return [
        Change(
            attached_path(new_id()), None, write_attached(replace(each, about=new + each.about[len(old) :]))
        )
        for _key, each in attached_within(report, old)
    ]


def adding(
    report: Report, list_path: str, rows: Mapping[str, Content], after: str | None = None
) -> list[Change]:
    """Add rows, by their new ids, behind the row ``after`` or at the end.

    A state such as "no action taken" ends with it.
    """
    row_list = report.lists[list_path]
    behind = row_list.index(after) if after is not None else None
    index = behind + 1 if behind is not None else len(row_list.rows)
    changes = ending_state(report, list_path)
    changes.extend(_placing(row_list, list(rows), row_list.rows, index))
    for row_id, content in rows.items():
        path = row_path(list_path, row_id)
        changes.extend(Change(f"{path}{place}", None, plain) for place, plain in content.items())
    return changes


def removing(report: Report, list_path: str, row_ids: Iterable[str]) -> list[Change]:
    """Put rows into the bin; what is not in the list is left alone."""
    paths = [row_path(list_path, row_id) for row_id in dict.fromkeys(row_ids)]
    changes = [Change(path, report.plain(path), None) for path in paths]
    return [change for change in changes if change.old is not None]


def restoring(report: Report, list_path: str, row_id: str) -> list[Change]:
    """Bring a row back from the bin to where it stood, or behind the row that stands there now.

    No change when it is not in the bin.
    """
    row_list = report.lists[list_path]
    binned = row_list.bin.get(row_id)
    if binned is None:
        return []
    position = binned.position
    changes = ending_state(report, list_path)
    index = bisect_left(row_list.rows, position, key=_position)
    if index < len(row_list.rows) and row_list.rows[index].position == position:
        return changes + _placing(row_list, [row_id], row_list.rows, index + 1)
    return [*changes, Change(row_path(list_path, row_id), None, {"position": position})]


def moving(report: Report, list_path: str, row_id: str, index: int) -> list[Change]:
    """Make the row the one at ``index`` (from 0) of its list; no change when it is that already."""
    row_list = report.lists[list_path]
    others = [row for row in row_list.rows if row.id != row_id]
    index = max(0, min(index, len(others)))
    return [] if row_list.index(row_id) == index else _placing(row_list, [row_id], others, index)


def moving_to_list(report: Report, list_path: str, row: Row, target_path: str, fresh: str) -> list[Change]:
    """Put the row into the bin of its list, and all it holds at the end of the other, as row ``fresh``.

    What was said about it goes along.
    """
    content = content_of_row(row, report.lists[target_path].definition.row)
    return [
        *removing(report, list_path, [row.id]),
        *adding(report, target_path, {fresh: content}),
        *attaching_again(report, row_path(list_path, row.id), row_path(target_path, fresh)),
        *_talking_on(report, row_path(list_path, row.id), row_path(target_path, fresh)),
    ]


def _talking_on(report: Report, old: str, new: str) -> list[Change]:
    """Let the comments about the row at ``old``, or a field of it, be about the one at ``new``."""
    return [
        Change(path, report.plain(path), write_comment(replace(each, about=new + each.about[len(old) :])))
        for key, each in report.comments.items()
        if f"{each.about}/".startswith(f"{old}/") and (path := comment_path(key))
    ]


def ending_state(report: Report, path: str) -> list[Change]:
    """Take back why the list or field at ``path`` is empty, because it no longer is."""
    place = state_path(path)
    state = report.plain(place)
    return [] if state is None else [Change(place, state, None)]


def _placing(row_list: RowList, ids: Sequence[str], others: Sequence[Row], index: int) -> list[Change]:
    """Put the rows ``ids`` before the one at ``index`` of ``others``, all the other rows of the list.

    Where there is no room between two neighbours the whole list is numbered anew.
    """
    low = others[index - 1].position if index else 0
    room = others[index].position - low if index < len(others) else POSITION_STEP * (len(ids) + 1)
    if room > len(ids):
        step = room // (len(ids) + 1)
        wanted = {row_id: low + step * number for number, row_id in enumerate(ids, start=1)}
    else:
        before, behind = [row.id for row in others[:index]], [row.id for row in others[index:]]
        order = enumerate([*before, *ids, *behind], start=1)
        wanted = {row_id: POSITION_STEP * number for number, row_id in order}
    changes = []
    for row_id, position in wanted.items():
        row = row_list.row(row_id)
        if row is None or row.position != position:
            old = None if row is None else {"position": row.position}
            changes.append(Change(row_path(row_list.definition.path, row_id), old, {"position": position}))
    return changes


def _position(row: Row) -> int:
    return row.position
