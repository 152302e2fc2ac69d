from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.workbook.cells import (
    clean,
    escaped,
    first_piece,
    fits,
    joined,
    length,
    plain,
    runs_right_to_left,
    split,
    text_words,
)
from desktop_app.exchange.workbook.plan import MAX_CHARACTERS, MAX_LINE_FEEDS, Piece, Tone, words_of
from desktop_app.report.text import Mark, Text, markup
from tests.support.text_values import rough_texts, texts
from tests.support.workbooks import reader_text

SUPERSCRIPT = frozenset({Mark.SUPERSCRIPT})


@given(texts())
def test_a_cell_has_exactly_the_words_of_the_text(text: Text) -> None:
    assert words_of(text_words(text)) == text.plain_text()


@given(rough_texts())
def test_rough_text_becomes_clean_words(text: Text) -> None:
    words = words_of(text_words(text))
    assert clean(words) == words


def test_marks_stay_with_their_words() -> None:
    words = text_words(markup.read("Law of 2<sup>nd</sup> May, <b>article <i>108</i></b>"))
    assert words == (
        Piece("Law of 2"),
        Piece("nd", SUPERSCRIPT),
        Piece(" May, "),
        Piece("article ", frozenset({Mark.BOLD})),
        Piece("108", frozenset({Mark.BOLD, Mark.ITALIC})),
    )


def test_lists_links_and_footnotes_are_readable_words() -> None:
    text = markup.read(
        "<p>See <a href='x'>".replace("'x'", '"https://example.org"')
        + "the law</a>:</p><ul><li>Article 108<note>In <i>Albanian</i>.</note></li>"
        "<li><p>Article 117</p><ol><li>one</li><li>two</li></ol></li></ul>"
    )
    assert words_of(text_words(text)).split("\n") == [
        "See the law (https://example.org):",
        "• Article 108[1]",
        "• Article 117",
        "  1. one",
        "  2. two",
        "",
        "[1] In Albanian.",
    ]


def test_only_the_mark_of_a_footnote_is_raised_not_the_same_characters_typed() -> None:
    words = text_words(markup.read("<p>[1]</p><p>Law<note>Note</note></p>"))
    assert [piece.text for piece in words if piece.marks == SUPERSCRIPT] == ["[1]"]
    assert words[0] == Piece("[1]\nLaw")


@given(st.text())
def test_escaped_characters_read_as_they_were_typed(text: str) -> None:
    assert reader_text(escaped(text)) == text


@pytest.mark.parametrize(
    "text", ["_x000D_", "_x005F_", "a_x0041_b", "_x005F_x0041_", "__x000d__", "_x00_x0041_"]
)
def test_typed_character_numbers_stay_as_they_are(text: str) -> None:
    assert escaped(text) != text
    assert reader_text(escaped(text)) == text


@pytest.mark.parametrize("count", [MAX_CHARACTERS - 1, MAX_CHARACTERS])
def test_as_much_as_a_cell_holds_stays_in_one(count: int) -> None:
    assert split(plain("x" * count)) == [plain("x" * count)]


def test_one_character_more_needs_a_second_cell() -> None:
    parts = split(plain("x" * (MAX_CHARACTERS + 1)))
    assert [len(words_of(part)) for part in parts] == [MAX_CHARACTERS, 1]


@pytest.mark.parametrize(
    ("feeds", "cells"), [(MAX_LINE_FEEDS - 1, 1), (MAX_LINE_FEEDS, 1), (MAX_LINE_FEEDS + 1, 2)]
)
def test_line_feeds_are_counted(feeds: int, cells: int) -> None:
    text = "\n".join("line" for _line in range(feeds + 1))
    parts = split(plain(text))
    assert len(parts) == cells
    assert all(fits(part) for part in parts)


def test_characters_outside_the_first_plane_count_twice() -> None:
    assert length("a😀") == 3
    parts = split(plain("😀" * MAX_CHARACTERS))
    assert all(length(words_of(part)) <= MAX_CHARACTERS for part in parts)
    assert "".join(words_of(part) for part in parts) == "😀" * MAX_CHARACTERS


def test_a_cut_prefers_the_end_of_a_paragraph_then_of_a_sentence() -> None:
    paragraphs = plain("\n".join("word " * 2000 for _paragraph in range(5)))
    assert all(words_of(part).endswith("\n") for part in split(paragraphs)[:-1])
    sentences = plain("One sentence more. " * 4000)
    assert all(words_of(part).endswith(". ") for part in split(sentences)[:-1])


@given(
    st.lists(st.sampled_from(["word ", "\n", "x" * 9000, "子供 ", "😀", "e\u0301", "End. "]), max_size=12),
    st.integers(1, 400),
)
def test_parts_joined_are_the_whole(pieces: list[str], times: int) -> None:
    words = (*plain("".join(pieces * times)[:200_000]), Piece("bold", frozenset({Mark.BOLD})))
    parts = split(words)
    assert all(fits(part) for part in parts)
    assert "".join(words_of(part) for part in parts) == words_of(words)
    assert parts[-1][-1].marks == frozenset({Mark.BOLD})


@given(st.text(alphabet="ab\n😀", max_size=2000), st.integers(2, 300))
def test_numbered_pieces_are_short_and_complete(text: str, limit: int) -> None:
    pieces: list[str] = []
    while rest := text[len("".join(pieces)) :]:
        pieces.append(first_piece(rest, limit))
    assert "".join(pieces) == text
    assert all(length(piece) <= limit and piece.count("\n") <= MAX_LINE_FEEDS for piece in pieces)


def test_empty_parts_leave_no_empty_lines() -> None:
    assert joined((plain("a"), (), plain("b"))) == (Piece("a\nb"),)


@given(st.text())
def test_nothing_that_xml_cannot_hold_gets_through(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", clean(text))


def test_a_heading_in_grey_does_not_decide_which_way_words_run() -> None:
    heading, arabic = plain("Ana · 2014-03-01\n", Tone.QUIET), plain("حماية الأطفال.")
    assert runs_right_to_left((*heading, *arabic))
    assert not runs_right_to_left((*plain("حماية\n", Tone.QUIET), *plain("Protect.")))
    assert runs_right_to_left(plain("حماية", Tone.QUIET))
    assert not runs_right_to_left(plain("INTERPOL حماية"))
