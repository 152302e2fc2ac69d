"""What is told before the window opens, in the place of Qt's own words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.__main__ import COMMANDS
from desktop_app.start_up import refusal

ROOT = Path(__file__).resolve().parents[1]

WITHOUT_QT = """
import sys
from desktop_app.__main__ import main
code = main()
assert not [name for name in sys.modules if name.startswith("PySide6")]
sys.exit(code)
"""


@pytest.fixture
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_a_word_that_is_neither_command_nor_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(["frobnicate"], COMMANDS) == (
        "There is no command or file “frobnicate”. All commands are listed by: alliance-desk --help"
    )
    assert "Do you mean “export”?" in refusal(["exprot"], COMMANDS)
    (tmp_path / "frobnicate").write_text("", "utf-8")
    assert refusal(["frobnicate"], COMMANDS) == ""


@pytest.mark.parametrize("arguments", [[], ["none.adesk"], ["a folder/none"]])
def test_with_a_display_the_window_tells_all_else(arguments: list[str]) -> None:
    assert refusal(arguments, COMMANDS) == ""


@pytest.mark.usefixtures("no_display")
def test_without_a_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.adesk"
    assert refusal([str(path)], COMMANDS) == f"There is no file “{path}”. Was it moved or renamed?"
    path.write_bytes(b"")
    for arguments in ([], [str(path)]):
        assert refusal(arguments, COMMANDS).startswith("There is no display here, so the window cannot open.")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        with monkeypatch.context() as settled:
            settled.setenv(name, "something")
            assert refusal([str(path)], COMMANDS) == ""


@pytest.mark.usefixtures("no_display")
@pytest.mark.parametrize(
    ("argument", "words"),
    [("frobnicate", "There is no command"), ("none.adesk", "There is no file"), (".", "There is no display")],
)
def test_the_program_ends_with_a_sentence_and_never_loads_qt(argument: str, words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, argument],
        cwd=ROOT, env=os.environ, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(words)


@pytest.mark.usefixtures("no_display")
def test_a_display_that_cannot_be_reached_ends_in_a_sentence_and_qts_own_reasons(tmp_path: Path) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app"],
        cwd=ROOT,
        env=os.environ | home | {"QT_QPA_PLATFORM": "none"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    first, reason, *_rest = done.stderr.splitlines()
    assert first.startswith("The window cannot open: Qt reaches no display.")
    assert '"none"' in reason


WITHOUT_HOME = """
import sys
sys.modules["pwd"] = None
from desktop_app.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("arguments", [(), ("keys", "show")], ids=["window", "command"])
def test_an_account_without_a_home_is_told_so(arguments: tuple[str, ...]) -> None:
    homeless = {name: value for name, value in os.environ.items() if name != "HOME" and name[:4] != "XDG_"}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_HOME, *arguments],
        cwd=ROOT, env=homeless | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("This account has no home folder")
    assert done.stderr.count("\n") == 1
