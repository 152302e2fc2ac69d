"""Where the person's own folders are, and those of everybody at this computer. Nothing is created here."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from desktop_app.runtime.shipped import shipped

APP_NAME = "alliance-desk"
FORMS_VARIABLE = "ALLIANCE_DESK_FORMS"
"""Environment variable with further form folders, separated as in PATH."""
_LOCAL = ("/", "usr", "local")


def config_folder() -> Path:
    """The person's settings."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def data_folder() -> Path:
    """The person's own forms and working copies; local to this machine."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False, roaming=False))


def cache_folder() -> Path:
    """What makes the next start quicker, and can be removed at any time."""
    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))


def documents_folder() -> Path:
    """Where a new report file is proposed to live: as the policy says, else with the person's documents."""
    from desktop_app.runtime.policy import policy

    return policy().data_folder or Path(platformdirs.user_documents_dir())


def log_folder() -> Path:
    """Local logs, which hold no answers."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


def own_forms() -> Path:
    """Forms that the person installed."""
    return data_folder() / "forms"


def shared_forms() -> list[Path]:
    """Forms that were installed for everybody at this computer; new ones go into the first of these."""
    named = platformdirs.site_data_dir(APP_NAME, appauthor=False, multipath=True).split(os.pathsep)
    found = [Path(each) for each in named if each]
    # A session may name other folders first, in which no administrator would look.
    return [each / "forms" for each in sorted(found, key=lambda each: each.parts[:3] != _LOCAL)]


def form_folders() -> list[Path]:
    """Every folder forms are looked for in.

    Shipped, installed for everybody, the person's own, and those an administrator names; with a policy
    on it, in the place of the last two those that the policy allows.
    """
    from desktop_app.runtime.policy import policy

    allowed = policy().form_folders
    if allowed is None:
        extra = [Path(part) for part in os.environ.get(FORMS_VARIABLE, "").split(os.pathsep) if part]
        allowed = (own_forms(), *extra)
    return list(dict.fromkeys([shipped("forms"), *shared_forms(), *allowed]))
