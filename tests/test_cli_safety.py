"""The commands that keep a report file safe, as people script them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app import __main__
from desktop_app.runtime.policy import VARIABLE as POLICY
from desktop_app.services.backups import FOLDER_VARIABLE
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import edit, everything_in, make_file
from tests.support.small_form import FIRST_ROW, filled_report, small_form

DESCRIPTION = f"T1.planned/{FIRST_ROW}/description"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def backups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "backups"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return make_file(folder / "albania.adesk", filled_report())


def write(path: Path, words: str) -> None:
    with ReportFile.open(path, "write") as file:
        file.record(edit(file.load(1, small_form()), DESCRIPTION, words))


def words_in(path: Path) -> object:
    with ReportFile.open(path, "read") as file:
        return file.load(1, small_form()).plain(DESCRIPTION)


def test_the_commands_are_known_where_the_program_starts() -> None:
    assert {"backup", "restore", "doctor"} <= set(__main__.COMMANDS)


def test_a_backup_is_made_and_listed(run: Run, path: Path, backups: Path, tmp_path: Path) -> None:
    code, out, _err = run("backup", path)
    assert code == 0
    made = Path(out.removeprefix("Backup: ").strip())
    assert made.is_relative_to(backups)
    assert words_in(made) == words_in(path)
    code, out, _err = run("backup", path, "--list")
    assert code == 0
    assert out.splitlines()[0].endswith(f"AL 2013  made by hand  {made}")
    assert out.splitlines()[1] == "1 backup"
    told = json.loads(run("backup", path, "--to", tmp_path / "elsewhere", "--json")[1])
    assert (told["why"], told["reports"], told["title"]) == ("by hand", 1, "AL 2013")
    assert Path(told["path"]).is_relative_to(tmp_path / "elsewhere")
    (listed,) = json.loads(run("restore", path, "--list", "--json")[1])
    assert listed["path"] == str(made)


def test_the_last_whole_backup_is_restored(run: Run, path: Path, backups: Path) -> None:
    words = words_in(path)
    run("backup", path)
    write(path, "Newer")
    run("backup", path)
    newest = max(backups.rglob("* 0002 *"))
    with newest.open("r+b") as file:
        file.seek(20_000)
        file.write(b"\xa5" * 600)
    code, out, _err = run("restore", path)
    assert code == 0
    assert words_in(path) == words
    kept = Path(out.splitlines()[1].removeprefix("The file as it was is kept: "))
    assert words_in(kept) == "Newer"
    told = json.loads(run("restore", path, kept, "--json")[1])
    assert words_in(path) == "Newer"
    assert (told["report_file"], told["backup"]) == (str(path), str(kept))
    assert words_in(Path(told["kept"])) == words


def test_what_was_just_put_aside_is_not_restored_unasked(run: Run, path: Path, backups: Path) -> None:
    words = words_in(path)
    run("backup", path)
    write(path, "Newer")
    assert run("restore", path)[0] == 0
    write(path, "Typed since")
    code, out, _err = run("restore", path)
    assert (code, words_in(path)) == (0, words)
    taken = next(line for line in out.splitlines() if line.startswith("Taken was the last backup"))
    assert taken.endswith(", made by hand.")
    # Where nothing else is whole it is taken all the same, and said.
    for each in backups.rglob("* by hand.adesk"):
        each.unlink()
    code, out, _err = run("restore", path)
    assert (code, words_in(path)) == (0, "Typed since")
    assert ", before another backup was restored." in out


def test_what_cannot_be_restored_changes_nothing(run: Run, path: Path, tmp_path: Path) -> None:
    before = everything_in(path.parent)
    code, out, err = run("restore", path)
    assert (code, out) == (2, "")
    assert "There is no backup of “albania.adesk”" in err
    assert run("restore", path, tmp_path / "none.adesk")[0] == 2
    other = make_file(tmp_path / "other.adesk", filled_report())
    code, _out, err = run("restore", path, other, "--json")
    assert code == 2
    assert "another report file" in err
    assert everything_in(path.parent) == before
    assert run("restore", path, other, "--even-if-other")[0] == 0
    assert path.read_bytes() == other.read_bytes()


def test_the_backup_of_a_copy_is_not_taken_unasked(run: Run, path: Path) -> None:
    words = words_in(path)
    copy = path.with_name("copy.adesk")
    copy.write_bytes(path.read_bytes())
    write(copy, "Of the copy")
    run("backup", copy)
    before = everything_in(path.parent)
    made = Path(json.loads(run("backup", path, "--list", "--json")[1])[0]["path"])
    code, out, err = run("restore", path)
    assert (code, out) == (2, "")
    assert f"The last one, “{made}”, was made of “copy”" in err
    assert everything_in(path.parent) == before
    assert f"made by hand, of “copy”  {made}" in run("backup", path, "--list")[1]
    # Its own backup goes before a newer one of the copy; the other is taken by its name.
    run("backup", path)
    write(copy, "Later")
    run("backup", copy)
    write(path, "Newer")
    newest = json.loads(run("backup", path, "--list", "--json")[1])[0]["path"]
    code, out, _err = run("restore", path)
    assert (code, words_in(path)) == (0, words)
    assert f"A newer one was made of “copy” and left alone: {newest}" in out
    assert run("restore", path, made)[0] == 0
    assert words_in(path) == "Of the copy"


def test_a_copy_of_the_same_name_in_another_folder_is_another_file(run: Run, path: Path) -> None:
    copy = path.parent / "more" / path.name
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    run("backup", copy)
    code, _out, err = run("restore", path)
    assert (code, f"was made of “{copy}”" in err) == (2, True)
    # A file that was moved is the same one.
    copy.unlink()
    code, out, _err = run("restore", path)
    assert code == 0
    assert f"It was made of “{copy}”." in out
    assert run("backup", path, "--list")[1].count(f"of “{copy}”") == 1


def test_backups_from_before_a_policy_are_found(
    run: Run, path: Path, backups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_in(path)
    run("backup", path)
    write(path, "Newer")
    policy = tmp_path / "policy.toml"
    policy.write_text(f"backup_folder = '{tmp_path / 'settled'}'\n")
    monkeypatch.setenv(POLICY, str(policy))
    out = run("backup", path, "--list")[1]
    assert out.splitlines()[1:] == [
        "1 backup",
        f"Those in “{backups}” were made before backups went to “{tmp_path / 'settled'}”.",
    ]
    code, out, _err = run("restore", path)
    assert (code, words_in(path)) == (0, words)
    listed = json.loads(run("backup", path, "--list", "--json")[1])
    assert [each["elsewhere"] for each in listed] == [False, True]
    assert Path(listed[0]["path"]).is_relative_to(tmp_path / "settled")
    # A damaged file is known by its place, in the old folder too.
    for each in (tmp_path / "settled").rglob("*"):
        each.unlink() if each.is_file() else None
    path.write_bytes(path.read_bytes()[:-5000])
    assert run("restore", path)[0] == 0
    assert words_in(path) == words


def test_a_damaged_file_gets_no_backup(run: Run, path: Path, backups: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])
    code, out, err = run("backup", path)
    assert (code, out) == (2, "")
    assert "No backup of “albania.adesk” was made" in err
    assert not list(backups.rglob("*.adesk"))


def test_the_doctor_says_what_is_wrong(run: Run, path: Path, tmp_path: Path) -> None:
    code, out, _err = run("doctor", path)
    assert (code, out) == (0, "“albania.adesk” is sound: every answer is the one that was written.\n")
    whole = path.read_bytes()
    path.write_bytes(whole[:-5000])
    code, out, _err = run("doctor", path)
    assert code == 1
    assert "The end of “albania.adesk” is missing: 5000 bytes." in out
    told = json.loads(run("doctor", path, "--json")[1])
    assert (told["sound"], told["can_be_opened"]) == (False, False)
    text = tmp_path / "text.adesk"
    text.write_text("A text")
    assert run("doctor", text)[0] == 2
    assert run("doctor", tmp_path / "none.adesk")[0] == 2


def test_the_doctor_saves_what_can_be_saved(run: Run, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "saved.adesk"
    words = words_in(path)
    content = path.read_bytes()
    # One bit of a letter.
    damaged = content.replace(b"turpshme", b"turpshle", 1)
    path.write_bytes(damaged)
    code, out, _err = run("doctor", path, "--salvage", target)
    assert code == 1
    assert f"Saved into {target}:" in out
    assert "Report 1, AL 2013:" in out
    assert words_in(target) == words
    assert path.read_bytes() == damaged
    code, _out, err = run("doctor", path, "--salvage", target)
    assert code == 2
    assert "already" in err
    told = json.loads(run("doctor", path, "--salvage", tmp_path / "more.adesk", "--json")[1])
    assert told["salvaged"]["target"] == str(tmp_path / "more.adesk")
