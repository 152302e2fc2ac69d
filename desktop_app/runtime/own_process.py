"""This program started once more, with a hidden command, for work that is done apart from it.

What is started is this very program, frozen or from source, installed or not.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""For ``creationflags``: Windows shows no console."""


def own_command(*words: str) -> list[str]:
    """The command line that starts this program with these words."""
    return [sys.executable, *([] if _is_frozen() else ["-m", "desktop_app"]), *words]


def own_folder() -> Path | None:
    """The folder to start it in, where this very source is found; a frozen program needs none."""
    return None if _is_frozen() else Path(__file__).resolve().parents[2]


def end_session(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started in a session of its own, with whatever it has started.

    Nothing happens when it is at its end already.
    """
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))
