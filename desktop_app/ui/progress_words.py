"""Progress as shape and word: what outline and pages show for a section."""

from __future__ import annotations

from desktop_app.formdef.model import Level
from desktop_app.report.progress import Progress, Stage
from desktop_app.runtime.i18n import _
from desktop_app.ui.parts import Tone
from desktop_app.ui.problem_counts import count_words

_ICONS = {
    Stage.EMPTY: ("state-empty", Tone.QUIET),
    Stage.PARTIAL: ("state-partial", Tone.ACCENT),
    Stage.COMPLETE: ("state-complete", Tone.SUCCESS),
    Stage.PROBLEM: ("state-problem", Tone.ERROR),
}


def stage_icon(progress: Progress, warnings: int) -> tuple[str, Tone]:
    """The name of the icon, and its tone. ``warnings``: how many are open."""
    if progress.stage is Stage.COMPLETE and warnings:
        return "warning", Tone.WARNING
    return _ICONS[progress.stage]


def stage_words(progress: Progress, warnings: int) -> str:
    """A word or a count; of what is complete also how many ``warnings`` are open in it."""
    if progress.stage is Stage.PROBLEM:
        return _("to mend")
    if progress.stage is Stage.COMPLETE and warnings:
        return _("complete, {warnings}").format(warnings=count_words(Level.WARNING, warnings))
    if progress.stage is Stage.COMPLETE:
        return _("complete")
    if progress.asked == 0 or (progress.stage is Stage.EMPTY and progress.asked == 1):
        # The hollow shape says it all, and the name beside it has the room.
        return ""
    return _("{answered} of {asked}").format(answered=progress.answered, asked=progress.asked)


def short_stage_words(progress: Progress, warnings: int) -> str:
    """As ``stage_words``, where a line is narrow: beside the warnings to look at, "complete" can go."""
    if progress.stage is Stage.COMPLETE and warnings:
        return count_words(Level.WARNING, warnings)
    return stage_words(progress, warnings)
