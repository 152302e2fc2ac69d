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
from desktop_app.ui.parts import Words
from desktop_app.ui.sending.key_line import KeyLine
from tests.support.key_store import use_key_store
from tests.ui.sending.conftest import Opener, button

PASSPHRASE = "correct horse battery staple"
ASKED = "Type the passphrase of your key, or tick below that it is sent unsigned."


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
    assert not line.unsigned.isVisible()


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


@pytest.mark.usefixtures("partner")
@pytest.mark.parametrize(("disabled", "is_off"), [("", False), ("'encryption'", True)])
def test_where_encrypting_is_switched_off_that_is_told(
    qtbot: QtBot,
    shown: Callable[[QWidget], QWidget],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    disabled: str,
    is_off: bool,
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(f"disabled = [{disabled}]", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    line = KeyLine()
    shown(line)
    with qtbot.waitSignal(line.known):
        line.look()
    told = "It will not be encrypted: your IT department has switched that off."
    [words] = [each for each in line.findChildren(Words) if each.text() == told]
    qtbot.waitUntil(lambda: (words.isVisible(), line._encrypt.isVisible()) == (is_off, not is_off))


def test_a_key_in_the_store_signs_and_what_is_ticked_is_encrypted(
    qtbot: QtBot,
    send: Opener,
    example: OpenReport,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    partner: keys.Partner,
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
    with qtbot.waitSignal(sender.page.making.begun):
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
    assert line.words.endswith(", once you have typed its passphrase.")
    assert line._passphrase.isVisible()
    sender.press("Export a draft")
    assert line.remark == ASKED
    assert line._passphrase.line.hasFocus()
    QTest.keyClicks(line._passphrase.line, "something else")
    assert line.remark == ""
    sender.press("Export a draft")
    sender.until(lambda: bool(line.remark))
    assert line.remark.startswith("“signing-key.pem” does not open with this passphrase")
    assert not list(sender.folder.iterdir())
    line._passphrase.clear()
    QTest.keyClicks(line._passphrase.line, PASSPHRASE)
    sender.press("Export a draft")
    package = sender.made()
    assert verify(package).to_plain()["signed"] is True
    assert line._passphrase.words == ""
    assert line.words.endswith(", which is open until you close the report.")
    assert not line._passphrase.isVisible()
    assert not line.unsigned.isVisible()


def test_nothing_is_frozen_before_the_key_is_open(send: Opener, example: OpenReport) -> None:
    keys.make_key(PASSPHRASE)
    sender = send(example)
    making, line = sender.page.making, sender.page.making.keys
    sender.until(line._passphrase.isVisible)
    sender.session.approve()
    sender.press("Submit")
    assert line.remark == ASKED
    QTest.keyClicks(line._passphrase.line, "something else")
    sender.press("Submit")
    sender.until(lambda: bool(line.remark))
    assert line.remark.startswith("“signing-key.pem” does not open with this passphrase")
    assert not making.for_good.isVisible()
    assert sender.session.report.status == "approved"
    assert not sender.session.report.submissions
    line._passphrase.clear()
    QTest.keyClicks(line._passphrase.line, PASSPHRASE)
    assert "not signed" not in sender.ask_for_good()
    sender.press("Submit for good")
    assert verify(sender.made()).to_plain()["signed"] is True


def test_it_is_sent_unsigned_when_that_is_said(send: Opener, example: OpenReport) -> None:
    keys.make_key(PASSPHRASE)
    sender = send(example)
    line = sender.page.making.keys
    sender.until(line.unsigned.isVisible)
    line.unsigned.click()
    assert line.words == "It will not be signed, as you asked for."
    assert not line._passphrase.isVisible()
    sender.session.approve()
    assert "It is not signed, as you asked for." in sender.ask_for_good()
    sender.press("Submit for good")
    package = sender.made()
    assert verify(package).to_plain()["signed"] is False
    result = sender.page.result
    assert "It is not signed, as you asked for." in result._notices.text()
    assert "not signed" not in result._told.text()


def test_a_signed_package_is_not_replaced_by_an_unsigned_one_unseen(
    send: Opener, example: OpenReport
) -> None:
    keys.make_key(PASSPHRASE)
    sender = send(example)
    row = sender.session.report.lists["T1.planned"].rows[0].id
    sender.session.set_confidential(f"T1.planned/{row}", True)
    making, line = sender.page.making, sender.page.making.keys
    sender.until(line._passphrase.isVisible)
    QTest.keyClicks(line._passphrase.line, PASSPHRASE)
    package = sender.submit()
    signed = package.read_bytes()
    # The key stays open: nothing goes out unsigned because a field was cleared.
    sender.press("Make the public copy")
    assert verify(sender.made_public()).to_plain()["signed"] is True
    with sender.qtbot.waitSignal(making.begun):
        sender.press("Export the package again")
    assert sender.made() == package
    assert package.read_bytes() == signed
    # Without the key, at another time:
    line.wait()
    line.look()
    sender.until(line.unsigned.isVisible)
    line.unsigned.click()
    sender.press("Export the package again")
    sender.until(lambda: bool(making.failure))
    assert "is signed, and the new one would not be" in making.failure
    assert button(making, "Replace the earlier package") is None
    assert package.read_bytes() == signed
    sender.press("Put an unsigned package in its place")
    sender.made()
    assert verify(package).to_plain()["signed"] is False


def test_a_locked_key_store_is_told_before_anything_is_frozen(
    send: Opener, example: OpenReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_key_store(monkeypatch, tmp_path)
    keys.make_key()
    use_key_store(monkeypatch, tmp_path, "locked")
    sender = send(example)
    line = sender.page.making.keys
    sender.until(lambda: line.words.startswith("It will be signed"))
    assert not line.unsigned.isVisible()
    sender.session.approve()
    sender.press("Submit")
    sender.until(lambda: bool(line.remark))
    assert "is locked" in line.remark
    assert line.unsigned.isVisible()
    assert sender.session.report.status == "approved"
