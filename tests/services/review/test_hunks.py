"""Changes of words one by one: each says something by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services.review import with_hunks
from desktop_app.services.review.hunks import hunks_of
from desktop_app.services.word_differences import word_differences


def inserted(old: str, new: str) -> list[str]:
    return [hunk.inserted.strip() for hunk in hunks_of(old, new, word_differences(old, new))]


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (
            "Written by the State of Albania.",
            "Written by the Ministry of Interior.",
            ["Ministry of Interior"],
        ),
        ("One two three four five", "Six two three four seven", ["Six", "seven"]),
        ("Police training will begin", "Judges’ training must begin", ["Judges’", "must"]),
        ("Police\nof the state", "Army\nof a land", ["Army", "a land"]),
    ],
)
def test_what_only_short_words_part_is_one_change(old: str, new: str, changes: list[str]) -> None:
    assert inserted(old, new) == changes


WORDS = st.lists(st.sampled_from(["of", "the", "Ministry", "police", "\n", "by"])).map(" ".join)


@given(WORDS, WORDS)
def test_all_of_them_make_the_new_words(old: str, new: str) -> None:
    hunks = hunks_of(old, new, word_differences(old, new))
    assert with_hunks(old, hunks, range(len(hunks))).split() == new.split()
    assert with_hunks(old, hunks, ()) == old
