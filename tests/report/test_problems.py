from __future__ import annotations

from desktop_app.formdef.model import Level
from desktop_app.report.problems import Problem


def test_errors_weigh_more_than_warnings_and_these_more_than_hints() -> None:
    weights = [Problem("a", level, "", "").weight for level in (Level.ERROR, Level.WARNING, Level.HINT)]
    assert weights == sorted(set(weights))
