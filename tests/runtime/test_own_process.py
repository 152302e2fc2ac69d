"""This program started once more, from wherever it lies."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop_app import __version__
from desktop_app.runtime import own_process


def test_it_is_this_very_program_that_starts() -> None:
    command = own_process.own_command("--version")
    done = subprocess.run(
        command, cwd=own_process.own_folder(), capture_output=True, text=True, timeout=60, check=True
    )
    assert __version__ in done.stdout


def test_a_packaged_program_starts_itself_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_process.own_command("_some-task", "word") == [sys.executable, "_some-task", "word"]
    assert own_process.own_folder() is None


def test_what_it_started_ends_with_it() -> None:
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(1, flush=True); input()'])"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"1\n"
        own_process.end_session(process)
        # The pipe ends only when the inner one is gone, too.
        assert process.stdout.read() == b""
    assert process.returncode != 0
    own_process.end_session(process)
