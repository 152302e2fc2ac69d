"""The table ``[form]``: which form this is, in which version and languages, for whom."""

from __future__ import annotations

from desktop_app.formdef.reading import codes
from desktop_app.formdef.reading.draft import Head
from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.i18n import _


def read_head(table: Table) -> Head:
    """The head of the form. What is missing is reported and empty; there is always one language."""
    if not table.content:
        table.error("", _("The table [form] is missing. Begin the file with it."))
        return Head("", "", ("en",), False, (), "")
    head = Head(
        _code(table, "id"),
        _code(table, "version"),
        _languages(table),
        table.flag("labels_verified"),
        _cycles(table),
        table.text("respondents", required=True) or "",
    )
    table.finish()
    return head


def _code(table: Table, key: str) -> str:
    code = table.text(key, required=True)
    if code is None:
        return ""
    if not codes.is_choice_code(code):
        table.error(key, codes.choice_code_sentence(code))
    return code


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.texts("languages")
    if not languages and "languages" not in table:
        sentence = _('This is missing. Write languages = ["en"], the language of publication first.')
        table.error("languages", sentence)
    elif not languages and table.content["languages"] == []:
        table.error("languages", _('The list is empty. Write at least one language, such as "en".'))
    for tag in languages:
        if not codes.is_language(tag):
            sentence = _("“{tag}” is not a language tag. Write one such as en, fr or sr-Latn.")
            table.error("languages", sentence.format(tag=shown(tag)))
    # A tag that is none must not become part of a file name.
    return tuple(tag for tag in languages if codes.is_language(tag)) or ("en",)


def _cycles(table: Table) -> tuple[str, ...]:
    cycles = table.texts("cycles")
    if "cycles" not in table or table.content["cycles"] == []:
        table.error("cycles", _('This is missing. Write cycles = ["2013"], the one to propose first.'))
    for cycle in cycles:
        if not codes.is_choice_code(cycle):
            table.error("cycles", codes.choice_code_sentence(cycle))
    return cycles
