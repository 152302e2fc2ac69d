"""``dataclass`` as in the standard library, for a quick start: code is written when it is first needed.

The standard decorator writes and compiles up to eight methods for each class while its module is loaded,
which for all the classes of this program takes longer than reading a report. Here comparing, hashing,
showing and refusing to change are plain functions over the fields, and ``__init__`` is written when more
than a few instances are made. What such a class means is the same, and ``fields``, ``replace``, ``asdict``
and ``field`` of the standard library work with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar, dataclass_transform, overload

C = TypeVar("C")

_FIELDS = "__dataclass_fields__"
_UNWRITTEN = 10
"""Instances that are filled field by field; to write ``__init__`` for so few of them takes longer."""

_FACTORY = object()
"""Stands for a default that is made anew for each instance."""


@overload
@dataclass_transform(field_specifiers=(dataclasses.field,))
def dataclass(cls: type[C], /) -> type[C]: ...


@overload
@dataclass_transform(field_specifiers=(dataclasses.field,))
def dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True
) -> Callable[[type[C]], type[C]]: ...


@dataclass_transform(field_specifiers=(dataclasses.field,))
def dataclass(
    cls: type[C] | None = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True
) -> type[C] | Callable[[type[C]], type[C]]:
    """As ``dataclasses.dataclass``, with those of its options that this program uses.

    A class with fields of its own has no base class with fields: TypeError.
    """

    def made(plain: type[C]) -> type[C]:
        return _made(plain, frozen=frozen, slots=slots, eq=eq)

    return made if cls is None else made(cls)


def _made(cls: type[C], *, frozen: bool, slots: bool, eq: bool) -> type[C]:
    if hasattr(cls, _FIELDS):
        raise TypeError(f"{cls.__qualname__} has a base class with fields")
    # Not by ``inspect``, which takes longer to load than all this saves.
    kinds: dict[str, str] = cls.__dict__.get("__annotations__", {})  # noqa: RUF063
    names = [name for name, kind in kinds.items() if not kind.startswith("ClassVar")]
    given = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    fields = {name: found for name, found in given.items() if isinstance(found, dataclasses.Field)}
    for name, found in fields.items():
        # What was declared with ``field`` is a default of the class, or nothing.
        if found.default is dataclasses.MISSING:
            delattr(cls, name)
        else:
            setattr(cls, name, found.default)
    standard = _Standard(cls, kinds, given, frozen=frozen)
    if slots:
        cls = _with_slots(cls, names)
    own = dict(cls.__dict__)
    compared = [name for name in names if name not in fields or fields[name].compare]
    shown = [name for name in names if name not in fields or fields[name].repr]
    methods = _methods(compared, shown, eq=eq, has_hash=_has_hash(own), frozen=frozen)
    methods["__init__"] = _first_init(lambda: cls, names, given, frozen=frozen)
    if frozen:
        methods |= _refusing(lambda: cls, names)
    if frozen and slots:
        methods |= _packing(names)
    for name, method in methods.items():
        if name not in own or name == "__hash__":
            setattr(cls, name, method)
    setattr(cls, _FIELDS, standard)
    return cls


class _Standard:
    """What the standard library knows of the fields, for its ``fields``, ``replace`` and ``asdict``."""

    def __init__(
        self, cls: type[object], kinds: Mapping[str, str], given: Mapping[str, object], *, frozen: bool
    ) -> None:
        self._parts = {"__annotations__": dict(kinds), "__module__": cls.__module__, "__doc__": "", **given}
        self._name = cls.__name__
        self._frozen = frozen
        self._known: dict[str, dataclasses.Field[Any]] | None = None

    def __get__(self, instance: object, owner: object = None) -> dict[str, dataclasses.Field[Any]]:
        if self._known is None:
            plain = type(self._name, (), self._parts)
            self._known = getattr(dataclasses.dataclass(plain, frozen=self._frozen), _FIELDS)
        return self._known


def _with_slots(cls: type[C], names: Sequence[str]) -> type[C]:
    """The same class anew, because slots are laid out when a class is made."""
    parts: dict[str, Any] = {
        name: part
        for name, part in cls.__dict__.items()
        if name not in names and name not in ("__dict__", "__weakref__")
    }
    parts["__slots__"] = tuple(names)
    make: Callable[..., type[C]] = type(cls)
    made = make(cls.__name__, cls.__bases__, parts)
    made.__qualname__ = cls.__qualname__
    return made


def _has_hash(own: Mapping[str, object]) -> bool:
    """Whether the class says itself how it is hashed; ``__eq__`` alone sets ``__hash__`` to None."""
    return "__hash__" in own and not (own["__hash__"] is None and "__eq__" in own)


def _methods(
    compared: Sequence[str], shown: Sequence[str], *, eq: bool, has_hash: bool, frozen: bool
) -> dict[str, Any]:
    content = attrgetter(*compared) if compared else _nothing

    def __eq__(self: object, other: object) -> bool:
        return content(self) == content(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(content(self))

    @recursive_repr()
    def __repr__(self: object) -> str:
        words = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({words})"

    methods: dict[str, Any] = {"__repr__": __repr__}
    if eq:
        methods["__eq__"] = __eq__
        if not has_hash:
            methods["__hash__"] = __hash__ if frozen else None
    return methods


def _nothing(instance: object) -> tuple[()]:
    return ()


def _refusing(owner: Callable[[], type[object]], names: Sequence[str]) -> dict[str, Any]:
    def __setattr__(self: object, name: str, value: object) -> None:
        if type(self) is owner() or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self: object, name: str) -> None:
        if type(self) is owner() or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}


def _packing(names: Sequence[str]) -> dict[str, Any]:
    """For ``copy`` and ``pickle``, which would set the attributes of what refuses that."""

    def __getstate__(self: object) -> list[object]:
        return [getattr(self, name) for name in names]

    def __setstate__(self: object, state: list[object]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {"__getstate__": __getstate__, "__setstate__": __setstate__}


def _first_init(
    owner: Callable[[], type[object]], names: Sequence[str], given: Mapping[str, Any], *, frozen: bool
) -> Any:
    left = _UNWRITTEN

    def __init__(self: object, *values: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        if left >= 0 and (content := _content(names, given, values, named)) is not None:
            put = object.__setattr__ if frozen else setattr
            for name, value in content.items():
                put(self, name, value)
            if hasattr(owner(), "__post_init__"):
                self.__post_init__()  # type: ignore[attr-defined]
            return
        init = _written_init(owner(), names, given, frozen=frozen)
        # From now on instances are made by what was written.
        type.__setattr__(owner(), "__init__", init)
        init(self, *values, **named)

    return __init__


def _content(
    names: Sequence[str], given: Mapping[str, Any], values: Sequence[Any], named: Mapping[str, Any]
) -> dict[str, Any] | None:
    """What each field of a new instance holds; None where the call is wrong, which ``__init__`` says best."""
    content: dict[str, Any] = {}
    asked = 0
    for name in names:
        default: Any = given.get(name, dataclasses.MISSING)
        factory: Any = dataclasses.MISSING
        is_asked = True
        if isinstance(default, dataclasses.Field):
            factory, is_asked, default = default.default_factory, default.init, default.default
        asked += is_asked
        is_named = name in named
        if is_asked and asked <= len(values):
            if is_named:
                return None
            content[name] = values[asked - 1]
        elif is_named:
            if not is_asked:
                return None
            content[name] = named[name]
        elif factory is not dataclasses.MISSING:
            content[name] = factory()
        elif default is not dataclasses.MISSING:
            content[name] = default
        elif is_asked:
            return None
    return content if asked >= len(values) and named.keys() <= content.keys() else None


def _written_init(cls: type[object], names: Sequence[str], given: Mapping[str, Any], *, frozen: bool) -> Any:
    parameters, lines = [], []
    known: dict[str, Any] = {"_factory": _FACTORY, "_set": object.__setattr__}
    for name in names:
        default: Any = given.get(name, dataclasses.MISSING)
        factory: Any = dataclasses.MISSING
        is_asked = True
        if isinstance(default, dataclasses.Field):
            factory, is_asked, default = default.default_factory, default.init, default.default
        value = name
        if factory is not dataclasses.MISSING:
            known[f"_make_{name}"] = factory
            value = f"_make_{name}() if {name} is _factory else {name}" if is_asked else f"_make_{name}()"
            default = _FACTORY
        if default is not dataclasses.MISSING:
            known[f"_default_{name}"] = default
        if is_asked:
            has_default = default is not dataclasses.MISSING
            parameters.append(f"{name}=_default_{name}" if has_default else name)
        elif factory is dataclasses.MISSING:
            if default is dataclasses.MISSING:
                continue
            value = f"_default_{name}"
        lines.append(f" _set(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    source = f"def __init__({', '.join(['self', *parameters])}):\n" + ("\n".join(lines) or " pass")
    exec(source, known)
    init = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init
