"""Where the person's own folders are, whatever a policy says. Nothing is created here."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

APP_NAME = "alliance-desk"


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


def log_folder() -> Path:
    """Local logs, which hold no answers."""
    return _own(platformdirs.user_log_dir)


def own_forms() -> Path:
    """Forms that the person installed."""
    return data_folder() / "forms"
