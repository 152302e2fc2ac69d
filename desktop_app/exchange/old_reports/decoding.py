"""Bytes to characters: Unicode when the document says or shows it, else the code pages of old Windows."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from desktop_app.report.text import clean_characters

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Read as cp1252, a text in cp1250 has signs inside words (ł is ³, ą is ¹, ż is ¿), or letters of
# Iceland and Denmark (ć is æ, đ is ð, č is è) beside the š and ž that both pages share.
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¹³¿¯£¥ª¼¾][^\W\d_]|[¹³¿][^\W\d_]{2}")
_SHARED = re.compile("[šžŠŽ]")
_MISREAD = re.compile("[æðèÆÐÈ]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a document. ``guessed``: its encoding is likely, not certain.

    ``removed`` counts the control characters that had to go; line ends are all LF.
    """

    text: str
    encoding: str
    guessed: bool
    removed: int


def decode(data: bytes) -> Decoded | None:
    """The text of ``data``, or None when it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, guessed=False)
    if b"\x00" in data:
        return None
    found = _decoded(data, "utf-8", guessed=False)
    if found is None and not data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        western = data.decode("cp1252", errors="replace")
        is_central = bool(_SIGN_IN_WORD.search(western)) or bool(
            _SHARED.search(western) and _MISREAD.search(western)
        )
        encodings = ("cp1250", "cp1252") if is_central else ("cp1252", "cp1250")
        found = _decoded(data, encodings[0], guessed=True) or _decoded(data, encodings[1], guessed=True)
    return found


def _decoded(data: bytes, encoding: str, *, guessed: bool) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if "\x00" in text or text.startswith("%PDF"):
        return None
    # A form feed ends a page, so it ends a paragraph too. Author's breaks (U+2028) must outlive cleaning.
    pieces = [clean_characters(piece) for piece in text.replace("\f", "\n\n").split("\u2028")]
    return Decoded(
        "\u2028".join(piece for piece, _removed in pieces).removeprefix("\ufeff"),
        encoding.removesuffix("-sig"),
        guessed,
        sum(removed for _piece, removed in pieces),
    )
