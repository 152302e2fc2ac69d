"""The log of a damaged file as far as it could be read: what it last says of each place, and how surely."""

from __future__ import annotations

import sqlite3
import sys
from bisect import bisect_left
from dataclasses import dataclass, field

from desktop_app.storage.log import FIRST_HASH, LoggedOperation, read_log
from desktop_app.storage.salvage import Salvage
from desktop_app.storage.sides import NOTHING, Side


@dataclass(slots=True)
class LastChange:
    """What the log last says of a place. ``earlier``: the last sound value that was there before.

    ``at``: when it was made, UTC.
    """

    side: Side
    step: int
    at: str
    is_linked: bool
    earlier: Side = NOTHING


@dataclass(slots=True)
class SalvagedLog:
    """The log as far as it could be read. ``sound``: so many steps from the first are right in every part."""

    sound: int = 0
    last: int = 0
    steps: int = 0
    lost_changes: int = 0
    nameless: int = 0
    """Of the lost changes, those of which not even the place is known."""
    has_end: bool = True
    lost_places: set[str] = field(default_factory=set)
    """The places of lost changes, in whatever report of the file."""
    behind: set[str] = field(default_factory=set)
    """Those of them of which a change was lost that came after the last one that was read."""
    is_cut: bool = False
    """Whether steps or changes are known that came after the last ones that were read."""
    confirmed: set[str] = field(default_factory=set)
    """The places of which the last change that was read has the path that an index says too."""
    sure_from: int = 1
    """From this step on every step is there; none from here on when the end is lost."""
    places: dict[int, dict[str, LastChange]] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every step ever made is there and right."""
        is_all_there = self.has_end and not (self.is_cut or self.lost_changes or self.lost_places)
        return is_all_there and self.sound == self.last

    @property
    def names_all(self) -> bool:
        """Whether every place that was ever changed is known."""
        return self.has_end and not self.nameless

    @property
    def lost_steps(self) -> int:
        """How many steps before the last one that was read are missing."""
        return self.last - self.steps

    def is_sure_of(self, path: str, change: LastChange) -> bool:
        """Whether this is the last change of the place: its path is right, and no later one is lost."""
        has_end = self.has_end and not self.is_cut
        if change.is_linked and has_end and change.step + 1 >= self.sure_from:
            return True
        is_right = change.is_linked or path in self.confirmed
        return is_right and self.names_all and path not in self.lost_places


def read_salvaged_log(salvage: Salvage) -> SalvagedLog:
    """Check every link and value of the log that was read."""
    lines = salvage.lines
    _put_changes_into_order(lines)
    reports = {int(row[0]) for row in lines.execute("SELECT number FROM reports")}
    others = _other_reports(salvage, reports)
    said = {str(row[0]): int(row[1]) for row in lines.execute("SELECT id, report FROM operations")}
    if len(reports) == 1:
        _say_whose(lines, *reports, are_others=bool(others))
    found = SalvagedLog(has_end=salvage.log_has_end)
    numbers = {str(row[0]): int(row[1]) for row in lines.execute("SELECT id, report FROM operations")}
    previous, is_sound, is_linked, empty = FIRST_HASH, True, True, 0
    for entry in read_log(lines):
        is_linked = entry.seq == found.last + 1 and entry.hash == entry.expected_hash(previous)
        is_sound = is_sound and is_linked and _is_sound(entry)
        if not is_linked:
            found.sure_from = entry.seq + 1
            if len(reports) != 1 or others:
                # Its number of a report may be the damaged part of it.
                found.lost_places |= {change.path for change in entry.changes}
            empty += not (is_linked or entry.changes)
        if is_sound:
            found.sound = entry.seq
        if not entry.id.startswith(_STAND_IN):
            found.steps += 1
        # Of an other number the step may be one of a report that lost its name.
        number = numbers[entry.id] if is_linked else said.get(entry.id, numbers[entry.id])
        _note(found.places.setdefault(number, {}), entry, is_linked)
        previous, found.last = entry.hash, entry.seq
    _compare_with_keys(found, salvage)
    ends_in_gap = not is_linked and "changes" in salvage.incomplete and not found.lost_changes
    if ends_in_gap or empty > found.lost_changes:
        # Steps are there of which not even the places are known.
        found.has_end = False
    return found


def _compare_with_keys(log: SalvagedLog, salvage: Salvage) -> None:
    """See which changes are lost, and where they stood, as far as an index says so."""
    named = salvage.keys.changes
    read = dict(salvage.lines.execute("SELECT seq, path FROM changes"))
    last = {path: seq for seq, path in sorted(read.items())}
    log.behind = {path for seq, path in named.items() if read.get(seq) != path and seq > last.get(path, 0)}
    log.confirmed = {path for path, seq in last.items() if named.get(seq) == path}
    lost = set(range(1, max([*read, *named], default=0) + 1)) - read.keys()
    log.lost_changes = len(lost)
    log.nameless = len(lost - named.keys())
    log.lost_places |= {named[seq] for seq in lost & named.keys()}
    # One of the two names is damaged; the change may be the last one of either place.
    log.lost_places |= {named[seq] for seq, path in read.items() if named.get(seq, path) != path}
    # Of which report these are is lost with their operation.
    orphans = salvage.lines.execute(
        "SELECT path, operation FROM changes WHERE operation NOT IN (SELECT seq FROM operations)"
    ).fetchall()
    log.lost_places |= {path for path, _operation in orphans}
    log.behind |= {path for path, operation in orphans}
    ids = {row[0] for row in salvage.lines.execute("SELECT id FROM operations")}
    steps_behind = {step for step, id in salvage.keys.steps.items() if step > log.last and id not in ids}
    log.is_cut = bool(steps_behind) or any(operation > log.last for _path, operation in orphans)
    log.is_cut |= max(lost, default=0) > max(read, default=0)
    if steps_behind and not (orphans or lost):
        # Not even a change of theirs is known.
        log.has_end = False


_STAND_IN = "?"


def _other_reports(salvage: Salvage, reports: set[int]) -> set[int]:
    """The numbers of reports of which the file holds something without saying what they are."""
    found = {key[0] for key in salvage.keys.answers} | {key[0] for key in salvage.keys.rows}
    found |= {
        int(row[0])
        for row in salvage.lines.execute(
            "SELECT report FROM answers UNION SELECT report FROM rows UNION SELECT report FROM operations"
        )
    }
    return found - reports


def _say_whose(lines: sqlite3.Connection, report: int, *, are_others: bool) -> None:
    """What is left of the log is of the only report there is: also changes whose operation is lost.

    Where the file knows of others, one may have lost its name; a step is this one's then if the chain holds.
    """
    lines.execute("UPDATE operations SET report = ? WHERE report <> ?", (report, report))
    if are_others:
        return
    lines.execute(
        "INSERT OR IGNORE INTO operations SELECT DISTINCT operation, ? || operation, ?, 'edit', NULL,"
        " '', '', '', zeroblob(32) FROM changes WHERE operation NOT IN (SELECT seq FROM operations)",
        (_STAND_IN, report),
    )


def _put_changes_into_order(lines: sqlite3.Connection) -> None:
    """Changes and operations are counted together: a number between others that does not rise is damaged.

    Such a change would be taken for an earlier or a later one of its place than it is. It goes to the
    operation it must be of; where more than one can be, to the last of them, and the chain does not hold.
    """
    found = lines.execute("SELECT seq, operation FROM changes ORDER BY seq").fetchall()
    known = [row[0] for row in lines.execute("SELECT seq FROM operations ORDER BY seq")]
    before = 0
    for index, (seq, operation) in enumerate(found):
        behind = found[index + 1][1] if index + 1 < len(found) else sys.maxsize
        if before <= behind and not max(before, 1) <= operation <= behind:
            nearest = known[max(bisect_left(known, behind) - 1, 0)] if known else before
            operation = nearest if nearest > before else behind if behind < sys.maxsize else before
            lines.execute("UPDATE changes SET operation = ? WHERE seq = ?", (operation, seq))
        before = operation


def _is_sound(entry: LoggedOperation) -> bool:
    return all(change.old.is_sound and change.new.is_sound for change in entry.changes)


def _note(places: dict[str, LastChange], entry: LoggedOperation, is_linked: bool) -> None:
    for change in entry.changes:
        before = places.get(change.path)
        earlier = NOTHING
        if before is not None:
            earlier = before.side if has_value(before.side) else before.earlier
        places[change.path] = LastChange(change.new, entry.seq, entry.at, is_linked, earlier)


def has_value(side: Side) -> bool:
    """Whether the side has a text that is the one that was logged."""
    return side.text is not None and side.is_sound
