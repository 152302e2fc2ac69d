"""Markdown with the scars of conversion, as blocks."""

from __future__ import annotations

import pytest

from desktop_app.exchange.old_reports.blocks import BREAK, Block, BlockKind
from desktop_app.exchange.old_reports.markdown import read_markdown
from desktop_app.report.text import Text, markup


def read(text: str) -> list[tuple[str, int, str]]:
    """Kind, level and content of each block; the content in the text notation."""
    return [(block.kind.value, block.level, notation(block)) for block in read_markdown(text).blocks]


def notation(block: Block) -> str:
    return markup.write(Text((block.content,)))


def test_headings_paragraphs_and_items() -> None:
    assert read("# One\n\nTwo\n\n- three\n  - four\n\n    five\n\n1. six\n2. seven\n") == [
        ("heading", 1, "One"),
        ("paragraph", 0, "Two"),
        ("item", 1, "three"),
        ("item", 2, "four"),
        ("paragraph", 2, "five"),
        ("item", 1, "six"),
        ("item", 1, "seven"),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**bold** *it*", "<b>bold</b> <i>it</i>"),
        ("<u>under</u> 2<sup>nd</sup>", "<u>under</u> 2<sup>nd</sup>"),
        ("<strong><em>both</em></strong>", "<b><i>both</i></b>"),
        ("[law](https://example.org/law)", '<a href="https://example.org/law">law</a>'),
        ('<a href="https://example.org/law">law</a>', '<a href="https://example.org/law">law</a>'),
        ("<https://example.org>", '<a href="https://example.org">https://example.org</a>'),
        ("[law](files/law.pdf)", "law (files/law.pdf)"),
        ("![the scheme](scheme.png)", "the scheme"),
        ("a <unknown>b</unknown> <!-- note -->c", "a b c"),
        ("AT&amp;T &lt; 5", "AT&amp;T &lt; 5"),
        ("`code` 2 * 3 * 4", "code 2 * 3 * 4"),
        ("1 < 2 and a_b_c", "1 &lt; 2 and a_b_c"),
    ],
)
def test_format_inside_a_block(source: str, expected: str) -> None:
    assert [content for _kind, _level, content in read(source)] == [expected]


@pytest.mark.parametrize(
    "source",
    ["<sup>&</sup>lt;sup>1</sup>x", "&lt;sup>1&lt;/sup>x", "&lt;sup&gt;1&lt;/sup&gt;x", "<sup>&lt;1</sup>x"],
)
def test_tags_escaped_by_halves_are_tags(source: str) -> None:
    assert read(source) == [("paragraph", 0, "<sup>1</sup>x")]


def test_rows_parted_by_tabs_are_cells() -> None:
    blocks = read_markdown("Goal:\tOne\t\nGoal:\tTwo\t\nBand\t\t\n").blocks
    assert [(block.kind, block.column, notation(block)) for block in blocks] == [
        (BlockKind.CELL, 0, "Goal:"),
        (BlockKind.CELL, 1, "One"),
        (BlockKind.CELL, 0, "Goal:"),
        (BlockKind.CELL, 1, "Two"),
        (BlockKind.CELL, 0, "Band"),
    ]


def test_a_list_inside_a_cell() -> None:
    assert read(
        "Plans\tFirst <ul> <li>one</li> <li>two<ol><li>deep</li></ol></li> </ul> last\t\n"
        "\t<ul><li>x</li></ul>\t"
    ) == [
        ("cell", 0, "Plans"),
        ("cell", 0, "First "),
        ("item", 1, "one"),
        ("item", 1, "two"),
        ("item", 2, "deep"),
        ("cell", 0, " last"),
        ("item", 1, "x"),
    ]


def test_pipe_tables_and_html_tables() -> None:
    expected = [("cell", 0, "a"), ("cell", 0, "b"), ("cell", 0, "c"), ("item", 1, "d"), ("item", 1, "e")]
    assert read("| a | b |\n|---|---|\n| c | • d<br>• e |\n") == expected
    assert read(
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td><ul><li>d</li><li>e</li></ul></td></tr>"
    ) == (expected)


def test_typed_bullets_are_items() -> None:
    assert read("Lead:\n• one\n• two\n\n– three\n\n\uf0b7\tfour") == [
        ("paragraph", 0, "Lead:"),
        ("item", 1, "one"),
        ("item", 1, "two"),
        ("item", 1, "three"),
        ("item", 1, "four"),
    ]


@pytest.mark.parametrize(
    "date", ["2. svibnja 2013. donesen je zakon", "1. ledna 2013", "2013. gadā", "15) something"]
)
def test_a_number_that_counts_nothing_is_part_of_the_text(date: str) -> None:
    assert read(f"One.\n\n{date}\n\nThree.")[1] == ("paragraph", 0, date.replace(")", "."))


def test_a_count_may_go_on_after_a_paragraph() -> None:
    assert [kind for kind, _level, _content in read("1. a\n\nbetween\n\n2. b\n3. c")] == [
        "item",
        "paragraph",
        "item",
        "item",
    ]


def test_a_number_alone_on_its_line_is_kept() -> None:
    assert read("2013.") == [("paragraph", 0, "2013.")]


def test_what_markdown_would_hide_or_take_for_code_is_read() -> None:
    assert read(
        "[label]: https://example.org\n\n    indented words\n\n```\nfenced\n```\n\n<div>\ninside\n</div>"
    ) == [
        ("paragraph", 0, "[label]: https://example.org"),
        ("paragraph", 0, "indented words"),
        ("paragraph", 0, "fenced"),
        ("paragraph", 0, "inside"),
    ]


def test_a_line_end_and_a_break_are_told_apart() -> None:
    (block,) = read_markdown("one\ntwo<br>three").blocks
    assert block.content.text == f"one\ntwo{BREAK}three"


@pytest.mark.parametrize(
    "source",
    [
        "> " * 300 + "deep",
        "- " * 300 + "deep",
        "1. " * 300 + "deep",
        "".join("  " * depth + "- x\n" for depth in range(300)) + " " * 600 + "- deep",
        "<ul><li>" * 300 + "deep",
        "<b>" * 300 + "deep",
        "*" * 300 + "deep",
    ],
)
def test_words_below_any_depth_are_read(source: str) -> None:
    assert read(source)[-1][2].replace("*", "").endswith(("deep", "deep</b>"))


def test_a_paragraph_of_brackets_is_taken_as_words_and_announced() -> None:
    reading = read_markdown("[" * 5000 + "word")
    assert [block.content.text for block in reading.blocks] == ["[" * 5000 + "word"]
    assert reading.notices == [
        "A paragraph with very many brackets was taken as plain words, without its format."
    ]
