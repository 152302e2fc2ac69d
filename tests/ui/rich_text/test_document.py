from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QTextCursor, QTextDocument

from desktop_app.report.text import Text, markup, normalise
from desktop_app.ui.rich_text.document import insert_text, read_document, read_selection, write_document
from desktop_app.ui.rich_text.lines import list_of
from tests.support.text_values import rough_texts, texts

LINK = QColor("blue")


@pytest.fixture(autouse=True, scope="module")
def application(qapp: object) -> None:
    """Documents need fonts, and fonts an application."""


def document_of(notation: str) -> QTextDocument:
    document = QTextDocument()
    write_document(markup.read(notation), document, LINK)
    return document


def notation_of(document: QTextDocument) -> str:
    return markup.write(read_document(document))


@given(texts(max_depth=4))
def test_a_text_comes_back_from_the_document_as_it_went_in(text: Text) -> None:
    document = QTextDocument()
    write_document(text, document, LINK)
    assert read_document(document) == text


@given(rough_texts())
def test_whatever_goes_in_comes_back_normalised(text: Text) -> None:
    document = QTextDocument()
    write_document(text, document, LINK)
    assert read_document(document) == normalise(text)


@given(texts(), texts())
def test_a_document_can_be_used_again(first: Text, second: Text) -> None:
    document = QTextDocument()
    write_document(first, document, LINK)
    write_document(second, document, LINK)
    assert read_document(document) == second


@given(texts(max_depth=2), texts(max_depth=2), st.data())
def test_putting_a_text_in_loses_no_word(present: Text, added: Text, data: st.DataObject) -> None:
    document = QTextDocument()
    write_document(present, document, LINK)
    cursor = QTextCursor(document)
    steps = data.draw(st.integers(0, document.characterCount() - 1))
    cursor.movePosition(QTextCursor.MoveOperation.Right, n=steps)
    insert_text(cursor, added, LINK)
    assert letters(read_document(document)) == sorted(letters(present) + letters(added))


def letters(text: Text) -> list[str]:
    pieces = [paragraph.text for paragraph in text.paragraphs()] + [note.text for note in text.notes()]
    return sorted(character for piece in pieces for character in piece if not character.isspace())


@pytest.mark.parametrize(
    "notation",
    [
        "",
        "Plain words",
        "<p>One</p><p>Two</p>",
        '<b>bold</b> <i>italic</i> <u>under</u> 2<sup>nd</sup> <a href="https://example.org/"><u>link</u></a>',
        "<ul><li>a<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol></li><li>e</li></ul>",
        "<ol><li><p>a</p><p>more of a</p><ul><li>x</li></ul><p>still a</p></li><li>b</li></ol>",
        "<ul><li>a</li></ul><ol><li>b</li></ol><p>c</p><ol><li>d</li></ol>",
        'Law<note>No. <b>10</b> of <a href="https://example.org/law">2013</a></note> and<note>second</note>',
        "\ufdd0 \ufdd1 \ufffc \ufffd",
        "tab\there, hard\u00a0space, soft\u00adhyphen, 👩\u200d👧",
    ],
)
def test_every_kind_of_content_survives(notation: str) -> None:
    assert notation_of(document_of(notation)) == notation


def test_words_typed_after_a_character_qt_keeps_for_itself_stay_words() -> None:
    document = document_of("\ufdd0")
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("abc")
    assert notation_of(document) == "\ufdd0abc"


def test_lists_show_the_numbers_they_will_have_in_the_report() -> None:
    document = document_of(
        "<ol><li>a<ol><li>b</li></ol></li><li>c<ol><li>d</li></ol></li></ol><p>x</p><ol><li>e</li></ol>"
    )
    marks = []
    block = document.begin()
    while block.isValid():
        marks.append((block.text(), block.textList().itemText(block) if list_of(block) is not None else ""))
        block = block.next()
    assert marks == [("a", "1."), ("b", "1."), ("c", "2."), ("d", "1."), ("x", ""), ("e", "1.")]


@given(texts(max_depth=2), st.data())
def test_a_selection_is_read_without_touching_the_document(text: Text, data: st.DataObject) -> None:
    document = QTextDocument()
    write_document(text, document, LINK)
    end = document.characterCount() - 1
    cursor = QTextCursor(document)
    cursor.setPosition(data.draw(st.integers(0, end)))
    cursor.setPosition(data.draw(st.integers(0, end)), QTextCursor.MoveMode.KeepAnchor)
    selected = read_selection(cursor)
    assert set(letters(selected)) <= set(letters(text))
    assert read_document(document) == text


def test_the_whole_selected_is_the_whole_text() -> None:
    notation = "<p>a<note>n</note></p><ul><li>b<ol><li>c</li></ol></li></ul><p>d</p>"
    document = document_of(notation)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    assert markup.write(read_selection(cursor)) == notation


@pytest.mark.parametrize(
    ("present", "position", "added", "expected"),
    [
        ("ab", 1, "X", "aXb"),
        ("ab", 1, "<p>X</p><p>Y</p>", "<p>aX</p><p>Yb</p>"),
        ("ab", 1, "<ul><li>X</li><li>Y</li></ul>", "<p>a</p><ul><li>X</li><li>Y</li></ul><p>b</p>"),
        ("ab", 2, "<ul><li>X</li></ul>", "<p>ab</p><ul><li>X</li></ul>"),
        ("ab", 0, "<ul><li>X</li></ul>", "<ul><li>X</li></ul><p>ab</p>"),
        ("", 0, "<ul><li>X</li></ul>", "<ul><li>X</li></ul>"),
        ("<ul><li>ab</li></ul>", 2, "<p>X</p><p>Y</p>", "<ul><li>abX</li><li>Y</li></ul>"),
        ("<ul><li>ab</li></ul>", 2, "<ul><li>X</li><li>Y</li></ul>", "<ul><li>abX</li><li>Y</li></ul>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", 3, "<ul><li>X</li><li>Y</li></ul>",
         "<ul><li>a<ul><li>bX</li><li>Y</li></ul></li></ul>"),
    ],
)  # fmt: skip
def test_a_text_put_in_goes_on_where_the_cursor_is(
    present: str, position: int, added: str, expected: str
) -> None:
    document = document_of(present)
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    insert_text(cursor, markup.read(added), LINK)
    assert notation_of(document) == expected


def test_reading_a_long_answer_costs_little_more_than_comparing_it() -> None:
    """20,000 characters with much format: a few milliseconds, where the pause in typing is 250."""
    paragraph = (
        "<p>The ministry <b>trains</b> prosecutors and <i>police officers</i> in every region of it.</p>"
    )
    notation = (paragraph * 6 + "<ul><li>one</li><li>two<note>n</note></li></ul>") * 45
    document = document_of(notation)
    text = read_document(document)
    assert len(text.plain_text()) > 18_000
    assert best_time(lambda: read_document(document)) < 12 * best_time(lambda: normalise(text))


def best_time(step: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = perf_counter()
        step()
        times.append(perf_counter() - start)
    return min(times)
