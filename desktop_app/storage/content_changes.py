"""What makes one content of a report out of another: the changes of one operation."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.report.changes import Change
from desktop_app.report.paths import confidential_path, row_path, state_path
from desktop_app.storage.projection import Projection
from desktop_app.storage.records import AnswerRecord, RowKey, RowRecord


def changes_between(base: Projection, wanted: Projection) -> Iterator[Change]:
    """The changes that make ``base`` the content ``wanted``, rows before what stands in them."""
    for name, value in sorted(wanted.properties.items()):
        if base.properties.get(name) != value:
            yield Change(f"#{name}", base.properties.get(name), value)
    for path in sorted(base.answers.keys() | wanted.answers.keys()):
        old, new = base.answers.get(path, AnswerRecord()), wanted.answers.get(path, AnswerRecord())
        yield from _differences(
            (path, old.value, new.value),
            (state_path(path), old.state, new.state),
            (confidential_path(path), old.confidential or None, new.confidential or None),
        )
    for key in sorted(base.rows.keys() | wanted.rows.keys()):
        yield from _row_changes(key, base.rows.get(key), wanted.rows.get(key))


def _row_changes(key: RowKey, old: RowRecord | None, new: RowRecord | None) -> Iterator[Change]:
    path = row_path(*key)
    before = {"position": old.position} if old is not None and not old.in_bin else None
    if new is None:
        yield from _differences((path, before, None))
        return
    there = {"position": new.position}
    is_placed = old is not None and (old.in_bin if new.in_bin else before == there)
    if not is_placed:
        yield Change(path, before, there)
    old = old or RowRecord()
    for code in sorted(old.answers.keys() | new.answers.keys()):
        yield from _differences((f"{path}/{code}", old.answers.get(code), new.answers.get(code)))
    for code in sorted(old.states.keys() | new.states.keys()):
        yield from _differences((state_path(f"{path}/{code}"), old.states.get(code), new.states.get(code)))
    for code in sorted(old.confidential | new.confidential):
        place = confidential_path(f"{path}/{code}" if code else path)
        yield from _differences((place, code in old.confidential or None, code in new.confidential or None))
    if new.in_bin and not is_placed:
        yield Change(path, there, None)


def _differences(*places: tuple[str, object, object]) -> Iterator[Change]:
    return (Change(path, old, new) for path, old, new in places if old != new)
