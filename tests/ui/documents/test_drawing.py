"""DRAW-1 nothing runs out of its page, however long a word is, whether a typeface has it or not"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop_app.exchange.documents.pictures import PagePictures
from desktop_app.exchange.documents.plan import Variant
from desktop_app.exchange.documents.planning import plan_document
from desktop_app.ui.documents.drawing import image_of
from tests.support.workbooks import planned_action, report_of

WIDTH, HEIGHT = 595, 842
MARGIN = 60
"""Points at each side; less than the page has."""


def is_empty(image: QImage, left: int, right: int) -> bool:
    """Whether nothing is drawn between two pixels from the left."""
    return all(
        image.pixelColor(x, y).lightness() > 250 for x in range(left, right) for y in range(0, HEIGHT, 2)
    )


def test_nothing_runs_out_of_the_page(qtbot: QtBot) -> None:
    report = report_of(
        "ga-commitments",
        *planned_action(1, description="a" * 150, timeframe={"text": "b" * 80}),
        *planned_action(2, description="\u0378" * 200),
        ("cover.authority", "c" * 200),
    )
    pictures = PagePictures(plan_document(report, Variant.SHORT))
    for number in range(1, pictures.measure() + 1):
        image = image_of(pictures.picture(number), QSize(WIDTH, HEIGHT))
        assert is_empty(image, 0, MARGIN)
        assert is_empty(image, WIDTH - MARGIN, WIDTH)
        assert not is_empty(image, MARGIN, WIDTH - MARGIN)
