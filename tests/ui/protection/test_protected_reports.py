"""Report files with a passphrase, in the window: asked for in place, never in the way of the words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.report.changes import OperationKind
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.services.backups import BY_HAND, list_backups, make_backup
from desktop_app.services.demo import example_report
from desktop_app.services.protection import protect
from desktop_app.services.reports import keep_report, read_report
from desktop_app.services.verifying import verify
from desktop_app.storage.format import is_plain
from desktop_app.storage.protection import Key
from desktop_app.ui.menus import Step
from desktop_app.ui.notice import NoticeLine
from desktop_app.ui.pages.lone_page import LonePage
from desktop_app.ui.pages.page import settle
from desktop_app.ui.parts import Words
from desktop_app.ui.protection.printing import send
from desktop_app.ui.protection.protect_page import ProtectPage
from desktop_app.ui.protection.recovery_key_page import RecoveryKeyPage
from desktop_app.ui.protection.unlock_page import UnlockPage
from tests.support.window_steps import Person

PASSPHRASE = "correct horse battery"
ANOTHER = "staple of another sort"
AUTHORITY = "cover.authority"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An ordinary report file with content."""
    return keep_report(tmp_path / "albania.adesk", example_report(), OperationKind.CREATE).path


@pytest.fixture
def key(path: Path) -> Key:
    """The file is protected."""
    return protect(path, PASSPHRASE).key


def words_on(page: LonePage | NoticeLine) -> str:
    return "\n".join(words.text() for words in page.findChildren(Words) if words.isVisible())


def page_of(person: Person, kind: type[LonePage]) -> LonePage:
    person.until(lambda: isinstance(person.window.lone, kind))
    page = person.window.lone
    assert page is not None
    return page


def step(person: Person, wanted: Step) -> None:
    person.window.menus.step_chosen.emit(wanted)


def put_away(person: Person) -> str:
    """The recovery key is in the safe; returns it."""
    page = page_of(person, RecoveryKeyPage)
    assert isinstance(page, RecoveryKeyPage)
    shown = "-".join(words.text() for words in page.findChildren(Words) if len(words.text()) == 5)
    page.safe.setChecked(True)
    person.press("Go on with the report")
    person.until(lambda: person.window.view is not None)
    return shown


def unlock(person: Person, passphrase: str = PASSPHRASE) -> None:
    page_of(person, UnlockPage)
    person.type(passphrase)
    person.key(Qt.Key.Key_Return)


def authority(report: Report) -> str:
    value = report.answers[AUTHORITY]
    assert isinstance(value, Text)
    return value.plain_text()


def write_authority(person: Person, words: str) -> None:
    opened = person.desk._keeper.opened
    assert opened is not None and not opened.read_only
    opened.session.set_value(AUTHORITY, Text.plain(words))


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path, path: Path, key: Key) -> Person:
    """In front of the protected report, which is open."""
    sitting = Person.at_the_desk(qtbot, tmp_path, path)
    unlock(sitting)
    sitting.until(lambda: sitting.window.view is not None)
    return sitting


# ------------------------------------------------------------------------------------- protecting


def test_a_report_gets_a_passphrase_and_goes_on(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    write_authority(person, "Before")
    step(person, Step.PROTECT)
    page = page_of(person, ProtectPage)
    assert "Packages, workbooks and whatever else you export can be read" in words_on(page)
    person.type("too short")
    person.press("Protect the file")
    assert "This passphrase is too short." in words_on(page)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    person.type(f"{PASSPHRASE}!")
    person.key(Qt.Key.Key_Return)
    assert "The two lines are not the same." in words_on(page)
    assert is_plain(path)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    paper = put_away(person)
    assert not is_plain(path)
    write_authority(person, "Afterwards")
    person.leave()
    for key in (Key.from_passphrase(path, PASSPHRASE), Key.from_recovery_key(path, paper)):
        assert authority(read_report(path, key=key)) == "Afterwards"
    # The last one made before can be read; it was said on the page of the recovery key.
    backups = list_backups(path, key=key)
    assert [backup.why for backup in backups if is_plain(backup.path)] == ["closed"]
    assert not is_plain(backups[0].path)


def test_a_recovery_key_is_not_passed_by(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    step(person, Step.PROTECT)
    page_of(person, ProtectPage)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    page = page_of(person, RecoveryKeyPage)
    assert person.find(QAbstractButton, "Print").hasFocus()
    for leaving in (Step.OPEN, Step.NEW, Step.EXAMPLE):
        step(person, leaving)
        assert person.window.lone is page
    person.desk.open_file(path)
    old, package, keys = (tmp_path / name for name in ("old.md", "package.zip", "one.key"))
    old.write_text("# Nothing that a form has\n", "utf-8")
    with zipfile.ZipFile(package, "w") as made:
        made.writestr("manifest.json", "{}")
    keys.write_text("no key", "utf-8")
    for dropped in (old, package, keys, path):
        person.hand_in(dropped)
        person.until(lambda: not person.desk._errands.is_busy)
        assert person.window.lone is page
    person.window.close()
    assert person.window.isVisible() and person.window.lone is page
    assert "First put the recovery key in a safe place" in words_on(page)
    put_away(person)
    person.leave()


def test_back_leaves_everything_as_it_was(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    step(person, Step.PROTECT)
    page_of(person, ProtectPage)
    person.press("Back")
    person.until(lambda: person.window.view is not None)
    person.leave()
    assert is_plain(path)


def test_the_steps_go_with_the_report(qtbot: QtBot, tmp_path: Path, path: Path, key: Key) -> None:
    ordinary = keep_report(tmp_path / "other.adesk", example_report(), OperationKind.CREATE).path
    person = Person.at_the_desk(qtbot, tmp_path, ordinary)
    steps = (Step.PROTECT, Step.CHANGE_PASSPHRASE, Step.UNPROTECT)

    def offered() -> tuple[bool, ...]:
        return tuple(person.window.menus._actions[one].isEnabled() for one in steps)

    assert offered() == (True, False, False)
    person.desk.open_file(path)
    unlock(person)
    person.until(lambda: person.window.view is not None)
    assert offered() == (False, True, True)
    step(person, Step.CLOSE)
    assert offered() == (False, False, False)
    person.leave()
    assert key == Key.from_passphrase(path, PASSPHRASE)


# ---------------------------------------------------------------------------------------- opening


def test_a_protected_report_asks_in_place(qtbot: QtBot, tmp_path: Path, path: Path, key: Key) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = page_of(person, UnlockPage)
    assert "“albania.adesk” is protected with a passphrase" in words_on(page)
    assert person.window.view is None
    person.key(Qt.Key.Key_Return)
    assert "Type the passphrase." in words_on(page)
    person.type("another passphrase")
    person.key(Qt.Key.Key_Return)
    person.until(lambda: "The passphrase is not right." in words_on(page))
    assert isinstance(page, UnlockPage) and page.passphrase.line.hasFocus()
    # What was wrong is selected: typing begins anew.
    person.type(PASSPHRASE)
    person.press("Open")
    person.until(lambda: person.window.view is not None)
    opened = person.desk._keeper.opened
    assert opened is not None and opened.key == key and not opened.read_only
    person.leave()


def test_the_recovery_key_opens_it_too(qtbot: QtBot, tmp_path: Path, path: Path, key: Key) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = page_of(person, UnlockPage)
    person.press("Use the recovery key instead")
    person.key(Qt.Key.Key_Return)
    assert "Type the recovery key." in words_on(page)
    person.type(f"ZZZZZ{key.recovery_key[5:]}")
    person.key(Qt.Key.Key_Return)
    person.until(lambda: "Group 1 of the recovery key has a mistake in it." in words_on(page))
    person.type(Key.new(PASSPHRASE).recovery_key)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: "This recovery key does not open" in words_on(page))
    person.type(key.recovery_key.lower().replace("-", " "))
    person.key(Qt.Key.Key_Return)
    person.until(lambda: person.window.view is not None)
    assert "You opened the report with its recovery key." in words_on(person.window.notice)
    person.press("Choose a new passphrase")
    page_of(person, ProtectPage)
    person.leave()


def test_removing_the_protection_can_be_left(person: Person, path: Path) -> None:
    step(person, Step.UNPROTECT)
    page_of(person, UnlockPage)
    person.press("Back")
    person.until(lambda: person.window.view is not None)
    assert not is_plain(path)
    person.leave()


def test_back_leads_to_the_report_that_was_open(qtbot: QtBot, tmp_path: Path, path: Path, key: Key) -> None:
    ordinary = keep_report(tmp_path / "other.adesk", example_report(), OperationKind.CREATE).path
    person = Person.at_the_desk(qtbot, tmp_path, ordinary)
    person.desk.open_file(path)
    page_of(person, UnlockPage)
    person.press("Back")
    person.until(lambda: person.window.view is not None)
    assert person.desk._keeper.path == ordinary
    person.leave()


def test_a_key_is_forgotten_with_its_file(person: Person, tmp_path: Path, path: Path) -> None:
    ordinary = keep_report(tmp_path / "other.adesk", example_report(), OperationKind.CREATE).path
    # The start page leads back to it without asking again, another file or its end does not.
    step(person, Step.NEW)
    assert person.desk.open_file(path)
    assert person.desk.open_file(ordinary)
    assert not person.desk.open_file(path)
    unlock(person)
    person.until(lambda: person.window.view is not None)
    step(person, Step.CLOSE)
    assert not person.desk.open_file(path)
    page_of(person, UnlockPage)
    person.leave()


def test_caps_lock_is_noticed(qtbot: QtBot, tmp_path: Path, path: Path, key: Key) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = page_of(person, UnlockPage)
    person.key(Qt.Key.Key_A)
    assert "Caps Lock" not in words_on(page)
    line = QApplication.focusWidget()
    qtbot.keyClicks(line, "A")
    assert "Caps Lock seems to be on." in words_on(page)
    qtbot.keyClicks(line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert "Caps Lock" not in words_on(page)
    qtbot.keyClicks(line, "a", Qt.KeyboardModifier.ShiftModifier)
    assert "Caps Lock seems to be on." in words_on(page)
    qtbot.keyClicks(line, "a1")
    assert "Caps Lock" not in words_on(page)
    person.leave()


def test_what_is_typed_is_shown_when_asked(qtbot: QtBot, tmp_path: Path, path: Path, key: Key) -> None:
    person = Person.at_the_desk(qtbot, tmp_path, path)
    page = page_of(person, UnlockPage)
    assert isinstance(page, UnlockPage)
    line = page.passphrase.line
    person.type("abc")
    assert line.displayText() != "abc"
    person.press("Show what is typed")
    assert line.displayText() == "abc"
    person.press("Hide what is typed")
    assert line.displayText() != "abc"
    person.leave()


# ----------------------------------------------------------------------- changing, taking it away


def test_tab_goes_to_the_next_line_and_a_space_shows_nothing(person: Person) -> None:
    step(person, Step.PROTECT)
    page = page_of(person, ProtectPage)
    assert isinstance(page, ProtectPage)
    first, second = page.fields.first.line, page.fields.second.line
    person.until(first.hasFocus)
    person.type("four words")
    person.key(Qt.Key.Key_Tab)
    assert second.hasFocus()
    person.type("four words")
    assert (first.text(), second.text()) == ("four words", "four words")
    assert first.echoMode() == second.echoMode() == QLineEdit.EchoMode.Password
    person.key(Qt.Key.Key_F4)
    assert (first.echoMode(), second.echoMode()) == (QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal)
    person.key(Qt.Key.Key_F4)
    assert second.echoMode() == QLineEdit.EchoMode.Password
    person.press("Back")
    person.leave()


def test_the_passphrase_is_changed(person: Person, path: Path, key: Key) -> None:
    step(person, Step.CHANGE_PASSPHRASE)
    page_of(person, ProtectPage)
    person.type(ANOTHER)
    person.key(Qt.Key.Key_Return)
    person.type(ANOTHER)
    person.press("Change the passphrase")
    paper = put_away(person)
    assert paper != key.recovery_key
    person.leave()
    read_report(path, key=Key.from_passphrase(path, ANOTHER))


def test_the_protection_is_taken_away_after_asking(person: Person, path: Path) -> None:
    assert person.window.header.protected.isVisible()
    step(person, Step.UNPROTECT)
    page = page_of(person, UnlockPage)
    assert "everybody who gets hold of “albania.adesk” can read it" in words_on(page)
    # Typing and Enter do nothing without the passphrase.
    person.key(Qt.Key.Key_Return)
    assert "Type the passphrase." in words_on(page)
    person.type("t")
    assert "Type the passphrase." not in words_on(page)
    person.key(Qt.Key.Key_Return)
    person.until(lambda: "The passphrase is not right." in words_on(page))
    assert not is_plain(path)
    person.type(PASSPHRASE)
    person.press("Remove the protection")
    person.until(lambda: person.window.view is not None and is_plain(path))
    person.until(lambda: "is not protected any more" in words_on(person.window.notice))
    assert not person.window.header.protected.isVisible()
    write_authority(person, "Afterwards")
    person.leave()
    assert authority(read_report(path)) == "Afterwards"


# ----------------------------------------------------------------------------------- recovery key


def recovery_page(qtbot: QtBot, path: Path, open_backups: int = 0) -> tuple[RecoveryKeyPage, str]:
    paper = Key.new(PASSPHRASE).recovery_key
    page = RecoveryKeyPage(path, paper, ["No backup was made."], open_backups)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    return page, paper


def test_what_is_printed_and_saved_says_what_it_is(
    qtbot: QtBot, tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, paper = recovery_page(qtbot, path)
    assert "No backup was made." in words_on(page)
    target = tmp_path / "paper.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(target), ""))
    page._on_save()
    saved = target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o600
    for number, group in enumerate(paper.split("-"), 1):
        assert f"{number:2}: {group}" in saved
    assert f"File: {path}" in saved
    assert "Do not leave it beside the report file." in words_on(page)
    page.save_to(tmp_path / "none" / "paper.txt")
    assert "There is no folder" in words_on(page)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    send(printer, page.text())
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


def test_nothing_moves_when_it_is_told_that_the_key_was_saved(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    page, _paper = recovery_page(qtbot, path)
    before = page.safe.pos(), page._go_on.pos()
    page.save_to(tmp_path / "paper.txt")
    page.ask_to_confirm()
    settle()
    assert "tick the box above" in words_on(page)
    assert (page.safe.pos(), page._go_on.pos()) == before
    page.safe.setChecked(True)
    settle()
    assert "tick the box above" not in words_on(page)
    assert (page.safe.pos(), page._go_on.pos()) == before


def test_a_copy_is_taken_off_the_clipboard(qtbot: QtBot, path: Path) -> None:
    page, paper = recovery_page(qtbot, path)
    page._on_copy()
    assert QGuiApplication.clipboard().text() == paper
    page.safe.setChecked(True)
    with qtbot.waitSignal(page.done):
        page._on_done()
    assert QGuiApplication.clipboard().text() == ""
    QGuiApplication.clipboard().setText("something else")
    page._on_done()
    assert QGuiApplication.clipboard().text() == "something else"


@pytest.mark.parametrize(
    ("pressed", "told", "left"),
    [("Protect them too", "2 backups are protected now.", 3), ("Delete them", "2 backups were deleted.", 1)],
)
def test_backups_made_before_are_seen_to(
    qtbot: QtBot, tmp_path: Path, path: Path, pressed: str, told: str, left: int
) -> None:
    make_backup(path, BY_HAND)
    make_backup(path, BY_HAND)
    person = Person.at_the_desk(qtbot, tmp_path, path)
    step(person, Step.PROTECT)
    page_of(person, ProtectPage)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    page = page_of(person, RecoveryKeyPage)
    assert "2 backups made before can still be read without the passphrase." in words_on(page)
    person.press(pressed)
    person.until(lambda: told in words_on(page))
    put_away(person)
    person.leave()
    backups = list_backups(path, key=Key.from_passphrase(path, PASSPHRASE))
    assert [is_plain(backup.path) for backup in backups] == [False] * left


def test_a_backup_with_a_passphrase_asks_for_it(qtbot: QtBot, tmp_path: Path, path: Path, key: Key) -> None:
    (backup,) = list_backups(path, key=key)
    path.unlink()
    person = Person.at_the_desk(qtbot, tmp_path)
    person.desk._protections.restore(path, backup)
    page = page_of(person, UnlockPage)
    person.type("another passphrase")
    person.key(Qt.Key.Key_Return)
    person.until(lambda: "The passphrase is not right." in words_on(page))
    unlock(person)
    person.until(lambda: person.window.view is not None)
    person.leave()
    read_report(path, key=key)


def test_a_backup_of_before_the_passphrase_is_put_back_and_it_is_told(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    backup = make_backup(path, BY_HAND)
    protect(path, PASSPHRASE)
    person = Person.at_the_desk(qtbot, tmp_path)
    person.desk._protections.restore(path, backup)
    person.until(lambda: person.window.view is not None)
    assert "so the file has none now" in person.window.notice.words
    person.leave()
    assert is_plain(path)


# -------------------------------------------------------------------------------- what IT requires


@pytest.fixture
def required(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    policy = tmp_path / "policy.toml"
    policy.write_text("require_protection = true\nno_such_rule = 1\n", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    return policy


def test_an_unprotected_report_is_read_and_offered_a_passphrase(
    qtbot: QtBot, tmp_path: Path, path: Path, required: Path
) -> None:
    before = path.read_bytes()
    person = Person.at_the_desk(qtbot, tmp_path, path)
    opened = person.desk._keeper.opened
    assert opened is not None and opened.read_only
    told = person.window.notice.words
    assert "Your IT department requires report files to be protected with a passphrase." in told
    assert f"The policy “{required}” has a rule this program does not know: “no_such_rule”." in told
    assert path.read_bytes() == before
    person.press("Protect it with a passphrase")
    page_of(person, ProtectPage)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    put_away(person)
    write_authority(person, "Afterwards")
    removing = person.window.menus._actions[Step.UNPROTECT]
    assert not removing.isEnabled() and removing.text().endswith("(switched off by your IT department)")
    person.leave()
    assert not is_plain(path)


def test_a_new_report_is_made_with_a_passphrase(
    qtbot: QtBot, tmp_path: Path, required: Path, home: Path
) -> None:
    person = Person.at_the_desk(qtbot, tmp_path)
    start = person.window.start_page
    assert start is not None and required.exists()
    target = tmp_path / "new.adesk"
    start.new.set_path(target)
    start.new._country.show_value("NO")
    person.find(Words, "Your IT department requires that report files are protected with a passphrase.")
    person.press("Start the report")
    assert "This passphrase is too short." in "\n".join(
        words.text() for words in start.findChildren(Words) if words.isVisible()
    )
    assert not target.exists()
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    put_away(person)
    write_authority(person, "Ministry")
    person.leave()
    assert authority(read_report(target, key=Key.from_passphrase(target, PASSPHRASE)))
    assert home.exists()


def test_an_old_report_is_brought_into_a_file_with_a_passphrase(
    qtbot: QtBot, tmp_path: Path, required: Path
) -> None:
    document = Path(__file__).parents[2] / "data" / "albania-2013.md"
    person = Person.at_the_desk(qtbot, tmp_path)
    target = tmp_path / "old.adesk"
    person.desk._beginnings.bring_in(document, target)
    page_of(person, ProtectPage)
    assert not target.exists() and required.exists()
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    person.type(PASSPHRASE)
    person.key(Qt.Key.Key_Return)
    put_away(person)
    assert "entries brought in" in words_on(person.window.notice)
    person.leave()
    assert not is_plain(target)


def test_a_second_report_goes_into_the_protected_file_that_is_open(
    person: Person, path: Path, key: Key
) -> None:
    document = Path(__file__).parents[2] / "data" / "albania-2013.md"
    person.desk._beginnings.bring_in(document, path)
    person.until(lambda: "entries brought in" in words_on(person.window.notice))
    person.leave()
    assert read_report(path, 2, key=key).country == "AL"


def test_a_protected_report_is_exported_from_the_window(person: Person, path: Path) -> None:
    person.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    person.press("Export a draft")
    person.until(lambda: bool(list(path.parent.glob("*.zip"))))
    (package,) = path.parent.glob("*.zip")
    assert verify(package).intact
    person.leave()
