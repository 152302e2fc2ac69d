"""What may not be written is opened to be read, and says why; nothing is made beside it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.formdef.library import FormLibrary
from desktop_app.report.changes import OperationKind
from desktop_app.runtime.errors import DeskError
from desktop_app.runtime.shipped import shipped
from desktop_app.services.demo import example_report
from desktop_app.services.entry_session import ReadOnlyError
from desktop_app.services.open_report import OpenReport, open_report
from desktop_app.services.reports import form_library, keep_report
from desktop_app.storage.errors import FileInUseError, NewerFormatError
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import everything_in, unprivileged_folder

PATIENCE = 20.0


@contextlib.contextmanager
def opened(path: Path, *, to_read: bool = False) -> Iterator[OpenReport]:
    found = open_report(path, FormLibrary([shipped("forms")]), who="Ana", to_read=to_read)
    try:
        yield found
    finally:
        found.close()


def make(path: Path) -> Path:
    keep_report(path, example_report(), OperationKind.CREATE)
    return path


@pytest.fixture
def ready(tmp_path: Path) -> bytes:
    """The bytes of a report file. All modules are loaded now: without privileges they may be out of reach."""
    path = make(tmp_path / "ready.adesk")
    with opened(path) as found:
        found.integrity.result(PATIENCE)
    with contextlib.suppress(DeskError):
        open_report(tmp_path, form_library())
    return path.read_bytes()


def refuses(found: OpenReport) -> None:
    session = found.session
    with pytest.raises(ReadOnlyError) as refused:
        session.set_confidential("T1.planned", True)
    assert refused.value.sentence == found.read_only
    with pytest.raises(ReadOnlyError):
        session.add_row("T1.planned")
    assert not session.can_undo
    assert found.integrity.result(PATIENCE) == []


@pytest.fixture
def folder(ready: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose permissions count; the person's own folders are beside it."""
    with unprivileged_folder() as ground:
        monkeypatch.setenv("XDG_DATA_HOME", str(ground / "share"))
        reports = ground / "reports"
        reports.mkdir()
        yield reports


def test_a_file_in_a_folder_that_may_not_be_written_is_opened_to_read(folder: Path, ready: bytes) -> None:
    path = folder / "albania.adesk"
    path.write_bytes(ready)
    folder.chmod(0o500)
    before = everything_in(folder)
    with opened(path) as found:
        assert "can only be read" in found.read_only and folder.name in found.read_only
        refuses(found)
    assert everything_in(folder) == before


def test_a_read_only_file_is_opened_to_read(folder: Path, ready: bytes) -> None:
    path = folder / "albania.adesk"
    path.write_bytes(ready)
    path.chmod(0o400)
    before = everything_in(folder)
    with opened(path) as found:
        assert "read-only" in found.read_only
        refuses(found)
    assert everything_in(folder) == before


def test_a_file_of_a_newer_format_is_opened_to_read_and_says_what_it_needs(tmp_path: Path) -> None:
    path = make(tmp_path / "albania.adesk")
    make_newer(path)
    before = everything_in(tmp_path)
    with opened(path) as found:
        assert "needs version 9.1" in found.read_only
        refuses(found)
    assert everything_in(tmp_path) == before


def test_a_newer_format_whose_tables_are_others_is_not_called_damaged(tmp_path: Path) -> None:
    path = make(tmp_path / "albania.adesk")
    make_newer(path, "ALTER TABLE rows RENAME COLUMN answers TO contents")
    with pytest.raises(NewerFormatError, match=r"needs version 9\.1"):
        open_report(path, form_library())
    with pytest.raises(NewerFormatError):
        ReportFile.open(path, "write")


def test_a_file_somebody_has_open_is_refused_with_the_name_and_opens_to_read(tmp_path: Path) -> None:
    path = make(tmp_path / "albania.adesk")
    with opened(path):
        with pytest.raises(FileInUseError, match="Ana"):
            open_report(path, form_library(), who="Ben")
        with opened(path, to_read=True) as reader:
            assert reader.read_only
            refuses(reader)


def test_a_file_that_is_not_there_is_still_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="There is no file"):
        open_report(tmp_path / "none.adesk", form_library())


def make_newer(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'format'")
        connection.execute("UPDATE meta SET value = '9.1' WHERE key = 'program'")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
