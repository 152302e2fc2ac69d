"""Halves of characters: what a command line or a name that is no UTF-8 leaves in a text.

Python keeps each as one half of a surrogate pair. No file, no package and no screen takes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _


class HalfCharacterError(DeskError):
    """Words hold half a character, which cannot be kept."""

    def __init__(self, words: str) -> None:
        """``words``: where it stands."""
        sentence = _(
            "“{words}” holds a character that is only half there and cannot be kept. Type these words again."
        )
        super().__init__(sentence.format(words=readable(words)))


def refuse_halves(value: Any) -> None:
    """HalfCharacterError when a text in ``value``, which may be lists and objects of JSON, holds one."""
    if isinstance(value, str):
        if not value.isascii() and has_half(value):
            raise HalfCharacterError(value)
    elif value is None:
        return
    elif isinstance(value, dict | Mapping):
        # A comment has a dozen words; a thousand of them come in at once.
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                refuse_halves(key)
            if inner is not None and not (isinstance(inner, str) and inner.isascii()):
                refuse_halves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            refuse_halves(inner)


def has_half(text: str) -> bool:
    """Whether half a character is in it."""
    return without_halves(text) != text


def without_halves(text: str) -> str:
    """``text`` with what is there of it."""
    return text if text.isascii() else text.encode("utf-8", "ignore").decode()


def readable(text: str) -> str:
    """``text`` with the halves spelled out, so that it can be shown."""
    return text.encode("utf-8", "backslashreplace").decode()
