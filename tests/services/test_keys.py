from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from desktop_app.exchange.proof.encryption import recipient_of
from desktop_app.exchange.proof.key_files import write_key_file
from desktop_app.exchange.proof.public_key import read_pem, to_pem
from desktop_app.exchange.proof.signing import (
    KeyFileError,
    SigningKey,
    WrongPassphraseError,
    from_key_file,
    is_signed,
    to_key_file,
    to_text,
)
from desktop_app.runtime.files import AlreadyThereError
from desktop_app.services import keys
from desktop_app.services.key_book import (
    FixedPartnerError,
    Kept,
    KeyBookError,
    UnknownPartnerError,
    book_path,
)
from desktop_app.services.keys import (
    KeyNotAtHandError,
    NobodyToEncryptForError,
    NoKeyStoreError,
    NoOwnKeyError,
    OwnKeyExistsError,
)
from desktop_app.services.proof import proof_at_hand
from desktop_app.storage.protection import UnfitPassphraseError
from tests.support.key_store import use_key_store

WORDS = "four words of mine"
SECRETARIAT = SigningKey(bytes(range(32)))


def secretariat(folder: Path, key: SigningKey = SECRETARIAT, name: str = "Secretariat") -> Path:
    path = folder / f"{name}.json"
    path.write_bytes(write_key_file(key, name))
    return path


# Our own key.


def test_there_is_no_key_until_one_is_made() -> None:
    assert keys.own_key() is None
    assert keys.signing().signer is None
    assert keys.signing().told == "It is not signed: there is no signing key on this computer."
    with pytest.raises(NoOwnKeyError):
        keys.open_key()
    with pytest.raises(NoKeyStoreError, match="has no key store"):
        keys.own_key(may_make=True)
    assert keys.own_key() is None


def test_a_key_in_the_key_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made, used, taken up again when the book is gone; a store that is locked or lost it is told apart."""
    held = use_key_store(monkeypatch, tmp_path)
    made = keys.own_key(may_make=True)
    assert made is not None
    assert (made.kept, made.path) == (Kept.STORE, None)
    assert keys.own_key() == made
    with pytest.raises(OwnKeyExistsError):
        keys.make_key()
    book_path().unlink()
    assert keys.own_key() is None
    assert keys.make_key() == made
    signing = keys.signing()
    assert signing.signer is not None
    assert is_signed(made.public_key, signing.signer.sign(b"words"), b"words")
    assert made.fingerprint in signing.told
    use_key_store(monkeypatch, tmp_path, "locked")
    assert keys.own_key() == made
    assert "not signed. The key store of this system is locked" in keys.signing().told
    use_key_store(monkeypatch, tmp_path)
    kept = json.loads(held.read_text())
    held.write_text(json.dumps(dict.fromkeys(kept, to_text(SECRETARIAT))))
    with pytest.raises(KeyNotAtHandError, match="not the one that is known"):
        keys.open_key()
    held.write_text("{}")
    with pytest.raises(KeyNotAtHandError, match="no longer holds your key"):
        keys.open_key()


def test_a_key_under_a_passphrase() -> None:
    made = keys.make_key(WORDS, name="Ana")
    assert made.path is not None
    assert (made.kept, made.name) == (Kept.FILE, "Ana")
    if os.name == "posix":
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert keys.open_key(WORDS).public_key == made.public_key
    assert (
        keys.signing().told == "It is not signed. Your key is kept under a passphrase, which was not given."
    )
    with pytest.raises(WrongPassphraseError):
        keys.signing("other words of mine")
    with pytest.raises(OwnKeyExistsError):
        keys.make_key(WORDS)
    book_path().unlink()
    with pytest.raises(OwnKeyExistsError, match="Restore it"):
        keys.make_key(WORDS)


def test_a_passphrase_that_protects_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnfitPassphraseError):
        keys.make_key("short")
    with pytest.raises(UnfitPassphraseError):
        keys.export_key(tmp_path / "backup.pem", "short", open_with=WORDS)


def test_a_backup_is_restored(tmp_path: Path) -> None:
    made, backup = keys.make_key(WORDS, name="Ana"), tmp_path / "backup.pem"
    keys.export_key(backup, "other words of mine", open_with=WORDS)
    with pytest.raises(WrongPassphraseError):
        keys.restore_key(backup, WORDS)
    restored = keys.restore_key(backup, "other words of mine", in_file=True)
    assert (restored.kept, restored.public_key, restored.name) == (Kept.FILE, made.public_key, "Ana")
    assert keys.open_key("other words of mine").public_key == made.public_key


def test_a_key_is_replaced_only_when_asked_and_never_lost(tmp_path: Path) -> None:
    made, backup = keys.make_key(WORDS), tmp_path / "backup.pem"
    backup.write_bytes(to_key_file(SECRETARIAT, WORDS))
    with pytest.raises(OwnKeyExistsError, match="may be replaced"):
        keys.restore_key(backup, WORDS)
    # There is no key store here, so it is kept in a file.
    assert keys.restore_key(backup, WORDS, replace=True).public_key == SECRETARIAT.public_key
    [kept] = [path for path in keys.key_path().parent.iterdir() if path != keys.key_path()]
    assert from_key_file("", kept.read_bytes(), WORDS).public_key == made.public_key


def test_a_key_in_the_store_is_set_aside_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = use_key_store(monkeypatch, tmp_path)
    keys.make_key()
    backup = tmp_path / "backup.pem"
    backup.write_bytes(to_key_file(SECRETARIAT, WORDS))
    assert keys.restore_key(backup, WORDS, replace=True).public_key == SECRETARIAT.public_key
    assert len(json.loads(held.read_text())) == 2


def test_the_public_key_is_shared_as_a_signed_file_or_pem(tmp_path: Path) -> None:
    with pytest.raises(NoOwnKeyError):
        keys.share_key(tmp_path / "mine.json", "Ana")
    made = keys.make_key(WORDS)
    keys.share_key(tmp_path / "mine.pem", "")
    assert read_pem((tmp_path / "mine.pem").read_text()) == made.public_key
    with pytest.raises(KeyNotAtHandError):
        keys.share_key(tmp_path / "mine.json", "Ana")
    with pytest.raises(AlreadyThereError):
        keys.share_key(tmp_path / "mine.pem", "Ana")
    keys.share_key(tmp_path / "mine.json", "Ana", passphrase=WORDS)
    with pytest.raises(OwnKeyExistsError, match="your own key"):
        keys.add_partner(tmp_path / "mine.json")


# The keys of others.


def test_a_key_counts_once_its_fingerprint_was_compared(tmp_path: Path) -> None:
    added = keys.add_partner(secretariat(tmp_path))
    assert (added.name, added.confirmed) == ("Secretariat", False)
    with pytest.raises(UnknownPartnerError, match="Compare it again"):
        keys.confirm_partner(added.fingerprint[:-1] + "x")
    assert keys.confirm_partner(added.fingerprint.lower().replace(" ", "")).confirmed
    assert [each.confirmed for each in keys.partners()] == [True]
    assert keys.add_partner(secretariat(tmp_path, name="Renamed")).confirmed
    [partner] = keys.partners()
    assert partner.name == "Renamed"
    # The same key without its encryption key keeps the one that came before.
    (tmp_path / "plain.pem").write_bytes(to_pem(SECRETARIAT.public_key))
    assert keys.add_partner(tmp_path / "plain.pem").age_recipients == (recipient_of(SECRETARIAT),)
    assert keys.remove_partner(added.fingerprint).name == "plain"
    assert keys.partners() == []


def test_another_key_of_the_same_name_is_another_partner(tmp_path: Path) -> None:
    first = keys.add_partner(secretariat(tmp_path))
    keys.confirm_partner(first.fingerprint)
    keys.add_partner(secretariat(tmp_path, SigningKey(bytes(32))))
    assert [(each.name, each.confirmed) for each in keys.partners()] == [
        ("Secretariat", True),
        ("Secretariat", False),
    ]


def test_a_file_without_a_key_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "words.json").write_text("words")
    with pytest.raises(KeyFileError):
        keys.add_partner(tmp_path / "words.json")
    assert not book_path().exists()


def test_it_settles_keys_for_everybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy, missing = tmp_path / "policy.toml", tmp_path / "missing.json"
    names = [str(secretariat(tmp_path)), str(missing)]
    policy.write_text(f"secretariat_keys = {json.dumps(names)}\n", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    [partner] = keys.partners()
    assert partner.confirmed
    assert partner.fixed
    assert [str(missing) in sentence for sentence in keys.complaints()] == [True]
    with pytest.raises(FixedPartnerError):
        keys.remove_partner(partner.fingerprint)
    keys.add_partner(secretariat(tmp_path, name="Renamed"))
    assert [each.name for each in keys.partners()] == ["Secretariat"]


@pytest.mark.parametrize(
    "content",
    [
        b"words",
        b"[]",
        b"{}",
        b'{"own": {"key": "AAAA", "kept": "file"}, "partners": []}',
        b'{"own": null, "partners": [5]}',
    ],
)
def test_a_damaged_book_is_named_and_kept(content: bytes) -> None:
    book_path().parent.mkdir(parents=True)
    book_path().write_bytes(content)
    for look in (keys.own_key, keys.partners, keys.signing, lambda: keys.make_key(WORDS)):
        with pytest.raises(KeyBookError, match="list of keys cannot be read"):
            look()
    assert book_path().read_bytes() == content


# For whom a package is encrypted.


def test_nothing_is_encrypted_for_nobody(tmp_path: Path) -> None:
    with pytest.raises(NobodyToEncryptForError, match="nobody to encrypt for"):
        proof_at_hand(encrypt=True)
    added = keys.add_partner(secretariat(tmp_path))
    with pytest.raises(NobodyToEncryptForError, match="nobody to encrypt for"):
        proof_at_hand(encrypt=True)
    with pytest.raises(NobodyToEncryptForError, match="Secretariat"):
        proof_at_hand(encrypt_for=[added.fingerprint])
    with pytest.raises(UnknownPartnerError):
        proof_at_hand(encrypt_for=["0000"])


def test_a_package_is_encrypted_for_the_confirmed_and_for_ourselves(tmp_path: Path) -> None:
    keys.confirm_partner(keys.add_partner(secretariat(tmp_path)).fingerprint)
    keys.add_partner(secretariat(tmp_path, SigningKey(bytes(32)), "Somebody"))
    without = proof_at_hand(encrypt=True)
    assert without.recipients == (recipient_of(SECRETARIAT),)
    assert "You cannot open it yourself" in without.told[-1]
    keys.make_key(WORDS)
    own = keys.open_key(WORDS)
    proof = proof_at_hand(WORDS, encrypt=True)
    assert proof.recipients == (recipient_of(SECRETARIAT), recipient_of(own))
    assert proof.told[-1] == "It is encrypted. Those who can open it: Secretariat, you."
