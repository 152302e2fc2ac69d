from __future__ import annotations

import os
from pathlib import Path

from desktop_app.runtime.program_file import ProgramFile, program_path


def test_another_file_in_its_place_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "program"
    path.write_bytes(b"old")
    program = ProgramFile(path)
    assert not program.is_another()
    newer = tmp_path / "newer"
    newer.write_bytes(b"new")
    newer.replace(path)
    assert program.is_another()
    assert not ProgramFile(path).is_another()
    path.unlink()
    assert program.is_another()


def test_the_running_program_has_such_a_file() -> None:
    assert os.access(program_path(), os.R_OK)
