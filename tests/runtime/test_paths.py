from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.runtime import paths
from desktop_app.runtime.places import this_computer
from tests.support.report_files import unprivileged_folder

ROOT = Path(__file__).resolve().parents[2]


def test_a_person_s_folders_are_their_own_and_not_made_by_asking(home: Path) -> None:
    folders = [
        paths.config_folder(), paths.data_folder(), paths.documents_folder(), paths.log_folder(),
    ]  # fmt: skip
    assert len(set(folders)) == len(folders)
    for folder in folders:
        assert folder.is_relative_to(home)
    assert list(home.iterdir()) == []
    assert paths.APP_NAME in paths.config_folder().parts


def test_forms_come_from_the_program_the_person_and_the_administrator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = [ROOT / "forms", *paths.shared_forms(), paths.data_folder() / "forms"]
    assert len(paths.shared_forms()) == 1
    assert paths.form_folders() == own
    extra = [tmp_path / "a", tmp_path / "b"]
    monkeypatch.setenv(paths.FORMS_VARIABLE, os.pathsep.join(["", *map(str, extra)]))
    assert paths.form_folders() == [*own, *extra]


def test_the_policy_says_which_further_folders_of_forms_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.FORMS_VARIABLE, str(tmp_path / "a"))
    settled = tmp_path / "policy.toml"
    settled.write_text(f"form_folders = ['{tmp_path / 'ours'}']", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(settled))
    assert paths.form_folders() == [ROOT / "forms", *paths.shared_forms(), tmp_path / "ours"]


def test_no_variable_makes_a_persons_folder_one_for_everybody_where_it_settles_the_forms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with unprivileged_folder() as folder:
        shared = folder / "alliance-desk" / "forms"
        shared.mkdir(parents=True)
        monkeypatch.setenv("XDG_DATA_DIRS", f"{folder}:/usr/share")
        assert paths.form_folders()[1:2] == [shared]
        settled = folder / "policy.toml"
        settled.write_text("form_folders = []", "utf-8")
        monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(settled))
        assert paths.form_folders() == [ROOT / "forms", Path("/usr/share/alliance-desk/forms")]
        shared.rmdir()
        assert shared in paths.form_folders()


def test_the_policy_says_where_files_are_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled = tmp_path / "policy.toml"
    settled.write_text(f"data_folder = '{tmp_path / 'reports'}'", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(settled))
    assert paths.documents_folder() == tmp_path / "reports"


def test_forms_for_everybody_are_where_an_administrator_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_DIRS", "/usr/share/gnome:/usr/local/share/:/usr/share/")
    if sys.platform == "linux":
        names = [str(path) for path in paths.shared_forms()]
        assert names[0] == "/usr/local/share/alliance-desk/forms"
        assert "/usr/share/gnome/alliance-desk/forms" in names


_OWN = (paths.config_folder, paths.data_folder, paths.cache_folder, paths.log_folder, paths.documents_folder)


def _is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account that no list of accounts knows, as of a service in a container."""
    for name in [*os.environ]:
        if name == "HOME" or name.startswith("XDG_"):
            monkeypatch.delenv(name)
    monkeypatch.setitem(sys.modules, "pwd", None)


@pytest.mark.parametrize("folder", _OWN, ids=lambda folder: str(folder.__name__))
def test_an_account_without_a_home_is_told_what_to_set(
    folder: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _is_nobody(monkeypatch)
    with pytest.raises(paths.NoHomeError, match="Set the environment variable HOME"):
        folder()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folder().is_relative_to(tmp_path)


def test_whoever_has_no_home_has_nothing_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _is_nobody(monkeypatch)
    assert not paths.home().exists()
    assert this_computer().home == paths.home()
