"""Modules that are loaded when something of them is first asked for.

Libraries import at their head what they need once in a hundred runs: ``logging`` all that shows a traceback,
``urllib`` what reads addresses of networks. For a quick start such a module can stand empty in its place
until then. It is the module in every other respect, and whoever asks waits until it is loaded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.abc import Loader
else:
    # Whatever has its methods is one; to load the class itself takes longer than all of them.
    Loader = object

FOUND = "__found__"
"""Where a module that is not loaded yet has what is known of it."""

_LOADING = RLock()


class LaterFinder:
    """Finds modules to be loaded later; where they are, the other finders know.

    ``names``: of each the functions that others take out of it at once. Those load it when they are called.
    """

    def __init__(self, names: Mapping[str, Collection[str]]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        """What Python asks of a finder; None for all other modules."""
        if name not in self._names:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        found = next(filter(None, (finder.find_spec(name, path, target) for finder in others)), None)
        return found and ModuleSpec(name, _LaterLoader(found, self._names[name]))


class _LaterLoader(Loader):
    """Makes a module that is empty until it is asked for something."""

    def __init__(self, found: ModuleSpec, taken: Collection[str]) -> None:
        self._found, self._taken = found, taken

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Later(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        own = vars(module)
        own[FOUND] = found = self._found
        if found.has_location:
            # Python says where a module is before it is loaded, and what loads packaged programs asks for it.
            own.update(__file__=found.origin, __cached__=found.cached)
        own.update((name, _taken(module, name)) for name in self._taken)


def _taken(module: ModuleType, name: str) -> Callable[..., Any]:
    def call(*values: Any, **named: Any) -> Any:
        return load(module)[name](*values, **named)

    return call


class _Later(ModuleType):
    """A module that is loaded when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        # Whoever looks through all modules asks each for names like these; that is no reason to load it.
        if not name.startswith("__") and name in (own := load(self)):
            return own[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")


def load(module: ModuleType) -> dict[str, Any]:
    """What is in the module, which is loaded now if it was not before. What loading raises."""
    own = vars(module)
    with _LOADING:
        found: ModuleSpec | None = own.pop(FOUND, None)
        if found is not None:
            assert found.loader is not None
            # It may have been given another name as well; whoever loads it knows it by its first.
            published, module.__spec__ = module.__spec__, found
            try:
                found.loader.exec_module(module)
            except BaseException:
                own[FOUND] = found
                raise
            finally:
                module.__spec__ = published
    return own
