"""What nobody foresaw is told in the log, and never in words that may quote an answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NOBODY_TOLD = """
import sys
from functools import partial
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop_app.runtime.logs import start_logging
from desktop_app.ui.application import catch_everything

class Broken:
    def __del__(self):
        raise ValueError(sys.argv[2])

def nothing():
    pass

application = QApplication([])
catch_everything(
    application, partial(start_logging, Path(sys.argv[1])), hand_over=nothing, end=nothing, tell_crash=nothing
)
Broken()
"""
"""What fails where no caller hears of it."""


def test_what_nobody_can_be_told_is_in_the_log_without_its_words(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NOBODY_TOLD, str(tmp_path), "what the minister promised"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert "promised" not in done.stderr
    told = (tmp_path / "alliance-desk.log").read_text("utf-8")
    assert "with nobody to be told" in told and "builtins.ValueError" in told and "promised" not in told
