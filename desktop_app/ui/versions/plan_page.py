"""What becomes of a report in another version of its form, for the person to agree to or not."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_app.runtime.i18n import _
from desktop_app.services.form_upgrade import Plan
from desktop_app.ui.pages.lone_page import LonePage, selectable
from desktop_app.ui.parts import Button, ButtonKind, Card, Tone, heading


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
            card = Card()
            card.column.addWidget(heading(words))
            for line in lines:
                card.column.addWidget(selectable(line))
            self.column.addWidget(card)


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
