"""A report, its session, and its workbook in the hands of a reviewer."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.report.report import Report
from desktop_app.services.entry_session import EntrySession
from tests.support.memory_journal import MemoryJournal
from tests.support.reviewed import Reviewed
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


@pytest.fixture
def reviewed(tmp_path: Path) -> Reviewed:
    """The example's workbook as it went out."""
    return Reviewed(tmp_path)
