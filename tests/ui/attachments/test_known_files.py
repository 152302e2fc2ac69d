"""What this program made is opened where it is dropped; chosen to be attached, it is asked about first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop_app.exchange.package import write_package
from desktop_app.exchange.proof.key_files import write_key_file
from desktop_app.exchange.proof.receipts import write_receipt
from desktop_app.exchange.proof.signing import SigningKey
from desktop_app.exchange.sending import Sending
from desktop_app.report.paths import row_path
from desktop_app.runtime.paths import documents_folder
from desktop_app.ui.pages.page import page_around
from desktop_app.ui.pages.page_stack import KEYS_PAGE
from desktop_app.ui.parts import Button
from desktop_app.ui.rows.row_menu import RowStep
from tests.support.dropping import drag_away, drag_over, drop, files_in_hand
from tests.support.small_form import filled_report
from tests.support.window_steps import Person
from tests.ui.attachments.test_in_the_window import (
    AUTHORITY,
    card,
    field,
    files_at,
    first_row,
    hint,
    lines,
)

Make = Callable[..., Path]
RECEIPT = write_receipt({"package": "al-s1.zip", "submission": 1}, None)
KEY = write_key_file(SigningKey(bytes(range(32))), "Secretariat")


class Opened(list[list[str]]):
    """The names of what the window was asked to open, each time."""

    def note(self, files: list[Path]) -> None:
        self.append([file.name for file in files])


@pytest.fixture
def opened(person: Person) -> Opened:
    """What is dropped onto the example's window, besides what its program does with it."""
    noted = Opened()
    person.window.files_dropped.connect(noted.note)
    return noted


class Dialog:
    """Stands in for the system's dialog: what is chosen in it, and in which folders it was opened."""

    def __init__(self, *chosen: Path) -> None:
        self.chosen, self.folders = [str(path) for path in chosen], list[Path]()

    def __call__(self, _parent: object, _title: str, folder: str, _kinds: str) -> tuple[list[str], str]:
        self.folders.append(Path(folder))
        return self.chosen, ""


def choosing(monkeypatch: pytest.MonkeyPatch, *chosen: Path) -> Dialog:
    dialog = Dialog(*chosen)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", dialog)
    return dialog


def attach_to_first_row(person: Person) -> str:
    """By the menu of the row; returns where the row is."""
    _shown, path, view = first_row(person)
    view.step_requested.emit(view.row_id, RowStep.ATTACH)
    return path


@pytest.mark.parametrize("content", [RECEIPT, KEY])
def test_what_is_known_is_opened_and_other_files_are_attached(
    person: Person, opened: Opened, make: Make, content: bytes
) -> None:
    _card, path, view = first_row(person)
    drop(view, make("known (1).json", content), make())
    person.until(lambda: opened == [["known (1).json"]])
    assert files_at(person, path) == ["plan.pdf"]


def test_a_package_on_a_row_is_opened(person: Person, opened: Opened, tmp_path: Path) -> None:
    package = write_package(filled_report(), tmp_path / "sent", Sending(documents=False)).path
    _card, path, view = first_row(person)
    drop(view, package)
    person.until(lambda: opened == [[package.name]])
    person.until(lambda: not person.desk._errands.is_busy)
    assert files_at(person, path) == []


def test_a_report_file_on_a_row_is_opened(person: Person, opened: Opened) -> None:
    """The very one that is open here: nothing is to be done."""
    path = person.desk._keeper.path
    assert path is not None
    drop(first_row(person)[2], path)
    person.until(lambda: opened == [[path.name]])
    assert person.desk._keeper.path == path


def test_the_tag_says_which_of_the_two_will_happen(person: Person, make: Make) -> None:
    _card, _path, view = first_row(person)
    receipt, plan = make("a.json", RECEIPT), make()
    drag_over(view, receipt)
    person.until(lambda: hint(person.window) == "Drop to open")
    drag_away(view)
    drag_over(view, receipt, plan)
    mixed = "Drop to attach to Target 1, planned action 1; what this program made is opened"
    person.until(lambda: hint(person.window) == mixed)
    drag_away(view)


def test_pasting_is_as_dropping(person: Person, opened: Opened, make: Make) -> None:
    _card, path, view = first_row(person)
    QGuiApplication.clipboard().setMimeData(files_in_hand([make("a.json", RECEIPT)]))
    person.qtbot.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: opened == [["a.json"]])
    assert files_at(person, path) == []
    QGuiApplication.clipboard().clear()


def test_a_key_leads_to_the_page_of_keys(person: Person, make: Make) -> None:
    drop(first_row(person)[2], make("key.json", KEY))
    person.until(lambda: person.view.pages.shown == KEYS_PAGE)
    person.until(lambda: "Secretariat" in person.window.notice.words)


def test_chosen_in_the_menu_it_is_asked_about(
    person: Person, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, make("al.receipt.json", RECEIPT))
    path = attach_to_first_row(person)
    notice = person.window.notice
    person.until(lambda: "“al.receipt.json” is the receipt of a submission" in notice.words)
    assert files_at(person, path) == []
    person.until(lambda: isinstance(person.window.focusWidget(), Button))
    person.press("Attach it all the same")
    person.until(lambda: files_at(person, path) == ["al.receipt.json"])


def test_the_question_does_not_hide_what_could_not_be_attached(
    person: Person, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    too_large = make("large.bin", bytes(15 * 1024**2 + 1))
    choosing(monkeypatch, too_large, make("al.receipt.json", RECEIPT))
    path = attach_to_first_row(person)
    notice = person.window.notice
    person.until(lambda: "“al.receipt.json” is the receipt of a submission" in notice.words)
    assert "“large.bin” is larger than" in notice.words
    person.press("Attach it all the same")
    person.until(lambda: files_at(person, path) == ["al.receipt.json"])


def test_what_was_attached_by_the_menu_is_shown_and_told(
    person: Person, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.window.resize(900, 420)
    choosing(monkeypatch, make())
    shown = card(person)
    row_id = shown.context.row_list.rows[0].id
    shown.edit_row(row_id)
    editor = shown.rows.editor
    assert editor is not None
    editor.step_requested.emit(row_id, RowStep.ATTACH)
    path = row_path(shown.context.path, row_id)
    person.until(lambda: files_at(person, path) == ["plan.pdf"])
    person.until(lambda: "Attached to Target 1, planned action 1: plan.pdf" in person.window.notice.words)
    person.until(lambda: bool(lines(editor)) and lines(editor)[0].isAncestorOf(person.window.focusWidget()))
    line = lines(editor)[0]
    page = page_around(line)
    assert page is not None
    assert line.visibleRegion().boundingRect() == line.rect()
    editor.step_requested.emit(row_id, RowStep.ATTACH)
    person.until(lambda: "already" in person.window.notice.words)
    assert files_at(person, path) == ["plan.pdf"]


def test_the_keyboard_is_left_to_who_writes_elsewhere_by_then(
    person: Person, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, make("large.bin", bytes(8_000_000)))
    attach_to_first_row(person)
    line = field(person)
    person.until(lambda: "large.bin" in person.window.notice.words)
    assert person.window.focusWidget() is line


def test_the_dialog_begins_where_files_were_chosen_last(
    person: Person, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = make()
    dialog = choosing(monkeypatch, plan)
    field(person)
    person.view.pages.attach_here()
    person.view.pages.attach_here()
    assert dialog.folders == [documents_folder(), plan.parent]
    person.until(lambda: files_at(person, AUTHORITY) == ["plan.pdf"])
    path = person.desk._keeper.path
    person.leave()
    again = Person.at_the_desk(person.qtbot, person.folder, path)
    assert again.window.attach_folder == str(plan.parent)
    again.leave()
