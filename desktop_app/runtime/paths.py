"""Where the person's own folders are, and those of everybody at this computer. Nothing is created here."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.shipped import shipped

APP_NAME = "alliance-desk"
FORMS_VARIABLE = "ALLIANCE_DESK_FORMS"
"""Environment variable with further form folders, separated as in PATH."""
_LOCAL = ("/", "usr", "local")


class NoHomeError(DeskError):
    """The account has no folder of its own, as that of a service may have none."""

    def __init__(self) -> None:
        """About the present account."""
        super().__init__(
            _(
                "This account has no home folder, where the program keeps what is yours. Set the environment"
                " variable HOME to the full path of a folder in which you may write, and start again."
            )
        )


def home() -> Path:
    """The person's own folder, where there is one; asked for without it, nothing lies in what is returned."""
    return Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.expanduser raises without a home


def _own(folder: Callable[..., str], **options: object) -> Path:
    """What ``folder`` of platformdirs says is the person's. NoHomeError."""
    try:
        return Path(folder(APP_NAME, appauthor=False, **options))
    except RuntimeError as error:
        raise NoHomeError from error


def config_folder() -> Path:
    """The person's settings. NoHomeError, as of every folder of a person."""
    return _own(platformdirs.user_config_dir)


def data_folder() -> Path:
    """The person's own forms and working copies; local to this machine."""
    return _own(platformdirs.user_data_dir, roaming=False)


def cache_folder() -> Path:
    """What makes the next start quicker, and can be removed at any time."""
    return _own(platformdirs.user_cache_dir)


def documents_folder() -> Path:
    """Where a new report file is proposed to live: as the policy says, else with the person's documents."""
    from desktop_app.runtime.policy import policy

    if (settled := policy().data_folder) is not None:
        return settled
    try:
        return Path(platformdirs.user_documents_dir())
    except RuntimeError as error:
        raise NoHomeError from error


def log_folder() -> Path:
    """Local logs, which hold no answers."""
    return _own(platformdirs.user_log_dir)


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
