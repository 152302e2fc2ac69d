"""The contract of every editor: it shows a value, gives the present one, and tells what the user does.

The session holds the truth. An editor never forgets what was typed: what cannot be read as a value stays
in sight with a sentence that says what is wrong, and ``unfinished`` gives it until it is mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Field, ListDefinition, Section
from desktop_app.report.values import Value
from desktop_app.runtime.dataclass import dataclass
from desktop_app.ui import tokens
from desktop_app.ui.focus import FocusScope
from desktop_app.ui.parts import Tone, Words

if TYPE_CHECKING:
    from desktop_app.ui.past import Past


@dataclass(frozen=True, slots=True)
class EditorContext:
    """Where a question stands. ``entry``: the list, when a row asks it; ``cycle``: the report's."""

    labels: Labels
    section: Section
    entry: ListDefinition | None = None
    cycle: str = ""

    @property
    def language(self) -> str:
        """The language of the answers."""
        return self.labels.language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages words may be in: that of the answers, and English."""
        return (self.language,) if self.language == "en" else (self.language, "en")

    def options(self, question: Field) -> list[tuple[str, str]]:
        """Codes and labels of what can be chosen, in order."""
        codes = self.labels.form.options(self.section, question)
        return [(code, self.labels.choice(question, code)) for code in codes]

    def label_of(self, question: Field, code: str) -> str:
        """The words of one option; also of a code the form does not have."""
        return self.labels.choice(question, code)

    def placeholder(self, question: Field) -> str:
        """Grey words for an empty editor."""
        return self.labels.field_placeholder(question, self.entry)


class FieldEditor(FocusScope):
    """Base of all editors. ``column`` holds the parts, one below the other."""

    value_edited = Signal()
    """The user changed the answer; never sent for what the program shows."""

    left = Signal()
    """The focus left the whole editor, popups and menus included."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An editor without an answer."""
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(tokens.HALF)
        self._help = ""

    def value(self) -> Value | None:
        """The answer as it stands there; None for none, and for words that cannot be read as one."""
        raise NotImplementedError

    def show_value(self, value: Value | None) -> None:
        """Show an answer. No signal is sent."""
        raise NotImplementedError

    def clear(self) -> None:
        """Show no answer. No signal is sent."""
        self.show_value(None)

    def set_read_only(self, read_only: bool) -> None:
        """Only to read and copy."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """The widget that a label's shortcut and a jump to the question put the cursor into."""
        raise NotImplementedError

    def set_names(self, label: str, help: str) -> None:
        """Name the editor for screen readers; ``help`` describes it."""
        self._help = help
        self.setAccessibleName(label)
        self.focus_target().setAccessibleName(label)
        self._describe()

    def take_files(self, past: Past, place: str) -> bool:
        """Answer the question at the path ``place`` with a file. False where it asks for something else."""
        return False

    def unfinished(self) -> str:
        """What was typed but is no value yet; empty when all is well."""
        return ""

    def focus_left(self) -> None:
        self.left.emit()

    def _describe(self, sentence: str = "") -> None:
        """Let a screen reader say the help, and what is wrong."""
        words = " ".join(part for part in (sentence, self._help) if part)
        self.setAccessibleDescription(words)
        self.focus_target().setAccessibleDescription(words)


class Remark(Words):
    """The line below an input: what was understood, or what is wrong. It takes no room while it is empty."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__("", font=tokens.small_font(), tone=Tone.QUIET)
        self.hide()

    def tell(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """Show ``words``, or nothing."""
        self.setText(words)
        self.set_tone(tone)
        self.setVisible(bool(words))
