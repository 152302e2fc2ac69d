"""The table of the benchmarks: what, against what, the figure, its budget, and whether it is kept."""

from __future__ import annotations

from dataclasses import dataclass

OVER = "OVER"
_WIDTHS = (50, 42, 10, 10)
"""Characters of a column; the verdict comes last."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line. Figure and budget stand as they are shown; no budget is a yardstick, or plain news."""

    what: str
    against: str
    figure: str
    budget: str = ""
    verdict: str = ""

    @property
    def is_over(self) -> bool:
        """Whether its budget is not kept."""
        return self.verdict == OVER

    def __str__(self) -> str:
        what, against, figure, budget = _WIDTHS
        names = f"{self.what:<{what}} {self.against:<{against}}"
        return f"{names} {self.figure:>{figure}} {self.budget:>{budget}}  {self.verdict}".rstrip()


HEAD = Row("what", "against", "ratio", "budget", "verdict")


def ratio(what: str, against: str, found: float, budget: float | None = None) -> Row:
    """A figure without a unit: so many times of what stands under "against"."""
    return _row(what, against, found, budget, "{:.2f}")


def amount(what: str, found: float, unit: str, budget: float | None = None, against: str = "") -> Row:
    """A figure in a unit, such as seconds or MiB."""
    return _row(what, against, found, budget, "{:.0f} " + unit)


def untold(what: str, why: str) -> Row:
    """What could not be measured here, and why."""
    return Row(what, why, "-")


def _row(what: str, against: str, found: float, budget: float | None, shown: str) -> Row:
    figure = shown.format(found)
    if budget is None:
        return Row(what, against, figure)
    return Row(what, against, figure, shown.format(budget), "ok" if found <= budget else OVER)
