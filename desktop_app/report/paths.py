"""Paths: how answers, problems and changes name a place in a report.

* ``cover.authority``               one answer
* ``T1.planned``                    a list
* ``T1.planned/<row id>``           a row
* ``T1.planned/<row id>/timeframe`` one field of a row
* any of these with ``#state`` or ``#confidential``: that property of the place
* ``unplaced/<id>``                 words that no question of the form asks for
* ``#status``, ``#language``, ``#cycle``  properties of the report itself
"""

from __future__ import annotations

from dataclasses import dataclass

STATE = "state"
CONFIDENTIAL = "confidential"
UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Place:
    """A path taken apart. ``head`` is the path of the answer or list; empty for the report itself."""

    head: str
    row: str | None = None
    field: str | None = None
    facet: str | None = None

    @property
    def section(self) -> str:
        """The code of the section the place belongs to."""
        return self.head.rpartition(".")[0]

    @property
    def subject(self) -> str:
        """The path without its property."""
        return "/".join(part for part in (self.head, self.row, self.field) if part)


def read_path(path: str) -> Place:
    """Take a path apart; every string is a path, whether the form knows it or not."""
    subject, _, facet = path.partition("#")
    head, *rest = subject.split("/")
    return Place(
        head,
        rest[0] if rest else None,
        rest[1] if len(rest) > 1 else None,
        facet or None,
    )


def row_path(list_path: str, row: str, field: str | None = None) -> str:
    """The path of a row, or of one of its fields."""
    return f"{list_path}/{row}/{field}" if field else f"{list_path}/{row}"


def state_path(path: str) -> str:
    """The path of a place's state."""
    return f"{path}#{STATE}"


def confidential_path(path: str) -> str:
    """The path of a place's mark "confidential"."""
    return f"{path}#{CONFIDENTIAL}"
