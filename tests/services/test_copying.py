"""A whole copy of a report file, to go on in elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.report.changes import OperationKind
from desktop_app.report.plain import report_to_plain
from desktop_app.runtime.files import AlreadyThereError
from desktop_app.services.copying import copy_report_file
from desktop_app.services.demo import example_report
from desktop_app.services.reports import keep_report, read_report
from desktop_app.storage.errors import DamagedFileError
from desktop_app.storage.report_file import ReportFile
from tests.support.report_files import edit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = keep_report(tmp_path / "albania.adesk", example_report(), OperationKind.CREATE).path
    with ReportFile.open(path, "write") as file:
        file.record(edit(read_report(path), "cover.authority", "The ministry"))
    return path


def test_it_holds_the_report_with_its_history(tmp_path: Path, path: Path) -> None:
    target = tmp_path / "copy.adesk"
    copy_report_file(path, target)
    assert report_to_plain(read_report(target)) == report_to_plain(read_report(path))
    with ReportFile.open(path, "read") as file, ReportFile.open(target, "read") as copy:
        report_id = file.reports()[0].id
        assert copy.operations(report_id) == file.operations(report_id)
        assert copy.verify_chain() == []


def test_nothing_is_replaced(tmp_path: Path, path: Path) -> None:
    target = tmp_path / "copy.adesk"
    target.write_text("mine")
    with pytest.raises(AlreadyThereError):
        copy_report_file(path, target)
    assert target.read_text() == "mine"


def test_a_damaged_file_is_not_copied_as_if_it_were_sound(tmp_path: Path, path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 8 * 4096] = b"\xa5" * (7 * 4096)
    path.write_bytes(content)
    with pytest.raises(DamagedFileError):
        copy_report_file(path, tmp_path / "copy.adesk")
    assert not (tmp_path / "copy.adesk").exists()
