from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.columns import Column
from desktop_app.exchange.workbook.fingerprints import Fingerprints, words_fingerprint
from desktop_app.report.plain import canonical_bytes

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
COLUMNS = [Column("b", "B"), Column("a", "A"), Column("ü", "Ü"), Column("open", "Open", open=True)]


@given(st.dictionaries(WORDS, WORDS))
def test_a_fingerprint_is_that_of_the_canonical_bytes(words: dict[str, str]) -> None:
    meant = canonical_bytes({code: text for code, text in words.items() if text})
    assert words_fingerprint(words) == hashlib.sha256(meant).hexdigest()


@given(
    st.dictionaries(st.sampled_from(["a", "b", "ü", "open", "no column"]), st.text('aä\n"\\ ', max_size=5))
)
def test_a_record_has_that_of_its_official_words(words: dict[str, str]) -> None:
    record = {code: plain(text) for code, text in words.items()}
    official = {code: text for code, text in words.items() if code in ("a", "b", "ü")}
    assert Fingerprints(COLUMNS).of(record).hex() == words_fingerprint(official)
    assert Fingerprints(COLUMNS).of({"b": 5}) == Fingerprints(COLUMNS).of({"b": plain("5")})
