from __future__ import annotations

from hypothesis import given

from desktop_app.report.text import FlatLine, Mark, Run, Text, markup
from tests.support.text_values import texts


def _lines(notation: str) -> tuple[FlatLine, ...]:
    return markup.read(notation).flat_lines()


def test_lines_keep_the_format_of_their_runs() -> None:
    assert _lines("article 108<sup>1</sup>") == (
        FlatLine((Run("article 108"), Run("1", frozenset({Mark.SUPERSCRIPT})))),
    )


def test_items_carry_marks_and_further_lines_hang_below() -> None:
    lines = _lines("<ul><li><p>a</p><p>b</p><ul><li>c<ol><li>d</li></ol></li></ul></li></ul><p>e</p>")
    assert [(line.depth, line.text) for line in lines] == [
        (1, "• a"),
        (1, "  b"),
        (2, "  – c"),
        (3, "    1. d"),
        (0, "e"),
    ]


def test_numbers_of_two_digits_push_their_lines_further() -> None:
    items = "".join(f"<li>{n}</li>" for n in range(9)) + "<li><p>ten</p><p>more</p></li>"
    assert [line.text for line in _lines(f"<ol>{items}</ol>")[-2:]] == ["10. ten", "    more"]


def test_notes_are_numbered_where_they_stand_and_written_out_at_the_end() -> None:
    lines = _lines("<ul><li>a<note><b>x</b></note></li></ul><p>b<note>y</note>.</p>")
    assert [line.text for line in lines] == ["• a[1]", "b[2].", "[1] x", "[2] y"]
    assert [line.is_note for line in lines] == [False, False, True, True]
    assert lines[2].runs == (Run("x", frozenset({Mark.BOLD})),)


def test_an_address_follows_its_words_unless_they_say_it() -> None:
    text = (
        '<a href="https://example.org/1">the <b>law</b></a>,'
        ' <a href="mailto:desk@example.org">desk@example.org</a>,'
        ' <a href="https://example.org">https://example.org</a>'
    )
    assert _lines(text)[0].text == ("the law (https://example.org/1), desk@example.org, https://example.org")


@given(texts())
def test_there_is_a_line_for_every_paragraph_and_every_note(text: Text) -> None:
    lines = text.flat_lines()
    assert sum(not line.is_note for line in lines) == len(text.paragraphs())
    assert sum(line.is_note for line in lines) == len(text.notes())
    for paragraph, line in zip(text.paragraphs(), lines, strict=False):
        for inline in paragraph.inlines:
            assert not isinstance(inline, Run) or inline in line.runs or inline.href is not None
