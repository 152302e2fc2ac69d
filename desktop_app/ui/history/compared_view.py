"""What differs between two moments, place by place in the working order; a name leads to its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.formdef.labels import Labels
from desktop_app.report.paths import read_path
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.report.text.model import Text
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.compared import ComparedPart, ComparedPlace, Fate, compared_parts
from desktop_app.services.word_differences import word_differences
from desktop_app.ui import tokens
from desktop_app.ui.gradually import Gradually
from desktop_app.ui.marked_words import MarkedWords
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, in_row
from desktop_app.ui.rows.problem_lines import IconMark
from desktop_app.ui.tips import tip
from desktop_app.ui.values_in_words import LOCAL_FORMATS

PAGE = 40
"""Places that are shown at first, and added with each step."""

_FIRST_WORDS = 200
"""Characters of a row that was only moved."""

_FATES = {
    Fate.CHANGED: ("notes", Tone.QUIET),
    Fate.ADDED: ("add", Tone.SUCCESS),
    Fate.REMOVED: ("remove", Tone.ERROR),
    Fate.MOVED: ("move-down", Tone.QUIET),
}


def _fate_words(fate: Fate) -> str:
    return {
        Fate.CHANGED: _("Changed"),
        Fate.ADDED: _("Added"),
        Fate.REMOVED: _("Removed"),
        Fate.MOVED: _("Moved"),
    }[fate]


def format_line() -> Words:
    """Said where the words are the same, but not bold, italic and the like."""
    return Words(_("Only the format changed."), font=tokens.small_font(), tone=Tone.QUIET)


class PlaceName(Button):
    """Leads to a place. A long name, as that of a removed row, is shortened and told by the tool tip."""

    def __init__(self, words: str) -> None:
        """With all ``words`` where there is room."""
        super().__init__("", kind=ButtonKind.QUIET)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for all words."""
        # Their width is a fraction, which the number here cuts off: without one more they are shortened.
        width = self.fontMetrics().horizontalAdvance(self._words) + 1 + 2 * tokens.GAP
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a first word."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), tokens.CONTROL * 4), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        room = self.width() - 2 * tokens.GAP
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        leads = tip(_("Go to this place"))
        self.setToolTip(leads if shown == self._words else tip(self._words) + leads)


class PlaceCard(Card):
    """One place: what became of it, its name, and its words with the differences marked."""

    chosen = Signal(str)
    """The path of the place."""

    def __init__(self, report: Report, place: ComparedPlace, labels: Labels) -> None:
        """For ``place`` of ``report``."""
        super().__init__(margin=tokens.GAP + tokens.HALF)
        self._path = place.path
        self.column.setSpacing(tokens.HALF)
        icon_name, tone = _FATES[place.fate]
        words = place_name(report, place.path)
        name = PlaceName(words)
        name.setAccessibleName(_("{fate}: {place}").format(fate=_fate_words(place.fate), place=words))
        name.clicked.connect(self._on_clicked)
        fate = Words(_fate_words(place.fate), font=tokens.small_font(), tone=tone, wrap=False)
        self.column.addLayout(in_row(IconMark(icon_name, tone), fate, name, None))
        parts = compared_parts(report, place, labels, LOCAL_FORMATS)
        if not parts:
            self.column.addWidget(Words(_lead_words(report, place.path), tone=Tone.QUIET))
        for part in parts:
            self._add_part(part)

    def _add_part(self, part: ComparedPart) -> None:
        if part.name:
            self.column.addWidget(Words(part.name, font=tokens.small_font(), tone=Tone.QUIET))
        if part.before == part.after:
            self.column.addWidget(format_line())
        self.column.addWidget(MarkedWords(word_differences(part.before, part.after)))

    def _on_clicked(self) -> None:
        self.chosen.emit(self._path)


def _lead_words(report: Report, path: str) -> str:
    """The beginning of the row at ``path``, of which only the place is other now."""
    place = read_path(path)
    row_list = report.lists.get(place.head)
    row = row_list.find(place.row or "") if row_list is not None else None
    if row_list is None or row is None:
        return ""
    value = row.values.get(row_list.definition.row.lead.code)
    return value.first_line(_FIRST_WORDS) if isinstance(value, Text) else ""


class ComparedView(QWidget):
    """All places, a page at a time."""

    path_chosen = Signal(str)

    def __init__(self, report: Report, labels: Labels) -> None:
        """Nothing compared yet."""
        super().__init__()
        self._report, self._labels = report, labels
        self._places: Sequence[ComparedPlace] = ()
        self._shown = 0
        self._section: str | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.GAP)
        self._more = Button("", "chevron-down", ButtonKind.QUIET)
        self._more.clicked.connect(self._on_more)
        self._more_line = in_row(self._more, None)
        self._column.addLayout(self._more_line)
        self._more.hide()
        self._filling = Gradually(self)

    def show_places(self, places: Sequence[ComparedPlace]) -> None:
        """Show these in the place of what was shown."""
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._places, self._shown, self._section = places, 0, None
        self._more.hide()
        self._on_more()

    def _on_more(self) -> None:
        self._more.hide()
        self._filling.run(self._next_page())

    def _next_page(self) -> Iterator[None]:
        for place in self._places[self._shown : self._shown + PAGE]:
            if place.section != self._section:
                self._add(heading(self._section_words(place)))
                self._section = place.section
            card = PlaceCard(self._report, place, self._labels)
            card.chosen.connect(self.path_chosen)
            self._add(card)
            yield
        self._shown = min(self._shown + PAGE, len(self._places))
        left = len(self._places) - self._shown
        self._more.setText(ngettext("Show {count} more", "Show {count} more", left).format(count=left))
        self._more.updateGeometry()
        self._more.setVisible(left > 0)

    def _add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
        # Now, not when the event loop comes to it.
        widget.show()

    def _section_words(self, place: ComparedPlace) -> str:
        section = self._labels.form.section(place.section)
        return self._labels.section_short(section) if section is not None else _("The report as a whole")
