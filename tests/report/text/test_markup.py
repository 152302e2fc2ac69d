from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.text import (
    MAX_LIST_DEPTH,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Run,
    Text,
    markup,
    normalise,
)
from desktop_app.report.text.markup import MarkupError, read, write
from desktop_app.runtime.errors import DeskError
from tests.support.text_values import rough_texts, texts

_B, _I, _U, _SUP = (frozenset({mark}) for mark in Mark)

CANONICAL = [
    "",
    "Vepra të turpshme",
    "article 108<sup>1</sup>",
    "2<sup>nd</sup>",
    "=SUM(A1)",
    "a &lt; b &amp; c &gt; d",
    'a "quoted" word',
    "  leading and\ttrailing ",
    "<b>Article 117</b> – Pornography",
    "<b>bold <i>both</i></b><i> italic</i>",
    "<i>a</i><b><i>b</i></b>",
    "<b><i><u><sup>all</sup></u></i></b>",
    '<a href="https://example.org/?a=1&amp;b=%22">the <b>law</b></a> applies',
    "acts<note>Vepra <i>të</i> turpshme</note>, more",
    "<b>a</b><note><b>n</b></note><b>b</b>",
    "<p>one</p><p>two</p>",
    "<ul><li>one</li><li>two</li></ul>",
    "<p>intro:</p><ul><li>one<ol><li>deep<ul><li>deeper</li></ul></li></ol></li></ul><p>end</p>",
    "<ul><li><p>one</p><p>more</p></li><li>two</li></ul>",
    "<ul><li><p>one</p><ul><li>in</li></ul><p>more</p></li></ul>",
    "<ul><li>bullet</li></ul><ol><li>number</li></ol>",
]


@pytest.mark.parametrize("notation", CANONICAL)
def test_canonical_notation_is_read_and_written_unchanged(notation: str) -> None:
    assert write(read(notation)) == notation


@given(texts())
def test_a_text_comes_back_as_it_was(text: Text) -> None:
    assert read(write(text)) == text


@given(rough_texts())
def test_a_rough_text_comes_back_normalised_and_has_the_notation_of_its_normalised_self(text: Text) -> None:
    notation = write(text)
    assert read(notation) == normalise(text)
    assert write(normalise(text)) == notation


@given(texts(), texts())
def test_two_texts_share_a_notation_only_when_they_are_equal(one: Text, other: Text) -> None:
    assert (write(one) == write(other)) == (one == other)


def test_the_values_behind_the_notation() -> None:
    assert read('<b>a<i>b</i></b><a href="mailto:x@example.org"><sup>c</sup></a><note>n</note>') == Text(
        (
            Paragraph(
                (
                    Run("a", _B),
                    Run("b", _B | _I),
                    Run("c", _SUP, "mailto:x@example.org"),
                    Note((Run("n"),)),
                )
            ),
        )
    )
    assert read("<ol><li>a<ul><li>b</li></ul></li></ol>") == Text(
        (
            ListBlock(
                True,
                (Item((Paragraph((Run("a"),)), ListBlock(False, (Item((Paragraph((Run("b"),)),)),)))),),
            ),
        )
    )


@pytest.mark.parametrize(
    ("notation", "canonical"),
    [
        ("<p>alone</p>", "alone"),
        ("<i><b>x</b></i>", "<b><i>x</i></b>"),
        ("<b>x</b><b>y</b>", "<b>xy</b>"),
        ("<b>x<note>n</note>y</b>", "<b>x</b><note>n</note><b>y</b>"),
        ("words<ul><li>a</li></ul>after", "<p>words</p><ul><li>a</li></ul><p>after</p>"),
        ("<p>a</p>\n\n<ul>\n  <li>b</li>\n</ul>\n", "<p>a</p><ul><li>b</li></ul>"),
        ("one\ntwo", "<p>one</p><p>two</p>"),
        ("<ul><li>a\n  <ul><li>b</li></ul></li></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li></li></ul><p> </p>", ""),
        ("a > b", "a &gt; b"),
        ("&quot;a&quot;", '"a"'),
        ('<a href="javascript:x">click</a>', "click"),
        ('<a href="">click</a>', "click"),
    ],
)
def test_what_can_only_mean_one_thing_is_read(notation: str, canonical: str) -> None:
    assert write(read(notation)) == canonical


@pytest.mark.parametrize(
    ("notation", "position"),
    [
        ("a < b & c", 3),
        ("a & c", 3),
        ("&copy;", 1),
        ("&#60;", 1),
        ("a &ampb", 3),
        ('<a href="https://example.org/?a=1&b=2">x</a>', 34),
        ("word <em>x</em>", 6),
        ("<B>x</B>", 1),
        ("<br>", 1),
        ("<b >x</b>", 1),
        ("<a>x</a>", 1),
        ("<a href='https://example.org'>x</a>", 1),
        ("<!-- x -->", 1),
        ("x <b", 3),
        ("ab<b>x", 3),
        ("<ul><li>x", 5),
        ("x</b>", 2),
        ("x</em>", 2),
        ("<b><i>x</b></i>", 8),
        ("<b>x<p>y</p></b>", 5),
        ("<p>x<p>y</p></p>", 5),
        ("<p>x<ul><li>y</li></ul></p>", 5),
        ("<note>x<ul><li>y</li></ul></note>", 8),
        ("<note>x<note>y</note></note>", 8),
        ('<a href="https://a.org">x<a href="https://b.org">y</a></a>', 26),
        ("<li>x</li>", 1),
        ("<ul>x<li>y</li></ul>", 5),
        ("<ul><b>x</b></ul>", 5),
        ('<ul><a href="https://a.org">x</a></ul>', 5),
        ("<ul><ul><li>x</li></ul></ul>", 5),
    ],
)
def test_anything_else_is_refused_with_its_position(notation: str, position: int) -> None:
    with pytest.raises(MarkupError) as refused:
        read(notation)
    assert refused.value.position == position
    assert f"character {position}" in refused.value.sentence
    assert isinstance(refused.value, DeskError)


def test_list_depth_is_limited() -> None:
    deepest = "<ul><li>x" * MAX_LIST_DEPTH + "</li></ul>" * MAX_LIST_DEPTH
    assert write(read(deepest)) == deepest
    with pytest.raises(MarkupError, match=str(MAX_LIST_DEPTH)):
        read("<ul><li>x" * (MAX_LIST_DEPTH + 1) + "</li></ul>" * (MAX_LIST_DEPTH + 1))


@given(st.text(st.sampled_from('<>/&;"= abpiulonteshrfq\n'), max_size=60))
def test_any_characters_are_read_or_refused(notation: str) -> None:
    try:
        text = read(notation)
    except MarkupError as refused:
        assert 1 <= refused.position <= len(notation)
    else:
        assert read(write(text)) == text


def _seconds(notation: str) -> float:
    """The best of three, in seconds of this process, for reading and writing back."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        write(markup.read(notation))
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize(
    "piece",
    [
        "<p>In any criminal proceedings regarding <b>abusive</b> materials &amp; images.</p>",
        "<ul><li>a</li></ul>",
        "<b>a</b><i>b</i>",
        "a<note>n</note>",
        "&amp;",
        "a\n",
        "<p></p>",
    ],
)
def test_time_grows_with_length_only(piece: str) -> None:
    small = piece * (5_000 // len(piece))
    assert _seconds(small * 10) < 40 * _seconds(small) + 0.01
