"""Verify a package: intact, or what was changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.runtime.i18n import _


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict on a package, with lines for a person."""

    path: Path
    intact: bool
    findings: tuple[str, ...]
    facts: dict[str, Any]

    @property
    def lines(self) -> list[str]:
        """What to print."""
        if not self.intact:
            return [
                _("Changed: {file} is not as it was exported.").format(file=self.path.name),
                *self.findings,
            ]
        told = _("Intact: {file} is as it was exported.").format(file=self.path.name)
        return [told, _("It carries no signature."), *self.findings]

    def to_plain(self) -> dict[str, Any]:
        """The verdict in JSON."""
        return {
            "package": str(self.path),
            "intact": self.intact,
            "signed": False,
            "findings": list(self.findings),
            "manifest": self.facts,
        }


def verify(path: Path) -> Verified:
    """Look at every byte of the package. DeskError when it is no package at all."""
    from desktop_app.exchange.package import verify_package

    found = verify_package(path)
    return Verified(path, found.intact, tuple(found.findings), dict(found.manifest))
