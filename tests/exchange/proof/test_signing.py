from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.proof.public_key import (
    fingerprint,
    key_line,
    read_key_line,
    read_pem,
    same_fingerprint,
    to_pem,
)
from desktop_app.exchange.proof.signing import (
    KeyFileError,
    SigningKey,
    WrongPassphraseError,
    from_key_file,
    from_text,
    is_signed,
    to_key_file,
    to_text,
)
from tests.support import rfc8032

#: Not on every machine; what it would say is said by other means as well.
OPENSSL = shutil.which("openssl")

#: RFC 8032, 7.1: secret key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        "3dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard(secret: str, public: str, message: str, signature: str) -> None:
    key, content = SigningKey(bytes.fromhex(secret)), bytes.fromhex(message)
    assert key.public_key.hex() == public
    assert key.sign(content).hex() == signature
    assert is_signed(key.public_key, bytes.fromhex(signature), content)
    assert rfc8032.is_signed(key.public_key, bytes.fromhex(signature), content)
    assert not is_signed(key.public_key, bytes.fromhex(signature), content + b"!")


@given(st.binary(max_size=200))
def test_what_is_signed_here_is_verified_by_the_mathematics_alone(content: bytes) -> None:
    key = SigningKey.make()
    signature = key.sign(content)
    assert rfc8032.is_signed(key.public_key, signature, content)
    assert not rfc8032.is_signed(key.public_key, signature, content + b"!")


def test_tools_that_are_not_ours_verify_what_is_signed_here(tmp_path: Path) -> None:
    """The mathematics of the standard everywhere, and the command reviewers are told where openssl is."""
    key, content = SigningKey.make(), b'{"format": 2}\n'
    for file, words in (("manifest.json", content), ("other.json", content + b" ")):
        (tmp_path / file).write_bytes(words)
        assert rfc8032.is_signed(key.public_key, key.sign(content), words) == (words == content)
    (tmp_path / "sender.pem").write_bytes(to_pem(key.public_key))
    (tmp_path / "manifest.sig").write_bytes(key.sign(content))
    command = f"{OPENSSL} pkeyutl -verify -pubin -inkey sender.pem -rawin -sigfile manifest.sig -in"
    for file in ("manifest.json", "other.json") if OPENSSL else ():
        done = subprocess.run([*command.split(), file], cwd=tmp_path, capture_output=True, text=True)
        assert ("Verified Successfully" in done.stdout) == (file == "manifest.json"), done.stderr


def test_libraries_that_are_not_ours_open_the_backup_of_a_key(tmp_path: Path) -> None:
    key = SigningKey.make()
    content = to_key_file(key, "four words of mine")
    (tmp_path / "key.pem").write_bytes(content)
    opened = load_pem_private_key(content, b"four words of mine")
    assert opened.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()) == key.seed
    command = [OPENSSL or "", "pkey", "-in", "key.pem", "-passin", "pass:four words of mine", "-pubout"]
    if OPENSSL:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
        assert read_pem(done.stdout.decode()) == key.public_key


@pytest.mark.parametrize("size", [0, 63, 65, 1000])
def test_a_signature_of_another_length_is_none(size: int) -> None:
    key = SigningKey.make()
    assert not is_signed(key.public_key, b"\0" * size, b"words")
    assert not is_signed(key.public_key[:-1], key.sign(b"words"), b"words")


def test_every_single_byte_of_a_signature_counts() -> None:
    key = SigningKey.make()
    signature = key.sign(b"words")
    for place in range(len(signature)):
        for mask in (0x01, 0x80):
            changed = bytearray(signature)
            changed[place] ^= mask
            assert not is_signed(key.public_key, bytes(changed), b"words")


def test_the_fingerprint_is_what_common_tools_say(tmp_path: Path) -> None:
    key = SigningKey.make()
    der = base64.b64decode(key_line(key.public_key))
    digits = hashlib.sha256(der).hexdigest().upper()[:32]
    assert key.fingerprint.replace(" ", "") == digits
    assert [len(group) for group in key.fingerprint.split()] == [4] * 8
    assert same_fingerprint(key.fingerprint, digits.lower())
    assert same_fingerprint(key.fingerprint, key.fingerprint.replace(" ", ":"))
    assert not same_fingerprint("", " ")
    assert not same_fingerprint(key.fingerprint, key.fingerprint[:-1])


def test_public_keys_are_read_as_they_were_written() -> None:
    public_key = SigningKey.make().public_key
    assert read_key_line(key_line(public_key)) == public_key
    assert read_pem(to_pem(public_key).decode()) == public_key
    assert read_pem(to_pem(public_key).decode().replace("\n", "\r\n")) == public_key
    for line in (None, 5, "", "é", "AAAA", key_line(public_key)[:-4], key_line(public_key[:31])):
        assert read_key_line(line) is None
    assert read_pem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n") is None
    assert fingerprint(public_key) != fingerprint(SigningKey.make().public_key)


def test_a_private_key_is_kept_as_text_and_as_a_file() -> None:
    key = SigningKey.make()
    kept = from_text(to_text(key))
    assert kept is not None
    assert kept.seed == key.seed
    assert from_text("é") is None
    assert from_text("AAAA") is None
    content = to_key_file(key, "τέσσερις λέξεις")
    assert key.seed not in base64.b64decode(b"".join(content.splitlines()[1:-1]))
    assert from_key_file("key.pem", content, "τέσσερις λέξεις").seed == key.seed
    assert to_text(key) not in repr(key)


def test_a_key_file_that_does_not_open_says_so() -> None:
    content = to_key_file(SigningKey.make(), "four words of mine")
    with pytest.raises(WrongPassphraseError, match="does not open with this passphrase"):
        from_key_file("key.pem", content, "other words")
    with pytest.raises(KeyFileError):
        from_key_file("key.pem", content.replace(b"A", b"B"), "four words of mine")
    for other in (b"", b"words", to_pem(SigningKey.make().public_key)):
        with pytest.raises(KeyFileError, match="no private key"):
            from_key_file("key.pem", other, "four words of mine")


def test_a_key_of_another_kind_or_without_a_passphrase_is_none_of_ours() -> None:
    other = generate_private_key(SECP256R1())
    content = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"words"))
    with pytest.raises(KeyFileError, match="no private key"):
        from_key_file("key.pem", content, "words")
    plain = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(KeyFileError, match="no private key"):
        from_key_file("key.pem", plain, "words")
