"""A report's workbook in the hands of a reviewer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reviewed import Reviewed


@pytest.fixture
def reviewed(tmp_path: Path) -> Reviewed:
    """The example's workbook as it went out."""
    return Reviewed(tmp_path)
