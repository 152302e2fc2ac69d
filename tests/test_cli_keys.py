"""Keys, signed and encrypted packages, verdicts and receipts on the command line, which asks nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORDS = "four words of mine"
ROOT = Path(__file__).resolve().parents[1]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(f"{WORDS}\n", "utf-8")
    return path


def as_json(run: Run, *arguments: object) -> Any:
    code, out, err = run(*arguments, "--json")
    assert code == 0, (out, err)
    return json.loads(out)


def at_another_desk(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The same program of another person."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(folder))


def test_there_is_no_key_at_first(run: Run, tmp_path: Path) -> None:
    assert run("keys", "show")[0] == 1
    assert run("keys", "show", "--json")[1].strip() == '{\n  "own": null\n}'
    assert run("keys", "--json", "list")[1].strip() == '{\n  "notices": [],\n  "partners": []\n}'
    code, _out, err = run("keys", "make")
    assert (code, "no key store" in err, "--key-passphrase-file" in err) == (2, True, True)
    assert run("keys", "confirm", "1234")[0] == 2
    assert run("keys", "remove", "1234")[0] == 2
    code, _out, err = run("keys", "restore", tmp_path / "backup.pem")
    assert (code, "--key-passphrase-file" in err) == (2, True)


def test_a_key_whose_file_is_gone_is_said_to_be_gone(run: Run, secret: Path) -> None:
    own = as_json(run, "keys", "make", "--key-passphrase-file", secret)["own"]
    assert own["there"] and f"in a file under a passphrase: {own['file']}" in run("keys", "show")[1]
    Path(own["file"]).unlink()
    out = run("keys", "show")[1]
    assert f"in a file that is no longer there, so it must be restored from its backup: {own['file']}" in out
    assert as_json(run, "keys", "show")["own"]["there"] is False


def test_a_country_and_a_secretariat(
    run: Run, tmp_path: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first key to the receipt, each at a desk of their own."""
    country, secretariat = tmp_path / "country", tmp_path / "secretariat"
    at_another_desk(monkeypatch, secretariat)
    theirs = as_json(run, "keys", "make", "--name", "Secretariat", "--key-passphrase-file", secret)["own"]
    assert run("keys", "share", tmp_path / "theirs.json", "--key-passphrase-file", secret)[0] == 0
    assert run("keys", "export", tmp_path / "backup.pem", "--key-passphrase-file", secret)[0] == 0

    at_another_desk(monkeypatch, country)
    monkeypatch.setenv("ALLIANCE_DESK_KEY_PASSPHRASE_FILE", str(secret))
    ours = as_json(run, "keys", "make")["own"]
    assert run("keys", "share", tmp_path / "ours.json", "--name", "Albania")[0] == 0
    code, out, _err = run("keys", "add", tmp_path / "theirs.json")
    assert (code, theirs["fingerprint"] in out, "keys confirm FINGERPRINT" in out) == (0, True, True)
    report_file = run_demo(run, tmp_path)
    code, _out, err = run("export", report_file, "--encrypt", "--to", tmp_path)
    assert (code, "nobody to encrypt for" in err) == (2, True)
    assert run("keys", "confirm", *theirs["fingerprint"].split())[0] == 0
    sent = as_json(run, "submit", report_file, "--encrypt", "--to", tmp_path / "sent")
    package = Path(sent["package"])
    assert package.name.endswith("-s1.zip.age")
    verdict = as_json(run, "verify", package, "--report", report_file)
    assert verdict["signed_by"]["own"]
    assert verdict["compared"]["standing"] == "same"

    at_another_desk(monkeypatch, secretariat)
    assert run("keys", "add", tmp_path / "ours.json")[0] == 0
    assert run("keys", "confirm", ours["fingerprint"])[0] == 0
    code, out, _err = run("verify", package)
    assert run("verify", package, "--trusted")[0] == 0
    assert (code, "Signed by Albania" in out, "encrypted" in out) == (0, True, True)
    assert run("import", tmp_path / "in.adesk", package)[0] == 0
    assert run("import", tmp_path / "in.adesk", package)[0] == 2
    made = as_json(run, "receipt", package, "--correction", "Target 2.", "--who", "Ana", "--to", tmp_path)
    assert made["decision"] == "correction_requested"
    assert run("receipt", package, "--to", tmp_path)[0] == 2
    package.write_bytes(package.read_bytes()[:-1])
    assert run("verify", package)[0] == 2

    at_another_desk(monkeypatch, country)
    assert run("status", report_file, "--receipt", made["receipt"])[0] == 0
    assert "Target 2." in run("status", report_file)[1]


def run_demo(run: Run, tmp_path: Path) -> Path:
    return Path(as_json(run, "demo", "--to", tmp_path / "demo")["report_file"])


def test_a_changed_package_has_no_receipt(run: Run, tmp_path: Path) -> None:
    package = Path(as_json(run, "submit", run_demo(run, tmp_path), "--to", tmp_path)["package"])
    assert run("verify", package)[0] == 0
    assert run("verify", package, "--trusted")[0] == 1
    package.write_bytes(package.read_bytes() + b"words")
    assert run("verify", package)[0] == 1
    assert run("verify", package, "--trusted")[0] == 1
    code, _out, err = run("receipt", package)
    assert (code, "no receipt is made" in err) == (1, True)


def test_nothing_asks_at_the_terminal(tmp_path: Path) -> None:
    """A store that would ask at the terminal, and nobody there to answer."""
    environment = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": "tests.support.key_store.FileStore",
        "TEST_KEY_STORE": str(tmp_path / "key-store.json"),
        "TEST_KEY_STORE_MANNER": "asks",
    }
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "keys", "make"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "Password" not in done.stdout + done.stderr
