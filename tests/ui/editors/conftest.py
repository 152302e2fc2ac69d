"""A form with what the editors need, and a window to put an editor into."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Choice, ChoiceList, Field, Form, Goal, Section
from desktop_app.formdef.texts import FormTexts
from desktop_app.ui.editors.contract import EditorContext, FieldEditor
from desktop_app.ui.editors.table import make_editor

COUNTRIES = (
    "Albania",
    "Andorra",
    "Austria",
    "Belgium",
    "Côte d’Ivoire",
    "Croatia",
    "Cyprus",
    "Denmark",
    "R&D Land",
)


def choice_list(code: str, names: tuple[str, ...], *, ordered: bool = False) -> ChoiceList:
    choices = tuple(Choice(f"{code}{number}", {"en": name}) for number, name in enumerate(names, start=1))
    return ChoiceList(code, choices, ordered)


SECTION = Section("S1", goals=(Goal("S1.G1"), Goal("S1.G2")))
FORM = Form(
    id="form-for-editors",
    version="1",
    hash="0" * 64,
    texts=FormTexts("en", {"en": {("goal", "S1.G1", "label"): "A goal of many words " * 9}}),
    languages=("en",),
    labels_verified=True,
    cycles=("2013",),
    respondents="country",
    sections=(SECTION,),
    row_types={},
    choice_lists={
        "country": choice_list("country", COUNTRIES),
        "office": choice_list("office", ("Justice", "Interior", "Another one")),
        "phase": choice_list("phase", ("Initial", "Basic", "Established", "Advanced"), ordered=True),
    },
)
CONTEXT = EditorContext(Labels(FORM, "en"), SECTION)


@dataclass(frozen=True)
class Shown:
    """An editor in a window between two plain lines, with the focus in the first of them."""

    window: QWidget
    before: QLineEdit
    editor: FieldEditor
    after: QLineEdit

    def enter(self) -> QWidget:
        self.editor.focus_target().setFocus()
        return self.editor.focus_target()

    def leave(self) -> None:
        self.after.setFocus()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[Field], Shown]:
    """Shows the editor of a question, named "Question"."""

    def shown(question: Field) -> Shown:
        window = QWidget()
        column = QVBoxLayout(window)
        editor = make_editor(question, CONTEXT)
        editor.set_names("Question", "Help for it")
        made = Shown(window, QLineEdit(), editor, QLineEdit())
        for part in (made.before, editor, made.after):
            column.addWidget(part)
        column.addStretch(1)
        window.resize(700, 500)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        made.before.setFocus()
        QApplication.processEvents()
        windows.append(window)
        return made

    windows: list[QWidget] = []
    return shown


@pytest.fixture(autouse=True)
def empty_clipboard() -> Iterator[None]:
    """Without a screen the clipboard lives longer than Python; what a test copied must not stay in it."""
    yield
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
