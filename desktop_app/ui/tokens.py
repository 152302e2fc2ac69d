"""The look in one file: the grid, type sizes, and colours drawn from the system's palette.

Nothing else in the window names a colour, a margin or a font size of its own.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

GRID = 8
HALF = GRID // 2
GAP = GRID
SPACE = 2 * GRID
WIDE = 3 * GRID
PAGE = 4 * GRID

RADIUS = 8
SMALL_RADIUS = 6
HAIRLINE = 1
ICON = 20
SMALL_ICON = 16
CONTROL = 32
"""Height of buttons and one-line editors: a target a tired hand can hit."""

SHORT_FIELD = 8 * CONTROL
"""Width of a line for a number or a date."""

TITLE_SCALE = 1.6
SECTION_SCALE = 1.2
SMALL_SCALE = 0.92
RAISED_SCALE = 0.72
"""Numbers of footnotes at their marks."""
LINE_CHARACTERS = 84
"""Lines of answers are no longer than about this many characters."""
LINE_HEIGHT = 118
"""Per cent of the font's own line height, in answers of several lines."""


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """A colour between two: ``share`` 0 is the first, 1 the second."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * share,
        first.greenF() + (second.greenF() - first.greenF()) * share,
        first.blueF() + (second.blueF() - first.blueF()) * share,
    )


def is_dark(palette: QPalette) -> bool:
    """Whether the palette is light text on a dark ground."""
    return palette.window().color().lightnessF() < palette.windowText().color().lightnessF()


def palette(*, dark: bool) -> QPalette:
    """Our own palette, for systems that cannot change theirs."""
    window, base, ink, accent_colour = (
        ("#1e1f22", "#2b2d30", "#e6e7ea", "#6aa9e9") if dark else ("#efefef", "#ffffff", "#000000", "#308cc6")
    )
    made = QPalette(QColor(window))
    role = QPalette.ColorRole
    for one, colour in (
        (role.Window, window),
        (role.Base, base),
        (role.AlternateBase, window),
        (role.Button, window),
        (role.ToolTipBase, base),
        (role.Text, ink),
        (role.WindowText, ink),
        (role.ButtonText, ink),
        (role.ToolTipText, ink),
        (role.Accent, accent_colour),
        (role.Highlight, accent_colour),
        (role.HighlightedText, base),
        (role.Link, accent_colour),
    ):
        made.setColor(one, QColor(colour))
    made.setColor(role.PlaceholderText, mix(QColor(ink), QColor(base), 0.4))
    for one in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, mix(QColor(ink), QColor(base), 0.55))
    return made


def card(palette: QPalette) -> QColor:
    """The ground of a card: where answers stand."""
    return palette.base().color()


def hairline(palette: QPalette) -> QColor:
    """Thin lines around cards and between parts."""
    return mix(palette.window().color(), palette.windowText().color(), 0.20 if is_dark(palette) else 0.16)


def strong_line(palette: QPalette) -> QColor:
    """The outline of a control: at least 3:1 against the card."""
    return mix(palette.base().color(), palette.text().color(), 0.5)


def text(palette: QPalette) -> QColor:
    """Answers and headings."""
    return palette.text().color()


def quiet(palette: QPalette) -> QColor:
    """Labels, guidance and other words that stand back; still at least 4.5:1."""
    return mix(palette.text().color(), palette.base().color(), 0.34)


def faint(palette: QPalette) -> QColor:
    """Words of what cannot be pressed now: fainter than ``quiet``, and still to be read, at least 3:1."""
    active = QPalette.ColorGroup.Active
    ink = palette.color(active, QPalette.ColorRole.Text)
    return mix(ink, palette.color(active, QPalette.ColorRole.Base), 0.48)


def accent(palette: QPalette) -> QColor:
    """The palette's own accent, dark or light enough to be read as text on a card."""
    found = palette.color(QPalette.ColorRole.Accent)
    target = QColor("white") if is_dark(palette) else QColor("black")
    share = 0.0
    while contrast(mix(found, target, share), card(palette)) < 4.6 and share < 0.9:
        share += 0.05
    return mix(found, target, share)


def on_accent(palette: QPalette) -> QColor:
    """Words on a ground of the accent."""
    ground = accent(palette)
    white, black = QColor("white"), QColor("black")
    return white if contrast(white, ground) >= contrast(black, ground) else black


def tint(palette: QPalette, share: float = 0.1) -> QColor:
    """A breath of the accent: chosen rows, chips."""
    return mix(card(palette), accent(palette), share)


def hover(palette: QPalette) -> QColor:
    """The ground of something the pointer is over."""
    return mix(card(palette), palette.text().color(), 0.06)


def error(palette: QPalette) -> QColor:
    """Errors; always beside a word and an icon."""
    return QColor("#ff8a80") if is_dark(palette) else QColor("#b3261e")


def warning(palette: QPalette) -> QColor:
    """Warnings; always beside a word and an icon."""
    return QColor("#f2b84b") if is_dark(palette) else QColor("#8a5a00")


def success(palette: QPalette) -> QColor:
    """What is complete or saved; always beside a word and an icon."""
    return QColor("#7bd39a") if is_dark(palette) else QColor("#1b6e3c")


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def title_font() -> QFont:
    """Page titles."""
    return _scaled(TITLE_SCALE, QFont.Weight.DemiBold)


def section_font() -> QFont:
    """Headings of the parts of a page."""
    return _scaled(SECTION_SCALE, QFont.Weight.DemiBold)


def body_font() -> QFont:
    """Everything else: the system's own font at its own size."""
    return QApplication.font()


def strong_font() -> QFont:
    """Labels that lead."""
    return _scaled(1.0, QFont.Weight.DemiBold)


def small_font() -> QFont:
    """Help lines, chips and counts."""
    return _scaled(SMALL_SCALE, QFont.Weight.Normal)


def _scaled(scale: float, weight: QFont.Weight) -> QFont:
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(weight)
    return font


def page_width(widget: QWidget) -> int:
    """The width of a page's column in pixels: ``LINE_CHARACTERS`` of the body font and its margins."""
    metrics = QFontMetrics(widget.font())
    return metrics.averageCharWidth() * LINE_CHARACTERS + 2 * SPACE + 2 * CONTROL
