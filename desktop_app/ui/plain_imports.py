"""Imports as Python has them, with Qt loaded.

PySide6 puts an import of its own in their place, so that a module may choose other names for what Qt has
(``from __feature__ import snake_case``). To know who did, it reads the source of every module that is
imported from then on, which takes longer than running it. No module of this program chooses other names.
"""

from __future__ import annotations

import builtins


def use_plain_imports() -> None:
    """Load Qt, and take its import back."""
    import PySide6.QtCore  # noqa: F401

    plain = vars(builtins).get("__orig_import__")
    if plain is not None:
        builtins.__import__ = plain
