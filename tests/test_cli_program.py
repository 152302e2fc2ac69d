"""The commands for who runs the program for others: policy, forms as deliveries, diagnostics."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.__main__ import COMMANDS
from desktop_app.exchange.proof.key_files import write_key_file
from desktop_app.exchange.proof.signing import SigningKey
from desktop_app.runtime import paths
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.policy import Feature, places_looked_at, usual_places
from desktop_app.runtime.policy_rules import RULES
from desktop_app.services import self_test
from desktop_app.services.policy_state import PolicyState, can_be_kept_in
from tests.support.report_files import everything_in, unprivileged_folder

TINY = Path(__file__).parent / "data" / "forms" / "tiny" / "2"
ROOT = Path(__file__).resolve().parents[1]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def settle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Writes the policy of this computer."""
    path = tmp_path / "policy.toml"

    def write(words: str) -> Path:
        path.write_text(words, "utf-8")
        monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(path))
        return path

    return write


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text("four words of mine\n", "utf-8")
    return path


@pytest.fixture
def delivery(run: Run, tmp_path: Path) -> Path:
    """A form that nobody signed."""
    assert run("forms", "pack", TINY, "--to", tmp_path)[0] == 0
    return tmp_path / "tiny-2.form.zip"


def as_json(run: Run, *arguments: object, ends: int = 0) -> Any:
    code, out, err = run(*arguments, "--json")
    assert code == ends, (out, err)
    return json.loads(out)


def test_the_program_knows_the_commands() -> None:
    assert {"forms", "policy", "self-test", "diagnostics"} <= set(COMMANDS)


@pytest.mark.parametrize("command", [("policy", "show"), ("forms", "list", "--json")])
def test_a_reader_who_has_seen_enough_is_no_trouble(command: tuple[str, ...]) -> None:
    program = [sys.executable, "-m", "desktop_app", *command]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        assert started.stderr.read() == b""
    assert started.returncode == 0


# Policy


def test_json_may_stand_before_the_command(run: Run) -> None:
    assert run("--json", "policy", "show") == run("policy", "show", "--json")


@pytest.mark.parametrize(
    "arguments", [("--json", "check"), ("check", "--json"), ("--json",), ("nonsense", "--json")]
)
def test_a_mistake_in_the_command_line_is_told_in_json_too(
    capsys: pytest.CaptureFixture[str], run: Run, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    told = capsys.readouterr()
    assert ended.value.code == 2
    sentence = json.loads(told.out)["error"]
    assert sentence.startswith("alliance-desk") and told.err.endswith(f"{sentence}\n")
    assert "usage: alliance-desk" in told.err


def test_without_a_policy_every_rule_is_at_its_default(run: Run) -> None:
    found = as_json(run, "policy", "show")
    assert [rule["rule"] for rule in found["rules"]] == list(RULES)
    assert {rule["from"] for rule in found["rules"]} == {"default"}
    assert found["complaints"] == []
    assert "backup_folder = as the program or the person has it  (default)" in run("policy", "show")[1]


def test_what_is_in_force_and_where_it_stands(
    run: Run, settle: Callable[[str], Path], tmp_path: Path
) -> None:
    (tmp_path / "key.json").write_bytes(write_key_file(SigningKey.make(), "Author"))
    path = settle(
        f"""
        work_in_place = true
        backup_folder = '{tmp_path}'
        form_keys = ['{tmp_path / "key.json"}']
        disabled = ["import"]
        backups_kept = {{days = 3}}
        """
    )
    code, out, _err = run("policy", "show")
    assert code == 0
    lines = out.splitlines()
    for words in (
        "work_in_place = true", f'backup_folder = "{tmp_path}"', f'form_keys = ["{tmp_path / "key.json"}"]',
        'disabled = ["import"]', "backups_kept = { days = 3 }",
    ):  # fmt: skip
        assert f"{words}  ({path})" in lines
    assert "require_protection = false  (default)" in lines
    rules = {rule["rule"]: rule for rule in as_json(run, "policy", "show")["rules"]}
    assert rules["disabled"] == {"rule": "disabled", "value": ["import"], "from": "file", "place": str(path)}


def test_what_is_wrong_with_the_policy_ends_with_1(
    run: Run, settle: Callable[[str], Path], tmp_path: Path
) -> None:
    settle(f"require_protection = 7\nform_keys = ['{tmp_path / 'none.json'}']")
    code, out, _err = run("policy", "show")
    assert code == 1
    assert "“require_protection” must be true or false." in out
    assert f"“{tmp_path / 'none.json'}” cannot be read" in out
    assert len(as_json(run, "policy", "show", ends=1)["complaints"]) == 2


def test_the_reference_for_it_names_every_rule_and_feature_and_no_other() -> None:
    words = (ROOT / "resources" / "help" / "it" / "policy.md").read_text("utf-8")
    rules, features = words.split("## What can be switched off")
    assert [line.split("`")[1] for line in rules.splitlines() if line.startswith("| `")] == list(RULES)
    named = [line.split("`")[1] for line in features.splitlines() if line.startswith("| `")]
    assert named == [feature.value for feature in Feature]


def test_the_example_for_it_can_be_read(run: Run, settle: Callable[[str], Path], tmp_path: Path) -> None:
    words = (ROOT / "resources" / "help" / "it" / "policy.md").read_text("utf-8")
    example = words.split("```toml\n")[1].split("```")[0]
    assert all(name in example for name in RULES)
    for name in ("secretariat.json", "forms.json"):
        (tmp_path / name).write_bytes(write_key_file(SigningKey.make(), name))
    settle(example.replace("/etc/alliance-desk", str(tmp_path)))
    found = as_json(run, "policy", "show")
    assert {rule["from"] for rule in found["rules"]} == {"file"}


def test_the_policy_says_which_language_is_spoken(
    run: Run, settle: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLIANCE_DESK_LANGUAGE", "xx")
    settle('language = "en"')
    assert as_json(run, "diagnostics")["sections"]["program"]["language"] == "en"


@pytest.mark.parametrize(
    ("feature", "command"),
    [
        ("import", ("import", "new.adesk", "report.md")),
        ("public_copy", ("export", "example.adesk", "--public")),
        ("public_copy", ("document", "example.adesk", "pdf", "--public")),
        ("encryption", ("export", "example.adesk", "--encrypt")),
        ("attachments", ("attach", "example.adesk", "cover.authority", "policy.toml")),
        ("form_deliveries", ("forms", "install", "tiny-2.form.zip")),
    ],
)
def test_what_is_switched_off_cannot_be_done(
    run: Run,
    settle: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    feature: str,
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "tests" / "data" / "albania-2013.md", "report.md")
    assert run("new", "example.adesk", "--form", "ga-commitments", "--country", "NO")[0] == 0
    assert run("forms", "pack", TINY)[0] == 0
    settle(f'disabled = ["{feature}"]')
    before = everything_in(tmp_path)
    code, _out, err = run(*command)
    assert (code, "Your IT department has switched this off" in err) == (2, True), err
    assert everything_in(tmp_path) == before


def test_which_file_was_read_or_where_it_was_looked_for(
    run: Run, settle: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = settle("work_in_place = true")
    assert run("policy", "show")[1].startswith(f"The policy was read from “{path}”.\n")
    assert as_json(run, "policy", "show")["file"] == str(path)
    monkeypatch.delenv("ALLIANCE_DESK_POLICY")
    places = [str(each) for each in usual_places()]
    assert places_looked_at() == places
    state = PolicyState((), (), None, tuple(places))
    assert state.lines == [f"There is no policy. It was looked for here: {', '.join(places)}"]


def test_a_second_file_is_told_not_to_count(
    run: Run, settle: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = settle("work_in_place = true")
    assert as_json(run, "policy", "show")["passed_over"] == []
    program = tmp_path / "program"
    program.mkdir()
    first = program / "policy.toml"
    first.write_text("language = 'en'", "utf-8")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "alliance-desk"))
    code, out, _err = run("policy", "show")
    assert code == 0 and out.startswith(f"The policy was read from “{first}”.\n“{second}” is there too")
    assert as_json(run, "policy", "show")["passed_over"] == [str(second)]


def test_a_policy_that_cannot_be_read_is_not_told_as_read(run: Run, settle: Callable[[str], Path]) -> None:
    path = settle("=")
    code, out, _err = run("policy", "show")
    assert code == 1
    assert "was read from" not in out and f"The policy “{path}” cannot be read" in out
    assert "require_protection = true  (the stricter way, because the policy cannot be read)" in out
    rules = {rule["rule"]: rule["from"] for rule in as_json(run, "policy", "show", ends=1)["rules"]}
    assert (rules["disabled"], rules["backup_folder"]) == ("stricter", "default")
    # What helps to find a fault tells the same, below the heading of the policy.
    told = run("diagnostics")[1].split("[policy]")[1].split("[forms]")[0]
    assert "require_protection: true  (the stricter way, because the policy cannot be read)" in told
    assert "cannot be read (" in told


def test_folders_of_the_policy_that_cannot_be_written_are_told(
    run: Run, settle: Callable[[str], Path], tmp_path: Path
) -> None:
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("no folder")
    settle(f"backup_folder = '{in_the_way / 'backups'}'\ndata_folder = '{tmp_path / 'to' / 'be made'}'")
    code, out, _err = run("policy", "show")
    assert code == 1
    assert f"wants “backup_folder” to be “{in_the_way / 'backups'}”, but you may not write there" in out
    assert "“data_folder” to be" not in out
    with unprivileged_folder() as folder:
        closed = folder / "closed"
        closed.mkdir(mode=0)
        assert not can_be_kept_in(closed / "below" / "data")
        closed.chmod(0o500)
        assert not can_be_kept_in(closed) and not can_be_kept_in(closed / "data")
        closed.chmod(0o700)
        assert can_be_kept_in(closed / "data")


# Forms as deliveries


def test_a_form_is_packed_checked_installed_and_listed(run: Run, tmp_path: Path, secret: Path) -> None:
    made = as_json(run, "keys", "make", "--key-passphrase-file", secret)["own"]["fingerprint"]
    target = tmp_path / "to" / "send.zip"
    target.parent.mkdir()
    packed = as_json(run, "forms", "pack", TINY, "--to", target, "--key-passphrase-file", secret)
    assert packed == {"delivery": str(target), "id": "tiny", "version": "2", "signed_by": made}
    before = target.read_bytes()
    assert run("forms", "pack", TINY, "--to", target, "--key-passphrase-file", secret)[0] == 0
    assert target.read_bytes() == before
    code, out, _err = run("forms", "check", target)
    assert (code, f"It is signed with the key {made}." in out) == (0, True)
    installed = as_json(run, "forms", "install", target)
    assert (installed["already_there"], installed["signed_by"]) == (False, made)
    assert Path(installed["folder"]) == paths.own_forms() / "tiny" / "2"
    assert as_json(run, "forms", "install", target)["already_there"]
    (listed,) = [form for form in as_json(run, "forms", "list") if form["id"] == "tiny"]
    assert (listed["origin"], listed["signed_by"]) == ("person", made)
    assert f"[installed for you; signed with the key {made}]" in run("forms", "list")[1]
    assert run("new", tmp_path / "a.adesk", "--form", "tiny", "--country", "NO")[0] == 0
    # Somebody works on what was installed: it is no longer what was signed.
    (paths.own_forms() / "tiny" / "2" / "text.fr.toml").write_bytes(b"")
    (listed,) = [form for form in as_json(run, "forms", "list") if form["id"] == "tiny"]
    assert listed["signed_by"] is None


def test_a_form_for_everybody(run: Run, delivery: Path) -> None:
    code, out, _err = run("forms", "install", delivery, "--for-all")
    assert (code, "It is not signed: nobody can say who made it." in out) == (0, True)
    folder = paths.shared_forms()[0] / "tiny" / "2"
    assert all(path.stat().st_mode & 0o044 for path in folder.rglob("*"))
    assert "[installed for everybody at this computer]" in run("forms", "list")[1]
    # Who installs it once more for himself has it already.
    assert as_json(run, "forms", "install", delivery)["folder"] == str(folder)
    assert not paths.own_forms().exists()


@pytest.fixture
def private_umask() -> Iterator[None]:
    """The umask of a careful administrator."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def modes_below(folder: Path) -> set[tuple[bool, int]]:
    return {(path.is_dir(), path.stat().st_mode & 0o777) for path in (folder, *folder.rglob("*"))}


@pytest.mark.usefixtures("private_umask")
def test_everybody_can_read_what_an_administrator_installs_for_all(run: Run, delivery: Path) -> None:
    root = paths.shared_forms()[0]
    assert run("forms", "install", delivery, "--for-all")[0] == 0
    # The folder around the program's own is new here as well.
    assert modes_below(root.parents[1]) == {(True, 0o755), (False, 0o644)}
    # What was closed in earlier days opens when it is installed once more.
    for path in (root.parent, root, root / "tiny", root / "tiny" / "2"):
        path.chmod(0o700)
    assert as_json(run, "forms", "install", delivery, "--for-all")["already_there"]
    assert modes_below(root.parent) == {(True, 0o755), (False, 0o644)}


def test_only_an_administrator_installs_for_all(
    run: Run, delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = delivery.read_bytes()
    # All modules are loaded before the privileges go.
    assert run("forms", "install", delivery)[0] == 0
    assert run("forms", "install", tmp_path / "none.form.zip")[0] == 2
    with unprivileged_folder() as folder:
        monkeypatch.setenv("XDG_DATA_DIRS", str(folder / "share"))
        monkeypatch.setenv("XDG_DATA_HOME", str(folder / "mine"))
        (folder / "share").mkdir(mode=0o500)
        (folder / delivery.name).write_bytes(content)
        code, _out, err = run("forms", "install", folder / delivery.name, "--for-all")
        assert (code, err.count("\n")) == (2, 1)
        assert err.startswith("Only an administrator may install a form for everybody at this computer")
        assert "leave --for-all out" in err
        assert run("forms", "install", folder / delivery.name)[0] == 0


def test_a_folder_of_forms_that_may_not_be_read_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("forms", "list")[0] == 0
    with unprivileged_folder() as folder:
        monkeypatch.setenv("XDG_DATA_DIRS", str(folder))
        shut = folder / "alliance-desk" / "forms"
        shut.mkdir(parents=True)
        shut.chmod(0)
        code, out, err = run("forms", "list")
        assert (code, "ga-commitments" in out) == (0, True)
        assert err.startswith(f"The folder of forms “{shut}” cannot be read (Permission denied)")
        assert "Permission" not in run("forms", "list", "--json")[1]


def test_a_form_that_a_person_had_before_everybody_did(run: Run, delivery: Path) -> None:
    assert run("forms", "install", delivery)[0] == 0
    assert not as_json(run, "forms", "install", delivery, "--for-all")["already_there"]
    (listed,) = [form for form in as_json(run, "forms", "list") if form["id"] == "tiny"]
    assert listed["origin"] == "everybody"
    assert self_test._forms() == "3 forms can be used"
    (paths.own_forms() / "tiny" / "2" / "form.toml").write_text("x")
    with pytest.raises(DeskError, match="cannot be used"):
        self_test._forms()


def test_a_published_version_is_never_replaced(run: Run, delivery: Path, tmp_path: Path) -> None:
    assert run("forms", "install", delivery)[0] == 0
    other = tmp_path / "tiny" / "2"
    shutil.copytree(TINY, other)
    with (other / "text.en.toml").open("ab") as stream:
        stream.write(b"# other\n")
    (tmp_path / "other").mkdir()
    assert run("forms", "pack", other, "--to", tmp_path / "other")[0] == 0
    before = everything_in(paths.own_forms())
    for further in ((), ("--for-all",)):
        code, _out, err = run("forms", "install", tmp_path / "other" / delivery.name, *further)
        assert (code, "A published version never changes" in err) == (2, True)
    assert everything_in(paths.own_forms()) == before
    # Nor is what was packed replaced by a different delivery.
    code, _out, err = run("forms", "pack", other, "--to", delivery)
    assert (code, "There is already a" in err) == (2, True)


def test_a_folder_that_is_in_the_way_is_not_replaced(run: Run, delivery: Path) -> None:
    (paths.own_forms() / "tiny" / "2").mkdir(parents=True)
    (paths.own_forms() / "tiny" / "2" / "notes.txt").write_text("mine")
    code, _out, err = run("forms", "install", delivery)
    assert (code, "with other content" in err) == (2, True)
    assert everything_in(paths.own_forms()) == {"tiny/2/notes.txt": b"mine"}


def test_where_only_signed_forms_are_allowed(
    run: Run, delivery: Path, tmp_path: Path, settle: Callable[[str], Path], secret: Path
) -> None:
    key = tmp_path / "author.json"
    settle(f"form_keys = ['{key}']")
    not_allowed = "is not signed by somebody whose forms your IT department allows"
    assert not_allowed in run("forms", "install", delivery)[2]
    assert run("keys", "make", "--key-passphrase-file", secret)[0] == 0
    assert run("keys", "share", key, "--key-passphrase-file", secret)[0] == 0
    code, _out, err = run("forms", "install", delivery)
    assert (code, not_allowed in err) == (2, True)
    delivery.unlink()
    assert run("forms", "pack", TINY, "--to", tmp_path, "--key-passphrase-file", secret)[0] == 0
    assert run("forms", "install", delivery)[0] == 0


def test_where_people_may_have_no_forms_of_their_own(
    run: Run, delivery: Path, tmp_path: Path, settle: Callable[[str], Path]
) -> None:
    settle("form_folders = []")
    code, _out, err = run("forms", "install", delivery)
    assert (code, "Your IT department allows no forms in" in err) == (2, True)
    assert run("forms", "install", delivery, "--for-all")[0] == 0


def test_a_form_with_mistakes_is_neither_packed_nor_installed(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(TINY, broken)
    (broken / "form.toml").write_text("[form]\nid = 'tiny'\n")
    code, _out, err = run("forms", "pack", broken)
    assert (code, "cannot be used, so it is not packed" in err) == (2, True)
    from desktop_app.exchange.form_delivery import files_of, pack_form

    path = tmp_path / "broken.form.zip"
    path.write_bytes(pack_form("tiny", "2", files_of(broken), None))
    code, out, _err = run("forms", "check", path)
    assert (code, "The form cannot be used" in out) == (1, True)
    code, _out, err = run("forms", "install", path)
    assert (code, "cannot be used" in err) == (2, True)
    path.write_bytes(pack_form("other", "2", files_of(TINY), None))
    code, _out, err = run("forms", "install", path)
    assert (code, "says it holds another form than it does" in err) == (2, True)
    assert everything_in(paths.own_forms()) == {}


def test_a_disk_that_takes_nothing_is_told(run: Run, delivery: Path) -> None:
    paths.own_forms().parent.mkdir(parents=True)
    paths.own_forms().write_text("in the way")
    code, _out, err = run("forms", "install", delivery)
    assert (code, err.count("\n"), str(paths.own_forms()) in err) == (2, 1, True)


# Diagnostics


def test_what_helps_to_find_a_fault(run: Run, tmp_path: Path, home: Path) -> None:
    log = paths.log_folder() / "alliance-desk.log"
    log.parent.mkdir(parents=True)
    lines = ["first", *["a line"] * 80, f"read {home}/Secret name.adesk"]
    log.write_text("\n".join(lines) + "\n", "utf-8")
    code, out, _err = run("diagnostics")
    assert code == 0
    assert str(home) not in out and "Secret" not in out and "name.adesk" not in out
    assert "settings: ~" in out and "read ~/" in out and "first" not in out
    found = as_json(run, "diagnostics")
    assert set(found["sections"]) == {"program", "computer", "folders", "policy", "forms"}
    assert found["sections"]["computer"]["key_store"] == "none"
    assert set(found["sections"]["policy"]) == set(RULES)
    assert found["sections"]["forms"]["ga-commitments 2013.1"] == "program"
    assert len(found["log"]) == 60


def test_the_name_of_the_account_does_not_travel(
    run: Run, settle: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ana.h")
    folders = [tmp_path / "kept" / "ana.h", tmp_path / "ana.h" / "keys.json", tmp_path / "ana.hoxha"]
    settle(f"backup_folder = '{folders[0]}'\nform_keys = ['{folders[1]}']\ndata_folder = '{folders[2]}'")
    out = run("diagnostics")[1]
    assert f'backup_folder: "{tmp_path}/kept/…"' in out and f'form_keys: ["{tmp_path}/…/keys.json"]' in out
    assert f"reports: {folders[2]}" in out and "ana.h" not in out.replace("ana.hoxha", "")


def test_without_a_log_it_says_so(run: Run) -> None:
    assert as_json(run, "diagnostics")["log"] == ["There is no log: No such file or directory."]
