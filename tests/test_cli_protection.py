"""Protected report files on the command line: passphrases come from files, recovery keys are shown once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.services.backups import BY_HAND, list_backups, make_backup
from desktop_app.storage.format import is_plain

Run = Callable[..., tuple[int, str, str]]
PASSPHRASE = "çelësi që askush nuk e di"
ALBANIA = Path(__file__).parent / "data" / "albania-2013.md"


@pytest.fixture
def path(tmp_path: Path, run: Run) -> Path:
    path = tmp_path / "norway.adesk"
    assert run("new", path, "--form", "ga-commitments", "--country", "NO")[0] == 0
    return path


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(f"{PASSPHRASE}\nThe second line does not count.\n", "utf-8")
    return path


@pytest.fixture
def paper(path: Path, secret: Path, tmp_path: Path, run: Run) -> Path:
    """The report file is protected; the recovery key in a file."""
    paper = tmp_path / "recovery.txt"
    paper.write_text(as_json(run, "protect", path, "--passphrase-file", secret)["recovery_key"])
    return paper


def as_json(run: Run, *arguments: object) -> Any:
    code, out, err = run(*arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_protecting_shows_the_recovery_key_and_what_is_not_protected(
    path: Path, secret: Path, run: Run
) -> None:
    code, out, err = run("protect", path, "--passphrase-file", secret)
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == f"“{path}” is protected."
    assert lines[1].startswith("Recovery key (shown only this once")
    assert [len(group) for group in lines[2].split("-")] == [5] * 13
    assert lines[3].startswith("The passphrase protects this file, its backups and its working copies.")
    assert PASSPHRASE not in out
    assert not is_plain(path)


@pytest.mark.parametrize("command", ["show", "check", "export"])
def test_every_command_on_a_file_takes_either_key(
    path: Path, secret: Path, paper: Path, run: Run, command: str
) -> None:
    code, _out, err = run(command, path)
    assert code == 2
    assert err == (
        "“norway.adesk” is protected with a passphrase. Write it into the first line of a file and name that"
        " with --passphrase-file.\n"
    )
    for option, file in (("--passphrase-file", secret), ("--recovery-key-file", paper)):
        code, out, err = run(command, path, option, file)
        assert code in (0, 1) and out and not err


def test_an_option_for_a_file_that_needs_no_key_does_no_harm(path: Path, secret: Path, run: Run) -> None:
    assert run("show", path, "--passphrase-file", secret)[0] == 0


def test_a_backup_without_the_passphrase_names_the_remedy(
    path: Path, secret: Path, paper: Path, run: Run
) -> None:
    code, _out, err = run("backup", path)
    assert code == 2 and "--passphrase-file" in err
    assert run("backup", path, "--passphrase-file", secret)[0] == 0
    code, out, _err = run("backup", path, "--list")
    assert code == 0 and "  protected  " in out and "–" not in out


def test_who_restores_a_backup_without_a_passphrase_is_told(
    path: Path, secret: Path, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "kept"
    assert run("backup", path, "--to", folder)[0] == 0
    restored = run("restore", path, "--from", folder)
    assert restored[0] == 0 and "passphrase" not in restored[1]
    assert run("protect", path, "--passphrase-file", secret)[0] == 0
    code, out, _err = run("restore", path, "--from", folder)
    assert code == 0 and is_plain(path)
    assert "before “norway.adesk” got its passphrase, so the file has none now" in out
    assert "That is done with: alliance-desk protect" in out


def test_a_wrong_passphrase_is_told(path: Path, paper: Path, tmp_path: Path, run: Run) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("another passphrase", "utf-8")
    code, out, err = run("show", path, "--passphrase-file", wrong)
    assert (code, out) == (2, "")
    assert err.startswith("The passphrase is not right.")
    paper.write_text(f"ZZZZZ{paper.read_text()[5:]}")
    code, out, err = run("show", path, "--recovery-key-file", paper)
    assert (code, out) == (2, "")
    assert err == "Group 1 of the recovery key has a mistake in it. Compare it with the paper.\n"


def test_new_and_import_make_protected_files(tmp_path: Path, secret: Path, run: Run) -> None:
    new, old = tmp_path / "new.adesk", tmp_path / "old.adesk"
    told = as_json(
        run, "new", new, "--form", "ga-commitments", "--country", "NO", "--passphrase-file", secret
    )
    assert len(told["recovery_key"]) == 77
    told = as_json(run, "import", old, ALBANIA, "--passphrase-file", secret)
    assert len(told["recovery_key"]) == 77
    for path in (new, old):
        assert not is_plain(path)
        assert as_json(run, "show", path, "--passphrase-file", secret)["cycle"] == "2013"
    # The second report goes into the file as it is protected already.
    told = as_json(
        run, "new", old, "--form", "ga-commitments", "--country", "AL", "--passphrase-file", secret
    )
    assert told["report"] == 2 and "recovery_key" not in told


def test_the_passphrase_is_changed_with_the_old_one_or_the_recovery_key(
    path: Path, secret: Path, paper: Path, tmp_path: Path, run: Run
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("a passphrase after that\r\n", "utf-8")
    code, _out, err = run("protect", path, "--passphrase-file", secret)
    assert (code, err) == (
        2,
        "Name a file with the new passphrase in its first line: --new-passphrase-file PATH\n",
    )
    told = as_json(run, "protect", path, "--recovery-key-file", paper, "--new-passphrase-file", other)
    assert told["recovery_key"] != paper.read_text()
    assert run("show", path, "--passphrase-file", other)[0] == 0
    assert run("show", path, "--passphrase-file", secret)[0] == 2
    code, _out, err = run("protect", path, "--new-passphrase-file", secret)
    assert (code, err) == (2, "“norway.adesk” is protected with a passphrase already.\n")


def test_unprotect_makes_an_ordinary_file(path: Path, secret: Path, paper: Path, run: Run) -> None:
    assert run("unprotect", path)[0] == 2
    code, out, _err = run("unprotect", path, "--passphrase-file", secret)
    assert (code, out) == (0, f"“{path}” can be read without a passphrase now.\n")
    assert is_plain(path) and run("show", path)[0] == 0
    code, _out, err = run("unprotect", path, "--passphrase-file", secret)
    assert (code, err) == (2, "“norway.adesk” is not protected with a passphrase.\n")
    assert paper.exists()


@pytest.mark.parametrize(
    ("wanted", "open_ones", "in_all"), [("keep", 2, 3), ("protect", 0, 3), ("delete", 0, 1)]
)
def test_what_becomes_of_backups_made_before(
    path: Path, secret: Path, run: Run, wanted: str, open_ones: int, in_all: int
) -> None:
    make_backup(path, BY_HAND)
    folder = make_backup(path, BY_HAND).path.parent
    told = as_json(run, "protect", path, "--passphrase-file", secret, "--backups", wanted)
    assert told["open_backups"] == open_ones
    found = [file for file in folder.iterdir() if file.suffix == ".adesk"]
    assert (sum(map(is_plain, found)), len(found)) == (open_ones, in_all)
    expected = [f"2 backups made before can be read without a passphrase: {folder}"] if open_ones else []
    assert told["notices"] == expected
    assert list_backups(path, folder=folder.parent)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The first line of “{}” is empty; it must be the passphrase."),
        (b"\nsecond line", "The first line of “{}” is empty"),
        (b"\xff\xfe\x00", "“{}” is not a text file (UTF-8) with a passphrase"),
        (b"x" * 20_000, "“{}” is not a text file (UTF-8) with a passphrase"),
        (None, "“{}” cannot be read: No such file or directory."),
    ],
)
def test_a_passphrase_file_that_cannot_be_used(
    path: Path, tmp_path: Path, run: Run, content: bytes | None, words: str
) -> None:
    file = tmp_path / "secret.txt"
    if content is not None:
        file.write_bytes(content)
    code, _out, err = run("protect", path, "--passphrase-file", file)
    assert code == 2
    assert err.startswith(words.format(file))
    assert is_plain(path)


def test_a_passphrase_file_of_a_windows_editor(path: Path, secret: Path, paper: Path, run: Run) -> None:
    secret.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n")
    assert run("show", path, "--passphrase-file", secret)[0] == 0
    assert paper.exists()


def test_what_it_requires_holds_on_the_command_line(
    path: Path, secret: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text("require_protection = true", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    code, _out, err = run("new", tmp_path / "new.adesk", "--form", "ga-commitments", "--country", "NO")
    assert code == 2
    assert err == (
        "Your IT department requires report files to be protected with a passphrase. Choose one for"
        " “new.adesk”. Write it into the first line of a file and name that with --passphrase-file.\n"
    )
    code, _out, err = run("import", path, ALBANIA)
    assert code == 2 and "can be read without one, but not changed" in err
    code, _out, err = run("upgrade", path)
    assert code == 2 and "can be read without one, but not changed" in err
    assert run("show", path)[0] == 0
    assert run("protect", path, "--passphrase-file", secret)[0] == 0
    code, _out, err = run("unprotect", path, "--passphrase-file", secret)
    assert (
        code,
        err.endswith("so it cannot be removed from “norway.adesk”.\n".replace("norway", path.stem)),
    ) == (2, True)
    code, out, _err = run("demo", "--to", tmp_path / "example")
    assert code == 0 and "The example has no passphrase, although your IT department requires one" in out
