"""A question that asks for a file: chosen, dropped, pasted, replaced, taken off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.report.values import Attachment
from desktop_app.ui.attachments.file_line import FileLine
from desktop_app.ui.binding import Binding
from desktop_app.ui.editors.attachment import AttachmentEditor
from desktop_app.ui.parts import Words
from desktop_app.ui.past import Past
from desktop_app.ui.question import QuestionField
from tests.support.dropping import drop, files_in_hand
from tests.support.small_form import FIRST_ROW

Make = Callable[..., Path]
ANNEX = f"T1.planned/{FIRST_ROW}/annex"


@pytest.fixture
def field(past: Past, shown: Callable[[QWidget], QWidget]) -> QuestionField:
    """The question, with the file "annex.pdf", whose content is not here, as its answer."""
    report = past.session.report
    section, entry = report.form.list_at("T1.planned") or (None, None)
    assert section is not None
    assert entry is not None
    field = QuestionField(entry.row.field("annex"), section, Labels(report.form, "en"), entry)
    Binding(past.session, ANNEX, field.editor)
    field.follow_problems(past.session, ANNEX)
    field.take_files(past, ANNEX)
    shown(field)
    return field


def editor_of(field: QuestionField) -> AttachmentEditor:
    assert isinstance(field.editor, AttachmentEditor)
    return field.editor


def name(past: Past) -> str:
    value = past.session.report.value(ANNEX)
    return value.name if isinstance(value, Attachment) else ""


def words(field: QuestionField) -> str:
    return "\n".join(part.text() for part in field.findChildren(Words) if part.isVisible())


def line(field: QuestionField) -> FileLine:
    (found,) = (each for each in field.findChildren(FileLine) if each.isVisible())
    return found


def test_a_file_is_dropped_onto_it(field: QuestionField, past: Past, make: Make, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "its content is not in this report file" in words(field))
    assert drop(editor_of(field).choose, make()) is editor_of(field)
    qtbot.waitUntil(lambda: name(past) == "plan.pdf")
    qtbot.waitUntil(lambda: "PDF document · 17 bytes" in words(field))
    assert editor_of(field).choose.text() == "Choose another …"
    assert line(field).open.isVisible()


def test_one_file_only(field: QuestionField, past: Past, make: Make, qtbot: QtBot) -> None:
    told: list[str] = []
    past.files.told.connect(lambda sentence, _tone: told.append(sentence))
    drop(editor_of(field), make("a.pdf"), make("b.pdf"))
    assert told == ["This question takes one file. Choose one of them."]
    assert name(past) == "annex.pdf"


def test_it_is_taken_off_and_undone(field: QuestionField, past: Past, qtbot: QtBot) -> None:
    line(field).remove_wanted.emit()
    assert name(past) == ""
    assert "No file. Choose one, or drop it here." in words(field)
    assert editor_of(field).choose.text() == "Choose a file …"
    past.session.undo()
    assert name(past) == "annex.pdf"
    assert "annex.pdf" in words(field)


def test_a_file_is_pasted_into_it(field: QuestionField, past: Past, make: Make, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setMimeData(files_in_hand([make()]))
    editor_of(field).choose.setFocus()
    qtbot.keyClick(editor_of(field).choose, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: name(past) == "plan.pdf")
    QGuiApplication.clipboard().clear()


def test_the_keyboard_stays_where_it_was(field: QuestionField, past: Past, make: Make, qtbot: QtBot) -> None:
    editor_of(field).choose.setFocus()
    drop(editor_of(field), make())
    qtbot.waitUntil(lambda: name(past) == "plan.pdf")
    assert editor_of(field).choose.hasFocus()


def test_only_to_read_there_is_nothing_to_choose(field: QuestionField, past: Past) -> None:
    editor_of(field).set_read_only(True)
    assert not editor_of(field).choose.isVisible()
    assert editor_of(field).focus_target().isVisible()
    editor_of(field).show_value(None)
    assert words(field).endswith("No file")
