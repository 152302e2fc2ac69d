"""A phrase as its reader sees it: tokens, and what a language's words may mean at each place.

The grammar above is made of generators that take a place and yield every place they can reach. All
ways to understand a phrase are found, so that a phrase with two meanings is noticed and not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from desktop_app.report.timeframe.tokens import Token, TokenKind
from desktop_app.report.timeframe.vocabulary import Role, Vocabulary

FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Four digits outside these are an amount or a paragraph, not a year of a plan."""

DASHES = "-–"


@dataclass(frozen=True)
class Phrase:
    """The tokens of a phrase with the words of one language."""

    tokens: tuple[Token, ...]
    vocabulary: Vocabulary
    this_year: int | None = None
    """The year the words are from, where they may be counted from it."""

    @cached_property
    def end(self) -> int:
        """The place after the last token."""
        return len(self.tokens)

    @cached_property
    def _meanings(self) -> list[dict[Role, list[tuple[int, int]]]]:
        """For each place and role, the number of each phrase there and the place after it."""
        texts = tuple(token.text for token in self.tokens)
        places: list[dict[Role, list[tuple[int, int]]]] = []
        for at in range(len(texts)):
            found: dict[Role, list[tuple[int, int]]] = {}
            for end in range(at + 1, min(at + self.vocabulary.longest, len(texts)) + 1):
                for role, number in self.vocabulary.meanings.get(texts[at:end], ()):
                    found.setdefault(role, []).append((number, end))
            places.append(found)
        return places

    def meanings(self, at: int, *roles: Role) -> Iterator[tuple[int, int]]:
        """The number of each phrase with one of ``roles`` at ``at``, with the place after it."""
        found = self._meanings[at] if at < self.end else {}
        for role in roles:
            yield from found.get(role, ())

    def after(self, at: int, *roles: Role) -> Iterator[int]:
        """The places after a phrase with one of ``roles`` at ``at``."""
        return (place for _number, place in self.meanings(at, *roles))

    def maybe(self, at: int, *roles: Role, marks: str = "") -> Iterator[int]:
        """``at`` itself, and the places after one of ``roles`` or ``marks``."""
        yield at
        yield from self.after(at, *roles)
        yield from self.mark(at, marks)

    def mark(self, at: int, marks: str) -> Iterator[int]:
        """The place after one of the characters of ``marks`` at ``at``."""
        token = self._token(at, TokenKind.MARK)
        if token and token.text in marks:
            yield at + 1

    def joined(self, at: int, *roles: Role) -> Iterator[int]:
        """The places after a dash or one of ``roles``."""
        yield from self.mark(at, DASHES)
        yield from self.after(at, *roles)

    def number(self, at: int) -> int | None:
        """The number written in digits at ``at``."""
        token = self._token(at, TokenKind.NUMBER)
        return int(token.text) if token and len(token.text) <= 4 else None

    def year(self, at: int) -> int | None:
        """The year written in digits at ``at``."""
        number = self.number(at)
        return number if number is not None and FIRST_YEAR <= number <= LAST_YEAR else None

    def relative_years(self, at: int) -> Iterator[tuple[int, int]]:
        """The years counted from this one at ``at``, where it is known: "next year".

        "Within the next year" may be twelve months from now: not said of a year that is only within.
        """
        if self.this_year is None:
            return
        is_within = any(at in self.after(start, Role.WITHIN) for start in range(at))
        for number, place in self.meanings(at, Role.RELATIVE_YEAR):
            if not (number and is_within):
                yield self.this_year + number, place

    def written_date(self, at: int) -> str | None:
        """The written date at ``at``, such as ``1.9.2013``."""
        token = self._token(at, TokenKind.WRITTEN_DATE)
        return token.text if token else None

    def glued(self, at: int) -> bool:
        """Whether the token at ``at`` follows the one before without a space."""
        return at < self.end and self.tokens[at].glued

    def _token(self, at: int, kind: TokenKind) -> Token | None:
        if at < self.end and self.tokens[at].kind is kind:
            return self.tokens[at]
        return None
