"""Footnotes go back to their marks, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from desktop_app.exchange.old_reports.source import read_source
from desktop_app.report.text import Text, markup


def read(text: str, name: str = "report.md") -> list[str]:
    return [markup.write(Text((block.content,))) for block in read_source(name, text.encode()).blocks]


@pytest.mark.parametrize(
    ("mark", "definition"),
    [
        ("<sup>1</sup>", "<sup>1</sup>The note."),
        ("<sup>1</sup>", "<sup>&</sup>lt;sup>1</sup> The note."),
        ("<sup>(1)</sup>", "<sup>1</sup> The note."),
        ("¹", "¹ The note."),
        ("¹", "<sup>1</sup> The note."),
        ("[^1]", "[^1]: The note."),
        ("[^law]", "[^law]: The note."),
        ("[1]", "[1] The note."),
    ],
)
def test_a_definition_goes_to_its_mark(mark: str, definition: str) -> None:
    assert read(f"The law{mark} of 2013.\n\nMore.\n\n{definition}\n") == [
        "The law<note>The note.</note> of 2013.",
        "More.",
    ]


def test_notes_keep_their_format() -> None:
    assert read("Law<sup>1</sup>\n\n<sup>1</sup> *Zakon* o <b>x</b>") == [
        "Law<note><i>Zakon</i> o <b>x</b></note>"
    ]


def test_several_definitions_in_one_paragraph() -> None:
    assert read("a<sup>1</sup> b<sup>2</sup>\n\n<sup>1</sup>One\n<sup>2</sup>Two") == [
        "a<note>One</note> b<note>Two</note>"
    ]


def test_numbers_that_begin_anew_on_each_page() -> None:
    assert read("a<sup>1</sup>\n\n<sup>1</sup>One\n\nb<sup>1</sup>\n\n<sup>1</sup>Two") == [
        "a<note>One</note>",
        "b<note>Two</note>",
    ]


def test_a_definition_before_its_mark() -> None:
    assert read("<sup>1</sup>One\n\na<sup>1</sup>") == ["a<note>One</note>"]


def test_the_block_after_a_definition_says_so() -> None:
    blocks = read_source("report.md", b"a<sup>1</sup>\n\n<sup>1</sup>One\n\nb").blocks
    assert [block.after_aside for block in blocks] == [False, True]


def test_a_mark_without_definition_stays() -> None:
    assert read("10 m<sup>2</sup> and law<sup>1</sup>") == ["10 m<sup>2</sup> and law<sup>1</sup>"]


def test_a_definition_without_mark_stays() -> None:
    assert read("a\n\n<sup>1</sup>One") == ["a", "<sup>1</sup>One"]


def test_a_definition_is_not_its_own_mark() -> None:
    assert read("<sup>1</sup>One<sup>1</sup> more") == ["<sup>1</sup>One<sup>1</sup> more"]


def test_a_citation_in_brackets_is_no_definition_without_a_mark() -> None:
    assert read("[1] First source\n\n[2] Second source") == ["[1] First source", "[2] Second source"]


def test_plain_text_has_notes_too() -> None:
    assert read("The law¹ of 2013.\n\n¹ The note.\n", "report.txt") == [
        "The law<note>The note.</note> of 2013."
    ]
