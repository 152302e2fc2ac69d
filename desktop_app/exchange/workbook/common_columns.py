"""Columns that several flat tables share: where a record stands, why it is empty, who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.exchange.workbook.cells import plain
from desktop_app.exchange.workbook.check_results import CHECK, CHECK_WORDS
from desktop_app.exchange.workbook.columns import LONG, MEDIUM, SHORT, TINY, Column
from desktop_app.exchange.workbook.context import Context
from desktop_app.exchange.workbook.plan import Content, Look
from desktop_app.formdef.model import Section, State
from desktop_app.runtime.i18n import _

PROGRAM = "program"
"""Where a column comes from that no question stands for."""

Contents = dict[str, Content]


def code_column(code: str, label: str, width: float = TINY, allowed: str = "", aside: bool = False) -> Column:
    """A column of codes that the program fills."""
    return Column(code, label, Look.DATA_CODE, width, "code", allowed, PROGRAM, aside=aside)


def words_column(code: str, label: str, width: float = SHORT) -> Column:
    """A column of words that the program fills."""
    return Column(code, label, Look.DATA, width, "text", "", PROGRAM)


def number_column(code: str, label: str, width: float = TINY) -> Column:
    """A column of numbers that the program fills."""
    return Column(code, label, Look.DATA_NUMBER, width, "number", "", PROGRAM)


def sentence_case(words: str) -> str:
    """``words`` with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def depth_of(context: Context, sections: Iterable[Section]) -> int:
    """How deep the deepest of the sections stands, 1 for the top."""
    return max((len(context.ancestors(section)) + 1 for section in sections), default=1)


def section_columns(depth: int) -> list[Column]:
    """Code and name of the section, and of those around it, so that a filter keeps the context."""
    columns: list[Column] = []
    for level in range(1, depth):
        code = _level_code(level, depth)
        columns += [
            code_column(code, _("Part of: code"), allowed="sections", aside=True),
            words_column(f"{code}_title", _("Part of"), 18.0),
        ]
    return [
        *columns,
        code_column("section", _("Section: code"), allowed="sections", aside=True),
        words_column("section_title", _("Section"), 18.0),
    ]


def section_contents(context: Context, section: Section, depth: int) -> Contents:
    """What ``section_columns`` hold for one section."""
    contents: Contents = {
        "section": plain(section.code),
        "section_title": plain(context.labels.section_short(section)),
    }
    for level, above in enumerate(context.ancestors(section)[: depth - 1], start=1):
        code = _level_code(level, depth)
        contents[code] = plain(above.code)
        contents[f"{code}_title"] = plain(context.labels.section_short(above))
    return contents


def _level_code(level: int, depth: int) -> str:
    return f"part_of_{level}" if depth > 2 else "part_of"


def state_columns(code: str, label: str = "") -> list[Column]:
    """Why an answer is missing, as code and in words. ``label``: of the question, if not of the record."""
    code_label = _("{label}: state code").format(label=label) if label else _("State: code")
    words_label = _("{label}: state").format(label=label) if label else _("State")
    return [
        code_column(code, code_label, allowed="states", aside=True),
        words_column(f"{code}_label", words_label, 16.0),
    ]


def state_contents(context: Context, code: str, state: State | None) -> Contents:
    """What ``state_columns`` hold."""
    if state is None:
        return {}
    return {code: plain(state.value), f"{code}_label": plain(context.state(state))}


def confidential_column(allowed: str) -> Column:
    """The mark of what is left out of the public copy, in codes."""
    return Column(
        "confidential", _("Confidential: code"), Look.DATA_CODE, TINY, "codes", allowed, PROGRAM, aside=True
    )


def check_columns(aside: bool = False) -> list[Column]:
    """What the checks found: the worst level as a code, all of it in words, broad where it stands ``aside``.

    The rows then are not higher for it, in whose print it is not seen.
    """
    return [
        code_column(CHECK, _("Check: code"), allowed="levels", aside=True),
        replace(words_column(CHECK_WORDS, _("Check"), LONG if aside else MEDIUM), aside=aside),
    ]
