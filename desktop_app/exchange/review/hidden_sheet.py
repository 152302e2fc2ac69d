"""What the hidden sheet of a returned workbook still says: identity, columns, fingerprints, the answers.

Its rows are found by what they say, not by where they stand, so that nothing depends on their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop_app.exchange.review.grid import Grid, Sheet
from desktop_app.exchange.review.reasons import ReturnedError
from desktop_app.exchange.review.returned import ReturnedIdentity
from desktop_app.exchange.workbook.meta import COLUMN_PART, DATA_PART, FORMAT, META_PART, RECORD_PART
from desktop_app.exchange.workbook.naming import META
from desktop_app.exchange.workbook.traces import (
    CELLS_PART,
    INTERNAL_THREADS,
    LAYOUT_PART,
    MARK_LENGTH,
    SAID_PART,
    THREADS_PART,
)
from desktop_app.runtime.i18n import _


@dataclass
class HiddenSheet:
    """``columns``: code and header by sheet, in order; ``fingerprints``: by sheet and key."""

    facts: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    fingerprints: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: bytes = b""
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    """What was said before, by the key of a record and the code of a column."""
    threads: dict[str, list[str]] = field(default_factory=dict)
    """The ids of the official threads about a record, by its key."""
    internal_threads: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, Counter[str]] = field(default_factory=dict)
    """The marks of the cells of sheets without records."""
    layouts: dict[str, str] = field(default_factory=dict)
    """How the sheets to read were laid out, by name: their marks."""
    unknown: list[str] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        """Whether there is enough of it to say which report it was."""
        return bool(self.facts.get("report") and self.facts.get("form.id"))


def hidden_sheet(name: str, grid: Grid) -> HiddenSheet:
    """The hidden sheet of the file ``name``, empty when it is gone. ReturnedError for a newer version's."""
    found = HiddenSheet()
    pieces: dict[int, str] = {}
    for sheet in grid.sheets:
        if is_hidden_sheet(sheet):
            _read(_entries(sheet), found, pieces)
    version = found.facts.get("format", "")
    if version.isdecimal() and int(version[:9]) > FORMAT:
        raise ReturnedError(
            _(
                "“{file}” was made by a newer version of this program. Install that version to read it."
            ).format(file=name)
        )
    _set_answers(found, pieces)
    return found


def is_hidden_sheet(sheet: Sheet) -> bool:
    """Whether it is the hidden sheet, whatever it is called now."""
    return sheet.name == META or any(
        part == META_PART and key == "format" for part, key, _value in _entries(sheet, 30)
    )


def _entries(sheet: Sheet, most: int | None = None) -> Iterable[tuple[str, str, str]]:
    for number, cells in enumerate(sheet.rows.values()):
        if most is not None and number >= most:
            return
        values = [cells[column].words for column in sorted(cells)]
        if len(values) == 2:
            values.append("")  # an empty value
        if len(values) == 3:
            yield values[0], values[1], values[2]


def _read(entries: Iterable[tuple[str, str, str]], found: HiddenSheet, pieces: dict[int, str]) -> None:
    for part, key, value in entries:
        kind, _point, sheet = part.partition(".")
        if kind == META_PART:
            found.facts.setdefault(key, value)
        elif kind == COLUMN_PART:
            columns = found.columns.setdefault(sheet, [])
            if (key, value) not in columns:
                columns.append((key, value))
        elif kind == RECORD_PART:
            found.fingerprints.setdefault(sheet, {}).setdefault(key, value)
        elif kind == SAID_PART:
            found.said.setdefault(key, {})[sheet] = value
        elif kind == THREADS_PART:
            (found.internal_threads if sheet == INTERNAL_THREADS else found.threads)[key] = value.split()
        elif kind == CELLS_PART:
            marks = (value[start : start + MARK_LENGTH] for start in range(0, len(value), MARK_LENGTH))
            found.marks.setdefault(sheet, Counter()).update(marks)
        elif kind == LAYOUT_PART:
            found.layouts.setdefault(key, value)
        elif kind == DATA_PART and key.isdecimal():
            pieces.setdefault(int(key[:9]), value)


def _set_answers(found: HiddenSheet, pieces: dict[int, str]) -> None:
    answers = "".join(pieces[number] for number in sorted(pieces)).encode("utf-8")
    content = found.facts.get("content", "")
    if not found.is_there:
        return
    if hashlib.sha256(answers).hexdigest() == content or _without_escapes(answers, content):
        found.answers = answers
    else:
        found.unknown.append(
            _(
                "The hidden copy of the report in the workbook is damaged. "
                "What was changed in official words is told from fingerprints only."
            )
        )


def _without_escapes(answers: bytes, content: str) -> bool:
    """Whether these are the answers once characters that XML does not take are put back."""
    restored = answers
    for number in (0xFFFE, 0xFFFF):
        restored = restored.replace(f"\\u{number:04x}".encode(), chr(number).encode("utf-8"))
    return hashlib.sha256(restored).hexdigest() == content


def identity(found: HiddenSheet) -> ReturnedIdentity:
    """Which report it says it was."""
    facts = found.facts
    version = facts.get("format", "")
    return ReturnedIdentity(
        format=int(version[:9]) if version.isdecimal() else 0,
        app=facts.get("app", ""),
        form_id=facts.get("form.id", ""),
        form_version=facts.get("form.version", ""),
        form_hash=facts.get("form.hash", ""),
        report=facts.get("report", ""),
        country=facts.get("country", ""),
        cycle=facts.get("cycle", ""),
        language=facts.get("language", ""),
        status=facts.get("status", ""),
        submission=facts.get("submission") or None,
        content=facts.get("content", ""),
    )
