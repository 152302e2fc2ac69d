from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.proof.key_files import signed_bytes
from desktop_app.exchange.proof.receipts import ReceiptError, read_receipt, receipt_in, write_receipt
from desktop_app.exchange.proof.signing import SigningKey
from tests.support import rfc8032

KEY = SigningKey(bytes(range(32)))
FACTS: dict[str, Any] = {
    "package": "al-s1.zip",
    "package_sha256": "0" * 64,
    "content": "1" * 64,
    "report": "id",
    "country": "AL",
    "form": "ga-commitments",
    "form_version": "2013.1",
    "cycle": "2013",
    "submission": 1,
    "decision": "correction_requested",
    "words": "Target 2 has no timeframe.",
    "who": "Ana",
    "at": "2026-01-02T03:04:05Z",
}
SIGNED = write_receipt(FACTS, KEY)


def refusal(content: bytes) -> str:
    with pytest.raises(ReceiptError) as caught:
        receipt_in("a.receipt.json", content)
    return caught.value.sentence


def test_a_receipt_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.receipt.json"
    path.write_bytes(SIGNED)
    receipt = read_receipt(path)
    assert receipt.signer == KEY.public_key
    assert {key: receipt.signed[key] for key in FACTS} == FACTS
    assert (receipt.submission, receipt.report, receipt.content) == (1, "id", "1" * 64)
    assert (receipt.package, receipt.who, receipt.at) == ("al-s1.zip", "Ana", "2026-01-02T03:04:05Z")
    assert receipt.asks_correction
    assert receipt.words == "Target 2 has no timeframe."


def test_its_signature_is_verified_by_the_mathematics_alone() -> None:
    receipt = receipt_in("a.receipt.json", SIGNED)
    import base64

    signature = base64.b64decode(receipt.signed["signature"])
    assert rfc8032.is_signed(KEY.public_key, signature, signed_bytes(receipt.signed))


def test_a_receipt_without_a_signature_has_no_signer() -> None:
    assert receipt_in("a.receipt.json", write_receipt(FACTS, None)).signer is None


@pytest.mark.parametrize("key", [*FACTS, "key", "signature"])
def test_whatever_is_changed_in_a_signed_receipt_is_named(key: str) -> None:
    facts = json.loads(SIGNED)
    other = {"submission": 2, "decision": "received", "key": None, "signature": ""}.get(key, "other")
    assert "not the receipt that was signed" in refusal(json.dumps({**facts, key: other}).encode())


def test_a_signature_of_somebody_else_is_named() -> None:
    forged = json.loads(write_receipt(FACTS, SigningKey(bytes(32))))
    forged["key"] = json.loads(SIGNED)["key"]
    assert "not the receipt that was signed" in refusal(json.dumps(forged).encode())


def test_every_single_byte_of_a_receipt_counts() -> None:
    original = json.loads(SIGNED)
    for place in range(len(SIGNED)):
        changed = bytearray(SIGNED)
        changed[place] ^= 0x01
        try:
            receipt = receipt_in("a.receipt.json", bytes(changed))
        except ReceiptError:
            continue
        # Blanks between what it says are no part of it.
        assert receipt.signed == original, place


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no receipt"),
        (b"[]", "is no receipt"),
        (b'{"kind": "other"}', "is no receipt"),
        (b'{"kind": "alliance-desk-receipt", "kind": "x"}', "is no receipt"),
        (write_receipt({**FACTS, "submission": 0}, KEY), "is no receipt"),
        (write_receipt({**FACTS, "submission": True}, KEY), "is no receipt"),
        (write_receipt({**FACTS, "decision": "maybe"}, KEY), "is no receipt"),
        (write_receipt({**FACTS, "words": "x" * 30_000}, KEY), "is no receipt"),
        (write_receipt({**FACTS, "who": None}, KEY), "is no receipt"),
        (write_receipt({**FACTS, "words": "\x1b[2J"}, KEY), "is no receipt"),
        (SIGNED.replace(b'"format": 1', b'"format": 2'), "newer version"),
    ],
)
def test_what_is_no_receipt_gets_a_sentence(content: bytes, sentence: str) -> None:
    assert sentence in refusal(content)


def test_a_missing_receipt_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReceiptError, match="cannot be read"):
        read_receipt(tmp_path / "a.receipt.json")
