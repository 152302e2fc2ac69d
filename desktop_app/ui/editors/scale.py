"""One step of an ordered scale, all steps in sight."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.report.values import Value
from desktop_app.ui.editors.segment_editor import SegmentEditor
from desktop_app.ui.editors.segments import SegmentBar
from desktop_app.ui.focus import put_before


class ScaleEditor(SegmentEditor):
    """Steps with their full words. A code the form does not have any more stands as one more step."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        """``options``: codes and words, from the least to the most."""
        super().__init__(SegmentBar(options, ordered=True))
        self._options = list(options)
        self._names = ("", "")

    def value(self) -> Value | None:
        return self._bar.code()

    def show_value(self, value: Value | None) -> None:
        code = value if isinstance(value, str) else None
        if code is not None and all(code != known for known, _words in self._options):
            self._options.append((code, code))
            fresh = SegmentBar(self._options, ordered=False)
            fresh.chosen.connect(self._on_chosen)
            self._row.replaceWidget(self._bar, fresh)
            self._bar.hide()
            self._bar.deleteLater()
            self._bar = fresh
            fresh.show()
            put_before(self._clear, *fresh.segments())
            self.set_names(*self._names)
            self._bar.set_closed(self._read_only)
        self._bar.show_code(code)
        self._show_clear()

    def set_names(self, label: str, help: str) -> None:
        self._names = (label, help)
        super().set_names(label, help)
