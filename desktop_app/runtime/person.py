"""Who sits at the desk, as the system account knows it; the settings may say otherwise."""

from __future__ import annotations

import getpass


def account_name() -> str:
    """The person's full name from the system account, else the account's name, else nothing."""
    try:
        account = getpass.getuser()
    except (ImportError, KeyError, OSError):
        # No variable names the person; where there is no list of accounts either it is an ImportError.
        return ""
    return _full_name(account) or account


def _full_name(account: str) -> str:
    try:
        import pwd
    except ImportError:
        return ""
    try:
        return pwd.getpwnam(account).pw_gecos.split(",")[0].strip()
    except KeyError:
        return ""
