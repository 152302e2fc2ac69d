"""Qt, loaded without what costs time and gives this program nothing.

PySide6 loads with itself what describes every call of Qt: for its words about a wrong call, for
``__signature__`` and for writing type stubs. All that is compiled anew at each start, which takes longer
than the rest of Qt's core; here it is loaded when something asks for it, as a wrong call does.

PySide6 also lets a module choose other names for what Qt has (``from __feature__ import snake_case``). It
puts an import of its own in the place of Python's to hear of it, and reads the source of every module
imported from then on, which takes longer than running it. No module of this program chooses other names.
"""

from __future__ import annotations

import builtins
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any, SupportsIndex

from desktop_app.runtime.later import LaterFinder
from desktop_app.ui.quick_enums import make_enums_quickly

if TYPE_CHECKING:
    from importlib.abc import Loader
else:
    # Whatever has its methods is one (``runtime.later`` says why).
    Loader = object

LATER: dict[str, tuple[str, ...]] = dict.fromkeys(
    (
        "shibokensupport.signature.mapping",
        "shibokensupport.signature.errorhandler",
        "shibokensupport.signature.layout",
        "shibokensupport.signature.parser",
        "shibokensupport.signature.lib.enum_sig",
        "shibokensupport.signature.lib.pyi_generator",
        "shibokensupport.signature.lib.tool",
    ),
    (),
)
"""Modules of PySide6 that are loaded when something of them is first asked for."""

_OTHER_NAMES = "shibokensupport.feature"
"""The module that is asked at each import whether it chooses other names."""

_TAKEN: dict[str, tuple[str, ...]] = {"shibokensupport.signature.mapping": ("update_mapping",)}
"""What PySide6 takes out of a module's dictionary without asking the module; it calls that first."""


def load_qt() -> None:
    """Load Qt's core; everything else of Qt is then imported as always."""
    make_enums_quickly()
    # Where Qt is loaded already, its own import stands there, and Python's beside.
    plain = vars(builtins).get("__orig_import__", builtins.__import__)
    if "shiboken6" not in sys.modules:
        _load_support()
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain


def _load_support() -> None:
    finders = sys.meta_path
    sys.meta_path = _FirstStays([_SupportFinder(LATER | _TAKEN), *finders])
    try:
        # In this order, because it also tells Windows where the libraries are.
        import PySide6  # noqa: F401
    finally:
        sys.meta_path = finders


class _FirstStays(list[Any]):
    """Finders of modules. PySide6 puts its own in front; ours is still asked before it."""

    def insert(self, place: SupportsIndex, finder: Any, /) -> None:
        super().insert(max(int(place), 1), finder)


class _SupportFinder(LaterFinder):
    """Finds the modules that come later or not at all."""

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if name == _OTHER_NAMES:
            return ModuleSpec(name, _NoOtherNames())
        return super().find_spec(name, path, target)


class _NoOtherNames(Loader):
    """Makes the module that is asked at each import; it has nothing to say."""

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(feature_import=_nothing, feature_imported=_nothing)


def _nothing(*_of_the_import: object, **_more: object) -> None:
    return None
