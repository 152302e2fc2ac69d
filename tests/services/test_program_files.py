"""A packaged program says of itself what is missing or damaged; here one of a few files."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path

import pytest

from desktop_app.services import self_test
from desktop_app.services.diagnostics import diagnostics
from desktop_app.services.program_files import (
    NAME,
    DamagedProgramError,
    build_mark,
    is_packaged,
    program_files_words,
)

FORM = "_internal/forms/tiny/2/form.toml"
OWN = {FORM: b"[form]", "_internal/forms/tiny/2/text.en.toml": b"[text]", "LICENSES/a.txt": b"free"}
OTHERS = {"_internal/libthing.so.6": b"library", "_internal/thing/RECORD": b"record", "tool": b"\x7fELF tool"}


def files(content: dict[str, bytes]) -> list[dict[str, object]]:
    return [
        {
            "type": "file",
            "name": name,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(each).hexdigest()}],
        }
        for name, each in content.items()
    ]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a build."""
    folder = tmp_path / "alliance-desk"
    for name, content in {**OWN, **OTHERS}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    bill = {
        "metadata": {"component": {"type": "application", "name": "alliance-desk", "components": files(OWN)}},
        "components": [{"type": "library", "name": "thing", "components": files(OTHERS)}],
    }
    (folder / NAME).write_text(json.dumps(bill), "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "alliance-desk"))
    return folder


def test_builds_of_the_same_version_are_told_apart(program: Path) -> None:
    mark = build_mark()
    assert diagnostics().sections["program"]["build"] == f"packaged {mark}"
    assert hashlib.sha256((program / NAME).read_bytes()).hexdigest().startswith(mark)
    (program / NAME).write_text("{}", "utf-8")
    assert build_mark() != mark
    (program / NAME).unlink()
    assert build_mark() == ""


def complaint() -> str:
    with pytest.raises(DamagedProgramError) as error:
        program_files_words()
    return error.value.sentence


def test_from_source_nothing_is_said() -> None:
    assert not is_packaged()
    assert "program files" not in self_test.parts_to_try()


def test_a_whole_program(program: Path) -> None:
    assert is_packaged()
    assert "program files" in self_test.parts_to_try()
    # What IT or a trial lays beside is no fault, nor is a signature in a library or a program.
    (program / "policy.toml").write_text("", "utf-8")
    (program / "_internal" / "icuuc.dll").write_bytes(b"stub")
    (program / "_internal" / "libthing.so.6").write_bytes(b"library, signed")
    (program / "tool").write_bytes(b"\x7fELF tool, signed")
    assert program_files_words() == "6 files are as they were built"


def test_missing_forms_are_told(program: Path) -> None:
    (program / FORM).unlink()
    assert complaint() == f"1 file of the program is missing: “{FORM}”. Install the program again."
    shutil.rmtree(program / "_internal" / "forms")
    assert complaint().startswith(f"2 files of the program are missing, the first is “{FORM}”.")


def test_changed_files_are_told(program: Path) -> None:
    (program / FORM).write_bytes(b"[form] ")
    assert complaint().startswith(f"1 file of the program is not as it was built: “{FORM}”.")
    (program / "_internal" / "libthing.so.6").write_bytes(b"")
    (program / "LICENSES" / "a.txt").unlink()
    assert complaint() == (
        "1 file of the program is missing: “LICENSES/a.txt”. 2 files of the program are not as they were"
        f" built, the first is “{FORM}”. Install the program again."
    )


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"components": [{"type": "file"}]}'])
def test_a_list_that_cannot_be_read_is_told(program: Path, content: bytes | None) -> None:
    (program / NAME).unlink()
    if content is not None:
        (program / NAME).write_bytes(content)
    assert complaint().startswith(f"The list of the program's files, “{program / NAME}”, cannot be read.")


def test_a_list_without_files_is_none(program: Path) -> None:
    (program / NAME).write_text("{}", "utf-8")
    assert complaint() == f"1 file of the program is missing: “{NAME}”. Install the program again."
