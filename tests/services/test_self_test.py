"""What IT reads after a roll-out: what is there, what is missing, what the policy file says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.services import self_test
from tests.support.report_files import run_script

WITHOUT_CIPHER = """
import json, os, sys
sys.modules["sqlcipher3"] = None
os.environ["ALLIANCE_DESK_POLICY"] = sys.argv[1]
from desktop_app.services.self_test import run_self_test
print(json.dumps([result.to_plain() for result in run_self_test()]))
"""


def told() -> dict[str, tuple[bool, str]]:
    return {result.what: (result.passed, result.told) for result in self_test.run_self_test()}


def test_everything_is_there() -> None:
    results = told()
    assert all(passed for passed, _words in results.values())
    assert results["protected report file"][1] == "a report was written with a passphrase and read back"


@pytest.mark.parametrize(("rule", "passed"), [("false", True), ("true", False)])
def test_a_missing_cipher_matters_where_it_is_required(tmp_path: Path, rule: str, passed: bool) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(f"require_protection = {rule}", "utf-8")
    results = {each["what"]: each for each in json.loads(run_script(WITHOUT_CIPHER, policy).stdout)}
    found = results["protected report file"]
    assert found["passed"] is passed
    assert found["told"].startswith("the Python package “sqlcipher3” is not installed")
    assert results["policy"] == {"what": "policy", "passed": True, "told": str(policy)}


def test_mistakes_in_the_policy_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("work_in_place = 7", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    passed, words = told()["policy"]
    assert not passed
    assert words == f"In the policy “{policy}”, “work_in_place” must be true or false."


def test_a_folder_for_backups_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    monkeypatch.setenv("ALLIANCE_DESK_BACKUPS", str(folder))
    assert told()["backups"] == (True, f"a backup was made and verified; backups go to “{folder}”")
    assert not folder.exists()
    folder.write_text("")
    assert told()["backups"] == (False, f"Backups cannot be written into “{folder}”.")
