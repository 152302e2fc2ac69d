"""``dataclass`` as in the standard library, for a quick start: code is written when it is first needed.

The standard decorator writes and compiles up to eight methods for each class while its module is loaded,
which for all the classes of this program takes longer than reading a report. Here comparing, hashing,
showing and refusing to change are plain functions over the fields, and ``__init__`` is written when more
than a few instances are made. What such a class means is the same, and ``fields``, ``replace`` and ``asdict``
of the standard library work with it; ``field`` and ``replace`` are here as well, because to load the
standard library's takes as long as reading a form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    import dataclasses

C = TypeVar("C")
T = TypeVar("T")

_FIELDS = "__dataclass_fields__"
_UNWRITTEN = 10
"""Instances that are filled field by field; to write ``__init__`` for so few of them takes longer."""

_FACTORY = object()
"""Stands for a default that is made anew for each instance."""

_MISSING: Any = object()
"""Stands where there is no default."""


class _Field:
    """What is declared of a field; ``hash`` None: as it is compared."""

    def __init__(self, default: Any, default_factory: Any, **options: Any) -> None:
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.compare = options["init"], options["repr"], options["compare"]
        self.hash = self.compare if options["hash"] is None else options["hash"]
        self._options = options

    def in_standard(self) -> Any:
        import dataclasses

        defaults = {"default": self.default, "default_factory": self.default_factory}
        given = {name: default for name, default in defaults.items() if default is not _MISSING}
        return dataclasses.field(**self._options, **given)


@overload
def field(
    *, default: T, init: bool = True, repr: bool = True, hash: bool | None = None, compare: bool = True
) -> T: ...


@overload
def field(
    *,
    default_factory: Callable[[], T],
    init: bool = True,
    repr: bool = True,
    hash: bool | None = None,
    compare: bool = True,
) -> T: ...


@overload
def field(*, init: bool = True, repr: bool = True, hash: bool | None = None, compare: bool = True) -> Any: ...


def field(
    *,
    default: Any = _MISSING,
    default_factory: Any = _MISSING,
    init: bool = True,
    repr: bool = True,
    hash: bool | None = None,
    compare: bool = True,
) -> Any:
    """As ``dataclasses.field``, with those of its options that this program uses."""
    return _Field(default, default_factory, init=init, repr=repr, hash=hash, compare=compare)


@overload
@dataclass_transform(field_specifiers=(field,))
def dataclass(cls: type[C], /) -> type[C]: ...


@overload
@dataclass_transform(field_specifiers=(field,))
def dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True
) -> Callable[[type[C]], type[C]]: ...


@dataclass_transform(field_specifiers=(field,))
def dataclass(
    cls: type[C] | None = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True
) -> type[C] | Callable[[type[C]], type[C]]:
    """As ``dataclasses.dataclass``, with those of its options that this program uses.

    A class with fields of its own has no base class with fields, and they are declared with the ``field``
    of this module: TypeError.
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
    fields = {name: found for name, found in given.items() if isinstance(found, _Field)}
    if any(type(found).__module__ == "dataclasses" for found in given.values()):
        raise TypeError(f"{cls.__qualname__} has a field of the standard library's kind")
    for name, found in fields.items():
        # What was declared with ``field`` is a default of the class, or nothing.
        if found.default is _MISSING:
            delattr(cls, name)
        else:
            setattr(cls, name, found.default)
    standard = _Standard(cls, kinds, given)
    if slots:
        cls = _with_slots(cls, names)
    own = dict(cls.__dict__)
    compared = [name for name in names if name not in fields or fields[name].compare]
    methods: dict[str, Any] = {}
    if eq:
        methods["__eq__"] = _comparing(compared)
        if not _has_hash(own):
            hashed = [name for name in names if name not in fields or fields[name].hash]
            methods["__hash__"] = _hashing(hashed) if frozen else None
    methods["__repr__"] = _showing([name for name in names if name not in fields or fields[name].repr])
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

    def __init__(self, cls: type[object], kinds: Mapping[str, str], given: Mapping[str, object]) -> None:
        self.names = tuple(name for name, kind in kinds.items() if not kind.startswith("ClassVar"))
        self.unasked = {name for name, part in given.items() if isinstance(part, _Field) and not part.init}
        # Where a class has no words of its own the standard library writes them, and loads much for that.
        self._parts = {
            "__doc__": cls.__name__,
            "__annotations__": dict(kinds),
            "__module__": cls.__module__,
            **given,
        }
        self._name = cls.__name__
        self._known: dict[str, dataclasses.Field[Any]] | None = None

    def __get__(self, instance: object, owner: object = None) -> dict[str, dataclasses.Field[Any]]:
        if self._known is None:
            import dataclasses

            parts = {
                name: part.in_standard() if isinstance(part, _Field) else part
                for name, part in self._parts.items()
            }
            plain = type(self._name, (), parts)
            self._known = getattr(dataclasses.dataclass(init=False, repr=False, eq=False)(plain), _FIELDS)
        return self._known


def _standard_of(cls: type[object]) -> _Standard | None:
    found = next((vars(base)[_FIELDS] for base in cls.__mro__ if _FIELDS in vars(base)), None)
    return found if isinstance(found, _Standard) else None


def field_names(cls: type[object]) -> tuple[str, ...]:
    """The names of the fields of a class, in their order. TypeError where it was not made here."""
    standard = _standard_of(cls)
    if standard is None:
        raise TypeError(f"{cls.__qualname__} is not such a class")
    return standard.names


def values_of(instance: object) -> dict[str, Any]:
    """What each field of an instance holds, as it is; TypeError where its class was not made here."""
    return {name: getattr(instance, name) for name in field_names(type(instance))}


def replace(instance: T, /, **changes: Any) -> T:
    """As ``dataclasses.replace``: a new instance with these values and otherwise those of ``instance``.

    ValueError for a field that is not asked for when an instance is made.
    """
    standard = _standard_of(type(instance))
    if standard is None:
        import dataclasses

        return dataclasses.replace(instance, **changes)  # type: ignore[type-var]
    for name in standard.names:
        if name not in standard.unasked:
            changes.setdefault(name, getattr(instance, name))
        elif name in changes:
            raise ValueError(f"field {name!r} is not asked for when {type(instance).__qualname__} is made")
    return type(instance)(**changes)


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


def _comparing(names: Sequence[str]) -> Any:
    content = attrgetter(*names) if names else _nothing

    def __eq__(self: object, other: object) -> bool:
        return content(self) == content(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hashing(names: Sequence[str]) -> Any:
    content = attrgetter(*names) if names else _nothing

    def __hash__(self: object) -> int:
        return hash(content(self))

    return __hash__


def _showing(names: Sequence[str]) -> Any:
    @recursive_repr()
    def __repr__(self: object) -> str:
        words = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({words})"

    return __repr__


def _nothing(instance: object) -> tuple[()]:
    return ()


def _refusing(owner: Callable[[], type[object]], names: Sequence[str]) -> dict[str, Any]:
    def __setattr__(self: object, name: str, value: object) -> None:
        if type(self) is owner() or name in names:
            raise _frozen_error(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self: object, name: str) -> None:
        if type(self) is owner() or name in names:
            raise _frozen_error(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}


def _frozen_error(words: str) -> Exception:
    from dataclasses import FrozenInstanceError

    return FrozenInstanceError(words)


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
        default: Any = given.get(name, _MISSING)
        factory: Any = _MISSING
        is_asked = True
        if isinstance(default, _Field):
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
        elif factory is not _MISSING:
            content[name] = factory()
        elif default is not _MISSING:
            content[name] = default
        elif is_asked:
            return None
    return content if asked >= len(values) and named.keys() <= content.keys() else None


def _written_init(cls: type[object], names: Sequence[str], given: Mapping[str, Any], *, frozen: bool) -> Any:
    parameters, lines = [], []
    known: dict[str, Any] = {"_factory": _FACTORY, "_set": object.__setattr__}
    for name in names:
        default: Any = given.get(name, _MISSING)
        factory: Any = _MISSING
        is_asked = True
        if isinstance(default, _Field):
            factory, is_asked, default = default.default_factory, default.init, default.default
        value = name
        if factory is not _MISSING:
            known[f"_make_{name}"] = factory
            value = f"_make_{name}() if {name} is _factory else {name}" if is_asked else f"_make_{name}()"
            default = _FACTORY
        if default is not _MISSING:
            known[f"_default_{name}"] = default
        if is_asked:
            has_default = default is not _MISSING
            parameters.append(f"{name}=_default_{name}" if has_default else name)
        elif factory is _MISSING:
            if default is _MISSING:
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
