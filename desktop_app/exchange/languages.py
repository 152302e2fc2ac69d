"""Which way words run, and which language they are in: what a reader's program asks of every piece.

A report has one language, but people answer in others, and a form may have no words in the report's. A
wrong tag makes a screen reader read Greek with an Arabic voice.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "dv", "sd", "ug", "yi"})
"""Languages written from right to left (Unicode CLDR, character order)."""

_LOOKED_AT = 400
"""Characters of a text that say which script it is in."""

_LATIN = "Latin"
#: Letters of the scripts that point to a language when they are not those of the report's own.
_SCRIPTS = {
    _LATIN: re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "Cyrillic": re.compile("[\u0400-\u052f]"),
    "Hebrew": re.compile("[\u0590-\u05ff]"),
    "Arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"),
    "Thai": re.compile("[\u0e00-\u0e7f]"),
    "Georgian": re.compile("[\u10a0-\u10ff]"),
    "Armenian": re.compile("[\u0530-\u058f]"),
    "Hangul": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "Kana": re.compile("[\u3040-\u30ff]"),
    "Han": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
}
_LANGUAGES_OF_SCRIPT = {
    _LATIN: ("en",),
    "Greek": ("el",),
    "Cyrillic": ("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg"),
    "Hebrew": ("he", "yi"),
    "Arabic": ("ar", "fa", "ur", "ps", "ckb", "sd", "ug"),
    "Thai": ("th",),
    "Georgian": ("ka",),
    "Armenian": ("hy",),
    "Hangul": ("ko",),
    "Kana": ("ja",),
    "Han": ("zh", "ja"),
}
_SCRIPT_OF = {tag: script for script, tags in _LANGUAGES_OF_SCRIPT.items() for tag in tags}


def is_right_to_left(language: str) -> bool:
    """Whether the language of this tag (such as ``ar`` or ``fr-CA``) is written from right to left."""
    return _primary(language) in _RIGHT_TO_LEFT


def runs_right_to_left(words: str, otherwise: bool) -> bool:
    """The direction of a paragraph by its first strong character (Unicode UAX #9, rules P2 and P3)."""
    if words.isascii():
        return False if any(map(str.isalpha, words)) else otherwise
    for sign in words:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return otherwise


def language_of(words: str, language: str) -> str:
    """``language``, or that of the script most of ``words`` are in when it is written in another."""
    looked_at = words[:_LOOKED_AT]
    own = _SCRIPT_OF.get(_primary(language), _LATIN)
    if looked_at.isascii() and own == _LATIN:
        return language
    if 2 * len(_SCRIPTS[own].findall(looked_at)) > len(looked_at):
        return language
    counts = {script: len(letters.findall(looked_at)) for script, letters in _SCRIPTS.items()}
    if counts["Kana"]:
        counts["Kana"] += counts.pop("Han")
    script = max(counts, key=lambda name: (counts[name], name == own))
    if not counts[script] or _primary(language) in _LANGUAGES_OF_SCRIPT[script] or script == own:
        return language
    return _LANGUAGES_OF_SCRIPT[script][0]


@cache
def _primary(language: str) -> str:
    return re.split("[-_]", language, maxsplit=1)[0].lower()
