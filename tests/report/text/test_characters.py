from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desktop_app.report.text.characters import clean_characters, is_blank, rare_characters, safe_href


@pytest.mark.parametrize(
    "text",
    ["", "Vepra të turpshme", "=SUM(A1)", "a < b & c", "tab\tand\nline", "حماية", "👩‍👧", "soft\u00adhyphen"],
)
def test_ordinary_characters_stay(text: str) -> None:
    assert clean_characters(text) == (text, 0)


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x01", "\x08", "\x1f", "\x7f", "\x80", "\x9f", "\ud800", "\udfff", "\ufffe", "\uffff"],
)
def test_forbidden_characters_are_removed_and_counted(character: str) -> None:
    assert clean_characters(f"before{character}after{character}") == ("beforeafter", 2)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_becomes_one_newline_and_counts_as_nothing(line_break: str) -> None:
    assert clean_characters(f"one{line_break}two") == ("one\ntwo", 0)


def test_halves_of_a_surrogate_pair_become_their_character() -> None:
    assert clean_characters("\ud83d\ude00") == ("😀", 0)
    assert clean_characters("\ude00\ud83d") == ("", 2)


@given(st.text(st.characters()))
def test_what_is_clean_stays_clean_and_fits_into_xml(text: str) -> None:
    cleaned, removed = clean_characters(text)
    assert clean_characters(cleaned) == (cleaned, 0)
    assert removed <= len(text)
    element = etree.Element("t")
    element.text = cleaned
    assert (etree.fromstring(etree.tostring(element)).text or "") == cleaned


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u00a0", "\u200b", "\ufeff \u00ad"])
def test_nothing_to_see_is_blank(blank: str) -> None:
    assert is_blank(blank)


@pytest.mark.parametrize("visible", [".", "a", " –", "\u200bë"])
def test_something_to_see_is_not_blank(visible: str) -> None:
    assert not is_blank(visible)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("HTTP://Example.org", "HTTP://Example.org"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("  https://example.org/two words ", "https://example.org/two%20words"),
        ("https://exa\x00mple.org", "https://example.org"),
    ],
)
def test_web_and_mail_addresses_stay(address: str, expected: str) -> None:
    assert safe_href(address) == expected
    assert safe_href(expected) == expected


@pytest.mark.parametrize(
    "address",
    [None, "", "#note", "page.html", "//example.org", "www.example.org", "http://", "mailto:",
     "ftp://example.org", "file:///C:/secret.docx", "javascript:alert(1)", "java\nscript:alert(1)",
     "data:text/html,x", "vbscript:x"],
)  # fmt: skip
def test_other_addresses_do_not(address: str | None) -> None:
    assert safe_href(address) is None


@given(st.text(st.characters()))
def test_looking_at_the_rare_characters_alone_says_whether_all_can_be_printed(text: str) -> None:
    rare = rare_characters(text)
    assert rare.isprintable() == text.isprintable()
    assert rare == "".join(sign for sign in text if not " " <= sign <= "~")
