"""What a scroll area shows, put in the place of what it showed before."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


def show_content(area: QScrollArea, content: QWidget) -> None:
    """Show ``content``. What was there goes when the event that is under way is over.

    ``QScrollArea.setWidget`` deletes it at once: a click that moves the keyboard out of a box in it, by which
    the area is filled anew, would come back to a box that is no more, and Qt would fall over it.
    """
    before = area.widget()
    if before is not None:
        focus = QApplication.focusWidget()
        if focus is not None and before.isAncestorOf(focus):
            # Else it goes to whatever is next, and the page follows it there.
            area.setFocus()
        area.takeWidget()
        # Without a parent Python deletes it, as soon as nobody names it any more.
        before.setParent(area.window())
        before.hide()
        before.deleteLater()
    area.setWidget(content)
