"""Who sits at the desk, as the system account knows it; the settings may say otherwise."""

from __future__ import annotations

import os

from desktop_app.runtime.half_characters import without_halves


def account_name() -> str:
    """The person's full name from the system account, else the account's name, else nothing."""
    account = login_name()
    return without_halves(_full_name(account) or account)


def login_name() -> str:
    """What the person signs in with, else nothing."""
    # As getpass does, which prepares to ask for passwords besides.
    account = next(filter(None, map(os.environ.get, ("LOGNAME", "USER", "LNAME", "USERNAME"))), "")
    return account or _name_of_number()


def _name_of_number() -> str:
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError, OSError):
        # Where there is no list of accounts, or none of this number.
        return ""


def _full_name(account: str) -> str:
    try:
        import pwd
    except ImportError:
        return ""
    try:
        return pwd.getpwnam(account).pw_gecos.split(",")[0].strip()
    except KeyError:
        return ""
