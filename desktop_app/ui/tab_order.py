"""Where Tab goes: from control to control in the order they stand on the page, also those made later.

Qt goes by the order in which widgets were made. A row that is shown anew would be the last one of the window.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QLayout, QScrollArea, QWidget

TAB = Qt.FocusPolicy.TabFocus


def next_stop(ground: QWidget, present: QWidget | None, *, forward: bool) -> QWidget | None:
    """The control below ``ground`` that comes after ``present``, or before it; round at the ends.

    ``present`` need not be a stop: a page, or a button that cannot be pressed for the moment.
    """
    found = list(_stops(ground, present))
    at = next((index for index, widget in enumerate(found) if widget is present), None)
    if at is None:
        return None if not found else found[0 if forward else -1]
    if len(found) == 1:
        return present if present is not None and _is_stop(present) else None
    return found[(at + (1 if forward else -1)) % len(found)]


def stops(part: QWidget) -> Iterator[QWidget]:
    """Every control below ``part`` that Tab stops at, in the order they stand there."""
    return _stops(part, None)


def _stops(part: QWidget, present: QWidget | None) -> Iterator[QWidget]:
    """With ``present`` among them wherever it stands."""
    for child in _in_order(part):
        if child.isHidden() or child.isWindow():
            continue
        if child is present or _is_stop(child):
            yield child
        if isinstance(child, QScrollArea) or not isinstance(child, QAbstractScrollArea):
            yield from _stops(child, present)


def _is_stop(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & TAB) and widget.isEnabled() and widget.focusProxy() is None


def _in_order(part: QWidget) -> list[QWidget]:
    if isinstance(part, QScrollArea):
        inside = part.widget()
        return [inside] if inside is not None else []
    layout = part.layout()
    laid_out = list(_widgets_of(layout)) if layout is not None else []
    known = set(map(id, laid_out))
    others = [child for child in part.children() if isinstance(child, QWidget) and id(child) not in known]
    mirrored = part.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def place(widget: QWidget) -> tuple[int, int]:
        return widget.y(), -widget.x() if mirrored else widget.x()

    return laid_out + sorted(others, key=place)


def _widgets_of(layout: QLayout) -> Iterator[QWidget]:
    for index in _reading_order(layout):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets_of(inner)


def _reading_order(layout: QLayout) -> list[int]:
    """The items of a grid go line by line, in whatever order they were put there."""
    items = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places = [tuple(map(int, layout.getItemPosition(index)))[:2] for index in items]  # type: ignore[call-overload]
        items.sort(key=places.__getitem__)
    return items
