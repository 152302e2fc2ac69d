"""JSON from outside, read so that it means one thing only.

The standard reader takes the last of two equal keys, accepts NaN, and fails on deep nesting with an
error that is nobody's. A report that travels must not be read in two ways by two programs.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.i18n import _

MAX_BYTES = 50 * 1024 * 1024
MAX_DEPTH = 40
"""Levels of objects and lists. A report has seven."""

_MAX_DIGITS = 100
#: Strings (an unfinished one up to the end, so that each character is looked at once) and brackets.
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")


class JsonError(DeskError):
    """A file is not JSON, or JSON that could be read in two ways."""


class _Refused(ValueError):
    """Stops the reader; its message is the sentence's reason."""


def read_json(name: str, data: bytes, *, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH) -> Any:
    """The value in ``data``, the content of the file ``name``. JsonError with one sentence.

    Refused: more than ``max_bytes``, anything but UTF-8, repeated keys, NaN and infinities, numbers
    of more than a hundred digits, halves of surrogate pairs, nesting deeper than ``max_depth``.
    """
    text = _text(name, data, max_bytes)
    if _depth(text, max_depth) > max_depth:
        raise JsonError(
            _("“{name}” cannot be read: it is nested more than {limit} levels deep.").format(
                name=name, limit=max_depth
            )
        )
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
        _check_strings([value])
    except json.JSONDecodeError as error:
        raise JsonError(
            _("“{name}” is damaged: it cannot be read at line {line}, character {character}.").format(
                name=name, line=error.lineno, character=error.colno
            )
        ) from error
    except _Refused as error:
        raise JsonError(_("“{name}” cannot be read: {reason}.").format(name=name, reason=error)) from error
    return value


def _text(name: str, data: bytes, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise JsonError(
            _("“{name}” is larger than {limit} MB, too large to be read.").format(
                name=name, limit=max_bytes // (1024 * 1024)
            )
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonError(
            _("“{name}” is damaged: it is not UTF-8 from byte {byte} on.").format(
                name=name, byte=error.start + 1
            )
        ) from error
    if not text.strip():
        raise JsonError(_("“{name}” is empty.").format(name=name))
    return text


def _depth(text: str, limit: int) -> int:
    """How deep the brackets nest; no further than one past ``limit``."""
    depth = deepest = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > limit:
                break
        elif found[0] in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(_("the key “{key}” stands twice in one object").format(key=_whole(key)))
        found[_whole(key)] = _whole(value) if isinstance(value, str) else value
        if isinstance(value, list):
            _check_strings(value)
    return found


def _check_strings(values: list[Any]) -> None:
    """Lists hold strings that no object's pair has shown."""
    for value in values:
        if isinstance(value, str):
            _whole(value)
        elif isinstance(value, list):
            _check_strings(value)


def _whole(text: str) -> str:
    if _HALF_CHARACTER.search(text):
        raise _Refused(_("it holds half a character"))
    return text


def _constant(name: str) -> Any:
    raise _Refused(_("“{value}” is no number").format(value=name))


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Refused(_("“{value}” is no number that can be kept").format(value=digits[:20]))
    return number


def _int(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise _Refused(_("“{value}” is no number that can be kept").format(value=digits[:20] + "…"))
    return int(digits)
