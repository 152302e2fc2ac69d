"""WORDS-1 every language has its months, seasons, numerals and the words for a deadline and a stretch
WORDS-2 a month of each list is read, alone and as a deadline
WORDS-3 no word names two months or two seasons
"""

from __future__ import annotations

import pytest

from desktop_app.report.timeframe import shipped_languages, suggest
from desktop_app.report.timeframe.vocabulary import Role, vocabulary

LANGUAGES = shipped_languages()


def numbered(language: str, role: Role) -> dict[str, set[int]]:
    """The phrases with ``role``, each with its numbers."""
    return {
        " ".join(words): numbers
        for words, meanings in vocabulary(language).meanings.items()
        if (numbers := {number for found, number in meanings if found is role})
    }


def test_words_1_the_languages() -> None:
    assert LANGUAGES == ("bs", "en", "es", "fr", "hr", "nl", "ro", "sq", "sr")
    assert vocabulary("bs") is vocabulary("hr") is vocabulary("sr-Latn")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_1_nothing_needed_is_missing(language: str) -> None:
    def numbers(role: Role) -> set[int]:
        return set().union(*numbered(language, role).values())

    assert numbers(Role.MONTH) == set(range(1, 13))
    assert numbers(Role.SEASON) == {21, 22, 23, 24}
    assert numbers(Role.ORDINAL) == {1, 2, 3, 4}
    assert numbers(Role.NUMBER) >= {1, 2, 3, 4, 5}
    for role in (
        Role.UNTIL,
        Role.WITHIN,
        Role.FROM,
        Role.TO,
        Role.END,
        Role.ONGOING,
        Role.RECURRING,
        Role.SPAN,
    ):
        assert numbered(language, role), role


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_2_every_month_is_read(language: str) -> None:
    until = next(iter(sorted(numbered(language, Role.UNTIL), key=len)))
    for word, months in numbered(language, Role.MONTH).items():
        for month in months:
            assert suggest(f"{word} 2014", [language]) == f"2014-{month:02d}", word
            assert suggest(f"{word}. 2014", [language]) == f"2014-{month:02d}", word
            assert suggest(f"{until} {word} 2014", [language]) == f"../2014-{month:02d}", word
            assert suggest(f"9 {word} 2014", [language]) == f"2014-{month:02d}-09", word


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_2_every_season_but_winter_is_read(language: str) -> None:
    for word, seasons in numbered(language, Role.SEASON).items():
        for season in seasons:
            assert suggest(f"{word} 2014", [language]) == (f"2014-{season}" if season != 24 else None), word


@pytest.mark.parametrize("role", [Role.MONTH, Role.SEASON, Role.NUMBER, Role.ORDINAL])
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_3_no_word_has_two_numbers(language: str, role: Role) -> None:
    assert {word: found for word, found in numbered(language, role).items() if len(found) > 1} == {}
