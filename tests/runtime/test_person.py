from __future__ import annotations

import contextlib
import os
import pwd
from collections.abc import Iterator

import pytest

from desktop_app.runtime.person import account_name

_VARIABLES = ("LOGNAME", "USER", "LNAME", "USERNAME")
_NOBODY_KNOWN = 54321


@pytest.fixture(autouse=True)
def no_name_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)


@contextlib.contextmanager
def real_user(user: int) -> Iterator[int]:
    """Be ``user`` where that is possible, else who one is."""
    if os.geteuid() != 0:
        yield os.getuid()
        return
    os.setreuid(user, 0)
    try:
        yield user
    finally:
        os.setreuid(0, 0)


def test_accounts_are_known_by_the_person_s_name_else_by_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for account in pwd.getpwall():
        monkeypatch.setenv("LOGNAME", account.pw_name)
        expected = account.pw_gecos.split(",")[0].strip() or account.pw_name
        assert account_name() == expected
        assert "," not in account_name()


def test_an_account_that_only_the_environment_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERNAME", "a.visitor")
    assert account_name() == "a.visitor"


def test_an_account_without_any_name_has_none() -> None:
    with real_user(_NOBODY_KNOWN) as user:
        known = [account for account in pwd.getpwall() if account.pw_uid == user]
        assert bool(account_name()) is bool(known)


def test_a_name_that_is_no_utf_8_is_shortened_to_what_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERNAME", "Zo\udceb.visitor")
    assert account_name() == "Zo.visitor"
