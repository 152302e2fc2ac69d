"""Modules that are loaded when they are first asked for something."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from threading import Barrier, Thread
from types import ModuleType

import pytest

from desktop_app.runtime.later import FOUND, LaterFinder, load

NAME = "a_module_for_later"
WORDS = """
import sys
runs = sys.modules.setdefault("runs of a module for later", [])
runs.append(__name__)
answer = 42
def taken(number, *, more=0):
    return number + more
"""


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    (tmp_path / f"{NAME}.py").write_text(WORDS)
    monkeypatch.syspath_prepend(str(tmp_path))
    finder = LaterFinder({NAME: ("taken",)})
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    yield import_module(NAME)
    for name in (NAME, "runs of a module for later"):
        sys.modules.pop(name, None)


def is_waiting(module: ModuleType) -> bool:
    return FOUND in vars(module)


def test_it_is_loaded_when_something_of_it_is_asked_for(later: ModuleType) -> None:
    assert is_waiting(later)
    assert later.answer == 42
    assert not is_waiting(later)
    assert later.__spec__ is not None
    assert (later.__name__, later.__spec__.name) == (NAME, NAME)


def test_what_everybody_asks_every_module_does_not_load_it(later: ModuleType) -> None:
    assert not hasattr(later, "__path__")
    assert is_waiting(later)


def test_it_says_where_it_is_before_it_is_loaded(later: ModuleType, tmp_path: Path) -> None:
    assert later.__file__ == str(tmp_path / f"{NAME}.py")
    assert is_waiting(later)
    assert later.answer == 42
    assert later.__file__ == str(tmp_path / f"{NAME}.py")


def test_a_function_that_was_taken_out_loads_it_when_it_is_called(later: ModuleType) -> None:
    taken = later.taken
    assert is_waiting(later)
    assert taken(1, more=2) == 3
    assert not is_waiting(later)
    # What was taken before goes on working, and is not in the way of the real one.
    assert taken(2) == later.taken(2) == 2
    assert later.taken.__name__ == "taken"


def test_what_it_does_not_have_is_missing_as_ever(later: ModuleType) -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = later.nothing


def test_several_threads_at_once_load_it_once(later: ModuleType) -> None:
    together = Barrier(8)
    found: list[object] = []

    def ask() -> None:
        together.wait()
        found.append(later.answer)

    threads = [Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [42] * 8
    assert later.runs == [NAME]


def test_what_could_not_be_loaded_is_tried_again(later: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.py"
    path.write_text("raise RuntimeError('not now')")
    with pytest.raises(RuntimeError, match="not now"):
        _ = later.answer
    path.write_text("answer = 43 + 0")
    assert load(later)["answer"] == 43


def test_other_modules_are_none_of_its_business() -> None:
    assert LaterFinder({NAME: ()}).find_spec("json", None) is None
    assert LaterFinder({NAME: ()}).find_spec(NAME, None) is None
