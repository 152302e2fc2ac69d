"""Qt loaded quickly: what is loaded later is there when it is asked for, and says what it always says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PLAINLY = "import PySide6.QtCore"
QUICKLY = "from desktop_app.ui.quick_qt import load_qt; load_qt()"


def _said_by(*lines: str) -> str:
    process = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout
    return process.stdout


WRONG_CALLS = """
from PySide6.QtCore import QObject, QSize, QTimer, Qt
calls = (
    lambda: QSize("wide"),
    lambda: QObject(unheard=1),
    lambda: QTimer().start("soon"),
    lambda: QSize().unheard,
    lambda: Qt.AlignmentFlag.Unheard,
    lambda: QTimer.start.__doc__,
)
for call in calls:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
from PySide6.support.signature import get_signature
print(get_signature(QTimer.start))
"""


def test_a_wrong_call_is_told_as_ever() -> None:
    told = _said_by(QUICKLY, WRONG_CALLS)
    assert "Supported signatures" in told
    assert told == _said_by(PLAINLY, WRONG_CALLS)


def test_what_describes_calls_is_loaded_by_the_first_wrong_one() -> None:
    waiting = "print(sorted(name for name in LATER if FOUND in vars(sys.modules[name])))"
    said = _said_by(
        QUICKLY,
        "import sys; from desktop_app.runtime.later import FOUND; from desktop_app.ui.quick_qt import LATER",
        "print(sorted(LATER))",
        waiting,
        "print('inspect' in sys.modules)",
        "from PySide6.QtCore import QSize",
        "try: QSize('wide')",
        "except TypeError: " + waiting,
    )
    later, at_first, inspect, at_last = said.splitlines()
    assert at_first == later
    assert inspect == "False"
    assert "errorhandler" not in at_last


def test_a_module_that_several_threads_ask_at_once_is_loaded_once() -> None:
    said = _said_by(
        QUICKLY,
        "import sys",
        "from concurrent.futures import ThreadPoolExecutor",
        "from threading import Barrier",
        "module, together = sys.modules['shibokensupport.signature.layout'], Barrier(8)",
        "def ask(_number):",
        "    together.wait()",
        "    return module.create_signature",
        "with ThreadPoolExecutor(8) as threads: print(len(set(threads.map(ask, range(8)))))",
    )
    assert said.strip() == "1"


def test_imports_are_pythons_own_again() -> None:
    shown = "import builtins, sys; print(builtins.__import__, [finder for finder in sys.meta_path])"
    first, _between, last = _said_by(shown, QUICKLY, "print()", shown).splitlines()
    assert first == last


def test_imports_read_no_source_where_qt_was_loaded_before() -> None:
    shown = "import builtins; print(builtins.__import__)"
    before, after = _said_by(PLAINLY, shown, QUICKLY, shown).splitlines()
    assert "__feature_import__" in before
    assert "__feature_import__" not in after


def test_nothing_can_choose_other_names_for_what_qt_has() -> None:
    said = _said_by(
        QUICKLY,
        "try:",
        "    from __feature__ import snake_case",
        "except ImportError as error:",
        "    print(error)",
    )
    assert "snake_case" in said
