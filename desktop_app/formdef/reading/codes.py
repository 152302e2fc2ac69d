"""How codes are written. Codes are part of paths, file names and sheets, and never change."""

from __future__ import annotations

import keyword
import re

from desktop_app.formdef.reading.tables import Table
from desktop_app.formdef.suggestions import shown
from desktop_app.runtime.i18n import _

MAX_LENGTH = 64
"""Characters of a code."""

_SECTION = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*", re.ASCII)
_FIELD = re.compile(r"[a-z][a-z0-9_]*")
_CHOICE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

RULE_NAMES = frozenset({"list", "section", "section_goals", "goals_chosen", "cycle"})
"""Names that rules give a meaning of their own; no field or list may be called so."""


_UNPLACED = "unplaced"
"""Where reports keep words without a place in the form (``report.paths``)."""


def is_field_code(code: str) -> bool:
    """Whether this can be the code of a field, list, row type, group, check or choice list."""
    return len(code) <= MAX_LENGTH and _FIELD.fullmatch(code) is not None


def is_section_code(code: str) -> bool:
    """Whether this can be the code of a section or goal."""
    return len(code) <= MAX_LENGTH and _SECTION.fullmatch(code) is not None


def is_choice_code(code: str) -> bool:
    """Whether this can be the code of a choice, a form, a version or a cycle."""
    return len(code) <= MAX_LENGTH and _CHOICE.fullmatch(code) is not None


def is_language(tag: str) -> bool:
    """Whether this looks like a language tag, such as ``fr`` or ``sr-Latn``."""
    return len(tag) <= MAX_LENGTH and _LANGUAGE.fullmatch(tag) is not None


def field_code_sentence(code: str) -> str:
    """What is wrong with a code that should be a field's."""
    return _(
        "“{code}” cannot be a code. Begin with a small letter a to z; then small letters, digits and _, "
        "at most {limit} characters."
    ).format(code=shown(code), limit=MAX_LENGTH)


def section_code_sentence(code: str) -> str:
    """What is wrong with a code that should be a section's or goal's."""
    return _(
        "“{code}” cannot be a code. Use letters, digits and _, with a point between the parts, "
        "at most {limit} characters."
    ).format(code=shown(code), limit=MAX_LENGTH)


def choice_code_sentence(code: str) -> str:
    """What is wrong with a code that should be a choice's, a form's or a cycle's."""
    return _(
        "“{code}” cannot be a code. Use letters, digits, and between them _, - or points, "
        "at most {limit} characters."
    ).format(code=shown(code), limit=MAX_LENGTH)


def read_section_code(table: Table) -> str | None:
    """The ``code`` of a section or goal; None when it is missing or cannot be one."""
    code = table.text("code", required=True)
    if code is not None and not is_section_code(code):
        table.error("code", section_code_sentence(code))
        return None
    if code == _UNPLACED:
        sentence = _("“{code}” has a meaning of its own in reports. Choose another code.")
        table.error("code", sentence.format(code=code))
    return code


def read_field_code(table: Table) -> str | None:
    """The ``code`` of a field or check; None when it is missing or cannot be one."""
    code = table.text("code", required=True)
    if code is not None and not is_field_code(code):
        table.error("code", field_code_sentence(code))
        return None
    return code


def reserved_sentence(code: str) -> str | None:
    """Why a field or list cannot have this code because of what rules mean by it; None if it can."""
    if code in RULE_NAMES:
        return _("“{code}” has a meaning of its own in rules. Choose another code.").format(code=code)
    if keyword.iskeyword(code):
        sentence = _("“{code}” is a word of the rules' language. Choose another code, such as {code}_value.")
        return sentence.format(code=code)
    return None
