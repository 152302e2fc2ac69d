"""What may be pasted or dropped into a text, and what a copied text is on the clipboard."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from desktop_app.report.text.model import Text, clean_characters
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui.inputs import LONGEST_LINE

MOST_CHARACTERS = 1_000_000
"""At once; more would stop the program for seconds."""

MOST_HTML = 8_000_000
"""Characters of HTML; word processors write many times more of it than there are words."""


class PasteRefusedError(DeskError):
    """Too much at once; the sentence says so."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A clean text, and how many characters had to go because no answer can hold them."""

    text: Text
    removed: int = 0


def can_paste(mime: QMimeData) -> bool:
    """Whether there are words in it: files are not dropped into a text."""
    if mime.hasUrls() and all(url.isLocalFile() for url in mime.urls()) and not mime.hasHtml():
        return False
    return mime.hasHtml() or mime.hasText()


def pasted(mime: QMimeData, *, formatted: bool = True) -> Pasted:
    """The text in ``mime``, with its format where ``formatted``. PasteRefusedError when it is too much."""
    html = mime.html() if mime.hasHtml() and (formatted or not mime.hasText()) else ""
    if html and len(html) <= MOST_HTML:
        from desktop_app.report.text.html import from_html

        found = from_html(html)
        _check([paragraph.text for paragraph in found.paragraphs()])
        removed = clean_characters(html)[1]
        return Pasted(found if formatted else Text.plain(found.plain_text()), removed)
    if html and not mime.hasText():
        raise _too_much()
    characters, removed = _plain(mime.text())
    return Pasted(Text.plain(characters), removed)


def copied(text: Text, *, formatted: bool = True) -> QMimeData:
    """``text`` as HTML and as plain words."""
    mime = QMimeData()
    mime.setText(text.plain_text())
    if formatted:
        from desktop_app.report.text.html import to_html

        mime.setHtml(to_html(text))
    return mime


def _plain(characters: str) -> tuple[str, int]:
    if len(characters) > MOST_CHARACTERS:
        raise _too_much()
    cleaned, removed = clean_characters(characters)
    _check(cleaned.split("\n"))
    return cleaned, removed


def _check(lines: list[str]) -> None:
    if sum(len(line) for line in lines) > MOST_CHARACTERS:
        raise _too_much()
    if any(len(line) > LONGEST_LINE for line in lines):
        raise PasteRefusedError(
            _("One paragraph of what you pasted is longer than 100,000 characters. Nothing was pasted.")
        )


def _too_much() -> PasteRefusedError:
    return PasteRefusedError(
        _("This is more than a million characters. Nothing was pasted. Paste it in smaller parts.")
    )
