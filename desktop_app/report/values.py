"""What each field type's value is in memory and in JSON: one table over the closed set of types.

In JSON a text is its notation, choices are lists of codes, dates ISO strings, a year series an
object of numbers, and an empty answer is absent. ``read`` refuses what does not fit with a
``ValueError`` whose sentence names what was expected.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.formdef.model import FieldType
from desktop_app.report.text import markup
from desktop_app.report.text.model import Text
from desktop_app.report.timeframe.value import Timeframe
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _

Plain = Any
"""A JSON value: None, bool, int, float, str, list or dict of these."""

Number = int | float
YearSeries = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Link:
    """An address and the words that stand for it."""

    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an answer, known by its SHA-256. ``size`` in bytes."""

    name: str
    sha256: str
    size: int


Value = (
    Text | str | tuple[str, ...] | Number | YearSeries | datetime.date | Timeframe | bool | Link | Attachment
)


_YEAR = re.compile(r"[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _read_text(plain: Plain) -> Text:
    if not isinstance(plain, str):
        raise ValueError(_("a text was expected"))
    return markup.read(plain)


def _write_text(value: Any) -> Plain:
    return markup.write(value)


def _read_code(plain: Plain) -> str:
    if not isinstance(plain, str):
        raise ValueError(_("a code was expected"))
    return plain


def _read_codes(plain: Plain) -> tuple[str, ...]:
    if not isinstance(plain, list | tuple):
        raise ValueError(_("a list of codes was expected"))
    return tuple(_read_code(code) for code in plain)


def _read_number(plain: Plain) -> Number:
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        raise ValueError(_("a number was expected"))
    if isinstance(plain, float) and not math.isfinite(plain):
        raise ValueError(_("a number was expected"))
    return int(plain) if isinstance(plain, float) and plain.is_integer() and abs(plain) < 2**53 else plain


def _read_year_series(plain: Plain) -> YearSeries:
    if not isinstance(plain, Mapping):
        raise ValueError(_("a number for each year was expected"))
    if not all(isinstance(year, str) and _YEAR.fullmatch(year) for year in plain):
        raise ValueError(_("a number for each year was expected"))
    return {year: _read_number(plain[year]) for year in sorted(plain)}


def _read_date(plain: Plain) -> datetime.date:
    # Python also reads 20131231 and 2013-W01-2, which only look like what is written.
    if not isinstance(plain, str) or not _DATE.fullmatch(plain):
        raise ValueError(_("a date such as 2013-12-31 was expected"))
    try:
        return datetime.date.fromisoformat(plain)
    except ValueError as error:
        raise ValueError(_("a date such as 2013-12-31 was expected")) from error


def _read_timeframe(plain: Plain) -> Timeframe:
    if not isinstance(plain, Mapping):
        raise ValueError(_("a timeframe was expected"))
    return Timeframe.from_plain(plain)


def _read_yes_no(plain: Plain) -> bool:
    if not isinstance(plain, bool):
        raise ValueError(_("yes or no was expected"))
    return plain


def _read_link(plain: Plain) -> Link:
    if not isinstance(plain, Mapping) or not isinstance(plain.get("url"), str):
        raise ValueError(_("a link was expected"))
    label = plain.get("label", "")
    if not isinstance(label, str):
        raise ValueError(_("a link was expected"))
    return Link(plain["url"], label)


def _read_attachment(plain: Plain) -> Attachment:
    if not isinstance(plain, Mapping):
        raise ValueError(_("an attachment was expected"))
    name, sha256, size = plain.get("name"), plain.get("sha256"), plain.get("size")
    # The name becomes a file's name wherever the attachment goes.
    if not isinstance(name, str) or name in ("", ".", "..") or set(name) & set("/\\\0"):
        raise ValueError(_("an attachment with a file name was expected"))
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise ValueError(_("an attachment with its SHA-256 was expected"))
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise ValueError(_("an attachment with its size in bytes was expected"))
    return Attachment(name, sha256, size)


def _same(value: Any) -> Plain:
    return value


@dataclass(frozen=True, slots=True)
class Codec:
    """Both conversions of one field type, and what counts as no answer."""

    read: Callable[[Plain], Value]
    write: Callable[[Any], Plain]
    is_empty: Callable[[Any], bool]


def _never(value: Any) -> bool:
    return False


def _is_nothing(value: Any) -> bool:
    return not value


CODECS: dict[FieldType, Codec] = {
    FieldType.TEXT: Codec(_read_text, _write_text, lambda value: value.is_empty),
    FieldType.CHOICE: Codec(_read_code, _same, _is_nothing),
    FieldType.CHOICES: Codec(_read_codes, list, _is_nothing),
    FieldType.NUMBER: Codec(_read_number, _same, _never),
    FieldType.YEAR_SERIES: Codec(_read_year_series, dict, _is_nothing),
    FieldType.DATE: Codec(_read_date, lambda value: value.isoformat(), _never),
    FieldType.TIMEFRAME: Codec(
        _read_timeframe, lambda value: value.to_plain(), lambda value: not value.text.strip()
    ),
    FieldType.YES_NO: Codec(_read_yes_no, _same, _never),
    FieldType.SCALE: Codec(_read_code, _same, _is_nothing),
    FieldType.LINK: Codec(
        _read_link,
        lambda value: {"url": value.url, "label": value.label},
        lambda value: not value.url.strip() and not value.label.strip(),
    ),
    FieldType.ATTACHMENT: Codec(
        _read_attachment,
        lambda value: {"name": value.name, "sha256": value.sha256, "size": value.size},
        _never,
    ),
}


def read_value(field_type: FieldType, plain: Plain) -> Value | None:
    """The value of a JSON answer; None for an empty one. ValueError when it does not fit the type."""
    if plain is None:
        return None
    codec = CODECS[field_type]
    value = codec.read(plain)
    return None if codec.is_empty(value) else value


def write_value(field_type: FieldType, value: Value | None) -> Plain:
    """The JSON of a value; None for no answer."""
    codec = CODECS[field_type]
    if value is None or codec.is_empty(value):
        return None
    return codec.write(value)
