"""Words that are struck through, in a cell or in a part of it. Used in the limited process only.

Whoever strikes words out in a workbook means that they are to go, though every character still stands there.
A run of a text that has a look of its own says itself whether it is struck; others have the cell's look
(ECMA-376 part 1, 18.4.4, 18.4.10 and 18.8.22).
"""

from __future__ import annotations

from desktop_app.exchange.review.xml_reading import Element, local

BETWEEN = " … "
"""Stands between struck words that other words part."""

NAMES = frozenset(("r", "rPr", "strike"))
"""The elements that ``Runs`` wants to know of."""


def _is_on(value: str) -> bool:
    return value not in ("0", "false")


def struck_styles(styles: Element) -> frozenset[int]:
    """The numbers of the cell styles whose font is struck through."""
    fonts, cells = styles.first("fonts"), styles.first("cellXfs")
    struck = {
        str(index)
        for index, font in enumerate(fonts.children if fonts is not None else ())
        if any(_is_on(each.get("val", "1")) for each in font.all("strike"))
    }
    found = cells.children if struck and cells is not None else ()
    return frozenset(index for index, style in enumerate(found) if style.get("fontId", "0") in struck)


class Runs:
    """What is struck of one text, as its elements and words come."""

    def __init__(self) -> None:
        """Of no text yet."""
        self.begin()

    def begin(self) -> None:
        """Another text."""
        self._is_struck: bool | None = None
        self._own: list[str] = []
        self._others: list[str] = []
        self.is_rich = False
        """Whether a part of it has a look of its own."""

    def start(self, name: str, value: str) -> None:
        """One of the ``NAMES`` begins; ``value``: its attribute ``val``, 1 where it has none."""
        match local(name):
            case "r":
                self._is_struck = None
            case "rPr":
                self._is_struck, self.is_rich = False, True
            case _:
                self._is_struck = _is_on(value)

    def add(self, words: str) -> None:
        """The words of the present part."""
        if self._is_struck is None:
            self._others.append(words)
        elif self._is_struck:
            self._own.append(words)

    def words(self) -> tuple[str, str]:
        """Those that are struck in any cell, and those that are so where the cell is."""
        return BETWEEN.join(filter(str.strip, self._own)), "".join(self._others)


def struck_in(words: tuple[str, str], is_cell_struck: bool) -> str:
    """What is struck of a text in a cell."""
    own, others = words
    return BETWEEN.join(filter(str.strip, (others if is_cell_struck else "", own)))
