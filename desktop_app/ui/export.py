"""What the page to send and whoever exports for it say to each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.runtime.dataclass import dataclass, field
from desktop_app.runtime.errors import DeskError
from desktop_app.ui.jobs import Report

if TYPE_CHECKING:
    from desktop_app.services.proof import Proof


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported. ``replace``: another package of that name in ``folder`` may go.

    ``submission``: the number of the submission; None for a draft of what stands there now. ``is_new``: it
    was submitted this very moment.
    ``is_public``: without what is confidential. ``proof``: who signs it and who may read it; settled before
    anything is frozen.
    """

    folder: Path
    replace: bool = False
    submission: int | None = None
    is_public: bool = False
    proof: Proof | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ExportOutcome:
    """What an export made: the package, its content checksum, and sentences to tell.

    ``submission`` and ``is_public`` as in its ``Order``. ``signed_by``: the fingerprint of the key, empty for
    none; then ``notices`` say so. ``told``: sentences on who signed it and who can open it.
    """

    package: Path
    checksum: str
    notices: tuple[str, ...] = field(default=())
    submission: int | None = None
    is_public: bool = False
    is_encrypted: bool = False
    signed_by: str = ""
    told: tuple[str, ...] = field(default=())


class PackageInTheWayError(DeskError):
    """Another package of that name is in the folder, and may be replaced."""


class SignedPackageInTheWayError(PackageInTheWayError):
    """The package that is there is signed, and the new one would not be."""


Export = Callable[[Order, Report], ExportOutcome]
"""Write the package that is ordered.

Called in a thread of its own. PackageInTheWayError and other DeskErrors.
"""
