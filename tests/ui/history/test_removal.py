"""Removing for good, from the question to what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.text.model import Text
from desktop_app.services.attachments import attach, file_of
from desktop_app.services.backups import list_backups, make_backup
from desktop_app.services.open_report import OpenReport
from desktop_app.storage.report_file import ReportFile
from desktop_app.ui.history.removal import Removal
from desktop_app.ui.history.removal_dialog import RemovalDialog
from desktop_app.ui.parts import Tone, Words
from tests.ui.history.conftest import Pasts, said, until

PATH = "cover.authority"
LIST = "T1.planned"
Shower = Callable[[QWidget], QWidget]


class Told:
    """What was told, and the errands that were asked for; they are run at once."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.tones: list[object] = []
        self.errands: list[str] = []

    def hear(self, words: str, tone: object) -> None:
        self.words.append(words)
        self.tones.append(tone)

    def run(self, words: str, work: Callable[[object], object], then: Callable[[object], None]) -> None:
        self.errands.append(words)
        then(work(None))


Asker = Callable[[OpenReport, str], tuple[RemovalDialog, Told]]


@pytest.fixture
def ask(qtbot: QtBot, shown: Shower, past_of: Pasts) -> Iterator[Asker]:
    """Asks for the removal of a place; gives the dialog."""
    dialogs: list[RemovalDialog] = []

    def begin(opened: OpenReport, path: str) -> tuple[RemovalDialog, Told]:
        window = shown(QWidget())
        removal, told = Removal(past_of(opened), path, window), Told()
        removal.told.connect(told.hear)
        removal.errand_wanted.connect(told.run)
        dialogs.append(removal.begin())
        qtbot.waitExposed(dialogs[-1])
        return dialogs[-1], told

    yield begin
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def write(opened: OpenReport, path: str, words: str) -> None:
    opened.session.set_value(path, Text.plain(words))


def remove(dialog: RemovalDialog, reason: str = "A name") -> None:
    dialog.reason.setText(reason)
    QTest.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)


def holds(path: Path, words: str) -> bool:
    return words.encode() in path.read_bytes()


def test_a_reason_is_required(norway: OpenReport, ask: Asker) -> None:
    write(norway, PATH, "Jane Doe")
    dialog, told = ask(norway, PATH)
    assert not dialog.remove.isEnabled()
    dialog.reason.setText("   ")
    assert not dialog.remove.isEnabled()
    dialog.reject()
    assert norway.session.report.value(PATH) == Text.plain("Jane Doe")
    assert told.words == []


def test_what_becomes_of_what_was_submitted_is_said_before(norway: OpenReport, ask: Asker) -> None:
    def words(dialog: RemovalDialog) -> str:
        return "\n".join(each.text() for each in dialog.findChildren(Words))

    before = ask(norway, "cover.authority")[0]
    assert "exported again" not in words(before)
    before.reject()
    norway.session.submit()
    norway.session.amend()
    dialog, _told = ask(norway, "cover.authority")
    assert "The answers of what was submitted stay as they were sent." in words(dialog)
    assert "its workbook leaves out removed rows and comments that you remove here." in words(dialog)
    dialog.reject()


def test_the_words_are_gone_from_the_place_and_its_history(
    qtbot: QtBot, norway: OpenReport, ask: Asker
) -> None:
    write(norway, PATH, "Jane Doe")
    write(norway, PATH, "Ministry")
    assert norway.journal.flush(10)
    assert holds(norway.path, "Jane Doe")
    dialog, told = ask(norway, PATH)
    dialog.backups.setChecked(False)
    remove(dialog)
    assert norway.session.report.value(PATH) is None
    assert not norway.session.can_undo
    until(qtbot, lambda: bool(told.words))
    assert not holds(norway.path, "Jane Doe")
    assert told.words == [
        "Removed for good: Cover, Authority or ministry. Backups made before still hold the words."
    ]
    assert told.tones == [Tone.SUCCESS]


@pytest.mark.parametrize("is_submitted", [False, True])
def test_attached_files_go_too_unless_a_submission_holds_them(
    qtbot: QtBot, norway: OpenReport, ask: Asker, is_submitted: bool
) -> None:
    attach(norway.session, PATH, [file_of("names.txt", b"Jane Doe and others")])
    if is_submitted:
        norway.session.submit()
        norway.session.take_back("A name was in it")
    assert norway.journal.flush(10)
    assert holds(norway.path, "Jane Doe")
    dialog, told = ask(norway, PATH)
    remove(dialog)
    until(qtbot, lambda: bool(told.words))
    assert norway.session.report.attached == {}
    assert holds(norway.path, "Jane Doe") is is_submitted
    sentence = "The attached file “names.txt” stays in the report file, because a submission"
    assert any(sentence in words for words in told.words) is is_submitted


def test_a_row_goes_with_all_its_fields(norway: OpenReport, ask: Asker) -> None:
    row = norway.session.add_row(LIST, {"description": Text.plain("Jane Doe was heard")})
    dialog, _told = ask(norway, f"{LIST}/{row}")
    remove(dialog)
    row_list = norway.session.report.lists[LIST]
    assert row_list.rows == []
    assert row_list.bin[row].values == {}
    assert norway.journal.flush(10)
    assert not holds(norway.path, "Jane Doe")


def test_other_places_with_the_words_are_named_and_can_be_chosen(
    qtbot: QtBot, norway: OpenReport, ask: Asker
) -> None:
    write(norway, PATH, "Jane Doe")
    write(norway, "cover.contact", "Ask Jane Doe")
    row = norway.session.add_row(LIST, {"description": Text.plain("Jane Doe was heard")})
    dialog, told = ask(norway, PATH)
    dialog.backups.setChecked(False)
    dialog.words.setText("jane doe")
    until(qtbot, lambda: len(dialog.findChildren(QCheckBox)) == 3)
    boxes = {box.text(): box for box in dialog.findChildren(QCheckBox)}
    boxes["Cover, Contact"].setChecked(True)
    remove(dialog)
    until(qtbot, lambda: bool(told.words))
    assert norway.session.report.value("cover.contact") is None
    assert norway.session.report.lists[LIST].rows[0].id == row
    assert "1 other place was emptied too." in told.words[0]
    assert told.words[0].endswith("The words still stand here: Target 1, planned action 1, Description")
    assert told.tones == [Tone.WARNING]


def test_words_that_stand_nowhere_else(qtbot: QtBot, norway: OpenReport, ask: Asker) -> None:
    write(norway, PATH, "Jane Doe")
    dialog, _told = ask(norway, PATH)
    dialog.words.setText("Jane")
    until(qtbot, lambda: "They stand nowhere else in this file." in said(dialog))
    dialog.words.setText("")
    until(qtbot, lambda: "They stand nowhere else in this file." not in said(dialog))
    dialog.reject()


def test_nothing_moves_when_the_search_answers(qtbot: QtBot, norway: OpenReport, ask: Asker) -> None:
    write(norway, PATH, "Jane Doe")
    for number in range(6):
        norway.session.add_row(LIST, {"description": Text.plain(f"Jane Doe {number}")})
    dialog, _told = ask(norway, PATH)
    before = dialog.size(), dialog.backups.pos(), dialog.remove.pos()
    dialog.words.setText("Jane Doe")
    until(qtbot, lambda: len(dialog.findChildren(QCheckBox)) == 7)
    until(
        qtbot,
        lambda: all(box.height() >= box.sizeHint().height() for box in dialog.findChildren(QCheckBox)),
    )
    assert (dialog.size(), dialog.backups.pos(), dialog.remove.pos()) == before
    dialog.reject()


def test_it_says_that_the_whole_answer_goes(norway: OpenReport, ask: Asker) -> None:
    row = norway.session.add_row(LIST, {"description": Text.plain("Jane Doe was heard")})
    write(norway, PATH, "Jane Doe")
    dialog, _told = ask(norway, PATH)
    words = "\n".join(said(dialog))
    assert (
        "The whole answer at “Cover, Authority or ministry” is removed, with every earlier version of it."
        " Write it again afterwards without the name."
    ) in words
    assert "Look for the same words elsewhere" in words
    assert "packages already exported still hold the words" in words
    dialog.reject()
    dialog, _told = ask(norway, f"{LIST}/{row}")
    assert any("The whole row “Target 1, planned action 1” is removed" in words for words in said(dialog))
    dialog.reject()


def test_enter_in_the_reason_moves_on(norway: OpenReport, ask: Asker) -> None:
    write(norway, PATH, "Jane Doe")
    dialog, _told = ask(norway, PATH)
    dialog.reason.setFocus()
    QTest.keyClicks(dialog.reason, "A name")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.focusWidget() is dialog.words
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    assert dialog.isVisible() and norway.session.report.value(PATH) == Text.plain("Jane Doe")
    dialog.reject()


def test_backups_lose_the_words_too(qtbot: QtBot, norway: OpenReport, ask: Asker) -> None:
    write(norway, PATH, "Jane Doe")
    assert norway.journal.flush(10)
    backup = make_backup(norway.path, "by hand")
    assert holds(backup.path, "Jane Doe")
    dialog, told = ask(norway, PATH)
    assert dialog.backups.isChecked()
    remove(dialog)
    until(qtbot, lambda: len(told.words) == 2)
    assert told.errands == ["Removing the words from the backups …"]
    assert told.words[-1].endswith("The words were removed from 1 backup too.")
    (kept,) = list_backups(norway.path)
    assert not holds(kept.path, "Jane Doe")
    with ReportFile.open(kept.path, "read") as file:
        assert [summary.country for summary in file.reports()] == ["NO"]


def test_without_backups_that_is_said(qtbot: QtBot, norway: OpenReport, ask: Asker) -> None:
    write(norway, PATH, "Jane Doe")
    dialog, told = ask(norway, PATH)
    assert dialog.backups.isChecked()
    remove(dialog)
    until(qtbot, lambda: len(told.words) == 2)
    assert told.words[-1].endswith("No backup held the words.")


def test_a_backup_that_refuses_is_named(qtbot: QtBot, norway: OpenReport, ask: Asker) -> None:
    write(norway, PATH, "Jane Doe")
    assert norway.journal.flush(10)
    backup = make_backup(norway.path, "by hand")
    dialog, told = ask(norway, PATH)
    assert dialog.backups.isChecked()
    content = backup.path.read_bytes()
    backup.path.write_bytes(content[: len(content) // 2])
    remove(dialog)
    until(qtbot, lambda: len(told.words) == 2)
    assert "Nothing was removed from the backup" in told.words[-1]
    assert told.tones[-1] is Tone.WARNING


def test_that_the_words_are_gone_is_not_said_before_they_are(
    qtbot: QtBot, norway: OpenReport, ask: Asker
) -> None:
    write(norway, PATH, "Jane Doe")
    assert norway.journal.flush(10)
    dialog, told = ask(norway, PATH)
    dialog.backups.setChecked(False)
    folder = norway.path.parent
    away = folder.with_name("away")
    folder.rename(away)
    remove(dialog)
    until(qtbot, lambda: bool(told.words))
    assert "The words leave the file as soon as it can be written" in told.words[0]
    assert "Removed for good" not in told.words[0]
    assert told.tones == [Tone.WARNING]
    away.rename(folder)
    assert norway.journal.flush(10)
    assert not holds(norway.path, "Jane Doe")
