"""What stands in the tables of a report file, as plain values: what reading and writing share."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from desktop_app.report.changes import OpenEdit, utc_now
from desktop_app.runtime.dataclass import dataclass, field

_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, allow_nan=False)
_read = json.JSONDecoder().raw_decode


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
    if text is None:
        return None
    try:
        if text.__class__ is str:
            # As we write it there is nothing around the value, and a report has very many of them.
            value, end = _read(text)
            if end == len(text):
                return value
    except ValueError:
        # To be told in full.
        pass
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


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
    """A document a report was imported from, kept byte by byte. ``at`` is UTC.

    ``number``: its number in the file. ``is_removed``: its content was removed for good.
    """

    name: str
    media_type: str
    content: bytes
    at: str = field(default_factory=utc_now)
    number: int = field(default=0, compare=False)
    is_removed: bool = False

    @property
    def sha256(self) -> str:
        """The checksum of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def digest(self, number: int) -> bytes:
        """SHA-256 over all of it, as a document of the report with this number."""
        return source_digest(number, self.name, self.media_type, self.sha256, self.at)


NO_CONTENT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The checksum of a document without a byte."""


def source_digest(report: int, name: str, media_type: str, sha256: str, at: str) -> bytes:
    """SHA-256 over all that is known of an original document, its content by its checksum."""
    return _digest([report, name, media_type, sha256, at])


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """A file that is kept with a report, without its bytes. ``size`` in bytes; ``at`` is UTC."""

    sha256: str
    name: str
    media_type: str
    size: int
    at: str


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


def attachment_digest(report: int, sha256: str, name: str, media_type: str, at: str) -> bytes:
    """SHA-256 over all that is known of an attachment, its content by its checksum."""
    return _digest([report, sha256, name, media_type, at])


def submission_digest(
    report: int, number: int, operation: int, at: str, who: str, checksum: str, content: str
) -> bytes:
    """SHA-256 over all of a submission."""
    return _digest([report, number, operation, at, who, checksum, content])


def comment_digest(
    id: str,
    report: int,
    path: str,
    answers_to: str | None,
    decision: str,
    words: str,
    who: str,
    at: str,
    status: str,
) -> bytes:
    """SHA-256 over all of a review comment."""
    return _digest([id, report, path, answers_to, decision, words, who, at, status])


def _digest(parts: list[Any]) -> bytes:
    return hashlib.sha256(to_json(parts).encode()).digest()
