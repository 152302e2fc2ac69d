"""What becomes of a report in another version of its form, for the person to agree to or not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.form_upgrade import Plan
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, heading

PAGE = 100
"""Lines of one part that are shown at first, and each time more are asked for."""


class PlanPage(LonePage):
    """The plan in words; nothing is changed before the person goes over."""

    agreed = Signal()
    declined = Signal()

    def __init__(self, plan: Plan) -> None:
        """For one report."""
        super().__init__(plan.title, [_about(plan), plan.stayed], "report", Tone.ACCENT)
        go = Button(_go_words(plan), "check", ButtonKind.PRIMARY)
        stay = Button(_("&Not now"), "chevron-left")
        go.clicked.connect(self.agreed)
        stay.clicked.connect(self.declined)
        self.add_ways(go, stay)
        for words, lines in plan.parts:
            self.column.addWidget(_PartCard(words, lines))


class _PartCard(Card):
    """A heading with lines below it; of very many the next ones come on request."""

    def __init__(self, words: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._left = list(lines)
        self.column.addWidget(heading(words))
        self._more = Button("", "chevron-down", ButtonKind.QUIET)
        self._more.clicked.connect(self._on_more)
        self.column.addWidget(self._more)
        self._show_next()

    def _on_more(self) -> None:
        self._show_next()

    def _show_next(self) -> None:
        lines, self._left = self._left[:PAGE], self._left[PAGE:]
        for line in lines:
            self.column.insertWidget(self.column.count() - 1, selectable(line))
        words = ngettext("Show {count} more", "Show {count} more", len(self._left))
        self._more.setText(words.format(count=len(self._left)))
        self._more.setVisible(bool(self._left))


def _about(plan: Plan) -> str:
    if plan.form.version == plan.summary.form_version:
        return _(
            "The form was changed after this report was begun. This is what becomes of the answers when the"
            " report is brought in line with it. A backup is made first."
        )
    return _(
        "There is a newer version of the form. This is what becomes of the answers when the report goes over"
        " to it. A backup is made first; going back is only possible with that backup."
    )


def _go_words(plan: Plan) -> str:
    if plan.form.version == plan.summary.form_version:
        return _("&Bring it in line")
    return _("&Go over to it")
