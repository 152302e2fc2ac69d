"""What files with the example are called: it is how one of them is known again, wherever it was put."""

from __future__ import annotations

import re
from pathlib import Path

from desktop_app.report.report import Report


def example_stem(report: Report) -> str:
    """What the name of a file with this example begins with; further ones have a number behind it."""
    return f"{report.country}-{report.form.id}-{report.cycle}-example"


def is_example(path: Path, report: Report) -> bool:
    """Whether the file at ``path``, which holds ``report``, was made to look around in."""
    return re.fullmatch(rf"{re.escape(example_stem(report))}(-\d+)?", path.stem) is not None
