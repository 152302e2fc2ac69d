"""Timeframes: a country's own words, kept verbatim, and their optional reading in EDTF (ISO 8601-2).

The value, its notation and its words are here at once; what reads a country's words is loaded when it
is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop_app.report.timeframe.describe import describe, describe_day, describe_precision
from desktop_app.report.timeframe.edtf import Edtf, EdtfError, Precision, Unit, parse
from desktop_app.report.timeframe.value import Timeframe

if TYPE_CHECKING:
    from desktop_app.report.timeframe.brackets import SplitTimeframe, split_timeframe
    from desktop_app.report.timeframe.reading import Kind, kind, suggest
    from desktop_app.report.timeframe.vocabulary import shipped_languages

_LATER = {
    "Kind": "reading",
    "SplitTimeframe": "brackets",
    "kind": "reading",
    "shipped_languages": "vocabulary",
    "split_timeframe": "brackets",
    "suggest": "reading",
}

__all__ = [
    "Edtf",
    "EdtfError",
    "Kind",
    "Precision",
    "SplitTimeframe",
    "Timeframe",
    "Unit",
    "describe",
    "describe_day",
    "describe_precision",
    "kind",
    "parse",
    "shipped_languages",
    "split_timeframe",
    "suggest",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
