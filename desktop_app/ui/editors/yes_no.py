"""Yes or no, and a way back to no answer."""

from __future__ import annotations

from desktop_app.report.values import Value
from desktop_app.runtime.i18n import _
from desktop_app.ui.editors.segment_editor import SegmentEditor
from desktop_app.ui.editors.segments import SegmentBar

_YES, _NO = "yes", "no"


class YesNoEditor(SegmentEditor):
    """Two options and a small button that takes the answer back."""

    def __init__(self) -> None:
        """Unanswered."""
        super().__init__(SegmentBar([(_YES, _("Yes")), (_NO, _("No"))]))

    def value(self) -> Value | None:
        code = self._bar.code()
        return None if code is None else code == _YES

    def show_value(self, value: Value | None) -> None:
        self._bar.show_code({True: _YES, False: _NO}[value] if isinstance(value, bool) else None)
        self._show_clear()
