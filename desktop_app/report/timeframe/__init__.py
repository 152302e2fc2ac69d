"""Timeframes: a country's own words, kept verbatim, and their optional reading in EDTF (ISO 8601-2).

Values and their words are at hand at once. What reads words (the word lists and their grammar) is
imported when it is first asked for, since a window that opens a report does not need it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from desktop_app.report.timeframe.describe import describe, describe_precision
from desktop_app.report.timeframe.edtf import Edtf, EdtfError, Precision, Unit, parse
from desktop_app.report.timeframe.outcome import Kind
from desktop_app.report.timeframe.value import Timeframe

if TYPE_CHECKING:
    from desktop_app.report.timeframe.brackets import SplitTimeframe, split_timeframe
    from desktop_app.report.timeframe.reading import kind, suggest
    from desktop_app.report.timeframe.vocabulary import shipped_languages

__all__ = [
    "Edtf",
    "EdtfError",
    "Kind",
    "Precision",
    "SplitTimeframe",
    "Timeframe",
    "Unit",
    "describe",
    "describe_precision",
    "kind",
    "parse",
    "shipped_languages",
    "split_timeframe",
    "suggest",
]

_LATE = {
    "SplitTimeframe": "brackets",
    "split_timeframe": "brackets",
    "kind": "reading",
    "suggest": "reading",
    "shipped_languages": "vocabulary",
}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
