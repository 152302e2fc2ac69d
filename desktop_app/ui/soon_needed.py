"""What the next page needs is loaded while nobody waits: to load it takes as long as to make the page."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QObject, Qt

from desktop_app.ui.checking import Checking
from desktop_app.ui.gradually import BREATH, Gradually

MODULES = (
    "desktop_app.ui.rows.list_card",
    "desktop_app.ui.editors.year_series",
    "desktop_app.ui.editors.choices",
    "desktop_app.ui.problem_list",
    "desktop_app.ui.rows.paste_panel",
)


class SoonNeeded(QObject):
    """Loads the modules one at a time as soon as the report is checked: the first page is there by then."""

    def __init__(self, checking: Checking, parent: QObject) -> None:
        """``checking`` is of the report that is shown; goes with ``parent``."""
        super().__init__(parent)
        self._loading = Gradually(self)
        checking.settled.connect(self._on_settled, Qt.ConnectionType.SingleShotConnection)

    def _on_settled(self) -> None:
        self._loading.run(_load_all(), 0)


def _load_all() -> Iterator[object]:
    for name in MODULES:
        yield BREATH
        import_module(name)
