"""Old versions of a form on the command line: shown, exported, taken over to a newer one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.form_versions import FIRST_ROW, first_file, versioned_library

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIANCE_DESK_FORMS", str(tmp_path / "forms"))
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(tmp_path / "backups"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A report of version 1; both versions are there."""
    return first_file(tmp_path / "albania.adesk", versioned_library(tmp_path, "1", "2"))


def as_json(run: Run, *arguments: object) -> Any:
    code, out, _err = run(*arguments, "--json")
    assert code == 0, out
    return json.loads(out)


def test_an_old_version_is_shown_as_long_as_it_is_there(run: Run, path: Path) -> None:
    code, out, _err = run("show", path)
    assert code == 0
    assert "Train the police in every district" in out
    assert "notices" not in as_json(run, "show", path)


def test_another_version_is_shown_with_a_sentence(run: Run, path: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "forms" / "tiny" / "1")
    code, out, _err = run("show", path)
    assert code == 0
    assert out.startswith("This report was made with version 1 of its form, which is not here.")
    assert "Nobody asks" in out
    shown = as_json(run, "show", path)
    assert "which is not here" in shown["notices"][0]
    assert shown["form"]["version"] == "2"
    assert shown["lists"]["B.planned"]["rows"][0]["id"] == FIRST_ROW


def test_a_package_of_another_version_says_so(run: Run, path: Path, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "forms" / "tiny" / "1")
    told = as_json(run, "export", path, "--to", tmp_path / "out")
    assert "which is not here" in told["notices"][0]


def test_without_the_form_the_answers_are_shown_as_they_are_kept(
    run: Run, path: Path, tmp_path: Path
) -> None:
    whole = as_json(run, "show", path)
    shutil.rmtree(tmp_path / "forms")
    code, _out, err = run("show", path)
    assert code == 2
    assert "the form “tiny”, version “1”, which this program does not have" in err
    raw = as_json(run, "show", path)
    assert "which this program does not have" in raw.pop("notices")[0]
    assert raw == {**whole, "lists": {name: rows for name, rows in whole["lists"].items() if rows["rows"]}}


def test_a_dry_run_prints_the_plan_and_changes_nothing(run: Run, path: Path) -> None:
    before = path.read_bytes()
    code, out, _err = run("upgrade", path, "--dry-run")
    assert code == 0
    assert "From version 1 of the form to version 2" in out
    assert "cover, authority → cover, ministry" in out
    assert "Nothing was changed" in out
    assert path.read_bytes() == before
    assert as_json(run, "upgrade", path, "--dry-run")["done"] is False


def test_a_report_is_taken_over_after_a_backup(run: Run, path: Path) -> None:
    told = as_json(run, "upgrade", path, "--report", 1, "--form-version", "2")
    assert (told["from"], told["to"], told["done"]) == ("1", "2", True)
    assert Path(told["backup"]).is_file()
    assert as_json(run, "show", path)["form"]["version"] == "2"
    code, _out, err = run("upgrade", path)
    assert code == 2
    assert "answers version 2 of its form already" in err


def test_the_backup_is_named(run: Run, path: Path) -> None:
    code, out, _err = run("upgrade", path)
    assert code == 0
    assert "Done. A backup from before it: " in out


def test_answers_of_another_version_are_brought_in(run: Run, path: Path, tmp_path: Path) -> None:
    document = tmp_path / "data.json"
    document.write_text(run("show", path, "--json")[1], encoding="utf-8")
    shutil.rmtree(tmp_path / "forms" / "tiny" / "1")
    told = as_json(run, "import", tmp_path / "new.adesk", document)
    assert "answers version 1 of the form, which is not here" in told["notices"][0]
    assert "have no place in this version" in told["notices"][1]
    shown = as_json(run, "show", tmp_path / "new.adesk")
    assert shown["answers"]["cover.ministry"] == "Ministry of <b>Justice</b>"
    assert "notices" not in shown
