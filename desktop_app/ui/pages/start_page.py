"""The first page: start a report, open one, or look at the example. No dialog, nothing to learn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.i18n import _
from desktop_app.runtime.policy import Feature
from desktop_app.services.allowed import is_allowed
from desktop_app.ui import tokens
from desktop_app.ui.file_line import FileLine
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.pages.new_report import NewReportCard, NewReportOffer
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import Button, Card, Tone, Words, heading, help_line, in_row, title
from desktop_app.ui.rows.problem_lines import IconMark

if TYPE_CHECKING:
    from desktop_app.services.left_behind import LeftBehind


class StartPage(Page):
    """Shown when no report is open."""

    open_wanted = Signal(object)
    """A path, or None to choose one."""

    import_wanted = Signal()
    example_wanted = Signal()

    laid_aside = Signal(object)
    """A ``LeftBehind`` that need not be shown any more."""

    def __init__(
        self,
        offer: NewReportOffer,
        recent: Sequence[Path],
        away: Sequence[Path] = (),
        found: Sequence[LeftBehind] = (),
    ) -> None:
        """``recent``: report files opened before, newest first; ``away``: those that are not there now.

        ``found``: what earlier sittings left on this computer.
        """
        super().__init__()
        self.new = NewReportCard(offer)
        self.new.refused.connect(self.show_failure)
        self.column.addWidget(title(_("Alliance Desk")))
        words = _("Write your country's report without a network. Every word is saved as you type it.")
        self.column.addWidget(Words(words, tone=Tone.QUIET))
        self._recent = [FileLine(path) for path in recent]
        if found:
            self.column.addWidget(self._found_card(found))
        if self._recent or away:
            self.column.addWidget(self._recent_card(away))
        self._failure = _Failure()
        self.column.addWidget(self._failure)
        self.column.addWidget(self.new)
        self.column.addWidget(self._other_ways())
        self.new.propose()

    def _found_card(self, found: Sequence[LeftBehind]) -> Card:
        from desktop_app.ui.pages.found_card import FoundCard

        card = FoundCard(found)
        card.open_wanted.connect(self.open_wanted)
        card.laid_aside.connect(self.laid_aside)
        return card

    def _recent_card(self, away: Sequence[Path]) -> Card:
        card = Card()
        card.column.setSpacing(0)
        card.column.addWidget(heading(_("Go on with a report")))
        card.column.addSpacing(tokens.GAP)
        words = _("Not there now: {folder}. Is its drive connected?")
        gone = [FileLine(path, words.format(folder=path.parent), Tone.WARNING) for path in away]
        for line in (*self._recent, *gone):
            line.chosen.connect(self.open_wanted)
            card.column.addWidget(line)
        return card

    def _other_ways(self) -> QWidget:
        open_file = Button(_("&Open a report file …"), "open-file")
        open_file.clicked.connect(self._on_open)
        bring_in = Button(_("&Import an old report …"), "import")
        bring_in.setToolTip(_("A report written in a word processor, a package, or its data."))
        bring_in.clicked.connect(self.import_wanted)
        example = Button(_("Look at the e&xample"), "guidance")
        example.setToolTip(
            _("A filled-in report to look around in. Nothing you do there touches your own reports.")
        )
        example.clicked.connect(self.example_wanted)
        ways = QWidget()
        flow = FlowLayout(ways)
        for button in (open_file, bring_in, example):
            flow.addWidget(button)
        if not is_allowed(Feature.IMPORT):
            bring_in.hide()
            flow.addWidget(help_line(_("Your IT department has switched off importing old reports.")))
        return ways

    def focus_start(self) -> None:
        """Put the keyboard where one most likely goes on."""
        if self._recent:
            self._recent[0].setFocus()
        else:
            self.new.focus_start()

    def show_failure(self, sentence: str) -> None:
        """Say why the last step was not possible."""
        self._failure.tell(sentence)
        self.show_part(self._failure)

    def _on_open(self) -> None:
        self.open_wanted.emit(None)


class _Failure(Card):
    """Why the last step was not possible; takes no room before."""

    def __init__(self) -> None:
        super().__init__()
        self._words = Words("", tone=Tone.ERROR)
        line = in_row(IconMark("error", Tone.ERROR, tokens.ICON), self._words)
        line.setStretch(1, 1)
        self.column.addLayout(line)
        self.hide()

    def tell(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.show()
