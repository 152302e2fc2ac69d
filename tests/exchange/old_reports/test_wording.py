"""The form's words are found whatever happened to them, and only they."""

from __future__ import annotations

import pytest

from desktop_app.exchange.old_reports.wording import WordingIndex, WordingKind, fold, words_of
from desktop_app.formdef.model import Form
from tests.support.old_reports import G11, T1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("children's activities", "CHILDREN’S  ACTIVITIES"),
        ("self-exploitative", "self- exploitative"),
        ("minimize and organized", "minimise and organised"),
        ("Policy target No. 1:", "policy target 1"),
        ("Policy target No. 1:", "Policy target N° 1 –"),
        ("re-victimization", "re\N{EN DASH}victimisation"),
        ("office", "o\N{LATIN SMALL LIGATURE FFI}ce"),
        ("exploitation", "exploi\N{SOFT HYPHEN}tation"),
    ],
)
def test_the_same_words(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"), [("rise", "rize"), ("Target 1", "Target 2"), ("no action", "action")]
)
def test_other_words(left: str, right: str) -> None:
    assert fold(left) != fold(right)


def test_the_longest_wording_counts(commitments: Form) -> None:
    index = WordingIndex(commitments)
    words = words_of(T1)
    meanings, end = index.at(words, 0)
    assert ({meaning.code for meaning in meanings}, end) == ({"T1"}, len(words))
    assert index.at(words_of("Policy target No. 1"), 0)[1] == 3


def test_wording_that_is_alike(commitments: Form) -> None:
    index = WordingIndex(commitments)
    like = index.like(words_of(G11.replace("at least 10%", "20%")))
    assert like is not None
    assert (like.kind, like.code) == (WordingKind.GOAL, "T1.G1")
    assert (
        index.like(words_of("Increase the number of trained officers in all police units by at least half"))
        is None
    )
    assert index.like(words_of("Operational")) is None
