"""JSON that could be read in two ways is refused, each with its sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.strict_json import MAX_DEPTH, JsonError, read_json

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(plain, st.booleans())
def test_what_json_writes_is_read(value: object, ascii_only: bool) -> None:
    assert read_json("x.json", json.dumps(value, ensure_ascii=ascii_only).encode()) == value


def test_a_byte_order_mark_does_not_matter() -> None:
    assert read_json("x.json", b"\xef\xbb\xbf{}") == {}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "“x.json” is empty."),
        (b" \n", "“x.json” is empty."),
        (b"{\n  1}", "“x.json” is damaged: it cannot be read at line 2, character 3."),
        (b'{"a": 1', "“x.json” is damaged: it cannot be read at line 1, character 8."),
        (b"[1] [2]", "“x.json” is damaged: it cannot be read at line 1, character 5."),
        (b'["\xff"]', "“x.json” is damaged: it is not UTF-8 from byte 3 on."),
        (b'{"a": 1, "a": 1}', "“x.json” cannot be read: the key “a” stands twice in one object."),
        (b'[{"b": {"a": 1, "a": 2}}]', "“x.json” cannot be read: the key “a” stands twice in one object."),
        (b"NaN", "“x.json” cannot be read: “NaN” is no number."),
        (b"[-Infinity]", "“x.json” cannot be read: “-Infinity” is no number."),
        (b"[1e999]", "“x.json” cannot be read: “1e999” is no number that can be kept."),
        (b"1" * 5000, "“x.json” cannot be read: “11111111111111111111…” is no number that can be kept."),
        (b'{"\\ud800": 1}', "“x.json” cannot be read: it holds half a character."),
        (b'{"a": "\\udfff"}', "“x.json” cannot be read: it holds half a character."),
        (b'[["\\ud83d"]]', "“x.json” cannot be read: it holds half a character."),
        (b'"\\ud800"', "“x.json” cannot be read: it holds half a character."),
        (b"[" * 41 + b"]" * 41, "“x.json” cannot be read: it is nested more than 40 levels deep."),
        (b"[" * 10_000_000, "“x.json” cannot be read: it is nested more than 40 levels deep."),
        (b'{"a":' * 50 + b"1" + b"}" * 50, "“x.json” cannot be read: it is nested more than 40 levels deep."),
    ],
)
def test_what_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(JsonError) as error:
        read_json("x.json", data)
    assert error.value.sentence == sentence


def test_pairs_of_surrogates_are_whole_characters() -> None:
    assert read_json("x.json", b'"\\ud83d\\ude00"') == "😀"


def test_the_deepest_that_is_read() -> None:
    value = read_json("x.json", b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    for _level in range(MAX_DEPTH - 1):
        (value,) = value
    assert value == []


def test_brackets_in_strings_do_not_count() -> None:
    text = "[" * 100 + '\\"' + "{" * 100
    assert read_json("x.json", json.dumps([text, "\\"]).encode()) == [text, "\\"]


def test_an_unfinished_string_of_quotes_is_not_slow() -> None:
    with pytest.raises(JsonError, match="damaged"):
        read_json("x.json", b'"' + b'\\"' * 1_000_000)


def test_a_file_that_is_too_large() -> None:
    with pytest.raises(JsonError, match="larger than 1 MB"):
        read_json("x.json", b" " * (1024 * 1024 + 1), max_bytes=1024 * 1024)
