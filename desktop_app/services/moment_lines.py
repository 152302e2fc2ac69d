"""The moments of a report as lines of a list: by day and by sitting, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from desktop_app.report.changes import OperationKind
from desktop_app.services.history import Difference, Moment


class LineKind(Enum):
    """What a line of the list is."""

    NOW = "now"
    DAY = "day"
    SITTING = "sitting"
    MOMENT = "moment"
    RESTORE_POINT = "restore_point"


@dataclass(frozen=True, slots=True)
class MomentLine:
    """A line. ``moment``: the moment, or the newest of the day or sitting; ``first``: the oldest of it.

    ``count``: how many moments the day or sitting has.
    """

    kind: LineKind
    moment: Moment
    first: Moment
    count: int = 1

    @property
    def can_be_chosen(self) -> bool:
        """Whether it is a moment, and no heading."""
        return self.kind not in (LineKind.DAY, LineKind.SITTING)


def moment_lines(moments: Sequence[Moment], day_of: Callable[[str], object]) -> list[MomentLine]:
    """The lines for ``moments``, newest first, below one for now. ``day_of``: the local day of a moment."""
    if not moments:
        return []
    lines = [MomentLine(LineKind.NOW, moments[0], moments[0])]
    for _day, of_day in groupby(moments, key=lambda moment: day_of(moment.at)):
        day = list(of_day)
        lines.append(MomentLine(LineKind.DAY, day[0], day[-1], len(day)))
        for _sitting, of_sitting in groupby(day, key=lambda moment: (moment.sitting, moment.who)):
            sitting = list(of_sitting)
            lines.append(MomentLine(LineKind.SITTING, sitting[0], sitting[-1], len(sitting)))
            lines += [MomentLine(_kind(moment), moment, moment) for moment in sitting]
    return lines


def _kind(moment: Moment) -> LineKind:
    is_point = moment.kind is OperationKind.RESTORE_POINT
    return LineKind.RESTORE_POINT if is_point else LineKind.MOMENT


def known_at(
    moments: Sequence[Moment], moment: Moment | None, differences: Iterable[Difference]
) -> list[Difference]:
    """Those ``differences`` to ``moment`` that can be gone back on.

    Of what was removed for good since then nobody knows what it was: what stands there now is to stay.
    """
    seq = 0 if moment is None else moment.seq
    purged = {
        path for each in moments if each.kind is OperationKind.PURGE and each.seq > seq for path in each.paths
    }
    return [each for each in differences if each.path not in purged]


def first_choice(moments: Sequence[Moment]) -> Moment | None:
    """What the present is compared with at first: the last restore point, else the last sitting's beginning.

    The moment before the first step of the newest sitting; the oldest of all where there was only one.
    """
    if not moments:
        return None
    points = [moment for moment in moments if moment.kind is OperationKind.RESTORE_POINT]
    if points:
        return points[0]
    before = [moment for moment in moments if moment.sitting != moments[0].sitting]
    return before[0] if before else moments[-1]
