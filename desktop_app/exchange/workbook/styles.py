"""The workbook's look in one place: one family of type, one accent, thin grey lines.

Sizes are in points, colours in RGB without ``#``. All greys keep a contrast of 7:1 on white.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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


_BODY, _QUIET, _STATE = Style(), Style(size=9, colour=GREY, space=2), Style(colour=GREY, italic=True)
_HEAD = Style(size=9, colour=GREY, bold=True, horizontal="left", vertical="center", line=HAIRLINE, space=6)
_TABLE_HEAD = Style(size=9, bold=True, horizontal="left", vertical="center", indent=1, divided=True, space=10)
_DATA = Style(size=9, indent=1, line=HAIRLINE, divided=True, space=6)
_CODE = replace(_DATA, colour=GREY, horizontal="left")
_NUMBER = replace(_DATA, horizontal="right", indent=0, number_format=PADDED_NUMBER)
_DATE = replace(_DATA, horizontal="left", number_format="yyyy-mm-dd")

STYLES: dict[Look, Style] = {
    Look.KICKER: Style(size=11, colour=ACCENT, bold=True, wrap=False, space=6),
    Look.TITLE: Style(size=15, bold=True, space=8),
    Look.HEADING: Style(size=12, colour=ACCENT, bold=True, vertical="bottom", space=6),
    Look.LIST_HEADING: Style(size=11, colour=ACCENT, bold=True, vertical="bottom", line=ACCENT, space=6),
    Look.COLUMN_HEAD: _HEAD,
    Look.COLUMN_HEAD_BESIDE: replace(_HEAD, indent=1),
    Look.NUMBER: Style(colour=GREY, horizontal="right", indent=1),
    Look.BODY: _BODY,
    Look.BODY_BESIDE: replace(_BODY, horizontal="left"),
    Look.CHIP: Style(size=9, horizontal="left", indent=1),
    Look.LABEL: Style(size=9, colour=GREY, bold=True, horizontal="left", vertical="bottom", space=2),
    Look.LABEL_BESIDE: Style(size=9, colour=GREY, bold=True, horizontal="left"),
    Look.LABEL_OVER_CHIP: Style(size=9, colour=GREY, bold=True, horizontal="left", indent=1),
    Look.CAPTION: Style(
        size=11, colour=ACCENT, bold=True, wrap=False, vertical="bottom", line=ACCENT, space=6
    ),
    Look.QUIET: _QUIET,
    Look.QUIET_BESIDE: replace(_QUIET, horizontal="left"),
    Look.STATE: _STATE,
    Look.STATE_BESIDE: replace(_STATE, horizontal="left"),
    Look.MARK: Style(size=9, colour=ALERT, bold=True, horizontal="left", indent=1),
    Look.COVER_TITLE: Style(size=26, bold=True, wrap=False, space=8),
    Look.COVER_LINE: Style(size=12, colour=GREY, wrap=False, space=6),
    Look.LINK: Style(colour=ACCENT, underline=True, horizontal="left", vertical="center", space=7),
    Look.ENTRY: Style(horizontal="left", vertical="center", space=7),
    Look.WARNING: Style(colour=ALERT, bold=True, space=8),
    Look.CHECKSUM: Style(size=9, family=FIXED_FAMILY, wrap=False),
    Look.COUNT_HEAD: replace(_HEAD, horizontal="right", indent=2),
    Look.COUNT: Style(horizontal="right", vertical="center", indent=2, space=7),
    Look.DATA_HEAD: replace(_TABLE_HEAD, colour=ACCENT, line=ACCENT),
    Look.DATA: _DATA,
    Look.DATA_CODE: _CODE,
    Look.DATA_NUMBER: _NUMBER,
    Look.DATA_DATE: _DATE,
    Look.DATA_LINK: replace(_DATA, colour=ACCENT, bold=True, underline=True, horizontal="left"),
    Look.MIDDLE: replace(_DATA, vertical="center", horizontal="left"),
    Look.MIDDLE_CODE: replace(_CODE, vertical="center"),
    Look.MIDDLE_NUMBER: replace(_NUMBER, vertical="center"),
    Look.OPEN_HEAD: replace(_TABLE_HEAD, colour=PAPER, fill=ACCENT),
    Look.OPEN: replace(_DATA, fill=OPEN),
    Look.OPEN_DATE: replace(_DATE, fill=OPEN),
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
