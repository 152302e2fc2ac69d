"""Where what ships with the program is.

Beside the source in a checkout, inside the package when installed, beside the program in a frozen build.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def shipped(name: str) -> Path:
    """The folder ``name`` (``forms`` or ``resources``) that ships with the program."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen) / name
    package = Path(__file__).resolve().parent.parent
    bundled = package / "_bundled" / name
    return bundled if bundled.is_dir() else package.parent / name


def resource(*parts: str) -> Path:
    """A shipped resource, such as ``resource("icons", "add.svg")``."""
    return shipped("resources").joinpath(*parts)
