"""One gettext catalogue for every text a user sees, in all layers.

Messages are looked up when they are used, so the language can be chosen after modules were
imported. ``install`` is called once by the program's start; until then messages are English. What is
made for other readers, such as a workbook in the language of its report, is made while ``speaking``.
"""

from __future__ import annotations

import gettext
import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

log = logging.getLogger(__name__)

DOMAIN = "alliance-desk"

Catalogue = tuple[gettext.NullTranslations, str]
"""Messages, and the tag of their language."""

_ENGLISH: Catalogue = (gettext.NullTranslations(), "en")
_installed: Catalogue = _ENGLISH
_folder: Path | None = None
#: The language that the running thread or task speaks for a while, whatever the user's is.
_spoken: ContextVar[Catalogue | None] = ContextVar("spoken", default=None)


def install(language: str | None, folder: Path) -> str:
    """Choose the catalogue for ``language`` (such as ``fr``) below ``folder``; returns the language in force.

    None asks the system. A language without a catalogue, or with a damaged one, falls back to
    English, the language of the messages themselves.
    """
    global _installed, _folder
    _folder = folder
    _installed = _found(language, folder)
    return _installed[1]


def _found(language: str | None, folder: Path) -> Catalogue:
    # Tags are written fr-CA, folders of catalogues fr_CA.
    languages = [language.replace("-", "_")] if language else None
    try:
        found = gettext.translation(DOMAIN, localedir=str(folder), languages=languages)
    except FileNotFoundError:
        return _ENGLISH
    except (OSError, ValueError, struct.error) as error:
        log.warning("the catalogue of messages is damaged: %s", error)
        return _ENGLISH
    return found, found.info().get("language", language or "en").replace("_", "-")


@contextmanager
def speaking(language: str) -> Iterator[str]:
    """Speak ``language`` in this thread, or English where it has no catalogue; gives the language spoken.

    Other threads, and this one afterwards, go on in the user's language.
    """
    catalogue = _found(language, _folder) if _folder is not None else _ENGLISH
    token = _spoken.set(catalogue)
    try:
        yield catalogue[1]
    finally:
        _spoken.reset(token)


def _in_force() -> Catalogue:
    return _spoken.get() or _installed


def language() -> str:
    """The tag of the language in force."""
    return _in_force()[1]


def _(message: str) -> str:
    """The message in the user's language."""
    return _in_force()[0].gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message in the user's language, in the form the count asks for."""
    return _in_force()[0].ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The message in the user's language, told apart by ``context`` from equal English words."""
    return _in_force()[0].pgettext(context, message)
