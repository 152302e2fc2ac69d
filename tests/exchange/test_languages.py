"""Which way words run, and which language a reader's program should take them for."""

from __future__ import annotations

import pytest

from desktop_app.exchange.languages import is_right_to_left, language_of, runs_right_to_left

ARABIC, GREEK, CHINESE = "حماية الأطفال", "Δίωξη", "司法部"
CYRILLIC, JAPANESE = "Защита детей", "子どもの保護"


@pytest.mark.parametrize(
    ("language", "expected"), [("ar", True), ("fa-IR", True), ("en", False), ("AR_sa", True), ("zh", False)]
)
def test_languages_know_their_direction(language: str, expected: bool) -> None:
    assert is_right_to_left(language) is expected


@pytest.mark.parametrize(
    ("words", "otherwise", "expected"),
    [
        (ARABIC, False, True),
        (GREEK, True, False),
        (f"1. {ARABIC} (INTERPOL)", False, True),
        (f"INTERPOL {ARABIC}", True, False),
        ("2014", True, True),
        ("2014", False, False),
        ("٢٠١٤", True, True),
        ("", True, True),
    ],
)
def test_the_first_strong_letter_decides(words: str, otherwise: bool, expected: bool) -> None:
    assert runs_right_to_left(words, otherwise) is expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("Plain words", "en", "en"),
        ("Mots simples", "fr-CA", "fr-CA"),
        ("Plain words", "ar", "en"),
        (GREEK, "ar", "el"),
        (ARABIC, "fa", "fa"),
        (ARABIC, "en", "ar"),
        (CHINESE, "el", "zh"),
        (JAPANESE, "en", "ja"),
        (CHINESE, "ja", "ja"),
        (CYRILLIC, "sr", "sr"),
        (f"INTERPOL {GREEK * 3}", "el", "el"),
        (f"{CHINESE * 3} INTERPOL", "zh-TW", "zh-TW"),
        ("2014 – 2015", "ar", "ar"),
        ("", "el", "el"),
        ("Words", "xx-unknown", "xx-unknown"),
    ],
)
def test_the_script_of_the_words_says_the_language(words: str, language: str, expected: str) -> None:
    assert language_of(words, language) == expected
