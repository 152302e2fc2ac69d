from __future__ import annotations

from desktop_app.formdef.suggestions import hint, shown


def test_the_nearest_word() -> None:
    assert hint("requird", ["required", "choices"]) == " Do you mean “required”?"
    assert hint("REQUIRED", ["required"]) == " Do you mean “required”?"


def test_all_words_where_they_are_few_and_none_is_near() -> None:
    assert hint("x", ["b", "a"], always=True) == " Possible are: a, b."
    assert hint("x", ["b", "a"]) == ""
    assert hint("x", [], always=True) == ""
    assert hint("x", [f"word{n}" for n in range(13)], always=True) == ""


def test_what_would_take_long_is_left_out() -> None:
    assert hint("a" * 100, ["a" * 99]) == ""
    assert hint("worl", [f"word{n}" for n in range(500)]) == ""


def test_words_as_messages_quote_them() -> None:
    assert shown("a word") == "a word"
    assert shown("two\nlines") == "two lines"
    assert shown("x" * 61) == "x" * 60 + "…"
