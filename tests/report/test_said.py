"""The words of comments, with the empty lines between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.said import read_said, said_html, write_said
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text


@pytest.mark.parametrize("words", ["", "One.", "One.\nTwo.", "One.\nTwo.\n\nThree.", "<b> & so\n\non"])
def test_an_empty_line_is_kept(words: str) -> None:
    assert read_said(write_said(words)).plain_text() == words


def test_more_empty_lines_are_one_and_none_stands_at_the_ends() -> None:
    assert write_said("\n\nOne.\r\n\r\n \r\nTwo.\n\n") == "<p>One.</p><p></p><p>Two.</p>"


def test_it_is_shown_as_an_empty_line() -> None:
    shown = said_html(write_said("One.\n\nTwo."))
    assert shown.startswith("<style>") and shown.endswith("<br></p><p>Two.</p>")
    assert said_html(write_said("One.\nTwo.")) == "<p>One.</p><p>Two.</p>"


@given(st.text())
def test_nothing_else_differs_from_an_answer(words: str) -> None:
    assert markup.write(markup.read(write_said(words))) == markup.write(Text.plain(words.strip()))
