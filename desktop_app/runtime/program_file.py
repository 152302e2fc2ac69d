"""The file of the running program: whether an upgrade has put another one in its place."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def program_path() -> Path:
    """The file that is replaced with every upgrade: the packaged program, else the package's first module."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable)
    return Path(__file__).resolve().parents[1] / "__init__.py"


class ProgramFile:
    """Remembers the file at ``path`` as it is now."""

    def __init__(self, path: Path) -> None:
        """Looks at it once."""
        self._path = path
        self._mark = self._look()

    def is_another(self) -> bool:
        """Whether another file is there since, or none."""
        return self._look() != self._mark

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - pathlib costs time at every start
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size
