from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.report.report import Report
from tests.support.report_files import make_file
from tests.support.small_form import filled_report


@pytest.fixture
def report() -> Report:
    return filled_report()


@pytest.fixture
def path(tmp_path: Path, report: Report) -> Path:
    """A closed report file with the filled report."""
    return make_file(tmp_path / "albania.adesk", report)
