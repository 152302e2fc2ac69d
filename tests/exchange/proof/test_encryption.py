from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.package_reading import AGE_MARK
from desktop_app.exchange.proof.encryption import (
    CannotDecryptError,
    NotARecipientError,
    decrypt,
    encrypt,
    identity_of,
    is_recipient,
    recipient_of,
)
from desktop_app.exchange.proof.signing import SigningKey


@given(st.binary(max_size=500))
def test_what_is_encrypted_comes_back_to_each_recipient_alone(content: bytes) -> None:
    ours, theirs, others = SigningKey.make(), SigningKey.make(), SigningKey.make()
    sealed = encrypt(content, [recipient_of(ours), recipient_of(theirs)])
    assert sealed.startswith(AGE_MARK)
    for key in (ours, theirs):
        assert decrypt("a.zip.age", sealed, [identity_of(key)]) == content
    with pytest.raises(CannotDecryptError, match="not for your key"):
        decrypt("a.zip.age", sealed, [identity_of(others)])


def test_an_identity_follows_from_the_signing_key_and_is_one_of_age() -> None:
    seed = bytes(range(32))
    identity = identity_of(SigningKey(seed))
    assert identity == identity_of(SigningKey(seed))
    assert str(pyrage.x25519.Identity.from_str(identity)) == identity
    assert identity != identity_of(SigningKey(bytes(32)))


def test_every_single_byte_of_what_is_encrypted_counts() -> None:
    key = SigningKey.make()
    sealed = encrypt(b"words" * 20, [recipient_of(key)])
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 0x01
        with pytest.raises(CannotDecryptError):
            decrypt("a.zip.age", bytes(changed), [identity_of(key)])
    for size in range(len(sealed)):
        with pytest.raises(CannotDecryptError):
            decrypt("a.zip.age", sealed[:size], [identity_of(key)])


def test_what_is_no_recipient_is_refused() -> None:
    for words in ("", "age1", "age1qqqq", identity_of(SigningKey.make())):
        assert not is_recipient(words)
        with pytest.raises(NotARecipientError):
            encrypt(b"words", [words])
    assert is_recipient(recipient_of(SigningKey.make()))
