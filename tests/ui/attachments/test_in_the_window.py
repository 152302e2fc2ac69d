"""Files on answers and entries in the window: dropped, pasted, shown, opened, saved, taken off."""

from __future__ import annotations

import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.report.attachments import attached_to
from desktop_app.report.changes import Change
from desktop_app.report.text.model import Text
from desktop_app.services.entry_session import EntrySession
from desktop_app.services.reports import read_report
from desktop_app.ui.attachments.attaching import MOST_AT_ONCE
from desktop_app.ui.attachments.dropping import Clip, DropHint
from desktop_app.ui.attachments.file_line import FileLine
from desktop_app.ui.parts import Words
from desktop_app.ui.rows.list_card import ListCard
from desktop_app.ui.rows.row_editor import RowEditor
from desktop_app.ui.rows.row_menu import RowStep, row_menu
from desktop_app.ui.rows.row_view import RowView
from tests.support.dropping import drag_away, drag_over, drop, files_in_hand
from tests.support.window_steps import Person
from tests.ui.attachments.conftest import Shown

Make = Callable[..., Path]
AUTHORITY = "cover.authority"
LIST = "T1.planned"


def session_of(person: Person) -> EntrySession:
    return person.view._session


def files_at(person: Person, path: str) -> list[str]:
    return [each.file.name for _key, each in attached_to(session_of(person).report, path)]


def lines(within: QWidget) -> list[FileLine]:
    return [line for line in within.findChildren(FileLine) if line.isVisible()]


def words(within: QWidget) -> str:
    return "\n".join(part.text() for part in within.findChildren(Words) if part.isVisible())


def hint(window: QWidget) -> str:
    found = [each for each in window.findChildren(DropHint) if each.isVisible()]
    return found[0].accessibleName() if found else ""


def field(person: Person) -> QLineEdit:
    person.view.go_to(AUTHORITY)
    found = QGuiApplication.focusObject()
    assert isinstance(found, QLineEdit)
    return found


def card(person: Person) -> ListCard:
    person.view.go_to(LIST)
    found = [each for each in person.view.findChildren(ListCard) if each.context.path == LIST]
    return found[0]


def first_row(person: Person) -> tuple[ListCard, str, RowView]:
    shown = card(person)
    row_id = shown.context.row_list.rows[0].id
    shown.focus_row(row_id)
    widget = shown.rows.row_widget(row_id)
    assert isinstance(widget, RowView)
    return shown, f"{LIST}/{row_id}", widget


def test_a_file_dropped_on_a_question_goes_with_its_answer(person: Person, make: Make) -> None:
    opened: list[object] = []
    person.window.files_dropped.connect(opened.append)
    line = field(person)
    before = line.text()
    assert drop(line, make(), make("review.xlsx", b"PK\x03\x04")) is not None
    person.until(lambda: files_at(person, AUTHORITY) == ["plan.pdf", "review.xlsx"])
    assert not opened
    person.until(lambda: "PDF document · 17 bytes" in words(person.window))
    assert line.text() == before
    assert not hint(person.window)


def test_a_row_takes_files_and_shows_them(person: Person, make: Make) -> None:
    shown, path, view = first_row(person)
    assert drop(view, make(), make("law.docx", b"PK\x03\x04")) is view
    person.until(lambda: len(files_at(person, path)) == 2)
    row_id = path.partition("/")[2]
    person.until(lambda: len(lines(shown.rows.row_widget(row_id))) == 2)  # type: ignore[arg-type]
    # Files come one by one, each a step of its own.
    person.window.undo()
    assert len(files_at(person, path)) == 1
    person.window.redo()
    assert len(files_at(person, path)) == 2


def test_while_a_file_is_dragged_its_place_says_what_will_happen(person: Person, make: Make) -> None:
    _card, _path, view = first_row(person)
    file = make()
    assert drag_over(view, file) is view
    assert hint(person.window) == "Drop to attach to Target 1, planned action 1"
    drag_away(view)
    assert not hint(person.window)
    assert drag_over(person.window, file) is person.window
    assert hint(person.window) == "Drop to open. To attach a file, drop it onto an answer or an entry."
    drag_away(person.window)
    assert drag_over(view, "https://example.org/plan.pdf") is None
    assert not hint(person.window)


def test_a_row_being_edited_takes_files_for_the_row(person: Person, make: Make) -> None:
    shown, path, _view = first_row(person)
    row_id = path.partition("/")[2]
    shown.edit_row(row_id)
    editor = shown.rows.editor
    assert isinstance(editor, RowEditor)
    target = editor.findChild(QLineEdit) or editor
    drop(target, make())
    person.until(lambda: files_at(person, path) == ["plan.pdf"])
    person.until(lambda: len(lines(editor)) == 1)
    shown.close_editor()
    person.until(lambda: len(lines(shown)) == 1)


def test_files_and_pictures_are_pasted_onto_a_row(person: Person, make: Make) -> None:
    _card, path, view = first_row(person)
    QGuiApplication.clipboard().setMimeData(files_in_hand([make()]))
    person.qtbot.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: files_at(person, path) == ["plan.pdf"])
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    view = first_row(person)[2]
    person.qtbot.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: len(files_at(person, path)) == 2)
    (name,) = (each for each in files_at(person, path) if each != "plan.pdf")
    assert name.startswith("Picture ")
    assert name.endswith(".png")
    person.until(lambda: "Picture · " in words(person.window))
    QGuiApplication.clipboard().setText("Words are for those who write")
    person.qtbot.keyClick(first_row(person)[2], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(files_at(person, path)) == 2
    QGuiApplication.clipboard().clear()


def test_the_menus_offer_it(person: Person, make: Make) -> None:
    shown, _path, view = first_row(person)
    entries = [action.data() for action in row_menu(shown.context, view.row_id, view).actions()]
    assert RowStep.ATTACH in entries
    clips = [clip for clip in person.view.findChildren(Clip) if clip.accessibleName()]
    assert clips
    person.view.outline.focus_sections()
    person.view.show_page("cover")
    person.view.pages.attach_here()
    assert "Go to an answer or an entry first" in person.window.notice.words


def test_what_cannot_be_attached_is_told(person: Person, make: Make, tmp_path: Path) -> None:
    line = field(person)
    drop(line, make("empty.pdf", b""), tmp_path, make())
    person.until(lambda: files_at(person, AUTHORITY) == ["plan.pdf"])
    person.until(lambda: "“empty.pdf” is empty" in person.window.notice.words)
    assert "is a folder" in person.window.notice.words
    drop(line, *([make()] * (MOST_AT_ONCE + 1)))
    assert "At most 20 are attached at a time" in person.window.notice.words
    assert files_at(person, AUTHORITY) == ["plan.pdf"]


def attached(person: Person, make: Make, name: str, content: bytes) -> FileLine:
    drop(field(person), make(name, content))
    person.until(lambda: any(line.open.isVisible() for line in lines(person.window)))
    return lines(person.window)[0]


def test_a_file_is_opened_as_a_copy_that_goes_with_the_report(
    person: Person, make: Make, opened_elsewhere: Shown
) -> None:
    line = attached(person, make, "plan.pdf", b"%PDF-1.7 the plan")
    assert line.open.text() == "Open"
    person.qtbot.mouseClick(line.open, Qt.MouseButton.LeftButton)
    person.until(lambda: len(opened_elsewhere.paths) == 1)
    copy = opened_elsewhere.paths[0]
    assert copy.read_bytes() == b"%PDF-1.7 the plan"
    assert not copy.stat().st_mode & stat.S_IWUSR
    person.leave()
    assert not copy.exists()


def test_what_may_do_harm_is_never_opened(person: Person, make: Make, opened_elsewhere: Shown) -> None:
    files = {
        "a\u202efdp.exe": (b"MZ", "Program · 2 bytes · may do harm"),
        "b.pdf": (b"MZ", "Program · 2 bytes · may do harm"),
        "c.sh": (b"#!/bin/sh", "a script, may do harm"),
        "d.docx": (b"PK\x03\x04vbaProject.bin", "has macros, may do harm"),
    }
    drop(field(person), *(make(name, content) for name, (content, _told) in files.items()))
    person.until(lambda: sum(line.open.isVisible() for line in lines(person.window)) == len(files))
    for count, line in enumerate(lines(person.window), start=1):
        assert any(told in words(line) for _content, told in files.values())
        assert "\u202e" not in words(line)
        assert line.open.text() == "Show in folder"
        person.qtbot.mouseClick(line.open, Qt.MouseButton.LeftButton)
        person.qtbot.waitUntil(partial(has_opened, opened_elsewhere, count))
    assert all(path.is_dir() for path in opened_elsewhere.paths)


def has_opened(shown: Shown, count: int) -> bool:
    return len(shown.paths) == count


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_where_no_program_opens_a_file_it_is_said(person: Person, make: Make) -> None:
    """As in a session without a desktop, which these tests have."""
    line = attached(person, make, "plan.pdf", b"%PDF-1.7 the plan")
    person.qtbot.mouseClick(line.open, Qt.MouseButton.LeftButton)
    person.until(lambda: "No program here opens “plan.pdf”" in person.window.notice.words)


def test_a_file_is_saved_elsewhere(person: Person, make: Make, tmp_path: Path) -> None:
    line = attached(person, make, "plan.pdf", b"%PDF-1.7 the plan")
    assert line._attaching is not None
    line._attaching.save(line.file, tmp_path / "copy.pdf")
    person.until(lambda: "Saved: " in person.window.notice.words)
    assert (tmp_path / "copy.pdf").read_bytes() == b"%PDF-1.7 the plan"
    line._attaching.save(line.file, tmp_path / "nowhere" / "copy.pdf")
    person.until(lambda: "There is no folder" in person.window.notice.words)


def test_a_file_is_taken_off_by_its_menu_and_by_key(person: Person, make: Make) -> None:
    line = attached(person, make, "plan.pdf", b"%PDF-1.7 the plan")
    menu = line.menu()
    assert [action.text() for action in menu.actions()] == ["Open", "Save as …", "Take off"]
    menu.actions()[-1].trigger()
    assert files_at(person, AUTHORITY) == []
    person.until(lambda: not lines(person.window))
    person.window.undo()
    person.until(lambda: len(lines(person.window)) == 1)
    line = lines(person.window)[0]
    person.until(line.open.isVisible)
    line.open.setFocus()
    person.qtbot.keyClick(line.open, Qt.Key.Key_Delete)
    assert files_at(person, AUTHORITY) == []


def test_a_long_name_keeps_its_ending_in_sight_and_is_told_whole(person: Person, make: Make) -> None:
    name = "x" * 200 + ".pdf"
    line = attached(person, make, name, b"%PDF-1.7 the plan")
    assert line.width() <= person.window.width()
    assert name in line._name.toolTip()
    assert line.accessibleName() == f"Attached file: {name}"
    assert line.open.accessibleName() == f"Open: {name}"
    assert line.more.accessibleName() == f"More for {name}"


def test_a_frozen_report_shows_files_and_takes_none(
    person: Person, make: Make, opened_elsewhere: Shown
) -> None:
    attached(person, make, "plan.pdf", b"%PDF-1.7 the plan")
    session_of(person).mark_ready()
    person.until(lambda: bool(lines(person.window)))
    person.until(lambda: lines(person.window)[0].open.isVisible())
    line = lines(person.window)[0]
    assert "Take off" not in [action.text() for action in line.menu().actions()]
    drag_over(line, make("other.pdf"))
    assert hint(person.window).startswith("Drop to open")
    drag_away(person.window)
    person.qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert files_at(person, AUTHORITY) == ["plan.pdf"]
    person.view.pages.attach_here()
    assert person.window.notice.words
    assert not [clip for clip in person.view.findChildren(Clip) if clip.isVisible()]


def test_a_file_still_being_read_at_the_end_is_attached(person: Person, make: Make) -> None:
    path = person.desk._keeper.path
    assert path is not None
    drop(field(person), make("large.bin", bytes(8_000_000)))
    person.leave()
    assert [each.file.size for each in read_report(path).attached.values()] == [8_000_000]


def test_content_that_did_not_come_along_is_said(person: Person) -> None:
    session = session_of(person)
    field(person)
    plain = {"path": AUTHORITY, "name": "gone.pdf", "sha256": "a" * 64, "size": 9}
    session.attach([], [Change("attached/1", None, plain)])
    person.until(lambda: "its content is not in this report file" in words(person.window))
    (line,) = lines(person.window)
    assert not line.open.isVisible()
    assert [action.text() for action in line.menu().actions()] == ["Take off"]


def test_typing_goes_on_beside_it(person: Person, make: Make) -> None:
    line = field(person)
    drop(line, make("large.bin", bytes(15 * 1024 * 1024)))
    line.setFocus()
    line.selectAll()
    person.qtbot.keyClicks(line, "Ministry of Justice")
    person.until(lambda: session_of(person).report.value(AUTHORITY) == Text.plain("Ministry of Justice"))
    person.until(lambda: files_at(person, AUTHORITY) == ["large.bin"])
    assert line.text() == "Ministry of Justice"
    path = person.desk._keeper.path
    person.leave()
    assert path is not None
    assert read_report(path).value(AUTHORITY) == Text.plain("Ministry of Justice")


def test_files_of_a_list_and_of_the_report_as_a_whole_are_seen(person: Person, make: Make) -> None:
    session = session_of(person)
    for key, path in (("1", LIST), ("2", ""), ("3", "T1")):
        plain = {"path": path, "name": f"{key}.pdf", "sha256": key * 64, "size": 9}
        session.attach([], [Change(f"attached/{key}", None, plain)])
    person.view.show_page("cover")
    person.until(lambda: [line.file.name for line in lines(person.window)] == ["2.pdf"])
    person.view.show_page("T1")
    person.until(lambda: sorted(line.file.name for line in lines(person.window)) == ["1.pdf", "3.pdf"])
