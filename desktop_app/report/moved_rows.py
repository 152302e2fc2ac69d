"""Rows that were moved into another list: the id one gets there tells which row it was.

The list a row was in keeps it in its bin, so that every step can be taken back. What comes from outside by
its old id, such as comments in a workbook that was sent before, is led to where the row is now.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.report.paths import row_path
from desktop_app.report.report import Report


def fresh_id(report: Report, row_id: str, target_path: str) -> str:
    """The id that the row gets in the list at ``target_path``; another one each time it is moved there."""
    row_list = report.lists[target_path]
    return next(each for each in ids_there(row_id, target_path) if row_list.find(each) is None)


def where_it_is(report: Report, list_path: str, row_id: str) -> str:
    """The path of the row that the one in the bin of the list has become; empty where it was not moved."""
    row_type = report.lists[list_path].definition.row.code
    for target_path, row_list in report.lists.items():
        if target_path == list_path or row_list.definition.row.code != row_type:
            continue
        for each in ids_there(row_id, target_path):
            if row_list.find(each) is None:
                break
            if row_list.row(each) is not None:
                return row_path(target_path, each)
            # It went on from there, or was moved anew after a step that was taken back.
            if found := where_it_is(report, target_path, each):
                return found
    return ""


def ids_there(row_id: str, target_path: str) -> Iterator[str]:
    """The ids of the row in another list, one for each time it is moved there.

    They are UUIDs of version 8 (RFC 9562, 5.8), made of the id it had, and never end.
    """
    from hashlib import sha256

    number = 0
    while True:
        drawn = bytearray(sha256(f"moved {row_id} {target_path} {number}".encode()).digest()[:16])
        drawn[6] = drawn[6] & 0x0F | 0x80
        drawn[8] = drawn[8] & 0x3F | 0x80
        digits = drawn.hex()
        yield "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        number += 1
