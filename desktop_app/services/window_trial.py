"""Whether the window can open at this computer, tried by this program started once more."""

from __future__ import annotations

import subprocess

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _
from desktop_app.runtime.missing_library import missing_library
from desktop_app.runtime.own_process import NO_WINDOW, own_command, own_folder

COMMAND = "_try-window"
_SECONDS = 120.0


def try_window() -> str:
    """What was tried, in words. DeskError with a sentence when the window cannot open."""
    try:
        done = subprocess.run(
            own_command(COMMAND), cwd=own_folder(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, creationflags=NO_WINDOW, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeskError(_("The window was not tried: {reason}").format(reason=error)) from error
    said = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode != 0:
        sentence = _("The window cannot open. Qt says: {reason}").format(reason=said or done.returncode)
        raise DeskError(missing_library(said) or sentence)
    return _("Qt {version} is loaded, with a way to the display").format(version=said)
