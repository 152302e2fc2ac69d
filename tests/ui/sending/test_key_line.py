"""With which key a package will be signed, and for whom it is encrypted: one line, and it is so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.exchange.proof.key_files import write_key_file
from desktop_app.exchange.proof.signing import SigningKey
from desktop_app.runtime import paths
from desktop_app.services import keys
from desktop_app.services.open_report import OpenReport
from desktop_app.services.verifying import verify
from desktop_app.ui.sending.key_line import KeyLine
from tests.support.key_store import use_key_store
from tests.ui.sending.conftest import Opener, button

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def partner(tmp_path: Path) -> keys.Partner:
    """The secretariat's key, compared and confirmed."""
    path = tmp_path / "secretariat.json"
    path.write_bytes(write_key_file(SigningKey.make(), "Secretariat"))
    return keys.confirm_partner(keys.add_partner(path).fingerprint)


def test_without_a_key_it_says_so_and_offers_to_make_one(
    qtbot: QtBot, shown: Callable[[QWidget], QWidget]
) -> None:
    line = KeyLine()
    shown(line)
    with qtbot.waitSignal(line.known):
        line.look()
    assert line.words == "It will not be signed: there is no key on this computer yet."
    make = button(line, "Make a key")
    assert make is not None
    with qtbot.waitSignal(line.keys_wanted):
        make.click()
    assert not line.is_encrypted
    assert line.passphrase is None


def test_a_book_of_keys_that_cannot_be_read_is_told(
    qtbot: QtBot, shown: Callable[[QWidget], QWidget]
) -> None:
    book = paths.config_folder() / "keys.json"
    book.parent.mkdir(parents=True, exist_ok=True)
    book.write_text("no keys", "utf-8")
    line = KeyLine()
    shown(line)
    with qtbot.waitSignal(line.known):
        line.look()
    assert line.words.startswith("It will not be signed. ")
    assert button(line, "Keys …") is not None


def test_a_key_in_the_store_signs_and_what_is_ticked_is_encrypted(
    send: Opener, example: OpenReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, partner: keys.Partner
) -> None:
    use_key_store(monkeypatch, tmp_path)
    own = keys.make_key()
    sender = send(example)
    line = sender.page.making.keys
    sender.until(lambda: own.fingerprint in line.words)
    assert line.words == f"It will be signed with your key {own.fingerprint}."
    package = sender.submit()
    assert f"It is signed with the key {own.fingerprint}." in sender.page.result.words
    found = verify(package)
    assert found.intact
    assert found.to_plain()["signed"] is True
    sender.press("Encrypt it for: Secretariat", line)
    assert line.is_encrypted
    sender.press("Export the package again")
    encrypted = sender.made()
    assert encrypted.name == f"{package.name}.age"
    assert encrypted.read_bytes().startswith(b"age-encryption.org/")
    assert "Those who can open it: Secretariat, you." in sender.page.result.words


def test_a_key_under_a_passphrase_signs_when_that_is_given(send: Opener, example: OpenReport) -> None:
    own = keys.make_key(PASSPHRASE)
    sender = send(example)
    line = sender.page.making.keys
    sender.until(lambda: own.fingerprint in line.words)
    assert line._passphrase.isVisible()
    QTest.keyClicks(line._passphrase.line, "something else")
    sender.press("Export a draft")
    sender.until(lambda: bool(sender.page.making.failure))
    assert not list(sender.folder.iterdir())
    line._passphrase.clear()
    QTest.keyClicks(line._passphrase.line, PASSPHRASE)
    sender.press("Export a draft")
    package = sender.made()
    assert verify(package).to_plain()["signed"] is True
    assert line.passphrase is None
