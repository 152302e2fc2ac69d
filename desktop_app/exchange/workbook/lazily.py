"""Sequences whose members are made when somebody comes by, so that a long one is never whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from typing import Any, Generic, TypeVar, overload

KEPT = 2_000
"""So many members are made once and kept: faster, and still small."""

Source = TypeVar("Source")
Made = TypeVar("Made")


def lazily(sources: Sequence[Source], made: Callable[[Source], Made]) -> Sequence[Made]:
    """What is ``made`` from each of the sources: kept when they are few, else made anew on every walk."""
    if len(sources) <= KEPT:
        return tuple(made(source) for source in sources)
    return Lazily(sources, made)


class Lazily(Sequence[Made], Generic[Source, Made]):
    """What is ``made`` from each of the sources, anew on every walk.

    It is made in the context of whoever has planned it, so that it speaks the same language then.
    """

    def __init__(self, sources: Sequence[Source], made: Callable[[Source], Made]) -> None:
        """Nothing is made yet."""
        self._sources = sources
        self._made = made
        self._context = copy_context()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._sources)

    def __iter__(self) -> Iterator[Made]:
        """Make them one after the other."""
        run, made = self._context.run, self._made
        return (run(made, source) for source in self._sources)

    @overload
    def __getitem__(self, index: int) -> Made: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Made, ...]: ...

    def __getitem__(self, index: int | slice) -> Any:
        """Make one, or some."""
        if isinstance(index, slice):
            return tuple(self._context.run(self._made, source) for source in self._sources[index])
        return self._context.run(self._made, self._sources[index])
