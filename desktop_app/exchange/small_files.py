"""Small files from outside: read no further than is needed to know that one is too large."""

from __future__ import annotations

from pathlib import Path

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _


def read_small(path: Path, most: int, refused: type[DeskError]) -> bytes:
    """The content of the file at ``path``, one byte more than ``most`` where there is more.

    ``refused`` with one sentence when it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        sentence = _("“{file}” cannot be read: {reason}.")
        raise refused(sentence.format(file=path, reason=error.strerror)) from error
