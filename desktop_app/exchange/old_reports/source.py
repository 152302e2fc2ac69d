"""An old report as it came: its bytes, and its words as blocks, whatever kind of file it was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from desktop_app.exchange.old_reports.blocks import MAX_BLOCKS, Block, Reading
from desktop_app.exchange.old_reports.decoding import decode
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _, ngettext

MAX_BYTES = 10 * 1024 * 1024
"""A country's report is some kilobytes of text; ten megabytes are no report."""

MAX_LINES = 50_000


class DocumentError(DeskError):
    """The document cannot be read as an old report."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that was read. ``notices`` say what a person should know about the reading."""

    name: str
    media_type: str
    data: bytes
    blocks: tuple[Block, ...]
    notices: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def _read_markdown(text: str) -> Reading:
    # Loaded when a document is read, so that nothing else waits for the Markdown library.
    from desktop_app.exchange.old_reports.markdown import read_markdown

    return read_markdown(text)


def _read_plain_text(text: str) -> Reading:
    from desktop_app.exchange.old_reports.plain_text import read_plain_text

    return read_plain_text(text)


_READERS: dict[str, tuple[str, Callable[[str], Reading]]] = {
    ".md": ("text/markdown", _read_markdown),
    ".markdown": ("text/markdown", _read_markdown),
    ".txt": ("text/plain", _read_plain_text),
}


def is_old_report(name: str) -> bool:
    """Whether a file of this name is read as an old report's document."""
    return PurePath(name).suffix.lower() in _READERS


def read_source(name: str, data: bytes) -> SourceDocument:
    """The document ``name`` with the content ``data``. DocumentError with one sentence when it cannot be."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in _READERS:
        raise DocumentError(
            _(
                "“{name}” is of a kind that cannot be imported. Give a document as .md or .txt, "
                "a report as .json, or a package as .zip."
            ).format(name=name)
        )
    if len(data) > MAX_BYTES:
        raise DocumentError(
            _("“{name}” is larger than {limit} MB, too large for a report. Is it the right file?").format(
                name=name, limit=MAX_BYTES // (1024 * 1024)
            )
        )
    text, notices = _text_of(name, data)
    media_type, read = _READERS[suffix]
    if text.count("\n") > MAX_LINES:
        raise _too_long(name)
    reading = read(text)
    if not reading.blocks:
        raise DocumentError(_("“{name}” is empty: there are no words in it.").format(name=name))
    if len(reading.blocks) > MAX_BLOCKS:
        raise _too_long(name)
    return SourceDocument(name, media_type, data, tuple(reading.blocks), (*notices, *reading.notices))


def _too_long(name: str) -> DocumentError:
    return DocumentError(
        _("“{name}” has more than {limit} paragraphs, too many for a report. Is it the right file?").format(
            name=name, limit=MAX_BLOCKS
        )
    )


def _text_of(name: str, data: bytes) -> tuple[str, list[str]]:
    decoded = decode(data)
    if decoded is None:
        raise DocumentError(
            _(
                "“{name}” is not a text document, whatever its name says. "
                "Save it as plain text (UTF-8) in the program it was written with, and import that."
            ).format(name=name)
        )
    notices = []
    if decoded.guessed:
        notices.append(
            _("“{name}” is not in Unicode; it was read as {encoding}. Look at letters with accents.").format(
                name=name, encoding=decoded.encoding
            )
        )
    if decoded.removed:
        notices.append(
            ngettext(
                "{count} control character, which no report can hold, was left out.",
                "{count} control characters, which no report can hold, were left out.",
                decoded.removed,
            ).format(count=decoded.removed)
        )
    return decoded.text, notices
