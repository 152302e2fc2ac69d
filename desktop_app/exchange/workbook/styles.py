"""The workbook's look in one place: one family of type, one accent, thin grey lines.

Sizes are in points, colours in RGB without ``#``. All greys keep a contrast of 7:1 on white.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.exchange.workbook.plan import Look, Tone

FAMILY = "Arial"
"""On every system, or there is one of the same widths; it has the letters of most scripts itself."""
FIXED_FAMILY = "Consolas"
BODY_SIZE = 10.0

PADDED_NUMBER = "_(General_)"
"""Room at both ends of a number, as wide as a bracket: LibreOffice overlooks indents of many numbers."""

INK = "1A1A1A"
ACCENT = "1F4E79"
GREY = "505050"
ALERT = "8A2B0E"
HAIRLINE = "C9CED6"
PAPER = "FFFFFF"
OPEN = "FFF9E5"
"""Behind the cells that a reviewer writes in."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the cells of one look are set.

    ``wrap``: long words go on in the next line, else over the empty cells beside. ``line``: the colour
    of a line below, where the look itself has one. ``space``: points above and below the words, so
    that rows breathe. ``fill``: the colour behind them. ``divided``: a hairline at both sides.
    ``indent``: steps of about one character from the cell's edge.
    """

    size: float = BODY_SIZE
    colour: str = INK
    bold: bool = False
    italic: bool = False
    underline: bool = False
    family: str = FAMILY
    wrap: bool = True
    horizontal: str | None = None
    vertical: str = "top"
    indent: int = 0
    line: str | None = None
    number_format: str | None = None
    space: float = 4.0
    fill: str | None = None
    divided: bool = False


STYLES: dict[Look, Style] = {
    Look.KICKER: Style(size=11, colour=ACCENT, bold=True, wrap=False, space=6),
    Look.TITLE: Style(size=15, bold=True, space=8),
    Look.HEADING: Style(size=12, colour=ACCENT, bold=True, vertical="bottom", space=6),
    Look.LIST_HEADING: Style(size=11, colour=ACCENT, bold=True, vertical="bottom", line=ACCENT, space=6),
    Look.COLUMN_HEAD: Style(
        size=9, colour=GREY, bold=True, horizontal="left", vertical="center", line=HAIRLINE, space=6
    ),
    Look.COLUMN_HEAD_BESIDE: Style(
        size=9,
        colour=GREY,
        bold=True,
        horizontal="left",
        vertical="center",
        line=HAIRLINE,
        indent=1,
        space=6,
    ),
    Look.NUMBER: Style(colour=GREY, horizontal="right", indent=1),
    Look.BODY: Style(),
    Look.CHIP: Style(size=9, horizontal="left", indent=1),
    Look.LABEL: Style(size=9, colour=GREY, bold=True, horizontal="left", vertical="bottom", space=2),
    Look.LABEL_BESIDE: Style(size=9, colour=GREY, bold=True, horizontal="left"),
    Look.LABEL_OVER_CHIP: Style(size=9, colour=GREY, bold=True, horizontal="left", indent=1),
    Look.CAPTION: Style(
        size=11, colour=ACCENT, bold=True, wrap=False, vertical="bottom", line=ACCENT, space=6
    ),
    Look.QUIET: Style(size=9, colour=GREY, space=2),
    Look.STATE: Style(colour=GREY, italic=True),
    Look.MARK: Style(size=9, colour=ALERT, bold=True, horizontal="left", indent=1),
    Look.COVER_TITLE: Style(size=26, bold=True, wrap=False, space=8),
    Look.COVER_LINE: Style(size=12, colour=GREY, wrap=False, space=6),
    Look.LINK: Style(colour=ACCENT, underline=True, horizontal="left", vertical="center", space=7),
    Look.ENTRY: Style(horizontal="left", vertical="center", space=7),
    Look.WARNING: Style(colour=ALERT, bold=True, space=8),
    Look.CHECKSUM: Style(size=9, family=FIXED_FAMILY, wrap=False),
    Look.COUNT_HEAD: Style(
        size=9,
        colour=GREY,
        bold=True,
        horizontal="right",
        vertical="center",
        indent=2,
        line=HAIRLINE,
        space=6,
    ),
    Look.COUNT: Style(horizontal="right", vertical="center", indent=2, space=7),
    Look.DATA_HEAD: Style(
        size=9,
        colour=ACCENT,
        bold=True,
        vertical="center",
        horizontal="left",
        indent=1,
        line=ACCENT,
        space=10,
        divided=True,
    ),
    Look.DATA: Style(size=9, indent=1, line=HAIRLINE, divided=True, space=6),
    Look.DATA_CODE: Style(
        size=9, colour=GREY, horizontal="left", indent=1, line=HAIRLINE, divided=True, space=6
    ),
    Look.DATA_NUMBER: Style(
        size=9, horizontal="right", number_format=PADDED_NUMBER, line=HAIRLINE, divided=True, space=6
    ),
    Look.DATA_DATE: Style(
        size=9,
        horizontal="left",
        indent=1,
        number_format="yyyy-mm-dd",
        line=HAIRLINE,
        divided=True,
        space=6,
    ),
    Look.DATA_LINK: Style(
        size=9, colour=ACCENT, bold=True, underline=True, indent=1, line=HAIRLINE, divided=True, space=6
    ),
    Look.MIDDLE: Style(size=9, vertical="center", indent=1, line=HAIRLINE, divided=True, space=6),
    Look.MIDDLE_CODE: Style(
        size=9,
        colour=GREY,
        horizontal="left",
        vertical="center",
        indent=1,
        line=HAIRLINE,
        divided=True,
        space=6,
    ),
    Look.MIDDLE_NUMBER: Style(
        size=9,
        horizontal="right",
        vertical="center",
        number_format=PADDED_NUMBER,
        line=HAIRLINE,
        divided=True,
        space=6,
    ),
    Look.OPEN_HEAD: Style(
        size=9,
        colour=PAPER,
        bold=True,
        vertical="center",
        horizontal="left",
        indent=1,
        space=10,
        fill=ACCENT,
        divided=True,
    ),
    Look.OPEN: Style(size=9, indent=1, space=6, line=HAIRLINE, divided=True, fill=OPEN),
    Look.OPEN_DATE: Style(
        size=9,
        horizontal="left",
        indent=1,
        number_format="yyyy-mm-dd",
        space=6,
        line=HAIRLINE,
        divided=True,
        fill=OPEN,
    ),
    Look.HIDDEN: Style(size=9, wrap=False, space=0),
}


@dataclass(frozen=True, slots=True)
class Shade:
    """What a tone changes in the look of its cell; None leaves it."""

    size: float | None = None
    colour: str | None = None
    bold: bool | None = None
    underline: bool = False
    strike: bool = False


SHADES: dict[Tone, Shade] = {
    Tone.SAME: Shade(),
    Tone.QUIET: Shade(size=9, colour=GREY),
    Tone.STRONG: Shade(bold=True),
    Tone.ADDED: Shade(colour=ACCENT, bold=True, underline=True),
    Tone.REMOVED: Shade(colour=ALERT, strike=True),
}
