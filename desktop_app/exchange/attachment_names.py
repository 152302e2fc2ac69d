"""The names of attached files inside a package: harmless on every system, whatever the file was called.

``attachments/<first 12 digits of its SHA-256>-<name>``. The digits keep two files of one name apart; the
report itself keeps the name as it was.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from desktop_app.report.values import Attachment

FOLDER = "attachments/"
_DIGITS = 12
_LONGEST, _LONGEST_ENDING = 100, 16
"""Bytes of the name, and of the ending that is kept when it is too long."""
_NOT_TAKEN = re.compile(r'[<>:"/\\|?*]')
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Characters that show nothing, or turn round what stands beside them."""


def member_name(file: Attachment) -> str:
    """The name of the file's member in a package."""
    return f"{FOLDER}{file.sha256[:_DIGITS]}-{harmless(file.name)}"


def harmless(name: str) -> str:
    """``name`` with only what every file system takes and every person sees; never empty."""
    seen = "".join(
        "-" if unicodedata.category(each) in _UNSEEN else each for each in unicodedata.normalize("NFC", name)
    )
    plain = re.sub(r"\s+", " ", _NOT_TAKEN.sub("-", seen)).strip(" .")
    return _shortened(plain).strip(" .") or "file"


def _shortened(name: str) -> str:
    """At most as many bytes as fit, the ending kept where it looks like one."""
    if len(name.encode("utf-8")) <= _LONGEST:
        return name
    ending = PurePosixPath(name).suffix
    if len(ending.encode("utf-8")) > _LONGEST_ENDING:
        ending = ""
    stem = name[: len(name) - len(ending)].encode("utf-8")[: _LONGEST - len(ending.encode("utf-8"))]
    return stem.decode("utf-8", "ignore") + ending
