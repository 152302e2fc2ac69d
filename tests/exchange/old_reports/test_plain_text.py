"""Plain text, as word processors save it and as people type it."""

from __future__ import annotations

from desktop_app.exchange.old_reports.plain_text import read_plain_text


def read(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.content.text) for block in read_plain_text(text).blocks]


LONG = "A line that nobody wrapped by hand, because it is far too long for that. " * 2


def test_empty_lines_part_paragraphs() -> None:
    assert read("one\n\n \n\ntwo\nstill two\n") == [
        ("paragraph", 0, "one"),
        ("paragraph", 0, "two\nstill two"),
    ]


def test_with_long_lines_each_line_is_a_paragraph() -> None:
    assert [content for _kind, _level, content in read(f"One\n{LONG}{LONG}\nThree\n")] == [
        "One",
        LONG + LONG,
        "Three",
    ]


def test_a_short_line_that_ends_a_sentence_ends_its_paragraph() -> None:
    text = "This line is wrapped by hand at about sixty characters, see,\nand ends.\nA new one begins here."
    assert [content for _kind, _level, content in read(text)] == [
        "This line is wrapped by hand at about sixty characters, see,\nand ends.",
        "A new one begins here.",
    ]


def test_items_with_bullets_and_numbers() -> None:
    assert read("Lead:\n- one\n  goes on\n* two\n  - deep\n1. first\n2) second\n") == [
        ("paragraph", 0, "Lead:"),
        ("item", 1, "one\n  goes on"),
        ("item", 1, "two"),
        ("item", 2, "deep"),
        ("item", 1, "first"),
        ("item", 1, "second"),
    ]


def test_a_date_at_the_start_is_no_number() -> None:
    assert read("2. svibnja 2013. donesen je zakon") == [
        ("paragraph", 0, "2. svibnja 2013. donesen je zakon")
    ]


def test_tabs_part_cells() -> None:
    assert read("Goal:\tOne\nBand\t\n") == [("cell", 0, "Goal:"), ("cell", 0, "One"), ("cell", 0, "Band")]


def test_nothing_is_markup() -> None:
    assert read("a <b>b</b> *c* & [d](e)") == [("paragraph", 0, "a <b>b</b> *c* & [d](e)")]
