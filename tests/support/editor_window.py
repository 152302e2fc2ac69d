"""A form with what the editors need, and an editor in a window between two plain lines."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

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
CONTEXT = EditorContext(Labels(FORM, "en"), SECTION, cycle="2013")


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

    def leavings(self) -> Leavings:
        """Counts from now on how often the editor tells that it was left."""
        found = Leavings()
        self.editor.left.connect(found.note)
        return found


class Leavings:
    """How often an editor was left."""

    def __init__(self) -> None:
        self.count = 0

    def note(self) -> None:
        self.count += 1


def shown_editor(question: Field) -> Shown:
    """The editor of ``question``, named "Question", in a window that is not shown yet."""
    window = QWidget()
    column = QVBoxLayout(window)
    editor = make_editor(question, CONTEXT)
    editor.set_names("Question", "Help for it")
    made = Shown(window, QLineEdit(), editor, QLineEdit())
    for part in (made.before, editor, made.after):
        column.addWidget(part)
    column.addStretch(1)
    window.resize(700, 500)
    return made
