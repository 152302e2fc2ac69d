"""Whether the tables hold something that is later than the log that was read.

A disk that did not write the last pages of the log leaves the pages before, which are sound: the log
ends where it ended some day, and every link of it holds. Only what stands in the tables tells.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Container, Mapping
from typing import Any

from desktop_app.report.paths import PlaceKind, read_path
from desktop_app.storage.records import to_json
from desktop_app.storage.salvaged_log import LastChange
from desktop_app.storage.sides import Side

_FEW = 4
"""Bytes that differ, of a text that is damaged and not another one."""


def has_more(
    lines: sqlite3.Connection,
    report: int,
    unlike: Mapping[str, Any],
    places: Mapping[str, LastChange],
    stored: Container[str],
) -> bool:
    """Whether one of the values that the tables have, ``unlike`` the log's, was written after them.

    It was not if the place once had it (then the table is the older one), or if it is a few bytes away
    from what was logged, or one flipped bit from that of a place that is not among those ``stored``.
    """
    return any(
        not (
            _is_slip(path, value, places.get(path))
            or is_near(path, value, places.get(path))
            or was_once(lines, report, path, value)
            or (path not in places and _is_slip_of_any(path, places, stored))
        )
        for path, value in unlike.items()
    )


def was_once(lines: sqlite3.Connection, report: int, path: str, value: Any) -> bool:
    """Whether the log has the value at the place."""
    text = to_json(value)
    found = lines.execute(
        "SELECT new_salt, new_digest FROM changes JOIN operations ON operations.seq = changes.operation"
        " WHERE path = ? AND operations.report = ?",
        (path, report),
    )
    return any(Side(None, *each).is_of(text) for each in found)


def is_near(path: str, value: Any, logged: LastChange | None) -> bool:
    """Whether the text is the one that was logged but for a few bytes, and more than one bit.

    Most likely they are damaged; a letter that was corrected in words of which the log lost its end looks
    the same.
    """
    if logged is None or logged.side.text is None or read_path(path).kind is PlaceKind.ROW:
        return False
    one = json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass")
    other = logged.side.text.encode()
    if len(one) != len(other) or _is_one_bit(one, other):
        return False
    return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) <= _FEW


def _is_slip(path: str, value: Any, logged: LastChange | None) -> bool:
    place = read_path(path)
    if place.kind is PlaceKind.CONFIDENTIAL and place.row is None:
        # It is a single bit.
        return True
    if logged is not None and not logged.side.is_sound:
        # It is what was logged that is damaged.
        return True
    if logged is None or logged.side.text is None:
        return False
    if place.kind is PlaceKind.ROW:
        last = logged.side.value()
        return int(value["position"] ^ last["position"]).bit_count() == 1
    # In the order it has: a flipped bit may be in a key.
    text = json.dumps(value, ensure_ascii=False)
    return _is_one_bit(text.encode(errors="surrogatepass"), logged.side.text.encode())


def _is_slip_of_any(path: str, places: Container[str], stored: Container[str]) -> bool:
    """Whether one flipped bit makes it the path of a place that was logged and of which nothing is stored."""
    name = int.from_bytes(path.encode())
    size = len(path.encode())
    for bit in range(8 * size):
        with contextlib.suppress(UnicodeDecodeError):
            other = (name ^ 1 << bit).to_bytes(size).decode()
            if other in places and other not in stored:
                return True
    return False


def _is_one_bit(one: bytes, other: bytes) -> bool:
    """Whether the two differ in one bit."""
    return len(one) == len(other) and (int.from_bytes(one) ^ int.from_bytes(other)).bit_count() == 1
