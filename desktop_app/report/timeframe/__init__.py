"""Timeframes: a country's own words, kept verbatim, and their optional reading in EDTF (ISO 8601-2)."""

from __future__ import annotations

from desktop_app.report.timeframe.brackets import SplitTimeframe, split_timeframe
from desktop_app.report.timeframe.describe import describe, describe_precision
from desktop_app.report.timeframe.edtf import Edtf, EdtfError, Precision, Unit, parse
from desktop_app.report.timeframe.kind import Kind
from desktop_app.report.timeframe.reading import kind, suggest
from desktop_app.report.timeframe.value import Timeframe
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
