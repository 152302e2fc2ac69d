"""What becomes of a working copy when its file is opened again: decided by what both of them hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop_app.storage.copy_record import CopyRecord, Version


class CopyStep(Enum):
    """What to do with a working copy that is there already."""

    TAKE = "take"
    """Take the file anew: the working copy holds nothing that is not in it."""
    GO_ON = "go on"
    """Go on with the working copy: nobody else has changed the file."""
    PART = "part"
    """Both hold work of their own: go on with the working copy, which gets another name."""


@dataclass(frozen=True, slots=True)
class Met:
    """The working copy (``own``) and the file at its place, side by side.

    ``has_own_head``: the working copy's last operation is part of the file's log. ``has_open_edits``: text
    was left open in the working copy, or a comment unfinished that is not in the file.
    """

    own: Version
    place: Version
    has_own_head: bool
    has_open_edits: bool


def choose_step(record: CopyRecord | None, met: Met) -> CopyStep:
    """Nothing is ever lost by it: what both sides hold alone stays, and nothing is written over.

    Without a record all that stands in the working copy alone is taken to be work.
    """
    own, place = met.own, met.place
    if own.content == place.content:
        return CopyStep.GO_ON
    base = record.base if record is not None else None
    has_work = base is None or own.content != base.content
    is_unchanged = record is not None and record.is_known(place.fingerprint)
    if has_work and (is_unchanged or (base is not None and place.content == base.content)):
        return CopyStep.GO_ON
    is_contained = own.file_id == place.file_id and met.has_own_head and not met.has_open_edits
    return CopyStep.PART if has_work and not is_contained else CopyStep.TAKE
