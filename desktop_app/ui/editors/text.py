"""Text answers: with format, or plain words in one line or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.report.text.model import Text
from desktop_app.report.values import Value
from desktop_app.runtime.i18n import ngettext
from desktop_app.ui.editors.contract import FieldEditor, Remark
from desktop_app.ui.focus import put_after
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.parts import Tone

if TYPE_CHECKING:
    from desktop_app.ui.rich_text.area import TextArea


def _answer(text: Text) -> Text | None:
    return None if text.is_empty else text


class RichTextEditor(FieldEditor):
    """Words with format, lists, links and footnotes."""

    def __init__(self, placeholder: str = "", *, max_words: int | None = None, min_lines: int = 3) -> None:
        """``max_words`` is shown beside how many there are; at least ``min_lines`` high."""
        from desktop_app.ui.rich_text.field import RichTextField

        super().__init__()
        self._field = RichTextField(max_words=max_words, min_lines=min_lines)
        self._field.edit.setPlaceholderText(placeholder)
        self._field.text_edited.connect(self.value_edited)
        self.column.addWidget(self._field)

    def value(self) -> Value | None:
        return _answer(self._field.edit.text_value())

    def show_value(self, value: Value | None) -> None:
        self._field.edit.show_text(value if isinstance(value, Text) else Text.empty())
        self._field.count_words()

    def set_read_only(self, read_only: bool) -> None:
        self._field.set_read_only(read_only)

    def focus_target(self) -> QWidget:
        return self._field.edit


class PlainTextEditor(FieldEditor):
    """Words without format. What has format all the same is kept as it is until someone edits it."""

    def __init__(self, lines: int = 1, placeholder: str = "") -> None:
        """``lines`` is how many are shown at least; with one, Enter begins no other."""
        super().__init__()
        self._kept: Text | None = Text.empty()
        self._placeholder = placeholder
        self._line = LineEdit() if lines == 1 else None
        self._well: Well | None = None
        self._area: TextArea | None = None
        self._read_only = False
        self._names = ("", "")
        self._remark = Remark()
        if self._line is not None:
            self._well = Well(self._line)
            self._line.setPlaceholderText(placeholder)
            self._line.typed.connect(self._on_edited)
            self._line.characters_removed.connect(self._on_characters_removed)
            self._line.paste_refused.connect(self._on_refused)
            self.column.addWidget(self._well)
        else:
            self._make_area(lines)
        self.column.addWidget(self._remark)

    def value(self) -> Value | None:
        if self._kept is not None:
            return _answer(self._kept)
        if self._area is not None:
            return _answer(self._area.text_value())
        return _answer(Text.plain(self._line.text())) if self._line is not None else None

    def show_value(self, value: Value | None) -> None:
        text = value if isinstance(value, Text) else Text.empty()
        self._remark.tell("")
        if self._area is None and (len(text.blocks) > 1 or not text.is_plain):
            self._make_area(2)
        if self._area is not None:
            self._area.show_text(text)
        elif self._line is not None and self._line.text() != text.plain_text():
            self._line.setText(text.plain_text())
            self._line.setCursorPosition(len(self._line.text()) if self._line.hasFocus() else 0)
        self._kept = text

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        if self._line is not None:
            self._line.setReadOnly(read_only)
        if self._well is not None:
            self._well.set_open(not read_only)
        if self._area is not None:
            self._area.setReadOnly(read_only)
            self._area.update()

    def focus_target(self) -> QWidget:
        target: QWidget | None = self._area or self._line
        assert target is not None
        return target

    def set_names(self, label: str, help: str) -> None:
        self._names = (label, help)
        super().set_names(label, help)

    def _make_area(self, lines: int) -> None:
        """Room for several paragraphs; an answer from elsewhere may have them where one line was meant."""
        from desktop_app.ui.rich_text.area import TextArea

        self._area = TextArea(min_lines=max(2, lines))
        self._area.setPlaceholderText(self._placeholder)
        self._area.text_edited.connect(self._on_edited)
        self._area.characters_removed.connect(self._on_characters_removed)
        self._area.paste_refused.connect(self._on_refused)
        self.column.insertWidget(0, self._area)
        self._area.show()
        if self._well is not None and self._line is not None:
            self._well.hide()
            self._line.setFocusProxy(self._area)
            put_after(self._line, self._area)
        self.set_read_only(self._read_only)
        super().set_names(*self._names)

    def _on_edited(self) -> None:
        self._kept = None
        self._remark.tell("")
        self.value_edited.emit()

    def _on_characters_removed(self, count: int) -> None:
        words = ngettext(
            "{count} character that cannot be kept was left out.",
            "{count} characters that cannot be kept were left out.",
            count,
        )
        self._remark.tell(words.format(count=count), Tone.WARNING)

    def _on_refused(self, sentence: str) -> None:
        self._remark.tell(sentence, Tone.WARNING)
