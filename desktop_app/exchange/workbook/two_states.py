"""What became of a report's content since an earlier state of it, in the working order of the form.

The earlier state is the plain content of a submission (``data.json``). It may answer another version of
the form: what this one has no place for counts as removed, under its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Any

from desktop_app.formdef.model import Field, Form, ListDefinition, Section
from desktop_app.report.attachments import attached_path, read_attached
from desktop_app.report.file_words import file_words
from desktop_app.report.moved_rows import ids_there
from desktop_app.report.paths import UNPLACED, read_path, row_path
from desktop_app.report.plain import ATTACHMENTS, report_to_plain
from desktop_app.report.report import Report


class Fate(StrEnum):
    """What became of a place."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Holding:
    """What an answer, a field of a row or a list held: a value in JSON, a state, the mark "confidential"."""

    value: Any = None
    state: str | None = None
    confidential: bool = False

    def __bool__(self) -> bool:
        return self != _NOTHING


_NOTHING = Holding()
_FEW = 50
_TIMES = 3
"""So often a row is followed into the same list, out of which it was brought back."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a state: its list, its number there from 1, what its fields hold by code.

    ``whole`` is what is said of the row as such: a state, the mark "confidential".
    """

    list_path: str
    number: int
    fields: Mapping[str, Holding]
    whole: Holding


@dataclass(frozen=True, slots=True)
class ContentState:
    """The content of a report at one moment."""

    form: str
    answers: Mapping[str, Holding]
    lists: Mapping[str, Holding]
    rows: Mapping[str, PlacedRow]
    unplaced: Mapping[str, str] = field(default_factory=dict)
    attached: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def is_confidential(self, path: str) -> bool:
        """Whether the place is marked, or what it stands in."""
        place = read_path(path)
        found = [self.answers.get(place.head), self.lists.get(place.head)]
        if place.row is not None and (row := self.rows.get(place.row)) is not None:
            found += [row.whole, row.fields.get(place.field or "")]
        return any(holding is not None and holding.confidential for holding in found)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> ContentState:
        """Take the public JSON shape apart."""
        lists: Mapping[str, Any] = plain.get("lists") or {}
        states, marked = plain.get("states") or {}, set(plain.get("confidential") or ())
        single: Mapping[str, Any] = plain.get("answers") or {}
        paths = {**dict.fromkeys(single), **dict.fromkeys(states), **dict.fromkeys(sorted(marked))}
        return cls(
            form=str((plain.get("form") or {}).get("version", "")),
            answers={
                path: Holding(single.get(path), states.get(path), path in marked)
                for path in paths
                if path not in lists
            },
            lists={
                path: Holding(None, content.get("state"), path in marked) for path, content in lists.items()
            },
            rows={
                row["id"]: _placed(path, number, row)
                for path, content in lists.items()
                for number, row in enumerate(content.get("rows") or (), start=1)
            },
            unplaced={key: kept.get("text", "") for key, kept in (plain.get(UNPLACED) or {}).items()},
            attached={each["id"]: each for each in plain.get(ATTACHMENTS) or ()},
        )


def _placed(path: str, number: int, row: Mapping[str, Any]) -> PlacedRow:
    values, states = row.get("values") or {}, row.get("states") or {}
    marked = set(row.get("confidential") or ())
    codes = {**dict.fromkeys(values), **dict.fromkeys(states), **dict.fromkeys(sorted(marked))}
    fields = {code: Holding(values.get(code), states.get(code), code in marked) for code in codes if code}
    return PlacedRow(path, number, fields, Holding(None, states.get(""), "" in marked))


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. ``key`` names it for good.

    ``section`` and ``entry`` are where it stands now or stood, None for what the form has no place for.
    ``question`` is what was answered, None for a whole row, a list or words without a place; ``code``
    names it where the form does not. ``row`` is where the row stands now, else where it stood.
    """

    key: str
    fate: Fate
    reference: str
    section: Section | None = None
    entry: ListDefinition | None = None
    question: Field | None = None
    code: str = ""
    row: PlacedRow | None = None
    row_id: str = ""
    old: Holding = _NOTHING
    new: Holding = _NOTHING
    old_row: PlacedRow | None = None

    @property
    def marking(self) -> bool | None:
        """Where nothing but the mark "confidential" differs, whether it is there now; else None."""
        is_mark = self.old.confidential != self.new.confidential
        is_same = (self.old.value, self.old.state) == (self.new.value, self.new.state)
        return self.new.confidential if self.fate is Fate.CHANGED and is_mark and is_same else None


def differences(report: Report, previous: Mapping[str, Any]) -> Iterator[Difference]:
    """Everything that was added, changed, removed or moved to another list since ``previous``.

    The order of rows within a list is no difference.
    """
    new = ContentState.of(report_to_plain(report))
    old = _with_moved(ContentState.of(previous), new, report.form)
    seen: set[str] = set()
    for section in report.form.walk():
        for question in section.questions:
            path = section.field_path(question)
            seen.add(path)
            if not question.respondent:
                yield from _of_holding(
                    path,
                    path,
                    old.answers.get(path, _NOTHING),
                    new.answers.get(path, _NOTHING),
                    section=section,
                    question=question,
                    code=question.code,
                )
        for entry in section.lists:
            seen.add(entry.path)
            yield from _of_list(section, entry, old, new)
    yield from _without_place(old, seen)
    yield from _of_unplaced(old, new)
    yield from _of_attached(report.form, old, new)


def _with_moved(old: ContentState, new: ContentState, form: Form) -> ContentState:
    """``old`` with the rows that went to another list since under the ids that they have there now."""
    gone = [row_id for row_id in old.rows if row_id not in new.rows]
    came = new.rows.keys() - old.rows.keys()
    if not gone or not came:
        return old
    lists: dict[str, list[str]] = {}
    for section in form.walk():
        for entry in section.lists:
            lists.setdefault(entry.row.code, []).append(entry.path)
    # A row that went further on the way: looked for where there are few.
    steps = 2 if len(gone) <= _FEW else 1
    moved: dict[str, str] = {}
    for row_id in gone:
        found = form.list_at(old.rows[row_id].list_path)
        targets = lists[found[1].row.code] if found is not None else []
        now = _moved_to(row_id, targets, came, steps)
        if now and now not in moved.values():
            moved[row_id] = now
    return replace(old, rows={moved.get(row_id, row_id): row for row_id, row in old.rows.items()})


def _moved_to(row_id: str, targets: Sequence[str], came: Set[str], steps: int) -> str:
    """The id that the row has now, in one of the ``targets``; empty where it went to none."""
    ids = [each for target in targets for each in islice(ids_there(row_id, target), _TIMES)]
    for each in ids:
        if each in came:
            return each
    further = (_moved_to(each, targets, came, steps - 1) for each in ids) if steps > 1 else ()
    return next(filter(None, further), "")


def _of_holding(key: str, reference: str, old: Holding, new: Holding, **where: Any) -> Iterator[Difference]:
    if old != new:
        fate = Fate.CHANGED if old and new else Fate.ADDED if new else Fate.REMOVED
        yield Difference(key, fate, reference, old=old, new=new, **where)


def _of_list(
    section: Section, entry: ListDefinition, old: ContentState, new: ContentState
) -> Iterator[Difference]:
    path = entry.path
    yield from _of_holding(
        path,
        path,
        old.lists.get(path, _NOTHING),
        new.lists.get(path, _NOTHING),
        section=section,
        entry=entry,
    )
    for row_id, row in new.rows.items():
        if row.list_path == path:
            yield from _of_row(section, entry, row_id, row, old.rows.get(row_id))
    for row_id, row in old.rows.items():
        if row.list_path == path and row_id not in new.rows:
            yield Difference(
                row_path(path, row_id),
                Fate.REMOVED,
                f"{path} {row.number}",
                section,
                entry,
                row=row,
                row_id=row_id,
                old_row=row,
            )


def _of_row(
    section: Section, entry: ListDefinition, row_id: str, row: PlacedRow, before: PlacedRow | None
) -> Iterator[Difference]:
    key, reference = row_path(entry.path, row_id), f"{entry.path} {row.number}"
    if before is None:
        yield Difference(key, Fate.ADDED, reference, section, entry, row=row, row_id=row_id)
        return
    if before.list_path != row.list_path:
        yield Difference(
            f"{key}#list", Fate.MOVED, reference, section, entry, row=row, row_id=row_id, old_row=before
        )
    where: dict[str, Any] = {"section": section, "entry": entry, "row": row, "row_id": row_id}
    if before.whole != row.whole:
        # The row itself was there before: what is said of it is other.
        yield Difference(f"{key}#row", Fate.CHANGED, reference, old=before.whole, new=row.whole, **where)
    known = {question.code: question for question in entry.row.fields}
    for code in [*known, *(code for code in (*before.fields, *row.fields) if code not in known)]:
        yield from _of_holding(
            row_path(entry.path, row_id, code),
            reference,
            before.fields.get(code, _NOTHING),
            row.fields.get(code, _NOTHING),
            question=known.get(code),
            code=code,
            **where,
        )


def _without_place(old: ContentState, seen: set[str]) -> Iterator[Difference]:
    """What another version of the form asked for and this one does not."""
    for path, holding in old.answers.items():
        if path not in seen:
            yield Difference(path, Fate.REMOVED, path, code=path, old=holding)
    for path, holding in old.lists.items():
        if path not in seen and holding:
            yield Difference(path, Fate.REMOVED, path, code=path, old=holding)
    for row_id, row in old.rows.items():
        if row.list_path not in seen:
            key, reference = row_path(row.list_path, row_id), f"{row.list_path} {row.number}"
            yield Difference(
                key, Fate.REMOVED, reference, code=row.list_path, row=row, row_id=row_id, old_row=row
            )


def _of_attached(form: Form, old: ContentState, new: ContentState) -> Iterator[Difference]:
    """Files that go with an answer, a row or a list; what was attached is never changed."""
    for key in sorted({*old.attached, *new.attached}, key=_by_place(old, new)):
        before, after = (_file(state.attached.get(key)) for state in (old, new))
        about = (new.attached.get(key) or old.attached[key])["path"]
        section = form.section(read_path(about).section)
        yield from _of_holding(
            attached_path(key), about, Holding(before), Holding(after), section=section, code=ATTACHMENTS
        )


def _by_place(old: ContentState, new: ContentState) -> Callable[[str], tuple[str, str, str]]:
    def order(key: str) -> tuple[str, str, str]:
        file = new.attached.get(key) or old.attached[key]
        return file["path"], file["name"], key

    return order


def _file(plain: Mapping[str, Any] | None) -> str | None:
    return None if plain is None else file_words(read_attached(plain).file)


def _of_unplaced(old: ContentState, new: ContentState) -> Iterator[Difference]:
    for key in sorted({*old.unplaced, *new.unplaced}):
        path = f"{UNPLACED}/{key}"
        yield from _of_holding(
            path, path, Holding(old.unplaced.get(key)), Holding(new.unplaced.get(key)), code=UNPLACED
        )
