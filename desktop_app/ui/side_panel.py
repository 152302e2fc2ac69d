"""Beside the page: guidance, suggested actions, and the history of the section."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.model import Section
from desktop_app.report.text import markup
from desktop_app.report.text.html import to_html
from desktop_app.report.text.model import Text
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.content import show_content
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, heading, help_line, in_row
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar


class SidePanel(QScrollArea):
    """The right side of the window; it changes with the section."""

    suggestion_chosen = Signal(object)
    """A suggested action's text, to be added to the section."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Guidance and ideas"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        use_quiet_scroll_bar(self)
        self.setMinimumWidth(tokens.GRID * 28)
        self._suggestions: list[Button] = []
        self.takes_ideas = True
        """Whether a suggestion can be used: not so in a report that is open to be read."""

    def show_section(self, section: Section | None, labels: Labels) -> None:
        """Guidance and suggestions for ``section``; None for a page that is no section."""
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(tokens.SPACE, tokens.WIDE, tokens.SPACE, tokens.SPACE)
        column.setSpacing(tokens.GAP)
        if section is not None:
            self._add_guidance(column, section, labels)
            self._add_suggestions(column, section, labels)
        column.addStretch(1)
        show_content(self, ground)

    def _add_guidance(self, column: QVBoxLayout, section: Section, labels: Labels) -> None:
        guidance = labels.section_guidance(section)
        column.addLayout(in_row(IconMark("guidance", Tone.ACCENT, tokens.ICON), heading(_("Guidance")), None))
        words = to_html(markup.read(guidance)) if guidance else ""
        if words:
            column.addWidget(Words(words, rich=True))
        else:
            column.addWidget(help_line(_("There is no guidance for this page.")))

    def _add_suggestions(self, column: QVBoxLayout, section: Section, labels: Labels) -> None:
        suggestions = labels.suggestions(section)
        if not suggestions or not section.lists:
            return
        column.addSpacing(tokens.SPACE)
        column.addLayout(
            in_row(IconMark("suggestions", Tone.ACCENT, tokens.ICON), heading(_("Ideas for actions")), None)
        )
        if self.takes_ideas:
            column.addWidget(
                help_line(
                    _("Use one as a start and make it your country's own. It goes to the planned actions.")
                )
            )
        for words in suggestions:
            column.addSpacing(tokens.HALF)
            column.addWidget(Words(words))
            if not self.takes_ideas:
                continue
            use = Button(_("Use this idea"), "add", ButtonKind.QUIET)
            use.setAccessibleName(_("Use this idea: {words}").format(words=words))
            use.setProperty("suggestion", words)
            use.clicked.connect(self._on_use)
            column.addLayout(in_row(use, None))

    def _on_use(self) -> None:
        self.suggestion_chosen.emit(Text.plain(self.sender().property("suggestion")))
