"""What the indexes of a damaged file name: lines that were lost, and lines that are not the last ones.

An index stands in other pages than its table. So it knows of lines that are missing also where SQLite
reads the table to its end without a word: a page that a disk did not write is an old one, sound in itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from desktop_app.report.paths import read_path
from desktop_app.storage.carving import Column
from desktop_app.storage.sqlite import sqlite_errors


class Source(Protocol):
    """What can be asked statements; texts come as bytes."""

    def execute(self, statement: str) -> Iterator[Any]:
        """The lines of the answer, as far as they can be read."""


@dataclass(slots=True)
class Keys:
    """What the indexes name, whether the lines themselves could be read or not."""

    changes: dict[int, str] = field(default_factory=dict)
    """The paths of the changes in the log, by number."""
    answers: set[tuple[int, str]] = field(default_factory=set)
    """The number of the report and the path of single answers."""
    rows: set[tuple[int, str, str]] = field(default_factory=set)
    """The number of the report, the list and the id of rows."""
    steps: dict[int, str] = field(default_factory=dict)
    """The ids of the operations in the log, by number."""
    is_whole: bool = False
    """Whether every change in the log is among them."""


_INDEXES: dict[str, dict[str, tuple[str, ...]]] = {
    "answers": {"sqlite_autoindex_answers_1": ("report", "path")},
    "rows": {"sqlite_autoindex_rows_1": ("report", "list", "id")},
    "operations": {"sqlite_autoindex_operations_1": ("id",)},
    "changes": {"changes_of_path": ("path",), "changes_of_operation": ("operation",)},
    "open_edits": {"sqlite_autoindex_open_edits_1": ("report", "path")},
    "attachments": {"sqlite_autoindex_attachments_1": ("report", "sha256")},
    "submissions": {"sqlite_autoindex_submissions_1": ("report", "number")},
    "comments": {"sqlite_autoindex_comments_1": ("id",)},
}
"""What names lines from an index alone: by table and index, the columns of that."""


def read_keys(
    source: Source, table: str, columns: tuple[str, ...], lines: Mapping[int, tuple[Any, ...]], keys: Keys
) -> bool:
    """Read the indexes of the table; whether they name those of its ``lines`` that were read and no others.

    ``columns``: those of the lines, which go by their rowid. An index that cannot be read says nothing.
    """
    are_alike = True
    for index, names in _INDEXES.get(table, {}).items():
        places = [columns.index(name) for name in names]
        read = {(*(line[place] for place in places), rowid) for rowid, line in lines.items()}
        found: list[tuple[Any, ...]] = []
        statement = (
            f"SELECT {', '.join(names)}, rowid FROM {table} INDEXED BY {index} ORDER BY {', '.join(names)}"
        )
        try:
            for line in source.execute(statement):
                found.append(tuple(line))
        except sqlite_errors():
            pass
        else:
            are_alike = are_alike and read == set(found)
            keys.is_whole |= index == "changes_of_path"
        _note(table, index, found, keys)
    return are_alike


def _note(table: str, index: str, found: list[tuple[Any, ...]], keys: Keys) -> None:
    for raw in found:
        try:
            line = tuple(each.decode() if isinstance(each, bytes) else each for each in raw)
        except UnicodeDecodeError:
            continue
        if table == "operations" and isinstance(line[1], int):
            keys.steps[line[1]] = str(line[0])
        elif table in ("answers", "rows") or index == "changes_of_path":
            note_key(line, keys)


def note_key(columns: tuple[Column, ...], keys: Keys) -> None:
    """Take a record of an index for what its shape says it is."""
    match columns:
        case (str(path), int(seq)) if _is_path(path):
            keys.changes.setdefault(seq, path)
        case (int(report), str(path), int()) if _is_path(path):
            keys.answers.add((report, path))
        case (int(report), str(list_path), str(row_id), int()):
            keys.rows.add((report, list_path, row_id))


def _is_path(words: str) -> bool:
    """Whether it is a place in a report, and not the id of an operation or the checksum of an attachment."""
    return any(mark in words for mark in "./#") and read_path(words).kind is not None
