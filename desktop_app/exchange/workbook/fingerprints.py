"""Fingerprints of records: they change when an official cell of a returned workbook was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring

from desktop_app.exchange.workbook.columns import WHOLE_TEXT, Column
from desktop_app.exchange.workbook.plan import Content, words_of


class Fingerprints:
    """Makes the fingerprints of the records of one table."""

    def __init__(self, columns: Iterable[Column]) -> None:
        """For records in these columns; what others write in, and where a text stands, does not count."""
        codes = sorted(column.code for column in columns if not column.open and column.code != WHOLE_TEXT)
        self._codes = [(code, encode_basestring(code)) for code in codes]

    def of(self, record: Mapping[str, Content]) -> bytes:
        """SHA-256 of the record's words by column code."""
        found = record.get
        return _digest(
            (quoted, words) for code, quoted in self._codes if (words := words_of(found(code)))
        ).digest()


def words_fingerprint(words: Mapping[str, str]) -> str:
    """The same of official words by column code, in hexadecimal; columns without words do not count."""
    return _digest(
        (encode_basestring(code), words[code]) for code in sorted(words) if words[code]
    ).hexdigest()


def _digest(words: Iterable[tuple[str, str]]) -> hashlib._Hash:
    """SHA-256 of the canonical JSON of words by column code.

    Written here, since what the standard library has for JSON with line breaks is too slow for long reports.
    """
    lines = [f"  {code}: {encode_basestring(each)}" for code, each in words]
    text = "{\n" + ",\n".join(lines) + "\n}\n" if lines else "{}\n"
    return hashlib.sha256(text.encode("utf-8"))
