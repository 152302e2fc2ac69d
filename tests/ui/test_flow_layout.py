from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.parts import Chip


def flowing(qtbot: QtBot, *words: str) -> tuple[QWidget, list[Chip]]:
    ground = QWidget()
    qtbot.addWidget(ground)
    flow = FlowLayout(ground)
    chips = [Chip(each) for each in words]
    for chip in chips:
        flow.addWidget(chip)
    return ground, chips


def laid_out(ground: QWidget, width: int) -> None:
    layout = ground.layout()
    assert layout is not None
    ground.resize(width, layout.heightForWidth(width))
    ground.show()
    layout.activate()


def test_what_does_not_fit_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    ground, chips = flowing(qtbot, *("some words here" for _ in range(8)))
    laid_out(ground, 300)
    assert len({chip.y() for chip in chips}) > 1
    assert max(chip.geometry().right() for chip in chips) < 300
    assert max(chip.geometry().bottom() for chip in chips) < ground.height()


def test_hidden_parts_take_no_room(qtbot: QtBot) -> None:
    ground, chips = flowing(qtbot, "one", "two", "three")
    laid_out(ground, 600)
    before = chips[2].x()
    chips[1].hide()
    laid_out(ground, 600)
    assert chips[2].x() < before


def test_it_runs_from_right_to_left_where_the_language_does(qtbot: QtBot) -> None:
    ground, chips = flowing(qtbot, "one", "two")
    ground.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    laid_out(ground, 600)
    assert chips[0].geometry().right() == 599
    assert chips[1].x() < chips[0].x()


def test_a_part_that_grows_is_noticed(qtbot: QtBot) -> None:
    ground, chips = flowing(qtbot, "one", "two")
    layout = ground.layout()
    assert layout is not None
    before = layout.heightForWidth(200)
    chips[0].setText("many words " * 20)
    chips[0].updateGeometry()
    assert layout.heightForWidth(200) > before
