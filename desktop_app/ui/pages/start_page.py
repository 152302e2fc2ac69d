"""The first page: start a report, open one, or look at the example. No dialog, nothing to learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.lines import ClickableRow
from desktop_app.ui.pages.page import Page
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, Words, heading, help_line, in_row, label
from desktop_app.ui.parts import title as title_words
from desktop_app.ui.rows.problem_lines import IconMark


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form that a report can be started with, and who may report with it: codes and names."""

    id: str
    version: str
    title: str
    cycles: tuple[str, ...]
    countries: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class NewReport:
    """What the first page asks for."""

    path: Path
    form: str
    version: str
    country: str
    cycle: str
    language: str


class StartPage(Page):
    """Shown when no report is open."""

    new_wanted = Signal(object)
    """A ``NewReport``."""

    open_wanted = Signal(object)
    """A path, or None to choose one."""

    example_wanted = Signal()

    def __init__(self, forms: Sequence[FormChoice], recent: Sequence[Path], folder: Path) -> None:
        """``recent``: report files opened before, newest first. ``folder`` is proposed for a new one."""
        super().__init__()
        self._forms = forms
        self._default_folder = folder
        self._is_own_path = False
        self.column.addWidget(title_words(_("Alliance Desk")))
        self.column.addWidget(
            Words(
                _("Write your country's report without a network. Every word is saved as you type it."),
                tone=Tone.QUIET,
            )
        )
        if recent:
            self.column.addWidget(self._recent_card(recent))
        self.column.addWidget(self._new_card())
        self._failure = Words("", tone=Tone.ERROR)
        self._failure.hide()
        self.column.addWidget(self._failure)
        self.column.addLayout(self._other_ways())

    def _recent_card(self, recent: Sequence[Path]) -> Card:
        card = Card()
        card.column.addWidget(heading(_("Go on with a report")))
        for path in recent:
            card.column.addWidget(_RecentLine(path, self.open_wanted))
        return card

    def _new_card(self) -> Card:
        card = Card()
        card.column.addWidget(heading(_("Start a new report")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE)
        grid.setVerticalSpacing(tokens.GAP + tokens.HALF)
        grid.setColumnStretch(1, 1)
        self._form = _box(_("Form"))
        for choice in self._forms:
            self._form.addItem(choice.title, choice)
        self._country = _search_box(_("Country"))
        self._cycle = QLineEdit()
        self._cycle.setAccessibleName(_("Cycle"))
        self._cycle.setMaximumWidth(tokens.GRID * 16)
        self._language = _box(_("Language of the report"))
        self._path = QLineEdit()
        self._path.setAccessibleName(_("Where the report file shall live"))
        choose = Button(_("Choose …"), "folder")
        choose.clicked.connect(self._on_choose_place)
        self._form_note = help_line("")
        path_line = QWidget()
        path_line.setLayout(in_row(self._path, choose))
        for row, (words, widget) in enumerate(
            (
                (_("&Form"), self._form),
                (_("&Country"), self._country),
                (_("C&ycle"), self._cycle),
                (_("&Language of the report"), self._language),
                (_("&Where the file shall live"), path_line),
            )
        ):
            name = label(words)
            name.setWordWrap(False)
            name.setBuddy(self._path if widget is path_line else widget)
            grid.addWidget(name, row, 0)
            widget.setMinimumHeight(tokens.CONTROL)
            grid.addWidget(
                widget, row, 1, Qt.AlignmentFlag.AlignLeft if widget is self._cycle else Qt.AlignmentFlag(0)
            )
        card.column.addSpacing(tokens.GAP)
        card.column.addLayout(grid)
        card.column.addWidget(self._form_note)
        self._start = Button(_("&Start the report"), "add", ButtonKind.PRIMARY)
        self._start.clicked.connect(self._on_start)
        card.column.addSpacing(tokens.GAP)
        card.column.addLayout(in_row(self._start, None))
        self._form.currentIndexChanged.connect(self._on_form_chosen)
        self._country.currentIndexChanged.connect(self._on_country_chosen)
        self._path.textEdited.connect(self._on_path_edited)
        self._cycle.textChanged.connect(self._on_country_chosen)
        self._on_form_chosen(0)
        return card

    def _other_ways(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(tokens.GAP)
        open_file = Button(_("&Open a report file …"), "open-file")
        open_file.clicked.connect(self._on_open)
        example = Button(_("Look at the &example"), "guidance")
        example.setToolTip(
            _("A filled-in report to look around in. Nothing you do there touches your own reports.")
        )
        example.clicked.connect(self.example_wanted)
        column.addLayout(in_row(open_file, example, None))
        return column

    def show_failure(self, sentence: str) -> None:
        """Say why the last step was not possible."""
        self._failure.setText(sentence)
        self._failure.show()
        self.show_part(self._failure)

    def _on_form_chosen(self, index: int) -> None:
        choice: FormChoice | None = self._form.currentData()
        if choice is None:
            self._start.setEnabled(False)
            return
        self._country.clear()
        for code, name in choice.countries:
            self._country.addItem(name, code)
        self._country.setCurrentIndex(-1)
        self._language.clear()
        for code, name in choice.languages:
            self._language.addItem(name, code)
        self._cycle.setText(choice.cycles[0] if choice.cycles else "")
        self._form_note.setText(
            ""
            if choice.verified
            else _("This form is provisional: some of its labels are not yet as published.")
        )
        self._form_note.setVisible(not choice.verified)

    def _on_country_chosen(self) -> None:
        choice: FormChoice | None = self._form.currentData()
        if self._is_own_path or choice is None:
            return
        country = self._country.currentText() if self._country.currentIndex() >= 0 else _("Country")
        name = f"{country} {choice.id} {self._cycle.text()}".strip()
        safe = "".join(letter if letter.isalnum() or letter in " -." else "-" for letter in name)
        self._path.setText(str(self._default_folder / f"{safe}.adesk"))

    def _on_path_edited(self, words: str) -> None:
        self._is_own_path = bool(words)

    def _on_choose_place(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Where the report file shall live"), self._path.text(), _("Report files (*.adesk)")
        )
        if chosen:
            self._path.setText(chosen if chosen.endswith(".adesk") else f"{chosen}.adesk")
            self._is_own_path = True

    def _on_start(self) -> None:
        choice: FormChoice = self._form.currentData()
        index = self._country.findText(self._country.currentText(), Qt.MatchFlag.MatchFixedString)
        if index < 0:
            self.show_failure(_("Choose your country from the list first."))
            self._country.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._cycle.text().strip():
            self.show_failure(_("Write the cycle of the report first, such as 2013."))
            self._cycle.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.new_wanted.emit(
            NewReport(
                Path(self._path.text()).expanduser(),
                choice.id,
                choice.version,
                self._country.itemData(index),
                self._cycle.text().strip(),
                self._language.currentData(),
            )
        )

    def _on_open(self) -> None:
        self.open_wanted.emit(None)


class _RecentLine(ClickableRow):
    """A report file opened before."""

    def __init__(self, path: Path, wanted: object) -> None:
        super().__init__()
        self._path, self._wanted = path, wanted
        name = Words(path.stem, font=tokens.strong_font(), wrap=False)
        place = Words(str(path.parent), font=tokens.small_font(), tone=Tone.QUIET, wrap=False)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(name)
        column.addWidget(place)
        line = in_row(IconMark("report", Tone.ACCENT, tokens.ICON))
        line.addLayout(column, 1)
        line.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GAP, tokens.GAP)
        self.setLayout(line)
        self.setAccessibleName(f"{path.stem}, {path.parent}")
        self.activated.connect(self._on_activated)

    def _on_activated(self) -> None:
        self._wanted.emit(self._path)  # type: ignore[attr-defined]


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _search_box(name: str) -> QComboBox:
    box = _box(name)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    line = box.lineEdit()
    assert line is not None
    line.setPlaceholderText(_("Type the first letters"))
    completer = box.completer()
    assert completer is not None
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box
