from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.report.text import Mark, Note, Paragraph, Run, Text, normalise
from tests.support.text_values import texts

_NOTE = Note((Run("Vepra të turpshme"),))
_ARTICLE = Paragraph((Run("article 108"), Run("1", frozenset({Mark.SUPERSCRIPT})), _NOTE, Run(" applies")))


def test_the_text_of_a_paragraph_leaves_its_notes_out() -> None:
    assert _ARTICLE.text == "article 1081 applies"
    assert _ARTICLE.notes() == (_NOTE,)
    assert _NOTE.text == "Vepra të turpshme"


def test_a_part_keeps_format_and_takes_the_note_with_the_character_before_it() -> None:
    assert _ARTICLE.part(8, 12) == Paragraph(
        (Run("108"), Run("1", frozenset({Mark.SUPERSCRIPT})), _NOTE),
    )
    assert _ARTICLE.part(12) == Paragraph((Run(" applies"),))
    assert _ARTICLE.part(0, 11) == Paragraph((Run("article 108"),))


def test_a_note_that_opens_a_paragraph_belongs_to_its_first_part() -> None:
    paragraph = Paragraph((_NOTE, Run("words")))
    assert paragraph.part(0, 2) == Paragraph((_NOTE, Run("wo")))
    assert paragraph.part(2) == Paragraph((Run("rds"),))


@given(texts(max_depth=0), st.data())
def test_the_parts_of_a_paragraph_make_it_up_again(text: Text, data: st.DataObject) -> None:
    for paragraph in text.paragraphs():
        cut = data.draw(st.integers(0, len(paragraph.text)))
        parts = paragraph.part(0, cut).inlines + (paragraph.part(cut).inlines if cut else ())
        if cut:
            assert normalise(Text((Paragraph(parts),))) == Text((paragraph,))


def test_marks_are_the_tags_of_the_notation() -> None:
    assert [str(mark) for mark in Mark] == ["b", "i", "u", "sup"]


@pytest.mark.parametrize("value", [Run("a"), _NOTE, _ARTICLE, Text((_ARTICLE,))])
def test_values_can_be_keys(value: object) -> None:
    assert {value: 1}[value] == 1
