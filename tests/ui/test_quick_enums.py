"""Enumerations made quickly against the standard library's: what can be seen of them is the same."""

from __future__ import annotations

import enum
import pickle
from collections.abc import Callable
from functools import partial
from operator import invert, or_
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QFont, QPainter, QTextFormat
from PySide6.QtWidgets import QSizePolicy, QStyle, QTextEdit

from desktop_app.ui.quick_enums import create, is_made_here

KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
QT = (Qt, QEvent, QLocale, QFont, QPainter, QTextFormat, QSizePolicy, QStyle, QTextEdit)

names = st.sampled_from(["One", "Two", "Both", "None_", "name", "value", "real", "lower", "_x", "a b", "mro"])
numbers = st.one_of(st.integers(-3, 9), st.integers(-(2**33), 2**33))


def _quick(kind: Any, name: str, members: list[tuple[str, Any]], **options: Any) -> Any:
    # Between the caller and what makes it stands a frame of the standard library, as when Qt calls.
    def standard_frame() -> Any:
        return create(kind, name, members, **options)

    return standard_frame()


def _standard(kind: Any, name: str, members: list[tuple[str, Any]], **options: Any) -> Any:
    return kind(name, members, **options)


def _seen(made: Any) -> dict[str, Any]:
    """Everything the class holds, with its members and what of it is itself put into words."""

    def in_words(part: Any) -> Any:
        if isinstance(part, made):
            return "member", vars(part) | {"__objclass__": "itself"}, part == part.value, hash(part)
        if isinstance(part, dict):
            return [(key, in_words(value)) for key, value in part.items()]
        # A class that is made with its ``__new__`` holds it so; it is called the same.
        part = part.__func__ if isinstance(part, staticmethod) else part
        # Descriptors of a class's own are made anew for each.
        return part if isinstance(part, (int, str, list, tuple, type)) else (type(part), repr(part)[:20])

    # The quick one of the same name says nothing of slots and dictionaries that every class has.
    return {name: in_words(part) for name, part in vars(made).items() if name != "__weakref__"}


def _answers(made: Any) -> list[str]:
    """What the class answers, or how it refuses."""
    members = list(made.__members__.values())

    def answers_of(one: Any) -> list[object]:
        return [one, str(one), f"{one}", made(one.value) is one, one in made]

    calls: list[Callable[[], object]] = [
        lambda: [list(made), len(made), made, made.__name__, made.__qualname__, made.__module__],
        *(partial(answers_of, one) for one in members),
    ]
    if issubclass(made, enum.Flag):
        some = [*members[:6], *members[-6:]]
        calls += [partial(call, one) for one in some for call in (invert, list)]
        calls += [partial(or_, one, another) for one in some for another in some]
    return [_answer(call) for call in calls]


def _answer(call: Callable[[], object]) -> str:
    try:
        return repr(call())
    except (AttributeError, TypeError, ValueError) as error:
        return repr(error)


@pytest.mark.parametrize("owner", QT, ids=lambda owner: str(owner.__name__))
def test_enumerations_of_qt_are_the_same(owner: type[object]) -> None:
    found: list[Any] = [part for part in vars(owner).values() if isinstance(part, enum.EnumType)]
    assert found
    for one in found:
        members = [(name, member.value) for name, member in one.__members__.items()]
        options: dict[str, Any] = {"module": one.__module__, "boundary": enum.FlagBoundary.KEEP}
        quick = _quick(one.__bases__[0], one.__name__, members, **options)
        standard = _standard(one.__bases__[0], one.__name__, members, **options)
        assert _seen(quick) == _seen(standard)
        assert _answers(quick) == _answers(standard)


@given(
    st.sampled_from(KINDS),
    st.lists(st.tuples(names, numbers), max_size=6),
    st.sampled_from(enum.FlagBoundary),
)
def test_any_enumeration_is_the_same(
    kind: Any, members: list[tuple[str, int]], boundary: enum.FlagBoundary
) -> None:
    def made(how: Any) -> Any:
        try:
            return how(kind, "Made", list(members), boundary=boundary)
        except (TypeError, ValueError) as error:
            return type(error), str(error)

    quick, standard = made(_quick), made(_standard)
    if not isinstance(standard, enum.EnumType):
        assert quick == standard
        return
    assert _seen(quick) == _seen(standard)
    assert _answers(quick) == _answers(standard)


@pytest.mark.parametrize(
    ("members", "options"),
    [
        ([("A", "words"), ("B", 2)], {}),
        ([("A", True)], {}),
        ([("A", 1)], {"type": int}),
        ([("A", 1)], {"qualname": "Within.Made"}),
        (["A", "B"], {"start": 5}),
        ("A B", {}),
        ({"A": 1}, {}),
    ],
)
def test_what_is_not_of_qts_kind_is_made_by_the_standard_library(members: Any, options: Any) -> None:
    quick = _quick(enum.Enum, "Made", members, module="somewhere", **options)
    standard = _standard(enum.Enum, "Made", members, module="somewhere", **options)
    assert _seen(quick) == _seen(standard)
    assert _answers(quick) == _answers(standard)


Colour: Any = create(enum.Flag, "Colour", [("Red", 1), ("Green", 2), ("Yellow", 3)], module=__name__)


def test_a_member_survives_pickling() -> None:
    assert pickle.loads(pickle.dumps(Colour.Red)) is Colour.Red
    assert pickle.loads(pickle.dumps(Colour.Red | Colour.Green)) is Colour.Yellow


def test_members_cannot_be_set_or_taken_away() -> None:
    with pytest.raises(AttributeError):
        Colour.Red = 5
    with pytest.raises(AttributeError):
        del Colour.Red


@pytest.mark.parametrize(
    ("version", "is_so"),
    [
        # Debian 12 has 3.11.2, whose flags know nothing of "_singles_mask_".
        ((3, 11, 2, "final", 0), False),
        ((3, 11, 7, "final", 0), True),
        ((3, 11, 14, "final", 0), True),
        ((3, 12, 0, "final", 0), False),
        ((3, 13, 1, "final", 0), False),
    ],
)
def test_only_pythons_that_make_them_so_are_helped(version: tuple[object, ...], is_so: bool) -> None:
    assert is_made_here(version) is is_so
