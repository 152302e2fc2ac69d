"""Words and characters as people count them, in any script: what a word limit is measured with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

#: Scripts in which every sign is counted as a word: Han, Hiragana, Katakana.
_IDEOGRAPHS = "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_FIRST_IDEOGRAPH = "\u3041"
#: Letters of scripts that set no space between words: Thai, Lao, Burmese, Khmer.
_UNSPACED_LETTERS = r"[\u0e01-\u0e30\u0e81-\u0eb0\u1000-\u102a\u1780-\u17b3]"
_LETTERS_IN_AN_UNSPACED_WORD = 4
_OUTER = frozenset("PSZC")
_TAKES_NO_ROOM = frozenset(("Mn", "Me", "Cf"))


def words(text: str) -> Iterator[str]:
    """The words of ``text`` in order, without the punctuation around them.

    A word is what stands between white space and has a letter or a digit, as word processors count:
    "age-appropriate" and "resources.(Within" are one word each, a lone dash is none.
    """
    for token in text.split():
        if token.isalnum() and token.isascii():
            yield token
            continue
        for piece in _ideograph_or_rest().findall(token) if max(token) >= _FIRST_IDEOGRAPH else (token,):
            word = _without_punctuation(piece)
            if word:
                yield word


@cache
def _ideograph_or_rest() -> re.Pattern[str]:
    """Compiled when the first such text is counted; it takes longer than all other patterns here."""
    return re.compile(f"[{_IDEOGRAPHS}]|[^{_IDEOGRAPHS}]+")


def _without_punctuation(token: str) -> str:
    start, end = 0, len(token)
    while start < end and unicodedata.category(token[start])[0] in _OUTER:
        start += 1
    while end > start and unicodedata.category(token[end - 1])[0] in _OUTER:
        end -= 1
    return token[start:end]


def word_count(text: str) -> int:
    """How many words ``text`` has.

    Where a script sets no spaces, four letters begun are taken as a word; without a dictionary
    there is no exact count, and a whole paragraph must not pass as one word.
    """
    return sum(_weight(word) for word in words(text))


def _weight(word: str) -> int:
    if word.isascii():
        return 1
    letters = len(_unspaced_letter().findall(word))
    return max(1, -(-letters // _LETTERS_IN_AN_UNSPACED_WORD))


def character_count(text: str) -> int:
    """How many characters a reader sees in ``text``, spaces included; an accent is part of its letter."""
    if text.isascii():
        return len(text)
    composed = unicodedata.normalize("NFC", text)
    return sum(unicodedata.category(character) not in _TAKES_NO_ROOM for character in composed)


@cache
def _unspaced_letter() -> re.Pattern[str]:
    return re.compile(_UNSPACED_LETTERS)
