"""Qt's enumerations, made quickly.

A window needs some two hundred of them with three thousand members, and the standard library takes longer
to make those than to draw the page: it prepares each for all that an enumeration can be. Those of Qt are
of one kind, whole numbers without anything else, so here the standard library makes one of each kind
without members, and the others are made after it. What comes out is the same.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Mapping, Sequence
from typing import Any

_MADE_HOW = (3, 11, 7), (3, 12)
"""The Pythons whose enumerations are made here, from the first on and before the second.

Older ones, such as Debian 12 has, count the bits of flags otherwise; all others make their own.
"""

_KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)

_standard_create: Any = enum.EnumType._create_  # type: ignore[attr-defined]

_models: dict[tuple[object, object], tuple[dict[str, Any], frozenset[str]]] = {}
"""For each kind what a class of it consists of, and the names that none of its members may have here."""


def make_enums_quickly() -> None:
    """From now on; only what ``Enum(name, members)`` makes is concerned, not classes in modules."""
    if is_made_here(sys.version_info):
        enum.EnumType._create_ = create  # type: ignore[attr-defined]


def is_made_here(version: Sequence[object]) -> bool:
    """Whether the Python of this version makes enumerations as they are made here."""
    first, end = _MADE_HOW
    return first <= tuple(version) < end


def create(
    kind: Any,
    name: str,
    members: Any,
    *,
    module: str | None = None,
    qualname: str | None = None,
    type: Any = None,
    start: int = 1,
    boundary: enum.FlagBoundary | None = None,
) -> Any:
    """As the standard library, with its parameters; what is not of Qt's kind it makes itself."""
    if module is None:
        # Where the standard library looks: who called the class that called this.
        module = sys._getframe(2).f_globals["__name__"]
    is_plain = qualname is None and type is None and is_made_here(sys.version_info)
    if kind in _KINDS and is_plain and _are_numbers(members):
        values = dict(members)
        parts, taken = _model(kind, boundary)
        if len(values) == len(members) and taken.isdisjoint(values):
            return _made(kind, name, values, {**parts, "__module__": module})
    options = {"module": module, "qualname": qualname, "type": type, "start": start, "boundary": boundary}
    return _standard_create(kind, name, members, **options)


def _are_numbers(members: Any) -> bool:
    return members.__class__ is list and all(
        member.__class__ is tuple and member[1].__class__ is int and member[0][:1] not in ("", "_")
        for member in members
    )


def _model(kind: Any, boundary: enum.FlagBoundary | None) -> tuple[dict[str, Any], frozenset[str]]:
    if (kind, boundary) not in _models:
        model = _standard_create(kind, "Model", (), module=__name__, boundary=boundary)
        parts = {name: part for name, part in vars(model).items() if name not in ("__dict__", "__weakref__")}
        taken = frozenset(name for base in model.__mro__ for name in vars(base)) | {"mro"}
        _models[kind, boundary] = parts, taken
    return _models[kind, boundary]


def _made(kind: Any, name: str, values: Mapping[str, int], parts: Mapping[str, Any]) -> Any:
    names: list[str] = []
    by_name: dict[str, Any] = {}
    by_value: dict[int, Any] = {}
    own = {"_member_names_": names, "_member_map_": by_name, "_value2member_map_": by_value}
    made: Any = type.__new__(enum.EnumType, name, (kind,), {**parts, **own, "_unhashable_values_": []})
    is_flag = issubclass(kind, enum.Flag)
    new, put = made._new_member_, type.__setattr__
    for member_name, value in values.items():
        member = by_value.get(value)
        if member is None:
            member = new(made, value) if made._use_args_ else new(made)
            member._value_ = value
            member._name_ = member_name
            member.__objclass__ = made
            member._sort_order_ = len(names)
            by_value[value] = member
            # Flags of several bits have names, and are not listed among the members.
            if not is_flag or _is_single_bit(value):
                names.append(member_name)
        by_name[member_name] = member
        put(made, member_name, member)
    if is_flag:
        _set_bits(made, by_value)
    return made


def _set_bits(made: Any, by_value: Mapping[int, Any]) -> None:
    for value in by_value:
        made._flag_mask_ |= value
        if _is_single_bit(value):
            made._singles_mask_ |= value
    made._all_bits_ = 2 ** made._flag_mask_.bit_length() - 1
    listed = [made._member_map_[name]._value_ for name in made._member_names_]
    if listed != sorted(listed):
        made._iter_member_ = made._iter_member_by_def_


def _is_single_bit(value: int) -> bool:
    return value != 0 and not value & (value - 1)
