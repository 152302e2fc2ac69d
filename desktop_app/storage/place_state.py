"""How a working copy and the person's file stand to each other, in words and as a state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop_app.runtime.i18n import _


class Standing(StrEnum):
    """How the working copy and its place stand to each other."""

    IN_STEP = "in_step"
    WAITING = "waiting"
    AWAY = "away"
    IN_USE = "in_use"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Conflict:
    """``theirs`` is the person's file as somebody else changed it; ``mine`` holds the person's own work."""

    theirs: Path
    mine: Path

    @property
    def sentence(self) -> str:
        """What happened, and where both are."""
        sentence = _(
            "“{file}” was changed by someone else while you worked on it. Nothing was written over:"
            " your version is “{mine}”, theirs is “{theirs}”. Compare them and go on with one."
        )
        return sentence.format(file=self.theirs.name, mine=self.mine, theirs=self.theirs)


@dataclass(frozen=True, slots=True)
class PlaceState:
    """``sentence`` says why the place does not have all yet; empty when there is nothing to say.

    ``written_at``: when it was last written to, UTC; empty for not yet.
    """

    standing: Standing
    sentence: str = ""
    written_at: str = ""

    @property
    def is_written(self) -> bool:
        """Whether all that was saved here is at its place, too."""
        return self.standing in (Standing.IN_STEP, Standing.CONFLICT) and not self.sentence
