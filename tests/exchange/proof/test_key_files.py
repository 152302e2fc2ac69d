from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.proof.encryption import recipient_of
from desktop_app.exchange.proof.key_files import key_file_in, read_key_file, write_key_file
from desktop_app.exchange.proof.public_key import key_line, to_pem
from desktop_app.exchange.proof.signing import KeyFileError, SigningKey, to_key_file

KEY = SigningKey(bytes(range(32)))


def changed(**facts: Any) -> bytes:
    return json.dumps({**json.loads(write_key_file(KEY, "Secretariat")), **facts}).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(KeyFileError) as caught:
        key_file_in("key.json", content)
    return caught.value.sentence


def test_a_key_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "secretariat.json"
    path.write_bytes(write_key_file(KEY, "Secretariat"))
    found = read_key_file(path)
    assert (found.name, found.public_key, found.fingerprint) == (
        "Secretariat",
        KEY.public_key,
        KEY.fingerprint,
    )
    assert found.age_recipients == (recipient_of(KEY),)


def test_a_pem_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "The secretariat.pem"
    path.write_bytes(to_pem(KEY.public_key))
    found = read_key_file(path)
    assert (found.name, found.public_key, found.age_recipients) == ("The secretariat", KEY.public_key, ())


def test_a_key_file_made_by_hand_needs_no_signature_while_it_encrypts_nothing() -> None:
    facts = {"kind": "alliance-desk-key", "format": 1, "name": "Ana", "key": key_line(KEY.public_key)}
    assert key_file_in("key.json", json.dumps(facts).encode()).name == "Ana"
    facts["age"] = [recipient_of(KEY)]
    assert "changed after it was made" in refusal(json.dumps(facts).encode())


@pytest.mark.parametrize(
    "content",
    [
        changed(name="Another"),
        changed(age=[recipient_of(SigningKey(bytes(32)))]),
        changed(age=[]),
        changed(signature=""),
        changed(signature="AAAA"),
        changed(signature=5),
        changed(signature="é"),
        changed(key=key_line(SigningKey(bytes(32)).public_key)),
    ],
)
def test_a_changed_key_file_is_named(content: bytes) -> None:
    assert "changed after it was made" in refusal(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no public key"),
        (b"words", "no public key"),
        (b"[]", "no public key"),
        (b"\xff", "no public key"),
        (b'{"kind": "other"}', "no public key"),
        (b"{" * 60, "no public key"),
        (b" " * 70_000, "no public key"),
        (changed(key="AAAA"), "no public key"),
        (changed(age="age1"), "no public key"),
        (changed(age=["words"]), "no public key"),
        (changed(age=[recipient_of(KEY)] * 30), "no public key"),
        (changed(format=2), "newer version"),
        (to_key_file(KEY, "four words of mine"), "nobody should give away"),
        (b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "another kind"),
    ],
)
def test_what_is_no_key_file_gets_a_sentence(content: bytes, sentence: str) -> None:
    assert sentence in refusal(content)


def test_a_name_is_shown_on_one_line_and_never_turned_round() -> None:
    named = write_key_file(KEY, "The \u202etairaterces\nof  the\x00 alliance " + "x" * 500)
    name = key_file_in("key.json", named).name
    assert name.startswith("The tairaterces of the alliance xxx")
    assert len(name) == 120
    assert key_file_in("The key.json", write_key_file(KEY, "\n")).name == "The key"


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be read"):
        read_key_file(tmp_path / "key.json")
