from __future__ import annotations

import pytest

from desktop_app.runtime.half_characters import (
    HalfCharacterError,
    has_half,
    readable,
    refuse_halves,
    without_halves,
)


@pytest.mark.parametrize("plain", ["a\udcff", ["b", ("a\udcff",)], {"x": {"a\udcff": 1}}, {"x": ["a\udcff"]}])
def test_half_a_character_is_refused_wherever_it_stands(plain: object) -> None:
    with pytest.raises(HalfCharacterError) as refused:
        refuse_halves(plain)
    refused.value.sentence.encode()
    assert "“a\\udcff” holds a character that is only half there" in refused.value.sentence


def test_whole_characters_pass() -> None:
    refuse_halves({"ä": ["👩‍👧", ("Щит", None, 1.5, True)]})
    assert not has_half("👩‍👧")
    assert without_halves("ä\udcff👩‍👧\ud83d") == "ä👩‍👧"
    assert readable("ä\udcff") == "ä\\udcff"
