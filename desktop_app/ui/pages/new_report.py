"""The card that starts a report: form, country, cycle, language, and where the file shall live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.editors.choice import ChoiceEditor, SearchChoiceEditor
from desktop_app.ui.elided import ElidedWords
from desktop_app.ui.inputs import LineEdit, PathLine, Well
from desktop_app.ui.labelled_grid import LabelledGrid
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, heading, help_line, in_row

if TYPE_CHECKING:
    from desktop_app.ui.protection.protect_page import NewPassphrase

SUFFIX = ".adesk"


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form that a report can be started with. ``short`` becomes part of the file's name."""

    id: str
    version: str
    title: str
    short: str
    verified: bool


@dataclass(frozen=True, slots=True)
class FormDetails:
    """What a form leaves to choose: codes and names, and the cycles it is for, the first one proposed."""

    about: str
    cycles: tuple[str, ...]
    countries: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewReport:
    """What the card asks for."""

    path: Path
    form: str
    version: str
    country: str
    cycle: str
    language: str
    passphrase: str | None = None


@dataclass(frozen=True, slots=True)
class NewReportOffer:
    """What a new report can be, and what is proposed. ``details`` reads a form; DeskError when it cannot."""

    forms: Sequence[FormChoice]
    details: Callable[[FormChoice], FormDetails]
    folder: Path
    needs_passphrase: bool = False


class NewReportCard(Card):
    """Nothing is written before the button is pressed."""

    new_wanted = Signal(object)
    """A ``NewReport``."""

    refused = Signal(str)
    """Why that does not work yet."""

    path_choice_wanted = Signal(object)
    """Someone wants to choose the place; the path proposed now."""

    def __init__(self, offer: NewReportOffer) -> None:
        """Empty until ``propose``."""
        super().__init__()
        self._offer = offer
        self._has_own_path = False
        self._passphrase: NewPassphrase | None = None
        self._choice: FormChoice | None = None
        self._countries: dict[str, str] = {}
        self._country: SearchChoiceEditor
        self._language: ChoiceEditor
        self._form = ChoiceEditor([(str(number), form.title) for number, form in enumerate(offer.forms)])
        self._form.value_edited.connect(self._on_form_chosen)
        self._note = help_line("")
        self._cycle = LineEdit(own_undo=True)
        self._cycle.typed.connect(self._propose_path)
        self._path = PathLine()
        self._path.typed.connect(self._on_path_typed)
        for line in (self._cycle, self._path):
            line.returnPressed.connect(self._on_start)
        self._folder_line = ElidedWords(
            font=tokens.small_font(), tone=Tone.QUIET, mode=Qt.TextElideMode.ElideMiddle
        )
        """The line to type in shows one end of a long path."""
        self._path_note = help_line("")
        self._grid = LabelledGrid()
        self._start = Button(_("&Start the report"), "add", ButtonKind.PRIMARY)
        self._start.clicked.connect(self._on_start)
        self.column.addWidget(heading(_("Start a new report")))
        self.column.addSpacing(tokens.GAP)
        self.column.addLayout(self._grid)
        self.column.addSpacing(tokens.GAP)
        self.column.addLayout(in_row(self._start, None))
        self._lay_out()

    def propose(self) -> None:
        """Propose the first form, and what goes with it."""
        if self._offer.forms:
            self._form.show_value("0")
        self._on_form_chosen()

    def _lay_out(self) -> None:
        cycle = Well(self._cycle)
        cycle.setMaximumWidth(tokens.GRID * 20)
        choose = Button(_("Choose …"), "folder")
        choose.setAccessibleName(_("Choose where the report file shall live"))
        choose.clicked.connect(self._on_choose_path)
        place = QWidget()
        line = in_row(Well(self._path), choose)
        line.setStretch(0, 1)
        place.setLayout(line)
        self._grid.put(0, _("&Form"), self._form, self._form.focus_target())
        self._grid.addWidget(self._note, 1, 1)
        self._grid.put(3, _("C&ycle"), cycle, self._cycle)
        self._grid.put(5, _("&Where the file shall live"), place, self._path)
        self._grid.addWidget(self._folder_line, 6, 1)
        self._grid.addWidget(self._path_note, 7, 1)
        if self._offer.needs_passphrase:
            from desktop_app.ui.protection.protect_page import NewPassphrase

            self._passphrase = NewPassphrase()
            self._passphrase.entered.connect(self._on_start)
            words = _("Your IT department requires that report files are protected with a passphrase.")
            self._grid.addWidget(help_line(words), 8, 1)
            self._grid.addWidget(self._passphrase, 9, 1)

    def set_path(self, path: Path) -> None:
        """Someone chose this place."""
        self._has_own_path = True
        self._path.setText(str(path))
        self._look_at_path()

    def focus_start(self) -> None:
        """Put the cursor to the first question without an answer."""
        self._country.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    # Following what is chosen

    def _on_form_chosen(self) -> None:
        number = self._form.value()
        self._choice = self._offer.forms[int(str(number))] if number is not None else None
        details = self._details()
        self._countries = dict(details.countries)
        self._country = SearchChoiceEditor(details.countries)
        self._country.value_edited.connect(self._propose_path)
        self._language = ChoiceEditor(details.languages)
        self._language.set_names(_("Language of the report"), "")
        if details.languages:
            self._language.show_value(details.languages[0][0])
        self._grid.put(2, _("&Country"), self._country, self._country.focus_target())
        self._grid.put(4, _("&Language of the report"), self._language, self._language.focus_target())
        self._cycle.setText(details.cycles[0] if details.cycles else "")
        provisional = ""
        if self._choice is not None and not self._choice.verified:
            provisional = _("This form is provisional: some of its labels are not yet as published.")
        self._note.setText(" ".join(filter(None, (details.about, provisional))))
        self._note.setVisible(bool(self._note.text()))
        self._propose_path()

    def _details(self) -> FormDetails:
        if self._choice is not None:
            try:
                return self._offer.details(self._choice)
            except DeskError as error:
                self.refused.emit(error.sentence)
                self._choice = None
        return FormDetails("", (), (), ())

    def _propose_path(self) -> None:
        if not self._has_own_path:
            country = self._countries.get(str(self._country.value()), "")
            parts = (country, self._choice.short if self._choice else "", self._cycle.text())
            name = " ".join(filter(None, parts)).strip() or _("Report")
            safe = "".join(letter if letter.isalnum() or letter in " -." else "-" for letter in name)
            self._path.setText(str(self._offer.folder / f"{safe}{SUFFIX}"))
        self._look_at_path()

    def _on_path_typed(self) -> None:
        self._has_own_path = bool(self._path.text().strip())
        self._look_at_path()

    def _look_at_path(self) -> None:
        path = self._typed_path()
        folder = _("In the folder: {folder}").format(folder=path.parent) if path is not None else ""
        self._folder_line.set_words(folder)
        there = path is not None and path.exists()
        self._path_note.setText(
            _("There is a file of this name. The new report is added to it, beside what it holds.")
            if there
            else ""
        )
        self._path_note.setVisible(there)

    def _typed_path(self) -> Path | None:
        words = self._path.text().strip()
        if not words:
            return None
        try:
            path = Path(words).expanduser()
        except RuntimeError:
            # "~somebody" whom the system does not know: a name like any other.
            path = Path(words)
        if not path.name:
            return None
        path = path if path.is_absolute() else self._offer.folder / path
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

    def _on_choose_path(self) -> None:
        self.path_choice_wanted.emit(self._typed_path() or self._offer.folder)

    # Starting

    def _on_start(self) -> None:
        path, country, language = self._typed_path(), self._country.value(), self._language.value()
        cycle = self._cycle.text().strip()
        for is_missing, sentence, target in (
            (self._choice is None, _("Choose a form first."), self._form.focus_target()),
            (country is None, _("Choose your country from the list first."), self._country.focus_target()),
            (not cycle, _("Write the cycle of the report first, such as 2013."), self._cycle),
            (language is None, _("Choose the language of the report first."), self._language.focus_target()),
            (path is None, _("Say first where the report file shall live."), self._path),
        ):
            if is_missing:
                self.refused.emit(sentence)
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        assert self._choice is not None
        assert path is not None
        passphrase = None
        if self._passphrase is not None and not path.exists():
            passphrase = self._passphrase.take()
            if passphrase is None:
                return
        form = self._choice
        self.new_wanted.emit(
            NewReport(path, form.id, form.version, str(country), cycle, str(language), passphrase)
        )
