"""Names of attached files: shown so that they deceive nobody, and made harmless where a file gets one.

A name comes from another computer, perhaps from a package that somebody else made. Nothing in it may lead
out of the folder it is put into, name a device, hide its ending or be too long.
"""

from __future__ import annotations

import re
import unicodedata

MOST_BYTES = 120
"""Of a harmless name in UTF-8, so that there is room for a folder and a prefix before it."""

_LONGEST_ENDING = 16
"""Bytes of an ending that is kept when a name is shortened; what is longer is no ending."""

_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, marks that turn the direction of writing, what takes no room, and halves of characters.

Compiled with the first name: a start needs none, and it takes longer than all others."""

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
"""What Windows takes in no name, and what separates folders anywhere."""

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
)
"""Names of Windows' devices, whatever stands behind the first point."""

_NO_NAME = "file"


def shown_name(name: str) -> str:
    """The name for a person to read: without signs that hide or turn round a part of it."""
    return re.sub(_HIDDEN, _seen, name).strip() or _NO_NAME


def _seen(sign: re.Match[str]) -> str:
    """Controls leave a trace; joiners, which Persian and the scripts of India write with, stay."""
    if sign[0] in "\u200c\u200d":
        return sign[0]
    return "_" if unicodedata.category(sign[0]) == "Cc" else ""


def safe_file_name(name: str) -> str:
    """A name that every file system takes and that leads nowhere; never empty, the ending stays.

    ``safe_file_name(safe_file_name(name))`` is the same again.
    """
    words = unicodedata.normalize("NFC", re.sub(_HIDDEN, "_", name))
    words = _trimmed(_NOT_IN_NAMES.sub("_", words))
    stem, ending = _parts(words)
    if not stem:
        stem = _NO_NAME
    if stem.partition(".")[0].rstrip(" ").casefold() in _DEVICES:
        stem = f"_{stem}"
    stem = _shortened(stem, MOST_BYTES - len(ending.encode()))
    return f"{stem}{ending}"


def _trimmed(words: str) -> str:
    """Without points and spaces at either end, which hide a file or which Windows takes away."""
    return words.strip().strip(". \u3000\xa0").strip()


def _parts(words: str) -> tuple[str, str]:
    stem, point, ending = words.rpartition(".")
    if not point or not ending.strip() or len(ending.encode()) >= _LONGEST_ENDING:
        return words, ""
    return stem.rstrip(". "), f".{ending}"


def _shortened(words: str, most: int) -> str:
    """As many of the characters as fit into ``most`` bytes."""
    cut = words.encode()[:most].decode("utf-8", "ignore")
    return cut.rstrip(". ") or _NO_NAME


def safe_member_name(name: str, sha256: str) -> str:
    """The name of an attached file inside a package: it can stand beside any other there."""
    return f"{sha256[:12]}-{safe_file_name(name)}"
