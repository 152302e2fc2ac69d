"""A report's content sorted by the questions and lists it answers, still without any form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop_app.report.paths import (
    HEADS_BY_ID,
    NOT_IN_REPORT,
    PlaceKind,
    confidential_path,
    read_path,
    state_path,
)
from desktop_app.report.values import Plain
from desktop_app.report.versions.content import POSITION, Content, is_in_bin


@dataclass(slots=True)
class Answer:
    """What one question holds, in JSON: its value, why it is empty, and whether it is confidential."""

    value: Plain = None
    state: Plain = None
    confidential: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is held at all."""
        return self == Answer()


@dataclass(slots=True)
class HeldRow:
    """One row: its answers by code. ``marked``: confidential as a whole."""

    id: str
    position: int = 0
    in_bin: bool = False
    marked: bool = False
    answers: dict[str, Answer] = field(default_factory=dict)


@dataclass(slots=True)
class HeldList:
    """The rows of one list in their order, and what is said of the list as a whole."""

    whole: Answer = field(default_factory=Answer)
    rows: dict[str, HeldRow] = field(default_factory=dict)

    def in_order(self) -> list[HeldRow]:
        """The rows that are not in the bin, in the list's order, then those in it."""
        return sorted(self.rows.values(), key=lambda row: (row.in_bin, row.position, row.id))


@dataclass(slots=True)
class Holdings:
    """``kept``: what is as it is in every version of the form. ``strays`` stand at paths that no version of
    any form could have.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    lists: dict[str, HeldList] = field(default_factory=dict)
    unplaced: Content = field(default_factory=dict)
    comments: Content = field(default_factory=dict)
    attached: Content = field(default_factory=dict)
    accepted: Content = field(default_factory=dict)
    kept: Content = field(default_factory=dict)
    strays: Content = field(default_factory=dict)


_OF_THE_WHOLE = NOT_IN_REPORT | {PlaceKind.PROPERTY, PlaceKind.FORM}


def holdings_of(content: Content, is_list: Callable[[str], bool]) -> Holdings:
    """Sort the content. ``is_list`` tells of a path without rows whether it is that of a list."""
    held = Holdings()
    row_lists = {
        place.head
        for path in content
        if (place := read_path(path)).row is not None and place.head not in HEADS_BY_ID
    }
    for path, plain in content.items():
        place = read_path(path)
        if place.kind is PlaceKind.UNPLACED:
            held.unplaced[path] = plain
        elif place.kind is PlaceKind.COMMENT:
            held.comments[path] = plain
        elif place.kind is PlaceKind.ATTACHED:
            held.attached[path] = plain
        elif place.kind is PlaceKind.ACCEPTED:
            held.accepted[path] = plain
        elif place.kind in (PlaceKind.RECEIPT, PlaceKind.SUBMISSION):
            held.kept[path] = plain
        elif place.kind is None or place.kind in _OF_THE_WHOLE or place.head in HEADS_BY_ID:
            held.strays[path] = plain
        elif place.kind is PlaceKind.ROW:
            row = _row(held, place.head, place.row or "")
            row.position, row.in_bin = plain[POSITION], is_in_bin(plain)
        elif place.row is not None:
            row = _row(held, place.head, place.row)
            if place.field is None:
                row.marked = True
            else:
                _note(row.answers.setdefault(place.field, Answer()), place.kind, plain)
        elif place.head in row_lists or (place.kind is not PlaceKind.ANSWER and is_list(place.head)):
            _note(held.lists.setdefault(place.head, HeldList()).whole, place.kind, plain)
        else:
            _note(held.answers.setdefault(place.head, Answer()), place.kind, plain)
    return held


def _row(held: Holdings, path: str, row_id: str) -> HeldRow:
    return held.lists.setdefault(path, HeldList()).rows.setdefault(row_id, HeldRow(row_id))


def _note(answer: Answer, kind: PlaceKind, plain: Plain) -> None:
    if kind is PlaceKind.STATE:
        answer.state = plain
    elif kind is PlaceKind.CONFIDENTIAL:
        answer.confidential = True
    else:
        answer.value = plain


def put(content: Content, path: str, answer: Answer) -> None:
    """Write what a question holds into ``content``."""
    if answer.value is not None:
        content[path] = answer.value
    if answer.state is not None:
        content[state_path(path)] = answer.state
    if answer.confidential:
        content[confidential_path(path)] = True
