"""The window is tried by a process of its own, which says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.missing_library import missing_library
from desktop_app.services.window_trial import try_window

ROOT = Path(__file__).resolve().parents[2]
LOADER = "libGL.so.1: cannot open shared object file: No such file or directory"
SENTENCE = (
    "The window cannot open: the library “libGL.so.1” of the system is missing."
    " On Debian and Ubuntu it is in the package libgl1."
)


@pytest.fixture
def without_qt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Qt as it is where a library of the system is missing: it cannot be loaded."""
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text(f"raise ImportError({LOADER!r})\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return package / "__init__.py"


def test_it_says_which_qt_is_loaded() -> None:
    assert try_window().startswith("Qt 6.")


@pytest.mark.usefixtures("without_qt")
def test_a_library_that_is_missing_is_named_with_its_package() -> None:
    with pytest.raises(DeskError) as refused:
        try_window()
    assert refused.value.sentence == SENTENCE


def test_what_else_is_wrong_is_told_in_qts_words(without_qt: Path) -> None:
    without_qt.write_text("raise ImportError('wrong version')\n", "utf-8")
    with pytest.raises(DeskError, match=r"The window cannot open. Qt says: wrong version"):
        try_window()


def test_a_library_nobody_has_heard_of_is_named_alone() -> None:
    assert missing_library(LOADER.replace("libGL.so.1", "libnew.so.7")).endswith(
        "“libnew.so.7” of the system is missing."
    )
    assert missing_library("No module named 'PySide6'") == ""


@pytest.mark.usefixtures("without_qt")
def test_the_program_ends_with_that_sentence_and_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app"], cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{SENTENCE}\n")
