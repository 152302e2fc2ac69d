"""What a tag and its ``style`` attribute say about format, as browsers and office programs write it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.report.text.values import Mark

_MARKS_OF_TAG = {
    "b": Mark.BOLD,
    "strong": Mark.BOLD,
    "i": Mark.ITALIC,
    "em": Mark.ITALIC,
    "u": Mark.UNDERLINE,
    "sup": Mark.SUPERSCRIPT,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "th"), Mark.BOLD),
}
_BOLD_WEIGHTS = frozenset(("bold", "bolder", "600", "700", "800", "900"))
_LIGHT_WEIGHTS = frozenset(("normal", "lighter", "100", "200", "300", "400", "500"))
_VERBATIM_TAGS = frozenset(("pre", "textarea", "listing", "xmp"))
_LIST_LEVEL = re.compile(r"(l\d+)\s+level(\d+)")


@dataclass(frozen=True, slots=True)
class FormatChange:
    """How an element changes the marks it inherits."""

    adds: frozenset[Mark] = frozenset()
    removes: frozenset[Mark] = frozenset()

    def applied_to(self, marks: frozenset[Mark]) -> frozenset[Mark]:
        """The marks inside the element."""
        return (marks - self.removes) | self.adds


def declarations(style: str | None) -> dict[str, str]:
    """The declarations of a ``style`` attribute, names and values in lower case."""
    found: dict[str, str] = {}
    for declaration in (style or "").split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def format_change(tag: str, css: dict[str, str], *, in_link: bool) -> FormatChange:
    """What ``tag`` with ``css`` does to the marks; a link is underlined by style, which is no mark."""
    adds: set[Mark] = set()
    removes: set[Mark] = set()
    if tag in _MARKS_OF_TAG:
        adds.add(_MARKS_OF_TAG[tag])
    if not css:
        return FormatChange(frozenset(adds))
    font = frozenset(css.get("font", "").split())
    weight = css.get("font-weight", "")
    if weight in _BOLD_WEIGHTS or font & {"bold", "bolder"}:
        adds.add(Mark.BOLD)
    elif weight in _LIGHT_WEIGHTS:
        removes.add(Mark.BOLD)
    slant = css.get("font-style", "")
    if slant.startswith(("italic", "oblique")) or font & {"italic", "oblique"}:
        adds.add(Mark.ITALIC)
    elif slant == "normal":
        removes.add(Mark.ITALIC)
    if "underline" in css.get("text-decoration", "") + css.get("text-decoration-line", "") and not in_link:
        adds.add(Mark.UNDERLINE)
    if css.get("vertical-align") == "super":
        adds.add(Mark.SUPERSCRIPT)
    elif css.get("vertical-align") == "baseline":
        removes.add(Mark.SUPERSCRIPT)
    return FormatChange(frozenset(adds - removes), frozenset(removes))


def keeps_white_space(tag: str, css: dict[str, str], inherited: bool) -> bool:
    """Whether spaces, tabs and line breaks of the source are to be seen."""
    if tag in _VERBATIM_TAGS:
        return True
    value = css.get("white-space") or css.get("white-space-collapse")
    if value is None or value == "inherit":
        return inherited
    return value.startswith(("pre", "break-spaces"))


def word_list_level(css: dict[str, str]) -> tuple[str, int] | None:
    """The list and the level (from 1) of a Word list paragraph, ``mso-list:l0 level2 lfo1``."""
    found = _LIST_LEVEL.match(css.get("mso-list", ""))
    return (found[1], int(found[2])) if found else None


_NUMBER_MARK = re.compile(r"\(?(?:\d+|[^\W\d_]{1,5})(?:\.\d+)*[.)]|\d")


def is_number_mark(mark: str) -> bool:
    """Whether a typed-out list mark ("1.", "iv)", "(a)") numbers its item; "·", "o" and "§" are bullets."""
    return _NUMBER_MARK.match(mark.strip()) is not None
