from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.workbook.cells import fits, plain
from desktop_app.exchange.workbook.heights import (
    capacity,
    cell_height,
    is_cut,
    line_count,
    line_ends,
    line_height,
    one_line_width,
    row_height,
    split_for_rows,
)
from desktop_app.exchange.workbook.plan import MAX_ROW_HEIGHT, Cell, Look, words_of
from desktop_app.exchange.workbook.styles import STYLES
from tests.support.long_reports import SENTENCES

BODY = STYLES[Look.BODY]
SENTENCE = "The Department for Police Training has delivered trainings in computer crime. "


def test_a_short_text_takes_one_line() -> None:
    assert line_count("Ministry of Justice", 80) == 1


def test_lines_break_between_words() -> None:
    text = "one two three four"
    assert [
        text[start:end] for start, end in zip([0, *line_ends(text, 8)], line_ends(text, 8), strict=False)
    ] == [
        "one two ",
        "three ",
        "four",
    ]


def test_a_long_address_breaks_anywhere() -> None:
    assert line_count("https://example.org/" + "x" * 200, 50) >= 4


def test_wide_characters_take_twice_the_room() -> None:
    assert line_count("加强识别受害者的努力" * 8, 40) == 4


def test_combining_characters_take_no_room() -> None:
    assert one_line_width("e\u0301" * 10, BODY) == one_line_width("e" * 10, BODY)


def test_a_line_feed_at_the_end_opens_no_line() -> None:
    assert line_count("a\nb\n", 80) == 2


@pytest.mark.parametrize("script", ["تعزيز الجهود الرامية", "เสริมสร้างความ"])
def test_tall_scripts_get_higher_lines(script: str) -> None:
    assert cell_height(Cell(plain(script)), 90) > cell_height(Cell(plain("Enhancing")), 90)


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    cells = {1: Cell(plain("1"), Look.NUMBER), 2: Cell(plain(SENTENCE * 5))}
    assert row_height(cells, (7, 82)) == pytest.approx(cell_height(cells[2], 82), abs=1)


@pytest.mark.parametrize(("line", "cut_off"), [(12.0, 0.15), (10.0, 0.0), (10.49, 0.0)])
def test_a_row_that_is_too_high_for_a_row_ends_between_two_lines(line: float, cut_off: float) -> None:
    """``line``: points of one in Excel and LibreOffice, for Greek and for Arabic."""
    height = row_height({1: Cell(plain(SENTENCE * 500), Look.DATA)}, (20,))
    assert height < MAX_ROW_HEIGHT
    last = height / line % 1
    assert last < 0.4 or last > 1 - cut_off


def test_a_row_that_just_fits_is_not_cut() -> None:
    text = "\n".join(["words"] * 33)
    assert row_height({1: Cell(plain(text), Look.DATA)}, (20,)) == 33 * 12 + STYLES[Look.DATA].space


@given(
    st.lists(
        st.sampled_from([SENTENCE, "\n", "x" * 300, "加强识别受害者的努力。", "\n\n"]), max_size=120
    ).map("".join),
    st.sampled_from([Look.BODY, Look.QUIET, Look.CHIP]),
    st.sampled_from([14.0, 82.0]),
)
def test_every_part_of_a_long_answer_is_shown_whole(text: str, look: Look, width: float) -> None:
    parts = split_for_rows(plain(text), width, STYLES[look])
    assert "".join(words_of(part) for part in parts) == text
    assert all(fits(part) for part in parts)
    assert all(cell_height(Cell(part, look), width) <= MAX_ROW_HEIGHT for part in parts)


def test_a_long_answer_continues_at_a_paragraph() -> None:
    text = "\n".join(SENTENCE * 8 for _paragraph in range(9))
    parts = split_for_rows(plain(text), 82, BODY)
    assert len(parts) > 1
    assert all(words_of(part).endswith("\n") for part in parts[:-1])


def test_a_long_paragraph_continues_at_a_sentence() -> None:
    parts = split_for_rows(plain(SENTENCE * 100), 82, BODY)
    assert len(parts) > 1
    assert all(words_of(part).endswith(". ") for part in parts)


def test_a_huge_paragraph_is_cut_in_reasonable_time() -> None:
    text = "word " * 200_000
    assert "".join(words_of(part) for part in split_for_rows(plain(text), 82, BODY)) == text


def test_smaller_type_leaves_room_for_more() -> None:
    assert capacity(82, STYLES[Look.QUIET]) > capacity(82, BODY) > capacity(82, STYLES[Look.TITLE])


@given(
    st.text("abcWil MM  .:-é\u0416\u0301\u0639", max_size=80),
    st.sampled_from([2.5, 5.0, 7.3, 15.7, 400.0]),
)
def test_lines_end_where_they_do_word_by_word(paragraph: str, room: float) -> None:
    # A white space that is no simple one at the end makes the text one that is looked at word by word.
    by_words = line_ends(paragraph + "\u2009", room)
    ends = line_ends(paragraph, room)
    assert ends[:-1] == [end for end in by_words if end < len(paragraph)]
    assert ends[-1] == len(paragraph)


# What the sentences measure in hundredths of a digit: in the broadest of common faces that have the script
# (DejaVu Sans for Arabic beside Arial's digits, Noto Sans for Greek), and on a screen, where every letter
# is a whole number of pixels.
MEASURED = {"ar": (8114, 7153, 7159, 4965), "el": (7814, 11000, 8971, 8343)}


@pytest.mark.parametrize("language", sorted(MEASURED))
def test_words_are_taken_to_be_as_wide_as_they_are_and_little_more(language: str) -> None:
    for sentence, measured in zip(SENTENCES[language], MEASURED[language], strict=True):
        estimated = 100 * (one_line_width(sentence, BODY) - one_line_width("", BODY))
        assert measured <= estimated <= 1.08 * measured


def test_a_sign_of_east_asia_is_as_wide_as_its_type_is_high() -> None:
    # A digit of the body type is 0.556 of its size.
    estimated = one_line_width("识" * 100, BODY) - one_line_width("", BODY)
    assert 100 / 0.556 <= estimated <= 1.05 * 100 / 0.556


@pytest.mark.parametrize(("size", "excel"), [(9, 12.0), (10, 12.75), (12, 15.0)])
def test_lines_are_as_high_as_excel_s(size: float, excel: float) -> None:
    style = next(each for each in STYLES.values() if each.size == size)
    assert excel <= line_height("words", style) <= 1.05 * excel


def test_an_answer_a_little_longer_than_a_row_is_not_divided() -> None:
    assert len(split_for_rows(plain(SENTENCE * 16), 82, BODY)) == 1


def test_no_part_of_a_long_answer_is_a_line_or_two() -> None:
    parts = split_for_rows(plain(SENTENCE * 50), 82, BODY)
    heights = [cell_height(Cell(part), 82) for part in parts]
    assert len(parts) > 2
    assert min(heights) > 0.35 * max(heights)


def test_no_sentence_stands_alone_in_the_last_part_of_a_long_answer() -> None:
    paragraphs = [SENTENCE * count for count in (10, 7, 6, 1)]
    parts = split_for_rows(plain("\n".join(paragraphs)), 82, BODY)
    assert [words_of(part).count(SENTENCE) for part in parts] == [10, 14]


def test_a_last_sentence_stands_alone_where_the_part_before_it_is_full() -> None:
    text = SENTENCE * 33 + "\n" + SENTENCE
    parts = split_for_rows(plain(text), 82, BODY)
    assert all(cell_height(Cell(part), 82) <= 1.5 * 190 + BODY.space for part in parts)


@given(st.text("ab \n\tWM中", max_size=900), st.sampled_from([12.0, 36.0, 72.0]))
def test_a_text_is_cut_where_its_lines_are_higher_than_a_row(text: str, width: float) -> None:
    style = STYLES[Look.DATA]
    height = line_count(text, capacity(width, style)) * line_height(text, style) + style.space
    assert is_cut(text, width, style) is (height > MAX_ROW_HEIGHT)
