"""What every test stands on: no screen, nobody's own settings, English, and nothing left behind."""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

# A few examples at each run; "--hypothesis-profile=thorough" searches longer. Where CI is set the
# examples are always the same ones, so that a run can be repeated.
settings.register_profile("fast", max_examples=40, deadline=None, derandomize="CI" in os.environ)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.load_profile("fast")

# How long a thread that was told to end may still need.
_SECONDS_TO_END = 10.0

# How a system says where a person's and a computer's settings are; all go below one empty folder.
_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "config",
    "LOCALAPPDATA": "share",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "share",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_DIRS": "etc",
    "XDG_DATA_DIRS": "usr-share",
}

_numbers = itertools.count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows on the display")


def pytest_configure(config: pytest.Config) -> None:
    """Before Qt starts: some of what it reads from the environment it keeps for the whole run."""
    if config.getoption("--onscreen"):
        os.environ.pop("QT_QPA_PLATFORM", None)
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # Qt asks for a private folder of its own and warns where the machine gives none.
        runtime = tempfile.TemporaryDirectory(prefix="alliance-desk-tests-")
        config.add_cleanup(runtime.cleanup)
        os.environ["XDG_RUNTIME_DIR"] = runtime.name
    # One language and one look on every machine.
    for name in ("LANGUAGE", "LC_MESSAGES", "QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR"):
        os.environ.pop(name, None)
    os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What was logged and printed can be told from process to process, halves of characters too."""
    report = yield
    report.sections = [
        (name, words.encode("utf-8", "backslashreplace").decode("utf-8")) for name, words in report.sections
    ]
    return report


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder for each test, so that no test reads or writes anybody's settings.

    Commands that a test starts as processes inherit it.
    """
    folder = tmp_path_factory.getbasetemp() / f"home-{next(_numbers)}"
    folder.mkdir()
    for name, place in _FOLDERS.items():
        monkeypatch.setenv(name, str(folder / place))
    for name in [name for name in os.environ if name.startswith("ALLIANCE_DESK_")]:
        monkeypatch.delenv(name)
    # What an IT department has settled for this computer is not for the tests.
    monkeypatch.setenv("ALLIANCE_DESK_POLICY", os.devnull)
    # Nor is anybody's key store; ``tests.support.key_store`` has one of its own.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    return folder


@pytest.fixture(autouse=True)
def english(home: Path) -> Iterator[None]:
    """Messages are English at the start of each test, whatever language the one before chose."""
    yield
    if (i18n := sys.modules.get("desktop_app.runtime.i18n")) is not None:
        i18n.install("en", home)


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """A test fails when a thread it started still runs after it."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    for thread in started:
        thread.join(_SECONDS_TO_END)
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"still running after the test: {', '.join(left)}"
    assert not _busy_qt_threads(), "Qt's thread pool still has work after the test"


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """A test fails when a window it showed is still open after it.

    Windows given to qtbot are closed by then. The window is closed here too, so that only the
    test which left it fails.
    """
    yield
    # Tests without Qt must not pay for importing it.
    if (widgets := sys.modules.get("PySide6.QtWidgets")) is None or widgets.QApplication.instance() is None:
        return
    left = [widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    assert not names, f"still open after the test: {', '.join(names)}"


def _busy_qt_threads() -> bool:
    if (core := sys.modules.get("PySide6.QtCore")) is None or core.QCoreApplication.instance() is None:
        return False
    return not core.QThreadPool.globalInstance().waitForDone(int(_SECONDS_TO_END * 1000))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt, which waits longer than it usually does."""
    from tests.support.patient_bot import PatientBot

    return PatientBot(request)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Carries out one command: exit code, standard output, standard error."""
    from desktop_app import cli

    def run_command(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run_command
