"""A link: its address and the words that stand for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.report.values import Link, Value
from desktop_app.runtime.i18n import _
from desktop_app.ui.editors.contract import FieldEditor
from desktop_app.ui.editors.readings import ReadLine
from desktop_app.ui.focus import when_mouse_is_free
from desktop_app.ui.parts import Tone
from desktop_app.ui.rich_text.addresses import completed_address


class LinkEditor(FieldEditor):
    """Two lines. What is no address is kept all the same; a sentence and the checks say so."""

    def __init__(self, placeholder: str = "") -> None:
        """``placeholder`` is for the address."""
        super().__init__()
        self._kept: Link | None = None
        self._address = ReadLine()
        self._address.line.setPlaceholderText(placeholder or "https://")
        self._words = ReadLine()
        self._words.line.setPlaceholderText(_("Words to show for it (optional)"))
        self.column.addWidget(self._address)
        self.column.addWidget(self._words)
        self._address.typed.connect(self._on_address_typed)
        self._words.typed.connect(self._on_edited)

    def value(self) -> Value | None:
        if self._kept is not None:
            return self._kept
        typed, label = self._address.line.text().strip(), self._words.line.text()
        if not typed and not label.strip():
            return None
        return Link(completed_address(typed) or typed, label)

    def show_value(self, value: Value | None) -> None:
        self._kept = value if isinstance(value, Link) else None
        self._address.show_words(self._kept.url if self._kept else "")
        self._words.show_words(self._kept.label if self._kept else "")
        self._describe()

    def set_read_only(self, read_only: bool) -> None:
        self._address.set_read_only(read_only)
        self._words.set_read_only(read_only)

    def focus_target(self) -> QWidget:
        return self._address.line

    def set_names(self, label: str, help: str) -> None:
        super().set_names(label, help)
        self._words.line.setAccessibleName(_("{label}: words to show").format(label=label))

    def focus_left(self) -> None:
        when_mouse_is_free(self, self._tell_about_address)
        super().focus_left()

    def _tell_about_address(self) -> None:
        """Only when it is left, so that nothing moves while one types."""
        typed = self._address.line.text().strip()
        address = completed_address(typed)
        if not typed or address == typed or self._kept is not None:
            return
        if address is None:
            sentence = _("This is no address. It must begin with https://, http:// or mailto:.")
            self._address.tell(sentence, Tone.WARNING)
            self._describe(sentence)
        else:
            self._address.tell(_("Kept as {address}").format(address=address))

    def _on_address_typed(self) -> None:
        self._address.tell("")
        self._describe()
        self._on_edited()

    def _on_edited(self) -> None:
        self._kept = None
        self.value_edited.emit()
