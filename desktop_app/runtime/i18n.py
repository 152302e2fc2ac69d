"""One gettext catalogue for every text a user sees, in all layers.

Messages are looked up when they are used, so the language can be chosen after modules were
imported. ``install`` is called once by the program's start; until then messages are English.
"""

from __future__ import annotations

import gettext
import logging
import struct
from pathlib import Path

log = logging.getLogger(__name__)

DOMAIN = "alliance-desk"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def install(language: str | None, folder: Path) -> str:
    """Choose the catalogue for ``language`` (such as ``fr``) below ``folder``; returns the language in force.

    None asks the system. A language without a catalogue, or with a damaged one, falls back to
    English, the language of the messages themselves.
    """
    global _catalogue, _language
    _catalogue, _language = gettext.NullTranslations(), "en"
    # Tags are written fr-CA, folders of catalogues fr_CA.
    languages = [language.replace("-", "_")] if language else None
    try:
        found = gettext.translation(DOMAIN, localedir=str(folder), languages=languages)
    except FileNotFoundError:
        return _language
    except (OSError, ValueError, struct.error) as error:
        log.warning("the catalogue of messages is damaged: %s", error)
        return _language
    _catalogue = found
    _language = found.info().get("language", language or "en").replace("_", "-")
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
