"""Packing a form for others: never unsigned without a word, and never over another delivery unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

TINY = Path(__file__).parent / "data" / "forms" / "tiny" / "2"
Run = Callable[..., tuple[int, str, str]]


def test_who_forgets_the_passphrase_is_told_how_to_sign(run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "passphrase.txt"
    secret.write_text("four words of mine\n", "utf-8")
    assert run("keys", "make", "--key-passphrase-file", secret)[0] == 0
    code, out, err = run("forms", "pack", TINY, "--to", tmp_path)
    assert (code, "It is not signed. Your key is kept under a passphrase, which was not given." in out) == (
        0,
        True,
    )
    assert err.startswith("To have it signed, pack it again with --key-passphrase-file, and with --replace")
    unsigned = (tmp_path / "tiny-2.form.zip").read_bytes()
    signing = ("forms", "pack", TINY, "--to", tmp_path, "--key-passphrase-file", secret)
    code, _out, err = run(*signing)
    assert (code, "Or add --replace to put this one in its place." in err) == (2, True)
    assert (tmp_path / "tiny-2.form.zip").read_bytes() == unsigned
    code, out, err = run(*signing, "--replace")
    assert (code, "It is signed with the key" in out, err) == (0, True, "")
    assert "It is signed with the key" in run("forms", "check", tmp_path / "tiny-2.form.zip")[1]


def test_without_a_key_nothing_is_said_of_passphrases(run: Run, tmp_path: Path) -> None:
    code, out, err = run("forms", "pack", TINY, "--to", tmp_path)
    assert (code, "It is not signed" in out, err) == (0, True, "")
