from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from desktop_app.runtime import paths
from desktop_app.runtime.policy import (
    BackupsKept,
    Feature,
    Origin,
    Policy,
    places_looked_at,
    policy,
    read_policy,
    read_values,
)
from desktop_app.runtime.policy_registry import PLACE, plain_of
from desktop_app.runtime.policy_rules import RULES
from tests.support.report_files import unprivileged_folder


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "policy.toml"
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(path))
    return path


def settled(path: Path, words: str) -> Policy:
    path.write_text(words, "utf-8")
    return policy()


def test_everything_that_can_be_settled(path: Path, tmp_path: Path) -> None:
    found = settled(
        path,
        f"""
        require_protection = true
        backup_folder = '{tmp_path}'
        work_in_place = true
        secretariat_keys = ['{tmp_path / "key.json"}']
        data_folder = '{tmp_path / "reports"}'
        form_folders = ['{tmp_path / "forms"}']
        form_keys = ['{tmp_path / "author.pem"}']
        language = "en-GB"
        disabled = ["public_copy", "import"]
        [backups_kept]
        latest = 5
        weeks = 52
        """,
    )
    assert found == Policy(
        require_protection=True,
        backup_folder=tmp_path,
        backups_kept=BackupsKept(5, None, 52),
        work_in_place=True,
        secretariat_keys=(tmp_path / "key.json",),
        data_folder=tmp_path / "reports",
        form_folders=(tmp_path / "forms",),
        form_keys=(tmp_path / "author.pem",),
        language="en-GB",
        disabled=(Feature.IMPORT, Feature.PUBLIC_COPY),
        path=path,
    )
    assert found.origins == dict.fromkeys(RULES, Origin(str(path)))


def test_without_a_file_nothing_is_settled(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "policy.toml") is None
    assert read_policy(tmp_path / "none" / "policy.toml") is None


def test_a_file_written_by_a_windows_editor(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfrequire_protection = true\r\nwork_in_place = true\r\n")
    assert policy() == Policy(require_protection=True, work_in_place=True, path=path)


def test_it_is_read_anew_each_time(path: Path) -> None:
    assert not settled(path, "require_protection = false").require_protection
    assert settled(path, "require_protection = true").require_protection


def test_the_backup_folder_may_name_the_persons_own(path: Path, home: Path) -> None:
    assert settled(path, 'backup_folder = "~/backups"').backup_folder == home / "backups"
    assert settled(path, 'backup_folder = "$HOME/kept"').backup_folder == home / "kept"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("require_protection = 1", "“require_protection” must be true or false."),
        ('work_in_place = "yes"', "“work_in_place” must be true or false."),
        ('backup_folder = "backups"', "“backup_folder” must be the full path of a folder"),
        ("backup_folder = 7", "“backup_folder” must be the full path of a folder"),
        ("backups_kept = 7", "“backups_kept” must be a table with latest, days, weeks."),
        (
            "backups_kept = {months = 7}",
            "“backups_kept” must be a table with latest, days, weeks; not so: “months”.",
        ),
        (
            'backup_folder = "/srv/$NOPE/x"',
            "must be a path with variables that are set here; not so: “$NOPE”.",
        ),
        ('form_keys = ["/a.pem", "/${NOPE}.pem"]', "variables that are set here; not so: “$NOPE”."),
        (r'backup_folder = "D:\backups"', r"in single quotation marks: in double ones a backslash begins a"),
        (r'backup_folder = "D:\backups"', r"; not so: “D:\backups”."),
        (r'form_folders = ["/a", "/b\u0000"]', "; not so: “/b�”."),
        ("backups_kept = {days = 0}", "“backups_kept” must be a table of whole numbers from 1 on."),
        ("backups_kept = {days = true}", "“backups_kept” must be a table of whole numbers from 1 on."),
        ("secretariat_keys = 7", "“secretariat_keys” must be a list with the full paths of files"),
        ("secretariat_keys = [7]", "“secretariat_keys” must be a list with the full paths of files"),
        ("secretariat_keys = ['a.json']", "“secretariat_keys” must be a list with the full paths of files"),
        ("form_keys = ['a.pem']", "“form_keys” must be a list with the full paths of files"),
        ("form_folders = '/forms'", "“form_folders” must be a list with the full paths of folders"),
        ("data_folder = 'reports'", "“data_folder” must be the full path of a folder"),
        ("language = 'tlh'", "“language” must be one of these: en"),
        ("language = 7", "“language” must be one of these: en"),
        ("disabled = 'import'", "“disabled” must be a list of some of these: import, attachments"),
        ("disabled = ['import', 'imports']", "encryption, form_deliveries; not so: “imports”."),
        ("require_protektion = true", "a rule this program does not know: “require_protektion”"),
    ],
)
def test_a_mistake_is_told_and_the_other_rules_hold(path: Path, words: str, said: str) -> None:
    other = "work_in_place = true" if "work" not in words else "require_protection = true"
    found = settled(path, f"{words}\n{other}\n")
    assert len(found.complaints) == 1
    assert said in found.complaints[0] and str(path) in found.complaints[0]
    assert found.work_in_place or found.require_protection


def test_the_stricter_way_holds_where_a_rule_cannot_be_read(path: Path) -> None:
    assert settled(path, 'require_protection = "no"').require_protection
    assert settled(path, "form_keys = 7").form_keys == ()
    assert settled(path, "form_folders = 7").form_folders == ()
    assert settled(path, "disabled = ['imports', 'encryption', 7]").disabled == (Feature.ENCRYPTION,)
    assert settled(path, "disabled = 'import'").disabled == tuple(Feature)
    found = settled(path, "require_protection = false\nbackup_folder = 7")
    assert found.backup_folder is None and list(found.origins) == ["require_protection"]


@pytest.mark.parametrize("table", ["backups_kept", "backups"])
def test_a_rule_below_a_table_is_told_and_held_to_where_it_has_a_stricter_way(path: Path, table: str) -> None:
    lines = (f"[{table}]", "latest = 3", "require_protection = true", "disabled = 7", "work_in_place = true")
    found = settled(path, "\n".join(lines))
    assert found.require_protection and found.disabled == tuple(Feature)
    assert not found.work_in_place
    assert (found.backups_kept == BackupsKept(latest=3)) == (table == "backups_kept")
    for key in ("require_protection", "disabled", "work_in_place"):
        assert any(f"“{key}” stands below “[{table}]”" in each for each in found.complaints)
    assert all(
        "a table comes last" in each or "does not know: “backups”" in each for each in found.complaints
    )


@pytest.mark.parametrize("content", [b"=", b"\xff\xfe", b"a = 1\na = 2", b"a = " + b"[" * 100_000])
def test_protection_counts_as_required_when_the_file_cannot_be_read(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    found = policy()
    assert found.require_protection and not found.work_in_place
    assert len(found.complaints) == 1
    assert "Until it can, the stricter way holds" in found.complaints[0]
    assert found.form_keys == ()
    assert not found.is_read and all(each.is_stricter_way for each in found.origins.values())
    assert found.disabled == tuple(Feature)


def test_forms_that_are_here_can_be_used_while_the_file_cannot_be_read(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(paths.FORMS_VARIABLE, str(tmp_path))
    path.write_bytes(b"=")
    assert policy().form_folders == (paths.own_forms(),)
    assert paths.own_forms() in paths.form_folders() and tmp_path not in paths.form_folders()


def test_without_a_home_there_are_no_forms_of_ones_own(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setitem(sys.modules, "pwd", None)
    path.write_bytes(b"=")
    assert policy().form_folders == ()


@pytest.mark.parametrize("linked", [".", "policy.toml"])
def test_a_link_that_leads_nowhere_is_a_policy_that_cannot_be_read(tmp_path: Path, linked: str) -> None:
    place = tmp_path / "etc"
    place.mkdir()
    (place / linked if linked != "." else tmp_path / "linked").symlink_to(tmp_path / "away")
    found = read_policy((place if linked != "." else tmp_path / "linked") / "policy.toml")
    assert found is not None and found.require_protection
    assert f"cannot be read ({os.strerror(errno.ENOENT)})" in found.complaints[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("require_protection = true".encode("utf-16"), "it must be saved as UTF-8"),
        (b"#" * (1024 * 1024 + 1), "it is too large for a policy"),
        (b'# ours\r\nbackup_folder = "C:\\Users"', "put paths in single ones"),
        (b'data_folder = "D:\\Desk"', "put paths in single ones"),
    ],
)
def test_the_reason_helps(path: Path, content: bytes, reason: str) -> None:
    path.write_bytes(content)
    assert reason in policy().complaints[0] and not policy().is_read


def test_nobody_waits_for_a_pipe_to_be_filled(path: Path) -> None:
    os.mkfifo(path)
    assert "it is no ordinary file" in policy().complaints[0] and policy().require_protection


def test_a_file_the_environment_names_must_be_there(path: Path) -> None:
    found = policy()
    assert found.require_protection
    # In the words of the system, which may be in any language by then.
    assert f"“{path}” cannot be read ({os.strerror(errno.ENOENT)})" in found.complaints[0]


def test_no_variable_puts_away_what_is_settled_for_the_computer(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text("work_in_place = true", "utf-8")
    program = tmp_path / "program"
    program.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "alliance-desk"))
    assert policy().path == path
    assert places_looked_at()[-2:] == [str(program / "policy.toml"), str(path)]
    (program / "policy.toml").write_text("require_protection = true", "utf-8")
    found = policy()
    assert (found.path, found.require_protection) == (program / "policy.toml", True)
    assert not found.work_in_place


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with unprivileged_folder() as folder:
        path = folder / "policy.toml"
        path.write_text("require_protection = false", "utf-8")
        path.chmod(0)
        monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(path))
        assert policy().require_protection
        assert f"cannot be read ({os.strerror(errno.EACCES)})" in policy().complaints[0]


def test_the_registry_holds_the_same_rules_in_its_own_way(tmp_path: Path) -> None:
    author, home = tmp_path / "author.pem", tmp_path / "forms"
    plain = plain_of(
        {
            "Require_Protection": 1,
            "work_in_place": 0,
            "backup_folder": str(tmp_path),
            "backups_kept": {"Latest": 3},
            "form_keys": [str(author), ""],
            "form_folders": {str(number): str(home / str(number)) for number in (10, 9, 1)},
            "secretariat_keys": str(author),
            "disabled": "import",
            "unheard_of": 1,
        }
    )
    found = read_values(plain, Origin(PLACE, is_registry=True))
    assert found == Policy(
        require_protection=True,
        backup_folder=tmp_path,
        backups_kept=BackupsKept(3),
        secretariat_keys=(author,),
        form_folders=(home / "1", home / "9", home / "10"),
        form_keys=(author,),
        disabled=(Feature.IMPORT,),
        complaints=(f"The policy “{PLACE}” has a rule this program does not know: “unheard_of”.",),
    )
    assert found.origins["form_keys"].is_registry


@pytest.mark.parametrize("value", [2, "1", None, ["1"]])
def test_a_flag_of_the_registry_is_0_or_1(value: object) -> None:
    found = read_values(plain_of({"require_protection": value}), Origin(PLACE, is_registry=True))
    assert found.require_protection and "must be true or false" in found.complaints[0]


def test_without_values_a_list_of_the_registry_is_empty() -> None:
    assert plain_of({"disabled": "", "form_keys": {}}) == {"disabled": [], "form_keys": []}
