"""Asks, before words are removed for good, why, and from where else: it cannot be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.report.paths import read_path
from desktop_app.report.places import place_name
from desktop_app.report.report import Report
from desktop_app.runtime.i18n import _
from desktop_app.services.history import Trace
from desktop_app.ui import tokens
from desktop_app.ui.content import show_content
from desktop_app.ui.focus import put_after
from desktop_app.ui.inputs import LineEdit, Well
from desktop_app.ui.pages.page import settle
from desktop_app.ui.parts import Button, ButtonKind, Tone, Words, heading, help_line, in_row, label
from desktop_app.ui.scroll_bars import use_quiet_scroll_bar

_PAUSE = 300
"""Milliseconds without a key before the words are looked for."""

MOST_TRACES = 8
"""Other places that are listed; more of them are counted."""

_FOUND_LINES = 5
"""Lines of room kept for what is found elsewhere, so that nothing moves when it comes; more is scrolled."""


@dataclass(frozen=True, slots=True)
class RemovalWish:
    """What someone wants to remove for good, and why. ``left``: places with the same words that stay."""

    paths: tuple[str, ...]
    reason: str
    from_backups: bool
    left: tuple[Trace, ...]


def trace_words(report: Report, trace: Trace) -> str:
    """Where the words stand, for a person."""
    place = place_name(report, trace.path) if trace.path else ""
    return {
        "now": _("{place}"),
        "bin": _("{place}"),
        "history": _("{place}: in its history"),
        "source": _("Original document “{name}”"),
        "submission": _("Submission {name}: stays as it was sent"),
        "comment": _("Comment of {name}, {place}: stays"),
        "note": _("“{name}”, said about a step: stays"),
    }[trace.kind].format(place=place, name=trace.name)


def can_be_removed(trace: Trace) -> bool:
    """Whether the words can be removed there; what was sent or said by others stays."""
    return trace.kind in ("now", "bin", "history", "source")


class RemovalDialog(QDialog):
    """Small, and above the window only: whoever reads it should see the place behind it."""

    words_settled = Signal(str)
    """Words to be looked for in the rest of the file."""

    wished = Signal(object)
    """A ``RemovalWish``."""

    def __init__(self, report: Report, path: str, parent: QWidget) -> None:
        """For the question, row field or row at ``path``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Remove for good"))
        self.setFixedWidth(tokens.GRID * 68)
        self._report, self._path = report, path
        self._traces: list[Trace] = []
        self._boxes: list[QCheckBox] = []
        self.words = LineEdit(own_undo=True)
        self.reason = LineEdit(own_undo=True)
        self.backups = QCheckBox(_("Also from the &backups of this file"))
        # What must never have been written must not come back with one of them either.
        self.backups.setChecked(True)
        self.remove = Button(_("Remove for good"), "erase", ButtonKind.PRIMARY)
        self.remove.setEnabled(False)
        self._cancel = Button(_("Cancel"))
        for button in (self._cancel, self.remove):
            # Enter in a line must neither give up what was typed nor carry it out.
            button.setAutoDefault(False)
        self._found = self._make_found()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._on_pause)
        self._lay_out(place_name(report, path))
        self.words.textChanged.connect(self._timer.start)
        self.reason.textChanged.connect(self._on_reason_changed)
        self.reason.returnPressed.connect(self.words.setFocus)
        self.remove.clicked.connect(self._on_remove)
        self._cancel.clicked.connect(self.reject)

    def _lay_out(self, place: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.WIDE)
        column.setSpacing(tokens.GAP)
        column.addWidget(heading(_("Remove for good: {place}").format(place=place)))
        column.addWidget(Words(self._what_goes(place)))
        column.addWidget(
            Words(
                _(
                    "This is for personal data or details of cases entered by mistake. It cannot be undone,"
                    " and nothing that was done before it can be undone afterwards."
                )
            )
        )
        column.addSpacing(tokens.GAP)
        self._add_field(column, self.reason, _("Reason"), _("Stays in the history. Do not repeat the words."))
        self._add_field(
            column,
            self.words,
            _("Look for the same words elsewhere (optional)"),
            _(
                "A name, for instance. This only looks for them: you choose below what else is removed."
                " Attached files are found by their names; what stands in them is not looked through."
            ),
        )
        column.addWidget(self._found)
        column.addWidget(self.backups)
        column.addWidget(
            help_line(
                _(
                    "Copies of this file, a file “… damaged ….adesk” beside it, and packages already exported"
                    " still hold the words: delete those yourself."
                )
            )
        )
        if self._report.submissions:
            column.addWidget(
                help_line(
                    _(
                        "The answers of what was submitted stay as they were sent. If a submission is"
                        " exported again, its workbook leaves out removed rows and comments that you"
                        " remove here."
                    )
                )
            )
        column.addSpacing(tokens.GAP)
        column.addLayout(in_row(None, self._cancel, self.remove))
        self._order_tabs()

    def _what_goes(self, place: str) -> str:
        """That it is never only a few words."""
        at = read_path(self._path)
        if at.row is not None and not at.field:
            words = _(
                "The whole row “{place}” is removed with all its fields and every earlier version of them."
                " What may stay, you write again afterwards without the name."
            )
        else:
            words = _(
                "The whole answer at “{place}” is removed, with every earlier version of it. Write it again"
                " afterwards without the name."
            )
        return words.format(place=place)

    def _make_found(self) -> QScrollArea:
        """As high with much in it as with nothing."""
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        use_quiet_scroll_bar(area)
        area.setFixedHeight(_FOUND_LINES * (self.fontMetrics().height() + tokens.GAP))
        area.setWidget(QWidget())
        return area

    def _order_tabs(self) -> None:
        """Tab goes from the top down."""
        put_after(self.reason, self.words, *self._boxes, self.backups, self._cancel, self.remove)

    def _add_field(self, column: QVBoxLayout, field: LineEdit, words: str, help_words: str) -> None:
        name = label(words)
        name.setBuddy(field)
        field.setAccessibleName(words)
        field.setAccessibleDescription(help_words)
        column.addWidget(name)
        column.addWidget(help_line(help_words))
        column.addWidget(Well(field))

    def show_traces(self, words: str, traces: Sequence[Trace]) -> None:
        """Say where else ``words`` stand; what can be removed there can be chosen."""
        if words != self.words.text().strip():
            return
        self._traces = [trace for trace in traces if not self._is_here(trace)]
        self._boxes = []
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(tokens.HALF)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        if words:
            self._add_traces(column)
        show_content(self._found, ground)
        ground.setAutoFillBackground(False)
        self._order_tabs()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        settle()
        layout = self.layout()
        assert layout is not None
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def _add_traces(self, column: QVBoxLayout) -> None:
        if not self._traces:
            column.addWidget(help_line(_("They stand nowhere else in this file.")))
            return
        column.addWidget(
            help_line(_("They stand here as well. Choose what is to be removed with all that stands there:"))
        )
        for trace in self._traces[:MOST_TRACES]:
            words = trace_words(self._report, trace)
            if can_be_removed(trace):
                box = QCheckBox(words.replace("&", "&&"))
                self._boxes.append(box)
                column.addWidget(box)
            else:
                column.addWidget(Words(words, tone=Tone.QUIET))
        if len(self._traces) > MOST_TRACES:
            more = _("There are more. Remove these first, then look again.")
            column.addWidget(Words(more, tone=Tone.WARNING))

    def _is_here(self, trace: Trace) -> bool:
        return trace.kind != "comment" and (
            trace.path == self._path or trace.path.startswith(f"{self._path}/")
        )

    def _on_pause(self) -> None:
        self.words_settled.emit(self.words.text().strip())

    def _on_reason_changed(self) -> None:
        self.remove.setEnabled(bool(self.reason.text().strip()))

    def _on_remove(self) -> None:
        removable = [trace for trace in self._traces[:MOST_TRACES] if can_be_removed(trace)]
        chosen = [trace for trace, box in zip(removable, self._boxes, strict=True) if box.isChecked()]
        paths = dict.fromkeys([self._path, *_paths(chosen)])
        left = tuple(trace for trace in self._traces if trace not in chosen)
        wish = RemovalWish(tuple(paths), self.reason.text().strip(), self.backups.isChecked(), left)
        self.accept()
        self.wished.emit(wish)


def _paths(traces: Iterable[Trace]) -> list[str]:
    return [trace.path for trace in traces]
