"""A package is dropped, chosen or opened with the program, and the window says what it is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.exchange.package import write_package
from desktop_app.exchange.proof.encryption import recipient_of
from desktop_app.exchange.proof.key_files import write_key_file
from desktop_app.exchange.proof.signing import SigningKey, to_key_file
from desktop_app.exchange.sending import Sending
from desktop_app.services import keys
from desktop_app.services.importing import import_document
from desktop_app.services.receipts import read_receipt_file
from desktop_app.ui.parts import Button
from desktop_app.ui.review.draft_box import DraftField
from desktop_app.ui.verifying.verdict_page import VerdictPage
from desktop_app.ui.verifying.verdicts import is_package
from tests.support.window_steps import Person
from tests.support.workbooks import planned_action, report_of

WORDS = "four words of mine"
COUNTRY = SigningKey(bytes(range(32)))
Sit = Callable[..., Person]


@pytest.fixture
def sit(qtbot: QtBot, tmp_path: Path) -> Iterator[Sit]:
    people: list[Person] = []

    def at_the_desk(path: Path | None = None) -> Person:
        people.append(Person.at_the_desk(qtbot, tmp_path, path))
        return people[-1]

    yield at_the_desk
    for person in people:
        person.leave()


def package(tmp_path: Path, number: int, **more: object) -> Path:
    report = report_of("ga-commitments", *planned_action(1, description="Train police."))
    report.status = "submitted"
    sending = Sending(number, "2026-01-02T03:04:05Z", "Ana", documents=False, **more)  # type: ignore[arg-type]
    return write_package(report, tmp_path / f"sent-{number}", sending).path


def page_of(person: Person) -> VerdictPage:
    view = person.window.view
    page = view.pages.page if view is not None else person.window.lone
    assert isinstance(page, VerdictPage)
    return page


def verdict(person: Person) -> list[str]:
    """What the page says, once it says something."""
    person.until(lambda: not page_of(person).words[0].startswith("Reading"))
    return page_of(person).words


def test_a_package_dropped_on_the_first_page_is_verified(sit: Sit, tmp_path: Path) -> None:
    key_file = tmp_path / "albania.json"
    key_file.write_bytes(write_key_file(COUNTRY, "Albania"))
    keys.add_partner(key_file)
    keys.confirm_partner(COUNTRY.fingerprint)
    person, sent = sit(), package(tmp_path, 1, signer=COUNTRY)
    person.hand_in(sent)
    said = verdict(person)
    assert said[0] == "Intact: it is as it was exported."
    assert said[1] == f"Signed by Albania ({COUNTRY.fingerprint}), whose key is confirmed."
    assert said[2].startswith("Submission 1 of the report of")
    sent.write_bytes(sent.read_bytes().replace(b"Train police", b"Train nobody"))
    person.hand_in(sent)
    said = verdict(person)
    assert said[:2] == ["Changed: it is not as it was exported.", "“data.json” was changed."]
    sent.write_bytes(b"words")
    person.hand_in(sent)
    said = verdict(person)
    assert said[0] == "This package cannot be verified."
    assert "is no package" in said[1]
    person.press("Back")
    assert person.window.start_page is not None


def test_a_package_opened_with_the_program_is_verified(sit: Sit, tmp_path: Path) -> None:
    person = sit(package(tmp_path, 1))
    assert verdict(person)[1] == "It carries no signature."


@pytest.mark.parametrize(("disabled", "is_offered"), [("", True), ("'import'", False)])
def test_bringing_it_in_is_offered_where_it_may_be(
    sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disabled: str, is_offered: bool
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(f"disabled = [{disabled}]", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    person = sit(package(tmp_path, 1))
    verdict(person)
    assert page_of(person).bring_in.isVisible() is is_offered


def test_a_package_is_held_against_the_report_that_is_open(sit: Sit, tmp_path: Path) -> None:
    report_file = tmp_path / "al.adesk"
    import_document(report_file, package(tmp_path, 2))
    person = sit(report_file)
    person.desk._verdicts.show(package(tmp_path, 1))
    said = verdict(person)
    assert said[0] == "Intact: submission 1 of this report; a newer one is held."
    assert "sent a second time" in said[-1]
    person.desk._verdicts.show(package(tmp_path, 3))
    assert verdict(person)[-1].startswith("Newer: submission 3")
    other = report_of("ga-commitments", *planned_action(1, description="Train nobody."))
    other.status = "submitted"
    sending = Sending(2, "2026-01-02T03:04:05Z", "Ana", documents=False)
    person.desk._verdicts.show(write_package(other, tmp_path / "other", sending).path)
    assert verdict(person)[0] == "Intact, but it does not go with the report that is open."
    [back] = [button for button in page_of(person).findChildren(Button) if button.text() == "&Back"]
    assert not back.isVisible()


def test_an_encrypted_package_asks_for_the_passphrase_of_the_own_key(sit: Sit, tmp_path: Path) -> None:
    sent = package(tmp_path, 1, signer=COUNTRY, recipients=(recipient_of(COUNTRY),))
    person = sit()
    person.hand_in(sent)
    said = verdict(person)
    assert said[0] == "This package cannot be verified."
    assert "your own key is needed" in said[1]
    backup = tmp_path / "backup.pem"
    backup.write_bytes(to_key_file(COUNTRY, WORDS))
    keys.restore_key(backup, WORDS, in_file=True)
    person.hand_in(sent)
    assert verdict(person)[0] == "This package is encrypted."
    field = person.find(QLineEdit, "Passphrase of your key")
    for words, expected in (("wrong words", "does not open with this passphrase"), (WORDS, "your own key")):
        field.setFocus()
        person.type(words)
        person.press("Open it")
        person.until(lambda wanted=expected: any(wanted in line for line in page_of(person).words))  # type: ignore[misc]
    assert verdict(person)[0] == "Intact: it is as it was exported."
    chosen: list[tuple[Path, str]] = []
    person.desk._verdicts.import_wanted.disconnect()

    def choose(path: Path, passphrase: str) -> None:
        chosen.append((path, passphrase))

    person.desk._verdicts.import_wanted.connect(choose)
    person.press("Bring it in as a report")
    assert chosen == [(sent, WORDS)]
    target = tmp_path / "brought-in.adesk"
    person.desk._beginnings.bring_in(sent, target, WORDS)
    person.until(lambda: person.window.view is not None)
    assert target.is_file()


def test_a_receipt_is_made_for_what_arrived(sit: Sit, tmp_path: Path) -> None:
    sent = package(tmp_path, 1, signer=COUNTRY)
    backup = tmp_path / "backup.pem"
    backup.write_bytes(to_key_file(SigningKey(bytes(32)), WORDS))
    keys.restore_key(backup, WORDS, in_file=True)
    person = sit(sent)
    verdict(person)
    person.press("Return it for correction")
    person.press("Return for correction")
    assert not list(sent.parent.glob("*.receipt.json"))
    person.find(DraftField, "What is to be corrected?").setFocus()
    person.type("Target 2 has no timeframe.")
    person.find(QLineEdit, "Passphrase of your key").setFocus()
    person.type("wrong words")
    person.press("Return for correction")
    person.until(lambda: "does not open" in page_of(person).receipt.words)
    field = person.find(QLineEdit, "Passphrase of your key")
    field.setFocus()
    field.selectAll()
    person.type(WORDS)
    person.press("Return for correction")
    person.until(lambda: "was written" in page_of(person).receipt.words)
    [path] = sent.parent.glob("*.receipt.json")
    read = read_receipt_file(path)
    assert read.signed_by is not None
    assert (read.signed_by.is_own, read.receipt.words) == (True, "Target 2 has no timeframe.")
    person.hand_in(sent)
    verdict(person)
    person.press("Make the receipt")
    person.until(lambda: "already" in page_of(person).receipt.words)


def test_nobody_makes_a_receipt_for_their_own_or_a_changed_package(sit: Sit, tmp_path: Path) -> None:
    sent = package(tmp_path, 1)
    sent.write_bytes(sent.read_bytes() + b"words")
    person = sit(sent)
    verdict(person)
    assert not page_of(person).receipt.isVisible()
    assert not page_of(person).bring_in.isVisible()
    backup = tmp_path / "backup.pem"
    backup.write_bytes(to_key_file(COUNTRY, WORDS))
    keys.restore_key(backup, WORDS, in_file=True)
    person.hand_in(package(tmp_path, 2, signer=COUNTRY))
    assert "your own key" in verdict(person)[1]
    assert not page_of(person).receipt.isVisible()
    assert page_of(person).bring_in.isVisible()


def test_what_is_a_package_by_its_name() -> None:
    assert is_package(Path("a.zip"))
    assert is_package(Path("A.ZIP.AGE"))
    assert not is_package(Path("a.age"))
    assert not is_package(Path("a.adesk"))
