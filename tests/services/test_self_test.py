"""What IT reads after a roll-out: what is there, what is missing, what the policy file says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.exchange.sending import Sending
from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.services import self_test
from desktop_app.services.demo import example_report
from desktop_app.services.exporting import export_report
from tests.support.key_store import use_key_store
from tests.support.report_files import run_script

TINY = Path(__file__).parents[1] / "data" / "forms" / "tiny" / "2"

WITHOUT_CIPHER = """
import json, os, sys
sys.modules["sqlcipher3"] = None
os.environ["ALLIANCE_DESK_POLICY"] = sys.argv[1]
from pathlib import Path
from desktop_app.services import self_test
protected = self_test._try("protected report file", self_test._protected_file, Path(sys.argv[2]))
print(json.dumps([protected.to_plain(), self_test._try("policy", self_test._policy).to_plain()]))
"""


def told() -> dict[str, tuple[bool, str]]:
    return {result.what: (result.passed, result.told) for result in self_test.run_self_test()}


def test_everything_is_there() -> None:
    results = told()
    assert {"typefaces", "PDF document", "Word document", "reviewed workbook"} <= set(results)
    assert all(passed for passed, _words in results.values())
    assert results["protected report file"][1] == "a report was written with a passphrase and read back"


@pytest.mark.parametrize(("rule", "passed"), [("false", True), ("true", False)])
def test_a_missing_cipher_matters_where_it_is_required(tmp_path: Path, rule: str, passed: bool) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(f"require_protection = {rule}", "utf-8")
    results = {each["what"]: each for each in json.loads(run_script(WITHOUT_CIPHER, policy, tmp_path).stdout)}
    found = results["protected report file"]
    assert found["passed"] is passed
    assert found["told"].startswith("the Python package “sqlcipher3” is not installed")
    assert results["policy"] == {"what": "policy", "passed": True, "told": str(policy)}


def test_a_character_that_no_typeface_has_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tiny" / "2"
    shutil.copytree(TINY, folder)
    words = (folder / "text.en.toml").read_text("utf-8")
    (folder / "text.en.toml").write_text(
        words.replace('title = "cover"', 'title = "cover \U0010fff0"'), "utf-8"
    )
    monkeypatch.setenv(paths.FORMS_VARIABLE, str(tmp_path))
    with pytest.raises(DeskError, match=r"en: No typeface on this computer shows: .*U\+10FFF0"):
        self_test._typefaces()


def test_a_key_store_that_is_locked_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_key_store(monkeypatch, tmp_path, "locked")
    assert self_test._key_store().startswith("the key store of the system is locked")


def test_a_key_store_that_takes_the_process_along_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_key_store(monkeypatch, tmp_path, "dies")
    with pytest.raises(
        DeskError, match=r"^The part of the program that asks the key store gave no answer\.$"
    ):
        self_test._key_store()


@pytest.mark.parametrize("country", ["AL", "NO"])
def test_the_workbook_of_the_package_is_matched_with_its_report(tmp_path: Path, country: str) -> None:
    self_test._report_file(tmp_path)
    report = example_report()
    report.country = country
    export_report(report, tmp_path, Sending(documents=False))
    if country == "AL":
        assert self_test._reviewed_workbook(tmp_path) == "the workbook was read and matched with its report"
        return
    with pytest.raises(DeskError, match="The workbook of a package was read with other words"):
        self_test._reviewed_workbook(tmp_path)


def test_mistakes_in_the_policy_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("work_in_place = 7", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    with pytest.raises(DeskError) as caught:
        self_test._policy()
    assert caught.value.sentence == f"In the policy “{policy}”, “work_in_place” must be true or false."


def test_a_folder_for_backups_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "wanted"
    self_test._report_file(tmp_path)
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(folder))
    words = f"a backup was made and verified; backups go to “{folder}”"
    assert self_test._backups(tmp_path) == words
    assert not folder.exists()
    folder.write_text("")
    with pytest.raises(DeskError, match="Backups cannot be written into"):
        self_test._backups(tmp_path)


def test_whatever_a_part_stumbles_over_the_others_are_tried() -> None:
    found = self_test._try("a part", {}.__getitem__, "words")
    assert not found.passed and found.told == "KeyError: 'words'"


@pytest.mark.parametrize("step", [self_test._way_back, self_test._reviewed_workbook])
def test_what_needs_the_package_says_so_where_none_was_made(
    step: Callable[[Path], str], tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="Not tried, because no package was made"):
        step(tmp_path)
