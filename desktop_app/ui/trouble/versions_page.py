"""Two versions of a report file side by side: who changed each, what differs, and the way to either."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.compared import Fate
from desktop_app.services.two_versions import DifferentPlace, FileVersion, TwoVersions
from desktop_app.ui import tokens
from desktop_app.ui.lines import Expander
from desktop_app.ui.moment_words import moment_words, who_words
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line, in_row, label

MOST_PLACES = 30
"""Places shown before one asks for the rest."""


class VersionsPage(LonePage):
    """A page of the report that is open, which is one of the two."""

    mine_wanted = Signal()
    theirs_wanted = Signal()

    def __init__(self, mine: Path, theirs: Path) -> None:
        """``mine`` is where the work in this window goes; ``theirs`` is the other version."""
        words = _(
            "The file was changed at two places at the same time. Nothing was written over: both versions are"
            " kept, each in a file of its own. Look at what differs, bring over by copying what is missing,"
            " and go on with one."
        )
        title = _("Two versions of “{file}”").format(file=theirs.name)
        super().__init__(title, [words], "duplicate", Tone.WARNING)
        self._mine_told = Words("", tone=Tone.QUIET)
        self._theirs_told = Words("", tone=Tone.QUIET)
        go_on = Button(_("&Go on with yours"), "check", ButtonKind.PRIMARY)
        go_on.clicked.connect(self.mine_wanted)
        look = Button(_("Open &theirs"), "open-file")
        look.clicked.connect(self.theirs_wanted)
        self.column.addWidget(_side(_("Yours"), mine, self._mine_told, go_on))
        self.column.addWidget(_side(_("Theirs"), theirs, self._theirs_told, look))
        card = Card()
        card.column.addWidget(heading(_("What differs")))
        self._told = help_line(_("Comparing …"))
        card.column.addWidget(self._told)
        self._places = QVBoxLayout()
        self._places.setSpacing(tokens.SPACE)
        self._shown: list[QWidget] = []
        card.column.addLayout(self._places)
        self._more = Expander("")
        self._more.opened.connect(self._on_more)
        self._more.hide()
        card.column.addWidget(self._more)
        self.column.addWidget(card)
        self._start = go_on
        self._rest: tuple[DifferentPlace, ...] = ()

    def show_versions(self, versions: TwoVersions) -> None:
        """Take over what the comparison found."""
        self._mine_told.setText(_changed_words(versions.mine))
        self._theirs_told.setText(_changed_words(versions.theirs))
        count = len(versions.places)
        lines = [ngettext("{count} place differs.", "{count} places differ.", count).format(count=count)]
        if not count:
            lines = [_("The answers are the same in both.")]
        for cycle in versions.mine_alone:
            lines.append(_("The report of {cycle} is in yours only.").format(cycle=cycle))
        for cycle in versions.theirs_alone:
            lines.append(_("The report of {cycle} is in theirs only.").format(cycle=cycle))
        self._told.setText("\n".join(lines))
        self._clear()
        self._add(versions.places[:MOST_PLACES])
        self._rest = versions.places[MOST_PLACES:]
        more = len(self._rest)
        self._more.setText(ngettext("{count} more", "{count} more", more).format(count=more))
        self._more.setVisible(more > 0)

    def _clear(self) -> None:
        for shown in self._shown:
            self._places.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._shown = []

    def _add(self, places: tuple[DifferentPlace, ...]) -> None:
        for place in places:
            shown = QWidget()
            shown.setLayout(_place(place))
            self._shown.append(shown)
            self._places.addWidget(shown)

    def _on_more(self, is_open: bool) -> None:
        self._more.hide()
        rest, self._rest = self._rest, ()
        self._add(rest)

    # As a page of the open report

    def enter(self) -> None:
        """What was compared once is shown."""

    def leave(self) -> None:
        """Nothing is being typed here."""

    def hand_over(self) -> None:
        """Nothing is being typed here."""

    def release(self) -> None:
        """Nothing is held."""


def _side(name: str, path: Path, told: Words, button: Button) -> Card:
    card = Card()
    card.column.addWidget(heading(name))
    card.column.addWidget(selectable(str(path)))
    card.column.addWidget(told)
    card.column.addLayout(in_row(button, None))
    return card


def _changed_words(version: FileVersion) -> str:
    if not version.at:
        return ""
    words = _("Last changed: {moment}, {who}")
    return words.format(moment=moment_words(version.at), who=who_words(version.who))


def _place(place: DifferentPlace) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(tokens.HALF)
    name = place.name[:1].upper() + place.name[1:]
    column.addWidget(label(f"{place.report}: {name}" if place.report else name))
    told = {
        Fate.ADDED: _("In theirs only"),
        Fate.REMOVED: _("In yours only"),
        Fate.MOVED: _("It stands at another place in the list."),
    }.get(place.fate)
    if told is not None:
        column.addWidget(Words(told, font=tokens.small_font(), tone=Tone.WARNING))
    for part in place.parts:
        if part.name:
            column.addWidget(help_line(part.name))
        for whose, words in ((_("Yours: {words}"), part.before), (_("Theirs: {words}"), part.after)):
            if words or place.fate is Fate.CHANGED:
                column.addWidget(selectable(whose.format(words=words or _("(nothing)"))))
    return column
