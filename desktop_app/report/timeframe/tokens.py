"""A phrase taken apart into words, numbers, written dates and marks.

Case, accents and the kind of dash do not matter for reading a timeframe, so they are levelled here, for
the phrases of the word lists and for an official's words alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

# Hyphen, no-break hyphen, figure dash, en and em dash, bar and minus.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "–"))
_LETTERS = str.maketrans({"đ": "d", "\u0131": "i", "ł": "l", "ø": "o"})

# Written dates stay whole: 2013-09-01, 1.9.2013, 01/09/2013, 9/2013, 2013-09, 2005-7. The last two take a
# plain hyphen only: with a long dash, or with spaces, they are years from and to.
_TOKEN = re.compile(
    r"""
    (?P<written> (?<![^\W_]) (?:
          [0-9]{4}(?P<ymd>[-/.])[0-9]{1,2}(?P=ymd)[0-9]{1,2} (?![0-9]|[-/.][0-9])
        | [0-9]{1,2}\.\s?[0-9]{1,2}\.\s?[0-9]{4} (?![0-9])
        | [0-9]{1,2}(?P<dmy>[-/])[0-9]{1,2}(?P=dmy)[0-9]{4} (?![0-9])
        | [0-9]{1,2}[./][0-9]{4} (?![0-9]|[/.][0-9])
        | [0-9]{4}-[0-9]{1,2} (?![0-9]|[-/.][0-9])
      ) )
  | (?P<number> [0-9]+ )
  | (?P<word> [^\W\d_]+ )
  | (?P<dots> \.{2,} | … )
  | (?P<mark> [^\s.'’`\u02bc\u00b4\u00ba\u00b0\u00aa] )
    """,
    re.VERBOSE,
)


class TokenKind(Enum):
    """What a token is made of."""

    WORD = auto()
    NUMBER = auto()
    WRITTEN_DATE = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a phrase, levelled; ``glued`` when no space stands before it."""

    kind: TokenKind
    text: str
    glued: bool = False


def level(text: str) -> str:
    """``text`` without case and accents, with one kind of long dash."""
    decomposed = unicodedata.normalize("NFD", text.translate(_DASHES).casefold())
    plain = "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
    return plain.translate(_LETTERS)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text`` in order.

    Single full stops, apostrophes and ordinal signs only separate ("Sept. 2013", "2015. godine",
    "d'ici 2014"); two or more dots are a mark, since they stand for words left out.
    """
    levelled = level(text)
    end_before = -1
    for match in _TOKEN.finditer(levelled):
        glued = match.start() == end_before
        end_before = match.end()
        if match["written"]:
            yield Token(TokenKind.WRITTEN_DATE, re.sub(r"\s", "", match["written"]), glued)
        elif match["number"]:
            yield Token(TokenKind.NUMBER, match["number"], glued)
        elif match["word"]:
            yield Token(TokenKind.WORD, match["word"], glued)
        else:
            yield Token(TokenKind.MARK, match["dots"] or match["mark"], glued)
