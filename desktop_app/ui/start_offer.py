"""What the start page offers: the forms of this program. A form is read when it is chosen, not before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCollator, QLocale

from desktop_app.formdef.labels import Labels
from desktop_app.formdef.library import FormLibrary
from desktop_app.runtime import i18n
from desktop_app.runtime.policy import policy
from desktop_app.ui.pages.new_report import FormChoice, FormDetails, NewReportOffer


def start_offer(library: FormLibrary, folder: Path) -> NewReportOffer:
    """New reports with the forms of ``library``; their files are proposed for ``folder``."""
    choices = [
        FormChoice(entry.id, entry.version, entry.title, entry.short, entry.labels_verified)
        for entry in library.entries()
    ]

    def details(choice: FormChoice) -> FormDetails:
        form = library.form(choice.id, choice.version)
        labels = Labels(form, i18n.language())
        respondents = form.choice_lists[form.respondents].choices
        countries = [(country.code, labels.country(country.code)) for country in respondents]
        collator = QCollator(QLocale())
        countries.sort(key=lambda country: collator.sortKey(country[1]))
        languages = tuple((tag, language_name(tag)) for tag in form.languages)
        return FormDetails(labels.form_about(), form.cycles, tuple(countries), languages)

    return NewReportOffer(choices, details, folder, policy().require_protection)


def language_name(tag: str) -> str:
    """A language's own name, such as "français"."""
    locale = QLocale(tag)
    if locale.language() == QLocale.Language.C:
        return tag
    # Qt names English by a country of its speakers, although the tag names none.
    return "English" if tag == "en" else locale.nativeLanguageName()
