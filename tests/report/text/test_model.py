from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.text import Paragraph, Run, Text, join, markup, normalise
from tests.support.text_values import texts

_ARTICLES = (
    "<p>The following articles of the <b>Criminal Code</b> cover this issue:</p>"
    "<ul><li>Article 108 – Serious immoral acts"
    "<note><i>Vepra</i> të turpshme in the Albanian original.</note>"
    "<ol><li>attempt</li><li><p>aiding</p><p>and abetting</p></li></ol></li>"
    '<li><a href="https://example.org/117">Article 117</a></li></ul>'
    "<p>Approved on 2<sup>nd</sup> May 2013.</p>"
)


def test_an_empty_text() -> None:
    assert Text.empty().is_empty
    assert Text.empty().plain_text() == ""
    assert Text.empty().words() == ()
    assert Text.empty().first_line() == ""


@pytest.mark.parametrize("blank", ["", " ", "\n\n", "\u00a0"])
def test_blank_is_empty(blank: str) -> None:
    assert Text((Paragraph((Run(blank),)),)).is_empty
    assert Text.plain(blank) == Text.empty()


@pytest.mark.parametrize("notation", [".", "<note>n</note>", "<ul><li>a</li></ul>"])
def test_words_notes_and_lists_are_not_empty(notation: str) -> None:
    assert not markup.read(notation).is_empty


def test_plain_makes_a_paragraph_of_each_line_and_takes_nothing_as_markup() -> None:
    text = Text.plain("=SUM(A1)\r\n\r\na < b & <b>c</b>")
    assert [paragraph.text for paragraph in text.paragraphs()] == ["=SUM(A1)", "a < b & <b>c</b>"]
    assert text.is_plain
    assert text.plain_text() == "=SUM(A1)\na < b & <b>c</b>"


@pytest.mark.parametrize(
    "notation", ["<b>a</b>", "<ul><li>a</li></ul>", "a<note>n</note>", '<a href="https://example.org">a</a>']
)
def test_format_is_not_plain(notation: str) -> None:
    assert not markup.read(notation).is_plain


@given(st.text(st.characters()))
def test_plain_gives_normalised_texts(characters: str) -> None:
    text = Text.plain(characters)
    assert normalise(text) == text
    assert Text.plain(text.plain_text()) == text


def test_plain_text_shows_marks_notes_and_addresses() -> None:
    assert markup.read(_ARTICLES).plain_text() == (
        "The following articles of the Criminal Code cover this issue:\n"
        "• Article 108 – Serious immoral acts[1]\n"
        "  1. attempt\n"
        "  2. aiding\n"
        "     and abetting\n"
        "• Article 117 (https://example.org/117)\n"
        "Approved on 2nd May 2013.\n"
        "\n"
        "[1] Vepra të turpshme in the Albanian original."
    )


def test_note_numbers_can_go_on() -> None:
    text = markup.read("a<note>x</note> b<note>y</note>")
    assert text.plain_text(note_numbers_from=4) == "a[4] b[5]\n\n[4] x\n[5] y"
    assert [note.text for note in text.notes()] == ["x", "y"]


def test_words_come_in_reading_order_with_a_note_at_its_mark() -> None:
    text = markup.read("acts<note>Vepra të turpshme</note>, 2<sup>nd</sup> May.<ul><li>a (b)</li></ul>")
    assert text.words() == ("acts", "Vepra", "të", "turpshme", "2nd", "May", "a", "b")
    assert text.word_count() == 8


def test_characters_are_counted_without_list_marks() -> None:
    assert markup.read("<p>të</p><ul><li>b<note>c</note></li></ul>").character_count() == 4


@given(texts())
def test_plain_text_holds_all_characters_in_order(text: Text) -> None:
    plain = text.plain_text()
    position = 0
    for paragraph in text.paragraphs():
        for inline in paragraph.inlines:
            if isinstance(inline, Run):
                position = plain.index(inline.text, position) + len(inline.text)
    for note in text.notes():
        for run in note.runs:
            position = plain.index(run.text, position) + len(run.text)


@pytest.mark.parametrize(
    ("notation", "limit", "expected"),
    [
        (
            "<ul><li>New  standard <b>procedures</b><note>n</note></li><li>b</li></ul>",
            80,
            "New standard procedures",
        ),
        ("New standard procedures", 23, "New standard procedures"),
        ("New standard procedures", 22, "New standard…"),
        ("New standard procedures", 13, "New standard…"),
        ("New standard procedures", 12, "New standar…"),
        ("A Ministry of the Interior", 12, "A Ministry…"),
        ("Internationalisation", 10, "Internati…"),
        ("<p><note>only a note</note></p><p>words</p>", 80, "words"),
    ],
)
def test_first_line(notation: str, limit: int, expected: str) -> None:
    line = markup.read(notation).first_line(limit)
    assert line == expected
    assert len(line) <= limit


def test_join_puts_texts_below_one_another() -> None:
    first, second = markup.read("<p>a</p><ul><li>b</li></ul>"), markup.read("<ul><li>c</li></ul>")
    assert markup.write(join([first, Text.empty(), second])) == "<p>a</p><ul><li>b</li><li>c</li></ul>"
    assert join([]) == Text.empty()
