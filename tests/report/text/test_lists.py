from __future__ import annotations

import pytest
from hypothesis import given

from desktop_app.report.text import Text, markup
from desktop_app.report.text.lists import split_items
from tests.support.text_values import texts


def _split(notation: str) -> list[str]:
    return [markup.write(piece) for piece in split_items(markup.read(notation))]


def test_every_item_of_a_list_becomes_a_text_with_its_format() -> None:
    assert _split("<ul><li>Set up <b>hotlines</b><note>n</note></li><li>2<sup>nd</sup> step</li></ul>") == [
        "Set up <b>hotlines</b><note>n</note>",
        "2<sup>nd</sup> step",
    ]


def test_every_paragraph_becomes_a_text() -> None:
    assert _split("<p>one</p><p>two</p><ol><li>three</li></ol>") == ["one", "two", "three"]


def test_nested_lists_and_further_paragraphs_stay_with_their_item() -> None:
    assert _split("<ul><li>one<ul><li>a</li></ul></li><li><p>two</p><p>more</p></li></ul>") == [
        "<p>one</p><ul><li>a</li></ul>",
        "<p>two</p><p>more</p>",
    ]


def test_a_paragraph_with_a_colon_keeps_the_list_that_follows() -> None:
    assert _split(
        "<p>Before:</p><p>these articles cover this issue: </p><ul><li>108</li><li>117</li></ul><p>After:</p>"
    ) == ["Before:", "<p>these articles cover this issue: </p><ul><li>108</li><li>117</li></ul>", "After:"]


@pytest.mark.parametrize(
    "mark", ["•", "• ", "· ", "- ", "– ", "* ", "1. ", "12) ", "(3) ", "a) ", "(b) ", "iv) "]
)
def test_typed_marks_are_removed(mark: str) -> None:
    assert _split(f"<p>{mark}Set up <b>hotlines</b></p><p>  {mark}Train police</p>") == [
        "Set up <b>hotlines</b>",
        "Train police",
    ]


@pytest.mark.parametrize(
    "start", ["2013. ", "1.5 ", "-5 ", "=SUM(A1) ", "A. ", "a ", "ASP ", "(Within 2013) "]
)
def test_what_is_no_mark_stays(start: str) -> None:
    assert _split(f"<p>{start}one</p><p>{start}two</p>") == [f"{start}one", f"{start}two"]


def test_marks_stay_where_most_paragraphs_have_none() -> None:
    assert _split("<p>- one</p><p>two</p>") == ["- one", "two"]
    assert _split("<p>- one</p><p>- two</p><p>three</p>") == ["one", "two", "three"]


def test_a_typed_list_stays_with_the_colon_before_it() -> None:
    assert _split("<p>Articles:</p><p>1. one</p><p>2. two</p>") == [
        "<p>Articles:</p><ol><li>one</li><li>two</li></ol>"
    ]


def test_a_formatted_mark_goes_and_the_note_at_the_words_stays() -> None:
    assert _split("<p><b>- Article</b> 108<note>n</note></p>") == ["<b>Article</b> 108<note>n</note>"]


def test_nothing_gives_nothing() -> None:
    assert split_items(Text.empty()) == []
    assert _split("<p>- </p><p>• </p>") == []


@given(texts())
def test_no_word_is_lost(text: Text) -> None:
    pieces = split_items(text)
    kept = [word for piece in pieces for word in piece.words()]
    whole = list(text.words())
    # Only list marks go: what is left is in order, and every character of it was there before.
    remaining = iter("".join(whole))
    assert all(character in remaining for character in "".join(kept))
    assert not any(piece.is_empty for piece in pieces)
