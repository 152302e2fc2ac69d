"""An old report that does not say which form or country it is of: both are chosen here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.ui import tokens
from desktop_app.ui.back_button import BackButton
from desktop_app.ui.editors.choice import ChoiceEditor, SearchChoiceEditor
from desktop_app.ui.labelled_grid import LabelledGrid
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.pages.new_report import FormChoice, NewReportOffer
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, in_row, keep_room


class UntoldPage(LonePage):
    """Nothing is brought in before the place of the report file is chosen too."""

    chosen = Signal(str, str)
    """The id of a form and the code of a country; empty for what the document may say itself."""

    back_wanted = Signal()

    def __init__(self, document: Path, offer: NewReportOffer) -> None:
        """``offer``: the forms there are, and the countries of each."""
        super().__init__(_("What is “{file}”?").format(file=document.name), [], "import", Tone.ACCENT)
        self._offer = offer
        # Of a form its newest version counts; the list has them from old to new.
        self._forms = {form.id: form for form in offer.forms}
        self._about = selectable("")
        self.form = ChoiceEditor([(form.id, form.title) for form in self._forms.values()])
        self.form.set_names(_("Form"), "")
        self.form.value_edited.connect(self._on_form_chosen)
        self.country = SearchChoiceEditor(())
        self._wrong = selectable("", tone=Tone.ERROR)
        keep_room(self._wrong)
        self._wrong.hide()
        self._grid = LabelledGrid()
        self._go_on = Button(_("Bring it &in …"), "import", ButtonKind.PRIMARY)
        self._go_on.clicked.connect(self._on_go_on)
        back = BackButton(_("&Back"))
        back.clicked.connect(self.back_wanted)
        card = Card()
        card.column.addLayout(self._grid)
        card.column.addWidget(self._wrong)
        card.column.addSpacing(tokens.HALF)
        card.column.addLayout(in_row(self._go_on, back, None))
        self.column.addWidget(self._about)
        self.column.addWidget(card)
        self._grid.put(0, _("&Form"), self.form, self.form.focus_target())
        self._show_countries()

    def show_untold(self, about: str, form: str) -> None:
        """Say what the document does not tell; ``form``: the id of its form, empty where that is it."""
        self._about.setText(" ".join((about, _("If you know what it is, say so here."))))
        self._wrong.hide()
        if form and form != self.form.value():
            self.form.show_value(form)
            self._show_countries()
        self.focus_start()

    def focus_start(self) -> None:
        """Put the keyboard to the first of the two that is not chosen."""
        missing = self.form if self.form.value() is None else self.country
        missing.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failure(self, sentence: str) -> None:
        """Say why that was not possible."""
        self._wrong.setText(sentence)
        self._wrong.show()
        self.show_part(self._wrong)

    # Pages of a report are entered and left; here nothing is to be kept

    def enter(self) -> None:
        """The page is shown now."""

    def leave(self) -> None:
        """Nothing of the report is being typed here."""

    def hand_over(self) -> None:
        """Nothing of the report is being typed here."""

    def release(self) -> None:
        """It follows nothing."""

    def _on_form_chosen(self) -> None:
        self._wrong.hide()
        self._show_countries()

    def _show_countries(self) -> None:
        """Those that may report on the form; a country that was chosen stays if it is among them."""
        before, countries = self.country.value(), self._countries(self._forms.get(str(self.form.value())))
        self.country = SearchChoiceEditor(countries)
        self.country.set_names(_("Country"), "")
        if before in dict(countries):
            self.country.show_value(before)
        self.country.value_edited.connect(self._wrong.hide)
        self._grid.put(1, _("&Country"), self.country, self.country.focus_target())

    def _countries(self, form: FormChoice | None) -> tuple[tuple[str, str], ...]:
        if form is None:
            return ()
        try:
            return self._offer.details(form).countries
        except DeskError as error:
            self.show_failure(error.sentence)
            return ()

    def _on_go_on(self) -> None:
        form, country = self.form.value(), self.country.value()
        if form is None:
            self.show_failure(_("Choose a form first."))
            self.form.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.country.unfinished():
            self.show_failure(_("Choose the country from the list, or leave the line empty."))
            self.country.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chosen.emit(str(form), str(country or ""))
