"""Official words that a reviewer changed: what differs, and whether to take it over, in parts, or not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.services.review import Hunk, Suggestion, with_hunks
from desktop_app.ui import tokens
from desktop_app.ui.editors.segments import SegmentBar
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.marked_words import MarkedWords
from desktop_app.ui.parts import Card, Chip, Tone, Words, help_line, label
from desktop_app.ui.review.choices import Choices, Verdict


class SuggestionCard(Card):
    """One suggestion. Undecided at first: official words never change by themselves."""

    decided = Signal()

    def __init__(self, suggestion: Suggestion, choices: Choices) -> None:
        """Keeps what is decided in ``choices``."""
        super().__init__()
        self._suggestion, self._choices = suggestion, choices
        where = ", ".join(filter(None, (suggestion.where, suggestion.part)))
        self.column.addWidget(label(where[:1].upper() + where[1:]))
        if reviewer := suggestion.kept.comment.reviewer:
            self.column.addWidget(help_line(_("Suggested by {name}").format(name=reviewer)))
        self.column.addWidget(MarkedWords(suggestion.pieces))
        for words in (suggestion.obstacle, *suggestion.told):
            if words:
                self.column.addWidget(Words(words, font=tokens.small_font(), tone=Tone.WARNING))
        is_placed = bool(suggestion.now) or not suggestion.obstacle
        if is_placed and suggestion.now not in (suggestion.official, suggestion.found):
            now = _("The report reads now: {words}").format(words=suggestion.now or _("(nothing)"))
            self.column.addWidget(help_line(now))
        self.bar = SegmentBar(self._options())
        for segment in self.bar.segments():
            segment.setAccessibleDescription(suggestion.where)
        self.bar.show_code(choices.verdict(suggestion.id).value)
        self.bar.chosen.connect(self._on_chosen)
        self.column.addWidget(self.bar)
        self._parts: _Parts | None = None
        self._show_parts()

    def _options(self) -> list[tuple[str, str]]:
        found = [(Verdict.LATER.value, _("Decide later"))]
        if self._suggestion.obstacle:
            found.append((Verdict.ACCEPT.value, _("Keep as a comment")))
        else:
            found.append((Verdict.ACCEPT.value, _("Accept all of it")))
        if not self._suggestion.obstacle and self._suggestion.in_parts and len(self._suggestion.hunks) > 1:
            found.append((Verdict.PARTS.value, _("Word by word")))
        return [*found, (Verdict.REFUSE.value, _("Refuse"))]

    def _on_chosen(self) -> None:
        code = self.bar.code()
        if code is None:
            self.bar.show_code(Verdict.LATER.value)
        self._choices.judge(self._suggestion.id, Verdict(code or Verdict.LATER))
        self._show_parts()
        self.decided.emit()

    def _show_parts(self) -> None:
        is_in_parts = self._choices.verdict(self._suggestion.id) is Verdict.PARTS
        if self._parts is None and is_in_parts:
            self._parts = _Parts(self._suggestion, self._choices)
            self._parts.decided.connect(self.decided)
            self.column.addWidget(self._parts)
        if self._parts is not None:
            self._parts.setVisible(is_in_parts)


class _Parts(QWidget):
    """A chip for each change, and how it reads with those that are ticked."""

    decided = Signal()

    def __init__(self, suggestion: Suggestion, choices: Choices) -> None:
        super().__init__()
        self._suggestion, self._choices = suggestion, choices
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        column.addWidget(help_line(_("Tick the changes to take over:")))
        line = QWidget()
        flow = FlowLayout(line)
        for hunk in suggestion.hunks:
            # With a mark of the same width before and after: nothing moves when it is ticked.
            chip = Chip(_hunk_words(hunk), "add", Tone.QUIET, clickable=True)
            chip.setCheckable(True)
            chip.setChecked(hunk.number in choices.hunks.get(suggestion.id, ()))
            chip.setProperty("number", hunk.number)
            chip.toggled.connect(self._on_toggled)
            flow.addWidget(chip)
        column.addWidget(line)
        self._result = help_line("")
        column.addWidget(self._result)
        self._show_result()

    def _on_toggled(self, is_chosen: bool) -> None:
        chip = self.sender()
        assert isinstance(chip, Chip)
        self._choices.choose_hunk(self._suggestion.id, chip.property("number"), is_chosen=is_chosen)
        self._show_result()
        self.decided.emit()

    def _show_result(self) -> None:
        accepted = self._choices.hunks.get(self._suggestion.id, set())
        words = with_hunks(self._suggestion.now, self._suggestion.hunks, accepted)
        self._result.setText(_("It would read: {words}").format(words=words))


def _hunk_words(hunk: Hunk) -> str:
    removed, inserted = hunk.removed.strip(), hunk.inserted.strip()
    if removed and inserted:
        return _("“{new}” instead of “{old}”").format(new=inserted, old=removed)
    if inserted:
        return _("Put in “{words}”").format(words=inserted)
    return _("Take out “{words}”").format(words=removed)
