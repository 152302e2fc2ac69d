"""Problems counted and named in words."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.formdef.model import Level, Section
from desktop_app.report.accepted import open_problems
from desktop_app.report.problems import Problem
from desktop_app.runtime.i18n import _, ngettext
from desktop_app.services.entry_session import EntrySession


def level_words(level: Level) -> str:
    """A level for a person."""
    return {Level.ERROR: _("Error"), Level.WARNING: _("Warning"), Level.HINT: _("Hint")}[level]


def count_words(level: Level, count: int) -> str:
    """A count of problems of one level, such as "2 warnings"."""
    if level is Level.ERROR:
        words = ngettext("{count} error", "{count} errors", count)
    elif level is Level.WARNING:
        words = ngettext("{count} warning", "{count} warnings", count)
    else:
        words = ngettext("{count} hint", "{count} hints", count)
    return words.format(count=count)


def problems_within(session: EntrySession, section: Section, level: Level | None = None) -> Iterator[Problem]:
    """The problems of a section and all below it; of one level, or of all."""
    for part in section.walk():
        yield from session.problems.of_section(part.code, level)


def open_warnings_within(session: EntrySession, section: Section) -> int:
    """How many warnings of a section and all below it nobody accepted."""
    found = problems_within(session, section, Level.WARNING)
    return len(open_problems(found, session.report.accepted.values()))


def open_of_level(session: EntrySession, level: Level) -> list[Problem]:
    """The problems of one level that nobody accepted, in the working order."""
    found = session.problems.of_level(level)
    # Only a warning can be accepted: thousands of hints are not asked one by one.
    return open_problems(found, session.report.accepted.values()) if level is Level.WARNING else found


def accepted_of(session: EntrySession) -> list[Problem]:
    """The problems that somebody accepted, in the working order."""
    left = set(open_of_level(session, Level.WARNING))
    return [problem for problem in session.problems.of_level(Level.WARNING) if problem not in left]


def level_counts(session: EntrySession) -> str:
    """The counts in words, such as "2 warnings, 3 hints, 1 accepted"; what was accepted counts apart."""
    counts = session.problems.counts()
    warnings = counts[Level.WARNING]
    counts[Level.WARNING] = len(open_of_level(session, Level.WARNING))
    parts = [count_words(level, counts[level]) for level in Level if counts[level]]
    if number := warnings - counts[Level.WARNING]:
        parts.append(ngettext("{count} accepted", "{count} accepted", number).format(count=number))
    return ", ".join(parts)
