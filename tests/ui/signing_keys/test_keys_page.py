"""The page of keys used as a person uses it: with a key store, without one, and with one that waits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.exchange.proof.key_files import write_key_file
from desktop_app.exchange.proof.public_key import to_pem
from desktop_app.exchange.proof.signing import SigningKey, to_key_file
from desktop_app.services import keys
from desktop_app.services.demo import fresh_example
from desktop_app.services.key_book import book_path
from desktop_app.ui.menus import Step
from desktop_app.ui.parts import Button, ButtonKind
from desktop_app.ui.signing_keys.files import file_name
from desktop_app.ui.signing_keys.keys_page import KeysPage
from tests.support.key_store import use_key_store
from tests.support.window_steps import Person

WORDS = "four words of mine"
SECRETARIAT = SigningKey(bytes(range(32)))

At = Callable[..., Person]


@pytest.fixture
def at_keys(qtbot: QtBot, tmp_path: Path) -> Iterator[At]:
    """Somebody on the page of keys, of a report or alone."""
    people: list[Person] = []

    def begin(path: Path | None = None) -> Person:
        person = Person.at_the_desk(qtbot, tmp_path, path)
        people.append(person)
        person.window.menus.step_chosen.emit(Step.SIGNING_KEYS)
        rest(person)
        return person

    yield begin
    for person in people:
        person.leave()


@pytest.fixture
def asking(at_keys: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> At:
    """Somebody who has just asked for a key where there is a key store, which may have a manner."""

    def begin(manner: str = "") -> Person:
        use_key_store(monkeypatch, tmp_path, manner)
        person = at_keys()
        person.press("Make a key")
        return person

    return begin


def page_of(person: Person) -> KeysPage:
    page = person.window.view.pages.page if person.window.view is not None else person.window.lone
    assert isinstance(page, KeysPage)
    return page


def rest(person: Person) -> None:
    """Until nothing is under way."""
    signing_keys = person.desk._signing_keys
    person.until(lambda: signing_keys._work is not None and signing_keys._work._job is None)


def said(person: Person) -> str:
    return "\n".join(label.text() for label in page_of(person).findChildren(QLabel) if label.isVisible())


def fill(person: Person, name: str, words: str) -> None:
    line = person.find(QLineEdit, name, page_of(person))
    line.setText(words)


def make_under_passphrase(person: Person) -> None:
    person.press("Make a key")
    rest(person)
    fill(person, "New passphrase", WORDS)
    fill(person, "The same", WORDS)
    person.press("Make the key")
    rest(person)


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """What the person chooses in the system's dialogs from now on; None: nothing."""
    chosen = "" if path is None else str(path)
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_arguments, **_options: (chosen, ""))


def key_file(folder: Path, key: SigningKey = SECRETARIAT, name: str = "Secretariat") -> Path:
    path = folder / f"{name}.json"
    path.write_bytes(write_key_file(key, name))
    return path


def drop(page: KeysPage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keyboard = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keyboard)
    QApplication.sendEvent(page.viewport(), entering)
    assert entering.isAccepted()
    dropping = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keyboard)
    QApplication.sendEvent(page.viewport(), dropping)
    assert dropping.isAccepted()


# Our own key.


def test_with_a_key_store_a_key_is_made_in_one_step(
    at_keys: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_key_store(monkeypatch, tmp_path)
    person = at_keys()
    assert "There is no key on this computer yet." in said(person)
    person.press("Make a key")
    rest(person)
    own = keys.own_key()
    assert own is not None
    assert page_of(person).own.fingerprint.words == own.fingerprint
    assert "in the key store of this system" in said(person)
    assert person.window.notice.words.startswith("Your key is made.")
    person.press("Copy: Fingerprint of your key")
    assert QGuiApplication.clipboard().text() == own.fingerprint
    page_of(person).own.back_up.click()
    # Nobody types the passphrase of a key that has none.
    labels = [line.accessibleName() for line in page_of(person).findChildren(QLineEdit) if line.isVisible()]
    assert labels == ["New passphrase of the backup", "The same again"]


def test_without_one_it_is_kept_under_a_passphrase_that_can_be_one(at_keys: At) -> None:
    person = at_keys()
    person.press("Make a key")
    rest(person)
    assert "This system has no key store." in said(person)
    fill(person, "New passphrase", "short")
    person.press("Make the key")
    assert "characters" in page_of(person).own.form.fresh._wrong.text()  # type: ignore[union-attr]
    fill(person, "New passphrase", WORDS)
    fill(person, "The same", "something else")
    person.press("Make the key")
    assert "The two lines are not the same." in said(person)
    assert keys.own_key() is None
    fill(person, "The same", WORDS)
    person.press("Make the key")
    rest(person)
    own = keys.own_key()
    assert own is not None
    assert own.path is not None
    assert own.path.exists()
    assert page_of(person).own.form is None
    assert person.window.focusWidget() is page_of(person).own.back_up
    assert own.fingerprint == page_of(person).own.fingerprint.words


def test_esc_and_cancel_take_away_what_is_asked(at_keys: At) -> None:
    person = at_keys()
    for leave in (lambda: person.key(Qt.Key.Key_Escape), lambda: person.press("Cancel", page_of(person))):
        person.press("Make a key")
        rest(person)
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        leave()
        assert page_of(person).own.form is None
        assert QApplication.focusWidget() is page_of(person).own.make
    assert keys.own_key() is None


def test_the_public_key_is_saved_with_a_name_and_never_over_another_file(
    at_keys: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = at_keys()
    make_under_passphrase(person)
    place = tmp_path / "ministry.json"
    choose(monkeypatch, place)
    person.press("Save the public key")
    fill(person, "Name that others see", "  ")
    person.press("Choose where")
    assert "Type a name first" in said(person)
    fill(person, "Name that others see", "Ministry of Justice")
    person.press("Choose where")
    assert "Type the passphrase first." in said(person)
    fill(person, "Passphrase of your key", "other words of mine")
    person.press("Choose where")
    rest(person)
    assert "passphrase" in said(person)
    assert not place.exists()
    fill(person, "Passphrase of your key", WORDS)
    person.press("Choose where")
    rest(person)
    facts = json.loads(place.read_bytes())
    assert facts["name"] == "Ministry of Justice"
    assert person.window.notice.words.startswith("Your public key is saved")
    person.press("Save the public key")
    fill(person, "Name that others see", "Ministry")
    fill(person, "Passphrase of your key", WORDS)
    person.press("Choose where")
    rest(person)
    assert "ministry.json" in said(person)
    assert json.loads(place.read_bytes())["name"] == "Ministry of Justice"


def test_nothing_is_saved_where_no_place_is_chosen(asking: At, monkeypatch: pytest.MonkeyPatch) -> None:
    person = asking()
    rest(person)
    choose(monkeypatch, None)
    person.press("Save the public key")
    fill(person, "Name that others see", "Ministry")
    person.press("Choose where")
    # What was typed is there for another try.
    assert person.find(QLineEdit, "Name that others see").text() == "Ministry"
    person.press("Cancel", page_of(person))
    person.press("Restore a backup")
    person.press("Add a key")
    assert page_of(person).own.form is None


def test_a_backup_is_made_and_restored(at_keys: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = at_keys()
    make_under_passphrase(person)
    before = keys.own_key()
    backup = tmp_path / "backup"
    choose(monkeypatch, backup)
    person.press("Make a backup")
    fill(person, "Passphrase of your key", WORDS)
    fill(person, "New passphrase of the backup", "the words of the backup")
    fill(person, "The same", "the words of the backup")
    person.press("Choose where")
    rest(person)
    backup = tmp_path / "backup.pem"
    assert backup.exists()
    # Another computer: nothing of the key is there.
    book_path().unlink()
    keys.key_path().unlink()
    page_of(person).enter()
    rest(person)
    assert "There is no key on this computer yet." in said(person)
    choose(monkeypatch, backup)
    person.press("Restore a backup")
    fill(person, "Passphrase of the backup", "no such words")
    person.press("Restore it")
    rest(person)
    assert page_of(person).own.form is not None
    assert keys.own_key() is None
    fill(person, "Passphrase of the backup", "the words of the backup")
    person.press("Restore it")
    rest(person)
    after = keys.own_key()
    assert before is not None
    assert after is not None
    assert after.fingerprint == before.fingerprint == page_of(person).own.fingerprint.words


def test_a_key_in_its_file_that_nothing_is_known_of_is_restored_not_made_anew(at_keys: At) -> None:
    person = at_keys()
    make_under_passphrase(person)
    book_path().unlink()
    page_of(person).enter()
    rest(person)
    assert "Your key is in its file under its passphrase." in said(person)
    assert not page_of(person).own.make.isVisible()


def test_another_key_is_replaced_only_when_that_is_meant(
    asking: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = asking()
    rest(person)
    present = keys.own_key()
    assert present is not None
    backup = tmp_path / "other.pem"
    backup.write_bytes(to_key_file(SECRETARIAT, WORDS))
    choose(monkeypatch, backup)
    person.press("Restore a backup")
    fill(person, "Passphrase of the backup", WORDS)
    person.press("Restore it")
    rest(person)
    assert present.fingerprint in said(person)
    assert "There is another key already" in said(person)
    assert keys.own_key() == present
    person.press("Replace it")
    rest(person)
    assert page_of(person).own.fingerprint.words == SECRETARIAT.fingerprint
    own = keys.own_key()
    assert own is not None
    assert own.fingerprint == SECRETARIAT.fingerprint


def test_what_is_no_backup_is_refused(at_keys: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = at_keys()
    choose(monkeypatch, tmp_path / "gone.pem")
    person.press("Restore a backup")
    fill(person, "Passphrase of the backup", WORDS)
    person.press("Restore it")
    rest(person)
    assert "cannot be read" in said(person)


def test_waiting_for_a_key_store_is_told_and_given_up(asking: At) -> None:
    person = asking("hangs")
    notice = person.window.notice
    person.until(lambda: notice.isVisible() and notice.words.startswith("Asking the key store"))
    assert not page_of(person).own.isEnabled()
    person.press("Cancel", notice)
    rest(person)
    person.until(lambda: page_of(person).own.isEnabled())
    assert "Given up. Nothing was changed." in said(person)
    assert not notice.isVisible()
    assert keys.own_key() is None


def test_the_window_closes_while_a_key_store_does_not_answer(asking: At) -> None:
    person = asking("hangs")
    person.window.close()
    assert not person.window.isVisible()
    assert keys.own_key() is None


def test_a_locked_key_store_leaves_the_way_of_a_passphrase(asking: At) -> None:
    person = asking("locked")
    rest(person)
    assert "is locked, or did not answer." in said(person)
    fill(person, "New passphrase", WORDS)
    fill(person, "The same", WORDS)
    person.press("Make the key")
    rest(person)
    assert keys.own_key() is not None


def test_a_list_of_keys_that_cannot_be_read_is_told(at_keys: At) -> None:
    book_path().parent.mkdir(parents=True, exist_ok=True)
    book_path().write_text("{", "utf-8")
    person = at_keys()
    assert "The list of keys cannot be read" in said(person)


# Keys of others.


def test_a_key_is_dropped_compared_and_confirmed(at_keys: At, tmp_path: Path) -> None:
    person = at_keys()
    drop(page_of(person), key_file(tmp_path))
    rest(person)
    (card,) = page_of(person).partners.cards
    assert card.fingerprint.words == SECRETARIAT.fingerprint
    assert QApplication.focusWidget() is card.compare
    assert [each.confirmed for each in keys.partners()] == [False]
    person.press("Compare and confirm")
    assert "Have the fingerprint read out" in said(person)
    person.press("Not now")
    assert QApplication.focusWidget() is card.compare
    person.press("Compare and confirm")
    person.press("All groups are the same")
    rest(person)
    assert [each.confirmed for each in keys.partners()] == [True]
    (card,) = page_of(person).partners.cards
    assert not card.compare.isVisible()
    assert "can be encrypted for them" in said(person)
    assert person.window.notice.words == "The key of Secretariat is confirmed."
    drop(page_of(person), key_file(tmp_path))
    rest(person)
    assert person.window.notice.words == "The key of Secretariat was here already."


def test_a_key_that_differs_is_removed_after_a_question(
    at_keys: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = at_keys()
    choose(monkeypatch, key_file(tmp_path))
    person.press("Add a key")
    rest(person)
    person.press("Compare and confirm")
    person.press("They differ")
    person.press("Keep it")
    assert len(keys.partners()) == 1
    person.press("Remove")
    person.key(Qt.Key.Key_Escape)
    person.press("Remove")
    person.press("Remove it")
    rest(person)
    assert keys.partners() == []
    assert page_of(person).partners.cards == []
    assert person.window.notice.words == "The key of Secretariat is removed."


def test_files_that_are_no_keys_of_others_are_refused(at_keys: At, tmp_path: Path) -> None:
    person = at_keys()
    make_under_passphrase(person)
    own = keys.open_key(WORDS)
    garbage, private = tmp_path / "words.json", tmp_path / "private.pem"
    garbage.write_text("no key", "utf-8")
    private.write_bytes(to_key_file(SECRETARIAT, WORDS))
    refused = {
        garbage: "words.json",
        private: "private key",
        tmp_path / "gone.json": "cannot be read",
        key_file(tmp_path, own, "Mine"): "holds your own key",
    }
    for path, words in refused.items():
        drop(page_of(person), path)
        rest(person)
        assert words in page_of(person)._failure.words
    assert keys.partners() == []


def test_a_key_without_one_for_encryption_says_so(at_keys: At, tmp_path: Path) -> None:
    pem = tmp_path / "Secretariat.pem"
    pem.write_bytes(to_pem(SECRETARIAT.public_key))
    keys.confirm_partner(keys.add_partner(pem).fingerprint)
    person = at_keys()
    assert "Nothing can be encrypted for them" in said(person)


def test_what_it_has_settled_is_shown_as_settled(
    at_keys: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy, settled = tmp_path / "policy.toml", key_file(tmp_path)
    names = [str(settled), str(tmp_path / "missing.json")]
    policy.write_text(f"secretariat_keys = {json.dumps(names)}\n", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    person = at_keys()
    (card,) = page_of(person).partners.cards
    assert not card.compare.isVisible()
    assert not card.remove.isVisible()
    assert "missing.json" in said(person)
    assert card.partner.fixed


# The page among others.


def test_in_a_report_the_keyboard_is_at_what_most_want(at_keys: At, tmp_path: Path) -> None:
    person = at_keys(fresh_example(tmp_path))
    assert person.window.focusWidget() is page_of(person).own.make
    outstanding = [
        button.text()
        for button in person.window.findChildren(Button)
        if button.isVisible() and button._kind is ButtonKind.PRIMARY
    ]
    assert outstanding == ["&Make a key"]


def test_in_a_report_one_comes_from_sending_and_goes_back_there(at_keys: At, tmp_path: Path) -> None:
    person = at_keys(fresh_example(tmp_path))
    view = person.window.view
    assert view is not None
    assert view.pages.shown == "#keys"
    view.show_send()
    person.until(lambda: person.window.findChild(QWidget) is not None and "no key" in all_words(person))
    person.press("Make a key")
    rest(person)
    assert view.pages.shown == "#keys"
    person.press("Back", page_of(person))
    assert view.pages.shown == "#send"


def all_words(person: Person) -> str:
    return "\n".join(label.text() for label in person.window.findChildren(QLabel) if label.isVisible())


def test_what_was_asked_is_not_asked_any_more_when_the_page_is_left(at_keys: At, tmp_path: Path) -> None:
    person = at_keys(fresh_example(tmp_path))
    person.press("Make a key")
    rest(person)
    page, view = page_of(person), person.window.view
    assert view is not None
    fill(person, "New passphrase", WORDS)
    view.show_page("T1")
    assert page.own.form is None
    person.window.menus.step_chosen.emit(Step.SIGNING_KEYS)
    rest(person)
    assert page_of(person) is page


def test_alone_it_leads_back_to_the_first_page(at_keys: At) -> None:
    person = at_keys()
    person.press("Back", page_of(person))
    assert person.window.start_page is not None


def test_every_control_has_a_name(at_keys: At, tmp_path: Path) -> None:
    keys.add_partner(key_file(tmp_path))
    person = at_keys()
    make_under_passphrase(person)
    person.press("Make a backup")
    person.press("Compare and confirm")
    controls = [
        widget
        for widget in page_of(person).findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) > 10
    names = [QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name) for widget in controls]
    assert all(names)


@pytest.mark.parametrize(
    ("words", "name"),
    [("Ministry of Justice", "Ministry-of-Justice"), ("../a", "a"), (" ", "key"), ("Ä" * 80, "Ä" * 60)],
)
def test_a_name_makes_a_name_of_a_file(words: str, name: str) -> None:
    assert file_name(words) == name
