"""Where the person's own folders are, and those of everybody at this computer. Nothing is created here."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from desktop_app.runtime.own_folders import (
    APP_NAME,
    NoHomeError,
    cache_folder,
    config_folder,
    data_folder,
    home,
    log_folder,
    own_forms,
)
from desktop_app.runtime.policy import policy
from desktop_app.runtime.shipped import shipped

__all__ = [
    "APP_NAME",
    "FORMS_VARIABLE",
    "NoHomeError",
    "cache_folder",
    "config_folder",
    "data_folder",
    "documents_folder",
    "form_folders",
    "home",
    "log_folder",
    "own_forms",
    "shared_forms",
]

FORMS_VARIABLE = "ALLIANCE_DESK_FORMS"
"""Environment variable with further form folders, separated as in PATH."""
_LOCAL = ("/", "usr", "local")


def documents_folder() -> Path:
    """Where a new report file is proposed to live: as the policy says, else with the person's documents."""
    if (settled := policy().data_folder) is not None:
        return settled
    try:
        return Path(platformdirs.user_documents_dir())
    except RuntimeError as error:
        raise NoHomeError from error


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
    shared, allowed = shared_forms(), policy().form_folders
    if allowed is None:
        extra = [Path(part) for part in os.environ.get(FORMS_VARIABLE, "").split(os.pathsep) if part]
        allowed = (own_forms(), *extra)
    else:
        # Where they are a variable says, which anybody may set.
        shared = [each for each in shared if not _is_the_persons(each)]
    return list(dict.fromkeys([shipped("forms"), *shared, *allowed]))


def _is_the_persons(folder: Path) -> bool:
    """Whether the person could put into ``folder`` what she likes, and is no administrator."""
    if sys.platform == "win32" or os.geteuid() == 0:
        return False
    try:
        is_owner = folder.stat().st_uid == os.geteuid()
    except OSError:
        # Nothing is there, or nothing that she may read.
        return False
    return is_owner or os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
