"""The look's colours can be read: WCAG 2.1 contrast in light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QPalette

from desktop_app.ui import tokens

Colour = Callable[[QPalette], QColor]


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def palette(request: pytest.FixtureRequest, qapp: object) -> QPalette:
    return tokens.palette(dark=request.param)


@pytest.mark.parametrize(
    "ink", [tokens.text, tokens.quiet, tokens.accent, tokens.error, tokens.warning, tokens.success]
)
def test_words_on_a_card_have_at_least_4_5_to_1(palette: QPalette, ink: Colour) -> None:
    assert tokens.contrast(ink(palette), tokens.card(palette)) >= 4.5


@pytest.mark.parametrize("ink", [tokens.text, tokens.quiet])
def test_words_on_the_window_have_at_least_4_5_to_1(palette: QPalette, ink: Colour) -> None:
    assert tokens.contrast(ink(palette), palette.window().color()) >= 4.5


def test_words_on_the_primary_button_have_at_least_4_5_to_1(palette: QPalette) -> None:
    assert tokens.contrast(tokens.on_accent(palette), tokens.accent(palette)) >= 4.5


def test_outlines_of_controls_have_at_least_3_to_1(palette: QPalette) -> None:
    assert tokens.contrast(tokens.strong_line(palette), tokens.card(palette)) >= 3.0


def test_words_of_what_cannot_be_pressed_have_at_least_3_to_1(palette: QPalette) -> None:
    palette.setCurrentColorGroup(QPalette.ColorGroup.Disabled)
    assert (
        tokens.contrast(tokens.faint(palette), tokens.palette(dark=tokens.is_dark(palette)).window().color())
        >= 3.0
    )


def test_black_on_white_is_21_to_1() -> None:
    assert tokens.contrast(QColor("white"), QColor("black")) == pytest.approx(21.0)
