"""A report and its session."""

from __future__ import annotations

import pytest

from desktop_app.report.report import Report
from desktop_app.services.entry_session import EntrySession
from tests.support.memory_journal import MemoryJournal
from tests.support.workbooks import example


@pytest.fixture
def report() -> Report:
    """The example."""
    return example()


@pytest.fixture
def journal() -> MemoryJournal:
    """Where the session keeps what is done."""
    return MemoryJournal()


@pytest.fixture
def session(report: Report, journal: MemoryJournal) -> EntrySession:
    """Somebody in the country at work."""
    return EntrySession(report, journal, who="Ana")
