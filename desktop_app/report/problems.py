"""Problems: what the checks found, each with the path it belongs to."""

from __future__ import annotations

from desktop_app.formdef.model import Level
from desktop_app.runtime.dataclass import dataclass
from desktop_app.runtime.i18n import _

FILE_LOST = "file_lost"
"""The code of a problem that is not of the answers alone: it goes when the bytes of the file come."""

_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.HINT: 2}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend or to know. ``sentence`` says what is wrong and what to do, translated.

    ``path`` is its place; ``report.places`` has the words for it ("Target 1, planned action 5").
    ``code`` is stable: a built-in word such as ``required``, or the code of a form's rule.
    """

    code: str
    level: Level
    path: str
    sentence: str

    @property
    def weight(self) -> int:
        """0 for errors, 1 for warnings, 2 for hints: for sorting."""
        return _WEIGHT[self.level]


def level_words(level: Level) -> str:
    """The level for a person."""
    return {Level.ERROR: _("Error"), Level.WARNING: _("Warning"), Level.HINT: _("Hint")}[level]
