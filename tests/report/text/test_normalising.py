"""The rules, as ``normalising`` lists them; every test names the shape before and after in the notation or
as values where the notation cannot say it."""

from __future__ import annotations

import pytest
from hypothesis import given

from desktop_app.report.text import (
    MAX_LIST_DEPTH,
    Block,
    Inline,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Run,
    Text,
    normalise,
)
from tests.support.text_values import rough_texts, texts

_BOLD = frozenset({Mark.BOLD})


def _paragraph(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Run(inline) if isinstance(inline, str) else inline for inline in inlines))


def _list(*items: str | tuple[Block | str, ...], ordered: bool = False) -> ListBlock:
    contents = ((item,) if isinstance(item, str) else item for item in items)
    return ListBlock(
        ordered,
        tuple(Item(tuple(_paragraph(b) if isinstance(b, str) else b for b in blocks)) for blocks in contents),
    )


def _normal(*blocks: Block | str) -> tuple[Block, ...]:
    return normalise(Text(tuple(_paragraph(b) if isinstance(b, str) else b for b in blocks))).blocks


@given(rough_texts())
def test_a_second_time_changes_nothing(text: Text) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(texts())
def test_no_visible_character_is_lost(text: Text) -> None:
    rough = Text(tuple(Paragraph(paragraph.inlines) for paragraph in text.paragraphs()))
    assert normalise(rough).words() == text.words()


def test_neighbouring_runs_of_one_format_become_one() -> None:
    runs = (
        Run("2"),
        Run(""),
        Run(" May", frozenset()),
        Run("nd", _BOLD),
        Run("x", _BOLD, "https://example.org"),
    )
    assert _normal(Paragraph(runs)) == (
        _paragraph("2 May", Run("nd", _BOLD), Run("x", _BOLD, "https://example.org")),
    )


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_line_break_splits_the_paragraph_and_both_halves_keep_their_format(line_break: str) -> None:
    broken = Paragraph((Run(f"one{line_break}two", _BOLD),))
    assert _normal(broken) == (_paragraph(Run("one", _BOLD)), _paragraph(Run("two", _BOLD)))


def test_a_line_break_in_an_item_gives_the_item_a_further_paragraph() -> None:
    assert _normal(_list("one\ntwo")) == (_list(("one", "two")),)


def test_a_line_break_in_a_note_is_a_space() -> None:
    note = Note((Run("one\r\ntwo"),))
    assert _normal(_paragraph("x", note)) == (_paragraph("x", Note((Run("one two"),))),)


@pytest.mark.parametrize("blank", ["", " ", "\n\n", "\u00a0", "\t", "\u200b", "\x00"])
def test_what_shows_nothing_goes(blank: str) -> None:
    assert (
        _normal(blank, _list(blank), Paragraph(()), ListBlock(True, ()), Paragraph((Note((Run(blank),)),)))
        == ()
    )


def test_a_note_alone_is_something_to_see() -> None:
    alone = _paragraph(Note((Run("n"),)))
    assert _normal(alone) == (alone,)


def test_other_white_space_stays_as_typed() -> None:
    assert _normal("  two  spaces and a\ttab ") == (_paragraph("  two  spaces and a\ttab "),)


def test_forbidden_characters_go() -> None:
    assert _normal("a\x00b\ud800c\ufffe") == (_paragraph("abc"),)


def test_a_link_that_may_not_stay_leaves_its_words() -> None:
    assert _normal(Paragraph((Run("click ", href="javascript:x"), Run("here")))) == (
        _paragraph("click here"),
    )


def test_neighbouring_lists_of_one_kind_become_one() -> None:
    assert _normal(_list("a"), "", _list("b"), _list("1", ordered=True), _list("c")) == (
        _list("a", "b"),
        _list("1", ordered=True),
        _list("c"),
    )


def test_a_list_that_stands_first_in_an_item_moves_to_the_item_before() -> None:
    assert _normal(_list("a", (_list("b"),), (_list("c"), "d"))) == (_list(("a", _list("b", "c")), "d"),)


def test_in_the_first_item_it_moves_out_and_keeps_its_kind() -> None:
    assert _normal(_list((_list("a", ordered=True),), "b")) == (_list("a", ordered=True), _list("b"))
    assert _normal(_list((_list((_list("a"),)),), "b")) == (_list("a", "b"),)


def test_an_empty_first_paragraph_does_not_hold_an_item_together() -> None:
    assert _normal(_list("a", (" ", _list("b")))) == (_list(("a", _list("b"))),)


def test_paragraphs_may_follow_a_nested_list() -> None:
    kept = _list(("a", _list("b"), "c"))
    assert _normal(kept) == (kept,)


def test_lists_too_deep_become_items_of_the_last_level() -> None:
    block: Block = _list("deepest")
    for level in range(MAX_LIST_DEPTH + 4, 0, -1):
        block = _list((f"level {level}", block))
    words = [f"level {level}" for level in range(1, MAX_LIST_DEPTH + 5)] + ["deepest"]
    text = normalise(Text((block,)))
    assert [paragraph.text for paragraph in text.paragraphs()] == words
    depth = 0
    blocks = text.blocks
    while any(isinstance(b, ListBlock) for b in blocks):
        depth += 1
        blocks = next(b for b in blocks if isinstance(b, ListBlock)).items[0].blocks
    assert depth == MAX_LIST_DEPTH
