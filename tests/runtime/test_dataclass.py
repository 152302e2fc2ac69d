"""Our ``dataclass`` against the standard library's: what can be seen of a class is the same."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from desktop_app.runtime.dataclass import dataclass, field, field_names, replace, values_of

Made = Callable[..., Any]


def _field_of(decorate: Any) -> Any:
    """What declares a field for this decorator."""
    return field if decorate is dataclass else dataclasses.field


def _point(decorate: Any) -> Any:
    field = _field_of(decorate)

    @decorate(frozen=True, slots=True)
    class Point:
        """A place."""

        x: int
        y: int = 2
        note: str = field(default="none", compare=False)
        parts: list[int] = field(default_factory=list, repr=False)
        Kind: ClassVar[str] = "point"

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("below nothing")

        @property
        def sum(self) -> int:
            return self.x + self.y

    return Point


def _basket(decorate: Any) -> Any:
    field = _field_of(decorate)

    @decorate
    class Basket:
        """Changes."""

        apples: int = 0
        others: dict[str, int] = field(default_factory=dict)
        weight: float = field(init=False, default=1.5)
        late: str = field(init=False)

    return Basket


@dataclass(frozen=True, slots=True)
class Kept:
    """Stands in the module, as what is pickled must."""

    words: str
    number: int = 1


@pytest.fixture(params=["ours", "standard"])
def decorate(request: pytest.FixtureRequest) -> Any:
    """One decorator and the other: the tests below hold for both."""
    return dataclass if request.param == "ours" else dataclasses.dataclass


def test_values_come_by_place_by_name_and_by_default(decorate: Any) -> None:
    point = _point(decorate)
    first, second = point(1), point(x=1, y=3, parts=[4])
    assert (first.x, first.y, first.note, first.parts, first.sum) == (1, 2, "none", [], 3)
    assert (second.y, second.parts) == (3, [4])
    assert first.parts is not point(1).parts
    assert point.Kind == "point"


def test_the_first_instances_and_the_many_after_them_are_the_same(decorate: Any) -> None:
    point, basket = _point(decorate), _basket(decorate)
    points = [point(number, note="n") for number in range(30)]
    assert [(each.x, each.y, each.note, each.parts) for each in points] == [
        (number, 2, "n", []) for number in range(30)
    ]
    assert len({id(each.parts) for each in points}) == 30
    baskets = [basket(number) for number in range(30)]
    assert [(each.apples, each.others, each.weight) for each in baskets] == [
        (number, {}, 1.5) for number in range(30)
    ]
    assert not any(hasattr(each, "late") for each in baskets)


@pytest.mark.parametrize(
    ("values", "named"),
    [((1,), {"x": 2}), ((1,), {"z": 2}), ((), {"weight": 2}), ((), {"late": 2})],
)
def test_names_are_checked_each_time(
    decorate: Any, values: tuple[object, ...], named: dict[str, object]
) -> None:
    made = _basket(decorate) if {"weight", "late"} & named.keys() else _point(decorate)
    for _time in range(30):
        with pytest.raises(TypeError):
            made(*values, **named)


@pytest.mark.parametrize("values", [(), (1, 2, "a", [], 5)])
def test_what_is_missing_or_too_much_is_refused_each_time(decorate: Any, values: tuple[object, ...]) -> None:
    point = _point(decorate)
    for _time in range(2):
        with pytest.raises(TypeError):
            point(*values)
    with pytest.raises(TypeError):
        point(1, colour="red")


def test_what_follows_the_making_is_called(decorate: Any) -> None:
    with pytest.raises(ValueError, match="below nothing"):
        _point(decorate)(-1)


def test_equal_and_hashed_by_what_is_compared(decorate: Any) -> None:
    point, other = _point(decorate), _point(decorate)
    assert point(1, note="a") == point(1, note="b") != point(2)
    assert point(1) != other(1)
    with pytest.raises(TypeError):
        hash(point(1))
    key = _key(decorate)
    assert hash(key("a")) == hash(key("a"))
    assert {key("a"): 1}[key("a")] == 1


def _key(decorate: Any) -> Any:
    field = _field_of(decorate)

    @decorate(frozen=True)
    class Key:
        """Hashed."""

        words: str
        parts: list[int] = field(default_factory=list, hash=False)

    return Key


def test_what_is_not_hashed_is_compared_all_the_same(decorate: Any) -> None:
    key = _key(decorate)
    assert hash(key("a", [1])) == hash(key("a", [2]))
    assert key("a", [1]) != key("a", [2])


def test_what_can_change_is_not_hashed(decorate: Any) -> None:
    basket = _basket(decorate)
    assert basket(1, {"pears": 2}).__eq__(3) is NotImplemented
    with pytest.raises(TypeError):
        hash(basket())


def _step(decorate: Any) -> Any:
    @decorate(frozen=True, slots=True, eq=False)
    class Step:
        words: str

    return Step


def test_without_comparing_each_instance_is_its_own(decorate: Any) -> None:
    step = _step(decorate)
    one = step("a")
    assert one == one and one != step("a")
    assert len({one, step("a")}) == 2


def _loose(decorate: Any) -> Any:
    @decorate(frozen=True)
    class Loose:
        words: str

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    return Loose


def test_its_own_comparing_and_hashing_stay(decorate: Any) -> None:
    loose = _loose(decorate)
    assert loose("a") == loose("b")
    assert hash(loose("a")) == 7


def test_it_says_what_it_holds(decorate: Any) -> None:
    point = _point(decorate)
    assert repr(point(1)).endswith("Point(x=1, y=2, note='none')")
    basket = _basket(decorate)()
    basket.late = "x"
    basket.others["self"] = basket
    assert repr(basket).endswith("Basket(apples=0, others={'self': ...}, weight=1.5, late='x')")


def test_what_is_frozen_does_not_change(decorate: Any) -> None:
    point = _point(decorate)(1)
    for step in (lambda: setattr(point, "x", 2), lambda: setattr(point, "z", 2), lambda: delattr(point, "x")):
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
            step()
    assert point.x == 1
    assert not hasattr(point, "__dict__")


def test_the_rest_of_the_standard_library_works_with_it(decorate: Any) -> None:
    point, basket = _point(decorate), _basket(decorate)
    assert [entry.name for entry in dataclasses.fields(point)] == ["x", "y", "note", "parts"]
    assert dataclasses.asdict(point(1)) == {"x": 1, "y": 2, "note": "none", "parts": []}
    assert dataclasses.replace(point(1), y=5) == point(1, 5)
    assert all(map(dataclasses.is_dataclass, (basket, basket())))
    assert basket().weight == 1.5
    assert not hasattr(basket(), "late")
    assert copy.deepcopy(point(1, parts=[3])) == point(1, parts=[3])


@pytest.fixture
def made_anew(decorate: Any) -> Any:
    """What makes a changed copy of the classes of this decorator."""
    return replace if decorate is dataclass else dataclasses.replace


def test_a_changed_copy_has_the_rest_of_the_values(decorate: Any, made_anew: Any) -> None:
    point = _point(decorate)
    first = point(1, note="kept", parts=[3])
    second = made_anew(first, y=5)
    assert (second.x, second.y, second.note, second.parts) == (1, 5, "kept", [3])
    assert first.y == 2
    basket = _basket(decorate)(3)
    basket.weight = 9.0
    assert made_anew(basket).weight == 1.5
    with pytest.raises(ValueError, match="below nothing"):
        made_anew(first, x=-1)


@pytest.mark.parametrize(("name", "refusal"), [("weight", ValueError), ("colour", TypeError)])
def test_a_copy_is_not_changed_in_what_is_not_asked_for(
    decorate: Any, made_anew: Any, name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal, match=name):
        made_anew(_basket(decorate)(), **{name: 2})


def test_a_class_of_the_standard_library_is_copied_as_well() -> None:
    assert replace(_point(dataclasses.dataclass)(1), y=4).y == 4


def test_its_fields_are_named_and_their_values_told() -> None:
    point = _point(dataclass)
    parts = [3]
    assert field_names(point) == ("x", "y", "note", "parts")
    told = values_of(point(1, parts=parts))
    assert told == {"x": 1, "y": 2, "note": "none", "parts": [3]}
    assert told["parts"] is parts
    with pytest.raises(TypeError, match="is not such a class"):
        field_names(_point(dataclasses.dataclass))


def test_a_field_of_the_standard_library_is_refused() -> None:
    with pytest.raises(TypeError, match="standard library's kind"):

        @dataclass
        class Mixed:
            parts: list[int] = dataclasses.field(default_factory=list)


def test_it_is_kept_and_read_again() -> None:
    assert pickle.loads(pickle.dumps(Kept("a"))) == Kept("a")


def test_fields_are_not_inherited() -> None:
    with pytest.raises(TypeError, match="has a base class with fields"):

        @dataclass(frozen=True)
        class More(Kept):
            third: int = 3
