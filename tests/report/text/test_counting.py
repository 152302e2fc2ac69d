from __future__ import annotations

import pytest

from desktop_app.report.text.counting import character_count, word_count, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \t\n ", []),
        ("Vepra të turpshme", ["Vepra", "të", "turpshme"]),
        ("article 108/ a “Sexual harassment”.", ["article", "108", "a", "Sexual", "harassment"]),
        ("age-appropriate – self- exploitative", ["age-appropriate", "self", "exploitative"]),
        ("from resources.(Within 2014)", ["from", "resources.(Within", "2014"]),
        ("at least 10% yearly, 3.5 times", ["at", "least", "10", "yearly", "3.5", "times"]),
        ("don't state's", ["don't", "state's"]),
        ("no\u00a0break", ["no", "break"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("حماية الأطفال،", ["حماية", "الأطفال"]),
        ("児童の保護", ["児", "童", "の", "保", "護"]),
        ("어린이 보호", ["어린이", "보호"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected
    assert word_count(text) == len(expected)


def test_scripts_without_spaces_are_estimated() -> None:
    assert word_count("การคุ้มครองเด็ก") == 3
    assert word_count("เด็ก เด็ก") == 2


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("a b", 3), ("ë", 1), ("e\u0308", 1), ("हिन्दी", 5), ("a\u200db", 2)]
)
def test_characters_as_seen(text: str, expected: int) -> None:
    assert character_count(text) == expected
