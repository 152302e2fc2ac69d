"""Paths: how answers, problems and changes name a place in a report.

* ``cover.authority``               one answer
* ``T1.planned``                    a list
* ``T1.planned/<row id>``           a row
* ``T1.planned/<row id>/timeframe`` one field of a row
* ``#state`` behind an answer, a list or a row's field: why it is empty
* ``#confidential`` behind any of the above: it is left out of the public copy
* ``unplaced/<id>``                 words that no question of the form asks for
* ``comment/<id>``                  a review comment, or what the country answered to one (``report.review``)
* ``accepted/<id>``                 a problem that was accepted, with the reason (``report.accepted``)
* ``receipt/<id>``                  what was returned for a package that was sent (``report.receipts``)
* ``submission/<number>``           what is known of a submission besides its content (``report.submissions``)
* ``attached/<id>``                 a file that goes with an answer, a row or a list (``report.attachments``)
* ``#status``, ``#language``, ``#cycle``  properties of the report itself
* ``#form``                       version and hash of the form the report answers, ``{"version", "hash"}``
* ``#note``                       no place: words about an operation, kept in the log alone
* ``#step``                       no place: what a change of status was, kept in the log alone
* ``source/<number>``             no place: an original document of the file, named when it is removed
"""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache

from desktop_app.runtime.dataclass import dataclass

STATE = "state"
CONFIDENTIAL = "confidential"
UNPLACED = "unplaced"
COMMENT = "comment"
ATTACHED = "attached"
ACCEPTED = "accepted"
RECEIPT = "receipt"
SUBMISSION = "submission"
NOTE = "note"
STEP = "step"
FORM = "form"
SOURCE = "source"
PROPERTIES = frozenset({"status", "language", "cycle"})
"""What a report itself has that can change."""


class PlaceKind(Enum):
    """What stands at a path."""

    PROPERTY = auto()
    UNPLACED = auto()
    COMMENT = auto()
    ATTACHED = auto()
    ACCEPTED = auto()
    RECEIPT = auto()
    SUBMISSION = auto()
    ROW = auto()
    ANSWER = auto()
    STATE = auto()
    CONFIDENTIAL = auto()
    FORM = auto()
    NOTE = auto()
    SOURCE = auto()


NOT_IN_REPORT = frozenset({PlaceKind.NOTE, PlaceKind.SOURCE})
"""What stands in the log only: no report holds anything there."""

KEPT_BY_ID = frozenset(
    {
        PlaceKind.UNPLACED,
        PlaceKind.COMMENT,
        PlaceKind.ATTACHED,
        PlaceKind.ACCEPTED,
        PlaceKind.RECEIPT,
        PlaceKind.SUBMISSION,
    }
)
"""What a report holds beside its form's places, each under an id of its own."""

NOT_CONTENT = NOT_IN_REPORT | {PlaceKind.COMMENT, PlaceKind.RECEIPT, PlaceKind.SUBMISSION}
"""What is said about a report and is none of its content: it may still come in while that is frozen."""


_REMEMBERED = 8192
"""Paths that need not be taken apart again: of one step many ask for each of its places."""


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

    @property
    def kind(self) -> PlaceKind | None:
        """What stands here; None where nothing can, whatever the form."""
        if not self.head:
            return _of_the_whole(self.facet) if self.row is None else None
        if self.row == "" or self.field == "":
            return None
        if self.head in _NUMBERED:
            return _NUMBERED[self.head] if self.row and self.field is None and self.facet is None else None
        if self.facet is None:
            return PlaceKind.ROW if self.row is not None and self.field is None else PlaceKind.ANSWER
        if self.facet == STATE:
            return None if self.row is not None and self.field is None else PlaceKind.STATE
        return PlaceKind.CONFIDENTIAL if self.facet == CONFIDENTIAL else None


_NUMBERED = {
    UNPLACED: PlaceKind.UNPLACED,
    COMMENT: PlaceKind.COMMENT,
    ATTACHED: PlaceKind.ATTACHED,
    ACCEPTED: PlaceKind.ACCEPTED,
    RECEIPT: PlaceKind.RECEIPT,
    SUBMISSION: PlaceKind.SUBMISSION,
    SOURCE: PlaceKind.SOURCE,
}

HEADS_BY_ID = frozenset(_NUMBERED) - {SOURCE}
"""What the paths of all that is kept by id begin with."""


def _of_the_whole(facet: str | None) -> PlaceKind | None:
    if facet in (NOTE, STEP):
        return PlaceKind.NOTE
    if facet == FORM:
        return PlaceKind.FORM
    return PlaceKind.PROPERTY if facet in PROPERTIES else None


@lru_cache(maxsize=_REMEMBERED)
def read_path(path: str) -> Place:
    """Take a path apart; every string can be, whether the form knows the place or not."""
    subject, mark, facet = path.partition("#")
    head, *rest = subject.split("/", 2)
    return Place(
        head,
        rest[0] if rest else None,
        rest[1] if len(rest) > 1 else None,
        facet if mark else None,
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


NOTE_PATH = f"#{NOTE}"
"""Where words about an operation stand: the name of a restore point, the reason of a removal."""


STEP_PATH = f"#{STEP}"
"""Where the log says what a change of status was, such as that a submission was taken back."""


FORM_PATH = f"#{FORM}"
"""Where the log says that the report answers another version of its form from here on."""


def source_path(number: int) -> str:
    """The path that names an original document of the file."""
    return f"{SOURCE}/{number}"
