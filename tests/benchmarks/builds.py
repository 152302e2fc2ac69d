"""The group "builds": how large what IT departments get is. What was not built is left out, and said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.table import Row, amount, untold
from tests.benchmarks.timing import ROOT

UNPACKED = 280
"""MB, of 1,000,000 bytes."""

_FROZEN = ROOT / "build" / "package" / "frozen" / "alliance-desk"
_BUILDS = (
    ("Debian package", "*.deb"),
    ("archive for Linux", "*.tar.xz"),
    ("setup for Windows", "*setup*.exe"),
    ("archive for Windows", "*windows*.zip"),
    ("disk image for macOS", "*.dmg"),
)


def rows(folder: Path) -> Iterator[Row]:
    """The lines of the table."""
    system = "Windows" if (_FROZEN / "alliance-desk.exe").is_file() else "this system"
    if _FROZEN.is_dir():
        yield amount(f"program, unpacked, for {system}", _size(_FROZEN) / 1e6, "MB", UNPACKED)
    else:
        yield untold("program, unpacked", "not built: make package")
    for what, pattern in _BUILDS:
        found = sorted((ROOT / "dist").glob(pattern), key=lambda path: path.stat().st_mtime)
        if found:
            yield amount(what, found[-1].stat().st_size / 1e6, "MB", None, found[-1].name)
        else:
            yield untold(what, "not built")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
