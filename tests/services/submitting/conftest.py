"""The example report in a file, and a session that keeps what it does there at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.services.entry_session import EntrySession
from tests.support.memory_journal import MemoryJournal
from tests.support.report_files import make_file
from tests.support.workbooks import example


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return make_file(folder / "albania.adesk", example())


@pytest.fixture
def session() -> EntrySession:
    """The example, in memory alone."""
    return EntrySession(example(), MemoryJournal(), who="Ana")
