"""What stands in the tables of a report file, as plain values: what reading and writing share."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from desktop_app.report.changes import OpenEdit, utc_now

_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False)


def to_json(value: Any) -> str:
    """The one JSON text of a value. Half characters, which UTF-8 cannot hold, are written as escapes."""
    text = _encoder.encode(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, sort_keys=True, allow_nan=False)
    return text


def from_json(text: str | None) -> Any:
    """The value of a JSON text; None for nothing. ValueError."""
    return None if text is None else json.loads(text)


def json_or_nothing(value: Any) -> str | None:
    """The JSON text of a value; None for nothing."""
    return None if value is None else to_json(value)


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One report of a file. ``number`` is its place there, from 1; ``created_at`` is UTC.

    ``form_hash`` is the hash the form had when the report was made.
    """

    number: int
    id: str
    form_id: str
    form_version: str
    form_hash: str
    country: str
    cycle: str
    language: str
    status: str
    created_at: str

    def digest(self) -> bytes:
        """SHA-256 over what only an upgrade of the form changes; the rest is in the log of changes."""
        form = (self.form_id, self.form_version, self.form_hash)
        return _digest([self.number, self.id, *form, self.country, self.created_at])


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document a report was imported from, kept byte by byte. ``at`` is UTC."""

    name: str
    media_type: str
    content: bytes
    at: str = field(default_factory=utc_now)

    @property
    def sha256(self) -> str:
        """The checksum of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def digest(self, number: int) -> bytes:
        """SHA-256 over all of it, as a document of the report with this number."""
        return _digest([number, self.name, self.media_type, self.sha256, self.at])


@dataclass(slots=True)
class AnswerRecord:
    """A single answer, or what is said of a list as a whole. ``value`` is in JSON."""

    value: Any = None
    state: str | None = None
    confidential: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether there is no need to keep it."""
        return self == AnswerRecord()


@dataclass(slots=True)
class RowRecord:
    """A row of a list, in the bin or not. ``position`` is where it stands, or stood before it was removed."""

    position: int = 0
    in_bin: bool = False
    answers: dict[str, Any] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    confidential: set[str] = field(default_factory=set)


RowKey = tuple[str, str]
"""The path of a list and the id of a row."""


def open_edit_digest(edit: OpenEdit) -> bytes:
    """SHA-256 over all of an open edit, which is not in the log yet."""
    return _digest([edit.report, edit.path, edit.value, edit.who, edit.sitting, edit.since])


def _digest(parts: list[Any]) -> bytes:
    return hashlib.sha256(to_json(parts).encode()).digest()
