"""Problems counted and named in words."""

from __future__ import annotations

from collections import Counter

from desktop_app.formdef.model import Level
from desktop_app.report.accepted import open_problems
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession


def level_words(level: Level) -> str:
    """A level for a person."""
    return {Level.ERROR: _("Error"), Level.WARNING: _("Warning"), Level.HINT: _("Hint")}[level]


def level_counts(session: EntrySession) -> str:
    """The counts in words, such as "2 warnings, 3 hints, 1 accepted"; what was accepted counts apart."""
    problems = session.problems.problems()
    open_ = open_problems(problems, session.report.accepted.values())
    counts = Counter(problem.level for problem in open_)
    parts = []
    if number := counts[Level.ERROR]:
        parts.append(ngettext("{count} error", "{count} errors", number).format(count=number))
    if number := counts[Level.WARNING]:
        parts.append(ngettext("{count} warning", "{count} warnings", number).format(count=number))
    if number := counts[Level.HINT]:
        parts.append(ngettext("{count} hint", "{count} hints", number).format(count=number))
    if number := len(problems) - len(open_):
        parts.append(ngettext("{count} accepted", "{count} accepted", number).format(count=number))
    return ", ".join(parts)
