"""Packing a form for others: never unsigned without a word, and never over another delivery unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

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


def test_checking_a_delivery_tells_what_it_holds_and_whether_it_may_be_installed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("forms", "pack", TINY, "--to", tmp_path)[0] == 0
    delivery = tmp_path / "tiny-2.form.zip"
    code, out, _err = run("forms", "check", delivery)
    assert (code, "It holds “tiny”, version 2." in out) == (0, True)
    code, out, _err = run("forms", "check", delivery, "--json")
    facts = json.loads(out)
    assert (facts["id"], facts["version"], facts["signed_by"], facts["allowed"]) == ("tiny", "2", None, True)
    policy = tmp_path / "policy.toml"
    policy.write_text("form_keys = []", "utf-8")
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", str(policy))
    assert "it cannot be installed here" in run("forms", "check", delivery)[1]
    assert json.loads(run("forms", "check", delivery, "--json")[1])["allowed"] is False


def test_a_delivery_that_was_tampered_with_is_an_answer_not_a_failure(run: Run, tmp_path: Path) -> None:
    assert run("forms", "pack", TINY, "--to", tmp_path)[0] == 0
    delivery = tmp_path / "tiny-2.form.zip"
    content = delivery.read_bytes()
    delivery.write_bytes(content.replace(b"[form]", b"[fork]"))
    code, out, err = run("forms", "check", delivery)
    assert (code, out.startswith("“tiny-2.form.zip” is no delivery of a form, or it was changed."), err) == (
        1,
        True,
        "",
    )
    assert json.loads(run("forms", "check", delivery, "--json")[1])["good"] is False
