"""An editor and its place in the report: typed words reach the session, and come back after undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.report.text.model import Text
from desktop_app.services.open_report import OpenReport
from desktop_app.ui.binding import LATEST, Binding
from desktop_app.ui.editors.contract import EditorContext, FieldEditor
from desktop_app.ui.editors.table import make_editor
from tests.support.window_parts import type_words

PATH = "cover.authority"
Shower = Callable[[QWidget], QWidget]


@pytest.fixture
def editor(norway: OpenReport) -> FieldEditor:
    form = norway.session.report.form
    found = form.field_at(PATH)
    assert found is not None
    section, question = found
    return make_editor(question, EditorContext(Labels(form, "en"), section))


def bound(opened: OpenReport, editor: FieldEditor, shown: Shower) -> Binding:
    """The editor with another input below it, the cursor in the editor."""
    ground = QWidget()
    column = QVBoxLayout(ground)
    column.addWidget(editor)
    column.addWidget(QLineEdit())
    binding = Binding(opened.session, PATH, editor)
    shown(ground)
    editor.focus_target().setFocus()
    return binding


def answer(opened: OpenReport) -> object:
    return opened.session.report.answers.get(PATH)


def test_what_is_typed_is_on_disk_within_a_second(
    qtbot: QtBot, norway: OpenReport, editor: FieldEditor, shown: Shower
) -> None:
    bound(norway, editor, shown)
    type_words("Ministria e Brendshme")
    # The first edit of a sitting loads what writes; later ones have a second.
    qtbot.waitUntil(lambda: norway.journal.durability.durable > 0)
    type_words("!")
    assert LATEST < 1000
    qtbot.waitUntil(lambda: answer(norway) == Text.plain("Ministria e Brendshme!"), timeout=LATEST + 200)
    qtbot.waitUntil(lambda: norway.journal.durability.is_saved)


def test_leaving_the_field_hands_over_at_once_and_makes_one_change(
    norway: OpenReport, editor: FieldEditor, shown: Shower
) -> None:
    binding = bound(norway, editor, shown)
    type_words("Ministry")
    assert binding.is_waiting
    editor.window().findChildren(QLineEdit)[-1].setFocus()
    assert answer(norway) == Text.plain("Ministry")
    assert norway.session.open_path is None
    norway.session.undo()
    assert answer(norway) is None
    assert editor.value() is None


def test_undo_and_redo_come_back_into_the_editor(
    norway: OpenReport, editor: FieldEditor, shown: Shower
) -> None:
    binding = bound(norway, editor, shown)
    type_words("Ministry")
    binding.hand_over()
    norway.session.undo()
    assert editor.value() is None
    norway.session.redo()
    assert editor.value() == Text.plain("Ministry")


def test_other_changes_leave_the_editor_alone(norway: OpenReport, editor: FieldEditor, shown: Shower) -> None:
    bound(norway, editor, shown)
    type_words("Mini")
    norway.session.set_value("T1.goals", ("T1.G1",))
    type_words("stry")
    assert editor.value() == Text.plain("Ministry")
    assert QApplication.focusWidget() is editor.focus_target()


def test_an_editor_that_goes_hands_over_first_and_is_told_nothing_after(
    norway: OpenReport, editor: FieldEditor, shown: Shower
) -> None:
    binding = bound(norway, editor, shown)
    type_words("Ministry")
    binding.release()
    assert answer(norway) == Text.plain("Ministry")
    norway.session.set_value(PATH, Text.plain("Another"))
    assert editor.value() == Text.plain("Ministry")


def test_the_program_showing_an_answer_is_no_edit(
    norway: OpenReport, editor: FieldEditor, shown: Shower
) -> None:
    norway.session.set_value(PATH, Text.plain("Ministry"))
    handed = norway.journal.durability.handed
    binding = bound(norway, editor, shown)
    binding.finish()
    assert norway.journal.durability.handed == handed
