"""What sort of timeframe the words are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.report.timeframe.edtf import Edtf


class Kind(StrEnum):
    """The sorts of timeframes countries write."""

    DEADLINE = "deadline"
    """Done at a last moment: "Till December 2013", "end of 2014"."""
    PERIOD = "period"
    """A stretch of the calendar other than one year, be it a day or one that stays open: "from 2014 on"."""
    YEAR = "year"
    """One year: "Within 2013"."""
    RECURRING = "recurring"
    """Again and again: "twice yearly"."""
    ONGOING = "ongoing"
    """All the time: "on an ongoing basis"."""
    EVENT = "event"
    """Hangs on something that happens: "upon adoption of the law"."""
    DURATION = "duration"
    """A length of time without a place in the calendar: "within 6 months", "short term"."""
    NONE = "none"
    """No timeframe, or words that are not understood as one: "n/a", "to be determined"."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to understand a whole phrase; ``edtf`` is None when that way gives no reading."""

    kind: Kind
    edtf: Edtf | None = None
