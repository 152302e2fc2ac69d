"""One gettext catalogue for every text a user sees, in all layers.

Messages are looked up when they are used, so the language can be chosen after modules were
imported. ``install`` is called once by the program's start; until then messages are English.
"""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "alliance-desk"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def install(language: str | None, folder: Path) -> str:
    """Choose the catalogue for ``language`` (such as ``fr``) below ``folder``; returns the language in force.

    A language without a catalogue falls back to English, the language of the messages themselves.
    """
    global _catalogue, _language
    _language = "en"
    languages = [language] if language else None
    try:
        _catalogue = gettext.translation(DOMAIN, localedir=str(folder), languages=languages)
    except FileNotFoundError:
        _catalogue = gettext.NullTranslations()
        return _language
    _language = _catalogue.info().get("language", language or "en")
    return _language


def language() -> str:
    """The tag of the language in force."""
    return _language


def _(message: str) -> str:
    """The message in the user's language."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message in the user's language, in the form the count asks for."""
    return _catalogue.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The message in the user's language, told apart by ``context`` from equal English words."""
    return _catalogue.pgettext(context, message)
