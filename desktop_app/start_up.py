"""Loading the program with its window, quickly: what costs time and gives nothing is left out."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from types import ModuleType

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")
"""Where an environment says that there is a display on Linux, or what stands for one."""

SELDOM_USED = {
    **dict.fromkeys(("bz2", "hashlib", "ipaddress", "lzma", "shutil", "textwrap", "traceback"), ()),
    "tempfile": ("gettempdir",),
}
"""Modules of the standard library that others import at their head, and the first page does without."""


def refusal(arguments: Sequence[str], commands: Collection[str]) -> str:
    """Why the window cannot open with these arguments, in a sentence; empty when nothing is against it.

    Asked before Qt is loaded, which would end the program with words of its own. Where there is a display,
    the window itself tells of a file that is missing: whoever opened it by its icon sees no terminal.
    """
    named = arguments[0] if arguments else ""
    is_missing = named != "" and not os.path.exists(named)  # noqa: PTH110 - pathlib costs time at every start
    is_word = is_missing and not any(sign in named for sign in (os.sep, os.altsep or os.sep, "."))
    is_blind = sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS)
    if not (is_word or is_blind):
        return ""
    from desktop_app import cli
    from desktop_app.formdef.suggestions import hint
    from desktop_app.runtime.i18n import _

    cli.speak()
    if is_word:
        sentence = _("There is no command or file “{word}”.").format(word=named) + hint(named, commands)
        way_on = _("All commands are listed by: alliance-desk --help")
        return f"{sentence} {way_on}"
    if is_missing:
        return _("There is no file “{file}”. Was it moved or renamed?").format(file=named)
    return _(
        "There is no display here, so the window cannot open. Sign in at a desktop, or use the commands,"
        " which need none: alliance-desk --help"
    )


def load_app() -> ModuleType:
    """The module ``desktop_app.app``, whose ``main`` opens the window."""
    import gc

    # All that is loaded stays; looking for rubbish among it would cost a tenth of the time. The window
    # collects later (``ui.garbage``).
    gc.disable()
    from desktop_app.runtime.later import LaterFinder

    sys.meta_path.insert(0, seldom := LaterFinder(SELDOM_USED))
    # What knows nothing of Qt first.
    from desktop_app.services import open_report  # noqa: F401
    from desktop_app.ui.quick_qt import load_qt  # isort: skip

    load_qt()
    from desktop_app import app  # isort: skip

    sys.meta_path.remove(seldom)
    return app
