"""Loading the program with its window, quickly: what costs time and gives nothing is left out."""

from __future__ import annotations

from types import ModuleType


def load_app() -> ModuleType:
    """The module ``desktop_app.app``, whose ``main`` opens the window."""
    import gc

    # All that is loaded stays; looking for rubbish among it would cost a tenth of the time. The window
    # collects later (``ui.garbage``).
    gc.disable()
    # What knows nothing of Qt first.
    from desktop_app.services import open_report  # noqa: F401
    from desktop_app.ui.quick_qt import load_qt  # isort: skip

    load_qt()
    from desktop_app import app  # isort: skip

    return app
