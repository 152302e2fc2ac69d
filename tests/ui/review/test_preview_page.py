"""The preview of a returned workbook with much in it: what stands far below is one press away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.report.review import ReviewComment
from desktop_app.services.review import NewComment, NewRow, ReviewPreview
from desktop_app.ui.editors.options import WrappedOption
from desktop_app.ui.review.preview_page import MANY, PreviewPage

Shower = Callable[[QWidget], QWidget]


def held(comments: int) -> ReviewPreview:
    words = "Which budget pays for this, and who is responsible for it in the ministry? "
    found = [
        NewComment(
            str(number),
            f"Target 1, planned action {number}",
            ReviewComment("T1", words=words * (number % 4 + 1)),
        )
        for number in range(comments)
    ]
    row = NewRow("row", "Target 2, planned actions", "T2.planned", "A joint training", {})
    return ReviewPreview(comments=tuple(found), new_rows=(row,), name="back.xlsx")


def jumps(page: PreviewPage) -> list[QAbstractButton]:
    buttons = page.findChildren(QAbstractButton)
    return [each for each in buttons if each.text().endswith(")") and not isinstance(each, WrappedOption)]


def test_a_group_far_below_is_one_press_away(qtbot: QtBot, shown: Shower) -> None:
    page = PreviewPage(held(400), ("Reviewed by: L. Berg",))
    page.resize(900, 700)
    shown(page)
    assert [each.text() for each in jumps(page)] == ["Comments (400)", "New rows (1)"]
    jumps(page)[1].click()

    def is_seen() -> bool:
        return any(
            "A joint training" in each.text() and not each.visibleRegion().isEmpty()
            for each in page.findChildren(WrappedOption)
        )

    qtbot.waitUntil(is_seen)
    assert len(page.findChildren(WrappedOption)) < 200
    page.verticalScrollBar().setValue(0)
    jumps(page)[0].click()
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() < 400)


@pytest.mark.parametrize("comments", [1, MANY - 1])
def test_what_fits_on_the_page_needs_no_way_there(shown: Shower, comments: int) -> None:
    page = PreviewPage(held(comments), ())
    shown(page)
    assert not jumps(page)


def test_how_far_it_is_stands_where_the_buttons_were(shown: Shower) -> None:
    page = PreviewPage(held(30), ())
    shown(page)
    told: list[str] = []
    page.cancelled.connect(partial(told.append, "cancelled"))
    page.show_progress(0, 0)
    bring = next(each for each in page.findChildren(QAbstractButton) if "Bring in" in each.text())
    assert not bring.isVisible()
    page.show_progress(10, 30)
    cancel = next(each for each in page.findChildren(QAbstractButton) if each.text() == "&Cancel")
    assert cancel.isVisible()
    cancel.click()
    assert told == ["cancelled"]
    page.end_progress()
    assert bring.isVisible() and not cancel.isVisible()
