from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

import pytest

from desktop_app.runtime.files import CannotWriteError
from desktop_app.runtime.settings import MOST_RECENT, Settings, load_settings, save_settings
from tests.support.report_files import unprivileged_folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def test_settings_come_back_as_they_were_saved(path: Path) -> None:
    settings = Settings("fr", "dark", "Arta Ë.", ["a.adesk"], "a.adesk", {"a.adesk": "T2"}, "AAAA", False)
    save_settings(settings, path)
    assert load_settings(path) == settings
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_there_are_defaults(path: Path) -> None:
    assert load_settings(path) == Settings()
    assert not path.parent.exists()
    blocked = written(path, b"{}") / "below" / "settings.json"
    assert load_settings(blocked) == Settings()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"dark"',
        b"\xff\xfe\x00",
        b"\x00" * 40,
        b"[" * 100_000,
        b'{"language": "fr"',
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_damaged_file_is_set_aside_whole(path: Path, content: bytes) -> None:
    written(path, content)
    assert load_settings(path) == Settings()
    assert not path.exists()
    assert (path.parent / "settings.damaged.json").read_bytes() == content


def test_a_second_damaged_file_takes_the_place_of_the_first(path: Path) -> None:
    written(path, b"first")
    load_settings(path)
    path.write_bytes(b"second")
    load_settings(path)
    assert (path.parent / "settings.damaged.json").read_bytes() == b"second"


def test_a_byte_order_mark_is_no_damage(path: Path) -> None:
    written(path, b"\xef\xbb\xbf" + b'{"language": "fr"}')
    assert load_settings(path).language == "fr"


@pytest.mark.parametrize(
    ("plain", "settings"),
    [
        ({"language": 5, "appearance": "dark"}, Settings(appearance="dark")),
        ({"side_panel": "no", "recent": "a.adesk", "places": []}, Settings()),
        ({"recent": ["a.adesk", 5, None]}, Settings(recent=["a.adesk"])),
        ({"places": {"a.adesk": "T1", "b.adesk": 5}}, Settings(places={"a.adesk": "T1"})),
        (
            {"recent": [f"{number}.adesk" for number in range(20)]},
            Settings(recent=[f"{number}.adesk" for number in range(MOST_RECENT)]),
        ),
    ],
)
def test_a_setting_of_a_wrong_kind_is_left_out(path: Path, plain: dict[str, Any], settings: Settings) -> None:
    written(path, json.dumps(plain).encode())
    assert load_settings(path) == settings


def test_settings_of_a_newer_program_are_kept(path: Path) -> None:
    written(path, b'{"language": "fr", "zoom": {"pages": 1.5}, "others": [1]}')
    settings = load_settings(path)
    assert settings.others == {"zoom": {"pages": 1.5}, "others": [1]}
    settings.language = "de"
    save_settings(settings, path)
    plain = json.loads(path.read_bytes())
    assert (plain["language"], plain["zoom"], plain["others"]) == ("de", {"pages": 1.5}, [1])


def test_names_of_files_that_are_no_proper_text_are_kept(path: Path) -> None:
    name = os.fsdecode(b"/media/\xff\xfe.adesk")
    settings = Settings()
    settings.opened(Path(name))
    save_settings(settings, path)
    assert load_settings(path).last_file == name


def test_the_last_opened_file_comes_first_and_old_places_are_forgotten() -> None:
    settings = Settings()
    for number in [*range(12), 7]:
        settings.opened(Path(f"{number}.adesk"))
        settings.places[settings.last_file] = "T1"
    assert settings.recent == [f"{number}.adesk" for number in (7, 11, 10, 9, 8, 6, 5, 4)]
    assert settings.places.keys() == set(settings.recent)
    assert settings.last_file == "7.adesk"


def test_a_folder_that_cannot_be_written_is_told_and_keeps_the_old_settings() -> None:
    with unprivileged_folder() as folder:
        path = folder / "settings.json"
        save_settings(Settings("fr"), path)
        folder.chmod(0o500)
        with pytest.raises(CannotWriteError) as error:
            save_settings(Settings("de"), path)
        assert str(folder) in error.value.sentence
        assert load_settings(path) == Settings("fr")
        below = folder / "new" / "settings.json"
        with pytest.raises(CannotWriteError):
            save_settings(Settings("de"), below)


def test_a_damaged_file_in_a_read_only_folder_stays_where_it_is(caplog: pytest.LogCaptureFixture) -> None:
    with unprivileged_folder() as folder:
        path = written(folder / "config" / "settings.json", b"damaged")
        path.parent.chmod(0o500)
        with caplog.at_level(logging.WARNING):
            assert load_settings(path) == Settings()
        assert path.read_bytes() == b"damaged"
        assert "could not be set aside" in caplog.text
        path.parent.chmod(0o700)


def test_a_file_that_may_not_be_read_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    with unprivileged_folder() as folder:
        path = folder / "settings.json"
        path.write_bytes(b'{"language": "fr"}')
        path.chmod(0)
        with caplog.at_level(logging.WARNING):
            assert load_settings(path) == Settings()
        assert "could not be read" in caplog.text
        path.chmod(0o600)
        assert load_settings(path).language == "fr"


def test_a_folder_where_something_else_stands_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_bytes(b"")
    with pytest.raises(CannotWriteError):
        save_settings(Settings(), tmp_path / "config" / "settings.json")
