"""What the page to send and whoever exports for it say to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.errors import DeskError
from desktop_app.ui.jobs import Report


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """What an export made: the package, its content checksum, and sentences to tell."""

    package: Path
    checksum: str
    notices: tuple[str, ...] = field(default=())


class PackageInTheWayError(DeskError):
    """Another package of that name is in the folder, and may be replaced."""


Export = Callable[[Path, bool, Report], ExportOutcome]
"""Write the package into a folder; the flag allows to replace another one there.

Called in a thread of its own. PackageInTheWayError and other DeskErrors.
"""
