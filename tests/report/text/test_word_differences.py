"""Two wordings, word by word."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.text import markup
from desktop_app.report.text.word_differences import Piece, PieceKind, word_differences

SAME, INSERTED, REMOVED = PieceKind.SAME, PieceKind.INSERTED, PieceKind.REMOVED


def told(old: str, new: str) -> str:
    """The pieces in one line: removed in [], inserted in {}."""
    shapes = {SAME: "{}", REMOVED: "[{}]", INSERTED: "{{{}}}"}
    return "".join(shapes[piece.kind].format(piece.words) for piece in word_differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("The police trains officers.", "The police trains officers.", "The police trains officers."),
        ("", "New words.", "{New words.}"),
        ("Old words.", "", "[Old words.]"),
        ("The police trains.", "The national police trains.", "The {national }police trains."),
        (
            "We train 20 officers a year.",
            "We train 40 officers a year.",
            "We train [20 ]{40 }officers a year.",
        ),
        ("Yes, we do.", "Yes we do.", "Yes[, ]we do."),
        ("Yes we do.", "Yes, we do.", "Yes{, }we do."),
        ("by Ana", "by Ana and Ben", "by Ana {and Ben}"),
        ("by Ana and Ben", "by Ana", "by Ana [and Ben]"),
        ("Justice, of Tirana here", "Justice and Interior here", "Justice[, of Tirana ]{ and Interior }here"),
        ("École sûre", "École très sûre", "École {très }sûre"),
        ("one\ntwo\nthree", "one\nthree", "one\n[two\n]three"),
        ("• one\n• three", "• one\n• two\n• three", "• one\n• {two\n• }three"),
        ("中文字", "中新字", "中[文]{新}字"),
    ],
)
def test_what_was_changed_is_marked(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


def test_spaces_alone_are_no_difference() -> None:
    assert word_differences("two  words", "two words") == [Piece(SAME, "two words")]


def test_wordings_that_have_little_in_common_are_not_woven_into_each_other() -> None:
    old = "A law on the protection of minors was passed by the parliament in spring."
    new = "Schools teach safety online, and parents of pupils are invited to evenings about it."
    assert [piece.kind for piece in word_differences(old, new)][:2] == [REMOVED, INSERTED]


def test_a_lone_word_between_large_changes_is_no_island() -> None:
    frame = "We keep this beginning as it stands now. {} The end stays the same too.".format
    old = frame("alpha beta gamma delta and epsilon zeta eta theta.")
    new = frame("one two three four and five six seven eight.")
    assert [piece.kind for piece in word_differences(old, new)] == [SAME, REMOVED, INSERTED, SAME]


def test_list_marks_of_an_answer_count() -> None:
    old = markup.read("<p>Steps:</p><ul><li>train</li></ul>").plain_text()
    new = markup.read("<p>Steps:</p><ol><li>train</li></ol>").plain_text()
    assert told(old, new) == "Steps:\n[• ]{1. }train"


words = st.text(alphabet="ab c\n.,é中", max_size=60)


@given(words, words)
def test_nothing_is_invented_and_nothing_lost(old: str, new: str) -> None:
    pieces = word_differences(old, new)
    was = "".join(piece.words for piece in pieces if piece.kind is not INSERTED)
    now = "".join(piece.words for piece in pieces if piece.kind is not REMOVED)
    assert now == new or "".join(now.split(" ")) == "".join(new.split(" "))
    assert "".join(was.split(" ")) == "".join(old.split(" "))
    assert all(piece.words for piece in pieces)


def test_a_long_answer_is_compared_in_a_moment() -> None:
    line = "The ministry of justice and the police of the country work with the schools of the country. "
    old = "\n".join(f"{line * 12}{number}" for number in range(20))
    new = "\n".join(f"{line * 11}Once more {line}{number}" for number in range(20))
    begun = time.perf_counter()
    pieces = word_differences(old, new)
    assert time.perf_counter() - begun < 2
    assert any(piece.kind is INSERTED for piece in pieces)
