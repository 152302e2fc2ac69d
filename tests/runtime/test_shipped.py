from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.runtime import shipped as place
from desktop_app.runtime.shipped import resource, shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    """Where shipped things are is found out once in a run of the program."""
    shipped.cache_clear()
    yield
    shipped.cache_clear()


def test_in_a_checkout_shipped_files_stand_beside_the_source() -> None:
    assert shipped("forms") == ROOT / "forms"
    assert resource("i18n", "babel.cfg").is_file()


def test_in_an_installed_program_they_stand_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "desktop_app"
    bundled = package / "_bundled" / "forms"
    bundled.mkdir(parents=True)
    monkeypatch.setattr(place, "__file__", str(package / "runtime" / "shipped.py"))
    assert shipped("forms") == bundled


def test_in_a_frozen_program_they_stand_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert shipped("forms") == tmp_path / "forms"
    assert resource("icons", "add.svg") == tmp_path / "resources" / "icons" / "add.svg"
